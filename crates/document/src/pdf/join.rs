//! Tables that go on over the page: the same columns and no new title make one table; heads printed again are dropped.

use super::flow::Role;
use super::heads::{begins_with_heads, header_rows, plain};
use super::paragraphs::Part;
use super::table::{RawCell, RawTable, is_amount};

/// Upright lines of two pages that differ by less are the same column.
const SAME_EDGE: f32 = 5.0;
/// Odd and even pages may be shifted for binding by this much.
const SHIFT_MAX: f32 = 45.0;

/// Joins tables over pages and settles how many head rows each has.
pub(super) fn over_pages(parts: Vec<Part>) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    for part in parts {
        let Part::Table(mut table) = part else {
            out.push(part);
            continue;
        };
        table.header_rows = header_rows(&table);
        let last = out.iter().rposition(|p| matches!(p, Part::Table(_)));
        if let Some(at) = last.filter(|&at| between_allows(&out, at))
            && let Some(Part::Table(first)) = out.get_mut(at)
            && append(first, &table)
        {
            out.truncate(at + 1);
            continue;
        }
        out.push(Part::Table(table));
    }
    out
}

/// Between the parts of one table there are only its own title, its unit and words like 续表.
fn between_allows(parts: &[Part], at: usize) -> bool {
    let mut title = String::new();
    for part in parts[..at].iter().rev() {
        match part {
            Part::Paragraph { text, role: Role::Title, .. } => title = name(text),
            Part::Paragraph { role: Role::AboveTable, .. } => continue,
            _ => {}
        }
        break;
    }
    parts[at + 1..].iter().all(|part| match part {
        Part::Paragraph { text, role: Role::Title, .. } => name(text) == title || name(text).is_empty(),
        Part::Paragraph { role: Role::AboveTable, .. } => true,
        Part::Paragraph { text, .. } => {
            matches!(plain(text).trim_matches(['（', '）', '(', ')']), "续表" | "续" | "接上页" | "续上表")
        }
        Part::Table(_) => false,
    })
}

fn name(title: &str) -> String {
    let words = plain(title).replace(['（', '）', '(', ')'], "");
    words.replace("续表", "").trim_end_matches('续').to_owned()
}

/// Adds the rows of `next` when it continues `table`.
fn append(table: &mut RawTable, next: &RawTable) -> bool {
    if next.pages.0 != table.pages.1 + 1 || table.columns() == 0 || next.columns() == 0 {
        return false;
    }
    let (left, right) = (next.xs[0] - table.xs[0], next.xs[next.columns()] - table.xs[table.columns()]);
    let shift =
        if (left - right).abs() <= SAME_EDGE && left.abs() <= SHIFT_MAX { (left + right) / 2.0 } else { return false };
    let shifted: Vec<f32> = next.xs.iter().map(|x| x - shift).collect();
    let strange =
        |xs: &[f32], of: &[f32]| xs.iter().filter(|x| !of.iter().any(|o| (*x - o).abs() <= SAME_EDGE)).count();
    let (new, gone) = (strange(&shifted, &table.xs), strange(&table.xs, &shifted));
    // One side may lack lines (a head with more columns, a last page with one merged row), but not both.
    if new.min(gone) > 0 || new > 2 {
        return false;
    }
    let repeated = repeated_heads(table, next);
    if repeated == 0 && begins_with_heads(next) {
        return false;
    }
    let (of_table, of_next) = regrid(table, &shifted);
    for cell in &mut table.cells {
        move_columns(cell, &of_table);
    }
    let mut rows: Vec<RawCell> = next.cells.iter().filter(|c| c.place.row >= repeated).cloned().collect();
    for cell in &mut rows {
        move_columns(cell, &of_next);
        cell.place.row -= repeated;
    }
    table.pages.1 = next.pages.1;
    table.bottom = next.bottom;
    add_rows(table, rows, next.rows - repeated);
    true
}

/// Rows at the top of `next` that print the heads of `table` again.
fn repeated_heads(table: &RawTable, next: &RawTable) -> usize {
    let words = |t: &RawTable, r: usize| t.row(r).map(|c| plain(&c.text)).collect::<String>();
    let heads = table.header_rows.min(next.rows);
    let same = (0..heads).take_while(|&r| words(table, r) == words(next, r)).count();
    if (0..same).any(|r| !words(table, r).is_empty()) {
        return same;
    }
    // The title inside the first page's frame may be left out on the next.
    let later = (1..heads).find(|&skip| (skip..table.header_rows).all(|r| words(table, r) == words(next, r - skip)));
    let filled = |skip: usize| (skip..table.header_rows).any(|r| !words(table, r).is_empty());
    later.filter(|&skip| filled(skip)).map_or(0, |skip| table.header_rows - skip)
}

