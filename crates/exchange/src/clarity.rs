//! How clear a demand is: a sum of whole points, one line per part, each with what to do (`exchange.md` 4, failure 5). It says what is
//! missing; it does not judge whether the demand is good.

use keqiao_i18n::{Bilingual, Fixed};

use crate::listing::{Content, Detail, Offer, Question};
use crate::refine::Parts;

/// The most points.
pub const POINTS_MAX: u32 = 100;

/// One part of the score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The part.
    pub part: Fixed,
    /// Points given.
    pub points: u32,
    /// Points that there are.
    pub of: u32,
    /// What to do for the rest; none when there is none.
    pub hint: Option<Bilingual>,
}

/// What the parts of a demand are called.
pub(crate) mod part {
    use keqiao_i18n::Fixed;

    pub(crate) const TITLE: Fixed = Fixed { zh: "标题", en: "Title" };
    pub(crate) const SITUATION: Fixed = Fixed { zh: "现状", en: "Situation" };
    pub(crate) const PROBLEM: Fixed = Fixed { zh: "难题", en: "Problem" };
    pub(crate) const CRITERIA: Fixed = Fixed { zh: "验收指标", en: "Acceptance criteria" };
    pub(crate) const CONSTRAINTS: Fixed = Fixed { zh: "约束", en: "Constraints" };
    pub(crate) const BUDGET: Fixed = Fixed { zh: "预算区间", en: "Budget" };
    pub(crate) const DEADLINE: Fixed = Fixed { zh: "期望时限", en: "Deadline" };
}

/// Words that say nothing that could be held against anything.
const VAGUE: [&str; 12] =
    ["面议", "先进", "领先", "高端", "全方位", "一流", "相关技术", "若干", "一定程度", "尽量", "有关", "综合提升"];

/// The lines of a listing's clarity, in the order of its form.
pub fn lines(content: &Content) -> Vec<Line> {
    match &content.detail {
        Detail::Demand(demand) => clarity(&content.title, &demand.parts),
        Detail::Offer(offer) => of_offer(&content.title, offer),
        Detail::Question(question) => of_question(&content.title, question),
    }
}

fn of_offer(title: &str, offer: &Offer) -> Vec<Line> {
    vec![
        long_enough(
            Fixed { zh: "名称", en: "Title" },
            10,
            title,
            8,
            "写明对什么、做什么，如“谷物烘干余热回收改造”",
            "Say what is done to what, such as “waste heat recovery for grain driers”",
        ),
        long_enough(
            Fixed { zh: "能解决的问题", en: "Problem solved" },
            25,
            &offer.solves,
            20,
            "写清谁遇到什么困难时用得上",
            "Say who needs it, in which trouble",
        ),
        promised(offer),
        long_enough(
            Fixed { zh: "与现有做法的比较", en: "Comparison" },
            15,
            &offer.comparison,
            12,
            "写明比现在的办法好多少、省多少",
            "Say how much better or cheaper it is than what is done today",
        ),
        present(
            Fixed { zh: "成熟度依据", en: "Proof of maturity" },
            10,
            !offer.proof.is_empty(),
            "写明在哪里试过、用过，有何报告",
            "Say where it was tried or used, with which report",
        ),
        present(
            Fixed { zh: "价格", en: "Price" },
            10,
            offer.price.is_some(),
            "给出大致区间，对方才好判断",
            "Give a range, so that others can judge",
        ),
        present(
            Fixed { zh: "承接上限", en: "Places" },
            10,
            offer.places.is_some() || offer.hours.is_some(),
            "写明每月可用的工时，或同时可承接几项",
            "Say how many hours a month, or how many at a time",
        ),
    ]
}

/// Ten points for each of the first two.
fn promised(offer: &Offer) -> Line {
    let points = u32::try_from(offer.promises.len()).unwrap_or(u32::MAX).min(2) * 10;
    let (zh, en) =
        ("写出两项能做到的数值，如“含水率 ≤ 13.5 %”", "Give two numbers you can keep, such as “moisture ≤ 13.5 %”");
    let hint = (points < 20).then(|| Bilingual::new(zh, en));
    Line { part: Fixed { zh: "可承诺的指标", en: "Promises" }, points, of: 20, hint }
}

fn of_question(title: &str, question: &Question) -> Vec<Line> {
    vec![
        long_enough(
            Fixed { zh: "问题", en: "Question" },
            70,
            title,
            8,
            "用一句话写出想弄明白什么",
            "Say in one sentence what you want to understand",
        ),
        present(
            Fixed { zh: "补充说明", en: "More" },
            30,
            !question.words.is_empty(),
            "说说在什么情况下遇到的，便于专家回答",
            "Say how it came up: it helps the expert",
        ),
    ]
}

