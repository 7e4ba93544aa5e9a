//! A place in words (第12页 表3 第5行 第2列), and the words that stand there.

use keqiao_diag::Mark;
use keqiao_i18n::Lang;

use crate::checked::Content;
use crate::places::Place;

/// The place for a reader; empty when nothing is known of it.
pub fn words(place: &Place, lang: Lang) -> String {
    let l = &place.locator;
    let mut parts: Vec<String> = Vec::new();
    let mut add = |n: Option<u32>, zh: fn(u32) -> String, en: &str| {
        if let Some(n) = n {
            parts.push(match lang {
                Lang::Zh => zh(n),
                Lang::En => format!("{en} {n}"),
            });
        }
    };
    add(l.page, |n| format!("第{n}页"), "page");
    add(l.paragraph, |n| format!("第{n}段"), "paragraph");
    add(l.table, |n| format!("表{n}"), "table");
    add(l.row, |n| format!("第{n}行"), "row");
    add(l.column, |n| format!("第{n}列"), "column");
    parts.join(match lang {
        Lang::Zh => " ",
        Lang::En => ", ",
    })
}

/// File and place in one line: `report.txt:80:54 第42段`, `report.pdf:第12页 表3 第5行 第2列`.
pub fn with_file(file: &str, place: &Place, lang: Lang) -> String {
    let words = words(place, lang);
    match (place.line.zip(place.character), words.is_empty()) {
        (Some((line, character)), true) => format!("{file}:{line}:{character}"),
        (Some((line, character)), false) => format!("{file}:{line}:{character} {words}"),
        (None, true) => file.to_owned(),
        (None, false) => format!("{file}:{words}"),
    }
}

/// The words of a mark, short enough for a line.
pub fn quote(content: &Content, mark: Mark) -> String {
    let words = mark.span.of(&content.document.text);
    let mut short: String = words.chars().take(120).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if words.chars().nth(120).is_some() {
        short.push('…');
    }
    short
}
