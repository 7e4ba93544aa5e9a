//! What stands above a table: its title, its unit, its number, who made it.

use std::sync::LazyLock;

use regex::Regex;

use super::flow::{Column, Item, Role};
use super::lines::Line;
use super::table::RawTable;

/// Lines looked at above a table.
const LINES_MAX: usize = 6;
/// Longer lines are sentences, not titles.
const TITLE_CHARS_MAX: usize = 48;

static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?:金额|计量|货币)?单\s*位\s*[:：]?\s*(?:人民币)?\s*[（(]?\s*(?:万|千|百万|亿)?\s*元[）)]?";
    Regex::new(pattern).expect("a constant pattern")
});

static ABOVE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern =
        r"^(?:编制|填报|公开|预算)?(?:单位|部门)(?:名称|公章|（公章）)?\s*[:：]|^(?:日期|编制日期|年度)\s*[:：]";
    Regex::new(pattern).expect("a constant pattern")
});

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    let pattern =
        r"^[（(]?(?:公开|附件|附表|附|表)?\s*[0-9〇一二三四五六七八九十]+(?:[-—–.][0-9]+)?\s*表?[）)]?[:：]?$";
    Regex::new(pattern).expect("a constant pattern")
});

/// The unit of a line of text, as a byte range.
pub(super) fn unit(text: &str) -> Option<std::ops::Range<usize>> {
    UNIT.find(text).map(|m| m.range())
}

/// Whether words look like the name of a table.
pub(super) fn names_table(text: &str) -> bool {
    let words: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = words.trim_end_matches(['）', ')', '续', '（', '(']);
    let ends = bare.ends_with('表')
        || bare.ends_with("情况表")
        || bare.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with('表');
    ends && words.chars().count() <= TITLE_CHARS_MAX && !words.contains(['。', '；'])
}

/// Marks the lines above every table of a page.
pub(super) fn mark(page: &mut Column) {
    for n in 0..page.items.len() {
        let Item::Table(table) = &page.items[n] else { continue };
        let middle = table.xs.first().zip(table.xs.last()).map_or(page.width / 2.0, |(a, b)| (a + b) / 2.0);
        let centers = [middle, page.width / 2.0];
        let titled_inside = titled_inside(table);
        let mut above = n;
        let mut title: Option<usize> = None;
        while above > 0 && n - above < LINES_MAX {
            let Item::Line(line, _) = &page.items[above - 1] else { break };
            let role = match (title, role_above(line, &centers, page.width)) {
                (None, Some(Role::Title)) if titled_inside => break,
                (None, Some(role)) => role,
                (Some(t), Some(Role::Title)) if continues(line, page.items[t].line(), &centers) => Role::Title,
                _ => break,
            };
            if role == Role::Title {
                title = Some(above - 1);
            }
            if let Item::Line(_, r) = &mut page.items[above - 1] {
                *r = role;
            }
            above -= 1;
        }
    }
}

/// A table that carries its own title in its first row.
pub(super) fn titled_inside(table: &RawTable) -> bool {
    table
        .row(0)
        .find(|c| !c.text.is_empty())
        .is_some_and(|c| c.place.columns == table.columns() && names_table(&c.text))
}

fn centered(line: &Line, centers: &[f32]) -> bool {
    let middle = (line.x0 + line.x1) / 2.0;
    centers.iter().any(|c| (middle - c).abs() <= (1.5 * line.size).max(14.0))
}

fn role_above(line: &Line, centers: &[f32], width: f32) -> Option<Role> {
    let text = line.text();
    let chars = text.chars().filter(|c| !c.is_whitespace()).count();
    if UNIT.is_match(&text) && chars <= TITLE_CHARS_MAX {
        return Some(Role::AboveTable);
    }
    if NUMBER.is_match(text.trim()) || ABOVE.is_match(text.trim()) && chars <= TITLE_CHARS_MAX && !names_table(&text) {
        return Some(Role::AboveTable);
    }
    let short = line.x1 - line.x0 < 0.8 * width && chars <= TITLE_CHARS_MAX;
    let sentence = text.contains(['。', '；', '：', ':']) || text.ends_with(['，', '、']);
    let numbered = text.starts_with(['（', '(']) || text.chars().nth(1).is_some_and(|c| matches!(c, '、' | '.' | '．'));
    let title = !sentence
        && short
        && (names_table(&text) && (centered(line, centers) || !numbered) || centered(line, centers) && !numbered);
    (title && !text.starts_with('注')).then_some(Role::Title)
}

/// Whether a line is the upper half of a title set on two lines.
fn continues(line: &Line, below: Option<&Line>, centers: &[f32]) -> bool {
    let Some(below) = below else { return false };
    let text = line.text();
    let tight = below.top - line.bottom < 0.9 * line.size;
    let alike = (line.size - below.size).abs() < 0.08 * line.size;
    tight && alike && centered(line, centers) && !names_table(&text) && !text.starts_with('第') && !text.contains('、')
}

#[cfg(test)]
mod tests {
    use super::{ABOVE, NUMBER, names_table, unit};

    #[test]
    fn units_are_found_among_other_words() {
        let text = "编制单位：某某局    金额单位：万元";
        assert_eq!(unit(text).map(|r| &text[r]), Some("金额单位：万元"));
        assert_eq!(unit("单位名称：某某局"), None);
    }

    #[test]
    fn titles_are_told_from_sentences() {
        assert!(names_table("支出决算表（续）"));
        assert!(!names_table("见下表。"));
        assert!(NUMBER.is_match("公开01表") && NUMBER.is_match("表3-1") && !NUMBER.is_match("表3 支出决算表"));
        assert!(ABOVE.is_match("部门：某某局") && !ABOVE.is_match("部门决算表"));
    }
}
