//! The report: everything `extract` understood of one document.

use std::sync::Arc;

use keqiao_source::Span;

use crate::{ChartData, DataTable, Fact, FactId, Identity, Paragraph, Relations, Section, TargetForm};

/// One report as rules see it.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The printed text that every span points into.
    pub text: Arc<str>,
    /// Whose, of which year and kind.
    pub identity: Identity,
    /// Outline.
    pub sections: Vec<Section>,
    /// Prose, in order; table cells are not paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// Facts; an id is a position here.
    pub facts: Vec<Fact>,
    /// Relations between facts of the prose.
    pub relations: Relations,
    /// Data tables.
    pub tables: Vec<DataTable>,
    /// Target forms.
    pub forms: Vec<TargetForm>,
    /// Charts.
    pub charts: Vec<ChartData>,
    /// Number of tables in the document, recognised or not.
    pub tables_seen: u32,
}

impl Report {
    /// A fact by its id.
    ///
    /// # Panics
    /// Never for ids of this report: ids are positions in `facts`.
    pub fn fact(&self, id: FactId) -> &Fact {
        &self.facts[id.0 as usize]
    }

    /// The words under a span.
    pub fn words(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// The fiscal year, or zero when unknown (no year equals it).
    pub fn year(&self) -> u16 {
        self.identity.fiscal_year.unwrap_or(0)
    }

    /// The innermost section and its ancestors, inside out.
    pub fn ancestors(&self, section: Option<u32>) -> impl Iterator<Item = &Section> {
        let mut next = section;
        std::iter::from_fn(move || {
            let s = self.sections.get(next? as usize)?;
            next = s.parent;
            Some(s)
        })
    }

    /// Titles of a section and its ancestors, outermost first, joined with `/`.
    pub fn path(&self, section: Option<u32>) -> String {
        let mut titles: Vec<&str> = self.ancestors(section).map(|s| s.title.as_str()).collect();
        titles.reverse();
        titles.join("/")
    }
}
