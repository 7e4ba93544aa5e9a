//! A text as a row of units with its words: what the index and the ranking read. Hanzi count one by one; numbers, units
//! and model names (`HC-05`, `3.5mm`) stay whole; everything else is a break.

use std::ops::Range;
use std::sync::LazyLock;

use jieba_rs::Jieba;

use crate::text::fold::{fold, is_hanzi};

/// The longest text that is read, in units; what follows is left out.
pub const UNITS_MAX: usize = 20_000;

/// Stands between two runs: punctuation, a space, the end of the title.
pub const BREAK: u32 = 0;

/// Tokens of letters and digits lie above all single characters: `0x10000` + 20 bits of a hash. Two of a million
/// different tokens may meet; that costs a wrong match now and then and saves a dictionary of every number ever written.
const TOKEN_BASE: u32 = 0x1_0000;

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// A text as units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stream {
    /// Hanzi (folded), tokens, breaks. Never two breaks in a row, none at either end.
    pub units: Vec<u32>,
    /// `true` where a word begins; a break begins none.
    pub starts: Vec<bool>,
    /// Bytes of each unit in the text as it was written; empty where nobody asked.
    pub spans: Vec<(u32, u32)>,
    /// The tokens as they are spelt, in order.
    pub tokens: Vec<Box<str>>,
}

/// Whether a unit is a token of letters and digits.
pub fn is_token(unit: u32) -> bool {
    unit >= TOKEN_BASE
}

/// The unit of one folded hanzi; those beyond the basic plane are hashed like tokens.
fn hanzi_unit(c: char) -> u32 {
    if (c as u32) < TOKEN_BASE { c as u32 } else { token_unit(&c.to_string()) }
}

/// The unit of a folded token.
pub fn token_unit(token: &str) -> u32 {
    let h = hash(token.bytes().map(u32::from));
    TOKEN_BASE + ((h >> 20) & 0xf_ffff) as u32
}

/// A hash of a row of units, the same on every machine and in every run.
pub fn hash(units: impl Iterator<Item = u32>) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325_u64;
    for u in units {
        h = (h ^ u64::from(u)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        h ^= h >> 29;
    }
    h
}

impl Stream {
    /// Reads a text.
    pub fn read(text: &str) -> Stream {
        Reader::default().read(text, false)
    }

    /// Reads a text and keeps where every unit stands in it.
    pub fn read_with_spans(text: &str) -> Stream {
        Reader::default().read(text, true)
    }

    /// The words, as ranges of units, in order.
    pub fn words(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut at = 0;
        std::iter::from_fn(move || {
            while at < self.units.len() && !self.starts[at] {
                at += 1;
            }
            if at >= self.units.len() {
                return None;
            }
            let from = at;
            at += 1;
            while at < self.units.len() && !self.starts[at] && self.units[at] != BREAK {
                at += 1;
            }
            Some(from..at)
        })
    }

    /// The identity of a word.
    pub fn word_key(&self, word: Range<usize>) -> u64 {
        hash(self.units[word].iter().copied())
    }
}

/// One pass over a text.
#[derive(Default)]
struct Reader {
    out: Stream,
    run: String,
    run_spans: Vec<(u32, u32)>,
    spans: bool,
}

impl Reader {
    fn read(mut self, text: &str, spans: bool) -> Stream {
        self.spans = spans;
        let mut hanzi = false;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if self.out.units.len() + self.run.len() / 2 > UNITS_MAX {
                break;
            }
            let folded = fold(c);
            let next = chars.peek().map(|&(_, n)| fold(n));
            let is_h = is_hanzi(folded);
            let joins = matches!(folded, '.' | '-')
                && !hanzi
                && !self.run.is_empty()
                && next.is_some_and(|n| n.is_alphanumeric() && !is_hanzi(n));
            if !is_h && !folded.is_alphanumeric() && !joins {
                self.flush(hanzi);
                self.pause();
                continue;
            }
            if is_h != hanzi {
                self.flush(hanzi);
                hanzi = is_h;
            }
            self.run.push(folded);
            self.run_spans.push((at as u32, (at + c.len_utf8()) as u32));
        }
        self.flush(hanzi);
        if self.out.units.last() == Some(&BREAK) {
            self.out.units.pop();
            self.out.starts.pop();
            self.out.spans.pop();
        }
        self.out
    }

    fn pause(&mut self) {
        if self.out.units.last().is_some_and(|&u| u != BREAK) {
            self.push(BREAK, false, (0, 0));
        }
    }

    fn push(&mut self, unit: u32, start: bool, span: (u32, u32)) {
        self.out.units.push(unit);
        self.out.starts.push(start);
        if self.spans {
            self.out.spans.push(span);
        }
    }

    fn flush(&mut self, hanzi: bool) {
        if self.run.is_empty() {
            return;
        }
        let run = std::mem::take(&mut self.run);
        let spans = std::mem::take(&mut self.run_spans);
        if hanzi {
            let mut at = 0;
            for word in JIEBA.cut(&run, true) {
                for (i, c) in word.word.chars().enumerate() {
                    self.push(hanzi_unit(c), i == 0, spans.get(at).copied().unwrap_or_default());
                    at += 1;
                }
            }
        } else if let (Some(first), Some(last)) = (spans.first(), spans.last()) {
            self.push(token_unit(&run), true, (first.0, last.1));
            self.out.tokens.push(run.into_boxed_str());
        }
    }
}
