//! The need refinery: a farmer's sentence, a phone note or a visit report becomes the parts of a demand (`exchange.md` 1.8: situation, problem,
//! acceptance criteria, constraints, budget, deadline). It sorts and reads what was said and never adds a word: what was not said stays empty.

use std::sync::LazyLock;

use keqiao_base::{Day, Fen};
use keqiao_source::fold_char;
use regex::Regex;
use serde::Serialize;

/// The most characters of a note.
pub const NOTE_CHARS_MAX: usize = 5_000;

/// What a number is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// At least.
    AtLeast,
    /// At most.
    AtMost,
}

/// A number that says when the problem is solved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Criterion {
    /// What is measured, as it was said.
    pub name: String,
    /// The side.
    pub side: Side,
    /// The number as it was written.
    pub value: String,
    /// The unit as it was written.
    pub unit: String,
}

impl std::fmt::Display for Criterion {
    /// `含水率 ≤ 14 %`: one line of the form, read back the same.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = match self.side {
            Side::AtLeast => '≥',
            Side::AtMost => '≤',
        };
        write!(f, "{} {sign} {}", self.name, self.value)?;
        if self.unit.is_empty() { Ok(()) } else { write!(f, " {}", self.unit) }
    }
}

/// What may be spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Budget {
    /// From.
    pub from: Fen,
    /// To.
    pub to: Fen,
}

impl Budget {
    /// `6—9`, in 万元.
    pub fn wan(&self) -> String {
        if self.from == self.to { self.from.wan() } else { format!("{}—{}", self.from.wan(), self.to.wan()) }
    }
}

/// The parts of a demand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Parts {
    /// How things are.
    pub situation: String,
    /// What is to be solved.
    pub problem: String,
    /// When it is solved.
    pub criteria: Vec<Criterion>,
    /// What must stay or must not be.
    pub constraints: Vec<String>,
    /// What may be spent.
    pub budget: Option<Budget>,
    /// Until when.
    pub deadline: Option<Day>,
}

static MONEY: LazyLock<Regex> = LazyLock::new(|| {
    let amount = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百]+)";
    compiled(&format!(
        "({amount})(?:(亿元|万元|千元|元|万|千|块)?(?:-|—|~|至|到)({amount}))?(亿元|万元|千元|元|万|千|块)"
    ))
});
static BUDGET: LazyLock<Regex> =
    LazyLock::new(|| compiled("预算|经费|投入|费用|愿意出|能出|出资|花费|价钱|价格|资金|拿出"));
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"(?:(\d{4}|今|明)年)?(?:(\d{1,2})月(?:(\d{1,2})[日号])?|年)(底|末)?(?:(?:之|以)?前|完成|交付|$)")
});
static WITHIN: LazyLock<Regex> =
    LazyLock::new(|| compiled("([一二两三四五六七八九十]+|半|\\d+)(个月|月|天|周|年)(?:之|以)?内"));
static CONSTRAINT: LazyLock<Regex> =
    LazyLock::new(|| compiled("不能|不得|不要|不接受|不改|不停产|不动|不影响|只能|仅限|务必|必须用|要用现有|保持原"));
static SOON: LazyLock<Regex> = LazyLock::new(|| compiled("尽快|越快越好|春节前|开春前|入冬前"));
static AT_LEAST: LazyLock<Regex> = LazyLock::new(|| compiled("不低于|不少于|不小于|至少|达到|提高到|提升到|以上|≥|>="));
static AT_MOST: LazyLock<Regex> = LazyLock::new(|| {
    compiled("不高于|不超过|不大于|不多于|至多|最多|降到|降至|减到|控制在|低于|小于|少于|缩短到|以内|以下|≤|<=")
});
// A comma of this kind between digits belongs to the number; any other ends a clause.
static THOUSANDS: LazyLock<Regex> = LazyLock::new(|| compiled(r"(\d),(\d{3})"));
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    let unit = "%|‰|℃|摄氏度|立方米|平方米|公斤|毫米|厘米|分钟|小时|公里|千瓦时|个百分点|元|方|度|吨|斤|亩|米|秒|天|年|个|台|次|克|升|[a-zA-Zμ]{1,6}";
    compiled(&format!(
        r"(\d+(?:\.\d+)?)\s*((?:{unit})?(?:/(?:吨|天|亩|小时|台|次|公斤|月|年|[a-zA-Z]{{1,4}}[23³²]?))?)"
    ))
});
static PROBLEM: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        "太|难|不稳|坏|裂|烂|慢|浪费|问题|解决|想|希望|需要|需求|不足|不够|不行|损耗|病|虫|费|偏高|偏低|不均|堵|漏|卡|老化|求助|怎么|如何|急需|攻克|降低|提高|改进|替代",
    )
});

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern")
}

