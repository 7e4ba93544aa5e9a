//! Tables of Word's text export: every cell is a line that begins with a tab, rows are parted by an empty line, a line
//! without a tab continues the cell above it.

use keqiao_source::Span;

use super::grid::{self, Row};
use super::{Line, lines_of, paragraph};
use crate::Block;

/// Takes the tables that begin at the first line; `None` when none does.
pub(super) fn take(text: &str, lines: &[Line<'_>], blocks: &mut Vec<Block>) -> Option<usize> {
    if !leads_cell(lines.first()?) {
        return None;
    }
    let (mut at, mut rows) = (0, Vec::new());
    loop {
        let (row, taken) = take_row(&lines[at..]);
        at += taken;
        rows.push(row);
        let blank = lines[at..].iter().take_while(|l| l.is_blank()).count();
        let next = lines.get(at + blank).filter(|l| leads_cell(l));
        // Rows are parted by one empty line; more part two tables. A blank before the tab is what stands between two
        // tables that follow each other.
        let apart = next.is_none_or(|l| l.words.starts_with(' ')) || blank > 1;
        if apart {
            finish(text, std::mem::take(&mut rows), blocks);
        }
        if next.is_none() {
            return Some(at);
        }
        at += blank;
    }
}

/// A tab, perhaps after blanks, and no further tab before the end.
fn leads_cell(line: &Line<'_>) -> bool {
    let words = line.words.trim_start_matches(' ');
    words.strip_prefix('\t').is_some_and(|cell| !cell.trim_end().contains('\t'))
}

fn take_row(lines: &[Line<'_>]) -> (Row, usize) {
    let mut cells: Vec<Span> = Vec::new();
    let mut at = 0;
    for (i, line) in lines.iter().enumerate() {
        if line.is_blank() || (i > 0 && leads_cell(line) && line.words.starts_with(' ')) {
            break;
        }
        if leads_cell(line) {
            let after_tab = line.start + line.words.find('\t').map_or(0, |t| t + 1);
            cells.push(line.trimmed().unwrap_or(Span::new(after_tab, after_tab)));
        } else {
            let words = line.words.trim();
            // Tabs inside, or a heading after a whole row: the table is over although no empty line says so.
            if line.words.contains('\t') || (cells.len() > 1 && opens_part(words)) {
                break;
            }
            if let (Some(cell), Some(more)) = (cells.last_mut(), line.trimmed()) {
                *cell = if cell.is_empty() { more } else { cell.to(more) };
            }
        }
        at = i + 1;
    }
    (Row { cells }, at.max(1))
}

fn opens_part(words: &str) -> bool {
    ["附件", "附表", "第"].iter().any(|p| words.starts_with(p))
        && words.chars().count() < 30
        && (words.starts_with('附') || words.chars().skip(1).take(3).any(|c| c == '部'))
}

/// Rows to blocks: titles above the body become paragraphs, a title in the middle opens the next table.
fn finish(text: &str, rows: Vec<Row>, blocks: &mut Vec<Block>) {
    let mut body: Vec<Row> = Vec::new();
    let (mut title, mut unit) = (None, None);
    for row in rows {
        let filled: Vec<Span> = row.cells.iter().copied().filter(|c| !c.is_empty()).collect();
        let lead = match filled.as_slice() {
            [] => row.cells.len() < 2,
            [one] if row.cells.len() == 1 => body.is_empty() || grid::is_title(one.of(text)),
            [one] => body.is_empty() && grid::is_title(one.of(text)),
            many => body.is_empty() && many.iter().all(|c| grid::is_head_note(c.of(text))),
        };
        if !lead {
            body.push(row);
            continue;
        }
        if filled.is_empty() {
            continue;
        }
        if !body.is_empty() {
            push(text, std::mem::take(&mut body), (title.take(), unit.take()), blocks);
        }
        for line in filled.iter().flat_map(|c| lines_of(text, *c)) {
            blocks.push(paragraph(line));
            let words = line.of(text);
            unit = unit.or_else(|| grid::unit_in(words, line));
            if grid::is_title(words) || (title.is_none() && !grid::is_head_note(words)) {
                title = Some(line);
            }
        }
    }
    push(text, body, (title, unit), blocks);
}

fn push(text: &str, rows: Vec<Row>, head: (Option<Span>, Option<Span>), blocks: &mut Vec<Block>) {
    if rows.is_empty() {
        return;
    }
    if rows.iter().all(|r| r.cells.len() < 2) {
        // A frame around text, not a table.
        let cells = rows.iter().flat_map(|r| &r.cells);
        let spans: Vec<Span> = cells.flat_map(|c| lines_of(text, *c)).collect();
        blocks.extend(spans.into_iter().map(paragraph));
        return;
    }
    let (title, unit) = grid::head(text, blocks, head);
    blocks.push(Block::Table(grid::table(text, &rows, title, unit)));
}

#[cfg(test)]
mod tests {
    use crate::text::blocks;
    use crate::{Block, Table};

    fn tables(text: &str) -> Vec<Table> {
        blocks(text).into_iter().filter_map(|b| if let Block::Table(t) = b { Some(t) } else { None }).collect()
    }

    fn shown(text: &str, t: &Table) -> Vec<String> {
        (0..t.rows)
            .map(|r| t.row(r).map(|c| c.span.of(text).replace('\n', "/")).collect::<Vec<_>>().join("|"))
            .collect()
    }

    #[test]
    fn rows_cells_and_breaks_inside_cells() {
        let text = "见下表：\n\t资金\n（万元）\n\t预算数：\n\t10\n\n\t\n\t其中：\n财政拨款\n\t10\n\n下一段。\n";
        let found = tables(text);
        assert_eq!(found.len(), 1);
        assert_eq!(shown(text, &found[0]), ["资金/（万元）|预算数：|10", "|其中：/财政拨款|10"]);
        assert_eq!(blocks(text).len(), 3);
    }

    #[test]
    fn titles_leave_the_grid_and_open_the_next_table() {
        let text = "\t绩效情况表（甲项目）\n(2021年度)\n\n\t名称\n\t甲\n\n\t目标\n\t5\n\n\t绩效情况表（乙项目）\n\n\t名称\n\t乙\n\n\t目标\n\t6\n";
        let found = tables(text);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].title.map(|s| s.of(text)), Some("绩效情况表（甲项目）"));
        assert_eq!(found[1].title.map(|s| s.of(text)), Some("绩效情况表（乙项目）"));
        assert_eq!(shown(text, &found[1]), ["名称|乙", "目标|6"]);
    }

    #[test]
    fn a_blank_before_the_tab_parts_two_tables() {
        let text = "\t满意度\n\t95%\n \t主管部门\n\t\n\n\t实施单位\n\t某协会\n";
        let found = tables(text);
        assert_eq!(found.len(), 2);
        assert_eq!(shown(text, &found[1]), ["主管部门|", "实施单位|某协会"]);
    }

    #[test]
    fn a_short_row_spans_and_heads_align_with_the_row_below() {
        let text = "\t科目\n\t支出\n\n\t\n\t小计\n\t基本\n\t项目\n\n\t科普\n\t5\n\t2\n\t3\n";
        let found = tables(text);
        let spans: Vec<u32> = found[0].row(0).map(|c| c.column_span).collect();
        assert_eq!(spans, [1, 3]);
        assert_eq!(found[0].header_rows, 2);
    }
}
