//! Footing: does a printed total equal its parts? Shared by the rules of this family; not a rule itself.

use keqiao_facts::{DataCell, DataRow, DataTable, Fact, PublicKind, Report};
use keqiao_i18n::Bilingual;
use keqiao_quantity::{Decimal, Printed, SumGap, Unit, sum_gap};

use crate::Sink;

/// A printed total and the cells it must be the sum of. Empty cells are zero and absent.
#[derive(Clone, Debug)]
pub(super) struct Footing<'a> {
    pub table: &'a DataTable,
    /// What the total is, for the message: 合计·本年支出合计.
    pub what: String,
    pub stated: &'a DataCell,
    pub parts: Vec<&'a DataCell>,
}

impl Footing<'_> {
    /// Sum of the parts, and stated minus sum when rounding cannot explain it.
    pub(super) fn gap(&self) -> (Decimal, Option<Decimal>) {
        let (sum, gap) = sum_gap(self.stated.value, self.parts.iter().map(|p| p.value));
        (sum, if let SumGap::Beyond(gap) = gap { Some(gap) } else { None })
    }

    /// Whether the total is the sum of its parts within rounding.
    pub(super) fn holds(&self) -> bool {
        self.gap().1.is_none()
    }

    /// Judges and, where it does not foot, reports.
    pub(super) fn judge(&self, out: &mut Sink) {
        out.judge();
        let (sum, Some(gap)) = self.gap() else { return };
        let unit = unit_name(self.table, self.stated.column);
        let (table, what, stated) = (title(self.table), &self.what, self.stated.value);
        out.report(
            self.stated.span,
            Bilingual::new(
                format!("{table}“{what}”为 {stated}{unit}，分项之和为 {sum}{unit}，相差 {}{unit}", gap.abs()),
                format!(
                    "{table}: {what} is {stated}{unit}, its parts make {sum}{unit}: a difference of {}{unit}",
                    gap.abs()
                ),
            ),
            Bilingual::new(
                "核对合计与各分项，改正填错的一处。",
                "Check the total and its parts, and correct the one that is wrong.",
            ),
        )
        .against_all(self.parts.iter().take(8).map(|p| p.span))
        .numbers(format!("{stated}{unit}"), format!("{sum}{unit}"));
    }
}

