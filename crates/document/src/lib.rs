//! Bytes of any supported format become neutral blocks: headings, paragraphs, tables and charts, every one with spans
//! into one printed text. Reading never fails: what could not be read is a problem that says what it is and what to do.
//!
//! ```
//! use keqiao_document::{Limits, read};
//! let read = read("report.txt", "一、收入\n收入12.00万元。".as_bytes(), &Limits::default());
//! let document = read.document.expect("text can always be read");
//! assert_eq!(document.blocks.len(), 2);
//! ```

mod limits;
mod model;
mod pdf;
mod problem;
mod sniff;
mod text;

pub use limits::Limits;
pub use model::{Block, Cell, Chart, Document, Format, Paragraph, Series, Table, TextBuilder};
pub use problem::{Problem, ProblemKind};

/// The outcome of reading: a document, or the reason why there is none. Problems that cost only a part stand beside
/// the document.
#[derive(Debug, Default)]
pub struct Read {
    /// The document, when anything could be read.
    pub document: Option<Document>,
    /// What went wrong.
    pub problems: Vec<Problem>,
}

/// Reads a file by its bytes. `name` is used for messages and, where bytes leave it open, for the format.
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Read {
    if bytes.get(..bytes.len().min(1024)).is_some_and(|head| head.windows(5).any(|w| w == b"%PDF-")) {
        return pdf::read(name, bytes, limits);
    }
    text::read(name, bytes)
}
