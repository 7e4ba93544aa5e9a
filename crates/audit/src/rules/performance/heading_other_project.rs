//! F0527: a heading that names another project than the form.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};

use super::reading::tight_span;

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0527",
    name: "heading-naming-other-project",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "表的标题与表内项目名称不一致", en: "A heading that names another project than the form" },
    why: Fixed {
        zh: "标题写甲项目、表内是乙项目，说明标题或表放错了位置。",
        en: "A heading for one project over the form of another: one of them is in the wrong place.",
    },
    source: "TX-8",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        let (Some(named), Some(heading), Some(span)) = (&form.heading_project, form.heading_span, form.project_span) else { continue };
        if form.project.is_empty() || heading.contains(span) {
            continue;
        }
        out.judge();
        let (a, b) = (core(named), core(&form.project));
        if a.is_empty() || b.is_empty() || a.contains(&b) || b.contains(&a) || kinship(&a, &b) {
            continue;
        }
        out.report(
            tight_span(cx.report, heading, 60),
            Bilingual::new(
                format!("标题是“{named}”，表内项目名称是“{}”", form.project),
                format!("the heading names “{named}”, the form is of “{}”", form.project),
            ),
            Bilingual::new("请核对标题与表是否对应。", "Check whether heading and form belong together."),
        )
        .against(tight_span(cx.report, span, 40))
        .numbers(named.clone(), form.project.clone());
    }
}

/// A project's name without what all names have.
fn core(name: &str) -> String {
    let mut core = name.to_owned();
    for word in ["项目", "经费", "专项", "资金", "工作", "年度", "省级", "市级", "县级", "区级", "中央", "支出"] {
        core = core.replace(word, "");
    }
    core.chars().filter(|c| c.is_alphanumeric() && !c.is_ascii_digit()).collect()
}

/// Whether half of the shorter name stands in the other.
fn kinship(a: &str, b: &str) -> bool {
    let shorter = a.chars().count().min(b.chars().count());
    let shared = a.chars().filter(|c| b.contains(*c)).count();
    shared * 2 >= shorter
}
