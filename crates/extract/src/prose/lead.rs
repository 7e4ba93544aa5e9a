//! What the words before a number say about it: a value, a base, a change, a share, a completion.

use std::sync::LazyLock;

use keqiao_facts::{Aspect, Direction};
use keqiao_quantity::Kind;
use regex::Regex;

use super::clause::Mention;

/// The part a number plays in its sentence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum LeadKind {
    /// A value of its own.
    Value(Aspect),
    /// The value compared with: 与2020年决算收入149.12万元相比.
    Base,
    /// A change, in the unit of the value or in percent. `subject` is the words before the comparison.
    Change { direction: Direction, word: std::ops::Range<usize>, subject: String },
    /// A share; `of` names the whole when the words do.
    Share { of: String },
    /// Completion of a budget.
    Completion { initial: bool },
}

const UP: &str = "增加|增长|上升|提高|提升|上涨|增多|增幅|增|多|超出|超过上年|净增|新增长";
const DOWN: &str = "减少|下降|降低|下滑|缩减|减幅|降幅|压减|节约|减|少|降";

static CHANGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        "(?P<subject>.*?)(?:同比|环比|(?:比|较|与|对比|相比|相较).{{0,24}}?)?(?P<word>{UP}|{DOWN})(?:了|率|额|数|幅度|支出|收入|比例|金额|百分比)?(?:为|达到|达|约|近|是|：)*$"
    ))
    .expect("a constant pattern")
});
static SHARE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("占(?P<of>[^，；。]*?)(?:的?(?:比例|比重|比率|百分比|份额))?(?:的|为|达|约|：|是)*$")
        .expect("a constant pattern")
});
static COMPLETION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:完成|占|达到|为|是)(?:了)?(?P<which>[^，；。占]*?预算(?:数|安排|批复数|总额|指标)?)(?:的|为|：|比例|比重)*$|(?P<rate>预算执行率|预算完成率|执行率|完成率|支付率|支出进度|预算执行进度)(?:为|达到|达|是|：)*$")
        .expect("a constant pattern")
});
static AGAINST_BUDGET: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?P<word>大于|小于|高于|低于|超过|超出|少于)(?:年初|全年|调整)?预算数?(?:为|约)?$")
        .expect("a constant pattern")
});
static BASE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:^|.*?)(?:与|比|较|对比|相较于)(?:20\\d\\d年|上年|去年|上一年|同期)[^，；。]{0,24}$")
        .expect("a constant pattern")
});

/// Says what a mention is. `text` is the folded paragraph.
pub(crate) fn classify(text: &str, m: &Mention) -> LeadKind {
    let lead = &text[m.lead.clone()];
    let kind = m.number.kind();
    if kind == Kind::Percent {
        if let Some(c) = COMPLETION.captures(lead) {
            let which = c.name("which").map_or("", |w| w.as_str());
            return LeadKind::Completion { initial: which.contains("年初") };
        }
        if let Some(c) = SHARE.captures(lead) {
            return LeadKind::Share { of: c["of"].to_owned() };
        }
    }
    if !matches!(kind, Kind::Money | Kind::Percent | Kind::Points | Kind::Count) {
        return LeadKind::Value(Aspect::Actual);
    }
    // 决算数大于年初预算数0.91万元: the difference, not a budget.
    if let Some(word) = AGAINST_BUDGET.captures(lead).and_then(|c| c.name("word")).filter(|_| kind == Kind::Money) {
        let direction =
            if matches!(word.as_str(), "小于" | "低于" | "少于") { Direction::Down } else { Direction::Up };
        let start = m.lead.start + word.start();
        return LeadKind::Change { direction, word: start..start + word.len(), subject: String::new() };
    }
    if let Some((direction, word, subject)) = change(text, m, lead, kind) {
        return LeadKind::Change { direction, word, subject };
    }
    if matches!(kind, Kind::Money | Kind::Count | Kind::Percent) && BASE.is_match(lead) {
        return LeadKind::Base;
    }
    LeadKind::Value(aspect(lead))
}

fn change(text: &str, m: &Mention, lead: &str, kind: Kind) -> Option<(Direction, std::ops::Range<usize>, String)> {
    let c = CHANGE.captures(lead)?;
    let word = c.name("word")?;
    let subject = c.name("subject").map_or("", |s| s.as_str());
    let compared = lead[..word.start()].contains(['比', '较', '与']) || text[m.gap.clone()].contains(['比', '较']);
    let single = matches!(word.as_str(), "增" | "多" | "超出" | "减" | "少" | "降" | "节约" | "提升" | "提高");
    // 提高能力3项, 减少2次: only a comparison makes a change of counts; money and percent need no more than the word
    // when it stands alone (增加7.80万元) or after a known subject.
    let sentence_start = text[..m.lead.start].rfind('。').map_or(0, |i| i + '。'.len_utf8());
    let in_comparison = compared
        || text[sentence_start..m.lead.start].contains("相比")
        || text[sentence_start..m.lead.start].contains("比20")
        || text[sentence_start..m.lead.start].contains("比上年");
    if (kind == Kind::Count || single) && !in_comparison {
        return None;
    }
    if kind == Kind::Money
        && !in_comparison
        && !subject.is_empty()
        && !subject.ends_with('各')
        && !subject.ends_with("支出")
        && !subject.ends_with("收入")
        && !subject.ends_with("总计")
    {
        return None;
    }
    let direction = if UP.split('|').any(|u| u == word.as_str()) { Direction::Up } else { Direction::Down };
    let start = m.lead.start + word.start();
    Some((direction, start..start + word.as_str().len(), subject.to_owned()))
}

/// Actual, or which budget, by the words right before the number.
pub(crate) fn aspect(lead: &str) -> Aspect {
    let tail: String = {
        let chars: Vec<char> = lead.chars().collect();
        chars[chars.len().saturating_sub(14)..].iter().collect()
    };
    let accounted = ["决算", "执行数", "实际", "执行"].iter().any(|w| tail.contains(w));
    if !accounted && ["年初预算", "初部门预算"].iter().any(|w| tail.contains(w)) {
        return Aspect::InitialBudget;
    }
    if !accounted && ["全年预算", "调整预算", "调整后预算"].iter().any(|w| tail.contains(w)) {
        return Aspect::Budget;
    }
    if tail.contains("决算")
        || tail.contains("执行数")
        || tail.contains("实际")
        || tail.contains("预算执行")
        || tail.contains("预算收入")
    {
        return Aspect::Actual;
    }
    if tail.contains("年初预算") || tail.contains("初预算") || tail.contains("年初部门预算") {
        return Aspect::InitialBudget;
    }
    let budget = [
        "预算数",
        "预算数为",
        "预算为",
        "预算安排",
        "全年预算",
        "调整预算",
        "预算金额",
        "预算资金",
        "预算",
        "预算总额",
        "预算共",
        "预算批复",
    ];
    let core = tail.trim_end_matches(['为', '是', '：', '共', '计', '达', '了']);
    if budget.iter().any(|b| core.ends_with(b))
        && !core.ends_with("一般公共预算")
        && !core.ends_with("政府性基金预算")
        && !core.ends_with("国有资本经营预算")
    {
        return Aspect::Budget;
    }
    Aspect::Actual
}
