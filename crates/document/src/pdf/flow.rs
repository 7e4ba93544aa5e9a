//! A page as a column of lines and tables from top to bottom, without what repeats on every page.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::columns;
use super::lines::{Line, lines};
use super::page::Page;
use super::table::{RawTable, tables};

/// Heads and feet of pages stand in this part of the height.
const MARGIN_BAND: f32 = 0.13;

/// What a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Running text or a heading.
    Text,
    /// The title of the table below.
    Title,
    /// The line above a table that names its unit, its number or who made it.
    AboveTable,
}

/// A thing on a page.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Line(Line, Role),
    Table(RawTable),
}

impl Item {
    fn height(&self) -> f32 {
        match self {
            Item::Line(l, _) => l.middle(),
            Item::Table(t) => t.top,
        }
    }

    pub(super) fn line(&self) -> Option<&Line> {
        match self {
            Item::Line(l, _) => Some(l),
            Item::Table(_) => None,
        }
    }
}

/// A page in reading order.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) number: u32,
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) items: Vec<Item>,
}

impl Column {
    pub(super) fn new(mut page: Page) -> Column {
        let tables = tables(&mut page);
        let printed = lines(std::mem::take(&mut page.glyphs));
        let mut items: Vec<Item> = tables.into_iter().map(Item::Table).collect();
        items.extend(printed.into_iter().map(|l| Item::Line(l, Role::Text)));
        items.sort_by(|a, b| a.height().total_cmp(&b.height()));
        let mut column = Column { number: page.number, width: page.width, height: page.height, items };
        column.find_unruled();
        column
    }

    /// Rows of numbers in columns without any line become tables; names that wrap may stand between them.
    fn find_unruled(&mut self) {
        let mut out: Vec<Item> = Vec::new();
        let (mut rows, mut between): (Vec<Line>, Vec<Line>) = (Vec::new(), Vec::new());
        for item in std::mem::take(&mut self.items) {
            let line = match item {
                Item::Line(line, _) => line,
                table => {
                    self.end_rows(&mut rows, &mut between, &mut out);
                    out.push(table);
                    continue;
                }
            };
            let near = between.last().or(rows.last()).is_some_and(|l| line.top - l.bottom < 2.2 * line.size);
            let columns = line.pieces().len();
            if columns >= 3 && (rows.is_empty() || near) {
                rows.append(&mut between);
                rows.push(line);
            } else if near && columns < 3 && between.len() < 6 && line.x1 - line.x0 < 0.4 * self.width {
                between.push(line);
            } else {
                self.end_rows(&mut rows, &mut between, &mut out);
                if columns >= 3 { rows.push(line) } else { out.push(Item::Line(line, Role::Text)) }
            }
        }
        self.end_rows(&mut rows, &mut between, &mut out);
        self.items = out;
    }

    fn end_rows(&self, rows: &mut Vec<Line>, after: &mut Vec<Line>, out: &mut Vec<Item>) {
        let money = |l: &Line| l.pieces().iter().filter(|p| is_money(&p.text())).count();
        let found = rows.len() >= 3 && rows.iter().filter(|l| money(l) >= 2).count() >= 2;
        match found.then(|| columns::from_rows(rows, self.number)).flatten() {
            Some(table) => {
                rows.clear();
                out.push(Item::Table(table));
            }
            None => out.extend(rows.drain(..).map(|l| Item::Line(l, Role::Text))),
        }
        out.extend(after.drain(..).map(|l| Item::Line(l, Role::Text)));
    }
}

fn is_money(text: &str) -> bool {
    super::table::is_amount(text) && text.contains(['.', ','])
}

static PAGE_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    let pattern =
        r"^[-—–―─－·.\s]*(第?\s*\d{1,4}\s*页?|[ivxlIVXLⅠ-Ⅻ]{1,6})[-—–―─－·.\s]*([/，,]?\s*共?\s*\d{1,4}\s*页?)?$";
    Regex::new(pattern).expect("a constant pattern")
});

/// Drops page numbers, and heads and feet that come again on many pages.
pub(super) fn drop_furniture(pages: &mut [Column]) {
    let mut seen: HashMap<(String, i32), usize> = HashMap::new();
    for page in pages.iter() {
        for (key, _) in edge_lines(page) {
            *seen.entry(key).or_default() += 1;
        }
    }
    let often = (pages.len() / 4).max(3);
    for page in pages.iter_mut() {
        let mut gone: Vec<usize> = Vec::new();
        for (key, n) in edge_lines(page) {
            let near = |k: i32| seen.get(&(key.0.clone(), k)).copied().unwrap_or(0);
            let repeats = near(key.1) + near(key.1 - 1) + near(key.1 + 1) >= often;
            let number = page.items[n].line().is_some_and(|l| PAGE_NUMBER.is_match(&l.text()));
            if repeats || number {
                gone.push(n);
            }
        }
        let mut n = 0;
        page.items.retain(|_| {
            n += 1;
            !gone.contains(&(n - 1))
        });
    }
}

/// Lines at the upper and lower edge of a page: their words with every number alike, their height in steps, and index.
fn edge_lines(page: &Column) -> Vec<((String, i32), usize)> {
    let count = page.items.len();
    let edge = |n: &usize| *n < 2 || *n + 2 >= count;
    let mut found = Vec::new();
    for n in (0..count).filter(edge) {
        let Some(line) = page.items[n].line() else { continue };
        let place = line.middle() / page.height;
        if (MARGIN_BAND..1.0 - MARGIN_BAND).contains(&place) {
            continue;
        }
        let mut words = String::new();
        for c in line.text().chars().filter(|c| !c.is_whitespace()) {
            match c {
                c if c.is_ascii_digit() && words.ends_with('#') => {}
                c if c.is_ascii_digit() => words.push('#'),
                c => words.push(c),
            }
        }
        found.push(((words, (line.middle() / 6.0) as i32), n));
    }
    found
}
