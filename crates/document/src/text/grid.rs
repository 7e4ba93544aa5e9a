//! Rows of cells to a grid: widths of short rows, head rows, title and unit.

use keqiao_source::Span;

use crate::{Block, Cell, Table};

/// A row as read: one span for each cell, empty for an empty one.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Span>,
}

/// Builds the table. A row with fewer cells than the grid has merged ones.
pub(super) fn table(text: &str, rows: &[Row], title: Option<Span>, unit: Option<Span>) -> Table {
    let columns = rows.iter().map(|r| r.cells.len()).max().unwrap_or(0);
    let mut cells = Vec::with_capacity(rows.iter().map(|r| r.cells.len()).sum());
    for (r, row) in rows.iter().enumerate() {
        let below = rows.get(r + 1).filter(|b| b.cells.len() == columns);
        let widths = below
            .and_then(|b| widths_over(row.cells.len(), b))
            .unwrap_or_else(|| widths_last(row.cells.len(), columns));
        let mut column = 0;
        for (span, width) in row.cells.iter().zip(widths) {
            cells.push(Cell {
                row: count(r),
                column: count(column),
                row_span: 1,
                column_span: count(width),
                span: *span,
                page: None,
            });
            column += width;
        }
    }
    let span = cells.iter().map(|c| c.span).reduce(Span::to);
    let numbered = |row: &Row| row.cells.iter().any(|c| is_number(c.of(text)));
    let header_rows = rows.iter().position(numbered).filter(|n| *n <= 4).map_or(1, count).min(count(rows.len()));
    Table { title, unit, header_rows, rows: count(rows.len()), columns: count(columns), cells, pages: None, span }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The last cell takes what is left.
fn widths_last(cells: usize, columns: usize) -> Vec<usize> {
    let mut widths = vec![1; cells];
    if let Some(last) = widths.last_mut() {
        *last += columns - cells;
    }
    widths
}

/// Head cells over a full row: an empty cell below continues the head above it (merged downwards), so that head is one
/// column wide; each run of filled cells below stands under the heads between. `None` when that leaves several ways.
fn widths_over(cells: usize, below: &Row) -> Option<Vec<usize>> {
    let columns = below.cells.len();
    if cells == columns || cells < 2 {
        return None;
    }
    let mut runs: Vec<(bool, usize)> = Vec::new();
    for cell in &below.cells {
        match runs.last_mut() {
            Some((false, n)) if !cell.is_empty() => *n += 1,
            _ => runs.push((cell.is_empty(), 1)),
        }
    }
    let merged = runs.iter().filter(|r| r.0).count();
    let filled = runs.len() - merged;
    if filled == 0 || merged == 0 {
        return None;
    }
    let heads = cells.checked_sub(merged)?;
    if heads == filled {
        return Some(runs.into_iter().map(|r| r.1).collect());
    }
    let [width] = runs.iter().filter(|r| !r.0).map(|r| r.1).collect::<Vec<_>>()[..] else { return None };
    if heads == 0 || !width.is_multiple_of(heads) {
        return None;
    }
    let spread = |(empty, _): (bool, usize)| if empty { vec![1] } else { vec![width / heads; heads] };
    Some(runs.into_iter().flat_map(spread).collect())
}

/// Digits with separators, a sign or percent around them.
pub(super) fn is_number(words: &str) -> bool {
    let core = words.trim().trim_start_matches(['-', '−', '－']).trim_end_matches(['%', '％']);
    core.starts_with(|c: char| c.is_ascii_digit()) && core.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
}

/// Words that name a table.
pub(super) fn is_title(words: &str) -> bool {
    let words = words.trim();
    let last = words.lines().last().unwrap_or(words).trim();
    let named = |line: &str| {
        let line = line.trim_end_matches(|c: char| c.is_whitespace() || c == '：' || c == ':');
        let core = line
            .strip_suffix(['）', ')'])
            .and_then(|l| l.rfind(['（', '(']).map(|i| &l[..i]))
            .unwrap_or(line)
            .trim_end();
        let points = ["下表", "附表", "如表", "上表"].iter().any(|w| core.ends_with(w));
        core.chars().count() >= 5
            && !points
            && !is_head_note(line)
            && (core.ends_with('表') || core.ends_with("自评") || core.ends_with("评分"))
    };
    words.chars().count() < 70 && (named(last) || words.lines().any(named))
}

/// Words that stand above a table without naming it: number, date, unit, whose it is.
pub(super) fn is_head_note(words: &str) -> bool {
    let core: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let chars = core.chars().count();
    (core.starts_with("公开") && core.ends_with('表') && chars < 9)
        || ((core.starts_with("附表") || core.starts_with("附件")) && chars < 8)
        || [
            "单位：",
            "单位:",
            "金额单位",
            "部门：",
            "部门:",
            "编制单位",
            "编制部门",
            "填报",
            "单位名称：",
            "单位名称:",
            "部门名称：",
            "公开部门",
        ]
        .iter()
        .any(|p| core.starts_with(p))
        || (core.starts_with(['（', '(']) && core.contains("年") && chars < 12)
}

/// `单位：万元` in a line, when it is there.
pub(super) fn unit_in(words: &str, span: Span) -> Option<Span> {
    let at = words.find("单位：").or_else(|| words.find("单位:"))?;
    let tail = &words[at..];
    let end = tail.find('元')? + '元'.len_utf8();
    (tail[..end].chars().count() <= 12).then(|| Span::new(span.start as usize + at, span.start as usize + at + end))
}

/// Title and unit: those of the table itself, else those of the last lines above it.
pub(super) fn head(text: &str, above: &[Block], own: (Option<Span>, Option<Span>)) -> (Option<Span>, Option<Span>) {
    let (mut title, mut unit) = own;
    for block in above.iter().rev().take(4) {
        let Block::Paragraph(p) = block else { break };
        let words = p.span.of(text);
        unit = unit.or_else(|| unit_in(words, p.span));
        if title.is_none() && is_title(words) {
            title = Some(p.span);
        }
        if title.is_some() || words.ends_with('。') {
            break;
        }
    }
    (title, unit)
}
