//! One function for each formula: reads a line, answers with what comes out as text.

use std::fmt::Write as _;
use std::path::Path;

use keqiao_base::Fen;
use keqiao_performance::score::{
    Answers, ExecutionWay, Fraction, OverRule, Range, ReverseWay, SatisfactionWay, band, equal, execution, leveled,
    positive, ranged, reverse, satisfaction, scored, total, total_agrees,
};
use keqiao_performance::{Indicator, Level2, Operator, Profile, Reached};
use keqiao_quantity::Decimal;

use crate::table::{Line, lines};

type Formula = fn(&Line) -> String;

const FORMULAS: &[(&str, Formula)] = &[
    ("positive", |l| points(positive(l.get("w"), l.get("t"), l.get("a")))),
    ("equal", |l| points(equal(l.get("w"), l.get("t"), l.get("a")))),
    ("reverse", |l| points(reverse(l.get::<ReverseWay>("way"), l.get("w"), l.get("t"), l.get("a")))),
    ("range", of_range),
    ("over", over),
    ("level", level),
    ("satisfaction", of_satisfaction),
    ("execution", of_execution),
    ("rounding", rounding),
    ("total", of_total),
    ("bands", bands),
    ("weights", weights),
];

fn points(score: Fraction) -> String {
    score.points().to_string()
}

fn yes(is: bool) -> String {
    if is { "是".into() } else { "否".into() }
}

fn profile(name: &str) -> &'static Profile {
    Profile::named(name).unwrap_or_else(|| panic!("no profile {name}"))
}

fn of_range(line: &Line) -> String {
    let range = Range::new(line.get("low"), line.get("high")).expect("low ≤ high");
    let (weight, actual): (Decimal, Decimal) = (line.get("w"), line.get("a"));
    let mut indicator = Indicator::new(Level2::Quantity, "场次", Operator::Range, range.low(), "场", weight);
    indicator.upper = Some(range.high());
    let scored = scored(profile("mof-2020"), weight, &indicator, actual).expect("a range with a target");
    assert_eq!(scored.exact, ranged(weight, range, actual));
    assert_eq!(yes(scored.far_over), line.text("far"), "{line:?}");
    assert_eq!(yes(range.is_met(actual)), line.text("met"), "{line:?}");
    scored.points.to_string()
}

fn over(line: &Line) -> String {
    let rule = profile("mof-2020").over.value;
    if line.has("w") {
        let cutting = OverRule { cuts: true, ..rule };
        assert_eq!(rule.cut(line.get("w"), line.get("t"), line.get("a")), None, "no profile that ships cuts");
        return cutting.cut(line.get("w"), line.get("t"), line.get("a")).map_or("不扣".into(), points);
    }
    yes(rule.is_far_over(line.get("t"), line.get("a")))
}

fn level(line: &Line) -> String {
    let ranges = &profile("mof-2020").levels.value;
    let answer = leveled(ranges, line.get("w"), line.get::<Reached>("level"), line.get("points"));
    if let Err(message) = &answer {
        assert!(!message.zh.is_empty() && !message.en.is_empty());
    }
    yes(answer.is_ok())
}

fn of_satisfaction(line: &Line) -> String {
    if line.has("valid") {
        let answers = Answers { very: line.get("very"), satisfied: line.get("satisfied"), valid: line.get("valid") };
        return answers.percent().map_or("无法计算".into(), points);
    }
    let way = match line.text("way") {
        "steps" => SatisfactionWay::Steps { full_from: 90.into(), step: 5.into(), loses: 10.into() },
        "against_target" => profile("mof-2020").satisfaction.value.clone(),
        "bands" => profile("mof-2021-cost").satisfaction.value.clone(),
        other => panic!("{other}"),
    };
    points(satisfaction(&way, line.get("w"), line.get("t"), line.get("a")))
}

fn of_execution(line: &Line) -> String {
    let amount = |key: &str| Fen::parse(line.text(key)).unwrap_or_else(|e| panic!("{}", e.en));
    let way: &ExecutionWay = match line.text("way") {
        "ratio" => &profile("mof-2020").execution.value,
        "bands" => &profile("mof-2021-cost").execution.value,
        other => panic!("{other}"),
    };
    let answer = execution(way, line.get("w"), amount("budget"), amount("executed"));
    let flag = match (answer.no_budget, answer.over_budget) {
        (true, _) => "无预算",
        (_, true) => "超预算",
        _ => "",
    };
    assert_eq!(flag, line.text("flag"), "{line:?}");
    assert_eq!(answer.rate.map_or("—".into(), points), line.text("rate"), "{line:?}");
    if !line.text("printed").is_empty() {
        assert_eq!(yes(answer.score.agrees(line.get("printed"))), line.text("accepted"), "{line:?}");
    }
    points(answer.score)
}

fn rounding(line: &Line) -> String {
    let exact = Fraction::over(line.get("over"), line.get("under")).expect("a divisor");
    if line.has("printed") { yes(exact.agrees(line.get("printed"))) } else { points(exact) }
}

fn of_total(line: &Line) -> String {
    let scores: Vec<Decimal> = line.text("scores").split('+').map(|s| s.trim().parse().expect("a score")).collect();
    assert_eq!(yes(total_agrees(line.get("printed"), scores.clone())), line.text("accepted"), "{line:?}");
    total(scores).to_string()
}

fn bands(line: &Line) -> String {
    band(&profile(line.text("profile")).bands.value, line.get("total")).map_or("无".into(), |b| b.word.clone())
}

/// `执行率 10 成本 20 产出 40 …` of a profile, with or without costs and satisfaction.
fn weights(line: &Line) -> String {
    let split = profile(line.text("profile")).split(line.text("cost") == "有", line.text("satisfaction") == "有");
    let mut out = format!("执行率 {}", split.execution);
    for (level, weight) in &split.level1 {
        let _ = write!(out, " {} {weight}", level.title().zh.trim_end_matches("指标"));
    }
    out
}

#[test]
fn every_formula_gives_what_its_spec_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec");
    let mut wrong = String::new();
    for (name, formula) in FORMULAS {
        let page = std::fs::read_to_string(folder.join(format!("{name}.md"))).unwrap_or_default();
        let lines = lines(&page);
        assert!(lines.len() >= 4, "{name}.md has only {} worked numbers", lines.len());
        for line in &lines {
            let is = formula(line);
            if is != line.expected() {
                let _ = writeln!(wrong, "{name}: {line:?} gives {is}");
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    let pages = std::fs::read_dir(&folder).expect("the folder").filter_map(|e| Some(e.ok()?.path()));
    for page in pages.filter(|p| p.extension().is_some_and(|e| e == "md")) {
        let stem = page.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        assert!(FORMULAS.iter().any(|(name, _)| *name == stem), "{stem}.md belongs to no formula");
    }
}
