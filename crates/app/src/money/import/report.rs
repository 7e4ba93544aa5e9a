//! What an inspection found: notes, totals, vouchers that the books hold, months, codes that no list confirms.

use std::collections::BTreeSet;

use keqiao_base::Fen;
use keqiao_sheet::check::Note;
use serde::{Deserialize, Serialize};

use super::lines::Line;

/// The most notes and differences that are kept; the number of all is kept as well.
pub(super) const KEPT: usize = 500;

/// A total row of the file against the lines above it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TotalLine {
    /// The row; 0: the total that the clerk entered.
    pub row: u32,
    /// What it calls itself.
    pub label: String,
    /// What it says; in 分.
    pub stated: Fen,
    /// What the lines add up to; in 分.
    pub computed: Fen,
}

/// A voucher that the books hold already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoucherDifference {
    /// The number.
    pub voucher: String,
    /// The month.
    pub month: i32,
    /// What it adds up to in the file; in 分.
    pub file: Fen,
    /// What it adds up to in the books; in 分.
    pub books: Fen,
}

/// What an inspection found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// What the lines add up to; in 分.
    pub amount: Fen,
    /// What they are adjusted by, for budgets; in 分.
    pub adjusted: Fen,
    /// How many notes are errors: with any, nothing is booked.
    pub errors: usize,
    /// How many notes there are.
    pub notes_total: usize,
    /// The first of them.
    pub notes: Vec<Note>,
    /// Every total row, and the total that the clerk entered.
    pub totals: Vec<TotalLine>,
    /// Vouchers that the books hold already.
    pub vouchers: Vec<VoucherDifference>,
    /// What the lines of each month add up to; in 分.
    pub months: [Fen; 12],
    /// Codes that no list of the year confirms.
    pub unseen: BTreeSet<String>,
}

/// Lines with what was found.
#[derive(Clone, Debug, Default)]
pub struct Inspected {
    /// The lines that were understood.
    pub lines: Vec<Line>,
    /// What was found.
    pub report: Report,
}
