//! CK-1 to CK-24: what must agree within a public table, between tables, and with what is stated beside them. A sum of numbers that were
//! rounded alone may differ by what rounding explains (3.1); missing numbers are never a pass (0.6).

mod between;
mod beyond;
mod judge;
mod within;

use keqiao_base::{Fen, coded};
use keqiao_i18n::Bilingual;

use crate::Grain;
use crate::published::Published;

coded! {
    /// One check of the rule book.
    pub enum Check {
        /// Total of income.
        Ck1 = "CK-1" => ("总表：收入总计", "T1: total of income"),
        /// Total of expenditure.
        Ck2 = "CK-2" => ("总表：支出总计", "T1: total of expenditure"),
        /// Both totals.
        Ck3 = "CK-3" => ("总表：收入总计等于支出总计", "T1: both totals agree"),
        /// Sums of rows.
        Ck4 = "CK-4" => ("总表：本年合计等于各行之和", "T1: sums of the rows"),
        /// Sums of columns.
        Ck5 = "CK-5" => ("收入、支出表：各行合计列等于其余各列之和", "T2, T3, T5: row totals"),
        /// Classes, sections, items.
        Ck6 = "CK-6" => ("类等于款之和，款等于项之和，合计等于类之和", "Classes, sections and items add up"),
        /// T4.
        Ck7 = "CK-7" => ("财政拨款总表：三类资金之和与收支平衡", "T4: three funds, both sides"),
        /// T6.
        Ck8 = "CK-8" => ("基本支出表：人员经费与公用经费", "T6: staff and public costs"),
        /// T7.
        Ck9 = "CK-9" => ("“三公”经费表：合计等于各项之和", "T7: totals of the items"),
        /// T8, T9.
        Ck10 = "CK-10" => ("基金与国资表：年初加收入减支出等于年末", "T8, T9: rows roll forward"),
        /// T1 and T2.
        Ck11 = "CK-11" => ("总表与收入表", "T1 and T2"),
        /// T1 and T3.
        Ck12 = "CK-12" => ("总表与支出表", "T1 and T3"),
        /// T2, T1 and T4.
        Ck13 = "CK-13" => ("收入表、总表与财政拨款总表", "T2, T1 and T4"),
        /// T4 and T5.
        Ck14 = "CK-14" => ("财政拨款总表与一般公共预算支出表", "T4 and T5"),
        /// T5 and T6.
        Ck15 = "CK-15" => ("一般公共预算支出表与基本支出表", "T5 and T6"),
        /// T4 and T8, T9.
        Ck16 = "CK-16" => ("财政拨款总表与基金、国资表", "T4 and T8, T9"),
        /// Year continuity.
        Ck17 = "CK-17" => ("年初结转等于上年年末结转", "Opening balance is last year's closing"),
        /// One-way bounds.
        Ck18 = "CK-18" => ("基本支出中的单项不超过“三公”经费", "Items of T6 within T7"),
        /// Office costs.
        Ck19 = "CK-19" => ("机关运行经费等于公用经费", "Office running cost is T6 public cost"),
        /// Sichuan's thirteen.
        Ck20 = "CK-20" => ("四川十三张表之间", "Between the thirteen of Sichuan"),
        /// Projects.
        Ck21 = "CK-21" => ("所列项目执行数不超过项目支出", "Listed projects within project spending"),
        /// Bands and problems.
        Ck22 = "CK-22" => ("绩效：各档之和等于项目数，问题等于整改之和", "Bands and problems add up"),
        /// Procurement.
        Ck23 = "CK-23" => ("政府采购：货物、工程、服务之和；中小微企业", "Procurement adds up"),
        /// Assets.
        Ck24 = "CK-24" => ("国有资产：车辆总数等于各类之和", "Vehicles add up"),
    }
}

coded! {
    /// How a check ended (0.6).
    pub enum Verdict {
        /// Everything that it looks at agrees.
        Pass = "pass" => ("相符", "Agrees"),
        /// Only rounding stands between.
        Info = "info" => ("取整误差", "Rounding"),
        /// Something does not agree.
        Fail = "fail" => ("不符", "Does not agree"),
        /// What it looks at does not exist here.
        NotApplicable = "not_applicable" => ("不适用", "Not applicable"),
        /// Numbers that it needs are not stated.
        Lacking = "lacking" => ("缺少数据", "Numbers are missing"),
    }
}

