//! Which rows of a table are column heads.

use super::captions::names_table;
use super::table::{RawCell, RawTable, is_amount};

/// Words that stand in heads of the public tables and of plain lists.
const HEAD_WORDS: &[&str] = &[
    "项目",
    "决算数",
    "预算数",
    "金额",
    "行次",
    "栏次",
    "类",
    "款",
    "项",
    "小计",
    "科目名称",
    "科目编码",
    "基本支出",
    "项目支出",
    "年初预算数",
    "调整预算数",
    "全年预算数",
    "预算",
    "决算",
    "收入",
    "支出",
    "序号",
    "单位名称",
    "名称",
    "备注",
    "功能分类科目编码",
    "支出功能分类科目编码",
    "经济分类科目编码",
    "年初结转和结余",
    "年末结转和结余",
    "本年收入",
    "本年支出",
    "人员经费",
    "公用经费",
    "编码",
];

/// Number of head rows at the top.
pub(super) fn header_rows(table: &RawTable) -> usize {
    let mut heads = 0;
    while heads < table.rows {
        let cells: Vec<&RawCell> = table.row(heads).filter(|c| !c.text.is_empty()).collect();
        let head = if cells.is_empty() {
            heads > 0 && covered(table, heads) || heads_follow(table, heads)
        } else {
            !is_body(table, &cells)
                && (heads == 0 || covered(table, heads) || divides(table, heads) || worded(&cells) || counts(&cells))
        };
        if !head {
            break;
        }
        heads += 1;
    }
    if heads == table.rows && table.rows > 1 { 1 } else { heads }
}

/// Words without blanks.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A row that bears figures, a code, a list number or a total.
fn is_body(table: &RawTable, cells: &[&RawCell]) -> bool {
    let words: Vec<String> = cells.iter().map(|c| plain(&c.text)).collect();
    if numbers_columns(&words) {
        return false;
    }
    let year = |w: &String| {
        w.len() == 4 && (w.starts_with("19") || w.starts_with("20")) && w.bytes().all(|b| b.is_ascii_digit())
    };
    let amounts: Vec<&String> = words.iter().filter(|w| is_amount(w)).collect();
    if !amounts.is_empty() && !amounts.iter().all(|w| year(w)) {
        return true;
    }
    let first = &words[0];
    let mut chars = first.chars();
    let (a, b) = (chars.next().unwrap_or(' '), chars.next().unwrap_or(' '));
    let numeral = |c: char| "一二三四五六七八九十".contains(c);
    let listed =
        numeral(a) && (b == '、' || numeral(b) && first.contains('、')) || matches!(a, '（' | '(') && numeral(b);
    let left = |c: &RawCell| (c.place.column + c.place.columns) * 2 <= table.columns() + 2;
    let total = |w: &str| matches!(w, "合计" | "总计" | "本年收入合计" | "本年支出合计");
    let levels = |w: &str| matches!(w, "类" | "款" | "项");
    let total_row =
        words.iter().all(|w| total(w) || levels(w)) && cells.iter().any(|c| total(&plain(&c.text)) && left(c));
    listed || total_row || first.starts_with('…') || first.starts_with("其中")
}

fn counts(cells: &[&RawCell]) -> bool {
    numbers_columns(&cells.iter().map(|c| plain(&c.text)).collect::<Vec<_>>())
}

/// 栏次 1 2 3 …: numbers that count the columns.
fn numbers_columns(words: &[String]) -> bool {
    if words.iter().any(|w| w == "栏次") {
        return true;
    }
    let counts: Vec<u32> = words.iter().filter_map(|w| w.split('=').next()?.parse().ok()).collect();
    counts.len() >= 3
        && counts.len() + 1 >= words.len()
        && counts.windows(2).all(|w| w[1] == w[0] + 1)
        && counts[0] == 1
}

/// A head of an upper row reaches down into this one.
fn covered(table: &RawTable, row: usize) -> bool {
    table.cells.iter().any(|c| c.place.row < row && c.place.row + c.place.rows > row)
}

/// This row parts a head that spans several columns.
fn divides(table: &RawTable, row: usize) -> bool {
    let above = |c: &&RawCell| c.place.row + c.place.rows == row && c.place.columns > 1 && !c.text.is_empty();
    let parted = |c: &RawCell| {
        let inside =
            |b: &RawCell| b.place.column >= c.place.column && b.place.column < c.place.column + c.place.columns;
        table.row(row).any(|b| inside(b) && b.place.columns < c.place.columns)
    };
    table.cells.iter().filter(above).any(parted)
}

fn worded(cells: &[&RawCell]) -> bool {
    let head = |c: &&&RawCell| HEAD_WORDS.contains(&plain(&c.text).as_str());
    let heads = cells.iter().filter(head).count();
    heads >= 2 && heads * 2 >= cells.len()
}

/// An empty row belongs to the head when head words come after it, before any figure.
fn heads_follow(table: &RawTable, row: usize) -> bool {
    for next in row + 1..table.rows.min(row + 4) {
        let cells: Vec<&RawCell> = table.row(next).filter(|c| !c.text.is_empty()).collect();
        if !cells.is_empty() {
            return !is_body(table, &cells) && worded(&cells);
        }
    }
    false
}

/// Whether the first row with words is nothing but heads.
pub(super) fn begins_with_heads(table: &RawTable) -> bool {
    let first = (0..table.rows)
        .map(|r| table.row(r).filter(|c| !c.text.is_empty()).collect::<Vec<_>>())
        .find(|c| !c.is_empty());
    first.is_some_and(|cells| !is_body(table, &cells) && (worded(&cells) || cells.iter().any(|c| names_table(&c.text))))
}
