//! D0610: a count that differs from the list.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_facts::Paragraph;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::parse_numeral;
use keqiao_source::Span;
use regex::Regex;

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "D0610",
    name: "unit-count-differs",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "数量与列举不符", en: "A count that differs from the list" },
    why: Fixed {
        zh: "先说几个单位（项目），再逐一列举；列出的个数与所说不符，必有一处有误。",
        en: "A number of units or projects is stated and then listed. When the list has more or fewer, one of them is wrong.",
    },
    source: "TX-8",
    check,
};

static INLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"((?:单位|项目|中心|机构|科室|部室|处室|股室)(?:共有?|共计)?(\d{1,2}|[一二两三四五六七八九十]{1,2})个)，(?:分别为|分别是|具体为|即|包括|具体包括)[：:]?([^。；]+)[。；]")
        .expect("checked by the specs")
});

static COUNT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[^，。；]{0,10}下属[^，。；]{0,8}单位(?:共|有)?(\d{1,2})个").expect("checked by the specs"));

static LIST: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:编制|决算)范围的[^，。；]{0,10}单位(?:包括|有|为)：?$").expect("checked by the specs"));

static ITEM: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(?:\d{1,2}[.、]|（\d{1,2}）|[①-⑳])?([^，。；：]{4,50}?)[；。，]?$").expect("checked by the specs"));

const SUFFIX: &[char] = &['心', '站', '馆', '局', '所', '院', '办', '队', '校', '会', '科', '室', '部', '处', '园', '厅', '司', '社', '库', '场', '委', '股', '）'];

fn check(cx: &Context<'_>, out: &mut Sink) {
    for p in words::paragraphs(cx.report) {
        inline(p, out);
    }
    let lines: Vec<&Paragraph> = words::paragraphs(cx.report).collect();
    let mut stated: Option<(u64, Span)> = None;
    for (i, p) in lines.iter().enumerate() {
        let text = p.folded.text();
        if let Some(c) = COUNT.captures(text) {
            stated = c[1].parse().ok().zip(c.get(0).map(|m| p.folded.span(m.range())));
        }
        if let (Some((n, span)), true) = (stated, LIST.is_match(text)) {
            below(n, span, &lines[i + 1..], out);
            stated = None;
        }
    }
}

/// `N个，分别为：A、B、C。`
fn inline(p: &Paragraph, out: &mut Sink) {
    let text = p.folded.text();
    for c in INLINE.captures_iter(text) {
        let (Some(head), Some(list), Some(n)) = (c.get(1), c.get(3), value(&c[2])) else { continue };
        let Some((fewest, most)) = items(list.as_str(), head.as_str().starts_with("项目")) else { continue };
        out.judge();
        if (fewest..=most).contains(&n) {
            continue;
        }
        report(n, most, p.folded.span(head.range()), p.folded.span(list.range()), out);
    }
}

/// How many things a list names: 、 separates outside brackets and quotes; 和 may join two. `None` when it is open or not
/// a plain list of names.
fn items(list: &str, projects: bool) -> Option<(u64, u64)> {
    let list = list.trim_end_matches('，');
    if list.contains('等') || list.contains("其中") || list.contains("以及其他") {
        return None;
    }
    let mut depth = 0;
    let mut names = vec![String::new()];
    for c in list.chars() {
        match c {
            '（' | '《' | '“' => depth += 1,
            '）' | '》' | '”' => depth -= 1,
            _ => {}
        }
        if depth == 0 && matches!(c, '、' | '，') {
            names.push(String::new());
        } else if let Some(last) = names.last_mut() {
            last.push(c);
        }
    }
    let amount = |n: &String| n.ends_with("万元") || n.ends_with('元');
    let plain = |n: &String| if projects { amount(n) || n.ends_with("项目") || n.ends_with("经费") } else { n.ends_with(SUFFIX) };
    if names.len() < 2 || depth != 0 || !names.iter().all(|n| plain(n) && n.chars().count() <= 40) {
        return None;
    }
    let joined: usize = names.iter().map(|n| ["和", "及", "与", "以及"].iter().filter(|w| n.contains(*w)).count().min(1)).sum();
    Some((names.len() as u64, (names.len() + joined) as u64))
}

/// A list of names below `…单位包括：`, one in each paragraph.
fn below(n: u64, span: Span, lines: &[&Paragraph], out: &mut Sink) {
    let names: Vec<&&Paragraph> = lines
        .iter()
        .take_while(|p| {
            let text = p.folded.text();
            ITEM.captures(text).is_some_and(|c| c[1].ends_with(SUFFIX) && !c[1].contains("说明")) && !text.starts_with(['第', '以', '（'])
        })
        .collect();
    let (Some(first), Some(last)) = (names.first(), names.last()) else { return };
    let own = names.iter().filter(|p| ["本级", "机关", "本部"].iter().any(|w| p.folded.text().contains(w))).count() as u64;
    let listed = names.len() as u64;
    out.judge();
    // The body itself may head the list of its units.
    if listed == n || listed - own == n || (own == 0 && listed == n + 1) {
        return;
    }
    report(n, listed, span, first.span.to(last.span), out);
}

fn report(stated: u64, listed: u64, head: Span, list: Span, out: &mut Sink) {
    out.report(
        head,
        Bilingual::new(format!("说是 {stated} 个，列出 {listed} 个"), format!("{stated} are stated, {listed} are listed")),
        Bilingual::new("请核对数量，补全或删去所列名称。", "Check the number, complete the list or correct it."),
    )
    .against(list)
    .numbers(stated.to_string(), listed.to_string());
}

fn value(digits: &str) -> Option<u64> {
    digits.parse().ok().or_else(|| parse_numeral(digits))
}
