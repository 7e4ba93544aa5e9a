//! What somebody typed, as the words to look for. Each must be there; letters and digits may be the beginning of a word.

use crate::words::{Run, WORD_BYTES_MAX, runs};

/// The most words of one question.
const TERMS_MAX: usize = 12;
/// The most characters that are looked at.
const TYPED_MAX: usize = 60;

/// One word to look for: letters, digits and Chinese only, so it can stand in any query language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The word, in small letters.
    pub word: String,
    /// Whether longer words that begin so are meant, too.
    pub prefix: bool,
}

/// The words of a question; empty when it holds none.
pub fn terms(typed: &str) -> Vec<Term> {
    let typed: String = typed.chars().take(TYPED_MAX).collect();
    let mut out: Vec<Term> = Vec::new();
    for run in runs(&typed) {
        match run {
            Run::Chinese(run) if run.len() == 1 => push(&mut out, run.iter().collect(), false),
            Run::Chinese(run) => run.windows(2).for_each(|pair| push(&mut out, pair.iter().collect(), false)),
            Run::Latin(run) => push(&mut out, run.chars().take(WORD_BYTES_MAX).collect(), true),
        }
    }
    out
}

fn push(out: &mut Vec<Term>, word: String, prefix: bool) {
    if out.len() < TERMS_MAX && out.iter().all(|t| t.word != word) {
        out.push(Term { word, prefix });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_words() {
        let words = |typed: &str| {
            terms(typed).iter().map(|t| format!("{}{}", t.word, if t.prefix { "*" } else { "" })).collect::<Vec<_>>()
        };
        assert_eq!(words("王小明"), ["王小", "小明"]);
        assert_eq!(words("王"), ["王"]);
        assert_eq!(words(" ＷＸＭ 138"), ["wxm*", "138*"]);
        assert_eq!(words("张san"), ["张", "san*"]);
        assert_eq!(words("\"' OR 1=1 --"), ["or*", "1*"]);
        assert!(words(" -*() ").is_empty());
        assert!(terms(&"甲乙丙丁".repeat(100)).len() <= TERMS_MAX);
    }
}
