//! The head of a form: project, funds block, goals.

use keqiao_facts::{CellText, FormAmounts, Goal, TargetForm, Value};
use keqiao_quantity::{Printed, Unit};
use keqiao_source::Span;

use super::indicators::says;
use super::rows::{FormCell, Row};

/// What a column of the funds block holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fund {
    Initial,
    Budget,
    Executed,
    Weight,
    Rate,
    Score,
}

/// Reads head rows one after the other.
#[derive(Debug, Default)]
pub(super) struct Head {
    unit: Option<Unit>,
    /// Columns of the funds block: what and where, and the row's number of cells from the first of them on.
    funds: Vec<(Fund, usize)>,
    /// Weight of the execution rate given in words (20分).
    weight: Option<(Printed, Span)>,
    /// Whether the next row holds the goals whose heads were just read.
    goals: bool,
}

impl Head {
    pub(super) fn read(&mut self, row: &Row, form: &mut TargetForm) {
        let cells: Vec<&FormCell> = row.filled().collect();
        let Some(first) = cells.first() else { return };
        if self.unit.is_none() && first.text.contains("元") {
            self.unit = unit_in(&first.text);
        }
        labels(&cells, form);
        if self.take_goals(&cells, form) || self.pairs(row, form) || self.heads(row) {
            return;
        }
        self.amounts(row, form);
    }

    fn unit(&self) -> Unit {
        self.unit.clone().or_else(|| Unit::money("万元")).unwrap_or_else(|| Unit::count(""))
    }

    /// `预算数：| 10 | 执行数：| 10`, `财政拨款 | 10 | 财政拨款 | 10`: budget left, execution right.
    fn pairs(&mut self, row: &Row, form: &mut TargetForm) -> bool {
        let named = |c: &FormCell| -> Option<&'static str> {
            let text = c.text.trim_end_matches('：');
            let text = text.strip_prefix("其中").map_or(text, |t| t.trim_start_matches(['：', '-', '—']));
            ["财政拨款", "其他资金", "其它资金", "上年结转", "自有资金", "单位自筹"]
                .into_iter()
                .find(|w| text.contains(w))
                .or_else(|| {
                    let core = text.split('（').next().unwrap_or(text);
                    ["预算数", "全年预算数", "执行数", "全年执行数"].into_iter().find(|w| core == *w)
                })
        };
        let places: Vec<(usize, &'static str)> =
            row.cells.iter().enumerate().filter_map(|(i, c)| Some((i, named(c)?))).collect();
        let [(a, left), (b, right)] = places[..] else { return false };
        let total = left.ends_with("预算数") && right.ends_with("执行数");
        // Side by side means that a value stands between the two labels.
        if !(total || left == right) || b != a + 2 {
            return false;
        }
        let unit = self.unit();
        form.amounts.push(FormAmounts {
            label: if total { "年度资金总额".into() } else { left.into() },
            budget: row.cells.get(a + 1).and_then(|c| amount(c, &unit)),
            executed: row.cells.get(b + 1).and_then(|c| amount(c, &unit)),
            ..FormAmounts::default()
        });
        true
    }

    /// Heads of the columns of a funds block.
    fn heads(&mut self, row: &Row) -> bool {
        let found: Vec<(Fund, usize)> =
            row.cells.iter().enumerate().filter_map(|(i, c)| Some((fund(&c.text)?, i))).collect();
        let has = |f: Fund| found.iter().any(|x| x.0 == f);
        if !(has(Fund::Executed) && (has(Fund::Budget) || has(Fund::Initial))) {
            return false;
        }
        let count = row.cells.len();
        self.weight = row.cells.iter().find_map(points);
        // Counted from the right: rows below may have more or fewer cells on the left.
        self.funds = found.into_iter().map(|(f, i)| (f, count - i)).collect();
        if self.unit.is_none() {
            self.unit = row.cells.iter().find_map(|c| unit_in(&c.text));
        }
        true
    }

