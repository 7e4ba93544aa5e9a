//! F0510: a statement whose target is a bare percent.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_facts::CellText;
use keqiao_quantity::Kind;

use super::reading::{amounts, name, tight, title};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0510",
    name: "percent-without-what-it-measures",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "指标是一句口号，指标值只有一个百分比", en: "A statement whose target is a bare percent" },
    why: Fixed {
        zh: "“提高全民科学素质”的95%是什么的95%？没有说明对象和测算方法的百分比不能考核。",
        en: "95 % of what? A percent without its object and method cannot be assessed.",
    },
    source: "PR-5",
    check,
};

/// A name this long is a sentence, not an indicator.
const NAME_CHARS_MIN: usize = 18;

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        let mut found: Vec<(&CellText, &str)> = Vec::new();
        for indicator in &form.indicators {
            let Some(target) = &indicator.target else { continue };
            let [amount] = &amounts(&target.text)[..] else { continue };
            out.judge();
            let label = name(indicator);
            let says_rate = label.contains('率') || label.contains("比例") || label.contains("满意") || label.contains("占比");
            let bare = amount.unit.kind == Kind::Percent && target.text.chars().count() <= 6;
            if bare && !says_rate && label.chars().count() >= NAME_CHARS_MIN {
                found.push((target, label));
            }
        }
        let Some((first, label)) = found.first() else { continue };
        let words: String = label.chars().take(16).collect();
        out.report(
            tight(cx.report, first),
            Bilingual::new(
                format!("{}有{}项指标只给了百分比，没有说明是什么的比例，如“{words}…{}”", title(form), found.len(), first.text),
                format!("{}: {} statements have a bare percent as target, such as “{words}… {}”", title(form), found.len(), first.text),
            ),
            Bilingual::new("请写明比例的分子、分母和取数方法。", "Say what is divided by what, and how it is counted."),
        )
        .against_all(found.iter().skip(1).take(10).map(|f| tight(cx.report, f.0)));
    }
}
