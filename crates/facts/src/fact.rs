//! One fact: a claim that the document makes about a number.

use keqiao_quantity::{Bound, Decimal, Interval, Kind, Number, Printed, Unit};
use keqiao_source::Span;

use crate::Measure;

/// Index of a fact in its report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FactId(pub u32);

/// Which way a change goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// 增加, 增长, 提高
    Up,
    /// 减少, 下降, 降低
    Down,
    /// 持平
    Flat,
}

/// Which side of a quantity a number is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Aspect {
    /// What came in, was spent, was done.
    #[default]
    Actual,
    /// 年初预算数
    InitialBudget,
    /// 全年（调整）预算数, or 预算数 without saying which.
    Budget,
    /// 预期指标值, a goal.
    Target,
}

/// The kind of place a fact was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// Running text.
    Prose,
    /// A cell of a table.
    Table,
    /// A target form's head or indicator.
    Form,
    /// A chart's data.
    Chart,
}

/// The number of a fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// As printed.
    pub printed: Printed,
    /// Upper end of a range.
    pub upper: Option<Printed>,
    /// Unit.
    pub unit: Unit,
    /// Limit written with it.
    pub bound: Option<Bound>,
    /// 余, 多, 约.
    pub approx: bool,
    /// Per what, for unit prices.
    pub per: Option<String>,
    /// Written in Chinese numerals.
    pub spelled: bool,
    /// A rank (第2名).
    pub ordinal: bool,
}

impl Value {
    /// In base units (元, %, single things), with what rounding leaves open. People and things are whole: a count
    /// without 万 and without decimals is exact.
    pub fn interval(&self) -> Interval {
        if self.unit.kind == Kind::Count && self.unit.factor == Decimal::ONE && self.printed.decimals() == 0 {
            return Interval::exact(self.printed.value());
        }
        self.printed.scaled(self.unit.factor)
    }

    /// Kind of the unit.
    pub fn kind(&self) -> Kind {
        self.unit.kind
    }

    /// An amount of money whose 万元 value is meant: `printed` when the unit is 万元.
    pub fn is_money(&self) -> bool {
        self.unit.kind == Kind::Money
    }

    /// With its unit, as the document writes it.
    pub fn show(&self) -> String {
        let upper = self.upper.map(|u| format!("-{u}")).unwrap_or_default();
        let approx = if self.approx { "余" } else { "" };
        format!("{}{upper}{approx}{}", self.printed, self.unit.name)
    }
}

impl From<&Number> for Value {
    fn from(n: &Number) -> Self {
        Value {
            printed: n.value,
            upper: n.upper,
            unit: n.unit.clone(),
            bound: n.bound,
            approx: n.approx,
            per: n.per.clone(),
            spelled: n.spelled,
            ordinal: n.ordinal,
        }
    }
}

/// A claim about a number. No span, no fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Its place in [`crate::Report::facts`].
    pub id: FactId,
    /// What is measured, when the catalogue knows it.
    pub measure: Option<Measure>,
    /// The words that name it, folded.
    pub label: String,
    /// Actual, budget or target.
    pub aspect: Aspect,
    /// Narrower subject: fund, function code or name, project, indicator, chapter. Empty for the whole department.
    pub scope: String,
    /// The year the value belongs to.
    pub year: Option<u16>,
    /// The year label printed with it, when that differs from `year` (a slip of the writer).
    pub label_year: Option<(u16, Span)>,
    /// For changes: the year compared with.
    pub base_year: Option<u16>,
    /// The number.
    pub value: Value,
    /// For changes: which way.
    pub direction: Option<Direction>,
    /// Number and unit, tight.
    pub span: Span,
    /// Label and number together: the clause.
    pub clause: Span,
    /// Kind of place.
    pub place: Place,
    /// Index into [`crate::Report::sections`] of the innermost section, when there is one.
    pub section: Option<u32>,
    /// Index into [`crate::Report::paragraphs`], for prose.
    pub paragraph: Option<u32>,
}
