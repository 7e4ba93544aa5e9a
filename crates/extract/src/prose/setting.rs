//! What a sentence is about besides the report itself: last year, the year to come, a unit below, one project.

use std::ops::Range;

use keqiao_facts::{Aspect, Measure, Paragraph, Report, Role};

use super::Draft;
use super::clause::Mention;

/// Whether a number stands in a statement of last year's value (上年“三公”经费支出7.00万元，其中…). `before`: whether the
/// number before it in the sentence did.
pub(super) fn is_past(lead: &str, before: bool) -> bool {
    let lead = lead.trim_start_matches("其中").trim_start_matches('：');
    let named = ["上年度", "上年", "去年", "上一年度", "上一年"].iter().find_map(|w| lead.strip_prefix(w));
    match named {
        Some(rest) => !["结转", "结余", "末", "年末", "底", "财政拨款结转"].iter().any(|w| rest.starts_with(w)),
        None => before && !["今年", "本年", "当年", "20", "年末", "年初"].iter().any(|w| lead.contains(w)),
    }
}

/// Whether another year before a number is meant, and not left over from last year's text: the heading announces that
/// year, a budget of the year to come, a date within the year, money carried over, a contrast with this year.
pub(super) fn is_meant(
    report: &Report,
    p: &Paragraph,
    year: u16,
    place: Range<usize>,
    m: &Mention,
    draft: &Draft,
) -> bool {
    let fiscal = report.year();
    if year == fiscal || fiscal == 0 {
        return false;
    }
    let text = p.folded.text();
    let words = text.get(place.end..m.number.range.start).unwrap_or("");
    let named = year.to_string();
    let announced = report.ancestors(p.section).filter(|s| s.level > 1).any(|s| {
        let title = s.title.as_str();
        if year < fiscal {
            ["上年", "上一年", "往年", "历年"].iter().any(|w| title.contains(w))
        } else {
            title.contains("下年") || title.contains("下一年") || title.contains(&named)
        }
    });
    let budgeted = year > fiscal
        && (draft.aspect != Aspect::Actual || ["预算", "计划", "拟", "下达", "批复"].iter().any(|w| words.contains(w)));
    let dated = words.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('月')
        && words.starts_with(|c: char| c.is_ascii_digit());
    let carried = year < fiscal
        && (["结转", "结余", "提前下达", "年末", "年底"].iter().any(|w| words.contains(w))
            || matches!(draft.measure, Some(Measure::CarryOut | Measure::FiscalCarryOut)));
    let contrast = ["今年", "上年同期", "去年同期", "上年情况", "上年决算"].iter().any(|w| text.contains(w));
    announced || budgeted || dated || carried || contrast
}

/// The project that an attachment is about: its amounts are not those of the department.
pub(super) fn project_of(report: &Report, p: &Paragraph) -> Option<String> {
    let mut titles = report.ancestors(p.section).filter(|s| s.attachment).map(|s| s.title.as_str());
    let mut project = None;
    titles.by_ref().for_each(|t| {
        if t.contains("整体") {
            project = Some(None);
        } else if project.is_none() && t.contains("项目") && ["绩效", "自评", "评价"].iter().any(|w| t.contains(w))
        {
            project = Some(Some(t.to_owned()));
        }
    });
    project.flatten()
}

/// The unit within the department that a sentence speaks of: 局本级…, 下属科技馆….
pub(super) fn unit_of(report: &Report, opening: &str) -> Option<String> {
    let clause = opening.rsplit(['；', '。']).next().unwrap_or(opening);
    let own = report.identity.entity.as_ref().is_some_and(|(name, _)| name.contains("本级"))
        || report.paragraphs.iter().take(12).any(|p| p.role != Role::Body && p.folded.text().contains("本级"));
    let words = ["下属", "所属", "直属", "二级单位", "二级预算单位"];
    let below = words.iter().find(|w| {
        clause.trim_start_matches("其中").trim_start_matches('：').starts_with(**w)
            && !clause.contains("包括")
            && !clause.contains("及所属")
    });
    let head = ["局本级", "会本级", "委本级", "办本级", "厅本级", "机关本级", "单位本级", "部门本级"]
        .iter()
        .find(|w| !own && clause.contains(**w) && !clause.contains("本级及") && !clause.contains("含"));
    let occasion = ["活动中", "项目中", "会议中", "工作中"]
        .iter()
        .find(|w| clause.rsplit(['，', '：']).next().is_some_and(|c| c.contains(**w)));
    below.or(head).or(occasion).map(|w| (*w).to_owned())
}
