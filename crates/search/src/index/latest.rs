//! What came last, for whoever looks around without a word to search for. No ranking.

use crate::index::collection::{Collection, Key};
use crate::index::facet::{Choice, Counts};

/// Texts in the order in which they came, the last first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Latest {
    /// Those of one page.
    pub keys: Vec<Key>,
    /// How many have the chosen facets.
    pub total: usize,
    /// Facets of all of them.
    pub facets: Counts,
}

impl Collection {
    /// How many of some texts have each value.
    pub fn facets_of(&self, keys: impl Iterator<Item = Key>) -> Counts {
        self.facets.count(keys.filter_map(|key| self.slot(key)))
    }

    /// The texts added last that have the chosen facets: `limit` of them after the first `skip`.
    pub fn latest(&self, choice: &Choice, skip: usize, limit: usize) -> Latest {
        let sets = self.facets.resolve(choice);
        let fits = |slot: &u32| self.forward.extent(*slot).lives && (sets.is_empty() || self.facets.fits(*slot, &sets));
        let slots: Vec<u32> = (0..self.forward.len() as u32).rev().filter(fits).collect();
        let keys = slots.iter().skip(skip).take(limit).map(|slot| self.keys[*slot as usize]).collect();
        Latest { keys, total: slots.len(), facets: self.facets.count(slots.into_iter()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::collection::Document;

    #[test]
    fn the_last_comes_first_and_what_is_gone_is_not_counted() {
        let facet = |key: Key| vec![("even".to_owned(), key.is_multiple_of(2).to_string())];
        let documents: Vec<Document> = (1..=5)
            .map(|key| Document { key, text: format!("烘干机{key}号"), facets: facet(key), ..Document::default() })
            .collect();
        let mut collection = Collection::build(&documents);
        collection.remove(4);
        assert_eq!(collection.latest(&Choice::default(), 1, 2).keys, [3, 2]);
        let odd = collection.latest(&Choice::from([("even".to_owned(), vec!["false".to_owned()])]), 0, 9);
        assert_eq!((odd.keys, odd.total), (vec![5, 3, 1], 3));
        assert_eq!(odd.facets["even"], [("false".to_owned(), 3)]);
        assert_eq!(collection.len(), 4);
        assert_eq!(collection.facets_of([1, 2, 4, 9].into_iter())["even"].iter().map(|(_, n)| n).sum::<usize>(), 2);
    }
}
