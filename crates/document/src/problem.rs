//! What went wrong while reading: what the file is, and what to do about it. Both languages.

use keqiao_i18n::Bilingual;

/// The kind of problem, stable for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// No bytes.
    Empty,
    /// A format that is not read (.ofd, .wps, pictures, …).
    UnknownFormat,
    /// The name says one format, the bytes another; the bytes are followed.
    WrongExtension,
    /// Protected by a password.
    Encrypted,
    /// Pages are pictures without text.
    Scanned,
    /// Ends before it should, or its inside is broken.
    Damaged,
    /// Beyond a limit.
    TooLarge,
    /// Took longer than allowed.
    TooSlow,
    /// A part could not be read; the rest was.
    PartLost,
}

/// One problem of reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Its kind.
    pub kind: ProblemKind,
    /// What it is and what to do.
    pub message: Bilingual,
    /// Whether nothing could be read.
    pub fatal: bool,
}

impl Problem {
    /// A problem that leaves no document.
    pub fn fatal(kind: ProblemKind, zh: impl Into<String>, en: impl Into<String>) -> Problem {
        Problem { kind, message: Bilingual::new(zh, en), fatal: true }
    }

    /// A problem that costs only a part.
    pub fn partial(kind: ProblemKind, zh: impl Into<String>, en: impl Into<String>) -> Problem {
        Problem { kind, message: Bilingual::new(zh, en), fatal: false }
    }
}
