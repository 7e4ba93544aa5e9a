//! Facets: fixed properties of texts to choose by (region, kind, discipline), as small numbers.

use std::collections::{BTreeMap, HashMap};

/// A chosen property: the text must have one of the values in every dimension that is named.
pub type Choice = BTreeMap<String, Vec<String>>;

/// How many found texts have each value, by dimension.
pub type Counts = BTreeMap<String, Vec<(String, usize)>>;

/// Facets of all texts.
#[derive(Clone, Debug, Default)]
pub struct Facets {
    names: Vec<(String, String)>,
    numbers: HashMap<(String, String), u32>,
    values: Vec<u32>,
    ends: Vec<u32>,
    /// How many texts each number was given to.
    given: Vec<u32>,
}

impl Facets {
    /// Appends the facets of the next text.
    pub fn push(&mut self, facets: &[(String, String)]) {
        for facet in facets {
            let number = *self.numbers.entry(facet.clone()).or_insert_with(|| {
                self.names.push(facet.clone());
                self.given.push(0);
                (self.names.len() - 1) as u32
            });
            self.given[number as usize] += 1;
            self.values.push(number);
        }
        self.ends.push(self.values.len() as u32);
    }

    /// The numbers of a text's facets.
    fn numbers(&self, slot: u32) -> &[u32] {
        let start = slot.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.values[start as usize..self.ends[slot as usize] as usize]
    }

    /// A choice as sets of numbers, one for each dimension.
    pub fn resolve(&self, choice: &Choice) -> Vec<Vec<u32>> {
        let number =
            |dimension: &String, value: &String| self.numbers.get(&(dimension.clone(), value.clone())).copied();
        choice.iter().map(|(d, values)| values.iter().filter_map(|v| number(d, v)).collect()).collect()
    }

    /// Whether a text has a value of each set.
    pub fn fits(&self, slot: u32, sets: &[Vec<u32>]) -> bool {
        sets.iter().all(|set| self.numbers(slot).iter().any(|n| set.contains(n)))
    }

    /// Counts the values of the given texts, the most frequent first.
    pub fn count(&self, slots: impl Iterator<Item = u32>) -> Counts {
        let mut counts = vec![0_usize; self.names.len()];
        for slot in slots {
            for &n in self.numbers(slot) {
                counts[n as usize] += 1;
            }
        }
        let mut out = Counts::new();
        for ((dimension, value), count) in self.names.iter().zip(counts).filter(|(_, c)| *c > 0) {
            out.entry(dimension.clone()).or_default().push((value.clone(), count));
        }
        for values in out.values_mut() {
            values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        }
        out
    }

    /// How many texts there are, those that are gone included.
    pub fn texts(&self) -> usize {
        self.ends.len()
    }

    /// The numbers of a dimension's values that a text has, each with how many texts have it, those that are gone included.
    pub fn given(&self, slot: u32, dimension: &str) -> impl Iterator<Item = (u32, u32)> {
        let own = self.numbers(slot).iter().filter(move |n| self.names[**n as usize].0 == dimension);
        own.map(|n| (*n, self.given[*n as usize]))
    }

    /// The facets of a text.
    pub fn of(&self, slot: u32) -> impl Iterator<Item = &(String, String)> {
        self.numbers(slot).iter().map(|n| &self.names[*n as usize])
    }
}
