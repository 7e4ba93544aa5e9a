//! F0526: points lost although no problem is stated.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_facts::Role;
use keqiao_quantity::Decimal;

use super::grades::scores;

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0526",
    name: "points-lost-without-problem",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "扣了分，却说没有问题", en: "Points lost although no problem is stated" },
    why: Fixed {
        zh: "自评没有得满分，说明存在问题；“存在问题：无”与扣分相互矛盾，也无法据此改进。",
        en: "A score below 100 means that something was wrong; “problems: none” contradicts it.",
    },
    source: "PR-29",
    check,
};

/// How far back the score of the same report stands.
const PARAGRAPHS_MAX: usize = 8;

fn check(cx: &Context<'_>, out: &mut Sink) {
    let body: Vec<_> = cx.report.paragraphs.iter().filter(|p| matches!(p.role, Role::Body | Role::Heading)).collect();
    for (i, p) in body.iter().enumerate() {
        let text = p.folded.text();
        let Some(at) = problem_word(text) else { continue };
        out.judge();
        let tail = text[at..].trim_end_matches('。');
        let next = body.get(i + 1).map_or("", |n| n.folded.text().trim_end_matches('。'));
        let here = tail.ends_with('无') && tail.chars().count() <= 16 || tail.ends_with("暂无") || tail.ends_with("无问题");
        let below = !tail.contains(['，', '。', '；']) && tail.chars().count() <= 10 && matches!(next, "无" | "暂无" | "无。");
        if !here && !below {
            continue;
        }
        let from = i.saturating_sub(PARAGRAPHS_MAX);
        let lost = body[from..i].iter().rev().find_map(|q| {
            let (score, range) = scores(q.folded.text()).pop()?;
            Some((score, q.folded.span(range)))
        });
        let Some((score, span)) = lost.filter(|l| l.0 < Decimal::ONE_HUNDRED && l.0 > Decimal::from(30)) else { continue };
        let end = if here { text.len() } else { at + tail.len() };
        let shown = score.normalize();
        out.report(
            p.folded.span(at..end),
            Bilingual::new(
                format!("自评得分{shown}分，扣了{}分，“存在问题”却写“无”", (Decimal::ONE_HUNDRED - score).normalize()),
                format!("the score is {shown}, {} points are lost, and yet no problem is stated", (Decimal::ONE_HUNDRED - score).normalize()),
            ),
            Bilingual::new("请说明扣分的指标和原因。", "Say which indicators lost points, and why."),
        )
        .against(span);
    }
}

fn problem_word(text: &str) -> Option<usize> {
    let head: String = text.chars().take(24).collect();
    ["存在的问题", "存在问题", "存在的主要问题", "存在主要问题"].iter().filter_map(|w| head.find(w)).min()
}
