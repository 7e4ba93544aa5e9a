//! Finds every number with its unit in folded text: `12.78万元`, `4万余册`, `13-20个`, `≥95%`, `3000人以上`,
//! `0.8万元/年`, `三百二十元`, `百分之五`. Years, dates, document numbers and codes are not quantities and are left out.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::{Kind, Printed, Unit, parse_numeral};

/// A limit that words or signs around a number set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Bound {
    /// ≥, 不低于, 以上
    #[serde(rename = ">=")]
    AtLeast,
    /// >, 超过
    #[serde(rename = ">")]
    MoreThan,
    /// ≤, 不超过, 以内
    #[serde(rename = "<=")]
    AtMost,
    /// <, 少于
    #[serde(rename = "<")]
    LessThan,
}

/// One number of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Bytes of the folded text: digits and unit, with a bound written after it.
    pub range: Range<usize>,
    /// Bytes of the digits alone.
    pub digits: Range<usize>,
    /// The value as printed, without the multiplier that the unit carries.
    pub value: Printed,
    /// Upper end, for ranges (13–20个).
    pub upper: Option<Printed>,
    /// The unit; a bare number has an empty count unit.
    pub unit: Unit,
    /// The limit, if any.
    pub bound: Option<Bound>,
    /// 余, 多, 约, 近: not exact.
    pub approx: bool,
    /// Unit price: per what (`元/册`, `万元每年`).
    pub per: Option<String>,
    /// Written in Chinese numerals.
    pub spelled: bool,
    /// 第2名: a rank, not a quantity.
    pub ordinal: bool,
}

const MEASURES: &str = concat!(
    "人（次）|人·次|人次|场（次）|场次|批（次）|批次|期（次）|期次|台（套）|台/套|台套|件（套）|件套|个（次）|个（组）|个次|项次|户次|辆次|篇次|条次|家次|班次|车次|",
    "平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|米|㎡|m2|公顷|亩|吨|公斤|千克|克|千瓦时|度|",
    "小时|分钟|课时|学时|个工作日|工作日|个月|个百分点|百分点|个|名|人|位|家|户|次|场|期|项|件|份|册|本|篇|条|只|支|台|辆|套|批|组|对|所|座|处|间|块|张|枚|部|种|",
    "口|类|门|节|单|例|起|宗|笔|头|株|棵|幅|面|架|艘|天|级|分|英寸|寸|吋|盏|副|把|根|片|桶|箱|袋|盒|瓶|顶|床|段|轮|届|版|集|讲|堂|站|点|村|校|户|县|镇|街道|社区|款|卷|首|款次|万"
);

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    let n = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?";
    let pattern = format!(
        "(?P<a>{n})(?P<ap1>余|多)?(?:(?P<u1>[万亿]?(?:元|{m}|%)?)?(?P<dash>-|—|–|~|至|到)(?P<b>{n}))?(?P<mul>[千百]?[万亿])?(?P<ap2>余|多)?(?P<unit>%|‰|元|(?:[千百]?[万亿])?(?:元|{m}))?(?P<after>（含）以上|（含）以下|及以上|及以下|以上|以下|以内|左右)?(?:(?:/|每)(?P<per>{m}|年|月|日|人年|人|吨))?",
        m = MEASURES
    );
    Regex::new(&pattern).expect("a constant pattern")
});

static SPELLED: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = format!(
        "(?P<pc>百分之)?(?P<n>[一二三四五六七八九十百千两零〇]+)(?P<ap>余|多)?(?P<unit>[万亿]?(?:元|{m}))?",
        m = MEASURES
    );
    Regex::new(&pattern).expect("a constant pattern")
});

