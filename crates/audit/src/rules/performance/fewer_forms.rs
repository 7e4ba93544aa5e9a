//! F0529: fewer forms than projects that were evaluated.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_facts::Role;
use keqiao_quantity::{Kind, scan};

use super::reading::is_overall;

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0529",
    name: "fewer-forms-than-stated",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "自评表的张数少于所说的项目数", en: "Fewer forms than projects that were evaluated" },
    why: Fixed {
        zh: "文中说对若干个项目开展了自评，自评表应当齐全；缺表的项目无法监督。",
        en: "Every project that was evaluated should have its form; what has none cannot be checked.",
    },
    source: "TX-8",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let forms = report.forms.iter().filter(|f| !is_overall(f) && f.indicators.iter().any(|i| i.target.is_some())).count();
    if forms == 0 {
        return;
    }
    for p in report.paragraphs.iter().filter(|p| p.role == Role::Body) {
        let text = p.folded.text();
        for n in scan(text).into_iter().filter(|n| n.unit.kind == Kind::Count && n.upper.is_none() && !n.approx) {
            let (before, after) = (&text[..n.range.start], &text[n.range.end..]);
            let after: String = after.chars().take(22).collect();
            let sheets = n.unit.name == "份" && before.ends_with("自评表") || n.unit.name == "张" && after.starts_with("自评表");
            let evaluated = n.unit.name == "个" && is_project(&after) && ["自评", "绩效评价", "绩效目标实际完成"].iter().any(|w| after.split('。').next().unwrap_or("").contains(w));
            if !sheets && !evaluated {
                continue;
            }
            out.judge();
            let Some(stated) = n.value.value().to_string().parse::<usize>().ok().filter(|s| *s > forms && *s < 500) else { continue };
            let level = if sheets { Level::Warning } else { Level::Info };
            out.report_at(
                level,
                p.folded.span(n.range.clone()),
                Bilingual::new(
                    format!("文中说{stated}个项目，报告中只有{forms}张绩效自评表"),
                    format!("the text speaks of {stated} projects, the report has {forms} forms"),
                ),
                Bilingual::new("请补齐自评表，或说明其余项目在哪里公开。", "Add the missing forms, or say where they are published."),
            )
            .numbers(stated.to_string(), forms.to_string());
        }
    }
}

fn is_project(after: &str) -> bool {
    let head: String = after.chars().take(8).collect();
    head.contains("项目")
}
