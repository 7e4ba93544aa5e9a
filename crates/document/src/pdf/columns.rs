//! Tables without upright lines: columns are where the blanks run down through all rows. Used between level lines, in
//! boxes without inner lines, and for rows of numbers without any line.

use super::grid::{Grid, Place};
use super::lines::{Line, cell_text, lines};
use super::page::{Glyph, Rule};
use super::table::{RawCell, RawTable, is_amount};

/// Level lines whose ends differ by less belong to one table.
const SAME_ENDS: f32 = 8.0;
/// A blank between columns is at least this wide.
const GUTTER_MIN: f32 = 3.0;

/// A printed row: its pieces left to right.
type Pieces = Vec<Line>;

/// Tables between level lines of the same length, three at least (head, rows, end). Gives back the glyphs not used.
pub(super) fn between_level_lines(rules: &[Rule], glyphs: Vec<Glyph>, page: u32) -> (Vec<RawTable>, Vec<Glyph>) {
    let mut rules: Vec<Rule> = rules.iter().filter(|r| r.to - r.from > 60.0).copied().collect();
    rules.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut groups: Vec<Vec<Rule>> = Vec::new();
    for rule in rules {
        let same = |g: &&mut Vec<Rule>| {
            g.last().is_some_and(|l| (l.from - rule.from).abs() < SAME_ENDS && (l.to - rule.to).abs() < SAME_ENDS)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(rule),
            None => groups.push(vec![rule]),
        }
    }
    let (mut tables, mut left) = (Vec::new(), glyphs);
    for group in groups.iter().filter(|g| g.len() >= 3) {
        let ys: Vec<f32> = group.iter().map(|r| r.at).collect();
        let grid = Grid { xs: vec![group[0].from - 2.0, group[0].to + 2.0], ys, places: Vec::new() };
        let (inside, outside) = left.into_iter().partition(|g: &Glyph| {
            let (x, y) = g.center();
            Grid::band(&grid.xs, x).is_some() && Grid::band(&grid.ys, y).is_some()
        });
        left = outside;
        match in_box(&grid, inside, page) {
            Ok(table) => tables.push(table),
            Err(inside) => left.extend(inside),
        }
    }
    (tables, left)
}

/// A table in a box that has level lines at most. Its words come back when they stand in no columns.
pub(super) fn in_box(grid: &Grid, glyphs: Vec<Glyph>, page: u32) -> Result<RawTable, Vec<Glyph>> {
    let printed = lines(glyphs.clone());
    let pieces: Vec<Pieces> = printed.iter().map(Line::pieces).collect();
    let bands: Vec<Vec<Pieces>> = grid
        .ys
        .windows(2)
        .map(|w| pieces.iter().filter(|p| (w[0]..w[1]).contains(&middle(p))).cloned().collect())
        .collect();
    // Wrapped names make lines of one piece, so with a line below every row the rows decide, not the lines.
    let tabular = pieces.iter().filter(|p| p.len() >= 2).count();
    let filled = bands.iter().filter(|b| !b.is_empty()).count();
    let rows = bands.iter().filter(|b| b.iter().any(|p| p.len() >= 2)).count();
    if pieces.len() < 2 || tabular * 10 < pieces.len() * 6 && (filled < 4 || rows * 10 < filled * 7) {
        return Err(glyphs);
    }
    let sides = (grid.xs[0], grid.xs[grid.xs.len() - 1]);
    let ends = (grid.ys[0], grid.ys[grid.ys.len() - 1]);
    from_bands(&bands, sides, ends, page).ok_or(glyphs)
}

/// A table of printed rows that no line parts.
pub(super) fn from_rows(rows: &[Line], page: u32) -> Option<RawTable> {
    let bands: Vec<Vec<Pieces>> = vec![rows.iter().map(Line::pieces).collect()];
    let side = |of: fn(&Line) -> f32, f: fn(f32, f32) -> f32, from| rows.iter().map(of).fold(from, f);
    let sides = (side(|l| l.x0, f32::min, f32::MAX) - 2.0, side(|l| l.x1, f32::max, f32::MIN) + 2.0);
    let ends = (side(|l| l.top, f32::min, f32::MAX), side(|l| l.bottom, f32::max, f32::MIN));
    from_bands(&bands, sides, ends, page)
}

