//! Where a table's heading stands: below a title, in one row or in two (a merged group name above). Which column means what is `mapping`.

use crate::{Column, Sheet, folded};

/// How far down a heading is looked for.
const ROWS_SEARCHED: usize = 20;

/// The heading of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// The index of the first row below it.
    pub first_row: usize,
    /// The title of each column of the sheet; empty where none stands.
    pub titles: Vec<String>,
}

/// The row, or pair of rows, whose cells name the most columns. Where none names any, the first row that is not empty.
pub fn find(sheet: &Sheet, columns: &[Column]) -> Heading {
    let mut best = (0, Heading::default());
    for row in 0..sheet.len().min(ROWS_SEARCHED) {
        let single = sheet.row(row).to_vec();
        let pair = paired(sheet, row);
        for (titles, first_row) in [(single, row + 1), (pair, row + 2)] {
            let score = named(&titles, columns);
            if score > best.0 {
                best = (score, Heading { first_row, titles });
            }
        }
    }
    if best.0 == 0 {
        let row = (0..sheet.len()).find(|&r| !sheet.row(r).is_empty()).unwrap_or(0);
        return Heading { first_row: row + 1, titles: sheet.row(row).to_vec() };
    }
    best.1
}

/// The lower cell where there is one, else the upper: a merged cell keeps its text in its first row.
fn paired(sheet: &Sheet, row: usize) -> Vec<String> {
    let width = sheet.row(row).len().max(sheet.row(row + 1).len());
    let lower_or_upper =
        |c| Some(sheet.cell(row + 1, c)).filter(|t| !t.is_empty()).unwrap_or(sheet.cell(row, c)).to_owned();
    (0..width).map(lower_or_upper).collect()
}

fn named(titles: &[String], columns: &[Column]) -> usize {
    columns.iter().filter(|c| titles.iter().any(|t| means(t, c) == Some(Named::Exactly))).count()
}

/// How a title names a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Named {
    /// The title holds the column's name among other words.
    InPart(usize),
    /// The title is the column's name or a synonym.
    Exactly,
}

pub(crate) fn means(title: &str, column: &Column) -> Option<Named> {
    let title = bare(title);
    if title.is_empty() {
        return None;
    }
    let names = || [column.title.zh, column.title.en].into_iter().chain(column.synonyms.iter().copied()).map(bare);
    if names().any(|n| n == title) {
        return Some(Named::Exactly);
    }
    names()
        .filter(|n| n.chars().count() >= 2 && title.contains(n.as_str()))
        .map(|n| n.chars().count())
        .max()
        .map(Named::InPart)
}

/// A title without stars, signs, spaces and what stands in brackets: `*联系电话（必填）：` is 联系电话.
pub(crate) fn bare(title: &str) -> String {
    let mut depth = 0u32;
    let mut out = String::new();
    let text = folded(title);
    for c in text.chars() {
        match c {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            c if depth == 0 && c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    // A title that is all in brackets is its content.
    if out.is_empty() {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    } else {
        out
    }
}
