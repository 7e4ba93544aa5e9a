//! What is wrong in a sample report: slips of the pen as they happen in offices, planted into a page that was right.

use super::account::{LESS, MORE};
use super::amount::{Amount, Rate};
use super::books::Books;
use super::page::{Block, Page};

/// One planted defect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slip {
    /// Two digits of a growth rate change places.
    GrowthTransposed,
    /// The share of the fiscal income is another number.
    ShareTransposed,
    /// Another amount for receptions in the text than in the table.
    ReceptionDiffers,
    /// The total of staff cost in the table of basic expenditure misses its parts.
    StaffTotalDiffers,
    /// The total of the three public expenses misses its parts.
    ThreePublicDiffers,
    /// A group in the table of expenditure misses its items.
    GroupDiffers,
    /// 元 where 万元 is meant.
    YuanForWan,
    /// “主要原因是” and nothing after it.
    ReasonMissing,
    /// A word printed twice.
    DoubledWord,
    /// Assets as of the end of another year.
    DateOfAnotherYear,
    /// 减少 where the numbers say more.
    DirectionReversed,
    /// The kinds of procurement do not make its sum.
    ProcurementDiffers,
    /// A number of the headings is skipped.
    NumberSkipped,
    /// A form's total score misses its parts.
    ScoreDiffers,
    /// A form's indicator misses its target, with full score and no reason.
    TargetMissed,
    /// A grade that the score does not give.
    GradeDiffers,
}

impl Slip {
    /// The rules that find it: one slip may contradict several numbers.
    #[cfg(test)]
    pub(crate) fn rules(self) -> &'static [&'static str] {
        match self {
            Slip::GrowthTransposed => &["A0103"],
            Slip::ShareTransposed => &["A0101", "A0114"],
            Slip::ReceptionDiffers => &["R0201", "A0101", "A0125"],
            Slip::StaffTotalDiffers => &["T0406", "T0409"],
            Slip::ThreePublicDiffers => &["T0407", "R0201"],
            Slip::GroupDiffers => &["T0402", "T0401", "T0410"],
            Slip::YuanForWan => &["X0710"],
            Slip::ReasonMissing => &["X0713"],
            Slip::DoubledWord => &["X0703"],
            Slip::DateOfAnotherYear => &["P0314"],
            Slip::DirectionReversed => &["A0110"],
            Slip::ProcurementDiffers => &["A0106"],
            Slip::NumberSkipped => &["D0606"],
            Slip::ScoreDiffers => &["F0517"],
            Slip::TargetMissed => &["F0501", "F0516"],
            Slip::GradeDiffers => &["F0525"],
        }
    }

    /// Plants it. A slip that finds no place is a mistake of ours and stops the tests.
    pub(crate) fn plant(self, b: &Books, last: &Books, page: &mut Page) {
        let planted = match self {
            Slip::GrowthTransposed => {
                let rate = Rate::of((b.total() - last.total()).size(), last.total());
                page.rewrite("收、支总计各", &rate.to_string(), &rate.transposed().to_string())
            }
            Slip::ShareTransposed => {
                let rate = Rate::of(b.fiscal_income(), b.income());
                page.rewrite("本年收入合计", &rate.to_string(), &rate.transposed().to_string())
            }
            Slip::ReceptionDiffers => {
                let said = b.reception();
                page.rewrite("公务接待费支出决算为", &format!("为{said}万"), &format!("为{}万", said + Amount(9)))
            }
            Slip::StaffTotalDiffers => {
                page.cell("基本支出决算表", "人员经费合计", &b.staff_cost().to_string(), b.staff_cost() - Amount(180))
            }
            Slip::ThreePublicDiffers => {
                let total = b.vehicle() + b.reception();
                page.cell("“三公”经费支出决算表", "决算数", &total.to_string(), total + Amount(27))
            }
            Slip::GroupDiffers => {
                let group = b.spent.iter().filter(|s| s.code.starts_with("20805")).map(|s| s.basic).sum::<Amount>();
                page.cell("一般公共预算财政拨款支出决算表", "20805", &group.to_string(), group + Amount(90))
            }
            Slip::YuanForWan => page.rewrite("政府采购支出总额", "万元、政府采购服务", "元、政府采购服务"),
            Slip::ReasonMissing => {
                let reason = if b.fiscal_total() >= last.fiscal_total() { MORE } else { LESS };
                page.rewrite("财政拨款收、支总计各", reason, "")
            }
            Slip::DoubledWord => page.rewrite("按照预算绩效管理要求", "开展了绩效自评", "开展了了绩效自评"),
            Slip::DateOfAnotherYear => {
                page.rewrite("截至", &format!("截至{}年", b.year), &format!("截至{}年", b.year - 1))
            }
            Slip::DirectionReversed => {
                let (was, is) = if b.general() >= last.general() { ("增加", "减少") } else { ("减少", "增加") };
                let said = |word: &str| format!("财政拨款支出{word}");
                page.rewrite("占本年支出合计的", &said(was), &said(is))
            }
            Slip::ProcurementDiffers => {
                let (_, services) = b.procurement();
                let wrong = services + Amount(300);
                page.rewrite("政府采购支出总额", &format!("服务支出{services}"), &format!("服务支出{wrong}"))
            }
            Slip::NumberSkipped => page.rewrite("十三、", "十三、", "十四、"),
            Slip::ScoreDiffers => page.score(),
            Slip::TargetMissed => page.target(),
            Slip::GradeDiffers => page.rewrite("评价等级", "为优", "为良"),
        };
        debug_assert!(planted, "{self:?} found no place in {} {}", b.entity.name, b.year);
    }
}

impl Page {
    /// In the first heading or paragraph that holds `within` and `was`, writes `is` for `was`.
    fn rewrite(&mut self, within: &str, was: &str, is: &str) -> bool {
        let found = self.blocks.iter_mut().find_map(|block| match block {
            Block::Heading(_, text) | Block::Para(text) if text.contains(within) && text.contains(was) => Some(text),
            _ => None,
        });
        found.map(|text| *text = text.replacen(was, is, 1)).is_some()
    }

    /// In the table whose title ends so, in the row that holds `row`, writes another amount for `was`.
    fn cell(&mut self, title: &str, row: &str, was: &str, is: Amount) -> bool {
        let tables = self.blocks.iter_mut().filter_map(|b| if let Block::Table(t) = b { Some(t) } else { None });
        let mut rows = tables.filter(|t| t.title.ends_with(title)).flat_map(|t| t.rows.iter_mut());
        let cell = rows.find(|r| r.iter().any(|c| c == row)).and_then(|r| r.iter_mut().find(|c| *c == was));
        cell.map(|cell| *cell = is.to_string()).is_some()
    }

    fn form_row(&mut self, label: &str) -> Option<&mut Vec<String>> {
        let tables = self.blocks.iter_mut().filter_map(|b| if let Block::Table(t) = b { Some(t) } else { None });
        tables.flat_map(|t| t.rows.iter_mut()).find(|r| r.iter().any(|c| c == label))
    }

    fn score(&mut self) -> bool {
        let cell = self.form_row("总分").and_then(|r| r.get_mut(6));
        let wrong = cell.as_ref().map(|c| c.replacen('9', "8", 1));
        cell.zip(wrong).map(|(cell, wrong)| *cell = wrong).is_some()
    }

    fn target(&mut self) -> bool {
        let cell = self.form_row("举办科普活动").and_then(|r| r.get_mut(4));
        cell.map(|cell| *cell = "24场".to_owned()).is_some()
    }
}
