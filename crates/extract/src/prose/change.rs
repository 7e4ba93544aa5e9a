//! Changes: what rose or fell, from what, by how much, and what stayed as it was.

use keqiao_facts::{Aspect, Change, Direction, FactId, Measure, Paragraph, Relations, Report};
use keqiao_quantity::Kind;

use super::lead::LeadKind;
use super::relate::{aspect_of, is_value, latest, reason};
use super::{Stated, sentence_start, year};
use crate::Collector;

pub(super) fn changes(
    report: &Report,
    text: &str,
    p: &Paragraph,
    stated: &[Stated],
    facts: &mut Collector,
    out: &mut Relations,
) {
    let mut used = vec![false; stated.len()];
    for i in 0..stated.len() {
        let LeadKind::Change { direction, word, subject } = &stated[i].kind else { continue };
        if used[i] {
            continue;
        }
        used[i] = true;
        let s = &stated[i];
        let percent_like = |k: Kind| k == Kind::Percent;
        let (mut delta, mut percent) = (None, None);
        if percent_like(s.mention.number.kind()) {
            percent = Some(s.id)
        } else {
            delta = Some(s.id)
        }
        let mut end = s.mention.number.range.end;
        // The percent that belongs to the change follows at once, or the other way round.
        if let Some(next) =
            stated.get(i + 1).filter(|n| n.mention.sentence == s.mention.sentence && n.mention.item == s.mention.item)
            && let LeadKind::Change { direction: d2, subject: subject2, .. } = &next.kind
        {
            let other = percent_like(next.mention.number.kind()) != percent_like(s.mention.number.kind())
                && next.mention.number.kind() != Kind::Points;
            let measure2 = Measure::of_label(subject2);
            let same_thing =
                (measure2.is_none() || measure2 == facts.get(s.id).measure || facts.get(s.id).measure.is_none())
                    && !is_own_subject(subject2, subject);
            if other && d2 == direction && same_thing && delta.is_none_or(|d| facts.get(d).value.kind() != Kind::Points)
            {
                if percent.is_none() {
                    percent = Some(next.id)
                } else {
                    delta = Some(next.id)
                }
                end = next.mention.number.range.end;
                used[i + 1] = true;
            }
        }
        let start = sentence_start(text, s.mention.lead.start);
        let opening = &text[start..s.mention.number.range.start];
        let measure = Measure::of_label(subject).or_else(|| opening_measure(opening));
        // 比上年的32.30万元增加4.50万元，其中办公费增加1.20万元: the base is of the first thing only.
        let other = measure.is_none() && is_own_subject(subject, "");
        let base = stated[..i]
            .iter()
            .rev()
            .take_while(|b| !other && b.mention.sentence == s.mention.sentence)
            .find(|b| b.kind == LeadKind::Base)
            .map(|b| b.id);
        let measure = measure.or_else(|| base.and_then(|b| facts.get(b).measure));
        if let (Some(base), Some(m)) = (base, measure) {
            facts.set_measure(base, m);
        }
        let current = current_value(stated, i, (subject, base), measure, facts);
        out.changes.push(Change {
            current,
            base,
            delta,
            percent,
            direction: *direction,
            word: p.folded.span(word.clone()),
            base_year: year::base_year(opening, report.year()),
            reason: reason(text, p, end),
            measure: measure.or_else(|| current.and_then(|c| facts.get(c).measure)),
            span: p.folded.span(s.mention.clause.start..end),
        });
    }
}

/// Whether a change names a part of its own (其中办公费增加), so that what was said of the whole does not carry over.
fn is_own_subject(subject: &str, first: &str) -> bool {
    subject != first && subject.trim_start_matches(['，', '、']).starts_with("其中")
}

/// 与2018年相比，财政拨款收、支总计各增加…: the measure named after the comparison, before the change.
fn opening_measure(opening: &str) -> Option<Measure> {
    let clause = opening.rsplit(['，', '；', '：']).next()?;
    let cut = clause.find(['比', '较', '与'])?;
    Measure::of_label(&clause[..cut])
}