/// One set of columns for both; for each, the new number of every old edge.
fn regrid(table: &mut RawTable, shifted: &[f32]) -> (Vec<usize>, Vec<usize>) {
    let old = table.xs.clone();
    for x in shifted {
        if !table.xs.iter().any(|o| (x - o).abs() <= SAME_EDGE) {
            table.xs.push(*x);
        }
    }
    table.xs.sort_by(f32::total_cmp);
    let nearest = |x: &f32| {
        let distance = |n: &usize| (table.xs[*n] - x).abs();
        (0..table.xs.len()).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(0)
    };
    (old.iter().map(nearest).collect(), shifted.iter().map(nearest).collect())
}

fn move_columns(cell: &mut RawCell, edges: &[usize]) {
    let end = edges.get(cell.place.column + cell.place.columns).copied();
    let start = edges.get(cell.place.column).copied().unwrap_or(cell.place.column);
    cell.place.columns = end.unwrap_or(start + cell.place.columns).saturating_sub(start).max(1);
    cell.place.column = start;
}

fn is_empty_row(cells: &[RawCell], row: usize) -> bool {
    cells.iter().filter(|c| c.place.row == row).all(|c| c.text.is_empty() && c.place.rows == 1)
}

/// Puts rows below the table, without the empty rows that a page break leaves, and closes a row that it cut in two.
fn add_rows(table: &mut RawTable, mut rows: Vec<RawCell>, count: usize) {
    let mut skip = 0;
    while skip < count && is_empty_row(&rows, skip) {
        skip += 1;
    }
    while table.rows > table.header_rows + 1 && is_empty_row(&table.cells, table.rows - 1) && skip < count {
        let last = table.rows - 1;
        if table.cells.iter().any(|c| c.place.row < last && c.place.row + c.place.rows > last) {
            break;
        }
        table.cells.retain(|c| c.place.row != last);
        table.rows = last;
    }
    if skip < count && cut_in_two(table, &rows, skip) {
        for cell in rows.iter().filter(|c| c.place.row == skip && !c.text.is_empty()) {
            let last = table.rows - 1;
            if let Some(home) =
                table.cells.iter_mut().find(|c| c.place.row == last && c.place.column == cell.place.column)
            {
                home.text.push_str(&cell.text);
            }
        }
        skip += 1;
    }
    rows.retain(|c| c.place.row >= skip);
    for cell in &mut rows {
        cell.place.row = cell.place.row - skip + table.rows;
    }
    table.rows += count - skip;
    table.cells.extend(rows);
}

/// A first row that only ends the name begun in the last row of the page before.
fn cut_in_two(table: &RawTable, rows: &[RawCell], row: usize) -> bool {
    let Some(last) = table.rows.checked_sub(1).filter(|&r| r > table.header_rows) else { return false };
    let first: Vec<&RawCell> = rows.iter().filter(|c| c.place.row == row && !c.text.is_empty()).collect();
    let [end] = first[..] else { return false };
    let begun = table.row(last).find(|c| c.place.column == end.place.column && c.place.columns == end.place.columns);
    let text = plain(&end.text);
    let own_row = ["合计", "总计", "小计", "…", "其中", "注"].iter().any(|w| text.contains(w));
    let numeral = |c: char| "一二三四五六七八九十".contains(c) || c.is_ascii_digit();
    let bracket = text.strip_prefix(['（', '(']).is_some_and(|t| t.starts_with(numeral));
    let listed = bracket
        || text.chars().nth(1) == Some('、')
        || text.chars().nth(2) == Some('、')
        || text.starts_with(|c: char| c.is_ascii_digit());
    let begins = begun.is_some_and(|c| plain(&c.text).chars().count() >= 4 && !is_amount(&c.text));
    begins && !own_row && !listed && text.chars().count() <= 30 && numbered_rows(table, end.place.column)
}

/// Whether nearly every row that has words in this column has a code or a figure too, the last one among them.
fn numbered_rows(table: &RawTable, column: usize) -> bool {
    let named = |r: &usize| table.row(*r).any(|c| c.place.column == column && !c.text.is_empty());
    let numbered = |r: &usize| table.row(*r).any(|c| is_amount(&plain(&c.text)));
    let rows: Vec<usize> = (table.header_rows..table.rows).filter(named).collect();
    let count = rows.iter().filter(|r| numbered(r)).count();
    rows.last().is_some_and(numbered) && count * 10 >= rows.len() * 8
}
