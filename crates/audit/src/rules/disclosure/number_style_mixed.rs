//! D0609: headings of one level are numbered in two styles.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "D0609",
    name: "number-style-mixed",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "标题序号样式不一", en: "Headings of one level are numbered in two styles" },
    why: Fixed {
        zh: "同级标题有的用“一、”，有的用“9、”，或“附表”“附件”混用，多是自动编号走样。",
        en: "Headings of one level numbered both 一、 and 9、, or annexes called both 附表 and 附件: automatic numbering gone astray.",
    },
    source: "TX-12",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let sections = &cx.report.sections;
    let arabic = |n: &str| n.contains(|c: char| c.is_ascii_digit());
    for level in [1u8, 2] {
        let list: Vec<_> = sections.iter().filter(|s| s.level == level && !s.number.is_empty() && !s.number.contains('附')).collect();
        if list.len() < 2 {
            continue;
        }
        out.judge();
        let odd: Vec<_> = list.iter().filter(|s| arabic(&s.number)).collect();
        let Some(first) = odd.first().filter(|_| odd.len() < list.len()) else { continue };
        out.report(
            first.span,
            Bilingual::new(
                format!("同级标题有 {} 个用“{}”式序号，其余用中文数字", odd.len(), first.number),
                format!("{} headings of this level are numbered like {}, the others in Chinese numerals", odd.len(), first.number),
            ),
            Bilingual::new("请统一序号样式。", "Use one style."),
        )
        .against_all(odd.iter().skip(1).map(|s| s.span));
    }
    annexes(cx, out);
}

/// 附表1, 附表2, 附件3 in one sequence.
fn annexes(cx: &Context<'_>, out: &mut Sink) {
    let list: Vec<_> = cx.report.sections.iter().filter(|s| s.number.contains('附') && s.ordinal.is_some()).collect();
    for pair in list.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let word = |n: &str| n.chars().filter(|c| words::is_han(*c)).take(2).collect::<String>();
        let goes_on = b.ordinal == a.ordinal.map(|n| n + 1);
        if goes_on && word(&a.number) != word(&b.number) {
            out.judge();
            out.report(
                b.span,
                Bilingual::new(format!("“{}”之后是“{}”", a.number, b.number), format!("{} is followed by {}", a.number, b.number)),
                Bilingual::new("请统一称“附件”或“附表”。", "Call them all 附件 or all 附表."),
            )
            .against(a.span);
        }
    }
}