/// The value that changed: the last statement of the named measure, else the last value before in the same sentence or
/// the sentence before it.
fn current_value(
    stated: &[Stated],
    i: usize,
    (subject, base): (&str, Option<FactId>),
    measure: Option<Measure>,
    facts: &Collector,
) -> Option<FactId> {
    let s = &stated[i];
    // 2023年预算28.00万元，比2022年预算30.00万元减少: budget against budget.
    let budgets = base.is_some_and(|b| facts.get(b).label.ends_with("预算") || facts.get(b).label.ends_with("预算数"));
    let near = |b: &&Stated| {
        is_value(b)
            && (aspect_of(b) == Some(Aspect::Actual)) != budgets
            && b.mention.sentence + 1 >= s.mention.sentence
            && b.mention.depth <= s.mention.depth
    };
    let last = stated[..i].iter().rev().find(near);
    if let Some(m) = measure {
        // 财政拨款收、支总计376.86万元。…收、支总计各减少: the short name means the long one just stated.
        let short = |b: &&Stated| {
            let long = facts.get(b.id);
            let side = |l: Measure| {
                matches!(
                    (l, m),
                    (Measure::IncomeTotal | Measure::ExpenditureTotal, Measure::Total)
                        | (
                            Measure::FiscalIncomeTotal | Measure::FiscalExpenditureTotal,
                            Measure::FiscalTotal | Measure::Total
                        )
                )
            };
            long.measure.is_some_and(|l| {
                l == m || side(l) || l.aliases().iter().any(|a| m.aliases().iter().any(|n| a.ends_with(n)))
            })
        };
        return last
            .filter(short)
            .map(|b| b.id)
            .or_else(|| latest(m, facts, base.unwrap_or(s.id), s.id).filter(|_| !budgets));
    }
    let words = subject.trim_start_matches("相比").trim_start_matches('，');
    let pronoun = ["各", "收入", "支出", "同比", "收支", "收、支", "总额", "总数", "收支各", "收、支各"]
        .contains(&words)
        || words.starts_with(['比', '较', '与']);
    if !words.is_empty() && !pronoun {
        return named_value(&stated[..i], words, s, facts);
    }
    let last = match words {
        "收入" | "支出" => side_of(&stated[..i], words, near, facts),
        _ => last,
    }?;
    let same_unit =
        last.mention.number.kind() == s.mention.number.kind() || matches!(s.mention.number.kind(), Kind::Percent);
    same_unit.then_some(last.id)
}

/// What 收入 or 支出 alone means: the one value of that side; where there are several, the only one of the last sentence.
fn side_of<'s>(
    before: &'s [Stated],
    word: &str,
    near: impl Fn(&&Stated) -> bool,
    facts: &Collector,
) -> Option<&'s Stated> {
    let side = |s: &&Stated| {
        word.chars().next().is_some_and(|c| facts.get(s.id).label.contains(c)) && s.mention.number.kind() == Kind::Money
    };
    let all: Vec<&Stated> = before.iter().filter(|s| near(s) && side(s)).collect();
    let last = *all.last()?;
    let alone = |s: &&&Stated| s.mention.sentence == last.mention.sentence;
    let other = |s: &&Stated| s.mention.number.value.value() != last.mention.number.value.value();
    (!all.iter().filter(alone).any(other)).then_some(last)
}

/// The nearest value of the paragraph whose own words the subject repeats: 财政拨款702.91万元…财政拨款比上年增加;
/// 全年执行158.42万元…执行总额比.
fn named_value(before: &[Stated], words: &str, s: &Stated, facts: &Collector) -> Option<FactId> {
    let start: String = words.chars().take(2).collect();
    let fits = |b: &&Stated| {
        let label = facts.get(b.id).label.trim_end_matches(['为', '共', '达']);
        is_value(b)
            && b.mention.number.kind() == s.mention.number.kind()
            && (label.ends_with(words) || label.ends_with(&start) && words.ends_with("总额"))
    };
    before.iter().rev().filter(|b| b.mention.sentence + 1 >= s.mention.sentence).find(fits).map(|b| b.id)
}

/// `与2023年度相比，财政拨款收入支出总计持平`.
pub(super) fn flats(
    report: &Report,
    text: &str,
    p: &Paragraph,
    stated: &[Stated],
    facts: &Collector,
    out: &mut Relations,
) {
    for (at, word) in text.match_indices("持平") {
        let start = sentence_start(text, at);
        let opening = &text[start..at];
        let Some(base_year) = year::base_year(opening, report.year()) else { continue };
        // 公用经费3.68万元，与上年的3.86万元持平: both values stand in the sentence.
        let here: Vec<&Stated> =
            stated.iter().filter(|s| s.mention.lead.start >= start && s.mention.number.range.end <= at).collect();
        if let Some((base, values)) = here.split_last().filter(|(b, _)| b.kind == LeadKind::Base) {
            let current = values.iter().rev().find(|v| is_value(v));
            out.changes.push(Change {
                current: current.map(|c| c.id),
                base: Some(base.id),
                delta: None,
                percent: None,
                direction: Direction::Flat,
                word: p.folded.span(at..at + word.len()),
                base_year: Some(base_year),
                reason: reason(text, p, at),
                measure: current.and_then(|c| facts.get(c.id).measure),
                span: p.folded.span(base.mention.lead.start..at + word.len()),
            });
            continue;
        }
        let clause_start = opening.rfind(['，', '；', '：']).map_or(start, |i| start + i + '，'.len_utf8());
        let subject = &text[clause_start..at];
        let own =
            subject.split(['与', '比', '较']).next().unwrap_or(subject).trim_end_matches('基').trim_end_matches("本");
        let Some(measure) = Measure::of_label(own) else { continue };
        let current = facts.facts().iter().rev().find(|f| {
            f.measure == Some(measure)
                && f.aspect == Aspect::Actual
                && f.direction.is_none()
                && f.year == Some(report.year())
                && f.scope.is_empty()
        });
        out.changes.push(Change {
            current: current.map(|f| f.id),
            base: None,
            delta: None,
            percent: None,
            direction: Direction::Flat,
            word: p.folded.span(at..at + word.len()),
            base_year: Some(base_year),
            reason: reason(text, p, at),
            measure: Some(measure),
            span: p.folded.span(clause_start..at + word.len()),
        });
    }
}
