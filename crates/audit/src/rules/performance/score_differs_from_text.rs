//! F0533: a score that differs between text and form.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_facts::{Paragraph, Role, TargetForm};
use keqiao_quantity::{Decimal, Printed};
use keqiao_source::Span;

use super::grades::scores;
use super::reading::{is_overall, title};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0533",
    name: "score-differs-between-text-and-form",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "自评得分文中与表中不同", en: "A score that differs between text and form" },
    why: Fixed {
        zh: "同一张自评表只有一个总分。",
        en: "A form has one total.",
    },
    source: "PR-22, PR-28",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let forms: Vec<(&TargetForm, (Printed, Span))> = cx.report.forms.iter().filter_map(|f| Some((f, f.total?))).collect();
    let overall: Vec<_> = forms.iter().filter(|f| is_overall(f.0)).collect();
    for p in cx.report.paragraphs.iter().filter(|p| p.role == Role::Body) {
        let unique = |f: &TargetForm| forms.iter().filter(|g| g.0.project == f.project).count() == 1;
        for (form, total) in forms.iter().filter(|f| f.0.project.chars().count() >= 3 && unique(f.0)) {
            if let Some((score, span)) = named(p, &form.project) {
                judge(form, *total, (score, span), out);
            }
        }
        let text = p.folded.text();
        // The department's own score: said of the whole, and not of one project or by somebody else.
        let whole = text.contains("整体") && !["第三方", "财政局", "重点评价", "其中"].iter().any(|w| text.contains(w));
        if let ([(form, total)], true) = (&overall[..], whole)
            && let [(score, range)] = &scores(text)[..]
                && (text[..range.start].ends_with("自评") || text[range.clone()].contains("自评") || text[..range.start].ends_with("自评得分")) {
                    judge(form, *total, (*score, p.folded.span(range.clone())), out);
                }
    }
}

/// `科普经费98.40分`, `科普经费自评得分98.40分`.
fn named(p: &Paragraph, project: &str) -> Option<(Decimal, Span)> {
    let text = p.folded.text();
    let (at, word) = text.match_indices(project).next()?;
    let from = at + word.len();
    let rest = ["自评得分为", "自评得分", "得分为", "得分", "自评", "为", "（", "："].iter().fold(&text[from..], |r, w| r.strip_prefix(w).unwrap_or(r));
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    if !rest[end..].starts_with('分') {
        return None;
    }
    let start = text.len() - rest.len();
    Some((rest[..end].parse().ok()?, p.folded.span(start..start + end + '分'.len_utf8())))
}

fn judge(form: &TargetForm, total: (Printed, Span), (score, span): (Decimal, Span), out: &mut Sink) {
    out.judge();
    if score == total.0.value() {
        return;
    }
    let shown = score.normalize();
    // A score rounded to fewer digits is the same score.
    let rounded = Printed::round(total.0.value(), score.scale()).value() == score;
    out.report_at(
        if rounded { Level::Info } else { Level::Error },
        span,
        Bilingual::new(format!("{}文中自评得分{shown}分，表中总分{}分", title(form), total.0), format!("{}: {shown} in the text, {} in the form", title(form), total.0)),
        Bilingual::new("请核对两处得分。", "Check both scores."),
    )
    .against(total.1)
    .numbers(shown.to_string(), total.0.to_string());
}
