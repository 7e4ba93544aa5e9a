//! A0117: numbers of projects by band that do not make the number evaluated.

use keqiao_diag::Level;
use keqiao_facts::{Fact, Report};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{Decimal, Kind};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0117",
    name: "bands-differ-from-projects",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "各等级项目数之和与自评项目数不符", en: "Projects by band that do not make the number evaluated" },
    why: Fixed {
        zh: "优、良、中（合格）、差（不合格）各等级项目数之和应等于自评项目数。",
        en: "The projects of all bands make the projects evaluated.",
    },
    source: "CK-22",
    check,
};

fn band(label: &str) -> Option<&'static str> {
    // 自评等级为优的9个、良的2个
    let bare = label.trim_start_matches(['，', '、']);
    if let Some(b) = ["优", "良", "中", "差"].into_iter().find(|b| bare == format!("{b}的") || (bare.contains("等级") || bare.contains("评级")) && (bare.ends_with(&format!("为{b}的")) || bare.ends_with(&format!("为{b}")))) {
        return Some(b);
    }
    if !label.contains("项目") && !label.contains("等级") && !label.contains("评级") && !label.contains("为“") {
        return None;
    }
    ["“不合格”", "“合格”", "“优秀”", "“优”", "“良好”", "“良”", "“中”", "“差”", "“一般”", "“较差”"].into_iter().find(|b| label.contains(b))
}

/// Runs of facts of one paragraph that count projects by band.
fn runs(report: &Report) -> Vec<Vec<&Fact>> {
    let mut runs: Vec<Vec<&Fact>> = Vec::new();
    for f in report.facts.iter().filter(|f| f.value.kind() == Kind::Count && band(&f.label).is_some()) {
        match runs.last_mut() {
            Some(run) if run[0].paragraph == f.paragraph && f.paragraph.is_some() => run.push(f),
            _ => runs.push(vec![f]),
        }
    }
    runs
}

/// 对12个项目开展了绩效自评: the words after the number say what was done with them.
fn evaluated_after(report: &Report, f: &Fact) -> bool {
    let after: String = report.text.get(f.span.end as usize..).unwrap_or("").chars().take(14).collect();
    let clause = after.split(['，', '。', '；', ',']).next().unwrap_or("");
    clause.starts_with("项目") && (matches!(clause, "项目" | "项目中") || ["自评", "评价", "绩效"].iter().any(|w| clause.contains(w)))
}

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for run in runs(report).into_iter().filter(|r| r.len() > 1) {
        // The whole: the last number of projects before the first band that were evaluated.
        let whole = report.facts[..run[0].id.0 as usize].iter().rev().take_while(|f| f.paragraph == run[0].paragraph).find(|f| {
            f.value.kind() == Kind::Count && matches!(f.value.unit.base_name().as_str(), "个" | "项") && (["自评", "评价"].iter().any(|w| f.label.contains(w)) || evaluated_after(report, f))
        });
        let Some(whole) = whole else {
            out.lack();
            continue;
        };
        out.judge();
        let sum: Decimal = run.iter().map(|f| f.value.printed.value()).sum();
        if sum == whole.value.printed.value() {
            continue;
        }
        out.report(
            whole.clause,
            Bilingual::new(
                format!("自评项目 {}，各等级之和为 {sum}", whole.value.show()),
                format!("{} evaluated, but the bands make {sum}", whole.value.show()),
            ),
            Bilingual::new("核对自评项目数与各等级项目数。", "Check the number evaluated and the number in each band."),
        )
        .against_all(run.iter().map(|f| f.clause))
        .numbers(whole.value.show(), crate::show(sum));
    }
}
