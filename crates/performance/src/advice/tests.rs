//! The four tests on real and made-up targets.

use keqiao_base::{Fen, ProjectId};
use keqiao_quantity::Decimal;

use super::*;
use crate::{Indicator, Level2, Operator, Past, Scope, Tree};

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn indicator(level2: Level2, name: &str, operator: Operator, value: &str, unit: &str) -> Indicator {
    Indicator::new(level2, name, operator, d(value), unit, Decimal::TEN)
}

fn worded(level2: Level2, name: &str, text: &str) -> Indicator {
    let mut indicator = indicator(level2, name, Operator::Qualitative, "0", "");
    (indicator.lower, indicator.text) = (None, Some(text.into()));
    indicator
}

fn target(name: &str, description: &str, goal: &str, wan: &str, indicators: Vec<Indicator>) -> Target {
    Target {
        scope: Scope::Project("0".repeat(32).parse::<ProjectId>().unwrap()),
        year: 2021,
        name: name.into(),
        description: description.into(),
        goal: goal.into(),
        budget: Fen::parse_in(wan, 10_000).unwrap(),
        tree: Tree::Standard,
        profile: "mof-2020".into(),
        indicators,
    }
}

fn complete(mut with: Vec<Indicator>) -> Target {
    with.extend([
        indicator(Level2::Quantity, "科普讲座场次", Operator::AtLeast, "20", "场次"),
        indicator(Level2::SocialBenefit, "受益群众人次", Operator::AtLeast, "3000", "人次"),
        indicator(Level2::Served, "听众满意度", Operator::AtLeast, "90", "%"),
    ]);
    target("科普讲座", "邀请专家到社区和学校举办科普讲座", "全年举办科普讲座20场，受益3000人次", "10", with)
}

fn codes(target: &Target) -> Vec<&'static str> {
    advise(target, &Around::default()).iter().map(|a| a.code).collect()
}

#[test]
fn a_good_target_is_left_alone() {
    assert_eq!(codes(&complete(vec![])), Vec::<&str>::new());
}

#[test]
fn costs_that_make_the_budget_are_left_alone_and_others_are_not() {
    let with_costs = |wan: &str, costs: &[&str]| {
        let item = |c: &&str| indicator(Level2::OutputCost, "科普讲座成本", Operator::AtMost, c, "万元");
        let mut target = complete(costs.iter().map(item).collect());
        target.budget = Fen::parse_in(wan, 10_000).unwrap();
        codes(&target)
    };
    // 朝天 2021: both projects match. 德阳 2020: 42.1 against 22.1 does not.
    assert_eq!(with_costs("10", &["5", "1", "1", "3"]), Vec::<&str>::new());
    assert_eq!(with_costs("16.3", &["2.4", "0.5", "6.3", "7.1"]), Vec::<&str>::new());
    assert_eq!(with_costs("42.1", &["22.1"]), ["matching.cost"]);
    assert_eq!(with_costs("10", &["10", "6", "4"]), Vec::<&str>::new(), "the whole and its parts");
    assert_eq!(with_costs("10", &["10", "6"]), ["matching.cost"]);
    assert_eq!(with_costs("16.3", &["16.3049"]), Vec::<&str>::new(), "rounding");
}

#[test]
fn the_difference_of_deyang_is_said_in_numbers() {
    let cost = indicator(Level2::OutputCost, "科普讲座成本", Operator::AtMost, "22.1", "万元");
    let mut target = complete(vec![cost]);
    target.budget = Fen::parse_in("42.1", 10_000).unwrap();
    let advice = advise(&target, &Around::default());
    assert!(advice[0].message.zh.contains("22.10万元") && advice[0].message.zh.contains("少20.00万元"), "{advice:?}");
}

#[test]
fn unit_prices_are_no_part_of_the_total() {
    let price = indicator(Level2::OutputCost, "人均讲课费标准", Operator::AtMost, "0.1", "万元");
    assert_eq!(codes(&complete(vec![price])), Vec::<&str>::new(), "0.1 is held against no budget");
}

#[test]
fn quantity_times_unit_cost_is_held_against_the_budget() {
    let mut lectures = indicator(Level2::Quantity, "科普讲座场次", Operator::AtLeast, "20", "场次");
    lectures.unit_cost = Some(Fen::parse("5000").unwrap());
    assert_eq!(codes(&complete(vec![lectures.clone()])), Vec::<&str>::new(), "20 × 5,000 = 100,000");
    lectures.unit_cost = Some(Fen::parse("5100").unwrap());
    assert_eq!(codes(&complete(vec![lectures])), ["matching.quantity"]);
}

#[test]
fn words_without_a_scale_are_named_and_levels_are_left_alone() {
    for text in ["显著提高", "公众科学素质明显提升", "进一步加强", "较为满意"] {
        let one = worded(Level2::SocialBenefit, "科普氛围", text);
        assert_eq!(codes(&complete(vec![one])), ["quantified.vague"], "{text}");
    }
    for text in ["通过验收", "较上年提高1个百分点", "行政村全覆盖", "优秀"] {
        let one = worded(Level2::SocialBenefit, "科普氛围", text);
        assert_eq!(codes(&complete(vec![one])), Vec::<&str>::new(), "{text}");
    }
    assert_eq!(codes(&complete(vec![worded(Level2::Lasting, "长效机制", "")])), ["quantified.level"]);
    assert_eq!(codes(&complete(vec![worded(Level2::Served, "群众满意", "满意")])), ["quantified.satisfaction"]);
}

