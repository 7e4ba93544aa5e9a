//! What stands above the body of a table: title and unit inside the grid, the rows of heads, and what each column is.

use std::sync::LazyLock;

use keqiao_quantity::{Printed, Unit};
use keqiao_source::Span;
use regex::Regex;

use super::grid::Grid;

static META: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(财决)?公开\d*表?$|单位：|^部门：|^编制|^填报|^（?20\d\d年度?）?$|^表\d+$|^附表\d*$")
        .expect("a constant pattern")
});
static TITLE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"表(（[^）]*）)*$").expect("a constant pattern"));
static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"单位：?(?:人民币)?(亿元|百万元|万元|千元|元)|（(?:单位：)?(亿元|百万元|万元|千元|元)）")
        .expect("a constant pattern")
});
static LISTED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[一二三四五六七八九十]+、").expect("a constant pattern"));

/// The unit of money that a line, title or head gives.
pub(super) fn unit_in(words: &str) -> Option<Unit> {
    let c = UNIT.captures(words)?;
    Unit::money(c.get(1).or(c.get(2))?.as_str())
}

/// Whether words look like the title of a table.
pub(super) fn is_title(words: &str) -> bool {
    let length = words.chars().count();
    (4..=60).contains(&length) && TITLE.is_match(words) && !META.is_match(words) && !words.contains(['。', '；'])
}

/// A number alone in its cell, and whether it bears a percent sign.
pub(super) fn number(words: &str) -> Option<(Printed, bool)> {
    let (digits, percent) = match words.strip_suffix('%') {
        Some(d) => (d, true),
        None => (words, false),
    };
    Some((Printed::parse(digits)?, percent))
}

/// 3, 5 or 7 digits of a classification.
pub(super) fn is_code(words: &str) -> bool {
    matches!(words.len(), 3 | 5 | 7) && words.starts_with(['2', '3', '5']) && words.bytes().all(|b| b.is_ascii_digit())
}

fn is_year(words: &str) -> bool {
    words.len() == 4
        && (words.starts_with("19") || words.starts_with("20"))
        && words.bytes().all(|b| b.is_ascii_digit())
}

/// Title, unit and rows above the body.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub title: Option<(String, Span)>,
    pub unit: Option<Unit>,
    /// First row of column heads.
    pub first: u32,
    /// First row of the body.
    pub body: u32,
}

impl Head {
    /// Reads the rows at the top. `given` is the number of head rows that the reader knows of.
    pub(super) fn new(grid: &Grid, given: u32) -> Head {
        let mut head = Head::default();
        while head.first < grid.rows {
            let filled = grid.filled(head.first);
            let alone = filled.len() == 1;
            if !filled.iter().all(|c| META.is_match(&c.text) || (alone && is_title(&c.text))) {
                break;
            }
            for cell in &filled {
                head.unit = head.unit.take().or_else(|| unit_in(&cell.text));
                if is_title(&cell.text) {
                    head.title.get_or_insert_with(|| (cell.text.clone(), cell.span));
                }
            }
            head.first += 1;
        }
        head.body =
            (head.first..grid.rows).find(|&r| is_body(grid, r)).unwrap_or_else(|| given.max(head.first).min(grid.rows));
        if head.body > head.first + 6 && given > 0 {
            head.body = given.clamp(head.first, grid.rows);
        }
        head
    }
}

fn is_body(grid: &Grid, row: u32) -> bool {
    let filled = grid.filled(row);
    let numbers: Vec<&str> = filled.iter().map(|c| c.text.as_str()).filter(|t| number(t).is_some()).collect();
    if is_ordinal_row(&numbers) || filled.first().is_some_and(|c| matches!(c.text.as_str(), "栏次" | "行次")) {
        return false;
    }
    let listed =
        |t: &str| LISTED.is_match(t) || matches!(t, "合计" | "总计" | "本年收入合计" | "小计" | "总计：" | "合计：");
    let first = filled.first().map_or("", |c| c.text.as_str());
    numbers.iter().any(|n| !is_year(n))
        || (listed(first) && filled.iter().all(|c| listed(&c.text) || number(&c.text).is_some()))
}

