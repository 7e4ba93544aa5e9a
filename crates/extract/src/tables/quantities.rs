//! Which catalogue quantities a cell of a data table states. Public tables answer by kind, row and column; free tables
//! only where a row bears a quantity's own name.

use keqiao_facts::{CodeKind, CodeList, DataColumn, DataRow, DataTable, Measure, PublicKind};

/// A quantity and its scope (a code, or empty for the whole department).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quantity {
    pub measure: Measure,
    pub scope: String,
}

fn whole(measure: Measure) -> Vec<Quantity> {
    vec![Quantity { measure, scope: String::new() }]
}

fn scoped(measure: Measure, scope: &str) -> Vec<Quantity> {
    vec![Quantity { measure, scope: scope.to_owned() }]
}

/// What a cell states.
pub(super) fn quantities(table: &DataTable, row: &DataRow, column: &DataColumn) -> Vec<Quantity> {
    let name = column.name.as_str();
    match table.kind {
        Some(PublicKind::Overall) if table.columns.len() == 1 || name.contains("决算") || name.contains("金额") => {
            overall(table.half, row)
        }
        Some(PublicKind::Overall) => Vec::new(),
        Some(PublicKind::FiscalOverall) => fiscal_overall(table, row, name),
        Some(PublicKind::Income) => {
            by_code(row, income_column(name), (last(name) == "本年收入合计").then_some(Measure::FunctionIncome))
        }
        Some(PublicKind::Expenditure) => {
            by_code(row, expenditure_column(name), (last(name) == "本年支出合计").then_some(Measure::FunctionAllFunds))
        }
        Some(PublicKind::GeneralExpenditure) => {
            let (measure, function) = match last(name) {
                "合计" | "小计" | "本年支出合计" | "本年支出" => {
                    (Some(Measure::GeneralExpenditure), Some(Measure::FunctionExpenditure))
                }
                "基本支出" => (Some(Measure::GeneralBasic), Some(Measure::FunctionBasic)),
                "项目支出" => (Some(Measure::GeneralProject), Some(Measure::FunctionProject)),
                _ => (None, None),
            };
            // Tables with carry-over and income (Yunnan) have several 合计.
            let spent = !name.contains('·') || name.starts_with("本年支出");
            if spent { by_code(row, measure, function) } else { Vec::new() }
        }
        Some(PublicKind::GeneralBasic) => general_basic(table, row),
        Some(PublicKind::ThreePublic) => three_public(row, name),
        Some(PublicKind::GovernmentFund) => fund(row, name, Measure::FundIncome, Measure::FundExpenditure),
        Some(PublicKind::StateCapital | PublicKind::StateCapitalExpenditure) => {
            fund(row, name, Measure::CapitalIncome, Measure::CapitalExpenditure)
        }
        Some(_) => Vec::new(),
        None => free(table, row, name),
    }
}

fn last(name: &str) -> &str {
    name.rsplit('·').next().unwrap_or(name)
}

fn is_total(row: &DataRow) -> bool {
    row.code.is_none() && matches!(row.label.as_str(), "合计" | "总计")
}

/// 合计 states the measure, a coded row the function's part of it.
fn by_code(row: &DataRow, total: Option<Measure>, function: Option<Measure>) -> Vec<Quantity> {
    match &row.code {
        None if is_total(row) => total.map(whole).unwrap_or_default(),
        Some((code, _)) => function.map(|m| scoped(m, code)).unwrap_or_default(),
        None => Vec::new(),
    }
}

fn income_column(name: &str) -> Option<Measure> {
    Some(match name {
        "本年收入合计" => Measure::YearIncome,
        "财政拨款收入" => Measure::FiscalIncome,
        "上级补助收入" => Measure::SuperiorIncome,
        "事业收入" | "事业收入·小计" => Measure::BusinessIncome,
        "经营收入" => Measure::OperatingIncome,
        "附属单位上缴收入" => Measure::AttachedIncome,
        "其他收入" => Measure::OtherIncome,
        _ => return None,
    })
}

fn expenditure_column(name: &str) -> Option<Measure> {
    Some(match name {
        "本年支出合计" => Measure::YearExpenditure,
        "基本支出" => Measure::BasicExpenditure,
        "项目支出" => Measure::ProjectExpenditure,
        "上缴上级支出" => Measure::UpwardExpenditure,
        "经营支出" => Measure::OperatingExpenditure,
        "对附属单位补助支出" => Measure::AttachedExpenditure,
        _ => return None,
    })
}

