//! Numbers of running text, and the relations the sentences state between them. One paragraph at a time; what an earlier
//! paragraph stated can be referred to by a later one (`占本年支出合计的…`).

mod breakdown;
mod change;
mod clause;
mod heads;
mod lead;
mod relate;
mod setting;
mod year;

use keqiao_document::{Block, Document};
use keqiao_facts::{Aspect, Fact, FactId, Measure, Paragraph, Place, Relations, Report, Role, Value};
use keqiao_quantity::Kind;
use keqiao_source::Folded;

use crate::{CodeBook, Collector};
use clause::{Mention, mentions};
use heads::{Head, heads};
use lead::{LeadKind, classify};

/// A mention that has become a fact.
#[derive(Clone, Debug)]
pub(crate) struct Stated {
    pub mention: Mention,
    pub kind: LeadKind,
    pub id: FactId,
}

/// Facts and relations of all paragraphs.
pub(crate) fn prose(document: &Document, report: &Report, book: &CodeBook, facts: &mut Collector) -> Relations {
    let mut relations = Relations::default();
    for (index, paragraph) in report.paragraphs.iter().enumerate() {
        if matches!(paragraph.role, Role::Contents | Role::Caption) {
            continue;
        }
        let stated = paragraph_facts(report, book, facts, u32::try_from(index).ok(), paragraph);
        relate::relate(report, paragraph, &stated, facts, &mut relations);
    }
    for cell in &cells(document) {
        let stated = paragraph_facts(report, book, facts, None, cell);
        relate::relate(report, cell, &stated, facts, &mut relations);
    }
    relations
}

/// Cells that hold sentences (实际完成情况, 说明): running text in a table.
fn cells(document: &Document) -> Vec<Paragraph> {
    const SENTENCE_CHARS_MIN: usize = 8;
    let mut out = Vec::new();
    for block in &document.blocks {
        let Block::Table(table) = block else { continue };
        for cell in &table.cells {
            let words = cell.span.of(&document.text);
            let sentence =
                words.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).take(SENTENCE_CHARS_MIN).count()
                    == SENTENCE_CHARS_MIN;
            if sentence && words.contains(|c: char| c.is_ascii_digit() || "０１２３４５６７８９".contains(c))
            {
                let folded = Folded::new(words, cell.span.start as usize);
                out.push(Paragraph { span: cell.span, folded, role: Role::Body, section: None, page: cell.page });
            }
        }
    }
    out
}

