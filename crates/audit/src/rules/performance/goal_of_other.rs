//! F0532: a goal that is about another subject.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};

use super::reading::{tight, title};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0532",
    name: "goal-of-other-subject",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "年度目标写的是别的事", en: "A goal that is about another subject" },
    why: Fixed {
        zh: "接待费项目的目标写公务用车、车辆项目的目标写接待，说明目标照搬了别的表。",
        en: "A goal about vehicles in the form for receptions was copied from another form.",
    },
    source: "PR-5",
    check,
};

/// Subjects that exclude each other, with the words that tell them.
const SUBJECTS: &[(&str, &[&str])] = &[
    ("公务接待", &["接待"]),
    ("公务用车", &["用车", "车辆", "汽车", "油耗"]),
    ("因公出国", &["出国", "出境", "境外"]),
    ("办公用房", &["办公用房", "物业", "大楼", "水电"]),
];

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        let mut own = SUBJECTS.iter().filter(|s| s.1.iter().any(|w| form.project.contains(w)));
        let (Some(own), None) = (own.next(), own.next()) else { continue };
        for goal in form.goals.iter().filter_map(|g| g.expected.as_ref()) {
            out.judge();
            if own.1.iter().any(|w| goal.text.contains(w)) {
                continue;
            }
            let Some(other) = SUBJECTS.iter().find(|s| s.1.iter().any(|w| goal.text.contains(w))) else { continue };
            out.report(
                tight(cx.report, goal),
                Bilingual::new(
                    format!("{}的年度目标写的是{}，与项目无关", title(form), other.0),
                    format!("{}: the goal is about another subject ({})", title(form), other.0),
                ),
                Bilingual::new("请改写为本项目的目标。", "Write the goal of this project."),
            );
        }
    }
}
