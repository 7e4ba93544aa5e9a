//! A0122: more people in post than posts.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::Kind;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0122",
    name: "staff-exceeding-posts",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "在职人数多于编制数", en: "More people in post than posts" },
    why: Fixed {
        zh: "在职人数多于编制数可能有原因（工勤、划转、政策性安置），应在文中说明。",
        en: "More people than posts may have a reason, which the text should give.",
    },
    source: "TX-8",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let people = |f: &&keqiao_facts::Fact| f.value.kind() == Kind::Count && matches!(f.value.unit.base_name().as_str(), "人" | "名" | "个") && f.paragraph.is_some();
    let whole = |label: &str, words: &[&str]| words.iter().any(|w| label.contains(w)) && !["行政", "事业编", "工勤", "参公"].iter().any(|w| label.contains(w));
    for posts in report.facts.iter().filter(people).filter(|f| whole(&f.label, &["总编制", "核定编制", "编制总数", "人员编制"])) {
        let staff = report.facts[posts.id.0 as usize..].iter().filter(people).take_while(|s| s.paragraph == posts.paragraph).find(|s| whole(&s.label, &["在职人员总数", "在职人员", "在职人数", "实有人数", "实有在职", "在编人员", "在职干部职工共", "在职职工"]));
        let Some(staff) = staff else { continue };
        out.judge();
        if staff.value.printed.value() <= posts.value.printed.value() {
            continue;
        }
        out.report(
            staff.clause,
            Bilingual::new(format!("在职 {}，编制 {}", staff.value.show(), posts.value.show()), format!("{} in post, {} posts", staff.value.show(), posts.value.show())),
            Bilingual::new("核对人数与编制数，或说明超出的原因。", "Check both numbers, or say why there are more people than posts."),
        )
        .against(posts.clause)
        .numbers(staff.value.show(), format!("≤ {}", posts.value.printed));
    }
}
