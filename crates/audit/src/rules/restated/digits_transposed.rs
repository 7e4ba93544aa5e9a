//! R0217: two neighbouring digits changed places between two statements.

use keqiao_diag::Level;
use keqiao_facts::{Fact, Place};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::Kind;

use super::passage::{Passage, passage};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "R0217",
    name: "digits-transposed",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "疑似数字前后颠倒", en: "Two digits changed places between two statements" },
    why: Fixed {
        zh: "同一事项的两个数只是相邻两位对调（1260 与 2160），是录入时最常见的错误。",
        en: "Two statements of one thing differ only in two neighbouring digits: the commonest slip of typing.",
    },
    source: "TX-6",
    check,
};

/// Digits that a number needs: swaps in shorter ones are chance.
const DIGITS_MIN: usize = 3;
/// Chinese characters that the words around both numbers must share.
const SHARED_MIN: usize = 3;

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let numbers: Vec<Passage<'_>> = report
        .facts
        .iter()
        .filter(|f| matches!(f.value.kind(), Kind::Money | Kind::Count) && f.direction.is_none() && f.value.per.is_none() && f.value.bound.is_none() && !f.value.spelled && !f.value.unit.name.is_empty())
        .filter(|f| digits(f).len() >= DIGITS_MIN)
        .map(|f| passage(report, f))
        .collect();
    for (i, b) in numbers.iter().enumerate() {
        for a in &numbers[..i] {
            let same_cell = a.fact.paragraph == b.fact.paragraph && a.fact.paragraph.is_some();
            if same_cell || a.fact.value.unit != b.fact.value.unit || !swapped(&digits(a.fact), &digits(b.fact)) || a.fact.value.printed.decimals() != b.fact.value.printed.decimals() {
                continue;
            }
            // Tables foot by their own rules; a swap shows between a table and the text.
            if a.fact.place == Place::Table && b.fact.place == Place::Table {
                continue;
            }
            // Public quantities and codes are compared by what they are.
            if a.fact.measure.is_some() && b.fact.measure.is_some() || a.qualifiers != b.qualifiers {
                continue;
            }
            let long = digits(a.fact).len() > DIGITS_MIN;
            let needed = if long { SHARED_MIN } else { SHARED_MIN + 1 };
            if shared(a, b) < needed {
                continue;
            }
            out.judge();
            out.report(
                b.fact.clause,
                Bilingual::new(
                    format!("{} 与别处 {} 只有两位数字对调", b.fact.value.show(), a.fact.value.show()),
                    format!("{} and {} elsewhere differ in two swapped digits", b.fact.value.show(), a.fact.value.show()),
                ),
                Bilingual::new("核对原始记录。", "Check the record."),
            )
            .against(a.fact.clause)
            .numbers(b.fact.value.show(), a.fact.value.show());
        }
    }
}

fn digits(f: &Fact) -> Vec<char> {
    f.value.printed.to_string().chars().filter(char::is_ascii_digit).collect()
}

/// Whether one swap of two neighbouring, different digits makes one of the other.
fn swapped(a: &[char], b: &[char]) -> bool {
    if a.len() != b.len() || a == b {
        return false;
    }
    let differing: Vec<usize> = (0..a.len()).filter(|&i| a[i] != b[i]).collect();
    matches!(differing.as_slice(), [i, j] if *j == i + 1 && a[*i] == b[*j] && a[*j] == b[*i])
}

/// Words that say nothing about which thing is counted.
const EMPTY: [&str; 14] = ["支出", "收入", "项目", "经费", "预算", "全年", "资金", "其中", "完成", "开展", "累计", "年度", "活动", "执行"];

/// Longest run of telling Chinese characters that the surroundings share.
fn shared(a: &Passage<'_>, b: &Passage<'_>) -> usize {
    let around = |p: &Passage<'_>| {
        let before: String = p.before.chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
        let after: String = p.after.chars().take(14).collect();
        let mut text = format!("{before}|{after}");
        for word in EMPTY {
            text = text.replace(word, "|");
        }
        text
    };
    let (x, y) = (around(a), around(b));
    let chars: Vec<char> = x.chars().collect();
    let mut best = 0;
    for i in 0..chars.len() {
        for j in i + best + 1..=chars.len() {
            let run = &chars[i..j];
            if !run.iter().all(|c| ('\u{4e00}'..='\u{9fff}').contains(c)) || !y.contains(&run.iter().collect::<String>()) {
                break;
            }
            best = run.len();
        }
    }
    best
}