fn middle(pieces: &Pieces) -> f32 {
    let sum: f32 = pieces.iter().map(Line::middle).sum();
    sum / pieces.len().max(1) as f32
}

fn has_amount(pieces: &Pieces) -> bool {
    pieces.iter().any(|p| is_amount(&p.text()))
}

fn from_bands(bands: &[Vec<Pieces>], sides: (f32, f32), ends: (f32, f32), page: u32) -> Option<RawTable> {
    let rows: Vec<Vec<Pieces>> = bands.iter().flat_map(|band| rows_of(band)).collect();
    let columns = columns(&rows.iter().flatten().collect::<Vec<_>>());
    if columns.len() < 2 || rows.len() < 2 {
        return None;
    }
    let mut xs = vec![sides.0.min(columns[0].0)];
    xs.extend(columns.windows(2).map(|w| (w[0].1 + w[1].0) / 2.0));
    xs.push(sides.1.max(columns[columns.len() - 1].1));
    let mut cells = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        cells.extend(row_cells(row, n, &columns, &xs, page));
    }
    if cells.iter().filter(|c| !c.text.is_empty()).count() < 4 {
        return None;
    }
    let rows = rows.len();
    Some(RawTable { xs, rows, cells, top: ends.0, bottom: ends.1, pages: (page, page), header_rows: 0 }.settle())
}

/// Printed rows of a band: one, unless several of its lines bear numbers, or heads stand above heads.
fn rows_of(band: &[Pieces]) -> Vec<Vec<Pieces>> {
    if band.is_empty() {
        return Vec::new();
    }
    if band.iter().filter(|p| has_amount(p)).count() >= 2 {
        let cuts = cuts(band);
        let mut rows: Vec<Vec<Pieces>> = vec![Vec::new(); cuts.len() + 1];
        for line in band {
            rows[cuts.partition_point(|c| *c < middle(line))].push(line.clone());
        }
        let heads = rows.first().filter(|r| !r.iter().any(has_amount)).cloned();
        let mut out = heads.as_ref().map_or_else(Vec::new, |h| rows_of(h));
        out.extend(rows.into_iter().skip(usize::from(heads.is_some())).filter(|r| !r.is_empty()));
        return out;
    }
    if band.len() > 1 && band[0].len() < band[1].len() && !band.iter().any(has_amount) {
        return band.iter().map(|p| vec![p.clone()]).collect();
    }
    vec![band.to_vec()]
}

/// Heights between printed rows of lines from top to bottom: every line with a number is a row of its own, a wrapped name
/// goes to the row it stands nearer to, heads above the first number stay together.
pub(super) fn cuts(lines: &[Pieces]) -> Vec<f32> {
    let heights: Vec<f32> = lines.iter().map(middle).collect();
    let numbered: Vec<usize> = (0..lines.len()).filter(|&n| has_amount(&lines[n])).collect();
    let mut cuts = Vec::new();
    let first = numbered.first().copied().unwrap_or(0);
    if let Some(head) = (0..first).rev().find(|&n| lines[n].len() >= 2) {
        cuts.push(widest_gap(&heights, head, first));
    }
    cuts.extend(numbered.windows(2).map(|w| widest_gap(&heights, w[0], w[1])));
    cuts
}

/// The middle of the widest gap between two lines; of equal ones the last.
fn widest_gap(heights: &[f32], from: usize, to: usize) -> f32 {
    let gap = |n: usize| heights[n + 1] - heights[n];
    let best = (from..to).fold(from, |best, n| if gap(n) + 0.6 >= gap(best) { n } else { best });
    (heights[best] + heights[best + 1]) / 2.0
}

