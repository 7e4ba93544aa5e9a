//! P0304: the report is dated before its year ended.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "P0304",
    name: "report-dated-before-year-end",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "填报日期早于年度结束", en: "The report is dated before its year ended" },
    why: Fixed {
        zh: "全年的决算、自评要到年度结束以后才能填报；填报日期在当年或更早，年份多有误。",
        en: "A report on a whole year is written after its end. A date within the year mostly shows a wrong year.",
    },
    source: "TX-10",
    check,
};

static DATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:填报|填表|编制|报告|填制|报送)(?:日期|时间)：?(20\d{2})[年.\-/](\d{1,2})[月.\-/](?:\d{1,2}日?)?").expect("checked by the specs")
});

fn check(cx: &Context<'_>, out: &mut Sink) {
    let year = cx.report.year();
    let kind = cx.report.identity.kind;
    use keqiao_facts::ReportKind::{DepartmentEvaluation, FinalAccount, SelfEvaluation};
    if year == 0 || !matches!(kind, FinalAccount | SelfEvaluation | DepartmentEvaluation) {
        return;
    }
    for folded in cx.printed() {
        let text = folded.text();
        for c in DATED.captures_iter(text) {
            let (Some(all), Ok(dated), Ok(month)) = (c.get(0), c[1].parse::<u16>(), c[2].parse::<u32>()) else { continue };
            out.judge();
            // December of the year itself is early but usual in some places; a target form may be filled in before the year.
            if dated > year || dated == year && month >= 11 || dated < year && month == 12 {
                continue;
            }
            out.report(
                folded.span(all.range()),
                Bilingual::new(format!("{year} 年度的报告，日期却在 {dated} 年 {month} 月"), format!("a report on {year} dated {dated}-{month:02}")),
                Bilingual::new("请核对填报日期的年份。", "Check the year of the date."),
            );
        }
    }
}
