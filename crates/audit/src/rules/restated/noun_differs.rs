//! R0204: one number of two different things.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};

use super::passage::{common_end, han};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "R0204",
    name: "counted-thing-differs",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "同一事项的计量对象不一致", en: "One number counted in two different things" },
    why: Fixed {
        zh: "同一活动一处写“4支代表队”，一处写“4名选手”，必有一处写错了对象。",
        en: "Four teams in one place and four contestants in another: one of them counts the wrong thing.",
    },
    source: "3.9",
    check,
};

/// Characters that the words after both numbers must share: the name of the occasion.
const SHARED_MIN: usize = 12;

/// Units that count groups and units that count persons.
const GROUPS: [&str; 3] = ["支", "队", "组"];
const PERSONS: &str = "人";

fn check(cx: &Context<'_>, out: &mut Sink) {
    let passages = cx.counts();
    for (i, b) in passages.iter().enumerate() {
        for a in &passages[..i] {
            let mixed = |x: &str, y: &str| x == PERSONS && GROUPS.contains(&y);
            let same_place = a.fact.paragraph == b.fact.paragraph && a.fact.paragraph.is_some();
            if same_place || !(mixed(&a.group, &b.group) || mixed(&b.group, &a.group)) {
                continue;
            }
            let same_verb = han(common_end(&a.before, &b.before)) >= 2;
            if !same_verb {
                continue;
            }
            let occasion = tail_in_common(&a.after, &b.after);
            if occasion < SHARED_MIN || a.qualifiers != b.qualifiers {
                continue;
            }
            out.judge();
            if a.fact.value.printed.value() != b.fact.value.printed.value() {
                continue;
            }
            out.report(
                b.fact.clause,
                Bilingual::new(
                    format!("同一活动此处计 {}，别处计 {}", b.fact.value.show(), a.fact.value.show()),
                    format!("the same occasion counts {} here and {} elsewhere", b.fact.value.show(), a.fact.value.show()),
                ),
                Bilingual::new("核对是队数还是人数。", "Check whether groups or people were counted."),
            )
            .against(a.fact.clause)
            .numbers(b.fact.value.show(), a.fact.value.show());
        }
    }
}

/// Length of the longest stretch of Chinese characters that ends both strings' names of the occasion.
fn tail_in_common(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    (0..a.len())
        .map(|i| a[i..].iter().collect::<String>())
        .find(|tail| b.contains(tail.as_str()))
        .map_or(0, |tail| han(&tail))
}
