//! T0418: items that the text lists under staff or office costs and the table does not have, or the other way round.

use keqiao_diag::Level;
use keqiao_facts::{DataRow, Paragraph, PublicKind};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_source::Span;

use super::footing::halves;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "T0418",
    name: "listed-items-differ-from-table",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "文字所列经济科目与基本支出表不符", en: "Listed items that the table does not have" },
    why: Fixed {
        zh: "“主要包括”之后逐项列出的应是基本支出决算表中有金额的科目；列了没有金额的、漏了有金额的，文字和表必有一处未更新。",
        en: "The items named after 主要包括 are those with money in the table; a name without money beside money without a name is a slip.",
    },
    source: "FD-7, FD-12",
    check,
};

/// What one list says against the table.
struct List<'a> {
    /// Items that the table has: place, row, whether there is money.
    named: Vec<(Span, &'a DataRow, bool)>,
    /// Rows with money that the list leaves out.
    omitted: Vec<&'a DataRow>,
    /// The list ends in 等.
    open: bool,
}

fn check(cx: &Context<'_>, out: &mut Sink) {
    let tables = halves(cx.report, PublicKind::GeneralBasic);
    if tables.is_empty() || tables.iter().any(|t| t.columns.len() != 1) || cx.report.tables.iter().filter(|t| t.kind == Some(PublicKind::GeneralBasic) && t.half == 0).count() > 1 {
        return;
    }
    let rows: Vec<&DataRow> = tables.iter().flat_map(|t| &t.rows).filter(|r| r.code.as_ref().is_some_and(|c| c.0.len() == 5)).collect();
    for p in &cx.report.paragraphs {
        for (cost, classes) in [("人员经费", &["301", "303"][..]), ("公用经费", &["302", "307", "309", "310", "311", "312", "313", "399"])] {
            let mine: Vec<&DataRow> = rows.iter().copied().filter(|r| r.code.as_ref().is_some_and(|c| classes.contains(&&c.0[..3]))).collect();
            if let Some(list) = read(p, cost, &mine) {
                judge(cost, &list, out);
            }
        }
    }
}

/// The list after `cost … 主要包括`.
fn read<'a>(p: &Paragraph, cost: &str, rows: &[&'a DataRow]) -> Option<List<'a>> {
    let text = p.folded.text();
    let at = text.find(cost)?;
    let lead = text[at..].find("主要包括")? + at;
    let between = &text[at + cost.len()..lead];
    if between.chars().count() > 30 || between.contains(['。', '；']) {
        return None;
    }
    let start = lead + "主要包括".len();
    let start = start + text[start..].len() - text[start..].trim_start_matches(['：', '，']).len();
    let end = text[start..].find(['；', '。']).map_or(text.len(), |i| start + i);
    let body = text[start..end].strip_suffix('等').unwrap_or(&text[start..end]);
    let mut list = List { named: Vec::new(), omitted: Vec::new(), open: body.len() < end - start || body.ends_with("等支出") };
    let mut from = start;
    for item in body.split('、') {
        let range = from..from + item.len();
        from = range.end + '、'.len_utf8();
        let Some(row) = rows.iter().find(|r| same(&r.label, item)) else { continue };
        list.named.push((p.folded.span(range), row, has_money(row)));
    }
    list.omitted = rows.iter().copied().filter(|r| has_money(r) && !list.named.iter().any(|(_, n, _)| std::ptr::eq(*n, *r))).collect();
    Some(list)
}

fn has_money(row: &DataRow) -> bool {
    row.cells.iter().any(|c| !c.value.is_zero())
}

fn same(a: &str, b: &str) -> bool {
    let core = |s: &str| s.trim_end_matches("支出").trim_end_matches("费用").trim_end_matches('费').to_owned();
    a == b || (core(a) == core(b) && core(a).chars().count() >= 2)
}

fn judge(cost: &str, list: &List<'_>, out: &mut Sink) {
    let right = list.named.iter().filter(|n| n.2).count();
    let odd: Vec<_> = list.named.iter().filter(|n| !n.2).collect();
    if right == 0 {
        out.lack();
        return;
    }
    out.judge();
    // A list copied from the form names everything; that is careless, but no contradiction worth more than a hint.
    let boilerplate = odd.len() > 2 || odd.len() * 3 > right;
    if odd.is_empty() || boilerplate {
        return;
    }
    let missing: Vec<&&DataRow> = list.omitted.iter().filter(|r| r.label_span.is_some()).collect();
    // 等 leaves room for what is left out; then only the odd item is wrong.
    let level = if missing.is_empty() || list.open || missing.len() > 3 { Level::Warning } else { Level::Error };
    let names: Vec<&str> = odd.iter().map(|o| o.1.label.as_str()).collect();
    let left_out: Vec<String> = missing.iter().take(3).map(|r| format!("{}（{}）", r.label, r.cells.first().map(|c| c.value.to_string()).unwrap_or_default())).collect();
    let (zh_tail, en_tail) = if left_out.is_empty() {
        (String::new(), String::new())
    } else {
        (format!("；表中有金额而未列的有：{}", left_out.join("、")), format!("; the table has money for {} instead", left_out.join(", ")))
    };
    let Some(first) = odd.first() else { return };
    out.report_at(
        level,
        first.0,
        Bilingual::new(
            format!("{cost}列有“{}”，基本支出决算表该科目没有金额{zh_tail}", names.join("、")),
            format!("{cost} lists {}, for which the table has no money{en_tail}", names.join(", ")),
        ),
        Bilingual::new("按基本支出决算表有金额的科目重新列举。", "List the items that have money in the table."),
    )
    .against_all(odd.iter().skip(1).map(|o| o.0))
    .against_all(missing.iter().take(3).filter_map(|r| r.label_span))
    .numbers(names.join("、"), left_out.join("、"));
}
