//! Breakdowns: a whole, and the parts that the words after it list (`…，其中：a；b；c`).

use keqiao_facts::{Aspect, Breakdown, Measure, Paragraph, Relations};
use keqiao_quantity::Kind;

use super::Stated;
use super::clause::Mention;
use super::relate::{aspect_of, is_value};
use crate::Collector;

/// Words that open the parts of a whole.
const OPENERS: [&str; 10] =
    ["其中", "主要用于", "，用于", "包括", "包含", "分别为", "分别是", "具体为", "具体包括", "主要是"];

/// A list that is being read.
struct Open {
    whole: usize,
    /// Sentence of the parts: 基本支出379.20万元。其中：… puts them into the next one.
    sentence: usize,
    depth: usize,
    item: usize,
    nested: bool,
    /// 分别是, 分别为: the list claims to be complete.
    complete: bool,
    parts: Vec<usize>,
}

/// All breakdowns of a paragraph.
pub(super) fn breakdowns(text: &str, p: &Paragraph, stated: &[Stated], facts: &mut Collector) -> Vec<Breakdown> {
    let mut open: Vec<Open> = Vec::new();
    let mut done: Vec<Open> = Vec::new();
    // The value before, and its bracket's depth: 8.14万元（预算10.00万元）。其中 means the 8.14.
    let mut values: Vec<usize> = Vec::new();
    for (i, s) in stated.iter().enumerate() {
        let m = &s.mention;
        while open.last().is_some_and(|o| closes(stated, o, m)) {
            done.extend(open.pop());
        }
        if !is_value(s) {
            continue;
        }
        let before = values.last().copied();
        let between = &text[before.map_or(m.gap.start, |l| stated[l].mention.number.range.end)..m.number.range.start];
        if list_ended(between, &text[m.lead.clone()])
            && open.last().is_some_and(|o| !o.parts.is_empty() && m.depth == o.depth)
        {
            done.extend(open.pop());
        }
        if let Some(whole) = opened_whole(text, stated, &values, m, between) {
            let nested = !open.is_empty();
            let complete = between.contains("分别是") || between.contains("分别为");
            open.push(Open {
                whole,
                sentence: m.sentence,
                depth: m.depth,
                item: m.item,
                nested,
                complete,
                parts: Vec::new(),
            });
        }
        if let Some(o) = open.last_mut().filter(|o| is_part(text, stated, o, s)) {
            o.parts.push(i);
        }
        values.push(i);
    }
    done.append(&mut open);
    for o in &done {
        if let Some(aspect) = aspect_of(&stated[o.whole]) {
            for &part in &o.parts {
                facts.set_aspect(stated[part].id, aspect);
            }
        }
    }
    let end = |o: &Open| o.parts.last().map_or(0, |&i| stated[i].mention.number.range.end);
    done.iter()
        .filter(|o| !o.parts.is_empty() && facts.get(stated[o.whole].id).value.bound.is_none())
        .map(|o| Breakdown {
            whole: stated[o.whole].id,
            parts: o.parts.iter().map(|&i| stated[i].id).collect(),
            exhaustive: o.complete && o.parts.len() > 1,
            span: p.folded.span(stated[o.whole].mention.lead.start..end(o)),
        })
        .collect()
}

/// Whether a list has ended before a number.
fn closes(stated: &[Stated], o: &Open, m: &Mention) -> bool {
    // 其中行政5名、事业2名；在职9人: a list whose members share an item ends with it.
    let item = |i: &usize| stated[*i].mention.item;
    let listed = matches!(o.parts.as_slice(), [.., a, b] if item(a) == item(b) && m.item != item(b));
    // 展览16场，其中线上6场；演出86场: a count of its own, or an amount that the whole cannot hold.
    let whole = &stated[o.whole].mention;
    let single = matches!(o.parts.as_slice(), [a] if item(a) == whole.item && m.item != whole.item)
        && (whole.number.kind() == Kind::Count || m.number.value.value() > whole.number.value.value());
    single || listed || o.sentence != m.sentence || m.depth < o.depth || (o.nested && o.depth == 0 && m.item != o.item)
}

/// The whole whose parts begin with this number, when the words before it open a list.
fn opened_whole(text: &str, stated: &[Stated], values: &[usize], m: &Mention, between: &str) -> Option<usize> {
    let last = *values.last()?;
    // 基本支出598.37万元（人员经费531.46万元、公用经费66.19万元）: the bracket opens the parts.
    let bracket = m.depth > stated[last].mention.depth && between.starts_with('（');
    // 用途主要包括办公费等；公用经费…: what opened before the last break does not reach this number.
    let near = between.rsplit(['；', '。']).next().unwrap_or(between);
    let stops = between.matches('。').count();
    let follows = stops == 0 || stops == 1 && near.starts_with("其中");
    if !follows || !(bracket || OPENERS.iter().any(|o| near.contains(o))) {
        return None;
    }
    let whole = values.iter().rev().copied().find(|&v| bracket || stated[v].mention.depth <= m.depth)?;
    // 年初结转…，本年收入…，本年支出…，年末结转4.18万元。其中：…: after a row of equal values the list tells of none of
    // them in particular.
    let sentence = stated[whole].mention.sentence;
    let row = values
        .iter()
        .filter(|&&v| v < whole && stated[v].mention.sentence == sentence && stated[v].mention.depth == 0)
        .count();
    let clause = &text[stated[whole].mention.number.range.end..m.lead.start];
    (stops == 0 || row < 2 || clause.contains('（')).then_some(whole)
}

