//! The words of a collection: how many texts hold each, how it is spelt, how it sounds.

use std::collections::HashMap;

use crate::index::keys::Terms;
use crate::text::sound::sound;

/// One word.
#[derive(Clone, Debug)]
struct Word {
    holders: u32,
    text: Box<str>,
}

/// The words of a collection.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    words: Terms<Word>,
    sounds: HashMap<Box<str>, Vec<u64>>,
    /// Words of three characters and more by their first and by their last: where a word that is nearly right is looked for.
    ends: HashMap<char, Vec<u64>>,
}

impl Vocabulary {
    /// Counts a text that holds the word; `spell` is asked only when the word is new.
    pub fn hold(&mut self, key: u64, spell: impl FnOnce() -> Box<str>) {
        let (sounds, ends) = (&mut self.sounds, &mut self.ends);
        let word = self.words.entry(key).or_insert_with(|| {
            let text = spell();
            if text.chars().nth(1).is_some()
                && let Some(s) = sound(&text)
            {
                sounds.entry(s.into_boxed_str()).or_default().push(key);
            }
            let (first, last) = (text.chars().next(), text.chars().next_back());
            for end in first.into_iter().chain(last.filter(|_| last != first)).filter(|_| text.chars().nth(2).is_some())
            {
                ends.entry(end).or_default().push(key);
            }
            Word { holders: 0, text }
        });
        word.holders += 1;
    }

    /// A text that held the word is gone.
    pub fn release(&mut self, key: u64) {
        if let Some(word) = self.words.get_mut(&key) {
            word.holders = word.holders.saturating_sub(1);
        }
    }

    /// How many texts hold the word.
    pub fn holders(&self, key: u64) -> u32 {
        self.words.get(&key).map_or(0, |w| w.holders)
    }

    /// The held words that sound so, the most frequent first.
    pub fn sounding(&self, sound: &str) -> Vec<(u64, &str)> {
        let mut found: Vec<_> = self.sounds.get(sound).into_iter().flatten().filter_map(|k| self.held(*k)).collect();
        found.sort_by_key(|&(key, text, holders)| (std::cmp::Reverse(holders), text.len(), key));
        found.into_iter().map(|(key, text, _)| (key, text)).collect()
    }

    /// The held word nearest in spelling: one change for words of four to seven characters, two for longer ones; the
    /// most frequent of the nearest. Two hanzi words are never "near": another character is another word.
    pub fn nearest(&self, word: &str) -> Option<(u64, &str)> {
        let chars: Vec<char> = word.chars().collect();
        let allowed = match chars.len() {
            0..4 => return None,
            4..8 => 1,
            _ => 2,
        };
        let ends = chars.first().into_iter().chain(chars.last()).filter_map(|end| self.ends.get(end)).flatten();
        ends.filter_map(|key| Some((key, self.words.get(key)?)))
            .filter(|(_, w)| w.holders > 0 && w.text.len().abs_diff(word.len()) <= allowed * 3)
            .filter_map(|(key, w)| {
                let apart = distance(&chars, &w.text, allowed)?;
                Some(((apart, std::cmp::Reverse(w.holders), &w.text), *key))
            })
            .min()
            .map(|((_, _, text), key)| (key, text.as_ref()))
    }

    fn held(&self, key: u64) -> Option<(u64, &str, u32)> {
        self.words.get(&key).filter(|w| w.holders > 0).map(|w| (key, w.text.as_ref(), w.holders))
    }

    /// Number of words ever seen.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether no word was ever seen.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Bytes held, estimated.
    pub fn bytes(&self) -> usize {
        self.words.capacity() * 33
            + self.ends.values().map(|e| e.capacity() * 8).sum::<usize>()
            + self.words.values().map(|w| w.text.len() * 3 + 64).sum::<usize>()
    }
}

/// Edit distance with neighbouring swaps, `None` above `allowed`.
fn distance(a: &[char], b: &str, allowed: usize) -> Option<usize> {
    let b: Vec<char> = b.chars().collect();
    if a.len().abs_diff(b.len()) > allowed || (a.first() != b.first() && a.last() != b.last()) {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = change.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut above, row);
    }
    Some(above[b.len()]).filter(|&d| d <= allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let mut words = Vocabulary::default();
        for (key, text) in [(1, "tensorflow"), (2, "人工神经网络"), (3, "烘干"), (4, "宏观")] {
            words.hold(key, || text.into());
        }
        assert_eq!(words.nearest("tensroflow"), Some((1, "tensorflow")));
        assert_eq!(words.nearest("人工神精网络"), Some((2, "人工神经网络")));
        assert_eq!(words.nearest("烘千"), None);
        assert_eq!(words.sounding("honggan"), [(3, "烘干")]);
        words.release(3);
        assert_eq!(words.sounding("honggan"), []);
    }
}
