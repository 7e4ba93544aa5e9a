//! Relations between the numbers of one paragraph: shares, changes, completions, breakdowns.

use keqiao_facts::{Aspect, Breakdown, Completion, FactId, Measure, Paragraph, Relations, Report, Share, Whole};
use keqiao_quantity::Kind;
use keqiao_source::Span;

use super::lead::LeadKind;
use super::{Stated, change, sentence_start};
use crate::Collector;

/// Words that open the parts of a whole.
const OPENERS: [&str; 10] = ["其中", "主要用于", "，用于", "包括", "包含", "分别为", "分别是", "具体为", "具体包括", "主要是"];

/// Finds the relations that a paragraph states.
pub(crate) fn relate(report: &Report, p: &Paragraph, stated: &[Stated], facts: &mut Collector, out: &mut Relations) {
    let text = p.folded.text();
    let breakdowns = breakdowns(text, p, stated, facts);
    shares(text, p, stated, facts, &breakdowns, out);
    completions(text, p, stated, facts, out);
    change::changes(report, text, p, stated, facts, out);
    change::flats(report, text, p, stated, facts, out);
    for mut b in breakdowns {
        b.exhaustive = is_exhaustive(&b, facts, out);
        out.breakdowns.push(b);
    }
}

pub(super) fn is_value(s: &Stated) -> bool {
    matches!(s.kind, LeadKind::Value(_)) && !matches!(s.mention.number.kind(), Kind::Percent | Kind::Points) && s.mention.number.per.is_none() && !s.mention.number.ordinal
}

fn breakdowns(text: &str, p: &Paragraph, stated: &[Stated], facts: &mut Collector) -> Vec<Breakdown> {
    struct Open {
        whole: usize,
        /// Sentence of the parts: 基本支出379.20万元。其中：… puts them into the next one.
        sentence: usize,
        depth: usize,
        item: usize,
        nested: bool,
        parts: Vec<usize>,
    }
    let mut open: Vec<Open> = Vec::new();
    let mut done: Vec<Open> = Vec::new();
    let mut last: Option<usize> = None;
    for (i, s) in stated.iter().enumerate() {
        let m = &s.mention;
        let close = |o: &Open| {
            // 其中行政5名、事业2名；在职9人: a list whose members share an item ends with it.
            let listed = matches!(o.parts.as_slice(), [.., a, b] if stated[*a].mention.item == stated[*b].mention.item && m.item != stated[*b].mention.item);
            // 展览16场，其中线上6场；演出86场: a count of its own, or an amount that the whole cannot hold.
            let whole = &stated[o.whole].mention;
            let single = matches!(o.parts.as_slice(), [a] if stated[*a].mention.item == whole.item && m.item != whole.item)
                && (whole.number.kind() == Kind::Count || m.number.value.value() > whole.number.value.value());
            single || o.sentence != m.sentence || m.depth < o.depth || (o.nested && o.depth == 0 && m.item != o.item) || listed
        };
        while open.last().is_some_and(close) {
            done.extend(open.pop());
        }
        if !is_value(s) {
            continue;
        }
        let between = &text[last.map_or(m.gap.start, |l| stated[l].mention.number.range.end)..m.number.range.start];
        // 基本支出598.37万元（人员经费531.46万元、公用经费66.19万元）: the bracket opens the parts.
        let bracket = last.is_some_and(|l| m.depth > stated[l].mention.depth) && between.starts_with('（');
        // 用途主要包括办公费等；公用经费…: what opened before the last break does not reach this number.
        let near = between.rsplit(['；', '。']).next().unwrap_or(between);
        if list_ended(between, &text[m.lead.clone()]) && open.last().is_some_and(|o| !o.parts.is_empty() && m.depth == o.depth) {
            done.extend(open.pop());
        }
        let follows = between.matches('。').count() == 0 || between.matches('。').count() == 1 && near.starts_with("其中");
        let opener = follows && (bracket || OPENERS.iter().any(|o| near.contains(o)));
        // 年初结转…，本年收入…，本年支出…，年末结转4.18万元。其中：…: after a row of equal values the list tells of none
        // of them in particular.
        let row = between.contains('。') && last.is_some_and(|l| stated[..l].iter().rev().take_while(|b| b.mention.sentence == stated[l].mention.sentence).filter(|b| is_value(b)).count() >= 2);
        if let (true, false, Some(w)) = (opener, row, last) {
            let nested = open.last().is_some();
            open.push(Open { whole: w, sentence: m.sentence, depth: m.depth, item: m.item, nested, parts: Vec::new() });
        }
        if let Some(o) = open.last_mut() {
            let whole = &stated[o.whole].mention.number;
            let same = whole.kind() == m.number.kind() && (m.number.kind() == Kind::Money || whole.unit.base_name() == m.number.unit.base_name() || m.number.unit.name.is_empty() || is_people(&whole.unit.base_name()) && is_people(&m.number.unit.base_name()));
            // 授予中小企业合同金额 cuts the whole another way.
            let other_cut = ["授予", "中小企业", "小微企业", "预留"].iter().any(|w| text[m.lead.clone()].contains(w));
            // A part without a word about it is of the whole's kind: 预算总额…，其中：一般公共预算拨款….
            let aspect = aspect_of(&stated[o.whole]) == aspect_of(s)
                || aspect_of(s) == Some(Aspect::Actual) && !["决算", "执行", "实际"].iter().any(|w| text[m.lead.clone()].contains(w));
            if same && !other_cut && m.depth == o.depth && aspect && !is_use(&text[m.lead.clone()]) {
                o.parts.push(i);
            }
        }
        last = Some(i);
    }
    done.append(&mut open);
    for o in &done {
        if let Some(aspect) = aspect_of(&stated[o.whole]) {
            for &part in &o.parts {
                facts.set_aspect(stated[part].id, aspect);
            }
        }
    }
    done.into_iter()
        .filter(|o| !o.parts.is_empty())
        .map(|o| Breakdown {
            whole: stated[o.whole].id,
            parts: o.parts.iter().map(|&i| stated[i].id).collect(),
            exhaustive: false,
            span: p.folded.span(stated[o.whole].mention.lead.start..o.parts.last().map_or(0, |&i| stated[i].mention.number.range.end)),
        })
        .filter(|b| facts.get(b.whole).value.bound.is_none())
        .collect()
}

