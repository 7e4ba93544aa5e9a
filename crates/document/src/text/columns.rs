//! Tables whose columns stand in one line: parted by tabs, by pipes, or by wide gaps.

use keqiao_source::Span;

use super::grid::{self, Row};
use super::{Line, chart, push_paragraph};
use crate::Block;

/// Lines with tabs between words, until a line without. Lines that print a chart's data are charts.
pub(super) fn take_tabs(text: &str, lines: &[Line<'_>], blocks: &mut Vec<Block>) -> Option<usize> {
    let taken = lines.iter().take_while(|l| has_columns(l)).count();
    if taken == 0 {
        return None;
    }
    let rows: Vec<Row> = lines[..taken].iter().map(|l| Row { cells: split_tabs(l) }).collect();
    let mut pending: Vec<Row> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        let like = |j: Option<usize>| {
            j.and_then(|j| rows.get(j))
                .is_some_and(|r| r.cells.len() == row.cells.len() && !chart::is_captioned(text, r))
        };
        let alone = !like(i.checked_sub(1)) && !like(Some(i + 1));
        if let Some(charts) = chart::line(text, row, alone) {
            flush(text, std::mem::take(&mut pending), blocks);
            blocks.extend(charts);
        } else {
            pending.push(row.clone());
        }
    }
    flush(text, pending, blocks);
    Some(taken)
}

/// Whether a tab parts words from words, or stands before them with others.
fn has_columns(line: &Line<'_>) -> bool {
    let words = line.words.trim_end();
    match words.find('\t') {
        None => false,
        Some(first) => words[..first].chars().any(|c| c != ' ') || words[first + 1..].contains('\t'),
    }
}

/// One span for each column. Tabs at the end are the export's own and make no columns unless they keep a place.
fn split_tabs(line: &Line<'_>) -> Vec<Span> {
    let mut at = line.start;
    let mut cells = Vec::new();
    for cell in line.words.split('\t') {
        cells.push(Line { start: at, words: cell }.trimmed().unwrap_or(Span::new(at, at)));
        at += cell.len() + 1;
    }
    cells
}

fn flush(text: &str, mut rows: Vec<Row>, blocks: &mut Vec<Block>) {
    // What follows the last tab is a column only where some row fills it.
    let filled = |r: &Row| r.cells.iter().rposition(|c| !c.is_empty()).map_or(0, |i| i + 1);
    let width = rows.iter().map(filled).max().unwrap_or(0);
    rows.iter_mut().for_each(|r| r.cells.truncate(width));
    rows.retain(|r| r.cells.iter().any(|c| !c.is_empty()));
    if rows.is_empty() {
        return;
    }
    let (title, unit) = grid::head(text, blocks, (None, None));
    blocks.push(Block::Table(grid::table(text, &rows, title, unit)));
}

/// Lines between pipes, as Markdown writes tables: at least two.
pub(super) fn take_pipes(text: &str, lines: &[Line<'_>], blocks: &mut Vec<Block>) -> Option<usize> {
    let piped = |l: &&Line<'_>| {
        let words = l.words.trim();
        words.starts_with('|') && words.matches('|').count() >= 3
    };
    let taken = lines.iter().take_while(piped).count();
    if taken < 2 {
        return None;
    }
    let rule = |l: &Line<'_>| l.words.chars().all(|c| matches!(c, '|' | '-' | ':' | '=' | '+') || c.is_whitespace());
    let rows = lines[..taken].iter().filter(|l| !rule(l)).map(split_pipes).collect::<Vec<_>>();
    if rows.is_empty() {
        lines[..taken].iter().for_each(|l| push_paragraph(l, blocks));
        return Some(taken);
    }
    let (title, unit) = grid::head(text, blocks, (None, None));
    blocks.push(Block::Table(grid::table(text, &rows, title, unit)));
    Some(taken)
}