/// Sorts a note into the parts of a demand; `today` says which year and month is meant.
pub fn refine(note: &str, today: Day) -> Parts {
    let note: String = note.chars().take(NOTE_CHARS_MAX).collect();
    let note = folded(&note);
    let mut parts = Parts::default();
    let (mut situation, mut problem) = (Vec::new(), Vec::new());
    for clause in clauses(&note) {
        if CONSTRAINT.is_match(clause) {
            parts.constraints.push(clause.to_owned());
            continue;
        }
        let (budget, deadline) = (budget(clause), deadline(clause, today));
        let plain = budget.is_none() && deadline.is_none() && !SOON.is_match(clause);
        parts.budget = parts.budget.or(budget);
        parts.deadline = parts.deadline.or(deadline);
        if let Some(criterion) = criterion(clause).filter(|_| budget.is_none() && deadline.is_none()) {
            parts.criteria.push(criterion);
        } else if plain {
            if PROBLEM.is_match(clause) { problem.push(clause) } else { situation.push(clause) }
        }
    }
    parts.situation = situation.join("，");
    parts.problem = problem.join("，");
    parts
}

/// One way of writing: half-width signs, no commas within numbers.
pub(crate) fn folded(text: &str) -> String {
    THOUSANDS.replace_all(text, "$1$2").chars().map(fold_char).collect()
}

fn clauses(note: &str) -> impl Iterator<Item = &str> {
    note.split(['，', '。', '；', '！', '？', '\n', ';', '!', '?', ',']).map(str::trim).filter(|c| !c.is_empty())
}

/// A number with a side: what is measured stands before it.
pub(crate) fn criterion(clause: &str) -> Option<Criterion> {
    let side = match (AT_LEAST.find(clause), AT_MOST.find(clause)) {
        (Some(_), None) => Side::AtLeast,
        (None, Some(_)) => Side::AtMost,
        (Some(least), Some(most)) if least.start() < most.start() => Side::AtLeast,
        (Some(_), Some(_)) => Side::AtMost,
        (None, None) => return None,
    };
    let number = NUMBER.captures_iter(clause).last()?;
    let word = AT_LEAST.find(clause).or_else(|| AT_MOST.find(clause))?;
    let before = &clause[..number.get(0)?.start().min(word.start())];
    let name = before.trim_start_matches(['要', '需', '使', '把', '将', '让']).trim();
    let name = if name.is_empty() { clause } else { name };
    Some(Criterion { name: name.to_owned(), side, value: number[1].to_owned(), unit: number[2].to_owned() })
}

/// What a clause says may be spent; only where it speaks of spending, or of 万元 and nothing else.
fn budget(clause: &str) -> Option<Budget> {
    let money = MONEY.captures(clause)?;
    let unit = &money[4];
    if !BUDGET.is_match(clause) && !matches!(unit, "万元" | "亿元") {
        return None;
    }
    let low_unit = money.get(2).map_or(unit, |u| u.as_str());
    let from = amount(&money[1], low_unit)?;
    let to = money.get(3).map_or(Some(from), |high| amount(high.as_str(), unit))?;
    (from <= to).then_some(Budget { from, to })
}

fn amount(number: &str, unit: &str) -> Option<Fen> {
    let factor = match unit {
        "亿元" => 100_000_000,
        "万元" | "万" => 10_000,
        "千元" | "千" => 1_000,
        _ => 1,
    };
    let spelled = keqiao_quantity::parse_numeral(number).filter(|_| !number.starts_with(|c: char| c.is_ascii_digit()));
    let digits = spelled.map_or_else(|| number.to_owned(), |n| n.to_string());
    Fen::parse_in(&digits, factor).ok().filter(|fen| fen.get() > 0)
}