/// 1 2 3 4 …: the numbers of the columns.
fn is_ordinal_row(numbers: &[&str]) -> bool {
    let values: Option<Vec<u32>> = numbers.iter().map(|n| n.parse().ok()).collect();
    values.is_some_and(|v| v.len() >= 2 && v[0] <= 3 && v.windows(2).all(|w| w[1] == w[0] + 1))
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Code,
    Words,
    Numbers,
    /// 行次, 序号.
    Ordinal,
    /// Nothing at all.
    Empty,
}

/// The words of a column's heads, top to bottom, each once.
pub(super) fn heads(grid: &Grid, head: &Head, column: u32) -> Vec<(String, Span)> {
    let mut found: Vec<(String, Span)> = Vec::new();
    for row in head.first..head.body {
        let Some(cell) = grid.at(row, column).filter(|c| !c.text.is_empty()) else { continue };
        if number(&cell.text).is_some_and(|_| !is_year(&cell.text)) || found.last().is_some_and(|l| l.0 == cell.text) {
            continue;
        }
        found.push((cell.text.clone(), cell.span));
    }
    found
}

/// What a column holds, by its head and its body.
pub(super) fn role(grid: &Grid, head: &Head, column: u32, words: &[(String, Span)]) -> Role {
    let (mut codes, mut numbers, mut texts, mut cells) = (0u32, 0u32, 0u32, 0u32);
    for row in head.body..grid.rows {
        let Some(cell) = grid.at(row, column).filter(|c| !c.text.is_empty()) else { continue };
        // A cell over the whole width is a note, one that began further left says nothing of this column.
        if cell.columns.start < column {
            continue;
        }
        cells += 1;
        let digits = cell.text.bytes().all(|b| b.is_ascii_digit());
        if digits && matches!(cell.text.len(), 2 | 3 | 5 | 7) {
            codes += 1;
        }
        if number(&cell.text).is_some() && !is_year(&cell.text) {
            numbers += 1;
        } else if !matches!(cell.text.as_str(), "-" | "—" | "——" | "--" | "/" | "－") {
            texts += 1;
        }
    }
    let last = words.last().map_or("", |w| w.0.as_str());
    let ordinal = words.iter().any(|w| matches!(w.0.as_str(), "行次" | "序号" | "栏次"));
    if ordinal && texts == 0 && whole_numbers(grid, head, column) {
        return Role::Ordinal;
    }
    let named =
        matches!(last, "类" | "款" | "项") || words.iter().any(|w| w.0.ends_with("编码") || w.0.ends_with("代码"));
    let coded = codes == numbers && (codes > 0 || named);
    let bare = words.is_empty() || !named;
    if coded && named && !words.iter().any(|w| w.0.contains("名称")) {
        return Role::Code;
    }
    if bare && codes >= 2 && codes == cells && all_codes(grid, head, column) {
        return Role::Code;
    }
    match (numbers, texts) {
        (0, 0) if words.is_empty() => Role::Empty,
        (0, 0) if ["备注", "说明", "原因"].iter().any(|w| last.contains(w)) => Role::Words,
        (0, 0) => Role::Numbers,
        (n, t) if n >= t => Role::Numbers,
        _ => Role::Words,
    }
}

/// The words of the cells that begin in a column.
fn own_cells<'g>(grid: &'g Grid, head: &Head, column: u32) -> impl Iterator<Item = &'g str> {
    (head.body..grid.rows)
        .filter_map(move |r| grid.at(r, column))
        .filter(move |c| c.columns.start == column)
        .map(|c| c.text.as_str())
}

fn whole_numbers(grid: &Grid, head: &Head, column: u32) -> bool {
    own_cells(grid, head, column).all(|t| t.bytes().all(|b| b.is_ascii_digit()))
}

fn all_codes(grid: &Grid, head: &Head, column: u32) -> bool {
    own_cells(grid, head, column).filter(|t| !t.is_empty()).all(is_code)
}
