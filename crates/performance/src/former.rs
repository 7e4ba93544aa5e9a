//! Last year's target form as this year's draft: its indicators with what they reached become drafts that know their past. What a cell does
//! not say clearly is left open, never guessed.

use keqiao_base::Fen;
use keqiao_facts::{Indicator as Printed, Measure, TargetForm};
use keqiao_quantity::{Bound, Decimal, Number, scan};
use keqiao_source::fold_char;

use crate::{Indicator, Level2, Operator, Past};

/// What a form gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Former {
    /// Name of the project as printed.
    pub project: String,
    /// 年度总体目标.
    pub goal: String,
    /// 全年预算数 of the whole, where it is printed.
    pub budget: Option<Fen>,
    /// Its indicators as drafts.
    pub indicators: Vec<Indicator>,
    /// Names of rows whose branch is not known: to be placed by hand.
    pub unplaced: Vec<String>,
}

/// A name without what writers change from year to year: its number in a list, the words before its value, a remark in brackets at its end, marks
/// and spaces. Two names are the same when this is.
pub fn plain_name(name: &str) -> String {
    let folded: String = name.chars().map(fold_char).collect();
    let mut text = Measure::core(&folded);
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if let Some(rest) = numbered.strip_prefix(['.', '、']).filter(|_| numbered.len() < text.len()) {
        text = rest;
    }
    if let Some(head) = text.trim_end().strip_suffix([')', '）']) {
        text = head.rfind(['(', '（']).filter(|at| *at > 0).map_or(text, |at| &head[..at]);
    }
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Reads the draft off a form of the year `year`; its amounts are in 万元, as forms are.
pub fn former(form: &TargetForm, year: i32) -> Former {
    let mut unplaced = Vec::new();
    let mut indicators: Vec<Indicator> = Vec::new();
    for row in &form.indicators {
        let Some(name) = row.level3.as_ref().map(|c| c.text.trim().to_owned()).filter(|n| !n.is_empty()) else {
            continue;
        };
        match branch(&row.level1, &row.level2) {
            Some(level2) => indicators.push(draft(row, level2, name, year)),
            None => unplaced.push(name),
        }
    }
    let goal: Vec<&str> = form.goals.iter().filter_map(|g| g.expected.as_ref()).map(|c| c.text.trim()).collect();
    let budget = form.amounts.first().and_then(|a| a.budget.as_ref().or(a.initial.as_ref()));
    let budget = budget.and_then(|(v, _)| {
        let factor = if v.unit.name.is_empty() { Decimal::from(10_000) } else { v.unit.factor };
        fen(v.printed.value() * factor)
    });
    Former { project: form.project.trim().to_owned(), goal: goal.join("\n"), budget, indicators, unplaced }
}

fn fen(yuan: Decimal) -> Option<Fen> {
    let fen = (yuan * Decimal::ONE_HUNDRED).normalize();
    (fen.scale() == 0).then(|| i64::try_from(fen.mantissa()).ok()).flatten().map(Fen::new)
}

/// The branch that a form names. 成本指标 stands for itself in the older forms and, with 经济, 社会, 生态 before it, in the newer ones.
fn branch(level1: &str, level2: &str) -> Option<Level2> {
    let words = [
        ("经济成本", Level2::EconomicCost),
        ("社会成本", Level2::SocialCost),
        ("生态环境成本", Level2::EcologicalCost),
        ("数量", Level2::Quantity),
        ("质量", Level2::Quality),
        ("时效", Level2::Timeliness),
        ("成本", Level2::OutputCost),
        ("经济效益", Level2::EconomicBenefit),
        ("社会效益", Level2::SocialBenefit),
        ("生态效益", Level2::EcologicalBenefit),
        ("可持续", Level2::Lasting),
        ("满意", Level2::Served),
    ];
    let of = |text: &str| words.iter().find(|(word, _)| text.contains(word)).map(|(_, level)| *level);
    of(level2).or_else(|| of(level1))
}

fn draft(row: &Printed, level2: Level2, name: String, year: i32) -> Indicator {
    let text = row.target.as_ref().map(|c| c.text.trim()).unwrap_or_default();
    let target = only_number(text);
    let mut draft = match &target {
        Some(n) => Indicator::new(level2, &name, operator(n, text), n.value.value(), &unit(n), Decimal::ZERO),
        None => {
            let mut words = Indicator::new(level2, &name, Operator::Qualitative, Decimal::ZERO, "", Decimal::ZERO);
            (words.lower, words.text) = (None, Some(text.to_owned()).filter(|t| !t.is_empty()));
            words
        }
    };
    draft.upper = target.as_ref().and_then(|n| n.upper).map(|u| u.value());
    draft.weight = row.weight.as_ref().map(|(w, _)| w.value()).unwrap_or_default();
    let actual = row.actual.as_ref().and_then(|c| only_number(c.text.trim()));
    // A past in another unit is no past.
    let actual =
        actual.filter(|a| target.as_ref().is_none_or(|t| t.unit.name == a.unit.name || a.unit.name.is_empty()));
    if let (Some(actual), true) = (actual, draft.operator != Operator::Qualitative) {
        draft.baseline = Some(actual.value.value());
        draft.history = vec![Past { year, target: draft.lower, actual: actual.value.value() }];
    }
    draft
}

/// The number of a cell that holds one and no more.
fn only_number(text: &str) -> Option<Number> {
    let mut numbers = scan(text).into_iter().filter(|n| !n.ordinal);
    let first = numbers.next()?;
    numbers.next().is_none().then_some(first)
}

/// The operator as it is printed; a bare number is taken as "at least", which is how forms are filled in.
fn operator(number: &Number, text: &str) -> Operator {
    match number.bound {
        _ if number.upper.is_some() => Operator::Range,
        Some(Bound::AtLeast) => Operator::AtLeast,
        Some(Bound::MoreThan) => Operator::MoreThan,
        Some(Bound::AtMost) => Operator::AtMost,
        Some(Bound::LessThan) => Operator::LessThan,
        None if text.contains('=') => Operator::Equal,
        None => Operator::AtLeast,
    }
}

fn unit(number: &Number) -> String {
    number.unit.name.clone()
}

#[cfg(test)]
mod tests {
    use keqiao_facts::{CellText, Goal};
    use keqiao_source::Span;

    use super::*;

    fn cell(text: &str) -> Option<CellText> {
        Some(CellText { text: text.into(), span: Span::new(0, 0) })
    }

    fn row(level2: &str, name: &str, target: &str, actual: &str) -> Printed {
        Printed {
            level1: "产出指标".into(),
            level2: level2.into(),
            level3: cell(name),
            target: cell(target),
            actual: cell(actual),
            ..Printed::default()
        }
    }

    #[test]
    fn a_name_is_the_same_however_it_is_written() {
        for (one, other) in [
            ("科普讲座场次", "1．科普讲座 场次（场）"),
            ("科普讲座场次", "科普讲座场次为"),
            ("“天府科技云”注册人数", "天府科技云 注册人数"),
            ("大篷车巡展（次）", "３、大篷车巡展"),
        ] {
            assert_eq!(plain_name(one), plain_name(other), "{one} / {other}");
        }
        assert_ne!(plain_name("科普讲座场次"), plain_name("科普讲座人次"));
        assert_eq!(plain_name("3D打印课程"), "3d打印课程");
        assert_eq!(plain_name("（一）"), "一");
    }

    #[test]
    fn a_form_becomes_a_draft_that_knows_its_past() {
        let form = TargetForm {
            project: "科普经费".into(),
            goals: vec![Goal { expected: cell("开展科普活动"), actual: None }],
            indicators: vec![
                row("数量指标", "大篷车巡展", "40-60次", "20次"),
                row("质量指标", "完成率", "≥95%", "96%"),
                row("成本指标", "成本控制", "≤104万元", "103.5万元"),
                row("社会效益指标", "科学素质", "显著提高", "有所提高"),
                row("其他", "某项", "1个", "1个"),
            ],
            ..TargetForm::default()
        };
        let mut form = form;
        form.indicators[4].level1 = "其他".into();
        let draft = former(&form, 2025);
        let shown: Vec<String> = draft.indicators.iter().map(Indicator::target).collect();
        assert_eq!(shown, ["40-60次", "≥95%", "≤104万元", "显著提高"]);
        assert_eq!(draft.indicators[0].history, [Past { year: 2025, target: Some(40.into()), actual: 20.into() }]);
        assert_eq!(draft.indicators[2].baseline, Some("103.5".parse().unwrap()));
        assert_eq!(draft.indicators[3].baseline, None);
        assert_eq!((draft.goal.as_str(), draft.unplaced), ("开展科普活动", vec!["某项".to_owned()]));
        assert_eq!(draft.indicators[2].level2, Level2::OutputCost);
    }
}
