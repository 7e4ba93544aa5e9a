//! A table as a person would read it aloud: its name, and its rows below the head with the code columns joined. For
//! output; rules work on facts.

use std::ops::Range;
use std::sync::LazyLock;

use keqiao_document::{Cell, Table};
use regex::Regex;

/// Public tables by name, longest first where one ends like another.
const NAMES: &[&str] = &[
    "国有资本经营预算财政拨款收入支出决算表",
    "国有资本经营预算财政拨款支出决算表",
    "政府性基金预算财政拨款收入支出决算表",
    "政府性基金预算财政拨款支出决算表",
    "一般公共预算财政拨款基本支出决算明细表",
    "一般公共预算财政拨款基本支出决算表",
    "一般公共预算财政拨款项目支出决算表",
    "一般公共预算财政拨款支出决算明细表",
    "一般公共预算财政拨款支出决算表",
    "财政拨款“三公”经费支出决算表",
    "“三公”经费支出决算表",
    "财政拨款收入支出决算总表",
    "财政拨款支出决算明细表",
    "收入支出决算总表",
    "收入决算表",
    "支出决算表",
];

static NUMBERING: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"^(?:(?:附件|附表|公开|表)\s*[0-9一二三四五六七八九十]+(?:[-—–.][0-9]+)?\s*表?|[（(]?[0-9一二三四五六七八九十]+[）)]?\s*[、.．])[\s:：]*";
    Regex::new(pattern).expect("a constant pattern")
});

static OWNER: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?:年度?|部门|单位|本级[）)]?|[局委办会院校厅处部所站馆]|中心|政府|大队|总队)$";
    Regex::new(pattern).expect("a constant pattern")
});

static YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^.{0,30}?(?:[0-9]{4}|二[〇○零][〇○零一二三四五六七八九]{2})年度?(?:部门|单位)?")
        .expect("a constant pattern")
});

/// The name of a table: its title without blanks, numbering, year and whose table it is; empty when it has no title.
pub fn table_name(table: &Table, text: &str) -> String {
    let Some(title) = table.title else { return String::new() };
    let words: String = title.of(text).chars().filter(|c| !c.is_whitespace()).collect();
    let words = words.trim_matches(['"', '《', '》']);
    let bare = NUMBERING.replace(words, "");
    let bare = bare.trim_end_matches("续表").trim_end_matches(['）', ')', '续', '（', '(']);
    let same = |c: char| if matches!(c, '"' | '”' | '‘' | '’' | '\'') { '“' } else { c };
    let folded: String = bare.chars().map(same).collect();
    for name in NAMES {
        let name: String = name.chars().map(same).collect();
        let Some(before) = folded.strip_suffix(&name) else { continue };
        if before.is_empty() || OWNER.is_match(before) {
            return bare.chars().skip(before.chars().count()).collect();
        }
    }
    let short = YEAR.replace(bare, "");
    if short.chars().count() >= 3 { short.into_owned() } else { bare.to_owned() }
}

/// Rows below the head in reading order: a cell that spans once, empty cells as empty words, 类/款/项 columns joined to
/// one code. Rows without any word are left out.
pub fn printed_rows(table: &Table, text: &str) -> Vec<Vec<String>> {
    let codes = code_columns(table, text);
    (table.header_rows..table.rows)
        .map(|row| printed_row(table, text, row, &codes))
        .filter(|row| row.iter().any(|cell| !cell.is_empty()))
        .collect()
}

