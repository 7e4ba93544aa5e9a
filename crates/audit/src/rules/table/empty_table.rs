//! T0417: an empty public table without the sentence that it is empty.

use keqiao_diag::Level;
use keqiao_facts::{DataTable, PublicKind, Report};
use keqiao_i18n::{Bilingual, Fixed};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "T0417",
    name: "empty-table-without-note",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "空表未注明无数据", en: "An empty table without a note" },
    why: Fixed {
        zh: "没有数据的公开表也要保留，并在表下注明“本表无数据”，读者才知道不是漏填。",
        en: "An empty public table stays in the report with a note, so that readers know nothing is missing.",
    },
    source: "FD-9",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for table in cx.report.tables.iter().filter(|t| t.half == 0) {
        if !matches!(table.kind, Some(PublicKind::GovernmentFund | PublicKind::StateCapital | PublicKind::StateCapitalExpenditure)) {
            continue;
        }
        out.judge();
        let empty = table.rows.iter().all(|r| r.cells.iter().all(|c| c.value.is_zero()));
        if !empty || noted(cx.report, table) {
            continue;
        }
        out.report(
            table.columns.iter().find_map(|c| c.span).unwrap_or(table.span),
            Bilingual::new(format!("《{}》没有数据，也没有注明", table.name), format!("{} is empty, and no note says so", table.name)),
            Bilingual::new("在表下注明“本表无数据”及原因。", "Say below the table that it holds no data."),
        );
    }
}

fn noted(report: &Report, table: &DataTable) -> bool {
    let says = |t: &str| ["无", "没有", "空表", "为空", "未"].iter().any(|w| t.contains(w));
    let inside = table.rows.iter().any(|r| says(&r.label) || r.notes.iter().any(|n| says(&n.text)));
    inside || report.paragraphs.iter().filter(|p| p.span.start >= table.span.end).take(2).any(|p| says(p.folded.text()))
}
