//! Compares numbers, counts what was compared and what could not be, and keeps what does not agree.

use keqiao_base::Fen;
use keqiao_i18n::Bilingual;

use super::{Check, CheckResult, Gap, Verdict};
use crate::published::Published;
use crate::{Grain, PublicTable, TableKind};

/// What one number rounded to 0.01 万元 may be off, in 分 (3.1).
const ROUNDING: i64 = 5_000;

/// The book-keeping of one check.
pub(super) struct Judge<'a> {
    /// What is looked at.
    pub stated: &'a Published,
    judged: usize,
    lacking: usize,
    gaps: Vec<Gap>,
}

impl<'a> Judge<'a> {
    pub fn new(stated: &'a Published) -> Self {
        Judge { stated, judged: 0, lacking: 0, gaps: Vec::new() }
    }

    pub fn table(&self, kind: TableKind) -> Option<&'a PublicTable> {
        self.stated.table(kind)
    }

    pub fn at(&self, kind: TableKind, row: &str, column: &str) -> Option<Fen> {
        self.stated.at(kind, row, column)
    }

    pub fn said(&self, name: &str) -> Option<Fen> {
        self.stated.said.amounts.get(name).copied()
    }

    pub fn count(&self, name: &str) -> Option<i64> {
        self.stated.said.counts.get(name).copied()
    }

    /// Something that the check needs is not there.
    pub fn lacks(&mut self) {
        self.lacking += 1;
    }

    /// A total must be the sum of its parts. Parts that are `None` are lacking: leave out what need not be listed.
    pub fn sum(&mut self, place: Bilingual, total: Option<Fen>, parts: &[Option<Fen>]) {
        let known: Option<Vec<Fen>> = parts.iter().copied().collect();
        let (Some(total), Some(parts)) = (total, known) else { return self.lacks() };
        let numbers = i64::try_from(parts.len() + 1).unwrap_or(i64::MAX);
        self.compare(place, total, parts.into_iter().sum(), numbers);
    }

    /// Two numbers must be one.
    pub fn same(&mut self, place: Bilingual, stated: Option<Fen>, other: Option<Fen>) {
        self.sum(place, stated, &[other]);
    }

    fn compare(&mut self, place: Bilingual, stated: Fen, computed: Fen, numbers: i64) {
        self.judged += 1;
        if stated == computed {
            return;
        }
        let slack = if self.stated.grain == Grain::Wan { ROUNDING.saturating_mul(numbers) } else { 0 };
        let verdict = if (stated - computed).abs().get() <= slack { Verdict::Info } else { Verdict::Fail };
        self.gap(verdict, place, (stated.get(), computed.get()), (true, false));
    }

    /// A number must not be more than another.
    pub fn at_most(&mut self, place: Bilingual, small: Option<Fen>, large: Option<Fen>) {
        let (Some(small), Some(large)) = (small, large) else { return self.lacks() };
        self.judged += 1;
        let slack = if self.stated.grain == Grain::Wan { 2 * ROUNDING } else { 0 };
        if small > large {
            let verdict = if (small - large).get() <= slack { Verdict::Info } else { Verdict::Fail };
            self.gap(verdict, place, (small.get(), large.get()), (true, true));
        }
    }

    /// A count must be the sum of others.
    pub fn count_sum(&mut self, place: Bilingual, total: Option<i64>, parts: &[Option<i64>]) {
        let known: Option<Vec<i64>> = parts.iter().copied().collect();
        let (Some(total), Some(parts)) = (total, known) else { return self.lacks() };
        self.judged += 1;
        let sum = parts.into_iter().sum();
        if total != sum {
            self.gap(Verdict::Fail, place, (total, sum), (false, false));
        }
    }

    /// A count must not be more than another.
    pub fn count_at_most(&mut self, place: Bilingual, small: Option<i64>, large: Option<i64>) {
        let (Some(small), Some(large)) = (small, large) else { return self.lacks() };
        self.judged += 1;
        if small > large {
            self.gap(Verdict::Fail, place, (small, large), (false, true));
        }
    }

    fn gap(
        &mut self,
        verdict: Verdict,
        place: Bilingual,
        (stated, computed): (i64, i64),
        (money, bound): (bool, bool),
    ) {
        self.gaps.push(Gap { verdict, place, stated, computed, money, bound });
    }

    pub fn end(self, check: Check) -> CheckResult {
        let worst = |v: Verdict| self.gaps.iter().any(|g| g.verdict == v);
        let verdict = match (self.judged, self.lacking) {
            _ if worst(Verdict::Fail) => Verdict::Fail,
            (_, 1..) => Verdict::Lacking,
            _ if worst(Verdict::Info) => Verdict::Info,
            (0, 0) => Verdict::NotApplicable,
            _ => Verdict::Pass,
        };
        CheckResult { check, verdict, judged: self.judged, lacking: self.lacking, gaps: self.gaps }
    }
}

/// A place in words: the table and what stands there.
pub(super) fn place(kind: TableKind, zh: &str, en: &str) -> Bilingual {
    Bilingual::new(format!("{}·{zh}", kind.title().zh), format!("{kind} {en}"))
}
