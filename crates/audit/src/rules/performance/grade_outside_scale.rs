//! F0524: a grade that is not one of the scale.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_facts::Role;

use super::grades::{Grade, grades};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0524",
    name: "grade-outside-scale",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "评价等级不在规定的等次之内", en: "A grade that is not one of the scale" },
    why: Fixed {
        zh: "绩效评价等次为优、良、中、差（有的省市用优秀、良好、合格、不合格）；写“好”“较好”，不是评价等级。",
        en: "Grades are 优, 良, 中, 差 (some provinces: 优秀, 良好, 合格, 不合格); “good” is no grade.",
    },
    source: "PR-23",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let prose = report.paragraphs.iter().filter(|p| p.role == Role::Body);
    let stated = prose.flat_map(|p| grades(p.folded.text()).into_iter().map(|(word, range)| (word.to_owned(), p.folded.span(range))));
    let formed = report.forms.iter().filter_map(|f| f.grade.as_ref()).map(|g| (g.text.clone(), g.span));
    for (word, span) in stated.chain(formed).collect::<Vec<_>>() {
        out.judge();
        if !["好", "较好", "很好", "优良", "满意", "基本满意", "比较满意", "尚可"].contains(&word.as_str()) || Grade::of(&word).is_some() {
            continue;
        }
        out.report(
            span,
            Bilingual::new(format!("评价等级写“{word}”，不是规定的等次（优、良、中、差）"), format!("“{word}” is not a grade of the scale (优, 良, 中, 差)")),
            Bilingual::new("请按得分对应的等次填写。", "Use the grade that belongs to the score."),
        );
    }
}
