//! A0104: a change that is not the difference of the two values printed with it.

use keqiao_diag::Level;
use keqiao_facts::Direction;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::change_agrees;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0104",
    name: "change-differs-from-difference",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "增减额与两年数之差不符", en: "A change that is not the difference of the values beside it" },
    why: Fixed {
        zh: "本年数减上年数即增减额，三个数并列时必须相符。",
        en: "This year minus last year is the change; printed side by side the three must agree.",
    },
    source: "3.2, FD-12",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for change in &report.relations.changes {
        let (Some(current), Some(base), Some(delta)) = (change.current, change.base, change.delta) else { continue };
        let (current, base, delta) = (report.fact(current), report.fact(base), report.fact(delta));
        if current.value.unit != base.value.unit || delta.value.unit != base.value.unit || change.direction == Direction::Flat {
            out.lack();
            continue;
        }
        out.judge();
        let up = change.direction == Direction::Up;
        if change_agrees(current.value.printed, base.value.printed, delta.value.printed, up) {
            continue;
        }
        let difference = (current.value.printed.value() - base.value.printed.value()).abs();
        let wrong_way = (current.value.printed.value() > base.value.printed.value()) != up;
        if wrong_way {
            continue; // A0110 says that.
        }
        out.report(
            delta.clause,
            Bilingual::new(
                format!("增减额应为 {difference}{}，文中写 {}：{} 与 {} 之差", delta.value.unit.name, delta.value.show(), current.value.show(), base.value.show()),
                format!("the change is {difference}{}, not {}: the difference of {} and {}", delta.value.unit.name, delta.value.show(), current.value.show(), base.value.show()),
            ),
            Bilingual::new("核对本年数、上年数和增减额。", "Check this year's value, last year's value and the change."),
        )
        .against(current.span)
        .against(base.span)
        .numbers(delta.value.show(), format!("{difference}{}", delta.value.unit.name));
    }
}
