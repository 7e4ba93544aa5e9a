//! D0603: annex tables that are only named.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "D0603",
    name: "annex-tables-absent",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "附表只有名称没有表", en: "Annex tables that are only named" },
    why: Fixed {
        zh: "“附表”一章列出各张表的名称，后面却一张表也没有，公开内容不完整。",
        en: "A chapter of annex tables that lists their names and holds none of them is incomplete.",
    },
    source: "FD-1",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for (i, part) in report.sections.iter().enumerate() {
        let table_part = part.level == 1 && (part.title.contains("附表") || part.title.contains("决算表") || part.title.contains("报表"));
        if !table_part {
            continue;
        }
        let listed: Vec<_> = report
            .sections
            .iter()
            .filter(|s| s.parent.is_some_and(|p| p as usize == i) && s.title.ends_with('表'))
            .collect();
        if listed.len() < 3 {
            continue;
        }
        out.judge();
        // Tables that follow, numbers, notes or pictures: anything but the list of names.
        let last = listed.iter().map(|s| s.span.end).max().unwrap_or(part.span.end);
        let rest = report.text.get(last as usize..part.extent.end as usize).unwrap_or_default();
        let between = report.text.get(part.span.end as usize..last as usize).unwrap_or_default();
        let names: usize = listed.iter().map(|s| s.span.len()).sum();
        let only_names = between.split_whitespace().map(str::len).sum::<usize>() < names + listed.len() * 40;
        let follows = rest.split_whitespace().next().is_some() || report.tables.iter().any(|t| part.extent.contains(t.span) || t.kind.is_some());
        if follows || !only_names || between.contains("单位：") {
            continue;
        }
        out.report(
            part.span,
            Bilingual::new(
                format!("“{}”列出 {} 张表的名称，没有一张表的内容", part.title, listed.len()),
                format!("“{}” names {} tables and holds none of them", part.title, listed.len()),
            ),
            Bilingual::new("请附上各表，空表也应列出并注明。", "Add the tables; an empty one is printed with a note."),
        )
        .against(listed[0].span)
        .against(listed[listed.len() - 1].span);
    }
}
