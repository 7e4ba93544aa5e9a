//! What can go wrong: what the user must correct is a refusal in both languages; the rest says where it broke.

use keqiao_base::{Kind, Refusal};
use keqiao_i18n::Bilingual;

/// Why there is no snapshot, or no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was asked or given is wrong and can be corrected.
    #[error("{0}")]
    Refused(Refusal),
    /// A file could not be read or written.
    #[error("{what}: {source}")]
    File {
        /// Which file or folder.
        what: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The engine or the cluster failed; each attempt with what it said.
    #[error("{}", .0.join("; "))]
    Engine(Vec<String>),
}

impl Error {
    /// In both languages, for an operator at a terminal: with everything that is known.
    pub fn told(&self) -> Bilingual {
        match self {
            Error::Refused(refusal) => refusal.message.clone(),
            Error::File { what, source } => {
                Bilingual::new(format!("无法读写 {what}：{source}"), format!("cannot read or write {what}: {source}"))
            }
            Error::Engine(said) => Bilingual::new(
                format!("没有算出结果，共尝试 {} 次。数据没有改动，可以再试。\n{}", said.len(), said.join("\n")),
                format!(
                    "no answer after {} attempt(s); nothing was changed, try again\n{}",
                    said.len(),
                    said.join("\n")
                ),
            ),
        }
    }

    /// A refusal of a snapshot that cannot be relied on.
    pub(crate) fn unfit(zh: impl Into<String>, en: impl Into<String>) -> Error {
        Error::Refused(Refusal::new(Kind::Conflict, "snapshot.unfit", zh, en))
    }

    /// For `map_err` on the file of this path.
    pub(crate) fn file(path: &std::path::Path) -> impl Fn(std::io::Error) -> Error {
        let what = path.display().to_string();
        move |source| Error::File { what: what.clone(), source }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Error::Refused(refusal)
    }
}