/// Whether the words between two numbers leave the list: a clause without a number (，全部用于基地建设，支出…), or what
/// stands beside the whole (另有, 不含).
fn list_ended(between: &str, lead: &str) -> bool {
    const CLAUSE_CHARS_MIN: usize = 4;
    let beside = ["另有", "另", "此外", "不含", "不包括", "未含", "扣除"].iter().any(|w| lead.trim_start_matches('（').starts_with(w));
    let clauses: Vec<&str> = between.split('，').collect();
    let inner = clauses.get(1..clauses.len().saturating_sub(1)).unwrap_or_default();
    let told = inner.iter().any(|c| c.chars().count() >= CLAUSE_CHARS_MIN && !c.contains(['；', '。', '（', '）']) && !OPENERS.iter().any(|o| c.contains(o.trim_start_matches('，'))));
    beside || told
}

/// 支出118万元 after the sources of a fund: what was done with the whole, not a part of it.
fn is_use(lead: &str) -> bool {
    let core = lead.trim_end_matches(['为', '了', '共', '计']).trim_start_matches("其中").trim_start_matches('：');
    ["支出", "实际支出", "已支出", "全年支出", "使用", "实际使用", "已使用", "执行", "实际执行", "到位", "实际到位", "已到位", "拨付", "已拨付", "支付", "已支付", "完成支出", "完成支付"].contains(&core)
}

fn is_people(unit: &str) -> bool {
    matches!(unit, "人" | "名" | "位")
}

pub(super) fn aspect_of(s: &Stated) -> Option<Aspect> {
    match s.kind {
        LeadKind::Value(a) => Some(a),
        _ => None,
    }
}

