//! PDF. Glyphs and ruling lines by their places on the page; tables from the lines, never guessed from words; the rest
//! to paragraphs. The way of a page: [`device`] → [`page`] → [`flow`] (tables, lines) → [`captions`] → [`paragraphs`] →
//! [`join`] over pages → [`emit`].
#![expect(clippy::float_arithmetic, reason = "places on a page are measured, not counted; no amount is computed here")]

mod bomb;
mod captions;
mod columns;
mod device;
mod emit;
mod flow;
mod grid;
mod heads;
mod join;
mod lines;
mod page;
mod paragraphs;
mod rules;
mod table;
mod trouble;
mod unicode;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use hayro_interpret::util::TransformExt;
use hayro_interpret::{Context, InterpreterCache, interpret_page};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use kurbo::Rect;

use crate::{Limits, Problem, Read, refuse};
use device::{Budget, Collector, Stop};
use flow::Column;

/// Nested objects are read by recursion; hostile files nest deeply.
const STACK_BYTES: usize = 64 << 20;

/// Reads a PDF. Whatever the bytes, there is an answer: the work is done on a thread of its own, so that neither a deep
/// recursion nor a fault of a library reaches the caller.
pub(crate) fn read(name: &str, bytes: &[u8], limits: &Limits) -> Read {
    let work = || catch_unwind(AssertUnwindSafe(|| read_pages(name, bytes, limits)));
    let outcome = std::thread::scope(|scope| {
        let spawned = std::thread::Builder::new().name("pdf".into()).stack_size(STACK_BYTES).spawn_scoped(scope, work);
        match spawned {
            Ok(thread) => thread.join().unwrap_or_else(Err),
            Err(_) => Ok(Read::default()),
        }
    });
    match outcome {
        Ok(read) if read.document.is_some() || !read.problems.is_empty() => read,
        Ok(_) => failed(trouble::damaged()),
        Err(cause) => failed(match cause.downcast_ref::<Stop>() {
            Some(Stop::TooSlow) => trouble::too_slow(limits),
            Some(Stop::TooLarge) => trouble::too_long(limits),
            None => trouble::damaged(),
        }),
    }
}

fn failed(problem: Problem) -> Read {
    Read { document: None, problems: vec![problem] }
}

fn read_pages(name: &str, bytes: &[u8], limits: &Limits) -> Read {
    let mut budget = Budget { deadline: Instant::now() + limits.time_max, chars_left: limits.text_chars_max };
    if bomb::unpacks_beyond(bytes, limits.unpacked_bytes_max) {
        let mega = limits.unpacked_bytes_max >> 20;
        return failed(refuse::too_large(
            &format!("解压后超过 {mega} MB"),
            &format!("more than {mega} MB when unpacked"),
        ));
    }
    let pdf = match Pdf::new(bytes.to_vec()) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => return failed(trouble::encrypted()),
        Err(LoadPdfError::Decryption(_)) => return failed(trouble::encrypted_otherwise()),
        Err(LoadPdfError::Invalid) => return failed(trouble::damaged()),
    };
    let mut problems = Vec::new();
    let count = pdf.pages().len();
    if count == 0 {
        return failed(trouble::damaged());
    }
    if count > limits.pages_max {
        problems.push(trouble::too_many_pages(count, limits.pages_max));
    }
    if is_cut_off(bytes) {
        problems.push(trouble::cut_off(count));
    }
    let mut seen = Seen::default();
    let cache = InterpreterCache::new();
    let mut columns = Vec::new();
    for (n, page) in pdf.pages().iter().enumerate().take(limits.pages_max) {
        let number = u32::try_from(n + 1).unwrap_or(u32::MAX);
        let (width, height) = page.render_dimensions();
        let mut collector = Collector::new(number, width, height, &mut budget);
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(transform, bounds, &cache, pdf.xref(), device::settings());
        let whole = catch_unwind(AssertUnwindSafe(|| interpret_page(page, &mut context, &mut collector)));
        match whole {
            Err(cause) if cause.is::<Stop>() => std::panic::resume_unwind(cause),
            Ok(()) if page.page_stream().is_some() || !page.raw().contains_key("Contents") => {}
            _ => problems.push(trouble::page_damaged(number)),
        }
        let page = collector.finish();
        seen.add(&page);
        columns.push(Column::new(page));
        if Instant::now() > budget.deadline {
            return failed(trouble::too_slow(limits));
        }
    }
    if let Some(fatal) = seen.judge(columns.len(), &mut problems) {
        problems.push(fatal);
        return Read { document: None, problems };
    }
    Read { document: Some(compose(name, columns, count)), problems }
}

/// A whole file ends with its index and an end mark; some writers add a few bytes after it.
fn is_cut_off(bytes: &[u8]) -> bool {
    let end = &bytes[bytes.len().saturating_sub(4096)..];
    !end.windows(5).any(|w| w == b"%%EOF") && !end.windows(9).any(|w| w == b"startxref")
}

/// Pages to a document.
fn compose(name: &str, mut columns: Vec<Column>, pages: usize) -> crate::Document {
    flow::drop_furniture(&mut columns);
    for column in &mut columns {
        captions::mark(column);
    }
    let parts = join::over_pages(paragraphs::parts(columns));
    emit::document(name, parts, u32::try_from(pages).unwrap_or(u32::MAX))
}

/// What was seen on all pages, to tell a scan from a text.
#[derive(Debug, Default)]
struct Seen {
    drawn: usize,
    unmapped: usize,
    hidden: usize,
    pictures: Vec<u32>,
}

impl Seen {
    fn add(&mut self, page: &page::Page) {
        self.drawn += page.glyphs_drawn;
        self.unmapped += page.glyphs_unmapped;
        self.hidden += page.glyphs_hidden;
        if page.glyphs.len() < 20 && page.image_area > 0.5 * page.width * page.height {
            self.pictures.push(page.number);
        }
    }

    /// A problem that leaves nothing to check; lesser ones go to `problems`.
    fn judge(&self, pages: usize, problems: &mut Vec<Problem>) -> Option<Problem> {
        let known = self.drawn - self.unmapped.min(self.drawn);
        if !self.pictures.is_empty() && self.pictures.len() * 2 >= pages && known < 40 * pages {
            return Some(trouble::scanned(pages));
        }
        if self.drawn == 0 {
            return Some(trouble::no_text());
        }
        if self.unmapped * 2 > self.drawn {
            return Some(trouble::no_characters());
        }
        if self.unmapped * 50 > self.drawn {
            problems.push(trouble::some_characters_lost(self.unmapped));
        }
        if !self.pictures.is_empty() {
            problems.push(trouble::picture_pages(&self.pictures));
        }
        if self.hidden * 2 > self.drawn {
            problems.push(trouble::recognised());
        }
        None
    }
}