/// Every number of folded text, in order. Quantities only: see the module's head for what is left out.
pub fn scan(text: &str) -> Vec<Number> {
    let mut found: Vec<Number> = Vec::new();
    let mut at = 0;
    while let Some(c) = NUMBER.captures_at(text, at) {
        let whole = c.get(0).expect("group 0").range();
        at = whole.end.max(whole.start + 1);
        if let Some(number) = arabic(text, &c) {
            at = number.range.end.max(whole.start + 1);
            found.push(number);
        } else {
            // Skip the digits only: what follows may begin a number of its own.
            at = c.name("a").map_or(at, |a| a.end());
        }
    }
    // 1.6个百分点 is one number: the 百 in its unit is none of its own.
    let spelled: Vec<Number> = SPELLED.captures_iter(text).filter_map(|c| spelled(text, &c)).collect();
    let free = |n: &Number| !found.iter().any(|f| f.range.start < n.range.end && n.range.start < f.range.end);
    let spelled: Vec<Number> = spelled.into_iter().filter(free).collect();
    found.extend(spelled);
    found.sort_by_key(|n| n.range.start);
    found
}

fn arabic(text: &str, c: &regex::Captures<'_>) -> Option<Number> {
    let a = c.name("a")?;
    let before = text[..a.start()].chars().next_back();
    if is_of_something_else(text, a, before) {
        return None;
    }
    let b = c.name("b").filter(|b| is_range(c, a, *b));
    if b.is_none() && c.name("b").is_some() {
        let end = c.name("dash").map_or(a.end(), |d| d.start());
        return arabic(&text[..end], &NUMBER.captures_at(&text[..end], a.start())?);
    }
    if b.is_some_and(|b| is_period(text, a, b)) {
        return None;
    }
    let mul = c.name("mul").map_or("", |m| m.as_str());
    let unit_text = c.name("unit").map_or("", |m| m.as_str());
    let name = format!("{mul}{unit_text}");
    let end = c.get(0)?.end();
    if name.is_empty() && (b.is_some() || !may_stand_bare(a.as_str(), before, text[end..].chars().next())) {
        return None;
    }
    let mut value = Printed::parse(a.as_str())?;
    let mut start = a.start();
    if is_negative(text, start, before) {
        value = Printed::from_decimal(-value.value());
        start -= 1;
    }
    let after = c.name("after").map_or("", |m| m.as_str());
    Some(Number {
        range: start..end,
        digits: a.range(),
        value,
        upper: b.and_then(|b| Printed::parse(b.as_str())),
        unit: unit_of(&name),
        bound: bound_before(&text[..start]).or_else(|| bound_after(after)),
        approx: c.name("ap1").is_some()
            || c.name("ap2").is_some()
            || after == "左右"
            || text[..a.start()].ends_with(['约', '近']),
        per: c.name("per").map(|p| p.as_str().to_owned()),
        spelled: false,
        ordinal: before == Some('第'),
    })
}

