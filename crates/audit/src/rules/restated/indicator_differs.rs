//! R0216: an indicator’s actual value that the text states otherwise.

use keqiao_diag::Level;
use keqiao_facts::Report;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{Decimal, Kind, scan};
use keqiao_source::Folded;

use super::passage::{compatible, han, passage, same_unit};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "R0216",
    name: "indicator-differs-from-text",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "绩效表完成值与正文不一致", en: "An indicator’s actual value that the text states otherwise" },
    why: Fixed {
        zh: "绩效表里填的完成值，与工作总结、评价报告里的同一数字应一致。",
        en: "The value in the target form and the one in the report are the same thing.",
    },
    source: "PR-28",
    check,
};

/// Characters that an indicator's name must have for its words to be recognised in prose.
const NAME_MIN: usize = 4;

/// Words of a plan, or of a part of the year.
const PARTIAL: [&str; 12] = ["计划", "拟", "目标", "力争", "预计", "其中", "上半年", "下半年", "季度", "上年", "去年", "新增"];

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for form in &report.forms {
        for row in &form.indicators {
            let (Some(name), Some(actual)) = (&row.level3, &row.actual) else { continue };
            // One number, alone in its cell: a sentence is compared by its own words (R0203).
            let numbers = scan(&actual.text);
            let [number] = numbers.as_slice() else { continue };
            if number.kind() != Kind::Count || number.unit.name.is_empty() || number.bound.is_some() || actual.text.len() > number.range.len() + 9 {
                continue;
            }
            let core = core(&name.text);
            if han(core) < NAME_MIN {
                continue;
            }
            let Some(fact) = report.facts.iter().find(|f| actual.span.contains(f.span)) else { continue };
            for said in statements(report, core).filter(|f| same_unit(f, fact) && f.value.bound.is_none()) {
                out.judge();
                if compatible(fact, said) || agrees_somewhere(report, core, fact) {
                    continue;
                }
                out.report(
                    fact.span,
                    Bilingual::new(
                        format!("“{core}”表中完成 {}，正文写 {}", fact.value.show(), said.value.show()),
                        format!("“{core}” is {} in the form and {} in the text", fact.value.show(), said.value.show()),
                    ),
                    Bilingual::new("核对原始记录，统一为一个数。", "Check the records and give one number."),
                )
                .against(said.clause)
                .numbers(fact.value.show(), said.value.show());
            }
        }
    }
}

/// 科普大篷车进乡镇场次 → 科普大篷车进乡镇: without the words that say how it is counted.
fn core(name: &str) -> &str {
    let mut core = name.trim_start_matches(|c: char| c.is_ascii_digit() || "指标：、.".contains(c));
    for head in ["开展", "举办", "组织", "完成", "新建", "建设"] {
        core = core.strip_prefix(head).unwrap_or(core);
    }
    for tail in ["次数", "场次", "人次", "人数", "数量", "期数", "场数", "个数", "数", "情况", "活动"] {
        core = core.strip_suffix(tail).unwrap_or(core);
    }
    core
}

/// Counts of the prose whose clause says the indicator's name right before or after the number.
fn statements<'r>(report: &'r Report, core: &'r str) -> impl Iterator<Item = &'r keqiao_facts::Fact> {
    report.facts.iter().filter(move |f| {
        f.paragraph.is_some() && f.value.kind() == Kind::Count && f.direction.is_none() && (!f.value.spelled || f.value.printed.value() > Decimal::TEN) && f.year.is_none_or(|y| y == report.year()) && !PARTIAL.iter().any(|w| f.label.contains(w)) && {
            let label = Folded::new(&f.label, 0);
            let near = label.text().replace(['“', '”'], "");
            near.ends_with(core) || near.contains(core) && near.len() < core.len() + 24 || passage(report, f).after.starts_with(core)
        }
    })
}

/// Whether some statement agrees with the form: then the others speak of parts or other periods.
fn agrees_somewhere(report: &Report, core: &str, fact: &keqiao_facts::Fact) -> bool {
    statements(report, core).any(|f| same_unit(f, fact) && compatible(f, fact))
}
