//! Facts by what they measure: the way to everything said about one quantity.

use std::collections::BTreeMap;

use crate::{Aspect, Fact, FactId, Measure, Report};

/// Facts of one report by measure, scope and year.
#[derive(Debug, Default)]
pub struct FactIndex {
    by_key: BTreeMap<(Measure, String, Option<u16>), Vec<FactId>>,
}

impl FactIndex {
    /// Reads the report once. Changes, unit prices, ranks and targets (bounds) are not values of their measure and are
    /// left out.
    pub fn new(report: &Report) -> Self {
        let mut index = FactIndex::default();
        for f in &report.facts {
            let Some(measure) = f.measure else { continue };
            if f.aspect != Aspect::Actual
                || f.direction.is_some()
                || f.value.per.is_some()
                || f.value.ordinal
                || f.value.bound.is_some()
            {
                continue;
            }
            index.by_key.entry((measure, f.scope.clone(), f.year)).or_default().push(f.id);
        }
        index
    }

    /// All quantities with the facts that state them.
    pub fn groups(&self) -> impl Iterator<Item = (&(Measure, String, Option<u16>), &[FactId])> {
        self.by_key.iter().map(|(k, v)| (k, v.as_slice()))
    }

    /// Facts that state a measure of the whole department in a year.
    pub fn of<'r>(&self, report: &'r Report, measure: Measure, year: u16) -> Vec<&'r Fact> {
        self.by_key
            .get(&(measure, String::new(), Some(year)))
            .map(|ids| ids.iter().map(|id| report.fact(*id)).collect())
            .unwrap_or_default()
    }
}
