//! The messages of what can be wrong with a PDF, and what to do about it.

use crate::{Limits, Problem, ProblemKind};

pub(super) fn encrypted() -> Problem {
    Problem::fatal(
        ProblemKind::Encrypted,
        "该 PDF 设有打开密码，无法读取。请提供未加密的版本，或用密码打开后另存（打印）为不带密码的 PDF。",
        "The PDF needs a password to open. Supply an unprotected copy, or open it and print it to a PDF without password.",
    )
}

pub(super) fn encrypted_otherwise() -> Problem {
    Problem::fatal(
        ProblemKind::Encrypted,
        "该 PDF 采用了不受支持的加密方式，无法读取。请另存（打印）为不加密的 PDF 后再检查。",
        "The PDF is encrypted in a way that is not supported. Print it to a PDF without encryption.",
    )
}

pub(super) fn damaged() -> Problem {
    Problem::fatal(
        ProblemKind::Damaged,
        "该 PDF 已损坏或不完整（可能下载中断），无法读取。请重新下载，或从原文件重新导出。",
        "The PDF is damaged or incomplete (a broken download?). Download it again or export it anew.",
    )
}

pub(super) fn page_damaged(page: u32) -> Problem {
    Problem::partial(
        ProblemKind::PartLost,
        format!("第 {page} 页内部有错误，只读出一部分，该页的检查结果不完整。"),
        format!("Page {page} is damaged inside; only part of it was read."),
    )
}

pub(super) fn too_slow(limits: &Limits) -> Problem {
    let seconds = limits.time_max.as_secs();
    Problem::fatal(
        ProblemKind::TooSlow,
        format!("读取该 PDF 超过 {seconds} 秒，已停止。请拆分文件，或重新导出后再检查。"),
        format!("Reading the PDF took longer than {seconds} s and was stopped. Split the file or export it anew."),
    )
}

pub(super) fn too_long(limits: &Limits) -> Problem {
    let max = limits.text_chars_max;
    Problem::fatal(
        ProblemKind::TooLarge,
        format!("该 PDF 的文字超过 {max} 字，超出上限。请拆分后分别检查。"),
        format!("The PDF holds more than {max} characters. Split it and check the parts."),
    )
}

pub(super) fn too_many_pages(pages: usize, max: usize) -> Problem {
    Problem::partial(
        ProblemKind::TooLarge,
        format!("该 PDF 共 {pages} 页，只读取了前 {max} 页。"),
        format!("The PDF has {pages} pages; only the first {max} were read."),
    )
}

pub(super) fn scanned(pages: usize) -> Problem {
    Problem::fatal(
        ProblemKind::Scanned,
        format!(
            "该 PDF 共 {pages} 页，是扫描件或图片，没有可读取的文字。请提供由 Word、Excel 或 WPS 直接导出的 PDF 或原文件。"
        ),
        format!(
            "All or most of the {pages} pages are scans or pictures without text. Supply a PDF exported from Word, Excel or WPS, or the original file."
        ),
    )
}

pub(super) fn no_text() -> Problem {
    Problem::fatal(
        ProblemKind::Scanned,
        "该 PDF 没有可读取的文字（可能是图片，或文字已转为曲线）。请提供由 Word、Excel 或 WPS 直接导出的 PDF 或原文件。",
        "The PDF holds no text (pictures, or text turned into curves). Supply a PDF exported from Word, Excel or WPS.",
    )
}

pub(super) fn no_characters() -> Problem {
    Problem::fatal(
        ProblemKind::Scanned,
        "该 PDF 的字体没有文字编码，多数字符无法识别（复制出来是乱码）。请用原文件重新导出 PDF，或直接检查原文件。",
        "The fonts of the PDF do not say which characters they show; most text cannot be read. Export it anew or check the original file.",
    )
}

pub(super) fn some_characters_lost(count: usize) -> Problem {
    Problem::partial(
        ProblemKind::PartLost,
        format!("有 {count} 个字符的字体没有文字编码，未能读出；涉及的词句和数字可能不完整。"),
        format!("{count} characters could not be read because their fonts carry no character codes."),
    )
}

pub(super) fn picture_pages(pages: &[u32]) -> Problem {
    let list: Vec<String> = pages.iter().take(12).map(u32::to_string).collect();
    let (more_zh, more_en) = if pages.len() > 12 { (" 等", " and more") } else { ("", "") };
    Problem::partial(
        ProblemKind::Scanned,
        format!("第 {}{more_zh} 页是图片，其中的文字和表格没有检查。", list.join("、")),
        format!("Pages {}{more_en} are pictures; their text and tables were not checked.", list.join(", ")),
    )
}

pub(super) fn recognised() -> Problem {
    Problem::partial(
        ProblemKind::Scanned,
        "该 PDF 是扫描件，文字来自图像识别，可能有错字错数；请以原文件复核检查结果。",
        "The PDF is a scan with recognised text, which may hold wrong characters; compare the findings with the original.",
    )
}

pub(super) fn cut_off(pages: usize) -> Problem {
    Problem::partial(
        ProblemKind::Damaged,
        format!("该 PDF 不完整（结尾缺失，可能下载中断），只找到 {pages} 页，检查结果不完整。请重新下载后再检查。"),
        format!(
            "The PDF ends before it should (a broken download?); only {pages} pages were found. Download it again."
        ),
    )
}
