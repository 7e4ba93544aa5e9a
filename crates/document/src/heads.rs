//! How many rows at the top of a table are column heads. All readers share this; no format says it reliably.

use crate::Table;

/// No table of a report has more head rows.
const HEADS_MAX: usize = 12;

/// Leading rows up to the first that holds data: a number outside the first column, a total, or a classification code.
/// A table without any such row has one head row, or as many as its first row's cells reach down.
pub(crate) fn header_rows(table: &Table, text: &str) -> u32 {
    if table.rows <= 1 {
        return 0;
    }
    let mut first_data = None;
    for cells in table.cells.chunk_by(|a, b| a.row == b.row).take(HEADS_MAX) {
        let words: Vec<(u32, String)> =
            cells.iter().map(|c| (c.column, squeeze(c.span.of(text)))).filter(|(_, w)| !w.is_empty()).collect();
        if words.is_empty() || is_column_numbers(&words) {
            continue;
        }
        if is_data(&words) {
            first_data = cells.first().map(|c| c.row);
            break;
        }
    }
    // A cell of the first row that reaches down takes the rows it covers into the head.
    let reach = table.row(0).map(|c| c.row_span).max().unwrap_or(1).min(table.rows - 1);
    match first_data {
        Some(0) => years_above_numbers(table, text).into(),
        Some(row) => row,
        None => reach.max(1),
    }
}

/// A first row such as 项目 · 2020 · 2021 is a head although its cells are numbers.
fn years_above_numbers(table: &Table, text: &str) -> bool {
    let mut years = 0;
    for cell in table.row(0).filter(|c| c.column > 0) {
        let words = squeeze(cell.span.of(text));
        if words.is_empty() {
            continue;
        }
        if words.len() != 4 || !words.parse::<u32>().is_ok_and(|y| (1990..2100).contains(&y)) {
            return false;
        }
        years += 1;
    }
    years > 0
}

/// The row 栏次 · 1 · 2 · 3 …, or bare numbers counting up from one, belongs to the head.
fn is_column_numbers(words: &[(u32, String)]) -> bool {
    if words.iter().any(|(_, w)| w == "栏次" || w == "栏目") {
        return true;
    }
    let numbers: Vec<Option<u32>> = words.iter().map(|(_, w)| w.parse().ok()).collect();
    numbers.len() >= 3 && numbers.iter().zip(1..).all(|(n, expected)| *n == Some(expected))
}

fn is_data(words: &[(u32, String)]) -> bool {
    words.iter().any(|(column, w)| match column {
        0 => is_total(w) || is_code(w),
        _ => is_number(w),
    })
}

fn is_total(words: &str) -> bool {
    matches!(words, "合计" | "总计" | "小计" | "共计" | "合计：" | "总计：")
        || words.ends_with("收入合计")
        || words.ends_with("支出合计")
}

fn is_code(words: &str) -> bool {
    (3..=7).contains(&words.len()) && words.bytes().all(|b| b.is_ascii_digit())
}

/// Digits with what a printed amount may carry; a date, a year with 年 or a sentence is none.
fn is_number(words: &str) -> bool {
    let body = words.trim_start_matches(['-', '+', '−', '－', '¥', '￥', '（', '(']);
    let body = body.trim_end_matches(['%', '％', '元', '万', '）', ')']);
    body.starts_with(|c: char| c.is_ascii_digit())
        && body.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '，'))
}

fn squeeze(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use keqiao_source::Span;

    use super::header_rows;
    use crate::{Cell, Table};

    fn rows_of(rows: &[&[&str]]) -> u32 {
        let (mut text, mut table) = (String::new(), Table::default());
        for (row, cells) in rows.iter().enumerate() {
            for (column, words) in cells.iter().enumerate() {
                let start = text.len();
                text.push_str(words);
                let span = Span::new(start, text.len());
                table.cells.push(Cell {
                    row: row as u32,
                    column: column as u32,
                    row_span: 1,
                    column_span: 1,
                    span,
                    page: None,
                });
                table.columns = table.columns.max(column as u32 + 1);
            }
        }
        table.rows = rows.len() as u32;
        header_rows(&table, &text)
    }

    #[test]
    fn heads_end_where_data_begins() {
        assert_eq!(rows_of(&[&["项目", "金额"], &["收入", "12.00"]]), 1);
        assert_eq!(rows_of(&[&["项目", "本年", ""], &["", "合计", "其中"], &["栏次", "1", "2"], &["合计", "", ""]]), 3);
        assert_eq!(rows_of(&[&["科目编码", "科目名称"], &["206", "科学技术支出"]]), 1);
        assert_eq!(rows_of(&[&["项目", "2020", "2021"], &["收入", "1", "2"]]), 1);
        assert_eq!(rows_of(&[&["事项", "说明"], &["科普", "已办"], &["论坛", "已办"]]), 1);
        assert_eq!(rows_of(&[&["收入", "12.00"], &["支出", "12.00"]]), 0);
        assert_eq!(rows_of(&[&["单独一行"]]), 0);
    }
}