fn words(cell: &Cell, text: &str) -> String {
    cell.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_digits(words: &str) -> bool {
    !words.is_empty() && words.bytes().all(|b| b.is_ascii_digit())
}

fn level(words: &str) -> Option<u32> {
    ["类", "款", "项"].iter().zip(0..).find(|(w, _)| **w == words).map(|(_, n)| n)
}

fn printed_row(table: &Table, text: &str, row: u32, codes: &[Range<u32>]) -> Vec<String> {
    let mut out = Vec::new();
    let mut column = 0;
    while column < table.columns {
        if let Some(group) = codes.iter().find(|g| g.start == column) {
            let cell = table.cell(row, column);
            let beyond = cell.filter(|c| c.row == row && c.column + c.column_span > group.end);
            if let Some(cell) = beyond {
                // 合计 printed over code and name: the code is empty, the words are the name.
                let words = words(cell, text);
                out.extend(if is_digits(&words) { [words, String::new()] } else { [String::new(), words] });
                column = cell.column + cell.column_span;
                continue;
            }
            out.push(code(table, text, row, group));
            column = group.end;
            continue;
        }
        match table.cell(row, column) {
            Some(cell) => {
                if cell.row == row {
                    out.push(words(cell, text));
                }
                column = (cell.column + cell.column_span).max(column + 1);
            }
            None => column += 1,
        }
    }
    out
}

/// The code of a row, from its two or three columns. A 类 that stands once for several rows counts for each of them.
fn code(table: &Table, text: &str, row: u32, group: &Range<u32>) -> String {
    let own = table.row(row).any(|c| group.contains(&c.column) && is_digits(&words(c, text)));
    let mut code = String::new();
    let mut other = String::new();
    let mut column = group.start;
    while column < group.end {
        let Some(cell) = table.cell(row, column) else {
            column += 1;
            continue;
        };
        let piece = words(cell, text);
        if is_digits(&piece) && (cell.row == row || own) {
            // Some tables print the whole code at every level.
            if piece.len() > code.len() && piece.starts_with(&code) && !code.is_empty() && piece.len() > 3 {
                code.clear();
            }
            code.push_str(&piece);
        } else if cell.row == row && level(&piece).is_none() {
            other.push_str(&piece);
        }
        column = cell.column + cell.column_span;
    }
    if code.is_empty() { other } else { code }
}

/// Groups of columns that hold the levels of a code: under 类 款 项, under one head 科目编码, or by what stands in them.
fn code_columns(table: &Table, text: &str) -> Vec<Range<u32>> {
    let mut groups: Vec<Range<u32>> = Vec::new();
    let mut levels: Vec<(u32, u32, u32)> = Vec::new();
    for cell in table.cells.iter().filter(|c| c.row <= table.header_rows) {
        if let Some(n) = level(&words(cell, text)) {
            levels.push((cell.column, cell.column + cell.column_span, n));
        }
    }
    levels.sort_unstable();
    for (from, to, n) in levels {
        match groups.last_mut() {
            Some(group) if n > 0 && group.end == from => group.end = to,
            Some(group) if group.contains(&from) => {}
            _ => groups.push(from..to),
        }
    }
    for cell in table.cells.iter().filter(|c| c.row < table.header_rows && (2..=3).contains(&c.column_span)) {
        let words = words(cell, text);
        let range = cell.column..cell.column + cell.column_span;
        let split = || range.clone().all(|c| column_holds(table, text, c, is_digits));
        if words.contains("编码") && !words.contains("名称") && split() && !overlaps(&groups, &range) {
            groups.push(range);
        }
    }
    for first in 0..table.columns.saturating_sub(1) {
        let range = first..first + 2;
        if overlaps(&groups, &range) {
            continue;
        }
        let class = column_holds(table, text, first, |w| is_digits(w) && w.len() == 3);
        let two = |c: u32| column_holds(table, text, c, |w| is_digits(w) && w.len() == 2);
        if class && two(first + 1) {
            let third = first + 2 < table.columns && two(first + 2);
            groups.push(first..first + 2 + u32::from(third));
        }
    }
    groups
}

fn overlaps(groups: &[Range<u32>], range: &Range<u32>) -> bool {
    groups.iter().any(|g| g.start < range.end && range.start < g.end)
}

/// Whether a column holds at least two such words below the head, and nearly nothing else.
fn column_holds(table: &Table, text: &str, column: u32, such: impl Fn(&str) -> bool) -> bool {
    let below = table.cells.iter().filter(|c| c.row >= table.header_rows && c.column == column && c.column_span == 1);
    let all: Vec<String> = below.map(|c| words(c, text)).filter(|w| !w.is_empty() && level(w).is_none()).collect();
    let held = all.iter().filter(|w| such(w)).count();
    held >= 2 && held * 5 >= all.len() * 4
}

#[cfg(test)]
mod tests {
    use keqiao_document::{Cell, Table, TextBuilder};

    use super::{printed_rows, table_name};

    /// Cells as `(row, column, columns, words)`.
    fn table(header_rows: u32, cells: &[(u32, u32, u32, &str)]) -> (Table, String) {
        let mut text = TextBuilder::default();
        let cells: Vec<Cell> = cells
            .iter()
            .map(|&(row, column, column_span, words)| Cell {
                row,
                column,
                row_span: 1,
                column_span,
                span: text.push(words),
                page: None,
            })
            .collect();
        let rows = cells.iter().map(|c| c.row + 1).max().unwrap_or(0);
        let columns = cells.iter().map(|c| c.column + c.column_span).max().unwrap_or(0);
        (Table { header_rows, rows, columns, cells, ..Table::default() }, text.finish().to_string())
    }

    #[test]
    fn levels_of_a_code_are_joined_and_the_total_over_them_is_a_name() {
        let (table, text) = table(
            1,
            &[
                (0, 0, 1, "类"),
                (0, 1, 1, "款"),
                (0, 2, 1, "项"),
                (0, 3, 1, "科目名称"),
                (0, 4, 1, "决算数"),
                (1, 0, 4, "合计"),
                (1, 4, 1, "3.00"),
                (2, 0, 1, "206"),
                (2, 1, 1, "07"),
                (2, 2, 1, "02"),
                (2, 3, 1, "科普活动"),
                (2, 4, 1, ""),
                (3, 0, 1, ""),
                (3, 1, 1, ""),
                (3, 2, 1, ""),
                (3, 3, 1, ""),
                (3, 4, 1, ""),
            ],
        );
        assert_eq!(printed_rows(&table, &text), [vec!["", "合计", "3.00"], vec!["2060702", "科普活动", ""]]);
    }

    #[test]
    fn two_halves_each_join_their_code() {
        let (table, text) = table(
            1,
            &[
                (0, 0, 2, "科目编码"),
                (0, 2, 1, "科目名称"),
                (0, 3, 2, "科目编码"),
                (0, 5, 1, "科目名称"),
                (1, 0, 1, "301"),
                (1, 1, 1, "01"),
                (1, 2, 1, "基本工资"),
                (1, 3, 1, "302"),
                (1, 4, 1, ""),
                (1, 5, 1, "商品和服务支出"),
                (2, 0, 1, "301"),
                (2, 1, 1, "02"),
                (2, 2, 1, "津贴补贴"),
                (2, 3, 1, "302"),
                (2, 4, 1, "01"),
                (2, 5, 1, "办公费"),
                (3, 0, 1, "301"),
                (3, 1, 1, "03"),
                (3, 2, 1, "奖金"),
                (3, 3, 1, "302"),
                (3, 4, 1, "02"),
                (3, 5, 1, "印刷费"),
            ],
        );
        let rows = printed_rows(&table, &text);
        assert_eq!(rows[0], ["30101", "基本工资", "302", "商品和服务支出"]);
        assert_eq!(rows[2], ["30103", "奖金", "30202", "印刷费"]);
    }

    #[test]
    fn names_lose_numbering_year_and_owner_but_not_what_they_are() {
        let name = |title: &str| {
            let (mut table, mut text) = table(0, &[]);
            let mut builder = TextBuilder::default();
            table.title = Some(builder.push(title));
            text.push_str(&builder.finish());
            table_name(&table, &text)
        };
        assert_eq!(name("一、 收入支出决算总表"), "收入支出决算总表");
        assert_eq!(name("某某区财政局2024年度收入决算表（续）"), "收入决算表");
        assert_eq!(name("财政拨款收入支出决算总表"), "财政拨款收入支出决算总表");
        assert_eq!(name("公开07表 财政拨款\"三公\"经费支出决算表"), "财政拨款\"三公\"经费支出决算表");
        assert_eq!(name("专项资金支出决算表"), "专项资金支出决算表");
        assert_eq!(name("2023年度项目支出绩效自评表"), "项目支出绩效自评表");
    }
}
