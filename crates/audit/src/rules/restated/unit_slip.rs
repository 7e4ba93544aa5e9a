//! R0214: the same digits in 元 here and in 万元 there.

use keqiao_diag::Level;
use keqiao_facts::{Fact, Place};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::Decimal;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "R0214",
    name: "unit-slip",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "元与万元混用", en: "The same digits in yuan here and in ten thousands there" },
    why: Fixed {
        zh: "同样的数字一处写元、一处写万元，相差一万倍。",
        en: "The same digits in 元 and in 万元 differ ten thousand times.",
    },
    source: "TX-16",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let money: Vec<&Fact> = report.facts.iter().filter(|f| f.value.is_money() && f.value.per.is_none() && f.value.bound.is_none()).collect();
    for yuan in money.iter().filter(|f| f.value.unit.name == "元" && f.place == Place::Prose && f.value.printed.decimals() > 0 && f.value.printed.value() < Decimal::from(1000)) {
        let twin = money.iter().find(|w| w.value.unit.name == "万元" && w.value.printed == yuan.value.printed && w.value.printed.value() >= Decimal::TEN);
        // 会议费0.86元，上年0.62万元: less than a yuan beside amounts in ten thousands.
        let neighbour = money.iter().find(|w| w.paragraph == yuan.paragraph && w.value.unit.name == "万元");
        out.judge();
        let small = ["人均", "补助", "补贴", "标准", "单价", "每", "均价", "利息", "手续费", "票", "罚"].iter().any(|w| yuan.label.contains(w));
        if small {
            continue;
        }
        let tiny = yuan.value.printed.value() < Decimal::TWO;
        let (Some(other), true) = (twin.or(neighbour.filter(|_| tiny)), tiny || twin.is_some()) else { continue };
        out.report(
            yuan.clause,
            Bilingual::new(
                format!("{} 的单位应为万元：别处写 {}", yuan.value.show(), other.value.show()),
                format!("{} must be in 万元: {} stands elsewhere", yuan.value.show(), other.value.show()),
            ),
            Bilingual::new("核对单位。", "Check the unit."),
        )
        .against(other.span)
        .numbers(yuan.value.show(), format!("{}万元", yuan.value.printed));
    }
}
