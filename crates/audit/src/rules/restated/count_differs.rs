//! R0203: one count stated with two values.

use keqiao_diag::Level;
use keqiao_facts::Report;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::Decimal;

use super::passage::{Passage, common_end, common_start, compatible, han};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "R0203",
    name: "count-stated-differently",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "同一数量前后不一致", en: "One count stated with two values" },
    why: Fixed {
        zh: "同一件事的场次、人次、项数在工作总结、绩效表、附件里应是同一个数。",
        en: "Occasions, people and items of one thing are one number in summary, form and attachment.",
    },
    source: "PR-28, TX-6, 3.9",
    check,
};

/// Characters that two statements must share right beside the number.
const SHARED_MIN: usize = 6;
/// Characters that must be shared after one number and before the other.
const CROSSING_MIN: usize = 12;
/// Characters that need no backing by unit and size.
const SHARED_LONG: usize = 12;

fn check(cx: &Context<'_>, out: &mut Sink) {
    let passages = cx.counts();
    for (i, b) in passages.iter().enumerate() {
        for a in &passages[..i] {
            if !comparable(a, b) {
                continue;
            }
            let shared = shared(a, b);
            if shared < SHARED_MIN || a.qualifiers != b.qualifiers || shared < SHARED_LONG && !alike(a, b) {
                continue;
            }
            // Only one statement says where or for whom: perhaps a part of the other. Worth a look, no more.
            let scopes = scopes(cx.report, a, b);
            let partial = scopes == Scopes::Partial;
            if scopes == Scopes::Apart || partial && shared < SHARED_MIN + 2 {
                continue;
            }
            out.judge();
            if compatible(a.fact, b.fact) {
                continue;
            }
            out.report_at(
                match (partial, shared >= SHARED_MIN + 2) {
                    (true, _) => Level::Info,
                    (false, true) => Level::Error,
                    (false, false) => Level::Warning,
                },
                b.fact.clause,
                Bilingual::new(
                    format!("同一事项此处为 {}，别处为 {}", b.fact.value.show(), a.fact.value.show()),
                    format!("the same thing is {} here and {} elsewhere", b.fact.value.show(), a.fact.value.show()),
                ),
                Bilingual::new("核对原始记录，统一为一个数；口径不同的请写明。", "Check the records and give one number, or say how the scopes differ."),
            )
            .against(a.fact.clause)
            .numbers(b.fact.value.show(), a.fact.value.show());
        }
    }
}

/// What little common wording has to be backed by: the same unit, and values of one size.
fn alike(a: &Passage<'_>, b: &Passage<'_>) -> bool {
    let (x, y) = (a.fact.value.interval().high, b.fact.value.interval().high);
    let ratio = Decimal::from(3);
    a.fact.value.unit.base_name() == b.fact.value.unit.base_name() && x <= y * ratio && y <= x * ratio
}

/// Two numbers in different paragraphs, counted alike, neither a target nor spelled out.
fn comparable(a: &Passage<'_>, b: &Passage<'_>) -> bool {
    let apart = a.fact.paragraph != b.fact.paragraph || a.fact.paragraph.is_none() && b.fact.span.start > a.fact.span.end + 60;
    a.group == b.group && apart && a.fact.aspect == b.fact.aspect && a.fact.value.bound.is_none() && b.fact.value.bound.is_none() && !(a.fact.value.spelled && b.fact.value.spelled)
}

/// Chinese characters that two statements share at their numbers: before both, after both, or after one and before the
/// other (集中宣传5名…优秀科技工作者 / …优秀科技工作者86名).
fn shared(a: &Passage<'_>, b: &Passage<'_>) -> usize {
    let end = han(common_end(&a.before, &b.before));
    let start = han(common_start(&a.after, &b.after));
    // Words on both sides count together only when each side has some.
    let both = if end >= 2 && start >= 2 { end + start } else { end.max(start) };
    let crossed = crossing(&a.after, &b.before).max(crossing(&b.after, &a.before));
    // A long crossing is needed: short ones are the same noun in another sentence.
    if crossed >= CROSSING_MIN { both.max(crossed) } else { both }
}

/// How two statements stand to each other.
#[derive(Clone, Copy, PartialEq)]
enum Scopes {
    /// Nothing parts them.
    Same,
    /// Only one says where or for whom (在河口镇…, 向农村群众…).
    Partial,
    /// Each says its own, or their headings name two places.
    Apart,
}

fn scopes(report: &Report, a: &Passage<'_>, b: &Passage<'_>) -> Scopes {
    const PLACES: [char; 12] = ['镇', '乡', '村', '社', '街', '县', '区', '市', '校', '企', '场', '馆'];
    // A place is named, not a channel (在公众号推送); a verb's object needs no place.
    let told = |r: &str| r.contains(['向', '对', '为', '给']) || r.find(['在', '赴', '到', '于', '入']).is_some_and(|at| r[at..].contains(PLACES));
    let end = common_end(&a.before, &b.before);
    let rest = |p: &Passage<'_>| {
        let own = p.before.strip_suffix(end).unwrap_or("");
        let own = own.rsplit(['，', '；', '：', '。', '、']).next().unwrap_or("");
        own.rsplit(|c: char| c.is_ascii_digit()).next().unwrap_or("").to_owned()
    };
    let (x, y) = (rest(a), rest(b));
    let compared = han(end) >= SHARED_MIN && x != y;
    let place = |p: &Passage<'_>| {
        let title = report.ancestors(p.fact.section).next().map(|s| s.title.clone()).unwrap_or_default();
        title.ends_with(['镇', '乡', '村', '县', '区', '市', '站', '馆', '校']).then_some(title)
    };
    let places = place(a).zip(place(b)).is_some_and(|(x, y)| x != y);
    match (told(&x), told(&y)) {
        _ if places => Scopes::Apart,
        (true, true) if compared => Scopes::Apart,
        (true, _) | (_, true) if compared => Scopes::Partial,
        _ => Scopes::Same,
    }
}

/// Chinese characters of `after`'s beginning that stand at the end of `before`, give or take a character that one
/// writer lost. Words that run into another number belong to that one: 13位…评出一等奖1名.
fn crossing(after: &str, before: &str) -> usize {
    if after.len() < CROSSING_MIN * '一'.len_utf8() || after.contains(|c: char| c.is_ascii_digit()) {
        return 0;
    }
    let ends = after.char_indices().map(|(i, c)| i + c.len_utf8()).rev();
    ends.map(|end| &after[..end]).find(|head| before.ends_with(head)).map_or(0, han)
}
