//! Bytes of any supported format become neutral blocks: headings, paragraphs, tables and charts, every one with spans
//! into one printed text. Reading never fails: what could not be read is a problem that says what it is and what to do.
//!
//! ```
//! use keqiao_document::{Limits, read};
//! let read = read("report.txt", "一、收入\n收入12.00万元。".as_bytes(), &Limits::default());
//! let document = read.document.expect("text can always be read");
//! assert_eq!(document.blocks.len(), 2);
//! ```

mod chart_part;
mod container;
mod decode;
mod doc;
mod docx;
mod excel;
mod flow;
mod heads;
mod html;
mod limits;
mod markdown;
mod model;
mod number;
mod ods;
mod pdf;
mod print;
mod problem;
mod refuse;
mod sniff;
mod text;
mod xml;

use std::panic::{AssertUnwindSafe, catch_unwind};

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
    if bytes.len() as u64 > limits.file_bytes_max {
        let mega = limits.file_bytes_max >> 20;
        return refused(refuse::too_large(&format!("超过 {mega} MB"), &format!("more than {mega} MB")));
    }
    // The libraries below are sound on what was tried; a panic in one must still not end the whole run.
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let format = sniff::sniff(name, bytes, limits)?;
        let mut read = read_as(format, name, bytes, limits)?;
        read.problems.extend(sniff::wrong_extension(name, format));
        Ok(read)
    }));
    match outcome {
        Ok(Ok(read)) => bounded(read, limits),
        Ok(Err(problem)) => refused(problem),
        Err(_) => refused(refuse::reader_failed()),
    }
}

fn read_as(format: Format, name: &str, bytes: &[u8], limits: &Limits) -> Result<Read, Problem> {
    let decoded = match format {
        Format::Docx => return docx::read(name, bytes, limits),
        Format::Doc => return doc::read(name, bytes, limits),
        Format::Excel => return excel::read(name, bytes, limits),
        Format::Pdf => return Ok(pdf::read(name, bytes, limits)),
        Format::Html => decode::html(bytes),
        Format::Text | Format::Markdown => decode::text(bytes),
    };
    let decoded = decoded.ok_or_else(refuse::unknown)?;
    // Before anything is built on it. HTML is mostly markup.
    let bytes_max = limits.text_chars_max.saturating_mul(if format == Format::Html { 8 } else { 4 });
    if decoded.text.len() > bytes_max {
        return Err(too_much_text(limits));
    }
    let document = match format {
        Format::Html => html::read(name, &decoded.text, limits),
        Format::Markdown => markdown::read(name, &decoded.text),
        _ => text::read(name, &decoded.text),
    };
    Ok(Read { document: Some(document), problems: decoded.problem.into_iter().collect() })
}

fn refused(problem: Problem) -> Read {
    Read { document: None, problems: vec![problem] }
}

fn too_much_text(limits: &Limits) -> Problem {
    let most = limits.text_chars_max;
    refuse::too_large(&format!("文字超过 {most} 字"), &format!("more than {most} characters of text"))
}

/// Holds the bound on the printed text; a document without any words is said to be one.
fn bounded(mut read: Read, limits: &Limits) -> Read {
    let Some(document) = &read.document else { return read };
    if document.text.len() > limits.text_chars_max && document.text.chars().count() > limits.text_chars_max {
        return refused(too_much_text(limits));
    }
    if document.text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() && read.problems.is_empty()
    {
        read.problems.push(refuse::no_words());
    }
    read
}
