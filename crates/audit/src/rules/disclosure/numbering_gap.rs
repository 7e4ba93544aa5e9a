//! D0606: the numbering skips or repeats.

use keqiao_diag::Level;
use keqiao_facts::{Report, Section};
use keqiao_i18n::{Bilingual, Fixed};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "D0606",
    name: "numbering-gap",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "序号跳号或重号", en: "The numbering skips or repeats" },
    why: Fixed {
        zh: "标题序号跳过一个，或同一序号用了两次，常是删去或漏掉了一段。",
        en: "A number skipped or used twice in the headings often means that a passage was deleted or lost.",
    },
    source: "FD-10",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let mut lists: Vec<(Option<u32>, u8, Vec<&Section>)> = Vec::new();
    for s in report.sections.iter().filter(|s| s.level <= 3 && s.ordinal.is_some() && !s.number.starts_with('附')) {
        match lists.iter_mut().find(|l| l.0 == s.parent && l.1 == s.level) {
            Some(list) => list.2.push(s),
            None => lists.push((s.parent, s.level, vec![s])),
        }
    }
    for (parent, _, list) in &lists {
        // A list that begins with two is judged only below a numbered heading of the body: an annex may go on from elsewhere.
        let above = parent.map(|p| &report.sections[p as usize]).filter(|s| !s.number.is_empty() && !s.attachment);
        if let Some(above) = above {
            first(report, above.span.end, list, out);
        }
        for pair in list.windows(2) {
            step(report, pair[0], pair[1], out);
        }
    }
}

/// A list that begins with two.
fn first(report: &Report, start: u32, list: &[&Section], out: &mut Sink) {
    let head = list[0];
    if list.len() < 2 || head.ordinal != Some(2) || list[1].ordinal != Some(3) || head.level == 1 {
        return;
    }
    out.judge();
    if !printed_between(report, start, head.span.start, 1) {
        gap(head, 1, out);
    }
}

fn step(report: &Report, a: &Section, b: &Section, out: &mut Sink) {
    let (Some(x), Some(y)) = (a.ordinal, b.ordinal) else { return };
    // Rows of a table that no reader recognised as one look like headings: 六、科学技术支出, 八、社会保障和就业支出.
    let row = |s: &Section| ["支出", "收入", "拨款", "结余", "合计"].iter().any(|w| s.title.ends_with(w));
    if row(a) && row(b) {
        return;
    }
    out.judge();
    if y == x + 2 || y == x + 3 {
        let missing = x + 1;
        if !(missing..y).any(|n| printed_between(report, a.span.end, b.span.start, n)) {
            gap(b, missing, out).against(a.span);
        }
    } else if y == x && a.title != b.title && x > 1 && sentence_between(report, a, b) {
        out.report(
            b.span,
            Bilingual::new(format!("序号“{}”用了两次", b.number), format!("the number {} is used twice", b.number)),
            Bilingual::new("请顺次改正序号。", "Number the headings in order."),
        )
        .against(a.span);
    }
}

fn gap<'s>(heading: &Section, missing: u32, out: &'s mut Sink) -> crate::sink::Report<'s> {
    out.report(
        heading.span,
        Bilingual::new(
            format!("序号跳到“{}”，缺第 {missing} 项", heading.number),
            format!("the numbering jumps to {}; number {missing} is missing", heading.number),
        ),
        Bilingual::new("请核对是否漏掉一段，或顺次改正序号。", "Check whether a passage is missing, or renumber."),
    )
}

/// Two headings with a sentence between them: not two lines of a list or a table.
fn sentence_between(report: &Report, a: &Section, b: &Section) -> bool {
    report.text.get(a.span.end as usize..b.span.start as usize).is_some_and(|t| t.contains('。'))
}

/// Whether the number stands anywhere between two headings: as a heading that was not recognised, inside a paragraph or a
/// table; or whether a heading without a number (automatic numbering that the export lost) stands there.
fn printed_between(report: &Report, from: u32, to: u32, n: u32) -> bool {
    let between = report.text.get(from as usize..to as usize).unwrap_or_default();
    let numeral = chinese(n);
    let forms = [
        format!("{numeral}、"), format!("（{numeral}）"), format!("({numeral})"), format!("（{numeral})"), format!("({numeral}）"), format!("第{numeral}部分"),
        format!("{numeral}．"), format!("{numeral}."), format!("{numeral} 、"), format!("第{n}部分"), format!("\n{n}、"), format!("\n{n}."), format!("\n{n}．"),
    ];
    let squeezed: String = between.chars().filter(|c| !matches!(c, ' ' | '\u{3000}')).collect();
    forms.iter().any(|f| squeezed.contains(f.as_str())) || report.sections.iter().any(|s| from <= s.span.start && s.span.end <= to && s.number.is_empty())
}

fn chinese(n: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = ((n / 10) as usize % 10, (n % 10) as usize);
    match tens {
        0 => DIGITS[ones].to_owned(),
        1 => format!("十{}", DIGITS[ones]),
        _ => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
    }
}
