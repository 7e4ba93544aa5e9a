//! Collects facts and gives them their ids.

use keqiao_facts::{Fact, FactId};

/// The facts read so far.
#[derive(Debug, Default)]
pub(crate) struct Collector {
    facts: Vec<Fact>,
}

impl Collector {
    /// Takes a fact, gives it its id (whatever it carried before) and says it.
    pub(crate) fn push(&mut self, mut fact: Fact) -> FactId {
        fact.id = FactId(self.facts.len().try_into().unwrap_or(u32::MAX));
        let id = fact.id;
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

    /// What was read so far, in order.
    pub(crate) fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// All facts.
    pub(crate) fn finish(self) -> Vec<Fact> {
        self.facts
    }
}
