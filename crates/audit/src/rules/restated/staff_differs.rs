//! R0207: “all staff” of a number that the staff does not have.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::Kind;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "R0207",
    name: "staff-stated-differently",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "“全员”人数与在职人数不符", en: "“All staff” of a number that the staff does not have" },
    why: Fixed {
        zh: "写“全员8人参与”，而机构情况写在职7人，有一处不实。",
        en: "“All eight staff took part” where seven are in post: one of them is not true.",
    },
    source: "TX-8",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let people = |f: &&keqiao_facts::Fact| f.value.kind() == Kind::Count && matches!(f.value.unit.base_name().as_str(), "人" | "名") && !f.value.approx;
    let totals: Vec<_> = report
        .facts
        .iter()
        .filter(people)
        .filter(|f| ["在职人员总数", "在职人员", "在职干部职工共", "在职职工", "在职人数", "实有在职人员", "全年在职", "年末在职人数", "现有在职人员", "在职在编人员"].iter().any(|w| f.label.ends_with(w)) && !f.label.contains("机关年末") && !f.label.contains("事业单位年末"))
        .collect();
    for all in report.facts.iter().filter(people).filter(|f| ["全员", "全体干部职工", "全体职工", "全体工作人员", "全体人员"].iter().any(|w| f.label.ends_with(w))) {
        let Some(total) = totals.first() else {
            out.lack();
            continue;
        };
        out.judge();
        if totals.iter().any(|t| t.value.printed.value() >= all.value.printed.value()) {
            continue;
        }
        out.report(
            all.clause,
            Bilingual::new(format!("“全员” {}，在职仅 {}", all.value.show(), total.value.show()), format!("“all staff” are {}, but only {} are in post", all.value.show(), total.value.show())),
            Bilingual::new("核对人数，或写明含聘用、借调人员。", "Check the number, or say that hired or seconded people are included."),
        )
        .against(total.clause)
        .numbers(all.value.show(), total.value.show());
    }
}
