//! R0215: “none” in one place, an amount in another.

use keqiao_diag::Level;
use keqiao_facts::{Aspect, Measure};
use keqiao_i18n::{Bilingual, Fixed};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "R0215",
    name: "nothing-contradicted-by-amount",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "写“无”而别处有金额", en: "“None” in one place, an amount in another" },
    why: Fixed {
        zh: "正文写本年度无某项收支，别处却列有金额。",
        en: "The text says that there was none of it, another place gives an amount.",
    },
    source: "FD-9, FD-12",
    check,
};

/// What “none” may deny, and the measures that contradict it.
const DENIED: &[(&str, &[Measure])] = &[
    ("政府性基金", &[Measure::FundIncome, Measure::FundExpenditure]),
    ("国有资本经营预算", &[Measure::CapitalIncome, Measure::CapitalExpenditure]),
    ("因公出国", &[Measure::GoingAbroad]),
    ("公务用车购置及运行", &[Measure::Vehicles]),
    ("公务接待费", &[Measure::Reception]),
    ("政府采购支出", &[Measure::Procurement]),
];

/// 上年无…, 2021年没有…: said of another year.
fn of_another_year(words: &str, year: u16) -> bool {
    let named = words.match_indices('年').any(|(i, _)| words[..i].chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect::<String>().parse::<u16>().is_ok_and(|y| (2000..2100).contains(&y) && y != year));
    named || ["上年", "去年", "上一年", "往年"].iter().any(|w| words.contains(w))
}

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for p in &report.paragraphs {
        let text = p.folded.text();
        for mark in ["年度无", "年无", "没有", "部门无", "单位无", "未发生"] {
            for (at, _) in text.match_indices(mark) {
                let clause = text[at + mark.len()..].split(['，', '。', '；']).next().unwrap_or("");
                let Some((word, measures)) = DENIED.iter().find(|(w, _)| clause.starts_with(w) || clause.starts_with("使用") && clause.contains(w)) else { continue };
                let clause_start = text[..at].rfind(['，', '。', '；', '：']).map_or(0, |i| i + '，'.len_utf8());
                if of_another_year(&text[clause_start..at + mark.len()], report.year()) {
                    continue;
                }
                // “无政府性基金预算财政拨款安排的支出” denies both sides; a longer clause may deny only a part.
                if clause.chars().count() > 30 || clause.contains("预算安排") {
                    continue;
                }
                out.judge();
                let amount = report.facts.iter().find(|f| {
                    (f.measure.is_some_and(|m| measures.contains(&m)) || f.label.trim_start_matches("其中").trim_start_matches('：') == *word)
                        && f.aspect == Aspect::Actual && f.direction.is_none() && f.value.is_money() && !f.value.printed.is_zero() && f.year == Some(report.year())
                });
                let Some(amount) = amount else { continue };
                out.report(
                    p.folded.span(at..at + mark.len() + clause.len()),
                    Bilingual::new(format!("写“无{word}…”，别处列有 {}", amount.value.show()), format!("“none” here, {} elsewhere", amount.value.show())),
                    Bilingual::new("核对有无此项收支。", "Check whether there was any."),
                )
                .against(amount.clause)
                .numbers("0", amount.value.show());
            }
        }
    }
}