/// Two numbers that should agree and do not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Whether only rounding stands between, or something is wrong.
    pub verdict: Verdict,
    /// Where: what is stated, against what.
    pub place: Bilingual,
    /// What is stated; an amount in 分, or a count.
    pub stated: i64,
    /// What follows from the other numbers; as `stated`.
    pub computed: i64,
    /// Whether it is an amount of money.
    pub money: bool,
    /// Whether it only must not be more.
    pub bound: bool,
}

impl Gap {
    /// By how much the stated amount is off; in 分.
    pub fn off(&self) -> Fen {
        Fen::new(self.stated.saturating_sub(self.computed))
    }

    /// What is wrong, with all numbers.
    pub fn message(&self, grain: Grain) -> Bilingual {
        let show = |n: i64| match (self.money, grain) {
            (false, _) => n.to_string(),
            (true, Grain::Fen) => Fen::new(n).yuan(),
            (true, Grain::Wan) => Fen::new(n).wan(),
        };
        let (unit_zh, unit_en) = match (self.money, grain) {
            (false, _) => ("", ""),
            (true, Grain::Fen) => ("元", " yuan"),
            (true, Grain::Wan) => ("万元", " ten thousand yuan"),
        };
        let (stated, computed, off) = (show(self.stated), show(self.computed), show(self.off().abs().get()));
        let Bilingual { zh, en } = &self.place;
        if self.bound {
            return Bilingual::new(
                format!("{zh}：{stated}{unit_zh}，不应超过{computed}{unit_zh}，超出{off}{unit_zh}。"),
                format!("{en}: {stated}{unit_en} is {off} over the bound of {computed}."),
            );
        }
        let why = if self.verdict == Verdict::Info {
            ("，在取整误差之内", ", which rounding explains")
        } else {
            ("", "")
        };
        Bilingual::new(
            format!("{zh}：填列{stated}{unit_zh}，应为{computed}{unit_zh}，相差{off}{unit_zh}{}。", why.0),
            format!("{en}: {stated}{unit_en} stated, {computed} computed, {off} apart{}.", why.1),
        )
    }
}

/// How one check ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckResult {
    /// Which.
    pub check: Check,
    /// How.
    pub verdict: Verdict,
    /// How many comparisons were made.
    pub judged: usize,
    /// How many could not be made, for want of a number.
    pub lacking: usize,
    /// What does not agree.
    pub gaps: Vec<Gap>,
}

/// Runs one check.
pub fn run(check: Check, stated: &Published) -> CheckResult {
    let mut judge = judge::Judge::new(stated);
    match check {
        Check::Ck1 => within::income_total(&mut judge),
        Check::Ck2 => within::expenditure_total(&mut judge),
        Check::Ck3 => within::both_totals(&mut judge),
        Check::Ck4 => within::rows(&mut judge),
        Check::Ck5 => within::row_totals(&mut judge),
        Check::Ck6 => within::tree(&mut judge),
        Check::Ck7 => within::fiscal(&mut judge),
        Check::Ck8 => within::basic(&mut judge),
        Check::Ck9 => within::three_public(&mut judge),
        Check::Ck10 => within::funds(&mut judge),
        Check::Ck11 => between::income(&mut judge),
        Check::Ck12 => between::spending(&mut judge),
        Check::Ck13 => between::fiscal_income(&mut judge),
        Check::Ck14 => between::general(&mut judge),
        Check::Ck15 => between::basic(&mut judge),
        Check::Ck16 => between::funds(&mut judge),
        Check::Ck17 => beyond::continuity(&mut judge),
        Check::Ck18 => between::bounds(&mut judge),
        Check::Ck19 => beyond::office_cost(&mut judge),
        Check::Ck20 => between::sichuan(&mut judge),
        Check::Ck21 => beyond::projects(&mut judge),
        Check::Ck22 => beyond::evaluation(&mut judge),
        Check::Ck23 => beyond::procurement(&mut judge),
        Check::Ck24 => beyond::vehicles(&mut judge),
    }
    judge.end(check)
}

/// Runs every check.
pub fn run_all(stated: &Published) -> Vec<CheckResult> {
    Check::ALL.iter().map(|check| run(*check, stated)).collect()
}
