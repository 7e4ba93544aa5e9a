//! Listings by the million, put together anew from the sentences of given texts, and vectors for them. What is measured with them is time
//! and memory, not quality.

use std::path::Path;

use keqiao_search::Document;
use keqiao_search::eval::{Rows, entries};

/// Numbers that only look like chance: the same listings in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

/// Sentences, each with the text it came from, and vectors of the texts where they were stored.
pub(crate) struct Texts {
    pub(crate) sentences: Vec<(String, usize)>,
    rows: Rows,
}

impl Texts {
    /// Reads `SETS/*/corpus.jsonl` of abstracts and encyclopaedia, and `VECTORS/*/corpus.f32` if told where.
    pub(crate) fn read(sets: &Path, vectors: Option<&Path>) -> Texts {
        let (mut sentences, mut rows, mut texts) = (Vec::new(), Rows::default(), 0);
        for set in ["offers", "wiki"] {
            let lines = std::fs::read_to_string(sets.join(set).join("corpus.jsonl")).expect("a readable file");
            for entry in entries(&lines).expect("texts") {
                let parts = entry.text.split(['。', ';', '；']).map(str::trim).filter(|s| s.chars().count() >= 8);
                sentences.extend(parts.map(|s| (s.chars().take(90).collect(), texts)));
                texts += 1;
            }
            if let Some(folder) = vectors {
                let stored = stored(&folder.join(set).join("corpus.f32"));
                rows.dim = stored.dim;
                rows.numbers.extend(stored.numbers);
            }
        }
        Texts { sentences, rows }
    }

    /// A listing and its vector: the opening clause of one text as its title, two to four sentences of others as its body; the mean of
    /// the vectors of those texts with a tenth of noise, so that no two are the same. The vector is empty where none were stored.
    pub(crate) fn listing(&self, key: usize, dice: &mut Dice) -> (Document, Vec<f32>) {
        let mut draw = || &self.sentences[dice.below(self.sentences.len())];
        let title = draw();
        let count = 2 + title.1 % 3;
        let body: Vec<&(String, usize)> = (0..count).map(|_| draw()).collect();
        let text = body.iter().map(|s| s.0.as_str()).collect::<Vec<_>>().join("。");
        let mut vector = vec![0.0_f32; self.rows.dim];
        for (_, at) in body.iter().copied().chain([title]) {
            vector.iter_mut().zip(self.rows.row(*at).unwrap_or(&[])).for_each(|(v, x)| *v += x);
        }
        vector.iter_mut().for_each(|v| *v += (dice.below(2001) as f32 - 1000.0) * 1e-5);
        let facets = vec![("region".to_owned(), format!("r{}", dice.below(30)))];
        (Document { key: key as u128, title: title.0.chars().take(16).collect(), text, facets }, vector)
    }
}

/// Rows of floats: their number, their length, then all of them.
fn stored(path: &Path) -> Rows {
    let bytes = std::fs::read(path).expect("stored vectors");
    let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes")) as usize;
    let numbers = bytes[8..].as_chunks::<4>().0.iter().map(|c| f32::from_le_bytes(*c)).collect();
    Rows { dim: number(4), numbers }
}
