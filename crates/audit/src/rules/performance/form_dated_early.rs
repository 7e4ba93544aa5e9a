//! F0536: a form dated before its year was over.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};

use super::dates::day_at;

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0536",
    name: "form-dated-before-year-end",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "填报日期早于所评年度结束", en: "A form dated before its year was over" },
    why: Fixed {
        zh: "年度自评在年度终了后进行；填报日期在当年年内，日期或年度写错了。",
        en: "A year is evaluated after it is over; a date within it is a slip.",
    },
    source: "PR-1, TX-1",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    // Monitoring during the year has forms of its own; only forms with results are evaluations.
    let forms = report.forms.iter().filter(|f| f.indicators.iter().any(|i| i.actual.is_some() || i.score.is_some()));
    for form in forms {
        let Some(heading) = form.heading_span else { continue };
        let Some(year) = year_in(&form.heading).or(report.identity.fiscal_year) else { continue };
        if form.heading.contains("监控") {
            continue;
        }
        let near = report.paragraphs.iter().filter(|p| p.span.start >= heading.start && form.span.is_none_or(|s| p.span.start < s.start));
        for p in near.take(3) {
            let text = p.folded.text();
            let Some(label) = ["填报日期", "填表日期", "填报时间"].iter().find_map(|w| text.find(w)) else { continue };
            let Some(month) = text[label..].find('月').map(|m| label + m) else { continue };
            let Some((day, start)) = day_at(text, month) else { continue };
            out.judge();
            if day.year.is_none_or(|y| y > year || (y == year && day.month >= 12)) {
                continue;
            }
            let end = text[month..].find('日').map_or(month + '月'.len_utf8(), |d| month + d + '日'.len_utf8());
            let span = p.folded.span(start..end.min(text.len()));
            out.report(
                span,
                Bilingual::new(
                    format!("{year}年度的自评表，填报日期写{}，年度尚未结束", report.words(span)),
                    format!("the form evaluates {year} but is dated {}, before the year was over", report.words(span)),
                ),
                Bilingual::new("请核对填报日期或年度。", "Check the date or the year."),
            )
            .against(super::reading::tight_span(report, heading, 40));
        }
    }
}

fn year_in(heading: &str) -> Option<u16> {
    let at = heading.find('年')?;
    heading.get(at.checked_sub(4)?..at)?.parse().ok().filter(|y| (2000..2100).contains(y))
}
