//! What the bytes are, whatever the name says. The name only decides between text and Markdown, and is questioned when
//! it says something else.

use std::io::{Cursor, Read};

use crate::container::Container;
use crate::{Format, Limits, Problem, refuse};

/// The format of the bytes, or why they are not read.
pub(crate) fn sniff(name: &str, bytes: &[u8], limits: &Limits) -> Result<Format, Problem> {
    match bytes {
        [] => Err(refuse::empty()),
        [b'P', b'K', 3 | 5 | 7, ..] => zip_kind(bytes, limits),
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => compound_kind(bytes),
        _ if find(&bytes[..bytes.len().min(1024)], b"%PDF-") => Ok(Format::Pdf),
        _ => match foreign(bytes) {
            Some(problem) => Err(problem),
            None => Ok(text_kind(name, bytes)),
        },
    }
}

/// The partial problem of a name that promises another format.
pub(crate) fn wrong_extension(name: &str, format: Format) -> Option<Problem> {
    let extension = extension(name)?;
    let promised: &[Format] = match extension.as_str() {
        "docx" | "docm" | "dotx" | "dotm" => &[Format::Docx],
        "doc" | "dot" => &[Format::Doc],
        // WPS writes both the old and the new container under its own names.
        "wps" | "wpt" => &[Format::Doc, Format::Docx],
        "xls" | "xlsx" | "xlsm" | "xlsb" | "et" | "ett" | "ods" => &[Format::Excel],
        "pdf" => &[Format::Pdf],
        "html" | "htm" | "xhtml" | "shtml" => &[Format::Html],
        "md" | "markdown" => &[Format::Markdown],
        "txt" | "text" => &[Format::Text, Format::Markdown],
        "png" | "jpg" | "jpeg" | "tif" | "tiff" | "ofd" | "rar" | "zip" | "7z" | "ppt" | "pptx" | "rtf" => &[],
        _ => return None,
    };
    let (zh, en) = match format {
        _ if promised.contains(&format) => return None,
        Format::Text | Format::Markdown => ("文本", "plain text"),
        Format::Html => ("网页（HTML）", "HTML"),
        Format::Docx => ("Word 文档（docx）", "a Word document (docx)"),
        Format::Doc => ("Word 97-2003 文档（doc）", "a Word 97-2003 document (doc)"),
        Format::Excel => ("Excel 表格", "an Excel workbook"),
        Format::Pdf => ("PDF", "PDF"),
    };
    Some(refuse::wrong_extension(&extension, zh, en))
}

fn extension(name: &str) -> Option<String> {
    let file = name.rsplit(['/', '\\']).next()?;
    let (_, extension) = file.rsplit_once('.')?;
    (extension.len() <= 8).then(|| extension.to_ascii_lowercase())
}

fn zip_kind(bytes: &[u8], limits: &Limits) -> Result<Format, Problem> {
    let mut container = Container::open(bytes, limits)?;
    if container.has_folder("word/") {
        return Ok(Format::Docx);
    }
    if container.has_folder("xl/") {
        return Ok(Format::Excel);
    }
    if container.has("OFD.xml") {
        return Err(ofd());
    }
    if container.has_folder("ppt/") {
        return Err(slides());
    }
    let mimetype = if container.has("mimetype") { container.part("mimetype")?.unwrap_or_default() } else { Vec::new() };
    if find(&mimetype, b"opendocument.spreadsheet") {
        return Ok(Format::Excel);
    }
    if find(&mimetype, b"opendocument") {
        return Err(refuse::unread(
            "开放文档（ODF）",
            "an OpenDocument file",
            "请另存为 Word（docx）后再检查。",
            "Save it as Word (docx) and check again.",
        ));
    }
    Err(refuse::archive("zip"))
}

fn ofd() -> Problem {
    refuse::unread(
        "版式文件 OFD",
        "an OFD file",
        "请导出为 PDF 或 Word 后再检查。",
        "Export it as PDF or Word and check again.",
    )
}

fn slides() -> Problem {
    refuse::unread(
        "演示文稿",
        "a slide show",
        "请提供 Word、Excel 或 PDF 格式的报告。",
        "Use the report in Word, Excel or PDF.",
    )
}