fn split_pipes(line: &Line<'_>) -> Row {
    let lead = line.words.find('|').map_or(0, |i| i + 1);
    let inner = line.words[lead..].trim_end();
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut at = line.start + lead;
    let mut cells = Vec::new();
    for cell in inner.split('|') {
        cells.push(Line { start: at, words: cell }.trimmed().unwrap_or(Span::new(at, at)));
        at += cell.len() + 1;
    }
    Row { cells }
}

/// Lines whose columns stand apart by two blanks or more: three lines with the same number of columns, most of them
/// with numbers. Less than that is prose with odd blanks.
pub(super) fn take_spaces(text: &str, lines: &[Line<'_>], blocks: &mut Vec<Block>) -> Option<usize> {
    let first = split_gaps(lines.first()?);
    if first.cells.len() < 3 {
        return None;
    }
    let rows: Vec<Row> =
        lines.iter().map_while(|l| Some(split_gaps(l)).filter(|r| r.cells.len() == first.cells.len())).collect();
    let numbered = rows.iter().filter(|r| r.cells.iter().any(|c| grid::is_number(c.of(text)))).count();
    if rows.len() < 3 || numbered * 2 < rows.len() {
        lines[..rows.len()].iter().for_each(|l| push_paragraph(l, blocks));
        return Some(rows.len());
    }
    let (title, unit) = grid::head(text, blocks, (None, None));
    blocks.push(Block::Table(grid::table(text, &rows, title, unit)));
    Some(rows.len())
}

fn split_gaps(line: &Line<'_>) -> Row {
    let mut cells = Vec::new();
    let (mut start, mut end, mut gap) = (None, 0, 0);
    for (i, c) in line.words.char_indices() {
        if c.is_whitespace() {
            gap += if c == '\u{3000}' { 2 } else { 1 };
            continue;
        }
        if let Some(s) = start.filter(|_| gap >= 2) {
            cells.push(Span::new(line.start + s, line.start + end));
            start = None;
        }
        start = start.or(Some(i));
        gap = 0;
        end = i + c.len_utf8();
    }
    cells.extend(start.map(|s| Span::new(line.start + s, line.start + end)));
    Row { cells }
}

#[cfg(test)]
mod tests {
    use crate::Block;
    use crate::text::blocks;

    fn shown(text: &str) -> Vec<Vec<String>> {
        blocks(text)
            .into_iter()
            .filter_map(|b| match b {
                Block::Table(t) => {
                    Some((0..t.rows).map(|r| t.row(r).map(|c| c.span.of(text)).collect::<Vec<_>>().join("|")).collect())
                }
                _ => None,
            })
            .collect()
    }

    #[test]
    fn tabs_keep_empty_places() {
        let text = "支出决算表\n单位：万元\n编码\t名称\t合计\n\t合计\t5.00\n206\t科学技术\t5.00\n\n完";
        assert_eq!(shown(text), [vec!["编码|名称|合计", "|合计|5.00", "206|科学技术|5.00"]]);
        let found = blocks(text);
        let Some(Block::Table(t)) = found.iter().find(|b| matches!(b, Block::Table(_))) else { panic!("no table") };
        assert_eq!(t.title.map(|s| s.of(text)), Some("支出决算表"));
        assert_eq!(t.unit.map(|s| s.of(text)), Some("单位：万元"));
    }

    #[test]
    fn pipes_and_gaps() {
        assert_eq!(shown("|甲|乙|\n|---|---|\n|1| |\n"), [vec!["甲|乙", "1|"]]);
        assert_eq!(
            shown("科目  预算  决算\n科普  5.00  4.00\n学术  3.00  3.00\n"),
            [vec!["科目|预算|决算", "科普|5.00|4.00", "学术|3.00|3.00"]]
        );
        assert!(shown("联系人：王某  电话：1234\n").is_empty());
    }

    #[test]
    fn levels_with_weight_and_score_are_no_chart() {
        let text = "一级\t二级\t三级\t分值\t得分\n产出\t数量\t活动\t5\t4\n产出\t质量\t资料\t5\t5\n";
        assert_eq!(shown(text).len(), 1);
        assert_eq!(shown(text)[0].len(), 3);
    }
}