fn paragraph_facts(
    report: &Report,
    book: &CodeBook,
    facts: &mut Collector,
    index: Option<u32>,
    paragraph: &Paragraph,
) -> Vec<Stated> {
    let text = paragraph.folded.text();
    let heads = heads(text, book);
    let fiscal = report.year();
    let mut stated: Vec<Stated> = Vec::new();
    let (mut sentence, mut subject, mut past) = (usize::MAX, None, false);
    let attached = setting::project_of(report, paragraph);
    for mention in mentions(text) {
        let kind = classify(text, &mention);
        let start = sentence_start(text, mention.lead.start);
        if mention.sentence != sentence {
            sentence = mention.sentence;
            (subject, past) = (None, false);
        }
        let opening = &text[start..mention.number.range.start];
        if let Some((y, range)) = year::subject_year(opening) {
            subject = Some((y, start + range.start..start + range.end));
        }
        let mut draft = draft(text, &mention, &kind, &heads, book);
        // 财政拨款收入总计590.00万元，支出总计590.00万元: the second name is short for the fiscal one.
        let before =
            stated.last().filter(|s| s.mention.sentence == mention.sentence).and_then(|s| facts.get(s.id).measure);
        if draft.measure == Some(Measure::ExpenditureTotal) && before == Some(Measure::FiscalIncomeTotal) {
            draft.measure = Some(Measure::FiscalExpenditureTotal);
        }
        past = setting::is_past(&text[mention.lead.clone()], past);
        let meant = subject
            .as_ref()
            .is_some_and(|(y, range)| setting::is_meant(report, paragraph, *y, range.clone(), &mention, &draft));
        let (year, label_year) = match &subject {
            Some((y, _)) if meant => (Some(*y), None),
            _ if past && fiscal > 0 && matches!(kind, LeadKind::Value(_)) => (Some(fiscal - 1), None),
            _ => year_of(paragraph, &draft, &kind, opening, subject.clone(), fiscal),
        };
        let scope = match fund_scope(report, paragraph, text, draft.measure) {
            _ if !draft.scope.is_empty() || draft.measure.is_none() => draft.scope,
            "" => attached.clone().or_else(|| setting::unit_of(report, opening)).unwrap_or_default(),
            fund => fund.to_owned(),
        };
        // A share or a completion is of the year of its amount, whatever label stands before both.
        let year = match kind {
            LeadKind::Share { .. } | LeadKind::Completion { .. } => {
                stated.last().filter(|s| s.mention.sentence == mention.sentence).map_or(year, |s| facts.get(s.id).year)
            }
            _ => year,
        };
        let base_year =
            matches!(kind, LeadKind::Change { .. }).then(|| year::base_year(opening, fiscal)).flatten().or_else(|| {
                // 增加10.14万元，增加209.50%: the second change shares the base of the first.
                let last = stated
                    .last()
                    .filter(|s| s.mention.sentence == mention.sentence && matches!(s.kind, LeadKind::Change { .. }))?;
                matches!(kind, LeadKind::Change { .. }).then(|| facts.get(last.id).base_year).flatten()
            });
        let fact = Fact {
            id: FactId(0),
            measure: draft.measure,
            label: draft.label,
            aspect: draft.aspect,
            scope,
            year,
            label_year,
            base_year,
            value: Value::from(&mention.number),
            direction: match &kind {
                LeadKind::Change { direction, .. } => Some(*direction),
                _ => None,
            },
            span: paragraph.folded.span(mention.number.range.clone()),
            clause: paragraph.folded.span(mention.lead.start..mention.number.range.end),
            place: if index.is_some() { Place::Prose } else { Place::Table },
            section: paragraph.section,
            paragraph: index,
        };
        // A form has read its cells before: the sentence adds the words around the number.
        let id = match facts.at(fact.span) {
            Some(known) => facts.surround(known, fact.clause),
            None => facts.push(fact),
        };
        stated.push(Stated { mention, kind, id });
    }
    stated
}

/// In the chapters on government funds and state capital, 本年收入 and 年末结转 are those of the fund.
fn fund_scope(report: &Report, p: &Paragraph, text: &str, measure: Option<Measure>) -> &'static str {
    use Measure as M;
    let general = matches!(
        measure,
        Some(
            M::CarryIn
                | M::CarryOut
                | M::YearIncome
                | M::YearExpenditure
                | M::BasicExpenditure
                | M::ProjectExpenditure
                | M::FiscalIncome
                | M::FiscalExpenditure
                | M::FiscalCarryIn
                | M::FiscalCarryOut
        )
    );
    if !general {
        return "";
    }
    let title = report.ancestors(p.section).map(|s| s.title.as_str()).collect::<String>();
    ["政府性基金", "国有资本经营"]
        .into_iter()
        .find(|f| title.contains(f) || (title.is_empty() && text.contains(f) && !text.contains("一般公共预算")))
        .unwrap_or("")
}

/// What the words say about a number, before its year is known.
struct Draft {
    measure: Option<Measure>,
    label: String,
    aspect: Aspect,
    scope: String,
}

