//! The messages of refusal: what a file is that cannot be read, and what to do about it.

use crate::{Problem, ProblemKind};

pub(crate) fn empty() -> Problem {
    Problem::fatal(
        ProblemKind::Empty,
        "文件是空的（0 字节）。请重新导出后再检查。",
        "The file is empty (0 bytes). Export it again.",
    )
}

/// A format that is known but not read.
pub(crate) fn unread(what_zh: &str, what_en: &str, do_zh: &str, do_en: &str) -> Problem {
    Problem::fatal(
        ProblemKind::UnknownFormat,
        format!("这是{what_zh}，不能直接检查。{do_zh}"),
        format!("This is {what_en}, which is not read. {do_en}"),
    )
}

pub(crate) fn picture(what: &str) -> Problem {
    unread(
        &format!("图片（{what}）"),
        &format!("a picture ({what})"),
        "图片里没有文字，请提供报告的 Word、Excel 或文字版 PDF 原件。",
        "A picture holds no text; use the Word, Excel or text PDF original of the report.",
    )
}

pub(crate) fn archive(what: &str) -> Problem {
    unread(
        &format!("压缩包（{what}）"),
        &format!("an archive ({what})"),
        "请先解压，再检查里面的报告。",
        "Unpack it and check the reports inside.",
    )
}

pub(crate) fn unknown() -> Problem {
    Problem::fatal(
        ProblemKind::UnknownFormat,
        "认不出文件的格式，内容也不是文字。请提供 Word、Excel、PDF、网页或文本格式的报告。",
        "The format is not known and the content is not text. Use a report in Word, Excel, PDF, HTML or plain text.",
    )
}

pub(crate) fn encrypted() -> Problem {
    Problem::fatal(
        ProblemKind::Encrypted,
        "文件有打开密码。请在原软件中打开，取消密码后另存，再检查。",
        "The file is protected by a password. Open it, remove the password, save it and check again.",
    )
}

pub(crate) fn damaged(what_zh: &str, what_en: &str) -> Problem {
    Problem::fatal(
        ProblemKind::Damaged,
        format!("文件已损坏或没有传完：{what_zh}。请重新下载，或在原软件中打开后另存。"),
        format!(
            "The file is damaged or cut off: {what_en}. Download it again, or open it in its own program and save it anew."
        ),
    )
}

pub(crate) fn too_large(what_zh: &str, what_en: &str) -> Problem {
    Problem::fatal(
        ProblemKind::TooLarge,
        format!("文件太大：{what_zh}。请拆分后再检查。"),
        format!("The file is too large: {what_en}. Split it and check the parts."),
    )
}

pub(crate) fn too_slow(seconds: u64) -> Problem {
    Problem::fatal(
        ProblemKind::TooSlow,
        format!("读取超过 {seconds} 秒，已停止。请拆分文件，或另存为较简单的格式后再检查。"),
        format!(
            "Reading took longer than {seconds} s and was stopped. Split the file, or save it in a simpler format."
        ),
    )
}

/// The reader itself failed: the file is unusual, not necessarily broken.
pub(crate) fn reader_failed() -> Problem {
    Problem::fatal(
        ProblemKind::Damaged,
        "读取时出错，文件内部结构异常。请在原软件中打开后另存，再检查。",
        "Reading failed: the inside of the file is unusual. Open it in its own program, save it anew and check again.",
    )
}

pub(crate) fn part_lost(what_zh: &str, what_en: &str) -> Problem {
    Problem::partial(
        ProblemKind::PartLost,
        format!("有一部分没有读出：{what_zh}。其余内容已检查。"),
        format!("A part was not read: {what_en}. The rest was checked."),
    )
}

pub(crate) fn wrong_extension(extension: &str, is_zh: &str, is_en: &str) -> Problem {
    Problem::partial(
        ProblemKind::WrongExtension,
        format!("扩展名是 .{extension}，内容却是{is_zh}；已按{is_zh}读取。建议改正扩展名。"),
        format!("The name ends in .{extension} but the content is {is_en}; it was read as {is_en}. Correct the name."),
    )
}

pub(crate) fn no_words() -> Problem {
    Problem::partial(
        ProblemKind::Empty,
        "文件里没有文字。请确认是不是报告的正文。",
        "The file holds no words. Make sure that it is the report itself.",
    )
}