/// The lines of a demand's clarity, in the order of the form.
pub fn clarity(title: &str, parts: &Parts) -> Vec<Line> {
    let mut lines = vec![
        long_enough(
            part::TITLE,
            10,
            title,
            8,
            "写明对象和要解决的事，如“稻谷烘干线天然气消耗偏高”",
            "Name the thing and the trouble, such as “gas use of a rice drier is too high”",
        ),
        long_enough(
            part::SITUATION,
            15,
            &parts.situation,
            15,
            "写清现有设备、工艺、规模和现在的数值",
            "Say which equipment, process and scale there is, with today's numbers",
        ),
        long_enough(
            part::PROBLEM,
            20,
            &parts.problem,
            6,
            "写清什么地方不行、造成什么损失、已试过什么办法",
            "Say what goes wrong, what it costs, what was tried",
        ),
        criteria(parts),
        present(
            part::CONSTRAINTS,
            5,
            !parts.constraints.is_empty(),
            "写明不能动什么、不接受什么；没有也请写“无”",
            "Say what must not change; write “none” if nothing",
        ),
        present(
            part::BUDGET,
            15,
            parts.budget.is_some(),
            "给出预算的大致区间，如“5万元至8万元”；只写“面议”难以匹配",
            "Give a range, such as 50,000 to 80,000 yuan; “to be discussed” finds nobody",
        ),
        present(
            part::DEADLINE,
            10,
            parts.deadline.is_some(),
            "写明希望何时完成，如“2027年6月底前”",
            "Say until when, such as “by the end of June 2027”",
        ),
    ];
    if let Some(word) = VAGUE.iter().find(|w| title.contains(*w) || parts.problem.contains(*w)) {
        let problem = &mut lines[2];
        problem.points = problem.points.saturating_sub(5);
        problem.hint = Some(Bilingual::new(
            format!("“{word}”说不清要什么，请换成具体的数值或现象"),
            format!("“{word}” says nothing that can be checked: write a number or what is seen"),
        ));
    }
    lines
}

/// The sum, 0 to [`POINTS_MAX`].
pub fn total(lines: &[Line]) -> u32 {
    lines.iter().map(|l| l.points).sum()
}

/// Full points for a text of that many characters, in proportion below.
fn long_enough(part: Fixed, of: u32, text: &str, chars: u32, zh: &str, en: &str) -> Line {
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX).min(chars);
    let points = of * length / chars;
    Line { part, points, of, hint: (points < of).then(|| Bilingual::new(zh, en)) }
}

fn present(part: Fixed, of: u32, there: bool, zh: &str, en: &str) -> Line {
    Line { part, points: if there { of } else { 0 }, of, hint: (!there).then(|| Bilingual::new(zh, en)) }
}

/// Fifteen points for the first criterion with a unit, ten for the second; a number without unit counts half.
fn criteria(parts: &Parts) -> Line {
    let of = 25;
    let worth =
        parts.criteria.iter().take(2).zip([15, 10]).map(|(m, worth)| if m.unit.is_empty() { worth / 2 } else { worth });
    let points: u32 = worth.sum();
    let (zh, en) = if parts.criteria.is_empty() {
        (
            "写出怎样算解决：指标、数值、单位，如“每吨耗气不超过25立方米”",
            "Say when it is solved: what, how much, which unit",
        )
    } else {
        ("再写一项指标，并写明单位，便于对方判断能不能做到", "Add a second criterion with its unit")
    };
    Line { part: part::CRITERIA, points, of, hint: (points < of).then(|| Bilingual::new(zh, en)) }
}

#[cfg(test)]
mod tests {
    use keqiao_base::Day;

    use super::*;
    use crate::refine::refine;

    #[test]
    fn every_part_said_is_a_hundred_and_nothing_is_none() {
        let today = Day::new(2026, 11, 21).unwrap();
        let whole = "合作社有两条天然气烘干线每天烘40吨，烘干太费气成本高，每吨耗气不超过25方，含水率不超过14%，不能停产，预算8到10万元，2027年6月底前完成";
        let lines = clarity("稻谷烘干线天然气消耗偏高", &refine(whole, today));
        assert_eq!(total(&lines), POINTS_MAX, "{lines:#?}");
        assert!(lines.iter().all(|l| l.hint.is_none()));
        let none = clarity("", &Parts::default());
        assert_eq!(total(&none), 0);
        assert!(none.iter().all(|l| l.hint.is_some()));
        assert_eq!(none.iter().map(|l| l.of).sum::<u32>(), POINTS_MAX);
    }

    #[test]
    fn a_vague_word_costs_and_is_named() {
        let today = Day::new(2026, 11, 21).unwrap();
        let lines = clarity("寻求先进烘干技术合作", &refine("想解决烘干问题", today));
        assert!(lines[2].points < lines[2].of);
        assert!(lines[2].hint.as_ref().unwrap().zh.contains("先进"));
    }
}