/// Judges footings of one structure: what does not foot is reported only where at least twice as many foot, so that
/// the structure is certain. `sure` skips the proof (structures fixed by the public forms).
pub(super) fn judge_all(footings: &[Footing<'_>], sure: bool, out: &mut Sink) {
    let wrong = footings.iter().filter(|f| !f.holds()).count();
    if !sure && footings.len() - wrong < wrong * 2 {
        out.lack();
        return;
    }
    for footing in footings {
        footing.judge(out);
    }
}

/// The name of a table for messages.
pub(super) fn title(table: &DataTable) -> String {
    if table.name.is_empty() { "附表".to_owned() } else { format!("《{}》", table.name) }
}

/// The unit printed for a column, for messages.
pub(super) fn unit_name(table: &DataTable, column: u32) -> &str {
    let own = table.columns.get(column as usize).and_then(|c| c.unit.as_ref());
    own.or(table.unit.as_ref()).map_or("", |u: &Unit| u.name.as_str())
}

/// The parts of a printed public table: all its halves, left first.
pub(super) fn halves(report: &Report, kind: PublicKind) -> Vec<&DataTable> {
    let Some(first) = report.tables.iter().find(|t| t.kind == Some(kind)) else { return Vec::new() };
    report.tables.iter().filter(|t| t.source == first.source && t.kind == Some(kind)).collect()
}

/// The one printed table of a kind, when there is exactly one and it is in one piece. A document that prints several (the
/// department and each of its units) is not compared across tables.
pub(super) fn single(report: &Report, kind: PublicKind) -> Option<&DataTable> {
    let mut all = report.tables.iter().filter(|t| t.kind == Some(kind));
    let one = all.next()?;
    all.next().is_none().then_some(one)
}

/// Both halves of the one table of a kind that is printed as two.
pub(super) fn pair(report: &Report, kind: PublicKind) -> Option<(&DataTable, &DataTable)> {
    let all: Vec<&DataTable> = report.tables.iter().filter(|t| t.kind == Some(kind)).collect();
    match all.as_slice() {
        [left, right] if left.source == right.source => Some((left, right)),
        _ => None,
    }
}

/// The column of the row's total: 本年收入合计, 合计.
pub(super) fn total_column(table: &DataTable) -> Option<u32> {
    let names: &[&str] = match table.kind? {
        PublicKind::Income => &["本年收入合计", "收入合计"],
        PublicKind::Expenditure => &["本年支出合计", "支出合计"],
        _ => &["合计", "小计", "本年支出合计", "本年支出", "本年支出·合计", "本年支出·小计"],
    };
    names.iter().find_map(|n| table.column(|c| c == *n))
}

/// Columns that together make the total column: the first heads, each by its own 小计 or 合计 where it has one.
pub(super) fn part_columns(table: &DataTable, total: u32) -> Vec<u32> {
    let mut parts = Vec::new();
    let groups = |name: &str| name.split('·').next().unwrap_or(name).to_owned();
    let mut at = 0;
    while at < table.columns.len() {
        let group = groups(&table.columns[at].name);
        let end =
            (at..table.columns.len()).find(|&i| groups(&table.columns[i].name) != group).unwrap_or(table.columns.len());
        let members: Vec<u32> = (at..end).filter_map(|i| u32::try_from(i).ok()).filter(|&i| i != total).collect();
        let named = |i: u32| table.columns[i as usize].name.as_str();
        let subtotal =
            members.iter().find(|&&i| named(i) == group || ["小计", "合计"].iter().any(|s| named(i).ends_with(s)));
        match subtotal {
            Some(&one) => parts.push(one),
            None => parts.extend(members.into_iter().filter(|&i| !named(i).contains("其中"))),
        }
        at = end;
    }
    parts
}

/// Whether a row is the table's total.
pub(super) fn is_total(row: &DataRow) -> bool {
    row.code.is_none() && matches!(row.label.as_str(), "合计" | "总计" | "合计：")
}

/// The total row of a table of codes.
pub(super) fn total_row(table: &DataTable) -> Option<&DataRow> {
    table.rows.iter().find(|r| is_total(r))
}

/// A row for messages: 2060702 科普活动.
pub(super) fn row_name(row: &DataRow) -> String {
    match &row.code {
        Some((code, _)) => format!("{code}{}", row.label),
        None => row.label.clone(),
    }
}

/// An amount of a table, comparable across units.
#[derive(Clone, Debug)]
pub(super) struct Amount {
    value: Printed,
    unit: Option<Unit>,
}

impl Amount {
    /// The amount of a cell; `None` for percent.
    pub(super) fn of(table: &DataTable, cell: &DataCell) -> Option<Amount> {
        let column = table.columns.get(cell.column as usize)?;
        let unit = column.unit.clone().or_else(|| table.unit.clone());
        (!cell.percent).then_some(Amount { value: cell.value, unit })
    }

    /// The amount of a fact.
    pub(super) fn of_fact(fact: &Fact) -> Amount {
        Amount { value: fact.value.printed, unit: Some(fact.value.unit.clone()) }
    }

    /// Another number in the same unit.
    pub(super) fn with(&self, value: Printed) -> Amount {
        Amount { value, unit: self.unit.clone() }
    }

    /// Half of what tables rounded apart may differ by: classes that absorb the rounding of their parts count too.
    fn slack(&self) -> Decimal {
        self.value.half_unit() * Decimal::TWO * self.factor()
    }

    fn factor(&self) -> Decimal {
        self.unit.as_ref().map_or(Decimal::ONE, |u| u.factor)
    }

    /// In base units.
    pub(super) fn value(&self) -> Decimal {
        self.value.value().saturating_mul(self.factor())
    }

    /// Whether the two may be one amount. Without a unit on both sides nothing is contradicted.
    pub(super) fn near(&self, other: &Amount) -> bool {
        self.unit.is_some() != other.unit.is_some()
            || (self.value() - other.value()).abs() <= self.slack() + other.slack()
    }

    /// Whether this is more than the other, beyond rounding.
    pub(super) fn exceeds(&self, other: &Amount) -> bool {
        !self.near(other) && self.value() > other.value()
    }

    /// As printed, with its unit.
    pub(super) fn show(&self) -> String {
        format!("{}{}", self.value, self.unit.as_ref().map_or("", |u| u.name.as_str()))
    }
}
