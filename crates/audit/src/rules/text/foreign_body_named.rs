//! X0717: another body is named as the author.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "X0717",
    name: "foreign-body-named",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "写成了别的单位", en: "Another body is named as the author" },
    why: Fixed {
        zh: "报告以第一人称叙述时主语是别的县（市、区）的单位，多是照抄他处的文字。",
        en: "Where the report speaks of itself under the name of another county, the passage was mostly copied from elsewhere.",
    },
    source: "TX-21",
    check,
};

static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[。；）])([一-龥]{2,4}?(?:县|区|市)(?:科协|科学技术协会|残联|残疾人联合会|妇联))(?:将(?:进一步|继续|按照|认真|严格|加强)|(?:进一步|严格按照|高度重视|认真贯彻|严格执行)[一-龥])")
        .expect("checked by the specs")
});

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let Some((entity, _)) = &report.identity.entity else { return };
    let region = report.identity.region.as_deref().unwrap_or_default();
    for p in words::paragraphs(report) {
        let text = p.folded.text();
        for m in SUBJECT.captures_iter(text).filter_map(|c| c.get(1)) {
            let name = m.as_str();
            let place = name.find(['县', '区', '市']).map_or(name, |i| &name[..i + 3]);
            out.judge();
            // The body itself, under whatever short form, and names that come again are no slip.
            let own = entity.contains(place) || region.contains(place) || place.chars().count() < 3;
            if own || report.text.matches(place).count() > 1 {
                continue;
            }
            out.report(
                p.folded.span(m.range()),
                Bilingual::new(format!("本报告的单位是“{entity}”，此处写成“{name}”"), format!("the report is that of {entity}, but here {name} speaks")),
                Bilingual::new("请改为本单位名称，并核对整段是否照抄。", "Write your own name, and check whether the passage was copied."),
            );
        }
    }
}
