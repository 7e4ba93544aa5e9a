//! A0116: a change in points and a growth in percent that disagree.

use keqiao_diag::Level;
use keqiao_facts::Direction;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{Kind, growth_agrees};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0116",
    name: "points-differ-from-growth",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "百分点与增长率不符", en: "A change in points and a growth that disagree" },
    why: Fixed {
        zh: "比例从基数提高若干个百分点，相应增长率 = 提高的百分点 ÷ 基数。",
        en: "A rate that rose by so many points grew by points divided by its base.",
    },
    source: "3.2",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    // 达到7.4%，比2017年提高了0.7个百分点，增长10.4%: value, points and growth follow each other in one sentence.
    for w in report.facts.windows(3) {
        let [value, points, growth] = w else { continue };
        let shape = value.value.kind() == Kind::Percent && points.value.kind() == Kind::Points && growth.value.kind() == Kind::Percent;
        let near = value.paragraph.is_some() && value.paragraph == growth.paragraph && growth.span.start - value.span.end < 150;
        // 参与人数增长30%: the growth of another thing.
        let own = growth.label.is_empty() || matches!(growth.label.as_str(), "同比" | "比例" | "比上年" | "同比比例");
        if !shape || !near || !own || points.direction.is_none() || growth.direction != points.direction {
            continue;
        }
        out.judge();
        let up = points.direction == Some(Direction::Up);
        if growth_agrees(value.value.printed, None, points.value.printed, up, growth.value.printed) {
            continue;
        }
        out.report(
            growth.clause,
            Bilingual::new(
                format!("增长 {} 与提高 {} 不符（现值 {}）", growth.value.show(), points.value.show(), value.value.show()),
                format!("a growth of {} does not fit {} (value {})", growth.value.show(), points.value.show(), value.value.show()),
            ),
            Bilingual::new("按 百分点 ÷ 基数 重新计算增长率。", "Divide the points by the base again."),
        )
        .against(points.span)
        .against(value.span)
        .numbers(growth.value.show(), points.value.show());
    }
}
