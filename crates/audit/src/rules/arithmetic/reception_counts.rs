//! A0120: receptions whose batches and money do not go together.

use keqiao_diag::Level;
use keqiao_facts::Measure;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::Kind;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0120",
    name: "receptions-without-money",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "公务接待批次与金额不匹配", en: "Receptions whose batches and money do not go together" },
    why: Fixed {
        zh: "有接待支出就有批次，有批次就有支出；人次不少于批次。",
        en: "Money spent on receptions means batches, batches mean money, and there are at least as many guests as batches.",
    },
    source: "FD-13",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for batches in report.facts.iter().filter(|f| f.value.kind() == Kind::Count && matches!(f.value.unit.base_name().as_str(), "批次" | "批") && f.label.contains("接待")) {
        let guests = report.facts.get(batches.id.0 as usize + 1).filter(|g| matches!(g.value.unit.base_name().as_str(), "人次" | "人") && g.paragraph == batches.paragraph);
        if let Some(g) = guests {
            out.judge();
            if g.value.printed.value() * g.value.unit.factor < batches.value.printed.value() {
                out.report(
                    g.clause,
                    Bilingual::new(format!("接待 {} 却只有 {}", batches.value.show(), g.value.show()), format!("{} of receptions but only {}", batches.value.show(), g.value.show())),
                    Bilingual::new("核对批次与人次。", "Check batches and guests."),
                )
                .against(batches.clause)
                .numbers(g.value.show(), format!("≥ {}", batches.value.printed));
            }
        }
        // 接待研学团队, 信访接待: another kind of reception.
        let official = batches.paragraph.and_then(|p| report.paragraphs.get(p as usize)).is_none_or(|p| ["公务接待", "国内接待", "外事接待", "外宾接待", "接待费"].iter().any(|w| p.folded.text().contains(w)));
        if !official || ["研学", "信访", "群众", "游客", "参观", "咨询"].iter().any(|w| batches.label.contains(w)) {
            continue;
        }
        let foreign = batches.label.contains("外事") || batches.label.contains("外宾") || batches.label.contains("国（境）外");
        let measure = if foreign { Measure::ReceptionForeign } else { Measure::Reception };
        let Some(money) = cx.index.of(report, measure, report.year()).into_iter().find(|m| m.paragraph.is_some()) else { continue };
        out.judge();
        if money.value.printed.is_zero() == batches.value.printed.is_zero() {
            continue;
        }
        out.report(
            batches.clause,
            Bilingual::new(format!("接待 {}，接待费 {}", batches.value.show(), money.value.show()), format!("{} of receptions against {} spent", batches.value.show(), money.value.show())),
            Bilingual::new("核对接待批次与接待费。", "Check the batches and the money."),
        )
        .against(money.clause)
        .numbers(batches.value.show(), money.value.show());
    }
}
