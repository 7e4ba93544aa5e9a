//! The books of one year of one scope (a department, or one of its units), summed to what the public tables need.

use keqiao_base::{Fen, coded};
use serde::{Deserialize, Serialize};

use crate::{Fund, UnitKind};

coded! {
    /// 收入种类: the income rows of T1 and the columns of T2 (FD-4, FD-5).
    pub enum RevenueKind {
        /// 财政拨款收入: its fund says which of the three.
        Fiscal = "fiscal" => ("财政拨款收入", "Fiscal appropriation"),
        /// 上级补助收入
        Superior = "superior" => ("上级补助收入", "Grants from above"),
        /// 事业收入
        Service = "service" => ("事业收入", "Service income"),
        /// 经营收入
        Operating = "operating" => ("经营收入", "Operating income"),
        /// 附属单位上缴收入
        Subsidiary = "subsidiary" => ("附属单位上缴收入", "Paid up by subsidiaries"),
        /// 其他收入
        Other = "other" => ("其他收入", "Other income"),
    }
}

coded! {
    /// 支出种类: the columns of T3 (FD-5).
    pub enum SpendingKind {
        /// 基本支出
        Basic = "basic" => ("基本支出", "Basic"),
        /// 项目支出
        Project = "project" => ("项目支出", "Projects"),
        /// 上缴上级支出
        Upward = "upward" => ("上缴上级支出", "Paid upward"),
        /// 经营支出
        Operating = "operating" => ("经营支出", "Operating"),
        /// 对附属单位补助支出
        Downward = "downward" => ("对附属单位补助支出", "Grants to subsidiaries"),
    }
}

coded! {
    /// 公务用车的种类 (CK-24, SG-5).
    pub enum VehicleKind {
        /// 部级领导干部用车
        Minister = "minister" => ("副部（省）级及以上领导用车", "For ministers"),
        /// 主要领导干部用车
        Head = "head" => ("主要领导干部用车", "For heads"),
        /// 机要通信用车
        Courier = "courier" => ("机要通信用车", "Courier"),
        /// 应急保障用车
        Emergency = "emergency" => ("应急保障用车", "Emergency"),
        /// 执法执勤用车
        Enforcement = "enforcement" => ("执法执勤用车", "Law enforcement"),
        /// 特种专业技术用车, 科普大篷车 among them (SG-4)
        Special = "special" => ("特种专业技术用车", "Special technical"),
        /// 离退休干部用车
        Retired = "retired" => ("离退休干部用车", "For the retired"),
        /// 其他用车
        Other = "other" => ("其他用车", "Other"),
    }
}

/// Money carried over from the year before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// Which money.
    pub fund: Fund,
    /// What it was for: 项.
    pub function: String,
    /// How much; in 分.
    pub amount: Fen,
}

/// Money received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// What kind of income.
    pub kind: RevenueKind,
    /// Which money; [`Fund::Other`] unless it is fiscal.
    pub fund: Fund,
    /// What it is for: 项.
    pub function: String,
    /// How much; in 分.
    pub amount: Fen,
}

/// Money spent: lines of the ledger, or sums of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spent {
    /// 支出功能分类: 项.
    pub function: String,
    /// 部门预算支出经济分类: 款.
    pub economic: String,
    /// Which money.
    pub fund: Fund,
    /// What kind of spending.
    pub kind: SpendingKind,
    /// 项目编码 and name; empty for basic spending.
    pub project: String,
    /// How much; in 分.
    pub amount: Fen,
}

/// 三公: budget by item, and the counts that stand beside the amounts (FD-8, FD-13). The executed amounts come from the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ThreePublic {
    /// Budget for going abroad; in 分.
    pub budget_abroad: Fen,
    /// Budget for buying vehicles; in 分.
    pub budget_purchase: Fen,
    /// Budget for running vehicles; in 分.
    pub budget_running: Fen,
    /// Budget for receptions; in 分.
    pub budget_reception: Fen,
    /// Of the executed receptions, those of foreign guests; in 分.
    pub foreign_reception: Fen,
    /// 团组数.
    pub groups: i64,
    /// 出国人次.
    pub travellers: i64,
    /// Vehicles bought in the year.
    pub bought: i64,
    /// 保有量: vehicles paid for by fiscal money at the year's end.
    pub vehicles: i64,
    /// 国内接待批次.
    pub batches: i64,
    /// 国内接待人次.
    pub guests: i64,
    /// 外事接待批次.
    pub foreign_batches: i64,
    /// 外事接待人次.
    pub foreign_guests: i64,
}