fn overall(half: u8, row: &DataRow) -> Vec<Quantity> {
    let both = |own: Measure| [whole(own), whole(Measure::Total)].concat();
    match (half, row.label.as_str()) {
        (0, "总计" | "收入总计") => both(Measure::IncomeTotal),
        (1, "总计" | "支出总计") => both(Measure::ExpenditureTotal),
        (0, "年初结转和结余") => whole(Measure::CarryIn),
        (1, "年末结转和结余") => whole(Measure::CarryOut),
        (1, "结余分配") => whole(Measure::SurplusDistribution),
        (0, "其他收入") => whole(Measure::OtherIncome),
        (0 | 1, label) => match Measure::ALL.iter().find(|m| m.aliases().contains(&label)) {
            Some(m)
                if half == 0
                    || matches!(
                        m,
                        Measure::YearExpenditure | Measure::BasicExpenditure | Measure::ProjectExpenditure
                    ) =>
            {
                whole(*m)
            }
            _ if half == 1 => class(label).map(|code| scoped(Measure::FunctionAllFunds, &code)).unwrap_or_default(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn fiscal_overall(table: &DataTable, row: &DataRow, name: &str) -> Vec<Quantity> {
    let both = |own: Measure| [whole(own), whole(Measure::FiscalTotal)].concat();
    if table.half == 0 {
        // The three funds are printed twice: as income of the year, and again below the carry-over.
        let first = table.rows.iter().find(|r| r.label == row.label).is_some_and(|r| std::ptr::eq(r, row));
        return match row.label.as_str() {
            "总计" | "收入总计" => both(Measure::FiscalIncomeTotal),
            "本年收入合计" => whole(Measure::FiscalIncome),
            "年初财政拨款结转和结余" => whole(Measure::FiscalCarryIn),
            l if first && l.starts_with("一般公共预算财政拨款") => whole(Measure::GeneralIncome),
            l if first && l.starts_with("政府性基金预算财政拨款") => whole(Measure::FundIncome),
            l if first && l.starts_with("国有资本经营预算财政拨款") => whole(Measure::CapitalIncome),
            _ => Vec::new(),
        };
    }
    let column = last(name);
    match (row.label.as_str(), column) {
        ("总计" | "支出总计", "合计" | "小计") => both(Measure::FiscalExpenditureTotal),
        ("本年支出合计", "合计" | "小计") => whole(Measure::FiscalExpenditure),
        ("年末财政拨款结转和结余", "合计" | "小计") => whole(Measure::FiscalCarryOut),
        ("本年支出合计", c) if c.starts_with("一般公共预算") => whole(Measure::GeneralExpenditure),
        ("本年支出合计", c) if c.starts_with("政府性基金") => whole(Measure::FundExpenditure),
        ("本年支出合计", c) if c.starts_with("国有资本经营") => whole(Measure::CapitalExpenditure),
        (label, c) if c.starts_with("一般公共预算") => {
            class(label).map(|code| scoped(Measure::FunctionExpenditure, &code)).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// The code of a class (类) by its name.
fn class(label: &str) -> Option<String> {
    CodeList::shipped(CodeKind::Functional).of_name(label).find(|e| e.code.len() == 3).map(|e| e.code.clone())
}

fn general_basic(table: &DataTable, row: &DataRow) -> Vec<Quantity> {
    if table.columns.len() > 1 {
        return Vec::new();
    }
    match (&row.code, row.label.as_str()) {
        (Some((code, _)), _) => scoped(Measure::EconomicExpenditure, code),
        (None, "人员经费合计") => whole(Measure::StaffCost),
        (None, "公用经费合计") => whole(Measure::PublicCost),
        (None, "合计" | "总计") => whole(Measure::GeneralBasic),
        _ => Vec::new(),
    }
}

fn three_public(row: &DataRow, name: &str) -> Vec<Quantity> {
    if !matches!(row.label.as_str(), "" | "预算数" | "决算数" | "年初预算数" | "合计" | "全年预算数" | "支出决算数")
        && row.code.is_none()
    {
        return three_public_item(&row.label).map(whole).unwrap_or_default();
    }
    three_public_item(name).map(whole).unwrap_or_default()
}

/// The item that a head or row of 三公 names.
fn three_public_item(name: &str) -> Option<Measure> {
    let parts: Vec<&str> = name
        .split('·')
        .filter(|p| !matches!(*p, "预算数" | "决算数" | "支出决算数" | "年初预算数" | "全年预算数" | "小计"))
        .collect();
    let own = *parts.last()?;
    Some(match own {
        o if o.contains("因公出国") => Measure::GoingAbroad,
        o if o.contains("公务接待") => Measure::Reception,
        o if o.contains("购置及") || o.contains("购置和") => Measure::Vehicles,
        o if o.contains("公务用车购置") => Measure::VehiclePurchase,
        o if o.contains("公务用车运行") => Measure::VehicleRunning,
        "合计" if parts.len() == 1 => Measure::ThreePublic,
        _ => return None,
    })
}

fn fund(row: &DataRow, name: &str, income: Measure, expenditure: Measure) -> Vec<Quantity> {
    if !is_total(row) {
        return Vec::new();
    }
    match name {
        "本年收入" => whole(income),
        "本年支出" | "本年支出·小计" | "本年支出·合计" | "合计" | "本年支出合计" => {
            whole(expenditure)
        }
        _ => Vec::new(),
    }
}

/// A free table: 预算收支情况表 and the like. Costs of staff and office may include other money than the public tables
/// do, so they keep the table's name as their scope.
fn free(table: &DataTable, row: &DataRow, name: &str) -> Vec<Quantity> {
    let sided =
        ["预算", "决算", "执行", "金额", "本年", "支出"].iter().any(|w| name.contains(w)) || table.columns.len() == 1;
    if !sided || row.code.is_some() {
        return Vec::new();
    }
    let label = row.label.strip_prefix("其中：").unwrap_or(&row.label);
    match Measure::ALL.iter().find(|m| m.aliases().contains(&label)) {
        Some(
            m @ (Measure::BasicExpenditure
            | Measure::ProjectExpenditure
            | Measure::YearIncome
            | Measure::YearExpenditure),
        ) if name_says_whole(table) => whole(*m),
        Some(m) => scoped(*m, if table.name.is_empty() { "附表" } else { &table.name }),
        None => Vec::new(),
    }
}

/// Whether the table has a row for the whole, so that its parts are parts of the department's money.
fn name_says_whole(table: &DataTable) -> bool {
    table.rows.iter().any(|r| matches!(r.label.as_str(), "合计" | "总计" | "本年支出合计" | "支出合计"))
}
