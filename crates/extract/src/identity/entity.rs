//! The body whose report it is: the full name in the title, or the one that stands most often by itself.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use keqiao_source::{Folded, Span};
use regex::Regex;

const BODIES: &str = "科学技术协会|残疾人联合会|联合会|协会|总工会|红十字会|委员会|街道办事处|人民政府|人民法院|人民检察院|办公室|研究院|研究所|科学院|\
                      党校|学院|大学|学校|中学|小学|幼儿园|医院|科学技术馆|科技馆|博物馆|图书馆|文化馆|档案馆|中心|大队|支队|管理处|局|厅|科协|残联|妇联";

static NAME: LazyLock<Regex> = LazyLock::new(|| {
    let place = "[一-龥]{1,7}?(?:省|自治区|自治州|地区|市|县|区|旗|州)";
    Regex::new(&format!("(?:{place}){{1,3}}[一-龥]{{0,12}}?(?:{BODIES})")).expect("checked by the tests")
});

/// Words that stand before a name at the start of a line and are not part of it.
const BEFORE: &[&str] = &[
    "纳入",
    "根据",
    "按照",
    "依据",
    "经",
    "由",
    "即",
    "含",
    "从",
    "对",
    "填报单位",
    "编制单位",
    "实施单位",
    "主管部门",
    "部门名称",
    "单位名称",
    "部门",
    "单位",
    "中共",
    "其中",
    "关于",
    "以及",
    "和",
    "与",
    "年度",
    "年",
    "度",
];

/// The name and its first place.
pub(super) fn entity(titles: &[String], lines: &[Folded]) -> Option<(String, Span)> {
    let mut votes: BTreeMap<String, usize> = BTreeMap::new();
    for title in titles {
        for name in names(title) {
            *votes.entry(name.0).or_default() += 10;
        }
    }
    for line in lines {
        let text = line.text();
        for (name, at) in names(text) {
            // A name in 《…》 is that of whoever issued a document.
            let quoted = text[..at].matches('《').count() > text[..at].matches('》').count();
            let weight = if quoted {
                0
            } else if text == name {
                3
            } else {
                1
            };
            *votes.entry(name).or_default() += weight;
        }
    }
    let best = votes.iter().filter(|v| *v.1 > 0).max_by_key(|v| (*v.1, v.0.chars().count()))?.0.clone();
    // The same name with its city before it says more: 广元市 + 朝天区科学技术协会.
    let name = votes
        .keys()
        .filter(|n| {
            n.strip_suffix(best.as_str()).is_some_and(|more| more.is_empty() || more.ends_with(['市', '州', '省']))
        })
        .max_by_key(|n| n.chars().count())
        .unwrap_or(&best)
        .clone();
    let place = |name: &str| lines.iter().find_map(|l| l.text().find(name).map(|at| l.span(at..at + name.len())));
    let span = place(&name).or_else(|| place(&best))?;
    Some((name, span))
}

/// Names that begin at a clean border (start of the line, after a sign or a digit), with their places.
fn names(text: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for m in NAME.find_iter(text) {
        let clean =
            text[..m.start()].chars().next_back().is_none_or(|c| !('一'..='龥').contains(&c) || "年度".contains(c));
        if !clean {
            continue;
        }
        let mut name = m.as_str();
        while let Some(rest) = BEFORE.iter().find_map(|w| name.strip_prefix(w)).filter(|rest| NAME.is_match(rest)) {
            name = rest;
        }
        if name.chars().count() >= 5 || name.ends_with("科协") {
            found.push((name.to_owned(), m.end() - name.len()));
        }
    }
    found
}