/// Whether a value is a member of the open list: of the whole's kind, unit and side.
fn is_part(text: &str, stated: &[Stated], o: &Open, s: &Stated) -> bool {
    const NAME_CHARS_MAX: usize = 18;
    let (m, whole) = (&s.mention, &stated[o.whole].mention.number);
    let lead = &text[m.lead.clone()];
    let (unit, own) = (whole.unit.base_name(), m.number.unit.base_name());
    let count = whole.kind() == Kind::Count;
    let alike = whole.kind() == m.number.kind()
        && (!count || unit == own || own.is_empty() || is_people(&unit) && is_people(&own));
    // 其中省级4个，帮助企业解决难题27个: a clause with a verb of its own counts something else.
    const VERBS: [&str; 10] = ["帮助", "开展", "解决", "举办", "组织", "完成", "推荐", "发放", "培训", "接待"];
    let another = count
        && (lead.chars().count() > NAME_CHARS_MAX
            || VERBS.iter().any(|v| lead.trim_start_matches("其中").starts_with(v)));
    // 授予中小企业合同金额 cuts the whole another way.
    let other_cut = ["授予", "中小企业", "小微企业", "预留"].iter().any(|w| lead.contains(w));
    // A part without a word about it is of the whole's kind: 预算总额…，其中：一般公共预算拨款….
    let aspect = aspect_of(&stated[o.whole]) == aspect_of(s)
        || aspect_of(s) == Some(Aspect::Actual) && !["决算", "执行", "实际"].iter().any(|w| lead.contains(w));
    alike && !another && !other_cut && m.depth == o.depth && aspect && (o.complete || !is_use(lead))
}

/// Whether the words between two numbers leave the list: a clause without a number (，全部用于基地建设，支出…), or what
/// stands beside the whole (另有, 不含).
fn list_ended(between: &str, lead: &str) -> bool {
    const CLAUSE_CHARS_MIN: usize = 4;
    let beside = ["另有", "另", "此外", "不含", "不包括", "未含", "扣除"]
        .iter()
        .any(|w| lead.trim_start_matches('（').starts_with(w));
    let clauses: Vec<&str> = between.split('，').collect();
    let inner = clauses.get(1..clauses.len().saturating_sub(1)).unwrap_or_default();
    let told = inner.iter().any(|c| {
        c.chars().count() >= CLAUSE_CHARS_MIN
            && !c.contains(['；', '。', '（', '）'])
            && !OPENERS.iter().any(|o| c.contains(o.trim_start_matches('，')))
    });
    beside || told
}

/// 支出118万元 after the sources of a fund: what was done with the whole, not a part of it.
fn is_use(lead: &str) -> bool {
    let core = lead.trim_end_matches(['为', '了', '共', '计']).trim_start_matches("其中").trim_start_matches('：');
    [
        "支出",
        "实际支出",
        "已支出",
        "全年支出",
        "使用",
        "实际使用",
        "已使用",
        "执行",
        "实际执行",
        "到位",
        "实际到位",
        "已到位",
        "拨付",
        "已拨付",
        "支付",
        "已支付",
        "完成支出",
        "完成支付",
    ]
    .contains(&core)
}

fn is_people(unit: &str) -> bool {
    matches!(unit, "人" | "名" | "位")
}

/// Whether a breakdown has to be complete: its members are the known members of a known sum, or its shares make 100 %.
pub(super) fn is_exhaustive(b: &Breakdown, facts: &Collector, out: &Relations) -> bool {
    if b.exhaustive {
        return true;
    }
    let whole = facts.get(b.whole);
    let members: &[Measure] = match whole.measure {
        Some(Measure::YearExpenditure | Measure::ExpenditureTotal) => {
            &[Measure::BasicExpenditure, Measure::ProjectExpenditure]
        }
        Some(Measure::GeneralBasic | Measure::BasicExpenditure) => &[Measure::StaffCost, Measure::PublicCost],
        Some(Measure::Vehicles) => &[Measure::VehiclePurchase, Measure::VehicleRunning],
        Some(Measure::ThreePublic) => &[Measure::GoingAbroad, Measure::Vehicles, Measure::Reception],
        Some(Measure::Procurement) => {
            &[Measure::ProcurementGoods, Measure::ProcurementWorks, Measure::ProcurementServices]
        }
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
