//! JSON: one object with all documents, written document by document. Its shape is `docs/reference/report.schema.json`.

use std::io::{self, Write};

use keqiao_audit::Outcome;
use keqiao_diag::{Finding, Level, Mark, Role};
use keqiao_document::Block;
use keqiao_extract::{printed_rows, table_name};
use keqiao_facts::Fact;
use keqiao_i18n::Bilingual;
use keqiao_quantity::{Bound, Kind};
use serde::Serialize;

use crate::checked::{Checked, Content, Tally};
use crate::places::Place;
use crate::render::Render;
use crate::render::facts::{aspect_id, direction_id, in_order};

/// Which half of the product is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Findings.
    Check,
    /// Facts and tables.
    Extract,
}

/// The renderer.
#[derive(Debug)]
pub struct Json {
    view: View,
    first: bool,
}

impl Json {
    /// A renderer for one of the two commands.
    pub fn new(view: View) -> Json {
        Json { view, first: true }
    }
}

impl Render for Json {
    type Part = Vec<u8>;

    fn part(&self, _ordinal: usize, checked: &Checked) -> Vec<u8> {
        let mut part = Vec::new();
        let object = DocumentJson::new(checked, self.view);
        let written = serde_json::to_writer(&mut part, &object);
        debug_assert!(written.is_ok(), "strings and numbers into memory: {written:?}");
        part
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"{\"documents\":[")
    }

    fn take(&mut self, part: Vec<u8>, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        out.write_all(&part)
    }

    fn finish(self, _total: &Tally, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"\n]}\n")
    }
}

#[derive(Serialize)]
struct DocumentJson<'a> {
    file: &'a str,
    entity: Option<&'a str>,
    region: Option<&'a str>,
    fiscal_year: Option<u16>,
    kind: &'static str,
    pages: Option<u32>,
    coverage: CoverageJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    facts: Option<Vec<FactJson<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tables: Option<Vec<TableJson>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Vec<FindingJson<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<Vec<SuppressedJson<'a>>>,
    problems: Vec<ProblemJson<'a>>,
}

#[derive(Serialize)]
struct CoverageJson {
    tables: u32,
    tables_recognised: usize,
    facts: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    rules: Option<RulesJson>,
}

#[derive(Serialize)]
struct RulesJson {
    run: usize,
    passed: usize,
    failed: usize,
    not_applicable: usize,
    insufficient_data: usize,
    judged: u64,
    outcomes: Vec<OutcomeJson>,
}

#[derive(Serialize)]
struct OutcomeJson {
    code: &'static str,
    outcome: &'static str,
    judged: u32,
}

#[derive(Serialize)]
struct FactJson<'a> {
    measure: Option<&'static str>,
    label: &'a str,
    scope: &'a str,
    year: Option<u16>,
    base_year: Option<u16>,
    value: String,
    unit: &'a str,
    kind: Kind,
    direction: Option<&'static str>,
    bound: Option<Bound>,
    upper: Option<String>,
    approx: bool,
    aspect: &'static str,
    text: &'a str,
    start: usize,
    end: usize,
    locator: Place,
}

#[derive(Serialize)]
struct TableJson {
    name: String,
    page: Option<u32>,
    rows: Vec<Vec<String>>,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    code: &'a str,
    name: &'a str,
    level: Level,
    message: &'a Bilingual,
    advice: &'a Bilingual,
    stated: Option<&'a str>,
    computed: Option<&'a str>,
    spans: Vec<SpanJson<'a>>,
}

#[derive(Serialize)]
struct SpanJson<'a> {
    role: Role,
    start: usize,
    end: usize,
    text: &'a str,
    locator: Place,
}

#[derive(Serialize)]
struct SuppressedJson<'a> {
    finding: FindingJson<'a>,
    reason: &'a str,
    by: &'a str,
}

#[derive(Serialize)]
struct ProblemJson<'a> {
    kind: &'a str,
    message: &'a Bilingual,
    fatal: bool,
}

