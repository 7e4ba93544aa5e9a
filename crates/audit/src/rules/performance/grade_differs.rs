//! F0525: a grade that does not belong to its score.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_facts::{Paragraph, Report, Role};
use keqiao_quantity::Decimal;
use keqiao_source::Span;

use super::grades::{Grade, grades, scores};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0525",
    name: "grade-differs-from-score",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "评价等级与得分不对应", en: "A grade that does not belong to its score" },
    why: Fixed {
        zh: "得分90分以上为优、80分以上为良、60分以上为中、60分以下为差；等级与得分必有一个写错。",
        en: "90 and more is 优, 80 良, 60 中, below 差; score or grade is wrong.",
    },
    source: "PR-23",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for p in report.paragraphs.iter().filter(|p| p.role == Role::Body) {
        let text = p.folded.text();
        for (word, range) in grades(text) {
            let Some(grade) = Grade::of(word) else { continue };
            // The score that the grade belongs to stands in the same sentence, before it.
            let sentence = text[..range.start].rfind(['。', '；']).map_or(0, |i| i + '。'.len_utf8());
            let near = |s: &(Decimal, std::ops::Range<usize>)| text[sentence + s.1.end..range.start].chars().count() <= 12 && s.0 >= Decimal::from(40);
            let score = scores(&text[sentence..range.start]).pop().filter(near);
            match score {
                Some((score, at)) => {
                    out.judge();
                    let at = sentence + at.start..sentence + at.end;
                    judge(report, p, (grade, p.folded.span(range)), (score, p.folded.span(at)), out);
                }
                None => overall(report, p, (grade, range), out),
            }
        }
    }
    for form in &report.forms {
        let (Some(cell), Some((score, at))) = (&form.grade, form.total) else { continue };
        let Some(grade) = Grade::of(&cell.text) else { continue };
        out.judge();
        place(states_scale(report), (grade, cell.span), (score.value(), at), out);
    }
}

/// “自评等级均为…” without a score: all forms have one.
fn overall(report: &Report, p: &Paragraph, (grade, range): (Grade, std::ops::Range<usize>), out: &mut Sink) {
    let totals: Vec<_> = report.forms.iter().filter_map(|f| f.total).collect();
    let text = p.folded.text();
    if totals.is_empty() || totals.len() != report.forms.len() || !text[..range.start].ends_with("均为") {
        return;
    }
    out.judge();
    let wrong = totals.iter().filter(|t| Grade::national(t.0.value()) != grade).count();
    if wrong == totals.len() {
        let level = if grade < Grade::national(totals[0].0.value()) { Level::Warning } else { Level::Info };
        finding(level, (grade, p.folded.span(range)), (totals[0].0.value(), totals[0].1), out);
    }
}

fn judge(report: &Report, p: &Paragraph, grade: (Grade, Span), score: (Decimal, Span), out: &mut Sink) {
    let own = p.folded.text().contains("为优") && p.folded.text().contains("90");
    place(own || states_scale(report), grade, score, out);
}

/// Whether the report itself says which scores make which grade, in the national way.
fn states_scale(report: &Report) -> bool {
    let says = |t: &str| ["90分（含）以上为优", "90分以上为优", "90-100分为优", "90—100分为优", "≥90为优", "90分及以上为优"].iter().any(|w| t.contains(w));
    report.paragraphs.iter().any(|p| says(p.folded.text()))
}

fn place(stated: bool, grade: (Grade, Span), score: (Decimal, Span), out: &mut Sink) {
    let right = Grade::national(score.0);
    if right == grade.0 || score.0 > Decimal::ONE_HUNDRED {
        return;
    }
    // Some provinces shift the bands by one step; two steps, or a lower grade than the score earns, no scale gives.
    let step = (right as i8 - grade.0 as i8).abs();
    let level = match (stated, step, grade.0 < right) {
        (true, _, _) => Level::Error,
        (_, 2.., _) => Level::Error,
        (_, _, true) if right == Grade::Excellent => Level::Warning,
        _ => Level::Info,
    };
    finding(level, grade, score, out);
}

fn finding(level: Level, grade: (Grade, Span), score: (Decimal, Span), out: &mut Sink) {
    let right = Grade::national(score.0);
    let shown = score.0.normalize();
    out.report_at(
        level,
        grade.1,
        Bilingual::new(
            format!("得分{shown}分对应的等级是“{}”，文中写“{}”", right.word(), grade.0.word()),
            format!("a score of {shown} is “{}”, the text says “{}”", right.word(), grade.0.word()),
        ),
        Bilingual::new("请核对得分和等级。", "Check score and grade."),
    )
    .against(score.1)
    .numbers(grade.0.word(), right.word());
}
