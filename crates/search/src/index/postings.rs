//! Which texts hold a term: a list per term, differences packed in as few bytes as they need, appended to in order.

use crate::index::keys::Terms;

/// One entry of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The number of the text in the collection.
    pub slot: u32,
    /// How often the term stands in it, 1 to 4: more counts as 4. The exact number is looked up in the text itself for
    /// those that get that far.
    pub times: u8,
}

/// The list of one term.
#[derive(Clone, Debug, Default)]
pub struct List {
    bytes: Vec<u8>,
    last: u32,
    /// How many living texts hold the term.
    pub holders: u32,
    entries: u32,
}

impl List {
    /// Appends a text; its slot is above all before it.
    pub fn push(&mut self, slot: u32, times: u32) {
        let times = times.clamp(1, 4) - 1;
        let mut value = (u64::from(slot - self.last) << 2) | u64::from(times);
        self.last = slot;
        while value >= 0x80 {
            self.bytes.push((value as u8 & 0x7f) | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
        self.holders += 1;
        self.entries += 1;
    }

    /// How many entries there are, those of removed texts included.
    pub fn len(&self) -> usize {
        self.entries as usize
    }

    /// Whether no text was ever pushed.
    pub fn is_empty(&self) -> bool {
        self.entries == 0
    }

    /// The entries in order of slots.
    pub fn iter(&self) -> impl Iterator<Item = Occurrence> + '_ {
        let mut bytes = self.bytes.iter();
        let mut slot = 0_u32;
        std::iter::from_fn(move || {
            let mut byte = *bytes.next()?;
            let mut value = u64::from(byte & 0x7f);
            let mut shift = 7;
            while byte & 0x80 != 0 {
                byte = *bytes.next()?;
                value |= u64::from(byte & 0x7f) << shift;
                shift += 7;
            }
            slot += (value >> 2) as u32;
            Some(Occurrence { slot, times: (value & 3) as u8 + 1 })
        })
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.bytes.capacity() + std::mem::size_of::<List>() + 8
    }
}

/// The lists of all terms.
#[derive(Clone, Debug, Default)]
pub struct Postings {
    lists: Terms<List>,
}

impl Postings {
    /// Appends a text to the list of a term.
    pub fn push(&mut self, key: u64, slot: u32, times: u32) {
        self.lists.entry(key).or_default().push(slot, times);
    }

    /// The list of a term.
    pub fn get(&self, key: u64) -> Option<&List> {
        self.lists.get(&key)
    }

    /// How many living texts hold a term.
    pub fn holders(&self, key: u64) -> u32 {
        self.lists.get(&key).map_or(0, |l| l.holders)
    }

    /// A text that held the term is gone.
    pub fn release(&mut self, key: u64) {
        if let Some(list) = self.lists.get_mut(&key) {
            list.holders = list.holders.saturating_sub(1);
        }
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.lists.values().map(List::bytes).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out() {
        let mut list = List::default();
        for (slot, times) in [(0, 1), (1, 9), (200, 2), (70_000, 4)] {
            list.push(slot, times);
        }
        let read: Vec<_> = list.iter().map(|p| (p.slot, p.times)).collect();
        assert_eq!(read, [(0, 1), (1, 4), (200, 2), (70_000, 4)]);
        assert_eq!(list.len(), 4);
    }
}
