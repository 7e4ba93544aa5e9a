//! A0110: a direction word that the two values contradict.

use keqiao_diag::Level;
use keqiao_facts::Direction;
use keqiao_i18n::{Bilingual, Fixed};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0110",
    name: "direction-contradicting-values",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "增减方向与数字相反", en: "A direction word that the values contradict" },
    why: Fixed {
        zh: "写“增加”而本年数小于上年数，或写“减少”而本年数大于上年数。",
        en: "“Increase” where this year is less than last year, or the other way round.",
    },
    source: "3.8",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for change in &report.relations.changes {
        let (Some(current), Some(base)) = (change.current, change.base) else { continue };
        let (current, base) = (report.fact(current), report.fact(base));
        if current.value.unit != base.value.unit {
            out.lack();
            continue;
        }
        out.judge();
        let (c, b) = (current.value.interval(), base.value.interval());
        let wrong = match change.direction {
            Direction::Up => c.high < b.low,
            Direction::Down => c.low > b.high,
            Direction::Flat => !c.meets(b),
        };
        if !wrong {
            continue;
        }
        let (zh, en) = if c.low > b.high { ("增加", "an increase") } else { ("减少", "a decrease") };
        out.report(
            change.word,
            Bilingual::new(
                format!("{} 比 {} 是{zh}，文中写“{}”", current.value.show(), base.value.show(), report.words(change.word)),
                format!("{} against {} is {en}; the text says “{}”", current.value.show(), base.value.show(), report.words(change.word)),
            ),
            Bilingual::new("改正增减方向，或核对两年数字。", "Correct the direction, or check the two values."),
        )
        .against(current.span)
        .against(base.span)
        .numbers(report.words(change.word), zh);
    }
}
