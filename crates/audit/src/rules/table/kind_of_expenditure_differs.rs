//! T0419: an item that the text calls basic expenditure and the table has as project expenditure, or the other way round.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_facts::{Fact, Measure, Place, PublicKind};
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;

use super::footing::{row_name, single};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "T0419",
    name: "kind-of-expenditure-differs-from-table",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "文字所称基本支出（项目支出）与表不符", en: "Basic expenditure in the text, project expenditure in the table" },
    why: Fixed {
        zh: "文字说某科目用于基本支出，而一般公共预算支出决算表中该科目只有项目支出（或相反），两处必有一处有误。",
        en: "The text says that a code is basic expenditure, the table has it as project expenditure only (or the reverse).",
    },
    source: "CK-14, FD-7",
    check,
};

static USE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"主要用于：?[^。；]*?(基本支出|项目支出)(?:[。，；]|$)").expect("a constant pattern"));

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let Some(table) = single(report, PublicKind::GeneralExpenditure) else { return };
    let (Some(basic), Some(project)) = (table.column(|c| c == "基本支出"), table.column(|c| c == "项目支出")) else { return };
    let coded: Vec<&Fact> = report.facts.iter().filter(|f| f.place == Place::Prose && f.measure == Some(Measure::FunctionExpenditure) && f.scope.len() == 7).collect();
    for (at, fact) in coded.iter().enumerate() {
        let Some(p) = fact.paragraph.and_then(|p| report.paragraphs.get(p as usize)) else { continue };
        // From the number of the item before to this item's number.
        let before = coded[..at].iter().rev().find(|b| b.paragraph == fact.paragraph);
        if before.is_some_and(|b| b.scope == fact.scope) {
            continue;
        }
        let start = before.map_or(0, |b| p.folded.position(b.span.end));
        let end = p.folded.position(fact.span.start);
        let Some(c) = p.folded.text().get(start..end).and_then(|t| USE.captures(t)) else { continue };
        let (Some(word), Some(row)) = (c.get(1), table.coded(&fact.scope)) else { continue };
        out.judge();
        let has = |column| row.cell(column).filter(|c| !c.value.is_zero());
        let (stated, other, cell) = match (word.as_str(), has(basic), has(project)) {
            ("基本支出", None, Some(cell)) => ("基本支出", "项目支出", cell),
            ("项目支出", Some(cell), None) => ("项目支出", "基本支出", cell),
            _ => continue,
        };
        let name = row_name(row);
        out.report(
            p.folded.span(start + word.start()..start + word.end()),
            Bilingual::new(
                format!("文字称“{name}”用于{stated}，《{}》中该科目只有{other} {}", table.name, cell.value),
                format!("the text calls {name} {stated}, the table has only {other}: {}", cell.value),
            ),
            Bilingual::new("核对科目性质，改正文字或表。", "Check what the code was used for, and correct text or table."),
        )
        .against(cell.span)
        .numbers(stated, format!("{other} {}", cell.value));
    }
}