/// Whether a breakdown has to be complete: its members are the known members of a known sum, or its shares make 100 %.
fn is_exhaustive(b: &Breakdown, facts: &Collector, out: &Relations) -> bool {
    let whole = facts.get(b.whole);
    let members: &[Measure] = match whole.measure {
        Some(Measure::YearExpenditure | Measure::ExpenditureTotal) => &[Measure::BasicExpenditure, Measure::ProjectExpenditure],
        Some(Measure::GeneralBasic | Measure::BasicExpenditure) => &[Measure::StaffCost, Measure::PublicCost],
        Some(Measure::Vehicles) => &[Measure::VehiclePurchase, Measure::VehicleRunning],
        Some(Measure::ThreePublic) => &[Measure::GoingAbroad, Measure::Vehicles, Measure::Reception],
        Some(Measure::Procurement) => &[Measure::ProcurementGoods, Measure::ProcurementWorks, Measure::ProcurementServices],
        _ => &[],
    };
    let parts: Vec<Option<Measure>> = b.parts.iter().map(|&id| facts.get(id).measure).collect();
    if !members.is_empty() && members.iter().all(|m| parts.contains(&Some(*m))) {
        return true;
    }
    // Members that were nothing are left out of these lists.
    let droppable = matches!(whole.measure, Some(Measure::Procurement | Measure::Vehicles | Measure::ThreePublic));
    if droppable && parts.len() > 1 && parts.iter().all(|p| p.is_some_and(|p| members.contains(&p))) {
        return true;
    }
    let shares: Vec<_> = b.parts.iter().filter_map(|id| out.shares.iter().find(|s| s.part == *id)).collect();
    if shares.len() == b.parts.len() && shares.len() > 1 {
        let sum: keqiao_quantity::Decimal = shares.iter().map(|s| facts.get(s.percent).value.printed.value()).sum();
        let slack = keqiao_quantity::Decimal::TWO;
        return (sum - keqiao_quantity::Decimal::ONE_HUNDRED).abs() <= slack;
    }
    false
}

fn shares(text: &str, p: &Paragraph, stated: &[Stated], facts: &Collector, breakdowns: &[Breakdown], out: &mut Relations) {
    for (i, s) in stated.iter().enumerate() {
        let LeadKind::Share { of } = &s.kind else { continue };
        let Some(part) = stated[..i].iter().rev().find(|b| is_value(b) && b.mention.sentence == s.mention.sentence) else { continue };
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
    let agrees = |w: FactId| facts.get(w).value.unit == value.unit && keqiao_quantity::share_agrees(value.printed, facts.get(w).value.printed, printed);
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
        Some(M::FiscalIncome | M::GeneralIncome | M::FundIncome | M::CapitalIncome | M::SuperiorIncome | M::BusinessIncome | M::OperatingIncome | M::AttachedIncome | M::OtherIncome) => M::YearIncome,
        Some(M::BasicExpenditure | M::ProjectExpenditure | M::UpwardExpenditure | M::OperatingExpenditure | M::AttachedExpenditure) => M::YearExpenditure,
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
            f.measure == Some(measure) && f.id != not && f.id < before && f.aspect == Aspect::Actual && f.direction.is_none() && f.year == year && f.scope.is_empty() && f.value.is_money()
        })
        .map(|f| f.id)
}

fn completions(text: &str, p: &Paragraph, stated: &[Stated], facts: &Collector, out: &mut Relations) {
    for (i, s) in stated.iter().enumerate() {
        let LeadKind::Completion { initial } = s.kind else { continue };
        let same = |b: &&Stated| b.mention.sentence == s.mention.sentence && is_value(b) && b.mention.number.kind() == Kind::Money;
        let Some(actual) = stated[..i].iter().rev().filter(same).find(|b| aspect_of(b) == Some(Aspect::Actual)) else { continue };
        let other = |b: &&Stated| matches!(aspect_of(b), Some(Aspect::Budget | Aspect::InitialBudget));
        // The budget belongs to the completion only when nothing else was stated between the two.
        let budget = stated[..i]
            .iter()
            .rev()
            .filter(same)
            .take_while(|b| b.id == actual.id || other(b))
            .find(other)
            .filter(|b| facts.get(b.id).scope == facts.get(actual.id).scope && facts.get(b.id).measure == facts.get(actual.id).measure);
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
        let fits = money(a) && money(b) && a.mention.sentence == b.mention.sentence && aspect_of(a) == Some(Aspect::Actual) && matches!(aspect_of(b), Some(Aspect::Budget | Aspect::InitialBudget));
        if fits && facts.get(a.id).scope == facts.get(b.id).scope && facts.get(a.id).measure == facts.get(b.id).measure && !out.completions.iter().any(|c| c.actual == Some(a.id)) {
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
    let at = ["主要原因", "主要变动原因", "原因是", "原因为", "主要是因为", "主要是由于", "是因为", "主要是"].iter().filter_map(|w| rest.find(w)).min()?;
    // Two sentences at most lie between a number and its reason.
    if rest[..at].matches('。').count() > 1 {
        return None;
    }
    let end = rest[at..].find('。').map_or(rest.len(), |e| at + e);
    Some(p.folded.span(from + at..from + end))
}
