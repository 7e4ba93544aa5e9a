//! X0706: full-width and half-width signs are mixed.

use keqiao_diag::Level;
use keqiao_facts::Role;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_source::Span;

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "X0706",
    name: "mixed-width-sign",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "全角与半角标点混用", en: "Full-width and half-width signs are mixed" },
    why: Fixed {
        zh: "中文报告的标点应用全角；混用不影响数字，但显得没有校对。",
        en: "Signs among Chinese words are full-width. A mix does no harm to the numbers but looks unchecked.",
    },
    source: "TX-11",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let (mut half, mut full, mut first) = (0u32, 0u32, None);
    for p in report.paragraphs.iter().filter(|p| p.role == Role::Body) {
        let words = p.span.of(&report.text);
        let mut last = ' ';
        for (at, c) in words.char_indices() {
            if matches!(c, ',' | ':' | ';' | '(') && words::is_han(last) {
                half += 1;
                let start = p.span.start as usize + at;
                first.get_or_insert(Span::new(start, start + c.len_utf8()));
            } else if matches!(c, '，' | '：' | '；' | '（') {
                full += 1;
            }
            last = c;
        }
    }
    if half + full > 0 {
        out.judge();
    }
    if let Some(span) = first.filter(|_| full > 0) {
        out.report(
            span,
            Bilingual::new(
                format!("全文有 {half} 处半角标点，与全角标点（{full} 处）混用"),
                format!("{half} half-width signs stand among {full} full-width ones"),
            ),
            Bilingual::new("请统一用全角标点。", "Use full-width signs throughout."),
        );
    }
}
