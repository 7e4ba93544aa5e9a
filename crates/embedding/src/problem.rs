//! Why a model, a table or an answer cannot be used: one sentence with its remedy, in both languages. Never a panic: the files come
//! from outside.

use std::fmt;
use std::path::Path;

use keqiao_i18n::Bilingual;

/// What is wrong and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The sentence, for whoever runs the program.
    pub message: Bilingual,
}

impl Problem {
    /// A problem in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Problem {
        Problem { message: Bilingual::new(zh, en) }
    }

    /// A file or folder that cannot be read or written.
    pub(crate) fn file(path: &Path, why: &std::io::Error) -> Problem {
        let at = path.display();
        Problem::new(format!("{at} 无法读写：{why}"), format!("{at} cannot be read or written: {why}"))
    }

    /// A file that is not what it should be.
    pub(crate) fn damaged(what: &str, why: impl fmt::Display) -> Problem {
        Problem::new(format!("{what} 内容有误：{why}"), format!("{what} is not what it should be: {why}"))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message.en)
    }
}

impl std::error::Error for Problem {}