    /// A row of the funds block under its heads.
    fn amounts(&mut self, row: &Row, form: &mut TargetForm) {
        let Some(widest) = self.funds.iter().map(|f| f.1).max() else { return };
        let Some(label) = row.cells.len().checked_sub(widest + 1).and_then(|i| row.cells.get(i)) else { return };
        let funds = ["资金", "拨款", "金额", "结转", "总额", "合计", "预算", "收入", "其他", "支出", "小计"];
        if !funds.iter().any(|w| label.text.contains(w)) {
            self.funds.clear();
            return;
        }
        let unit = unit_in(&label.text).unwrap_or_else(|| self.unit());
        let mut amounts = FormAmounts {
            label: label.text.trim_start_matches("其中").trim_start_matches(['：', '-']).to_owned(),
            ..FormAmounts::default()
        };
        for (fund, from_right) in &self.funds {
            let Some(cell) = row.cells.len().checked_sub(*from_right).and_then(|i| row.cells.get(i)) else { continue };
            match fund {
                Fund::Initial => amounts.initial = amount(cell, &unit),
                Fund::Budget => amounts.budget = amount(cell, &unit),
                Fund::Executed => amounts.executed = amount(cell, &unit),
                Fund::Weight => amounts.weight = plain(cell),
                Fund::Rate => amounts.rate = plain(cell),
                Fund::Score => amounts.score = plain(cell),
            }
        }
        if amounts.weight.is_none() && amounts.score.is_some() {
            amounts.weight = self.weight;
        }
        form.amounts.push(amounts);
    }

    /// `预期目标 | 实际完成情况` with the goals below or in the same cells.
    fn take_goals(&mut self, cells: &[&FormCell], form: &mut TargetForm) -> bool {
        if std::mem::take(&mut self.goals) {
            match cells {
                [.., expected, actual] => {
                    form.goals.push(Goal { expected: Some(expected.cell()), actual: Some(actual.cell()) })
                }
                [expected] => form.goals.push(Goal { expected: Some(expected.cell()), actual: None }),
                [] => {}
            }
            return true;
        }
        let expects = |t: &str| {
            ["预期目标", "年初目标", "年初设定目标", "预期总目标", "年度预期目标"].iter().any(|w| t.starts_with(w))
        };
        let reaches = |t: &str| {
            ["实际完成", "目标实际完成", "实际目标完成", "全年完成", "目标完成情况"].iter().any(|w| t.starts_with(w))
        };
        let left = cells.iter().find(|c| expects(&c.text));
        let right = cells.iter().find(|c| reaches(&c.text));
        if let (Some(left), Some(right)) = (left, right) {
            let inner = |c: &FormCell| split_label(c);
            match (inner(left), inner(right)) {
                (None, None) => self.goals = true,
                (expected, actual) => form.goals.push(Goal { expected, actual }),
            }
            return true;
        }
        let [label, value] = cells else { return false };
        let name = label.text.split('（').next().unwrap_or(&label.text).trim_end_matches(|c: char| c.is_ascii_digit());
        if ["年度绩效目标", "绩效目标", "年度总体目标", "部门整体绩效目标", "总体目标"].contains(&name)
            && says(&value.cell())
        {
            form.goals.push(Goal { expected: Some(value.cell()), actual: None });
            return true;
        }
        if ["年度目标完成情况", "目标完成情况", "年度绩效目标完成情况", "绩效目标完成情况"].contains(&name)
        {
            match form.goals.last_mut().filter(|g| g.actual.is_none()) {
                Some(goal) => goal.actual = Some(value.cell()),
                None => form.goals.push(Goal { expected: None, actual: Some(value.cell()) }),
            }
            return true;
        }
        false
    }
}

