//! Relations between the numbers of one paragraph: shares, changes, completions, breakdowns.

use keqiao_facts::{Aspect, Breakdown, Completion, FactId, Measure, Paragraph, Relations, Report, Share, Whole};
use keqiao_quantity::Kind;
use keqiao_source::Span;

use super::lead::LeadKind;
use super::{Stated, breakdown, change, sentence_start};
use crate::Collector;

/// Finds the relations that a paragraph states.
pub(crate) fn relate(report: &Report, p: &Paragraph, stated: &[Stated], facts: &mut Collector, out: &mut Relations) {
    let text = p.folded.text();
    let breakdowns = breakdown::breakdowns(text, p, stated, facts);
    shares(text, p, stated, facts, &breakdowns, out);
    completions(text, p, stated, facts, out);
    change::changes(report, text, p, stated, facts, out);
    change::flats(report, text, p, stated, facts, out);
    for mut b in breakdowns {
        b.exhaustive = breakdown::is_exhaustive(&b, facts, out);
        out.breakdowns.push(b);
    }
}

pub(super) fn is_value(s: &Stated) -> bool {
    matches!(s.kind, LeadKind::Value(_))
        && !matches!(s.mention.number.kind(), Kind::Percent | Kind::Points)
        && s.mention.number.per.is_none()
        && !s.mention.number.ordinal
}

pub(super) fn aspect_of(s: &Stated) -> Option<Aspect> {
    match s.kind {
        LeadKind::Value(a) => Some(a),
        _ => None,
    }
}

fn shares(
    text: &str,
    p: &Paragraph,
    stated: &[Stated],
    facts: &Collector,
    breakdowns: &[Breakdown],
    out: &mut Relations,
) {
    for (i, s) in stated.iter().enumerate() {
        let LeadKind::Share { of } = &s.kind else { continue };
        let Some(part) = stated[..i].iter().rev().find(|b| is_value(b) && b.mention.sentence == s.mention.sentence)
        else {
            continue;
        };
        // 分别占 and a second share of the same amount keep the nearest amount; an amount in another item does not count.
        if part.mention.item != s.mention.item {
            continue;
        }
        let named = of.trim_end_matches('的');
        let whole = if named.is_empty() || is_pronoun(named) {
            nested_whole(part.id, s.id, breakdowns, facts)
                .or_else(|| enclosing(part.id, breakdowns))
                .map(Whole::Fact)
                .or_else(|| in_clause(text, s, facts).map(Whole::Fact))
                .unwrap_or_else(|| by_convention(part.id, facts))
        } else {
            match Measure::of_label(named) {
                Some(m) => latest(m, facts, part.id, s.id).map_or(Whole::Named(m), Whole::Fact),
                None => Whole::Unknown,
            }
        };
        out.shares.push(Share {
            part: part.id,
            whole,
            percent: s.id,
            span: p.folded.span(part.mention.lead.start..s.mention.number.range.end),
        });
    }
}

fn is_pronoun(of: &str) -> bool {
    matches!(of, "比" | "总" | "总额" | "总数" | "总支出" | "总收入" | "全部" | "比例" | "合计")
}

fn enclosing(part: FactId, breakdowns: &[Breakdown]) -> Option<FactId> {
    breakdowns.iter().find(|b| b.parts.contains(&part)).map(|b| b.whole)
}

/// 全年执行158.42万元。其中：科普经费执行79.12万元，用于活动31.26万元，占…；资料13.98万元，占…: where lists are
/// nested the words do not say which whole is meant. A whole before the part that agrees with the percent is it.
fn nested_whole(part: FactId, percent: FactId, breakdowns: &[Breakdown], facts: &Collector) -> Option<FactId> {
    let (value, printed) = (&facts.get(part).value, facts.get(percent).value.printed);
    let own = enclosing(part, breakdowns)?;
    let agrees = |w: FactId| {
        facts.get(w).value.unit == value.unit
            && keqiao_quantity::share_agrees(value.printed, facts.get(w).value.printed, printed)
    };
    if agrees(own) {
        return Some(own);
    }
    breakdowns.iter().map(|b| b.whole).find(|&w| w < part && w != own && agrees(w))
}

/// `2021年“三公”经费财政拨款支出决算中，…占75%`: the clause that ends in 中 names the whole.
fn in_clause(text: &str, s: &Stated, facts: &Collector) -> Option<FactId> {
    let sentence = &text[sentence_start(text, s.mention.lead.start)..s.mention.lead.start];
    let clause = sentence.split('，').next()?.strip_suffix('中')?;
    latest(Measure::of_label(clause)?, facts, s.id, s.id)
}

