//! Collects facts and gives them their ids.

use std::collections::HashMap;

use keqiao_facts::{Aspect, Fact, FactId, Measure};
use keqiao_source::Span;

/// The facts read so far.
#[derive(Debug, Default)]
pub(crate) struct Collector {
    facts: Vec<Fact>,
    by_place: HashMap<u32, FactId>,
}

impl Collector {
    /// Takes a fact, gives it its id (whatever it carried before) and says it.
    pub(crate) fn push(&mut self, mut fact: Fact) -> FactId {
        fact.id = FactId(self.facts.len().try_into().unwrap_or(u32::MAX));
        let id = fact.id;
        self.by_place.insert(fact.span.start, id);
        self.facts.push(fact);
        id
    }

    /// A fact pushed before.
    ///
    /// # Panics
    /// Never for ids that [`Collector::push`] gave.
    pub(crate) fn get(&self, id: FactId) -> &Fact {
        &self.facts[id.0 as usize]
    }

    /// The fact whose number begins where this one does.
    pub(crate) fn at(&self, span: Span) -> Option<FactId> {
        self.by_place.get(&span.start).copied()
    }

    /// Gives a known fact the clause it stands in.
    pub(crate) fn surround(&mut self, id: FactId, clause: Span) -> FactId {
        self.facts[id.0 as usize].clause = clause;
        id
    }

    /// Says of a known fact which side of its quantity it is.
    pub(crate) fn set_aspect(&mut self, id: FactId, aspect: Aspect) {
        self.facts[id.0 as usize].aspect = aspect;
    }

    /// Gives a fact its measure where its own words named none.
    pub(crate) fn set_measure(&mut self, id: FactId, measure: Measure) {
        self.facts[id.0 as usize].measure.get_or_insert(measure);
    }

    /// What was read so far, in order.
    pub(crate) fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// All facts.
    pub(crate) fn finish(self) -> Vec<Fact> {
        self.facts
    }
}
