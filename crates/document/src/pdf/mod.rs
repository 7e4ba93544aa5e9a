//! PDF. Glyphs and ruling lines by their places on the page; tables from the lines, never guessed from words; the rest
//! to paragraphs. The way of a page: [`device`] → [`page`] → [`flow`] (tables, lines) → [`captions`] → [`paragraphs`] →
//! [`join`] over pages → [`emit`].
#![expect(clippy::float_arithmetic, reason = "places on a page are measured, not counted; no amount is computed here")]

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
mod unicode;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use hayro_interpret::util::TransformExt;
use hayro_interpret::{Context, InterpreterCache, interpret_page};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use kurbo::Rect;

use crate::{Limits, Problem, ProblemKind, Read};
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
        Ok(_) => failed(problem_damaged()),
        Err(cause) => failed(match cause.downcast_ref::<Stop>() {
            Some(Stop::TooSlow) => too_slow(limits),
            Some(Stop::TooLarge) => too_long(limits),
            None => problem_damaged(),
        }),
    }
}

fn failed(problem: Problem) -> Read {
    Read { document: None, problems: vec![problem] }
}

fn read_pages(name: &str, bytes: &[u8], limits: &Limits) -> Read {
    let mut budget = Budget { deadline: Instant::now() + limits.time_max, chars_left: limits.text_chars_max };
    let pdf = match Pdf::new(bytes.to_vec()) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => return failed(encrypted()),
        Err(LoadPdfError::Decryption(_)) => return failed(encrypted_otherwise()),
        Err(LoadPdfError::Invalid) => return failed(problem_damaged()),
    };
    let mut problems = Vec::new();
    let count = pdf.pages().len();
    if count == 0 {
        return failed(problem_damaged());
    }
    if count > limits.pages_max {
        problems.push(too_many_pages(count, limits.pages_max));
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
        if let Err(cause) = whole {
            if cause.is::<Stop>() {
                std::panic::resume_unwind(cause);
            }
            problems.push(page_damaged(number));
        }
        let page = collector.finish();
        seen.add(&page);
        columns.push(Column::new(page));
        if Instant::now() > budget.deadline {
            return failed(too_slow(limits));
        }
    }
    if let Some(fatal) = seen.judge(columns.len(), &mut problems) {
        problems.push(fatal);
        return Read { document: None, problems };
    }
    Read { document: Some(compose(name, columns, count)), problems }
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
            return Some(scanned(pages));
        }
        if self.drawn == 0 {
            return Some(no_text());
        }
        if self.unmapped * 2 > self.drawn {
            return Some(no_characters());
        }
        if self.unmapped * 50 > self.drawn {
            problems.push(some_characters_lost(self.unmapped));
        }
        if !self.pictures.is_empty() {
            problems.push(picture_pages(&self.pictures));
        }
        if self.hidden * 2 > self.drawn {
            problems.push(recognised());
        }
        None
    }
}

fn encrypted() -> Problem {
    Problem::fatal(
        ProblemKind::Encrypted,
        "该 PDF 设有打开密码，无法读取。请提供未加密的版本，或用密码打开后另存（打印）为不带密码的 PDF。",
        "The PDF needs a password to open. Supply an unprotected copy, or open it and print it to a PDF without password.",
    )
}

fn encrypted_otherwise() -> Problem {
    Problem::fatal(
        ProblemKind::Encrypted,
        "该 PDF 采用了不受支持的加密方式，无法读取。请另存（打印）为不加密的 PDF 后再检查。",
        "The PDF is encrypted in a way that is not supported. Print it to a PDF without encryption.",
    )
}

fn problem_damaged() -> Problem {
    Problem::fatal(
        ProblemKind::Damaged,
        "该 PDF 已损坏或不完整（可能下载中断），无法读取。请重新下载，或从原文件重新导出。",
        "The PDF is damaged or incomplete (a broken download?). Download it again or export it anew.",
    )
}

fn page_damaged(page: u32) -> Problem {
    Problem::partial(
        ProblemKind::PartLost,
        format!("第 {page} 页内部有错误，只读出一部分，该页的检查结果不完整。"),
        format!("Page {page} is damaged inside; only part of it was read."),
    )
}

fn too_slow(limits: &Limits) -> Problem {
    let seconds = limits.time_max.as_secs();
    Problem::fatal(
        ProblemKind::TooSlow,
        format!("读取该 PDF 超过 {seconds} 秒，已停止。请拆分文件，或重新导出后再检查。"),
        format!("Reading the PDF took longer than {seconds} s and was stopped. Split the file or export it anew."),
    )
}

fn too_long(limits: &Limits) -> Problem {
    let max = limits.text_chars_max;
    Problem::fatal(
        ProblemKind::TooLarge,
        format!("该 PDF 的文字超过 {max} 字，超出上限。请拆分后分别检查。"),
        format!("The PDF holds more than {max} characters. Split it and check the parts."),
    )
}

fn too_many_pages(pages: usize, max: usize) -> Problem {
    Problem::partial(
        ProblemKind::TooLarge,
        format!("该 PDF 共 {pages} 页，只读取了前 {max} 页。"),
        format!("The PDF has {pages} pages; only the first {max} were read."),
    )
}

fn scanned(pages: usize) -> Problem {
    Problem::fatal(
        ProblemKind::Scanned,
        format!("该 PDF 共 {pages} 页，是扫描件或图片，没有可读取的文字。请提供由 Word、Excel 或 WPS 直接导出的 PDF 或原文件。"),
        format!("All or most of the {pages} pages are scans or pictures without text. Supply a PDF exported from Word, Excel or WPS, or the original file."),
    )
}

fn no_text() -> Problem {
    Problem::fatal(
        ProblemKind::Scanned,
        "该 PDF 没有可读取的文字（可能是图片，或文字已转为曲线）。请提供由 Word、Excel 或 WPS 直接导出的 PDF 或原文件。",
        "The PDF holds no text (pictures, or text turned into curves). Supply a PDF exported from Word, Excel or WPS.",
    )
}

fn no_characters() -> Problem {
    Problem::fatal(
        ProblemKind::Scanned,
        "该 PDF 的字体没有文字编码，多数字符无法识别（复制出来是乱码）。请用原文件重新导出 PDF，或直接检查原文件。",
        "The fonts of the PDF do not say which characters they show; most text cannot be read. Export it anew or check the original file.",
    )
}

fn some_characters_lost(count: usize) -> Problem {
    Problem::partial(
        ProblemKind::PartLost,
        format!("有 {count} 个字符的字体没有文字编码，未能读出；涉及的词句和数字可能不完整。"),
        format!("{count} characters could not be read because their fonts carry no character codes."),
    )
}

fn picture_pages(pages: &[u32]) -> Problem {
    let list: Vec<String> = pages.iter().take(12).map(u32::to_string).collect();
    let (more_zh, more_en) = if pages.len() > 12 { (" 等", " and more") } else { ("", "") };
    Problem::partial(
        ProblemKind::Scanned,
        format!("第 {}{more_zh} 页是图片，其中的文字和表格没有检查。", list.join("、")),
        format!("Pages {}{more_en} are pictures; their text and tables were not checked.", list.join(", ")),
    )
}

fn recognised() -> Problem {
    Problem::partial(
        ProblemKind::Scanned,
        "该 PDF 是扫描件，文字来自图像识别，可能有错字错数；请以原文件复核检查结果。",
        "The PDF is a scan with recognised text, which may hold wrong characters; compare the findings with the original.",
    )
}
