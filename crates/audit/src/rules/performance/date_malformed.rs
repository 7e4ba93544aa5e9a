//! F0511: a completion date that lacks a word and reads as another date.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_facts::{CellText, Report};
use keqiao_source::{Folded, Span};

use super::dates::{Day, day_at};
use super::reading::name;

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0511",
    name: "completion-date-malformed",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "完成时间缺字，写成了另一个日期", en: "A completion date that lacks a word and reads as another date" },
    why: Fixed {
        zh: "“12月3前”缺“日”字，也可能是“12月30日前”漏了“0”。按字面读，实际完成就晚于目标。",
        en: "A date without 日 may also have lost a digit; read literally, the work was done after its deadline.",
    },
    source: "TX-10",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        for indicator in &form.indicators {
            let target = indicator.target.as_ref().and_then(|c| malformed(cx.report, c));
            let actual = indicator.actual.as_ref().and_then(|c| malformed(cx.report, c));
            if indicator.target.iter().chain(&indicator.actual).any(|c| c.text.contains('月')) {
                out.judge();
            }
            let later = match (&target, &actual) {
                (Some(t), Some(a)) => t.0.year == a.0.year && a.0 > t.0,
                _ => false,
            };
            let Some((_, first)) = target.as_ref().or(actual.as_ref()) else { continue };
            let words = |s: &Option<(Day, Span)>| s.as_ref().map(|s| cx.report.words(s.1).to_owned()).unwrap_or_default();
            let (zh, en) = if later {
                (
                    format!("“{}”的目标写“{}”、实际写“{}”：缺“日”字，按字面实际晚于目标", name(indicator), words(&target), words(&actual)),
                    format!("{}: target “{}”, actual “{}”: 日 is missing, and read literally the actual is later", name(indicator), words(&target), words(&actual)),
                )
            } else {
                let one = cx.report.words(*first);
                (format!("“{}”的日期“{one}”缺“日”字", name(indicator)), format!("{}: the date “{one}” lacks 日", name(indicator)))
            };
            let level = if later { Level::Error } else { Level::Warning };
            let report = out.report_at(level, *first, Bilingual::new(zh, en), Bilingual::new("请核对并补全日期。", "Check the date and complete it."));
            if let Some((_, span)) = actual.as_ref().filter(|a| a.1 != *first) {
                report.against(*span);
            }
        }
    }
}

/// `12月3前`, `12月30完成`: a month and a number without 日.
fn malformed(report: &Report, cell: &CellText) -> Option<(Day, Span)> {
    let folded = Folded::new(report.words(cell.span), cell.span.start as usize);
    let text = folded.text();
    for (at, _) in text.match_indices('月') {
        let after = &text[at + '月'.len_utf8()..];
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let rest = &after[digits..];
        let open = rest.is_empty() || ["前", "之前", "以前", "底", "完成", "止"].iter().any(|w| rest.starts_with(w));
        if !(1..=2).contains(&digits) || !open {
            continue;
        }
        if let Some((day, start)) = day_at(text, at) {
            let end = at + '月'.len_utf8() + digits + rest.chars().next().map_or(0, char::len_utf8);
            return Some((day, folded.span(start..end)));
        }
    }
    None
}
