//! Why two texts were matched: the terms they share, where they stand in each, what each is worth. Works on the texts as
//! they were written, so that pages can highlight them.
#![expect(clippy::float_arithmetic, reason = "weights of terms are compared, never published as sums")]

use crate::index::collection::Collection;
use crate::rank::{rarity, weight};
use crate::text::lexicon::lexicon;
use crate::text::stream::{Stream, hash};

/// How a term of the query is answered in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// In the same words.
    Same,
    /// By a synonym.
    Synonym,
}

/// A term that both texts have.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// The term as the query writes it.
    pub term: String,
    /// How it is answered.
    pub answer: Answer,
    /// Its share of the query, 0 to 1.
    pub share: f32,
    /// Bytes in the query.
    pub query: (usize, usize),
    /// Bytes in the text, every place.
    pub places: Vec<(usize, usize)>,
}

/// What explains a match.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reasons {
    /// Shared terms, the weightiest first.
    pub shared: Vec<Shared>,
    /// Terms of the query that the text does not have, the weightiest first.
    pub missing: Vec<String>,
    /// The share of the query that is answered, 0 to 1.
    pub covered: f32,
}

/// Explains how `text` answers `query`; rarities come from the collection.
pub fn explain(collection: &Collection, query: &str, text: &str) -> Reasons {
    let (asked, told) = (Stream::read_with_spans(query), Stream::read_with_spans(text));
    let mut seen: Vec<u64> = Vec::new();
    let mut terms: Vec<(Shared, f32)> = Vec::new();
    for word in asked.words() {
        let key = asked.word_key(word.clone());
        if lexicon().is_function(key) || seen.contains(&key) {
            continue;
        }
        seen.push(key);
        let mut answer = Answer::Same;
        let mut places = places(&told, &asked.units[word.clone()]);
        if places.is_empty() {
            answer = Answer::Synonym;
            places = lexicon().synonyms(key).iter().flat_map(|s| self::places(&told, s)).collect();
            places.sort_unstable();
        }
        let bytes = span(&asked, word.start, word.end);
        let worth = weight(rarity(collection.words.holders(key), collection.totals.texts.max(1)));
        terms.push((
            Shared { term: query[bytes.0..bytes.1].to_owned(), answer, share: 0.0, query: bytes, places },
            worth,
        ));
    }
    let total: f32 = terms.iter().map(|t| t.1).sum::<f32>().max(1e-6);
    terms.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut reasons = Reasons::default();
    for (mut shared, worth) in terms {
        shared.share = worth / total;
        if shared.places.is_empty() {
            reasons.missing.push(shared.term);
        } else {
            reasons.covered += shared.share;
            reasons.shared.push(shared);
        }
    }
    reasons
}

/// Every place of a row of units in a text, as bytes. Tokens are compared whole, so `5` is not found in `5cm`.
fn places(text: &Stream, units: &[u32]) -> Vec<(usize, usize)> {
    let wanted = hash(units.iter().copied());
    let windows = text.units.windows(units.len().max(1)).enumerate();
    let at = windows.filter(|(_, w)| hash(w.iter().copied()) == wanted && *w == units).map(|(at, _)| at);
    at.map(|at| span(text, at, at + units.len())).collect()
}

fn span(stream: &Stream, from: usize, to: usize) -> (usize, usize) {
    (stream.spans[from].0 as usize, stream.spans[to - 1].1 as usize)
}
