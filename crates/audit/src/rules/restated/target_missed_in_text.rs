//! R0212: a target of the text that another statement falls short of.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{Bound, Kind};

use super::passage::{han, same_unit};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "R0212",
    name: "target-missed-in-text",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "文中目标与实际完成数不符", en: "A target that another statement of the text falls short of" },
    why: Fixed {
        zh: "一处写“达到3000人以上”，另一处写实际2883人，结论与事实对不上。",
        en: "“More than 3000” in one place, 2883 in another: the conclusion does not fit the facts.",
    },
    source: "PR-14, PR-28",
    check,
};

/// Characters of the thing counted that both labels must share.
const SHARED_MIN: usize = 5;

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let counts = || report.facts.iter().filter(|f| f.value.kind() == Kind::Count && f.paragraph.is_some() && f.value.per.is_none());
    for target in counts().filter(|f| matches!(f.value.bound, Some(Bound::AtLeast | Bound::MoreThan))) {
        for actual in counts().filter(|f| f.value.bound.is_none() && f.paragraph != target.paragraph && same_unit(f, target) && f.direction.is_none()) {
            let part = ["上半年", "下半年", "季度", "其中", "月"].iter().any(|w| actual.label.contains(w));
            if part || shared(&target.label, &actual.label) < SHARED_MIN {
                continue;
            }
            out.judge();
            let (t, a) = (target.value.interval(), actual.value.interval());
            // Far below the target it is a part or another thing, not a shortfall.
            if a.high >= t.low || a.high + a.high < t.low {
                continue;
            }
            out.report(
                target.clause,
                Bilingual::new(
                    format!("写“达到 {} 以上”，别处实际为 {}", target.value.show(), actual.value.show()),
                    format!("“at least {}” here, {} elsewhere", target.value.show(), actual.value.show()),
                ),
                Bilingual::new("按实际完成数改写，并说明未完成原因。", "State what was reached and why it fell short."),
            )
            .against(actual.clause)
            .numbers(target.value.show(), actual.value.show());
        }
    }
}

/// Longest run of Chinese characters in both labels.
fn shared(a: &str, b: &str) -> usize {
    let chars: Vec<char> = a.chars().collect();
    let mut best = 0;
    for i in 0..chars.len() {
        for j in i + best + 1..=chars.len() {
            let run: String = chars[i..j].iter().collect();
            if !b.contains(&run) {
                break;
            }
            best = best.max(han(&run));
        }
    }
    best
}