/// OLE2 compound files: Word, Excel and WPS of before 2007, and everything Office encrypts.
fn compound_kind(bytes: &[u8]) -> Result<Format, Problem> {
    let damaged = || refuse::damaged("复合文件结构不完整", "its compound structure is incomplete");
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| damaged())?;
    if file.is_stream("/EncryptedPackage") {
        return Err(refuse::encrypted());
    }
    if file.is_stream("/WordDocument") {
        let mut head = [0u8; 12];
        let mut stream = file.open_stream("/WordDocument").map_err(|_| damaged())?;
        stream.read_exact(&mut head).map_err(|_| damaged())?;
        // Bit 8 of the flags at offset 10 (fEncrypted).
        return if head[11] & 1 == 1 { Err(refuse::encrypted()) } else { Ok(Format::Doc) };
    }
    if file.is_stream("/Workbook") || file.is_stream("/Book") {
        return Ok(Format::Excel);
    }
    if file.is_stream("/PowerPoint Document") {
        return Err(slides());
    }
    Err(refuse::unread(
        "旧式复合文档，里面没有 Word 或 Excel 内容",
        "an old compound file without Word or Excel content",
        "请另存为 Word、Excel 或 PDF 后再检查。",
        "Save it as Word, Excel or PDF and check again.",
    ))
}

fn foreign(bytes: &[u8]) -> Option<Problem> {
    Some(match bytes {
        [0x89, b'P', b'N', b'G', ..] => refuse::picture("png"),
        [0xff, 0xd8, 0xff, ..] => refuse::picture("jpg"),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => refuse::picture("tiff"),
        [b'G', b'I', b'F', b'8', ..] => refuse::picture("gif"),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => refuse::picture("bmp"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => refuse::picture("webp"),
        [b'R', b'a', b'r', b'!', ..] => refuse::archive("rar"),
        [b'7', b'z', 0xbc, 0xaf, ..] => refuse::archive("7z"),
        [0x1f, 0x8b, ..] => refuse::archive("gz"),
        _ if bytes.starts_with(b"{\\rtf") => other_word("富文本文件（RTF）", "a rich text file (RTF)"),
        _ => {
            let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]);
            if head.starts_with("MIME-Version:") || (head.contains("multipart/related") && head.contains("boundary=")) {
                other_word("单个文件网页（MHT）", "a single-file web page (MHT)")
            } else if head.contains("<?mso-application") || head.contains("<pkg:package") {
                other_word("Word 或 Excel 的 XML 文件", "a Word or Excel XML file")
            } else {
                return None;
            }
        }
    })
}

fn other_word(zh: &str, en: &str) -> Problem {
    refuse::unread(
        zh,
        en,
        "请用 Word 或 WPS 打开，另存为 docx 或 xlsx 后再检查。",
        "Open it in Word or WPS, save it as docx or xlsx and check again.",
    )
}

/// Text of some kind: HTML by its first tag, Markdown by its name.
fn text_kind(name: &str, bytes: &[u8]) -> Format {
    let extension = extension(name).unwrap_or_default();
    if matches!(extension.as_str(), "md" | "markdown") {
        return Format::Markdown;
    }
    let head = crate::decode::text(&bytes[..bytes.len().min(4096)]).map(|d| d.text).unwrap_or_default();
    let mut start = head.trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    while let Some(end) = start.starts_with("<!--").then(|| start.find("-->")).flatten() {
        start = start[end + 3..].trim_start().to_owned();
    }
    let tag = |names: &[&str]| names.iter().any(|n| start.starts_with(n));
    let web = tag(&[
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<meta",
        "<table",
        "<div",
        "<p>",
        "<p ",
        "<title",
        "<style",
        "<script",
        "<!--",
    ]) || (start.starts_with("<?xml") && start.contains("<html"))
        || (matches!(extension.as_str(), "html" | "htm" | "shtml" | "xhtml") && start.contains('<'));
    if web { Format::Html } else { Format::Text }
}

fn find(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|w| w == what)
}