fn draft(text: &str, m: &Mention, kind: &LeadKind, heads: &[Head], book: &CodeBook) -> Draft {
    let lead = text[m.lead.clone()].trim_start_matches("其中");
    let head = heads.iter().rev().find(|h| h.range.start < m.number.range.start);
    let own = own_label(lead, kind);
    let money = m.number.kind() == Kind::Money;
    let generic = is_generic(Measure::core(&own)) || own.is_empty();
    let aspect = match kind {
        LeadKind::Value(a) => *a,
        _ => Aspect::Actual,
    };
    if let Some(h) =
        head.filter(|h| money && (generic && h.covers(m) || h.range.end >= m.lead.start && h.range.end <= m.lead.end))
    {
        return Draft {
            measure: Some(Measure::FunctionExpenditure),
            label: h.label.clone(),
            aspect,
            scope: h.scope.clone(),
        };
    }
    let mut measure = if money { Measure::of_label(&own) } else { None };
    // 农林水支出5929.38万元: a class named without （类）.
    if let Some(code) = (measure.is_none() && money)
        .then(|| own.strip_suffix("支出"))
        .flatten()
        .and_then(|_| book.resolve(&[own.as_str()]))
    {
        return Draft { measure: Some(Measure::FunctionExpenditure), label: own, aspect, scope: code };
    }
    if measure.is_none() && generic && money {
        measure = subject_measure(text, m);
    }
    if measure.is_none() && money && matches!(aspect, Aspect::Budget | Aspect::InitialBudget) {
        measure = budget_of(&own);
    }
    Draft { measure, label: own, aspect, scope: String::new() }
}

/// The words that name the number itself.
fn own_label(lead: &str, kind: &LeadKind) -> String {
    match kind {
        LeadKind::Change { subject, .. } => subject.clone(),
        LeadKind::Base => lead.split_once('年').map_or(lead, |s| s.1).trim_start_matches('度').to_owned(),
        _ => lead.to_owned(),
    }
}

/// 支出决算, 年初预算, 执行数: a name of the column, not of the thing.
fn is_generic(core: &str) -> bool {
    let core = core.trim_start_matches("其中").trim_start_matches('，');
    core.is_empty()
        || [
            "支出",
            "决算",
            "支出决算",
            "年初预算",
            "预算",
            "全年预算",
            "执行",
            "决算数",
            "预算数",
            "执行数",
            "支出共计",
            "收入",
            "全年预算数",
            "年初预算数",
            "支出年初预算",
        ]
        .contains(&core)
}

/// The measure that the clause or sentence before a generic label names: `“三公”经费…年初预算为0.95万元，支出决算为0.00万元`.
fn subject_measure(text: &str, m: &Mention) -> Option<Measure> {
    let start = sentence_start(text, m.lead.start);
    let before = &text[start..m.lead.start];
    before.split(['，', '；', '：']).rev().find_map(|clause| {
        let words = clause.find(|c: char| c.is_ascii_digit()).map_or(clause, |_| {
            let cut = clause.rfind("年初预算").or_else(|| clause.rfind("预算")).unwrap_or(clause.len());
            &clause[..cut]
        });
        Measure::of_label(words)
    })
}

/// 公务接待费年初预算为 → the measure that was budgeted.
fn budget_of(label: &str) -> Option<Measure> {
    let mut words = label;
    loop {
        let before = words;
        for tail in [
            "为",
            "是",
            "：",
            "共",
            "数",
            "安排",
            "总额",
            "金额",
            "资金",
            "批复",
            "预算",
            "年初",
            "全年",
            "调整后",
            "调整",
        ] {
            words = words.strip_suffix(tail).unwrap_or(words);
        }
        if words == before {
            return Measure::of_label(words);
        }
    }
}

/// Byte where the sentence that holds `at` begins.
pub(crate) fn sentence_start(text: &str, at: usize) -> usize {
    text[..at].rfind(['。', '！', '？']).map_or(0, |i| i + '。'.len_utf8())
}

type LabelYear = Option<(u16, keqiao_source::Span)>;

fn year_of(
    p: &Paragraph,
    d: &Draft,
    kind: &LeadKind,
    opening: &str,
    subject: Option<(u16, std::ops::Range<usize>)>,
    fiscal: u16,
) -> (Option<u16>, LabelYear) {
    if *kind == LeadKind::Base {
        return (year::base_year(opening, fiscal), None);
    }
    let known = (fiscal > 0).then_some(fiscal);
    match subject {
        Some((year, range)) if year != fiscal => {
            // A final account speaks of its own year: another year before a public quantity is a slip, not history.
            if d.measure.is_some() && !matches!(kind, LeadKind::Change { .. }) {
                (known, Some((year, p.folded.span(range))))
            } else if d.measure.is_some() {
                (known, None)
            } else {
                (Some(year), None)
            }
        }
        _ => (known, None),
    }
}