/// Rule 3.6: what a share is a share of when nothing says so.
fn by_convention(part: FactId, facts: &Collector) -> Whole {
    use Measure as M;
    let whole = match facts.get(part).measure {
        Some(
            M::FiscalIncome
            | M::GeneralIncome
            | M::FundIncome
            | M::CapitalIncome
            | M::SuperiorIncome
            | M::BusinessIncome
            | M::OperatingIncome
            | M::AttachedIncome
            | M::OtherIncome,
        ) => M::YearIncome,
        Some(
            M::BasicExpenditure
            | M::ProjectExpenditure
            | M::UpwardExpenditure
            | M::OperatingExpenditure
            | M::AttachedExpenditure,
        ) => M::YearExpenditure,
        Some(M::GoingAbroad | M::Vehicles | M::Reception) => M::ThreePublic,
        // A class (类) of the general public budget; deeper items are shares of their parents, which nothing names.
        Some(M::FunctionExpenditure) if facts.get(part).scope.len() == 3 => M::GeneralExpenditure,
        _ => return Whole::Unknown,
    };
    latest(whole, facts, part, part).map_or(Whole::Named(whole), Whole::Fact)
}

/// The last statement of a measure's actual value before a fact; tables count, later prose does not.
pub(super) fn latest(measure: Measure, facts: &Collector, not: FactId, before: FactId) -> Option<FactId> {
    let year = facts.get(before).year;
    facts
        .facts()
        .iter()
        .rev()
        .find(|f| {
            f.measure == Some(measure)
                && f.id != not
                && f.id < before
                && f.aspect == Aspect::Actual
                && f.direction.is_none()
                && f.year == year
                && f.scope.is_empty()
                && f.value.is_money()
        })
        .map(|f| f.id)
}

fn completions(text: &str, p: &Paragraph, stated: &[Stated], facts: &Collector, out: &mut Relations) {
    for (i, s) in stated.iter().enumerate() {
        let LeadKind::Completion { initial } = s.kind else { continue };
        let same = |b: &&Stated| {
            b.mention.sentence == s.mention.sentence && is_value(b) && b.mention.number.kind() == Kind::Money
        };
        let Some(actual) = stated[..i].iter().rev().filter(same).find(|b| aspect_of(b) == Some(Aspect::Actual)) else {
            continue;
        };
        let other = |b: &&Stated| matches!(aspect_of(b), Some(Aspect::Budget | Aspect::InitialBudget));
        // The budget belongs to the completion only when nothing else was stated between the two.
        let budget =
            stated[..i].iter().rev().filter(same).take_while(|b| b.id == actual.id || other(b)).find(other).filter(
                |b| {
                    facts.get(b.id).scope == facts.get(actual.id).scope
                        && facts.get(b.id).measure == facts.get(actual.id).measure
                },
            );
        out.completions.push(Completion {
            actual: Some(actual.id),
            budget: budget.map(|b| b.id),
            percent: Some(s.id),
            initial: initial || budget.is_some_and(|b| aspect_of(b) == Some(Aspect::InitialBudget)),
            reason: reason(text, p, s.mention.number.range.end),
            span: p.folded.span(actual.mention.lead.start..s.mention.number.range.end),
        });
    }
    // 年初预算为…，支出决算为… without a percent.
    for pair in stated.windows(2) {
        let [b, a] = pair else { continue };
        let money = |s: &Stated| is_value(s) && s.mention.number.kind() == Kind::Money;
        let fits = money(a)
            && money(b)
            && a.mention.sentence == b.mention.sentence
            && aspect_of(a) == Some(Aspect::Actual)
            && matches!(aspect_of(b), Some(Aspect::Budget | Aspect::InitialBudget));
        if fits
            && facts.get(a.id).scope == facts.get(b.id).scope
            && facts.get(a.id).measure == facts.get(b.id).measure
            && !out.completions.iter().any(|c| c.actual == Some(a.id))
        {
            out.completions.push(Completion {
                actual: Some(a.id),
                budget: Some(b.id),
                percent: None,
                initial: aspect_of(b) == Some(Aspect::InitialBudget),
                reason: reason(text, p, a.mention.number.range.end),
                span: p.folded.span(b.mention.lead.start..a.mention.number.range.end),
            });
        }
    }
}

/// 主要原因 after a position, up to the end of its sentence, within the same paragraph and before the next number's
/// statement ends.
pub(super) fn reason(text: &str, p: &Paragraph, from: usize) -> Option<Span> {
    let rest = &text[from..];
    let at = ["主要原因", "主要变动原因", "原因是", "原因为", "主要是因为", "主要是由于", "是因为", "主要是"]
        .iter()
        .filter_map(|w| rest.find(w))
        .min()?;
    // Two sentences at most lie between a number and its reason.
    if rest[..at].matches('。').count() > 1 {
        return None;
    }
    let end = rest[at..].find('。').map_or(rest.len(), |e| at + e);
    Some(p.folded.span(from + at..from + end))
}