/// Columns as stretches of x: what nearly no row of numbers leaves printed on is a gap.
fn columns(rows: &[&Pieces]) -> Vec<(f32, f32)> {
    let first = rows.iter().position(|p| has_amount(p)).unwrap_or(0);
    let body = &rows[first..];
    let mut ends: Vec<(f32, i32)> = Vec::new();
    for piece in body.iter().flat_map(|p| p.iter()) {
        ends.push((piece.x0, 1));
        ends.push((piece.x1 + GUTTER_MIN, -1));
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let few = i32::try_from(body.len() / 12).unwrap_or(0);
    let (mut depth, mut start, mut columns) = (0, None, Vec::new());
    for (x, step) in ends {
        depth += step;
        match start {
            None if depth > few => start = Some(x),
            Some(s) if depth <= few => {
                columns.push((s, x - GUTTER_MIN));
                start = None;
            }
            _ => {}
        }
    }
    // A column that is empty in every row is known by its head.
    let heads: Vec<&Line> = rows[..first].iter().flat_map(|p| p.iter()).collect();
    let over = |l: &Line, c: &(f32, f32)| l.x0 < c.1 && c.0 < l.x1;
    let of_one: Vec<(f32, f32)> =
        heads.iter().filter(|h| columns.iter().filter(|c| over(h, c)).count() == 1).map(|h| (h.x0, h.x1)).collect();
    // The rest of a head that was wrapped stands under its beginning and is no column.
    for piece in heads.into_iter().filter(|h| !of_one.iter().any(|o| over(h, o))) {
        if columns.iter().all(|c| piece.x1 + GUTTER_MIN < c.0 || c.1 + GUTTER_MIN < piece.x0) {
            columns.push((piece.x0, piece.x1));
        }
    }
    columns.sort_by(|a, b| a.0.total_cmp(&b.0));
    columns
}

fn row_cells(row: &[Pieces], n: usize, columns: &[(f32, f32)], xs: &[f32], page: u32) -> Vec<RawCell> {
    let body = row.iter().any(has_amount);
    let mut filled: Vec<(usize, usize, Vec<Glyph>)> = Vec::new();
    for piece in row.iter().flatten() {
        let covers =
            |c: &(f32, f32)| piece.x1.min(c.1) - piece.x0.max(c.0) > 0.3 * (c.1 - c.0).min(piece.x1 - piece.x0);
        let (first, last) = (columns.iter().position(covers), columns.iter().rposition(covers));
        match (first, last) {
            (Some(a), Some(b)) if !body && b > a => filled.push((a, b, piece.glyphs.clone())),
            _ => {
                for g in &piece.glyphs {
                    let column = xs.partition_point(|x| *x <= g.center().0).clamp(1, columns.len()) - 1;
                    match filled.iter_mut().find(|f| f.0 <= column && column <= f.1) {
                        Some(f) => f.2.push(*g),
                        None => filled.push((column, column, vec![*g])),
                    }
                }
            }
        }
    }
    filled.sort_by_key(|f| f.0);
    let mut joined: Vec<(usize, usize, Vec<Glyph>)> = Vec::new();
    for (a, b, glyphs) in filled {
        match joined.last_mut() {
            Some(last) if a <= last.1 => {
                last.1 = last.1.max(b);
                last.2.extend(glyphs);
            }
            _ => joined.push((a, b, glyphs)),
        }
    }
    let mut cells = Vec::new();
    let mut next = 0;
    let cell =
        |column: usize, columns: usize, text| RawCell { place: Place { row: n, column, rows: 1, columns }, text, page };
    for (a, b, glyphs) in joined {
        cells.extend((next..a).map(|c| cell(c, 1, String::new())));
        cells.push(cell(a, b - a + 1, cell_text(glyphs)));
        next = b + 1;
    }
    cells.extend((next..columns.len()).map(|c| cell(c, 1, String::new())));
    cells
}