/// `预期目标：开展活动` → the words after the colon.
fn split_label(cell: &FormCell) -> Option<CellText> {
    let (label, rest) = cell.text.split_once('：')?;
    (label.chars().count() <= 10 && !rest.is_empty()).then(|| CellText { text: rest.to_owned(), span: cell.span })
}

/// `项目名称 | …`, `自评得分 | …`.
fn labels(cells: &[&FormCell], form: &mut TargetForm) {
    for (i, cell) in cells.iter().enumerate() {
        let (label, inner) = cell.text.split_once('：').map_or((cell.text.as_str(), ""), |(l, r)| (l, r));
        let next = cells.get(i + 1).copied().filter(|_| inner.is_empty());
        if form.project.is_empty()
            && ["项目名称", "项目", "项目（政策）名称", "专项名称", "专项（项目）名称", "政策和项目名称"]
                .contains(&label)
        {
            let value = if inner.is_empty() { next.map(|n| n.text.as_str()) } else { Some(inner) };
            if let Some(value) =
                value.filter(|v| (label != "项目" || v.contains("项目") || v.contains("经费")) && fund(v).is_none())
            {
                form.project = value.to_owned();
                form.project_span = Some(if inner.is_empty() { next.map_or(cell.span, |n| n.span) } else { cell.span });
            }
        }
        if form.total.is_none() && ["自评得分", "自评总分", "总得分", "总分", "综合得分"].contains(&label)
        {
            form.total = next.and_then(plain);
        }
    }
}

fn fund(head: &str) -> Option<Fund> {
    let core = head.replace("（调整）", "");
    let core = core.split('（').next().unwrap_or(&core).trim_end_matches('：');
    if core.chars().count() > 12 {
        return None;
    }
    Some(match core {
        "分值" | "权重" => Fund::Weight,
        _ if core.contains("执行率") || core.contains("完成率") => Fund::Rate,
        _ if core.contains("得分") => Fund::Score,
        _ if core.contains("年初预算") => Fund::Initial,
        _ if core.ends_with("预算数") || core.ends_with("预算") || core == "预算金额" || core == "预算安排" => {
            Fund::Budget
        }
        _ if core.ends_with("执行数") || core == "执行金额" || core.ends_with("支出数") || core.ends_with("决算数") => {
            Fund::Executed
        }
        _ => return None,
    })
}

/// `（20分）`, `（20分*执行率）`.
fn points(cell: &FormCell) -> Option<(Printed, Span)> {
    let at = cell.text.find("分*").or_else(|| cell.text.find("分×")).or_else(|| cell.text.find("分）"))?;
    let digits = cell.text[..at].rfind('（').map(|i| &cell.text[i + '（'.len_utf8()..at])?;
    Some((Printed::parse(digits)?, cell.span))
}

fn unit_in(text: &str) -> Option<Unit> {
    ["亿元", "万元", "千元"]
        .iter()
        .find(|u| text.contains(**u))
        .and_then(|u| Unit::money(u))
        .or_else(|| (text.contains("（元）") || text.contains("：元")).then(|| Unit::money("元")).flatten())
}

fn plain(cell: &FormCell) -> Option<(Printed, Span)> {
    let core = cell.text.split('（').next().unwrap_or(&cell.text).trim_end_matches(['%', '分']);
    Printed::parse(core).map(|p| (p, cell.span))
}

/// An amount in a unit, or in the unit that the cell itself gives.
fn amount(cell: &FormCell, unit: &Unit) -> Option<(Value, Span)> {
    let own = ["亿元", "万元", "元"].into_iter().find(|u| cell.text.ends_with(u));
    let digits = own.map_or(cell.text.as_str(), |u| cell.text.trim_end_matches(u));
    let printed = Printed::parse(digits)?;
    let unit = own.and_then(Unit::money).unwrap_or_else(|| unit.clone());
    let value =
        Value { printed, upper: None, unit, bound: None, approx: false, per: None, spelled: false, ordinal: false };
    Some((value, cell.span))
}
