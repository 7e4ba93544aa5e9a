//! The functional codes that the glossary explains, and those with spending. Shared by two rules; not a rule itself.

use std::sync::LazyLock;

use keqiao_facts::{Aspect, Measure, Place, PublicKind, Report};
use keqiao_source::Span;
use regex::Regex;

use super::mentions::core;

/// One explained item (项).
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// 7 digits, when the glossary gives them.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// Name (and code) in the text.
    pub span: Span,
}

/// One item with spending.
#[derive(Clone, Debug)]
pub(super) struct Spent {
    /// 7 digits; empty where the text names the item without a code that the lists know.
    pub code: String,
    pub name: String,
    pub span: Span,
}

/// What is explained, what is spent, and how they meet.
#[derive(Debug, Default)]
pub(super) struct Glossary {
    pub terms: Vec<Term>,
    pub spent: Vec<Spent>,
}

static STEPS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"[\u4e00-\u9fff]{2,24}（(2\d{2})类?）[\u4e00-\u9fff]{2,30}（(\d{2})款?）([\u4e00-\u9fff]{2,30})（(\d{2})项?）",
    )
    .expect("a constant pattern")
});
static NAMED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"([\u4e00-\u9fff]{2,30})（项）").expect("a constant pattern"));

impl Glossary {
    pub(super) fn read(report: &Report) -> Glossary {
        let mut glossary = Glossary { terms: terms(report), spent: spent(report) };
        glossary.spent.sort_by(|a, b| (&a.code, &a.name).cmp(&(&b.code, &b.name)));
        // An item of the text whose path no list knows is the item of the table with its name.
        let coded: Vec<String> =
            glossary.spent.iter().filter(|s| !s.code.is_empty()).map(|s| core(&s.name).to_owned()).collect();
        glossary.spent.retain(|s| !s.code.is_empty() || !coded.iter().any(|c| c == core(&s.name)));
        glossary.spent.dedup_by(|b, a| a.code == b.code && (!a.code.is_empty() || a.name == b.name));
        glossary
    }

    /// Whether an explained item has spending.
    pub(super) fn is_spent(&self, term: &Term) -> bool {
        self.spent.iter().any(|s| term.means(s))
    }

    /// Whether an item with spending is explained.
    pub(super) fn is_explained(&self, spent: &Spent) -> bool {
        self.terms.iter().any(|t| t.means(spent))
    }

    /// Whether the glossary explains items so thoroughly that a gap is a slip: most of both sides meet.
    pub(super) fn is_itemised(&self) -> bool {
        let explained = self.spent.iter().filter(|s| self.is_explained(s)).count();
        let used = self.terms.iter().filter(|t| self.is_spent(t)).count();
        explained >= 2 && explained * 2 > self.spent.len() && used * 2 > self.terms.len()
    }
}

impl Term {
    fn means(&self, spent: &Spent) -> bool {
        match &self.code {
            Some(code) if !spent.code.is_empty() => *code == spent.code,
            _ => core(&self.name) == core(&spent.name),
        }
    }
}

fn terms(report: &Report) -> Vec<Term> {
    let mut terms = Vec::new();
    for p in report.paragraphs.iter().filter(|p| report.ancestors(p.section).any(|s| s.title.contains("名词解释")))
    {
        let text = p.folded.text();
        // The term stands at the beginning, before what it means.
        let head = &text[..["指", "反映", "是指"].iter().filter_map(|w| text.find(w)).min().unwrap_or(text.len())];
        if let Some(c) = STEPS.captures(head) {
            let (Some(whole), Some(name)) = (c.get(0), c.get(3)) else { continue };
            let code = format!("{}{}{}", &c[1], &c[2], &c[4]);
            terms.push(Term { code: Some(code), name: name.as_str().to_owned(), span: p.folded.span(whole.range()) });
        } else if let Some(name) = NAMED.captures(head).and_then(|c| c.get(1)) {
            terms.push(Term { code: None, name: name.as_str().to_owned(), span: p.folded.span(name.range()) });
        }
    }
    terms
}

/// Items with spending: of the tables, else of the text.
fn spent(report: &Report) -> Vec<Spent> {
    let mut found = Vec::new();
    for table in &report.tables {
        if matches!(table.kind, Some(PublicKind::Income | PublicKind::GeneralBasic)) {
            continue;
        }
        let spends = |name: &str| table.kind.is_some() || name.contains("支出") || name.contains("决算");
        for row in &table.rows {
            let (Some((code, _)), Some(span)) = (&row.code, row.label_span) else { continue };
            let money = row.cells.iter().any(|c| {
                !c.value.is_zero()
                    && !c.percent
                    && table.columns.get(c.column as usize).is_some_and(|c| spends(&c.name))
            });
            if code.len() == 7 && code.starts_with('2') && money {
                found.push(Spent { code: code.clone(), name: row.label.clone(), span });
            }
        }
    }
    for f in &report.facts {
        let mine = f.place == Place::Prose
            && f.measure == Some(Measure::FunctionExpenditure)
            && f.aspect == Aspect::Actual
            && !f.value.printed.is_zero();
        let coded = f.scope.len() == 7 && f.scope.bytes().all(|b| b.is_ascii_digit());
        let name = f.label.rsplit('/').next().unwrap_or(&f.label).to_owned();
        if mine && coded {
            found.push(Spent { code: f.scope.clone(), name, span: f.span });
        } else if mine && f.label.split('/').count() == 3 {
            found.push(Spent { code: String::new(), name, span: f.span });
        }
    }
    found
}
