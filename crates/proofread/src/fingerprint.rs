//! How a finding is known again in a later version of its report: by its rule and its words, never by its offset. Three
//! traits, from strict to loose, so that a finding whose number was changed to another wrong one is still the same.

use std::fmt;
use std::str::FromStr;

use keqiao_diag::Finding;
use keqiao_source::{Folded, Span};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// Characters before the words at fault that belong to their identity; enough to hold the name of what is counted.
const CONTEXT_CHARS: usize = 24;

/// The traits of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint {
    /// Rule, words, and what stands before them.
    exact: u64,
    /// Rule and words, wherever they stand.
    words: u64,
    /// Rule, and the words with what stands before them, every number left out.
    numberless: u64,
}

impl Fingerprint {
    /// The traits of a finding in its printed text.
    pub fn new(finding: &Finding, text: &str) -> Fingerprint {
        let span = finding.primary();
        let words = fold(span.of(text));
        let before = before(text, span);
        let of = |parts: [&str; 2]| hash(&finding.code, parts);
        Fingerprint {
            exact: of([&before, &words]),
            words: of(["", &words]),
            numberless: of([&without_numbers(&before), &without_numbers(&words)]),
        }
    }
}

/// What stands before the words, on their line, folded.
fn before(text: &str, span: Span) -> String {
    let end = text.floor_char_boundary(span.start as usize);
    let start = text[..end].rfind('\n').map_or(0, |n| n + 1);
    let folded = fold(&text[start..end]);
    let skip = folded.chars().count().saturating_sub(CONTEXT_CHARS);
    folded.chars().skip(skip).collect()
}

fn fold(words: &str) -> String {
    Folded::new(words, 0).text().to_owned()
}

/// Every number becomes `#`, however many digits it has.
fn without_numbers(words: &str) -> String {
    let mut out = String::new();
    for c in words.chars() {
        match c {
            '0'..='9' | '.' | ',' if out.ends_with('#') => {}
            '0'..='9' => out.push('#'),
            c => out.push(c),
        }
    }
    out
}

fn hash(code: &str, parts: [&str; 2]) -> u64 {
    let mut hash = Sha256::new();
    for part in [code, parts[0], parts[1]] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let digest = hash.finalize();
    digest.iter().take(8).fold(0, |n, byte| n << 8 | u64::from(*byte))
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}{:016x}{:016x}", self.exact, self.words, self.numberless)
    }
}

/// Not 48 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a fingerprint")]
pub struct NoFingerprint;

impl FromStr for Fingerprint {
    type Err = NoFingerprint;

    fn from_str(text: &str) -> Result<Self, NoFingerprint> {
        let part = |from: usize| {
            let digits = text.get(from..from + 16).filter(|_| text.len() == 48);
            digits.and_then(|d| u64::from_str_radix(d, 16).ok()).ok_or(NoFingerprint)
        };
        Ok(Fingerprint { exact: part(0)?, words: part(16)?, numberless: part(32)? })
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// For each new finding, which old one it is; an old one is given away once. Stricter traits choose first, and among
/// equals the order of the report decides.
pub fn same(old: &[Fingerprint], new: &[Fingerprint]) -> Vec<Option<usize>> {
    let mut given = vec![false; old.len()];
    let mut found = vec![None; new.len()];
    let traits: [fn(&Fingerprint) -> u64; 3] = [|f| f.exact, |f| f.words, |f| f.numberless];
    for of in traits {
        let mut waiting = std::collections::HashMap::<u64, std::collections::VecDeque<usize>>::new();
        for (at, print) in old.iter().enumerate().filter(|(at, _)| !given[*at]) {
            waiting.entry(of(print)).or_default().push_back(at);
        }
        for (slot, print) in found.iter_mut().zip(new).filter(|(slot, _)| slot.is_none()) {
            if let Some(at) = waiting.get_mut(&of(print)).and_then(std::collections::VecDeque::pop_front) {
                given[at] = true;
                *slot = Some(at);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use keqiao_diag::{Finding, Level, Mark, Role};
    use keqiao_i18n::Bilingual;
    use keqiao_source::Span;

    use super::{Fingerprint, same};

    fn print(code: &str, text: &str, words: &str, nth: usize) -> Fingerprint {
        let (at, _) = text.match_indices(words).nth(nth).expect("stands there");
        let finding = Finding {
            code: code.into(),
            name: String::new(),
            level: Level::Error,
            message: Bilingual::default(),
            advice: Bilingual::default(),
            stated: None,
            computed: None,
            marks: vec![Mark { role: Role::Primary, span: Span::new(at, at + words.len()) }],
        };
        Fingerprint::new(&finding, text)
    }

    #[test]
    fn a_finding_is_known_again_wherever_it_moved() {
        let old = print("A0101", "本年收入100万元，占87.4%。", "占87.4%", 0);
        let moved = print("A0101", "第一部分\n概况\n本年收入 100 万元，占 87.4%。", "占 87.4%", 0);
        assert_eq!(old, moved);
        assert_ne!(old, print("A0102", "本年收入100万元，占87.4%。", "占87.4%", 0));
    }

    #[test]
    fn another_wrong_number_in_the_same_place_is_the_same_finding() {
        let old = print("A0101", "公务接待费12.50万元，占87.4%。", "占87.4%", 0);
        let still = print("A0101", "公务接待费13万元，占9.1%。", "占9.1%", 0);
        let other = print("A0101", "公务用车费13万元，占9.1%。", "占9.1%", 0);
        assert_eq!(same(&[old], &[still]), [Some(0)]);
        assert_eq!(same(&[old], &[other]), [None]);
    }

    #[test]
    fn the_same_finding_twice_is_two_findings() {
        let text = "甲占50%。\n甲占50%。\n乙占50%。";
        let old: Vec<_> = (0..3).map(|n| print("A0101", text, "占50%", n)).collect();
        assert_eq!(same(&old, &old), [Some(0), Some(1), Some(2)]);
        let corrected: Vec<_> = (0..2).map(|n| print("A0101", "甲占50%。\n乙占50%。", "占50%", n)).collect();
        assert_eq!(same(&old, &corrected), [Some(0), Some(2)]);
    }

    #[test]
    fn prints_back() {
        let one = print("A0101", "占50%", "占50%", 0);
        assert_eq!(one.to_string().parse(), Ok(one));
        assert!("é".repeat(24).parse::<Fingerprint>().is_err());
    }
}
