//! The words around a number: what two statements of one quantity have in common.

use keqiao_facts::{Fact, Report};
use keqiao_quantity::Kind;
use keqiao_source::Folded;

/// A number with the words of its sentence before and after it, folded and without quotes.
#[derive(Debug)]
pub(crate) struct Passage<'r> {
    pub fact: &'r Fact,
    /// From the sentence's start to the number.
    pub before: String,
    /// From the number to the end of its clause.
    pub after: String,
    /// Words that limit which occasion is meant: 第34届, 2019年, 省级, 计划, 累计.
    pub qualifiers: Vec<String>,
    /// How it is counted: 人 for 人, 名, 位 and 人次.
    pub group: String,
}

/// How many characters around a number are looked at.
const WINDOW: usize = 90;

/// Passages of all counts, in order.
pub(crate) fn passages(report: &Report) -> Vec<Passage<'_>> {
    report
        .facts
        .iter()
        .filter(|f| f.value.kind() == Kind::Count && !f.value.ordinal && !f.value.unit.name.is_empty())
        .filter(|f| f.direction.is_none() && f.value.per.is_none())
        .filter(|f| !in_code(report, f))
        .map(|f| passage(report, f))
        .collect()
}

/// “（208类）”, “（05款）”: a code of the classification in its bracket counts nothing.
fn in_code(report: &Report, fact: &Fact) -> bool {
    let (before, after) = (&report.text[..fact.span.start as usize], &report.text[fact.span.end as usize..]);
    ["类", "款", "项"].contains(&fact.value.unit.name.as_str())
        && before.ends_with(['（', '('])
        && after.starts_with(['）', ')'])
}

/// The passage of one fact.
pub(super) fn passage<'r>(report: &'r Report, fact: &'r Fact) -> Passage<'r> {
    let text: &str = &report.text;
    let from = floor(text, (fact.span.start as usize).saturating_sub(WINDOW * 3));
    let to = ceil(text, fact.span.end as usize + WINDOW);
    let clean = |s: &str| Folded::new(s, 0).text().replace(['“', '”', '《', '》', '"', '「', '」'], "");
    // A cell ends at a tab, a paragraph at a line break: the sentence does not reach beyond.
    let left = &text[from..fact.span.start as usize];
    let left = left.rsplit(['\n', '\t', '。', '；', ';']).next().unwrap_or(left);
    let right = &text[fact.span.end as usize..to];
    let right = right.split(['\n', '\t', '。', '；', ';', '，', ',']).next().unwrap_or(right);
    let (before, after) = (clean(left), clean(right));
    let qualifiers = qualifiers(&before, &after);
    Passage { fact, before, after, qualifiers, group: group(fact) }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

const WORDS: [&str; 41] = [
    "国家级",
    "全国",
    "省级",
    "全省",
    "市级",
    "全市",
    "县级",
    "区级",
    "全县",
    "全区",
    "乡级",
    "校级",
    "上半年",
    "下半年",
    "一季度",
    "二季度",
    "三季度",
    "四季度",
    "计划",
    "拟",
    "预计",
    "目标",
    "力争",
    "累计",
    "截至",
    "新增",
    "新建",
    "上年",
    "去年",
    "历年",
    "年均",
    "人均",
    "平均",
    "其中",
    "线上",
    "线下",
    "现场",
    "同比",
    "男",
    "女",
    "第三方",
];

fn qualifiers(before: &str, after: &str) -> Vec<String> {
    // 首批, 第N届, years and the words above; the clause after the number counts too.
    let mut found: Vec<String> = Vec::new();
    let chars: Vec<char> = before.chars().chain(['，']).chain(after.chars()).collect();
    let mut i = 0;
    while i < chars.len() {
        if chars[i] == '第' {
            let run: String = chars[i..]
                .iter()
                .skip(1)
                .take_while(|c| c.is_ascii_digit() || "一二三四五六七八九十百".contains(**c))
                .collect();
            if !run.is_empty() {
                found.push(format!("第{run}"));
            }
        }
        if chars[i].is_ascii_digit() {
            let run: String = chars[i..].iter().take_while(|c| c.is_ascii_digit()).collect();
            if run.len() == 4 && run.starts_with("20") && chars.get(i + 4) == Some(&'年') {
                found.push(run.clone());
            }
            let month = chars.get(i + run.len()) == Some(&'月');
            if month {
                found.push(format!("{run}月"));
            }
            i += run.len();
            continue;
        }
        i += 1;
    }
    let all: String = chars.iter().collect();
    found.extend(WORDS.iter().filter(|w| all.contains(**w)).map(|w| (*w).to_owned()));
    found.sort();
    found.dedup();
    found
}

/// The longest common end of two strings.
pub(super) fn common_end<'a>(a: &'a str, b: &str) -> &'a str {
    let length: usize = a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).map(|p| p.0.len_utf8()).sum();
    &a[a.len() - length..]
}

/// The longest common beginning of two strings.
pub(super) fn common_start<'a>(a: &'a str, b: &str) -> &'a str {
    let length: usize = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|p| p.0.len_utf8()).sum();
    &a[..length]
}

/// How many Chinese characters a string has.
pub(super) fn han(s: &str) -> usize {
    s.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count()
}

/// Whether the two numbers may be one: equal, or within what 余, 多, 近 leave open.
pub(super) fn compatible(a: &Fact, b: &Fact) -> bool {
    if a.value.unit.factor == b.value.unit.factor && a.value.printed.value() == b.value.printed.value() {
        return true;
    }
    if a.value.bound.is_some() || b.value.bound.is_some() || a.value.upper.is_some() || b.value.upper.is_some() {
        return true; // Targets and ranges say less than a value; other rules compare them.
    }
    if a.value.interval().meets(b.value.interval()) {
        return true;
    }
    let rough = |r: &Fact, exact: &Fact| {
        if !r.value.approx {
            return false;
        }
        // 60余 may be anything up to the next value of its leading digits; 近, 约 may lie on either side.
        let low = r.value.interval().low;
        let step = r.value.unit.factor * magnitude(r);
        let x = exact.value.interval();
        x.high >= low - step && x.low <= low + step + step
    };
    rough(a, b) || rough(b, a)
}

fn magnitude(f: &Fact) -> keqiao_quantity::Decimal {
    let mut step = keqiao_quantity::Decimal::ONE;
    let ten = keqiao_quantity::Decimal::TEN;
    let mut v = f.value.printed.value();
    if f.value.printed.decimals() > 0 {
        return keqiao_quantity::Decimal::new(1, f.value.printed.decimals());
    }
    while !v.is_zero() && (v % ten).is_zero() {
        v /= ten;
        step *= ten;
    }
    step
}

/// Whether two counts are counted in the same way: 人 and 名, 次 and 场次.
pub(super) fn same_unit(a: &Fact, b: &Fact) -> bool {
    group(a) == group(b)
}

fn group(fact: &Fact) -> String {
    let unit = fact.value.unit.base_name();
    match unit.as_str() {
        "人" | "名" | "位" | "人次" => "人".to_owned(),
        "次" | "场次" | "场" | "期次" | "期" | "批次" => "次".to_owned(),
        "册" | "份" | "本" | "套" => "份".to_owned(),
        "项" | "个" | "件" => "个".to_owned(),
        "家" | "所" => "家".to_owned(),
        _ => unit,
    }
}
