//! F0509: a target that cannot be measured.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_facts::{CellText, Indicator};

use super::reading::{tight, title};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0509",
    name: "target-without-measure",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "指标值含糊，无法衡量", en: "A target that cannot be measured" },
    why: Fixed {
        zh: "指标值要细化、量化；“有所提升”“进一步加强”既没有数，也没有档次，事后无法判断是否完成。",
        en: "Targets must be measurable; “somewhat better” has neither number nor level.",
    },
    source: "PR-5",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        let targets: Vec<(&Indicator, &CellText)> = form.indicators.iter().filter_map(|i| Some((i, i.target.as_ref()?))).collect();
        if targets.is_empty() {
            continue;
        }
        out.judge();
        let vague: Vec<&CellText> = targets.into_iter().filter(|(i, t)| is_vague(i, &t.text)).map(|(_, t)| t).collect();
        let Some((first, rest)) = vague.split_first() else { continue };
        let words: String = first.text.chars().take(20).collect();
        out.report(
            tight(cx.report, first),
            Bilingual::new(
                format!("{}有{}项指标值没有数量或档次，如“{words}”", title(form), vague.len()),
                format!("{}: {} targets have neither number nor level, such as “{words}”", title(form), vague.len()),
            ),
            Bilingual::new("请给指标值定出数量、比例或可核对的档次。", "Give a number, a share or a level that can be checked."),
        )
        .against_all(rest.iter().take(10).map(|t| tight(cx.report, t)));
    }
}

fn is_vague(indicator: &Indicator, target: &str) -> bool {
    let number = target.chars().any(|c| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c));
    let words = ["明显", "显著", "较为", "有所", "进一步", "不断", "逐步", "提高", "提升", "加强", "增强", "促进", "改善", "持续", "基本满意", "扩大"];
    !number && (indicator.level2.contains("数量") || words.iter().any(|w| target.contains(w)))
}
