//! Bands of MinHash signatures: which texts may be near copies of each other. It proposes; the shingles of both texts decide.

use std::collections::{BTreeSet, HashMap};

use keqiao_search::Key;
use keqiao_search::duplicate::{bands, shingles, signature};

/// Texts of one band that are looked at; more than that share a phrase that says nothing.
const CHAIN_MAX: usize = 50;
const NONE: u32 = u32::MAX;

/// Bands of many texts, chained by band. What was taken out leaves a gap until the index is built anew.
#[derive(Debug, Default)]
pub(in crate::exchange) struct Bands {
    heads: HashMap<u64, u32>,
    links: Vec<Link>,
    keys: Vec<Option<Key>>,
    numbers: HashMap<Key, u32>,
}

#[derive(Clone, Copy, Debug)]
struct Link {
    number: u32,
    next: u32,
}

impl Bands {
    /// Takes a text in; an earlier one of the same key goes.
    pub(super) fn put(&mut self, key: Key, text: &str) {
        self.remove(key);
        let Ok(number) = u32::try_from(self.keys.len()) else { return };
        for band in bands(&signature(&shingles(text))) {
            let Ok(at) = u32::try_from(self.links.len()) else { return };
            let next = self.heads.insert(band, at).unwrap_or(NONE);
            self.links.push(Link { number, next });
        }
        self.keys.push(Some(key));
        self.numbers.insert(key, number);
    }

    /// Takes a text out.
    pub(super) fn remove(&mut self, key: Key) {
        if let Some(number) = self.numbers.remove(&key) {
            self.keys[number as usize] = None;
        }
    }

    fn chain(&self, head: u32) -> impl Iterator<Item = Key> + '_ {
        let link = |at: u32| self.links.get(at as usize).copied();
        let links = std::iter::successors(link(head), move |l| link(l.next));
        links.filter_map(|l| self.keys.get(l.number as usize).copied().flatten()).take(CHAIN_MAX)
    }

    /// The texts that share a band with a text.
    pub(in crate::exchange) fn near(&self, text: &str) -> BTreeSet<Key> {
        let heads = bands(&signature(&shingles(text)));
        heads.iter().filter_map(|band| self.heads.get(band)).flat_map(|head| self.chain(*head)).collect()
    }

    /// Pairs that share a band, at most so many: those taken in last first.
    pub(in crate::exchange) fn pairs(&self, most: usize) -> BTreeSet<(Key, Key)> {
        let mut heads: Vec<u32> =
            self.heads.values().copied().filter(|at| self.links[*at as usize].next != NONE).collect();
        heads.sort_unstable_by(|a, b| b.cmp(a));
        let mut pairs = BTreeSet::new();
        for head in heads {
            let keys: Vec<Key> = self.chain(head).collect();
            // A chain is tied together by its neighbours.
            pairs.extend(
                keys.windows(2).filter(|two| two[0] != two[1]).map(|two| (two[0].min(two[1]), two[0].max(two[1]))),
            );
            if pairs.len() >= most {
                break;
            }
        }
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "设计了一种热泵烘干机，用于花椒和辣椒的烘干，燃气消耗比原来降低三成，烘干时间缩短两小时。";
    const COPY: &str =
        "设计了一种热泵烘干机，用于花椒和辣椒的烘干，燃气消耗比原来降低三成，烘干时间缩短两小时！欢迎咨询";
    const OTHER: &str = "针对果园除草费工的问题，研制了一台遥控割草机，坡度三十度以内可以作业，每小时割草三亩。";

    #[test]
    fn near_copies_are_proposed_and_what_is_gone_is_not() {
        let mut bands = Bands::default();
        bands.put(1, ONE);
        bands.put(2, COPY);
        bands.put(3, OTHER);
        assert_eq!(bands.near(ONE), BTreeSet::from([1, 2]));
        assert_eq!(bands.pairs(9), BTreeSet::from([(1, 2)]));
        bands.put(2, OTHER);
        assert_eq!(bands.near(ONE), BTreeSet::from([1]));
        assert_eq!(bands.pairs(9), BTreeSet::from([(2, 3)]));
        bands.remove(3);
        assert!(bands.pairs(9).is_empty());
    }
}
