//! CSV of facts: one row each, a byte-order mark first so that spreadsheets read it as UTF-8.

use std::io::{self, Write};

use csv::Writer;
use keqiao_facts::Fact;
use keqiao_proofread::render::facts::{aspect_id, bound_sign, direction_id, in_order};
use keqiao_proofread::{Checked, Content, Render, Tally};

/// The heads, named as in JSON.
const HEADS: [&str; 24] = [
    "file",
    "entity",
    "fiscal_year",
    "measure",
    "label",
    "scope",
    "year",
    "base_year",
    "value",
    "unit",
    "kind",
    "direction",
    "bound",
    "upper",
    "approx",
    "aspect",
    "text",
    "start",
    "end",
    "page",
    "paragraph",
    "table",
    "row",
    "column",
];

/// The renderer.
#[derive(Debug)]
pub(crate) struct FactsCsv;

impl Render for FactsCsv {
    type Part = Vec<u8>;

    fn part(&self, _ordinal: usize, checked: &Checked) -> Vec<u8> {
        let mut rows = Writer::from_writer(Vec::new());
        if let Some(content) = &checked.content {
            for fact in in_order(content) {
                let written = rows.write_record(record(&checked.file, fact, content));
                debug_assert!(written.is_ok(), "rows of one length into memory: {written:?}");
            }
        }
        rows.into_inner().unwrap_or_default()
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all("\u{feff}".as_bytes())?;
        let mut head = Writer::from_writer(Vec::new());
        head.write_record(HEADS)?;
        out.write_all(&head.into_inner().map_err(|e| io::Error::other(e.to_string()))?)
    }

    fn take(&mut self, part: Vec<u8>, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&part)
    }

    fn finish(self, _total: &Tally, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

fn record(file: &str, fact: &Fact, content: &Content) -> [String; 24] {
    let identity = &content.report.identity;
    let number = |n: Option<u32>| n.map_or(String::new(), |n| n.to_string());
    let year = |y: Option<u16>| y.map_or(String::new(), |y| y.to_string());
    let (start, end) = content.places.characters(fact.span);
    let place = content.places.of(fact.span).locator;
    let kind = serde_json::to_value(fact.value.unit.kind).ok();
    [
        plain(file),
        plain(identity.entity.as_ref().map_or("", |e| e.0.as_str())),
        year(identity.fiscal_year),
        fact.measure.map_or("", |m| m.id()).to_owned(),
        plain(&fact.label),
        plain(&fact.scope),
        year(fact.year),
        year(fact.base_year),
        fact.value.printed.to_string(),
        plain(&fact.value.unit.name),
        kind.as_ref().and_then(|k| k.as_str()).unwrap_or("").to_owned(),
        fact.direction.map_or("", direction_id).to_owned(),
        fact.value.bound.map_or("", bound_sign).to_owned(),
        fact.value.upper.map_or(String::new(), |u| u.to_string()),
        fact.value.approx.to_string(),
        aspect_id(fact.aspect).to_owned(),
        plain(fact.span.of(&content.document.text)),
        start.to_string(),
        end.to_string(),
        number(place.page),
        number(place.paragraph),
        number(place.table),
        number(place.row),
        number(place.column),
    ]
}

/// Words that a spreadsheet would take for a formula get an apostrophe: the reports come from strangers.
fn plain(words: &str) -> String {
    match words.chars().next() {
        Some('=' | '@' | '+') => format!("'{words}"),
        _ => words.to_owned(),
    }
}