/// Four digits that may be a year.
fn is_year_like(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// Part of a word, a product, a version, a file number, a longer digit group, or a date.
fn is_of_something_else(text: &str, digits: regex::Match<'_>, before: Option<char>) -> bool {
    let after = text[digits.end()..].chars().next();
    let marks_before = ['*', '×', '.', '〔', '[', '#', '_', '/'];
    if before.is_some_and(|b| b.is_ascii_alphanumeric() || marks_before.contains(&b)) {
        return true;
    }
    let Some(after) = after else { return false };
    let marks_after = ['*', '×', '〕', ']', '_'];
    let year_marks = ['年', '-', '—', '–', '~', '至', '/', '、'];
    marks_after.contains(&after)
        || (after.is_ascii_alphabetic() && after != 'm')
        || (is_year_like(digits.as_str()) && year_marks.contains(&after))
        || matches!(after, '月' | '日' | '号' | '时' | '点')
        || (after == '年' && digits.len() == 2 && !matches!(before, Some('近' | '过' | '约' | '共')))
}

/// 46名到12个村, 5至3: two numbers, not a range.
fn is_range(c: &regex::Captures<'_>, a: regex::Match<'_>, b: regex::Match<'_>) -> bool {
    let ends = Printed::parse(a.as_str()).zip(Printed::parse(b.as_str()));
    let own = c.name("u1").map_or("", |u| u.as_str());
    ends.is_some_and(|(a, b)| b.value() > a.value())
        && (own.is_empty() || c.name("unit").is_some_and(|u| u.as_str() == own))
}

/// 2016-2020年, 7-8月: a period, not a range.
fn is_period(text: &str, a: regex::Match<'_>, b: regex::Match<'_>) -> bool {
    let (rest, year_like) = (&text[b.end()..], is_year_like(a.as_str()));
    rest.starts_with(['月', '日', '号']) || (year_like && (rest.starts_with('年') || b.len() == 4))
}

/// Whether digits without a unit are a number: after a word and before the end of the clause.
fn may_stand_bare(digits: &str, before: Option<char>, next: Option<char>) -> bool {
    digits.len() < 7
        && !is_year_like(digits)
        && before.is_some_and(|b| ('\u{4e00}'..='\u{9fff}').contains(&b) && b != '第')
        && next.is_none_or(|n| matches!(n, '，' | '；' | '。' | '）' | '、'))
}

/// Whether the hyphen before is a minus: a dash of a list, a range or a name is none.
fn is_negative(text: &str, start: usize, before: Option<char>) -> bool {
    if before != Some('-') {
        return false;
    }
    let ahead = text[..start - 1].chars().next_back();
    ahead.is_none_or(|p| !p.is_ascii_alphanumeric() && !matches!(p, '-' | '）' | '一'..='龥'))
}

fn spelled(text: &str, c: &regex::Captures<'_>) -> Option<Number> {
    let n = c.name("n")?;
    let unit_text = c.name("unit").map_or("", |m| m.as_str());
    let before = text[..n.start()].chars().next_back();
    let percent = c.name("pc").is_some();
    if before.is_some_and(|b| b.is_ascii_digit() || "第其另每同任某这那初周之十月、（《“一".contains(b)) && !percent
    {
        return None;
    }
    // 个百分点, 百分比: a word, not a hundred points.
    if !percent && n.as_str().ends_with('百') && unit_text == "分" {
        return None;
    }
    let value = parse_numeral(n.as_str())?;
    let count = n.as_str().chars().count();
    if !percent
        && (unit_text.is_empty()
            || (count == 1
                && value < 10
                && (value == 1
                    || !matches!(
                        unit_text,
                        "个" | "名" | "家" | "支" | "辆" | "场" | "项" | "本" | "人" | "万元" | "元"
                    ))))
    {
        return None;
    }
    // 三公, 二等奖, 一次性, 八大, 五年规划: words, not quantities.
    if unit_text.is_empty() && !percent {
        return None;
    }
    Some(Number {
        range: c.get(0)?.range(),
        digits: n.range(),
        value: Printed::from_decimal(value.into()),
        upper: None,
        unit: if percent { Unit::percent() } else { unit_of(unit_text) },
        bound: bound_before(&text[..c.get(0)?.start()]),
        approx: c.name("ap").is_some(),
        per: None,
        spelled: true,
        ordinal: false,
    })
}

fn unit_of(name: &str) -> Unit {
    match name {
        "%" => Unit::percent(),
        "‰" => Unit::count("‰"),
        "个百分点" | "百分点" => Unit::points(),
        _ => Unit::money(name).unwrap_or_else(|| {
            Unit::count(
                &name
                    .replace("人（次）", "人次")
                    .replace("场（次）", "场次")
                    .replace("批（次）", "批次")
                    .replace("期（次）", "期次"),
            )
        }),
    }
}

fn bound_before(text: &str) -> Option<Bound> {
    let tail: &str = text.char_indices().rev().nth(4).map_or(text, |(i, _)| &text[i..]);
    let ends = |words: &[&str]| words.iter().any(|w| tail.ends_with(w));
    if ends(&["不低于", "不少于", "不小于", "至少", "≥", ">=", "大于等于", "最低", "不得低于", "不得少于"])
    {
        Some(Bound::AtLeast)
    } else if ends(&[
        "不超过",
        "不高于",
        "不大于",
        "不多于",
        "≤",
        "<=",
        "小于等于",
        "最多",
        "至多",
        "不得超过",
        "不得高于",
    ]) {
        Some(Bound::AtMost)
    } else if ends(&["超过", "大于", "高于", "多于", ">", "突破"]) {
        Some(Bound::MoreThan)
    } else if ends(&["小于", "低于", "少于", "<", "不足", "不到"]) {
        Some(Bound::LessThan)
    } else {
        None
    }
}

fn bound_after(after: &str) -> Option<Bound> {
    match after {
        "以上" | "及以上" | "（含）以上" => Some(Bound::AtLeast),
        "以下" | "及以下" | "以内" | "（含）以下" => Some(Bound::AtMost),
        _ => None,
    }
}

impl Number {
    /// The kind of what is counted.
    pub fn kind(&self) -> Kind {
        self.unit.kind
    }
}

#[cfg(test)]
mod tests {
    use super::{Bound, scan};

    fn show(text: &str) -> Vec<String> {
        scan(text)
            .into_iter()
            .map(|n| {
                let upper = n.upper.map(|u| format!("~{u}")).unwrap_or_default();
                let bound = match n.bound {
                    Some(Bound::AtLeast) => ">=",
                    Some(Bound::AtMost) => "<=",
                    Some(Bound::MoreThan) => ">",
                    Some(Bound::LessThan) => "<",
                    None => "",
                };
                let per = n.per.map(|p| format!("/{p}")).unwrap_or_default();
                format!("{bound}{}{upper}{}{}{per}", n.value, n.unit.name, if n.approx { "余" } else { "" })
            })
            .collect()
    }

    #[test]
    fn money_percent_and_counts() {
        assert_eq!(show("收入661.66万元，占99.99%；其他0.02万元"), ["661.66万元", "99.99%", "0.02万元"]);
        assert_eq!(show("发放资料4万余册，受益3万余人（次），培训2300余人次"), ["4万册余", "3万人次余", "2300人次余"]);
        assert_eq!(show("交易857单，金额2.34亿元，浏览量6.3万次"), ["857单", "2.34亿元", "6.3万次"]);
        assert_eq!(show("参加39750人（次），134场（次）"), ["39750人次", "134场次"]);
        assert_eq!(show("提高0.7个百分点"), ["0.7个百分点"]);
        assert_eq!(show("收录信息1.8万余条"), ["1.8万条余"]);
    }

    #[test]
    fn ranges_bounds_and_unit_prices() {
        assert_eq!(show("举办13-20个"), ["13~20个"]);
        assert_eq!(show("选派专家46名到12个村"), ["46名", "12个"]);
        assert_eq!(show("培训40次至60次"), ["40~60次"]);
        assert_eq!(show("满意度≥95%，不少于3场，3000人以上，200家以上"), [">=95%", ">=3场", ">=3000人", ">=200家"]);
        assert_eq!(show("0.8万元每年，5元/册，750元/场次"), ["0.8万元/年", "5元/册", "750元/场次"]);
        assert_eq!(show("单价100万元（含）以上设备2台（套）"), [">=100万元", "2台（套）"]);
    }

    #[test]
    fn years_dates_codes_and_names_are_no_quantities() {
        assert!(show("2019年12月31日").is_empty());
        assert!(show("2016—2020年").is_empty());
        assert!(show("〔2021〕148号").is_empty());
        assert!(show("“三公”经费").is_empty());
        assert!(show("室内P2.5全彩4.26*2.02米").is_empty());
        assert_eq!(show("2060702科普活动支出1,279,964.59元"), ["1279964.59元"]);
    }

    #[test]
    fn chinese_numerals_with_units() {
        assert_eq!(show("共三十二人参加，拨付三百万元，占百分之五"), ["32人", "300万元", "5%"]);
        assert_eq!(show("以上两个单位"), ["2个"]);
        assert_eq!(show("提高2.15个百分点"), ["2.15个百分点"]);
        assert_eq!(show("其中行政人员4，事业人员1人"), ["4", "1人"]);
    }
}