/// 政府采购 (CK-23): contracts signed in the year; in 分.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Procurement {
    /// 货物.
    pub goods: Fen,
    /// 工程.
    pub works: Fen,
    /// 服务.
    pub services: Fen,
    /// 授予中小企业.
    pub sme: Fen,
    /// 其中: 授予小微企业.
    pub micro: Fen,
}

/// 国有资产占用 on 12-31 (CK-24).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Assets {
    /// Vehicles of each kind.
    pub vehicles: Vec<(VehicleKind, i64)>,
    /// Sets of general equipment over the year's threshold.
    pub general_equipment: i64,
    /// Sets of special equipment over the year's threshold.
    pub special_equipment: i64,
}

/// 结余动用与分配, and what the opening balance was adjusted by (CK-17); in 分.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Balance {
    /// 使用非财政拨款结余(含专用结余).
    pub surplus_used: Fen,
    /// 结余分配.
    pub distributed: Fen,
    /// 年初结转和结余调整数.
    pub adjusted: Fen,
    /// The document that adjusted it.
    pub document: String,
}

/// 编制与实有人数.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Headcount {
    /// 编制数.
    pub posts: i64,
    /// 在职实有人数.
    pub staff: i64,
    /// 离退休人数.
    pub retired: i64,
}

/// The books of one year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Books {
    /// Fiscal year.
    pub year: i32,
    /// 年初结转和结余.
    pub opening: Vec<Carried>,
    /// Last year's closing balance, when it is known; in 分.
    pub last_closing: Option<Fen>,
    /// Stated adjustments of the opening balance, with their document (CK-17); in 分.
    pub adjusted: Fen,
    /// Income.
    pub received: Vec<Received>,
    /// 使用非财政拨款结余(含专用结余); in 分.
    pub surplus_used: Fen,
    /// Spending.
    pub spent: Vec<Spent>,
    /// 结余分配; in 分.
    pub distributed: Fen,
    /// The kinds of the units in scope.
    pub units: Vec<UnitKind>,
    /// Spending of units that run an office on public costs of basic spending (机关运行经费, CK-19); in 分.
    pub office_cost: Fen,
    /// 三公.
    pub three_public: ThreePublic,
    /// 政府采购.
    pub procurement: Procurement,
    /// 国有资产.
    pub assets: Assets,
    /// Names of functional codes of the year; codes that are not in it are named by the list that ships.
    pub functions: std::collections::BTreeMap<String, String>,
    /// Names of economic codes of the year.
    pub economics: std::collections::BTreeMap<String, String>,
}

impl Books {
    /// What was carried over of a fund; of all when none is named. In 分.
    pub fn opening(&self, fund: Option<Fund>) -> Fen {
        self.opening.iter().filter(|c| fund.is_none_or(|f| c.fund == f)).map(|c| c.amount).sum()
    }

    /// What was received of a fund; of all when none is named. In 分.
    pub fn received(&self, fund: Option<Fund>) -> Fen {
        self.received.iter().filter(|r| fund.is_none_or(|f| r.fund == f)).map(|r| r.amount).sum()
    }

    /// What was spent of a fund; of all when none is named. In 分.
    pub fn spent(&self, fund: Option<Fund>) -> Fen {
        self.spent.iter().filter(|s| fund.is_none_or(|f| s.fund == f)).map(|s| s.amount).sum()
    }

    /// What is left of each fund and 项 at the year's end: next year's opening balances. What is nothing is left out.
    pub fn carried_on(&self) -> Vec<Carried> {
        let mut left: std::collections::BTreeMap<(Fund, &str), Fen> = std::collections::BTreeMap::new();
        for c in &self.opening {
            *left.entry((c.fund, &c.function)).or_default() += c.amount;
        }
        for r in &self.received {
            *left.entry((r.fund, &r.function)).or_default() += r.amount;
        }
        for s in &self.spent {
            *left.entry((s.fund, &s.function)).or_default() -= s.amount;
        }
        let own = self.surplus_used - self.distributed;
        if !own.is_zero() {
            let function = left.keys().find(|k| k.0 == Fund::Other).or(left.keys().next()).map_or("", |k| k.1);
            *left.entry((Fund::Other, function)).or_default() += own;
        }
        let carried =
            |((fund, function), amount): ((Fund, &str), Fen)| Carried { fund, function: function.to_owned(), amount };
        left.into_iter().filter(|(_, amount)| !amount.is_zero()).map(carried).collect()
    }

    /// What is left of a fund at the year's end; of all when none is named. In 分.
    pub fn closing(&self, fund: Option<Fund>) -> Fen {
        let own = match fund {
            None | Some(Fund::Other) => self.surplus_used - self.distributed,
            Some(_) => Fen::ZERO,
        };
        self.opening(fund) + self.received(fund) + own - self.spent(fund)
    }
}
