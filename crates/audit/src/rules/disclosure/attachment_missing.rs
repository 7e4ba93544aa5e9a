//! D0602: an attachment that is named but absent.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::parse_numeral;
use regex::Regex;

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "D0602",
    name: "attachment-missing",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "提到的附件不存在", en: "An attachment that is named but absent" },
    why: Fixed {
        zh: "正文说“见附件3”，文末却没有附件3，公开内容不完整。",
        en: "Where the text refers to 附件3 and the document has none, the disclosure is incomplete.",
    },
    source: "TX-19",
    check,
};

static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:[^，。；：（）]{0,12}?(?:详)?[见如])((附件|附表)([\d一二三四五六七八九十]{1,3}))").expect("checked by the specs")
});

static PART: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"见(附件|附表)?[（(]?(第([一二三四五六七八九十\d]{1,2})部分)[）)]?").expect("checked by the specs"));

static HEAD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[（【]?(附件|附表|附录)([\d一二三四五六七八九十]{1,3})").expect("checked by the specs"));

static PART_HEAD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^第([一二三四五六七八九十\d]{1,2})部分").expect("checked by the specs"));

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let (attachments, parts, unnumbered) = present(cx);
    for p in words::paragraphs(report) {
        let text = p.folded.text();
        for c in NAMED.captures_iter(text) {
            let (Some(all), Some(name)) = (c.get(0), c.get(1)) else { continue };
            let Some(n) = value(&c[3]) else { continue };
            out.judge();
            // A rule or notice cited with its own annex is not ours; one unnumbered annex may be the one meant.
            let foreign = text[..all.start()].ends_with(['》', '〕', '号']) || text[name.end()..].starts_with("《");
            let kinds = attachments.iter().filter(|a| a.1 == n).count();
            if foreign || kinds > 0 || (attachments.is_empty() && (n == 1 && unnumbered > 0 || unnumbered > 1)) {
                continue;
            }
            // A document that ends before its annexes may have them in files of their own.
            let level = if attachments.is_empty() && unnumbered == 0 && n == 1 { Level::Info } else { Level::Warning };
            out.report_at(
                level,
                p.folded.span(clause(text, all.start(), name.end())),
                Bilingual::new(format!("文中提到{}，文末没有", name.as_str()), format!("{} is referred to but does not exist", name.as_str())),
                Bilingual::new("请补上该附件，或更正编号。", "Add it or correct its number."),
            );
        }
        for c in PART.captures_iter(text) {
            let (Some(all), Some(n)) = (c.get(0), value(&c[3])) else { continue };
            if parts.is_empty() {
                continue;
            }
            out.judge();
            if parts.contains(&n) {
                continue;
            }
            out.report(
                p.folded.span(all.range()),
                Bilingual::new(format!("文中提到{}，全文没有这一部分", &c[2]), format!("{} is referred to but there is no such part", &c[2])),
                Bilingual::new("请更正编号，或补上该部分的标题。", "Correct the number or add the heading."),
            );
        }
    }
}

/// From the reference back to the start of its clause, at most 20 characters.
fn clause(text: &str, start: usize, end: usize) -> std::ops::Range<usize> {
    let from = text[..start.max(1).min(end)].rfind(['，', '。', '；', '：']).map_or(0, |i| i + 3).max(start);
    from..end
}

/// Numbered attachments and parts that head a paragraph or a cell anywhere, and how many attachments have no number.
fn present(cx: &Context<'_>) -> (BTreeSet<(String, u64)>, BTreeSet<u64>, usize) {
    let (mut attachments, mut parts, mut unnumbered) = (BTreeSet::new(), BTreeSet::new(), 0);
    let report = cx.report;
    let titles = report.tables.iter().map(|t| t.name.clone()).chain(report.forms.iter().map(|f| f.heading.clone()));
    let pieces: Vec<String> = cx.printed().iter().map(|f| f.text().to_owned()).chain(titles).collect();
    for text in &pieces {
        if let Some(c) = HEAD.captures(text) {
            attachments.extend(value(&c[2]).map(|n| (c[1].to_owned(), n)));
        } else if matches!(text.as_str(), "附件" | "附件：" | "附表" | "附表：") {
            unnumbered += 1;
        }
        if let Some(c) = PART_HEAD.captures(text) {
            parts.extend(value(&c[1]));
        }
    }
    (attachments, parts, unnumbered)
}

fn value(digits: &str) -> Option<u64> {
    digits.parse().ok().or_else(|| parse_numeral(digits))
}
