//! Relations that the text states between facts: shares, changes, completions, breakdowns.

use keqiao_source::Span;

use crate::{Direction, FactId, Measure};

/// What a share is a share of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whole {
    /// A fact of the text.
    Fact(FactId),
    /// A measure that the text names but does not give there.
    Named(Measure),
    /// Not known.
    Unknown,
}

/// `part …占p%`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The amount.
    pub part: FactId,
    /// The whole.
    pub whole: Whole,
    /// The percent.
    pub percent: FactId,
    /// Words from the part to the percent.
    pub span: Span,
}

/// `current 比上年增加delta，增长percent`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// This year's value, when given.
    pub current: Option<FactId>,
    /// The value compared with, when given.
    pub base: Option<FactId>,
    /// The change in the unit of the value.
    pub delta: Option<FactId>,
    /// The change in percent.
    pub percent: Option<FactId>,
    /// Which way, as the words say.
    pub direction: Direction,
    /// The direction word.
    pub word: Span,
    /// Year compared with.
    pub base_year: Option<u16>,
    /// 主要原因…, when the text gives one.
    pub reason: Option<Span>,
    /// What changed, when the catalogue knows it.
    pub measure: Option<Measure>,
    /// The whole statement.
    pub span: Span,
}

/// `预算为budget，决算为actual，完成预算的percent`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// Executed amount.
    pub actual: Option<FactId>,
    /// Budget, when given.
    pub budget: Option<FactId>,
    /// Percent, when given.
    pub percent: Option<FactId>,
    /// Whether the budget meant is the initial one (年初预算) and not the adjusted one.
    pub initial: bool,
    /// The stated reason for a difference, when given.
    pub reason: Option<Span>,
    /// The whole statement.
    pub span: Span,
}

/// `whole，其中：part；part；part`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breakdown {
    /// The whole.
    pub whole: FactId,
    /// The parts in order.
    pub parts: Vec<FactId>,
    /// Whether the list must be complete (its shares make 100 %, it consists of the members of a known sum, or the text
    /// says so), so that the sum has to equal the whole.
    pub exhaustive: bool,
    /// The whole statement.
    pub span: Span,
}

/// All relations of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relations {
    /// Shares.
    pub shares: Vec<Share>,
    /// Changes.
    pub changes: Vec<Change>,
    /// Completions.
    pub completions: Vec<Completion>,
    /// Breakdowns.
    pub breakdowns: Vec<Breakdown>,
}