impl<'a> DocumentJson<'a> {
    fn new(checked: &'a Checked, view: View) -> DocumentJson<'a> {
        let content = checked.content.as_ref();
        let identity = content.map(|c| &c.report.identity);
        let extract = view == View::Extract;
        DocumentJson {
            file: &checked.file,
            entity: identity.and_then(|i| i.entity.as_ref()).map(|e| e.0.as_str()),
            region: identity.and_then(|i| i.region.as_deref()),
            fiscal_year: identity.and_then(|i| i.fiscal_year),
            kind: identity.map_or("unknown", |i| i.kind.word()),
            pages: content.and_then(|c| c.document.pages),
            coverage: CoverageJson::new(checked, view),
            facts: extract.then(|| content.map_or_else(Vec::new, facts)),
            tables: extract.then(|| content.map_or_else(Vec::new, tables)),
            findings: (!extract).then(|| {
                content.map_or_else(Vec::new, |c| checked.findings.iter().map(|f| FindingJson::new(f, c)).collect())
            }),
            suppressed: (!extract).then(|| content.map_or_else(Vec::new, |c| suppressed(checked, c))),
            problems: checked
                .problems
                .iter()
                .map(|p| ProblemJson { kind: &p.kind, message: &p.message, fatal: p.fatal })
                .collect(),
        }
    }
}

impl CoverageJson {
    fn new(checked: &Checked, view: View) -> CoverageJson {
        let report = checked.content.as_ref().map(|c| &c.report);
        let count = checked.rules();
        CoverageJson {
            tables: report.map_or(0, |r| r.tables_seen),
            tables_recognised: report.map_or(0, crate::checked::tables_recognised),
            facts: report.map_or(0, |r| r.facts.len()),
            rules: (view == View::Check).then(|| RulesJson {
                run: count.asked,
                passed: count.passed,
                failed: count.failed,
                not_applicable: count.not_applicable,
                insufficient_data: count.insufficient_data,
                judged: count.judged,
                outcomes: checked
                    .runs
                    .iter()
                    .map(|r| OutcomeJson { code: r.rule.code, outcome: outcome(r.outcome), judged: r.judged })
                    .collect(),
            }),
        }
    }
}

impl<'a> FindingJson<'a> {
    fn new(finding: &'a Finding, content: &'a Content) -> FindingJson<'a> {
        FindingJson {
            code: &finding.code,
            name: &finding.name,
            level: finding.level,
            message: &finding.message,
            advice: &finding.advice,
            stated: finding.stated.as_deref(),
            computed: finding.computed.as_deref(),
            spans: finding.marks.iter().map(|m| SpanJson::new(*m, content)).collect(),
        }
    }
}

impl<'a> SpanJson<'a> {
    fn new(mark: Mark, content: &'a Content) -> SpanJson<'a> {
        let (start, end) = content.places.characters(mark.span);
        SpanJson {
            role: mark.role,
            start,
            end,
            text: mark.span.of(&content.document.text),
            locator: content.places.of(mark.span),
        }
    }
}

impl<'a> FactJson<'a> {
    fn new(fact: &'a Fact, content: &'a Content) -> FactJson<'a> {
        let (start, end) = content.places.characters(fact.span);
        FactJson {
            measure: fact.measure.map(|m| m.id()),
            label: &fact.label,
            scope: &fact.scope,
            year: fact.year,
            base_year: fact.base_year,
            value: fact.value.printed.to_string(),
            unit: &fact.value.unit.name,
            kind: fact.value.unit.kind,
            direction: fact.direction.map(direction_id),
            bound: fact.value.bound,
            upper: fact.value.upper.map(|u| u.to_string()),
            approx: fact.value.approx,
            aspect: aspect_id(fact.aspect),
            text: fact.span.of(&content.document.text),
            start,
            end,
            locator: content.places.of(fact.span),
        }
    }
}

fn facts(content: &Content) -> Vec<FactJson<'_>> {
    in_order(content).into_iter().map(|f| FactJson::new(f, content)).collect()
}

fn tables(content: &Content) -> Vec<TableJson> {
    let tables = content.document.blocks.iter().filter_map(|b| match b {
        Block::Table(t) => Some(t),
        _ => None,
    });
    tables
        .map(|t| TableJson {
            name: table_name(t, &content.document.text),
            page: t.pages.map(|p| p.0),
            rows: printed_rows(t, &content.document.text),
        })
        .collect()
}

fn suppressed<'a>(checked: &'a Checked, content: &'a Content) -> Vec<SuppressedJson<'a>> {
    let one = |s: &'a keqiao_diag::Suppressed| SuppressedJson {
        finding: FindingJson::new(&s.finding, content),
        reason: &s.reason,
        by: &s.by,
    };
    checked.suppressed.iter().map(one).collect()
}

/// The word for an outcome.
fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::NotApplicable => "not_applicable",
        Outcome::InsufficientData => "insufficient_data",
    }
}
