//! F0531: a budget or execution that differs between text and form.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_facts::{Paragraph, Report, Role, TargetForm, Value};
use keqiao_quantity::{Decimal, Kind, scan};
use keqiao_source::Span;

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0531",
    name: "form-amount-differs-from-text",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "同一项目的预算数、执行数，文中与表中不同", en: "A budget or execution that differs between text and form" },
    why: Fixed {
        zh: "同一个项目同一年的预算数和执行数只有一个；文中与自评表不同，必有一处写错。",
        en: "A project has one budget and one execution a year; where text and form differ, one is wrong.",
    },
    source: "PR-28, TX-6",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for p in cx.report.paragraphs.iter().filter(|p| p.role == Role::Body) {
        let Some(form) = form_of(cx.report, p) else { continue };
        let Some(total) = form.amounts.first() else { continue };
        let text = p.folded.text();
        for n in scan(text).iter().filter(|n| n.unit.kind == Kind::Money && n.per.is_none() && n.bound.is_none() && !n.approx) {
            let lead = text[..n.range.start].trim_end_matches(['为', '是', '：', '共']);
            let side = if ["全年预算数", "项目预算数", "，预算数"].iter().any(|w| lead.ends_with(w)) {
                ("预算数", "budget", &total.budget)
            } else if ["执行数", "全年执行"].iter().any(|w| lead.ends_with(w)) {
                ("执行数", "execution", &total.executed)
            } else {
                continue;
            };
            let (zh, en, Some(amount)) = side else { continue };
            out.judge();
            judge(p.folded.span(n.range.clone()), &Value::from(n), amount, (&form.project, zh, en), out);
        }
    }
}

fn judge(here: Span, stated: &Value, amount: &(Value, Span), (project, zh, en): (&str, &str, &str), out: &mut Sink) {
    // A form that forgets to say 元 is not judged here.
    let other_unit = stated.printed.value() * Decimal::from(10_000) == amount.0.printed.value();
    if stated.interval().meets(amount.0.interval()) || other_unit {
        return;
    }
    out.report(
        here,
        Bilingual::new(
            format!("“{project}”的{zh}，文中是{}，自评表是{}", stated.show(), amount.0.show()),
            format!("{en} of “{project}”: {} in the text, {} in the form", stated.show(), amount.0.show()),
        ),
        Bilingual::new("请核对两处金额。", "Check both amounts."),
    )
    .against(amount.1)
    .numbers(stated.show(), amount.0.show());
}

/// The one form whose project the paragraph is about: named at its beginning, and no other form's.
fn form_of<'r>(report: &'r Report, p: &Paragraph) -> Option<&'r TargetForm> {
    let text = p.folded.text();
    let named = |f: &&TargetForm| f.project.chars().count() >= 3 && text.find(&f.project).is_some_and(|at| text[..at].chars().count() <= 12);
    let mut found: Vec<&TargetForm> = report.forms.iter().filter(named).collect();
    found.sort_by_key(|f| std::cmp::Reverse(f.project.len()));
    let (first, rest) = found.split_first()?;
    let twice = report.forms.iter().filter(|f| f.project == first.project).count() > 1;
    (!twice && rest.iter().all(|f| first.project.contains(&f.project))).then_some(first)
}
