//! Paragraphs with their roles, and the sections they stand in. Sections follow the printed numbers (第一部分, 一、,
//! （一）, 1., （1）) and the headings that the format marks; see `outline/` for numbers, titles and contents.

mod contents;
mod heading;
mod lines;
mod number;
mod tree;

use std::sync::LazyLock;

use keqiao_document::Document;
use keqiao_facts::{Paragraph, Role, Section};
use keqiao_source::Span;
use regex::Regex;

use heading::{Title, bare_title, title};
use lines::Line;
use number::{Number, Style, number};
use tree::{Heading, Tree};

static CAPTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[（(]?(图|表)[\d一二三四五六七八九十]{1,3}(-\d+)?([：:、.）]|[^\d，。显示中所如]).{0,45}$")
        .expect("checked by the tests")
});

static NOTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[（(]?(注|备注|说明|数据来源|资料来源|来源)\d?[：:]").expect("checked by the tests")
});

/// Sections and paragraphs.
pub(crate) fn outline(document: &Document) -> (Vec<Section>, Vec<Paragraph>) {
    let lines = lines::lines(document);
    let contents = contents::contents(&lines);
    let mut tree = Tree::default();
    let mut paragraphs = Vec::with_capacity(lines.len());
    // Lines below a bare 附件 or 第四部分 that are its title.
    let mut title_lines = 0;
    for (i, line) in lines.iter().enumerate() {
        let text = line.folded.text();
        let role = if contents.contains(&i) {
            Role::Contents
        } else if CAPTION.is_match(text) && !text.contains('。') {
            Role::Caption
        } else if NOTE.is_match(text) {
            Role::Note
        } else if title_lines > 0 && !line.apart && number(text).is_none() && bare_title(text) {
            // The second line of a title is whose report it is or what it is; a title that has ended is not gone on with.
            title_lines = if text.ends_with(['告', '表', '）', '明', '结']) { 0 } else { title_lines - 1 };
            tree.extend_title(text, line.span);
            Role::Heading
        } else {
            title_lines = 0;
            let next = lines
                .get(i + 1..)
                .unwrap_or_default()
                .iter()
                .zip(i + 1..)
                .find(|(_, n)| !contents.contains(n))
                .map(|l| l.0);
            match read_heading(line, next, &tree) {
                Some((heading, whole)) => {
                    if heading.level == 1 && heading.title.is_empty() {
                        title_lines = 2;
                    }
                    tree.push(Heading { paragraph: u32::try_from(paragraphs.len()).unwrap_or(u32::MAX), ..heading });
                    if whole { Role::Heading } else { Role::Body }
                }
                None => Role::Body,
            }
        };
        let section = if role == Role::Contents { None } else { tree.current() };
        paragraphs.push(Paragraph { span: line.span, folded: line.folded.clone(), role, section, page: line.page });
    }
    (tree.finish(document.text.len()), paragraphs)
}

/// The heading that a line is or begins with, and whether it is the whole line.
fn read_heading(line: &Line, next: Option<&Line>, tree: &Tree) -> Option<(Heading, bool)> {
    let text = line.folded.text();
    let marked = line.heading.filter(|_| text.chars().count() <= 60 && !text.contains('。'));
    let Some(n) = number(text) else {
        let starts_list = next
            .and_then(|l| number(l.folded.text()))
            .is_some_and(|n| n.style == Style::Chinese && n.ordinal == Some(1));
        let level = match marked {
            Some(level) => level.clamp(1, 5),
            None if starts_list && bare_title(text) => 1,
            None => return None,
        };
        let range = 0..text.len();
        return Some((heading_of(line, level, None, range.clone(), range), true));
    };
    let rest = &text[n.rest..];
    let (len, whole) = match title(rest, n.style) {
        Title::Whole(len) => (len, true),
        Title::RunIn(len) => (len, false),
        Title::No if marked.is_some() => (rest.len(), true),
        Title::No => return None,
    };
    let level = level_of(n, &rest[..len], tree);
    Some((heading_of(line, level, Some(n), n.printed.0..n.rest + len, n.rest..n.rest + len), whole))
}

/// Word's automatic 一、 arrives as 1、 in text exports: an Arabic number that goes on where the Chinese ones stopped is
/// of their level.
fn level_of(n: Number, title: &str, tree: &Tree) -> u8 {
    if n.style != Style::Arabic {
        return n.style.level();
    }
    let statement = title.ends_with("说明") || title.ends_with("情况");
    let account = ["决算", "预算", "事项", "经费"].iter().any(|w| title.contains(w));
    let follows = n.ordinal == Some(tree.last_ordinal(2).map_or(1, |o| o + 1));
    let inner = tree.last_ordinal(4).map_or(1, |o| o + 1);
    let deeper = tree.depth() > 2 && n.ordinal == Some(inner);
    if follows && statement && account && (tree.depth() <= 2 || !deeper) { 2 } else { 4 }
}

fn heading_of(
    line: &Line,
    level: u8,
    n: Option<Number>,
    all: std::ops::Range<usize>,
    title: std::ops::Range<usize>,
) -> Heading {
    let text = line.folded.text();
    let printed = n.map_or("", |n| &text[n.printed.0..n.printed.1]);
    let span: Span = line.folded.span(all);
    let attached = ["附件", "附表", "附录"].iter().any(|w| text[title.clone()].starts_with(w));
    Heading {
        level,
        number: printed.to_owned(),
        ordinal: n.and_then(|n| n.ordinal),
        title: text[title].to_owned(),
        span,
        paragraph: 0,
        start: line.span.start,
        attachment: match n.map(|n| n.style) {
            Some(Style::Attachment) => Some(true),
            Some(Style::Part) => Some(attached),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests;
