//! The catalogue of measures as a page.

use std::fmt::Write as _;

use keqiao_facts::Measure;

use super::{Page, cell};

const HEAD: &str = "\
# Measures

The public quantities that `keqiao` knows by name, in the order of the catalogue
(`crates/facts/src/catalogue.rs`). `id` is the name in JSON and CSV. A label in a report names a measure when it ends in
one of these wordings; the longest wins.

| id | 名称 | English | other wordings |
|---|---|---|---|
";

/// `docs/reference/measures.md`.
pub(super) fn page() -> Page {
    let mut out = HEAD.to_owned();
    for measure in Measure::ALL {
        let others: Vec<&str> = measure.aliases().iter().skip(1).copied().collect();
        let _ = writeln!(
            out,
            "| `{}` | {} | {} | {} |",
            measure.id(),
            cell(measure.zh()),
            cell(measure.en()),
            cell(&others.join("、"))
        );
    }
    Page::markdown("docs/reference/measures.md", &out)
}