#[test]
fn number_unit_and_range_are_asked_for() {
    let mut bare = indicator(Level2::Quantity, "科普讲座次数", Operator::AtLeast, "3", "");
    assert_eq!(codes(&complete(vec![bare.clone()])), ["quantified.unit"]);
    (bare.lower, bare.unit) = (None, "次".into());
    assert_eq!(codes(&complete(vec![bare])), ["quantified.value"]);
    let mut range = indicator(Level2::Quantity, "科普讲座次数", Operator::Range, "20", "次");
    assert_eq!(codes(&complete(vec![range.clone()])), ["quantified.value"]);
    range.upper = Some(d("13"));
    assert_eq!(codes(&complete(vec![range])), ["quantified.range"]);
    let rate = indicator(Level2::Quality, "讲座按时完成率", Operator::AtLeast, "120", "%");
    assert_eq!(codes(&complete(vec![rate])), ["quantified.percent"]);
}

#[test]
fn each_branch_has_an_indicator() {
    let empty = target("科普讲座", "举办科普讲座", "举办科普讲座20场", "10", vec![]);
    assert_eq!(codes(&empty), ["quantified.empty"]);
    let one = indicator(Level2::Quality, "科普讲座评价合格率", Operator::AtLeast, "95", "%");
    let lone = target("科普讲座", "举办科普讲座", "举办科普讲座20场", "10", vec![one]);
    assert_eq!(codes(&lone), ["quantified.no_quantity", "quantified.no_benefit", "quantified.no_satisfaction"]);
    let around = Around { no_satisfaction: true, ..Around::default() };
    assert_eq!(advise(&lone, &around).len(), 2);
    let mut left_out = complete(vec![]);
    left_out.indicators[0].applies = false;
    assert_eq!(codes(&left_out), ["quantified.no_quantity"], "what does not apply counts for nothing");
}

#[test]
fn last_year_is_the_yardstick() {
    let lectures = |value: &str, past: i64| {
        let mut one = indicator(Level2::Quantity, "科普讲座场次", Operator::AtLeast, value, "场次");
        let year = |year, actual: i64| Past { year, target: None, actual: actual.into() };
        one.history = vec![year(2020, past), year(2019, 1)];
        codes(&complete(vec![one]))
    };
    assert_eq!(lectures("69", 100), ["reasonable.low"]);
    assert_eq!(lectures("70", 100), Vec::<&str>::new());
    assert_eq!(lectures("150", 100), Vec::<&str>::new());
    assert_eq!(lectures("151", 100), ["reasonable.high"]);
    assert_eq!(lectures("5", 0), Vec::<&str>::new(), "nothing to compare with");
    let mut baseline = indicator(Level2::Quantity, "科普讲座场次", Operator::AtLeast, "5", "场次");
    baseline.baseline = Some(d("60"));
    assert_eq!(codes(&complete(vec![baseline])), ["reasonable.low"]);
}

#[test]
fn a_target_about_something_else_is_seen() {
    // 德阳 2020: the goal of the reception project speaks of vehicles.
    let one = indicator(Level2::Quantity, "车辆维修次数", Operator::AtMost, "6", "次");
    let wrong = target("公务接待费", "按规定做好来访接待", "保障车辆正常运行，降低车辆维修和燃油支出", "2", vec![one]);
    assert!(codes(&wrong).contains(&"pointed.goal"), "{:?}", codes(&wrong));
    let visits = indicator(Level2::Quantity, "来访接待批次", Operator::AtMost, "6", "批次");
    let right = target("公务接待费", "按规定做好来访接待", "接待来访不超过6批次，不超标准", "2", vec![visits]);
    assert!(!codes(&right).iter().any(|c| c.starts_with("pointed")), "{:?}", codes(&right));
    let stray = indicator(Level2::Quantity, "订阅报刊种类", Operator::AtLeast, "6", "种");
    assert_eq!(codes(&complete(vec![stray])), ["pointed.subject"]);
    let shorter = indicator(Level2::Quantity, "邀请专家讲课节数", Operator::AtLeast, "6", "节");
    assert_eq!(codes(&complete(vec![shorter])), Vec::<&str>::new(), "讲课 is near enough to 讲座");
}

#[test]
fn duties_are_not_goals() {
    let duties = "开展学术交流，活跃学术思想，促进学科发展，推动自主创新。";
    let mut target = complete(vec![]);
    target.goal = "开展学术交流，活跃学术思想，促进学科发展，办科普讲座20场".into();
    let around = Around { duties, no_satisfaction: false };
    let advice = advise(&target, &around);
    assert_eq!(advice.iter().map(|a| a.code).collect::<Vec<_>>(), ["pointed.duty"]);
    assert!(advice.iter().all(|a| !a.message.zh.is_empty() && !a.message.en.is_empty()));
}
