//! Facts and tables for the terminal: one line each, separated by tabs.

use std::fmt::Write as _;
use std::io::{self, Write};

use keqiao_document::Block;
use keqiao_extract::{printed_rows, table_name};
use keqiao_i18n::{Fixed, Lang};
use keqiao_proofread::render::facts::{aspect_word, direction_word, in_order};
use keqiao_proofread::render::place;
use keqiao_proofread::{Checked, Content, Render, Tally, wording};

/// The renderer.
#[derive(Debug)]
pub(crate) struct FactsText {
    /// Language of the words around the report's own.
    pub(crate) lang: Lang,
}

impl Render for FactsText {
    type Part = String;
    const TELLS_PROBLEMS: bool = true;

    fn part(&self, _ordinal: usize, checked: &Checked) -> String {
        let mut out = String::new();
        for problem in &checked.problems {
            let _ = writeln!(out, "{}: [{}] {}", checked.file, problem.kind, problem.message.get(self.lang));
        }
        if let Some(content) = &checked.content {
            self.head(&mut out, checked, content);
            self.facts(&mut out, content);
            tables(&mut out, content);
        }
        out
    }

    fn take(&mut self, part: String, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(part.as_bytes())
    }

    fn finish(self, _total: &Tally, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

impl FactsText {
    fn head(&self, out: &mut String, checked: &Checked, content: &Content) {
        let identity = &content.report.identity;
        let entity = identity.entity.as_ref().map_or("", |e| e.0.as_str());
        let year = identity.fiscal_year.map_or(String::new(), |y| y.to_string());
        let kind = wording::kind(identity.kind).get(self.lang);
        let _ = writeln!(out, "## {} {entity} {year} {kind}", checked.file);
    }

    fn facts(&self, out: &mut String, content: &Content) {
        let per = Fixed { zh: "比", en: "against " }.get(self.lang);
        for fact in in_order(content) {
            let place = place::words(&content.places.of(fact.span), self.lang);
            let year = fact.year.map_or("-".into(), |y| y.to_string());
            let base = fact.base_year.map_or(String::new(), |y| format!(" {per}{y}"));
            let aspect = aspect_word(fact.aspect, self.lang);
            let direction = fact.direction.map_or("", |d| direction_word(d, self.lang));
            let label = if fact.label.is_empty() { fact.measure.map_or("-", |m| m.zh()) } else { &fact.label };
            let scope = if fact.scope.is_empty() { String::new() } else { format!("{} / ", fact.scope) };
            let _ = writeln!(out, "{place}\t{year}{base}\t{aspect}\t{scope}{label}\t{direction}{}", fact.value.show());
        }
    }
}

fn tables(out: &mut String, content: &Content) {
    for block in &content.document.blocks {
        let Block::Table(table) = block else { continue };
        let _ = writeln!(out, "\n# {}", table_name(table, &content.document.text));
        for row in printed_rows(table, &content.document.text) {
            let _ = writeln!(out, "{}", row.join("\t"));
        }
    }
    out.push('\n');
}
