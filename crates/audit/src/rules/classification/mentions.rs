//! Codes named in running text, with the name beside them. Shared by the rules of this family; not a rule itself.

use std::sync::LazyLock;

use keqiao_facts::{CodeKind, CodeList, DataRow, DataTable, Paragraph, Report, Role};
use keqiao_source::Span;
use regex::Regex;

/// A code in running text and the words that stand for its name.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// 3, 5 or 7 digits.
    pub code: String,
    /// Its digits in the text.
    pub code_span: Span,
    /// Words beside it, folded: the name at their end, or at their beginning when `before` is false.
    pub words: String,
    /// Where those words stand.
    pub words_span: Span,
    /// The words stand before the code: 机构运行（2060702）.
    pub before: bool,
}

static BARE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(^|[^\d.,])(2\d{6})[“”]?([\u4e00-\u9fff][\u4e00-\u9fff（）]{1,30})").expect("a constant pattern")
});
static BRACKETED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"([\u4e00-\u9fff]{2,30})（(2\d{6}|2\d{4}|2\d{2})(?:类|款|项)?）").expect("a constant pattern")
});
static STEPS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"([\u4e00-\u9fff]{2,24})（(2\d{2})类?）([\u4e00-\u9fff]{2,30})（(\d{2})款?）(?:([\u4e00-\u9fff]{2,30})（(\d{2})项?）)?").expect("a constant pattern")
});

/// All mentions of a paragraph.
pub(super) fn mentions(p: &Paragraph) -> Vec<Mention> {
    let text = p.folded.text();
    let mut found = Vec::new();
    let mut add = |code: &str, digits: std::ops::Range<usize>, words: regex::Match<'_>, before: bool| {
        found.push(Mention {
            code: code.to_owned(),
            code_span: p.folded.span(digits),
            words: words.as_str().to_owned(),
            words_span: p.folded.span(words.range()),
            before,
        });
    };
    for c in BARE.captures_iter(text) {
        if let (Some(code), Some(words)) = (c.get(2), c.get(3)) {
            add(code.as_str(), code.range(), words, false);
        }
    }
    for c in BRACKETED.captures_iter(text) {
        if let (Some(words), Some(code)) = (c.get(1), c.get(2)) {
            add(code.as_str(), code.range(), words, true);
        }
    }
    for c in STEPS.captures_iter(text) {
        let mut code = String::new();
        for (name, digits) in [(1, 2), (3, 4), (5, 6)] {
            let (Some(words), Some(step)) = (c.get(name), c.get(digits)) else { break };
            code.push_str(step.as_str());
            // The class alone is found as a bracketed code.
            if code.len() > 3 {
                add(&code, step.range(), words, true);
            }
        }
    }
    found
}

/// Paragraphs of prose.
pub(super) fn prose(report: &Report) -> impl Iterator<Item = &Paragraph> {
    report.paragraphs.iter().filter(|p| matches!(p.role, Role::Body | Role::Note | Role::Heading))
}

/// Rows of tables that bear a functional code and a name.
pub(super) fn coded(report: &Report) -> impl Iterator<Item = (&DataTable, &DataRow, &str)> {
    report.tables.iter().flat_map(|t| t.rows.iter().map(move |r| (t, r))).filter_map(|(t, r)| {
        let code = r.code.as_ref()?.0.as_str();
        (code.starts_with('2') && !r.label.is_empty()).then_some((t, r, code))
    })
}

/// A name without the last 支出 and without what brackets add.
pub(super) fn core(name: &str) -> &str {
    let name = name.find('（').filter(|i| *i > 0 && name.ends_with('）')).map_or(name, |i| &name[..i]);
    name.strip_suffix("支出").filter(|c| !c.is_empty()).unwrap_or(name)
}

/// The names that a code bears in any year: of the shipped list and of the report's own tables.
pub(super) fn names_of<'a>(report: &'a Report, code: &'a str) -> Vec<&'a str> {
    let shipped = CodeList::shipped(CodeKind::Functional).of_code(code).map(|e| e.name.as_str());
    let mut names: Vec<&str> =
        shipped.chain(coded(report).filter(|(_, _, c)| *c == code).map(|(_, r, _)| r.label.as_str())).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The longest name of another code of the same depth that the words begin (or end) with, with its code.
pub(super) fn other_name<'a>(report: &'a Report, code: &str, words: &str, before: bool) -> Option<(&'a str, &'a str)> {
    let fits = |name: &str| {
        let name = core(name);
        let words = if before { core(words) } else { words };
        name.chars().count() >= 3 && if before { words.ends_with(name) } else { words.starts_with(name) }
    };
    let shipped = CodeList::shipped(CodeKind::Functional).entries().iter().map(|e| (e.code.as_str(), e.name.as_str()));
    let own = coded(report).map(|(_, r, c)| (c, r.label.as_str()));
    shipped.chain(own).filter(|(c, n)| c.len() == code.len() && *c != code && fits(n)).max_by_key(|(_, n)| n.len())
}
