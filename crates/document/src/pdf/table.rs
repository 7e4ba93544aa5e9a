//! Tables of one page: the boxes of a frame filled with the glyphs whose centres lie in them, rows that have no line
//! between them parted by their numbers.

use super::columns;
use super::grid::{Grid, Place};
use super::lines::{Line, cell_text, lines};
use super::page::{Glyph, Page};
use super::rules::frames;

/// A cell with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawCell {
    pub(super) place: Place,
    pub(super) text: String,
    pub(super) page: u32,
}

/// A table on one page, or several once they are joined.
#[derive(Clone, Debug, Default)]
pub(super) struct RawTable {
    pub(super) xs: Vec<f32>,
    pub(super) rows: usize,
    /// In reading order.
    pub(super) cells: Vec<RawCell>,
    pub(super) top: f32,
    pub(super) bottom: f32,
    pub(super) pages: (u32, u32),
    pub(super) header_rows: usize,
}

impl RawTable {
    pub(super) fn columns(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    /// Cells that begin in a row.
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = &RawCell> {
        self.cells.iter().filter(move |c| c.place.row == row)
    }

    /// Puts cells into reading order and drops grid lines that no cell needs.
    pub(super) fn settle(mut self) -> RawTable {
        self.drop_idle_rows();
        self.cells.sort_by_key(|c| (c.place.row, c.place.column));
        self
    }

    /// A grid row in which no cell begins (a line that only thickens a border) is no row.
    fn drop_idle_rows(&mut self) {
        let mut begins = vec![false; self.rows];
        for cell in &self.cells {
            if let Some(b) = begins.get_mut(cell.place.row) {
                *b = true;
            }
        }
        let mut new = vec![0; self.rows + 1];
        for row in 0..self.rows {
            new[row + 1] = new[row] + usize::from(begins[row]);
        }
        for cell in &mut self.cells {
            let end = (cell.place.row + cell.place.rows).min(self.rows);
            let start = new[cell.place.row.min(self.rows)];
            cell.place.row = start;
            cell.place.rows = new[end].saturating_sub(start).max(1);
        }
        self.rows = new[self.rows];
    }
}

/// Takes the tables out of a page. What remains on the page are the glyphs outside of them.
pub(super) fn tables(page: &mut Page) -> Vec<RawTable> {
    let (framed, loose) = frames(&page.rules);
    let mut found = Vec::new();
    let mut left = std::mem::take(&mut page.glyphs);
    for frame in &framed {
        let Some(grid) = Grid::new(frame) else { continue };
        let (inside, outside) = left.into_iter().partition(|g| within(&grid, g));
        match framed_table(&grid, inside, page.number) {
            Ok(table) => {
                found.push(table);
                left = outside;
            }
            Err(inside) => {
                left = outside;
                left.extend(inside);
            }
        }
    }
    let (tables, left) = columns::between_level_lines(&loose, left, page.number);
    found.extend(tables);
    page.glyphs = left;
    found.sort_by(|a, b| a.top.total_cmp(&b.top));
    found
}

/// Frames that stand apart only because an upright line is missing between them.
fn within(grid: &Grid, g: &Glyph) -> bool {
    let (x, y) = g.center();
    Grid::band(&grid.xs, x).is_some() && Grid::band(&grid.ys, y).is_some()
}

fn framed_table(grid: &Grid, glyphs: Vec<Glyph>, page: u32) -> Result<RawTable, Vec<Glyph>> {
    if grid.columns() < 2 {
        return columns::in_box(grid, glyphs, page);
    }
    let mut filled: Vec<Vec<Glyph>> = vec![Vec::new(); grid.places.len()];
    let owner = owners(grid);
    let mut centers = number_centers(&glyphs);
    for g in &glyphs {
        let (mut x, y) = g.center();
        if let Some(n) = centers.remove(&(g.run, g.x0.to_bits())) {
            x = n;
        }
        if let (Some(c), Some(r)) = (Grid::band(&grid.xs, x), Grid::band(&grid.ys, y)) {
            filled[owner[r * grid.columns() + c]].push(*g);
        }
    }
    if filled.iter().filter(|f| !f.is_empty()).count() < 2 {
        return Err(glyphs);
    }
    let table = RawTable {
        xs: grid.xs.clone(),
        rows: grid.rows(),
        cells: Vec::new(),
        top: grid.ys[0],
        bottom: grid.ys[grid.ys.len() - 1],
        pages: (page, page),
        header_rows: 0,
    };
    Ok(fill(table, grid, filled, page).settle())
}

fn owners(grid: &Grid) -> Vec<usize> {
    let mut owner = vec![0; grid.rows() * grid.columns()];
    for (n, p) in grid.places.iter().enumerate() {
        for r in p.row..p.row + p.rows {
            owner[r * grid.columns() + p.column..r * grid.columns() + p.column + p.columns].fill(n);
        }
    }
    owner
}

/// A number too wide for its box sticks out of it; all of it belongs where its middle is. Keyed by string and place.
fn number_centers(glyphs: &[Glyph]) -> std::collections::HashMap<(u32, u32), f32> {
    let mut centers = std::collections::HashMap::new();
    let of_number = |g: &Glyph| g.c.is_ascii_digit() || matches!(g.c, '.' | ',' | '-');
    let mut start = 0;
    while start < glyphs.len() {
        let mut end = start + 1;
        if of_number(&glyphs[start]) {
            let joins = |a: &Glyph, b: &Glyph| {
                of_number(b) && a.run == b.run && (a.base - b.base).abs() < 0.5 && (b.x0 - a.x1).abs() < 0.2 * b.size
            };
            while end < glyphs.len() && joins(&glyphs[end - 1], &glyphs[end]) {
                end += 1;
            }
            let middle = (glyphs[start].x0 + glyphs[end - 1].x1) / 2.0;
            for g in &glyphs[start..end] {
                centers.insert((g.run, g.x0.to_bits()), middle);
            }
        }
        start = end;
    }
    centers
}

/// Rows of the grid that hold several printed rows without a line between them are parted first.
fn fill(mut table: RawTable, grid: &Grid, filled: Vec<Vec<Glyph>>, page: u32) -> RawTable {
    let mut cells: Vec<(Place, Vec<Glyph>)> = grid.places.iter().copied().zip(filled).collect();
    let mut row = 0;
    while row < table.rows {
        let parted = printed_rows(&cells, row);
        if let Some(cuts) = &parted {
            cells = part(cells, row, cuts);
            table.rows += cuts.len();
        }
        row += 1 + parted.map_or(0, |c| c.len());
    }
    let read = |(place, glyphs)| RawCell { place, text: cell_text(glyphs), page };
    table.cells = cells.into_iter().map(read).collect();
    table
}

/// Heights that part a grid row into printed rows: at least two of its cells hold several complete amounts, one a line.
fn printed_rows(cells: &[(Place, Vec<Glyph>)], row: usize) -> Option<Vec<f32>> {
    let own: Vec<&(Place, Vec<Glyph>)> = cells.iter().filter(|(p, _)| p.row == row).collect();
    if own.iter().any(|(p, _)| p.rows > 1) || own.len() < 2 {
        return None;
    }
    let tall = |glyphs: &[Glyph]| glyphs.iter().any(|g| (g.base - glyphs[0].base).abs() > g.size);
    let several = own.iter().filter(|(_, g)| tall(g) && holds_amounts(&lines(g.clone()))).count();
    if several < 2 {
        return None;
    }
    let all: Vec<Glyph> = own.iter().flat_map(|(_, g)| g.iter().copied()).collect();
    Some(columns::cuts(&lines(all).iter().map(Line::pieces).collect::<Vec<_>>())).filter(|c| !c.is_empty())
}

fn part(cells: Vec<(Place, Vec<Glyph>)>, row: usize, cuts: &[f32]) -> Vec<(Place, Vec<Glyph>)> {
    let mut out = Vec::with_capacity(cells.len());
    for (mut place, glyphs) in cells {
        if place.row > row {
            place.row += cuts.len();
        } else if place.row + place.rows > row + 1 {
            place.rows += cuts.len();
        }
        if place.row != row {
            out.push((place, glyphs));
            continue;
        }
        let mut rows: Vec<Vec<Glyph>> = vec![Vec::new(); cuts.len() + 1];
        for g in glyphs {
            rows[cuts.partition_point(|c| *c < g.center().1)].push(g);
        }
        out.extend(rows.into_iter().enumerate().map(|(n, glyphs)| (Place { row: row + n, ..place }, glyphs)));
    }
    out
}

/// A printed amount: digits with commas, a decimal point, a sign or a percent sign.
pub(super) fn is_amount(text: &str) -> bool {
    let digits = text.trim_start_matches(['-', '−', '－']).trim_end_matches(['%', '％']);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '，'))
}

/// Digits after the point of a complete amount; none for pieces of a number that was wrapped.
fn decimals(text: &str) -> Option<usize> {
    let plain = text.trim_start_matches(['-', '−', '－']).trim_end_matches(['%', '％']);
    let (whole, part) = plain.split_once('.').map_or((plain, None), |(w, p)| (w, Some(p)));
    let groups: Vec<&str> = whole.split([',', '，']).collect();
    let grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|g| g.len() == 3));
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    (grouped && groups.iter().all(|g| digits(g)) && part.is_none_or(digits)).then(|| part.map_or(0, str::len))
}

/// Whether a column holds several complete amounts of one kind; a number wrapped in a narrow cell is not complete.
fn holds_amounts(column: &[Line]) -> bool {
    let texts: Vec<String> = column.iter().map(Line::text).filter(|t| is_amount(t)).collect();
    let kinds: Vec<Option<usize>> = texts.iter().map(|t| decimals(t)).collect();
    let Some(Some(first)) = kinds.first() else { return false };
    let enough = if *first > 0 { 2 } else { 3 };
    kinds.len() >= enough && kinds.iter().all(|k| k == &Some(*first))
}