/// The day until which it is wanted; the last day of what was named.
fn deadline(clause: &str, today: Day) -> Option<Day> {
    if let Some(span) = WITHIN.captures(clause) {
        let count = match &span[1] {
            "半" => return Some(today.plus(if &span[2] == "年" { 182 } else { 15 })),
            digits => digits.parse().ok().or_else(|| keqiao_quantity::parse_numeral(digits))?,
        };
        let days = match &span[2] {
            "天" => 1,
            "周" => 7,
            "年" => 365,
            _ => 30,
        };
        return i64::try_from(count).ok().filter(|n| *n <= 100).map(|n| today.plus(n * days));
    }
    let named = BEFORE.captures(clause)?;
    let year = match named.get(1).map(|y| y.as_str()) {
        None | Some("今") => today.year(),
        Some("明") => today.year() + 1,
        Some(digits) => digits.parse().ok()?,
    };
    let Some(month) = named.get(2) else {
        return (named.get(1).is_some() || named.get(4).is_some()).then(|| Day::last_of(year));
    };
    let first = Day::new(year, month.as_str().parse().ok()?, 1)?;
    let day = match named.get(3) {
        Some(day) => Day::new(year, month.as_str().parse().ok()?, day.as_str().parse().ok()?)?,
        None => first.month_last(),
    };
    // A month that is over and has no year is meant of the next one.
    if day < today && named.get(1).is_none() {
        Day::new(year + 1, month.as_str().parse().ok()?, 1).map(Day::month_last)
    } else {
        Some(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Day {
        Day::new(2026, 11, 21).unwrap()
    }

    #[test]
    fn a_sentence_of_a_farm_comes_apart() {
        let note = "我们合作社有两条天然气烘干线，每天烘稻谷40吨，烘干太费气，每吨要耗气35方，希望每吨耗气降到25方以内，含水率不超过14％，不能停产改造，预算8到10万元，明年6月底前完成。";
        let parts = refine(note, today());
        assert_eq!(parts.situation, "我们合作社有两条天然气烘干线，每天烘稻谷40吨，每吨要耗气35方");
        assert_eq!(parts.problem, "烘干太费气");
        let criteria: Vec<_> =
            parts.criteria.iter().map(|m| (m.name.as_str(), m.side, m.value.as_str(), m.unit.as_str())).collect();
        assert_eq!(criteria, [("希望每吨耗气", Side::AtMost, "25", "方"), ("含水率", Side::AtMost, "14", "%")]);
        assert_eq!(parts.constraints, ["不能停产改造"]);
        assert_eq!(parts.budget, Some(Budget { from: Fen::new(8_000_000), to: Fen::new(10_000_000) }));
        assert_eq!(parts.deadline, Day::new(2027, 6, 30));
    }

    #[test]
    fn money_and_days_as_they_are_said() {
        let budget = |text| refine(text, today()).budget.map(|b| (b.from.get(), b.to.get()));
        assert_eq!(budget("能出五万块"), Some((5_000_000, 5_000_000)));
        assert_eq!(budget("能出五万"), Some((5_000_000, 5_000_000)));
        assert_eq!(budget("投入3000元"), Some((300_000, 300_000)));
        assert_eq!(budget("投入13,000元，每亩"), Some((1_300_000, 1_300_000)));
        assert_eq!(budget("亩产增收200元"), None);
        assert_eq!(budget("2万元左右"), Some((2_000_000, 2_000_000)));
        let day = |text| refine(text, today()).deadline.map(|d| d.code());
        assert_eq!(day("三个月内见效").as_deref(), Some("2027-02-19"));
        assert_eq!(day("年底前完成").as_deref(), Some("2026-12-31"));
        assert_eq!(day("3月前装好").as_deref(), Some("2027-03-31"));
        assert_eq!(day("2027年5月20日前").as_deref(), Some("2027-05-20"));
        assert_eq!(day("去年开始的"), None);
    }

    #[test]
    fn nothing_said_stays_empty() {
        assert_eq!(refine("  ，。\n", today()), Parts::default());
    }

    proptest::proptest! {
        #[test]
        fn any_note_comes_apart_and_no_word_is_added(note in "[一-龥0-9，。；%元万年月前内到不低于a-z ]{0,80}") {
            let parts = refine(&note, today());
            for clause in parts.situation.split('，').chain(parts.problem.split('，')).filter(|c| !c.is_empty()) {
                proptest::prop_assert!(note.contains(clause));
            }
        }
    }
}
