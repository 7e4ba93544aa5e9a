//! The library of indicators as a page.

use std::fmt::Write as _;

use keqiao_performance::Measure;
use keqiao_performance::library::{ProjectKind, Prototype};

use super::{Page, cell};

const HEAD: &str = "\
# 指标库 · Library of indicators

Indicators for science associations by kind of project, to pick from and adapt. *Actual* says where the actual comes from:
from evidence, the ledger, surveys, or stated and signed by a person. They stand in `crates/performance/library`.
";

/// `docs/reference/indicators.md`.
pub(super) fn page() -> Page {
    let computed = Prototype::all().iter().filter(|e| !e.measure.is_stated()).count();
    let mut out = format!("{HEAD}\n{} indicators, {computed} of them computed.\n", Prototype::all().len());
    for kind in ProjectKind::ALL {
        let title = kind.title();
        let _ = writeln!(
            out,
            "\n## {} · {}\n\n| code | indicator | branch | target | actual | what is counted |",
            title.zh, title.en
        );
        out.push_str("|---|---|---|---|---|---|\n");
        for e in Prototype::all().iter().filter(|e| e.kind == *kind) {
            let hint = if e.hint.is_empty() { String::new() } else { format!("，{}", e.hint) };
            let _ = writeln!(
                out,
                "| `{}` | {}<br>{} | {}<br>{} | {} {}{hint} | {} | {}<br>{} |",
                e.code,
                cell(&e.name.zh),
                cell(&e.name.en),
                e.level2.title().zh,
                e.level2.title().en,
                e.operator.title().zh,
                e.unit,
                actual(&e.measure),
                cell(&e.definition.zh),
                cell(&e.definition.en),
            );
        }
    }
    Page::markdown("docs/reference/indicators.md", &out)
}

fn actual(measure: &Measure) -> String {
    let title = measure.title();
    let which = match measure {
        Measure::Evidence { kind, count, .. } => {
            [kind.as_deref(), count.as_deref()].into_iter().flatten().map(|c| format!(" `{c}`")).collect()
        }
        Measure::Ledger { economic: Some(code), .. } => format!(" `{code}`"),
        _ => String::new(),
    };
    format!("{}<br>{}{which}", title.zh, title.en)
}
