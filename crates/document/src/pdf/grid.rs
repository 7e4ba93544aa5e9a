//! From a frame of ruling lines to boxes: the cells of a table with what they span. Words play no part here.

use super::page::Rule;
use super::rules::{Frame, SAME, clusters};

/// A level line that reaches this far beyond the last upright one closes an open side.
const OPEN_SIDE_MIN: f32 = 8.0;
/// A border counts when this part of it is drawn.
const DRAWN_MIN: f32 = 0.6;
/// Grids beyond this many places are drawings.
const PLACES_MAX: usize = 120_000;

/// A box of the grid; columns and rows counted from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
}

/// Boxes of a frame, with the coordinates of the grid.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// x of the upright lines, left to right.
    pub(super) xs: Vec<f32>,
    /// y of the level lines, top to bottom.
    pub(super) ys: Vec<f32>,
    /// In reading order.
    pub(super) places: Vec<Place>,
}

impl Grid {
    /// The grid of a frame; sides left open are closed where the other lines end.
    pub(super) fn new(frame: &Frame) -> Option<Grid> {
        let mut xs = clusters(frame.upright.iter().map(|r| r.at).collect());
        let mut ys = clusters(frame.level.iter().map(|r| r.at).collect());
        close(&mut xs, &frame.level);
        close(&mut ys, &frame.upright);
        let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
        if columns == 0 || rows == 0 || columns * rows > PLACES_MAX {
            return None;
        }
        let right = drawn(&xs, &ys, &frame.upright);
        let below = drawn(&ys, &xs, &frame.level);
        let places = boxes(rows, columns, |r, c| right[c + 1][r], |r, c| below[r + 1][c]);
        Some(Grid { xs, ys, places })
    }

    pub(super) fn columns(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    pub(super) fn rows(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }

    /// The index of the band that holds a coordinate.
    pub(super) fn band(edges: &[f32], at: f32) -> Option<usize> {
        let n = edges.partition_point(|e| *e <= at);
        (n > 0 && n < edges.len()).then(|| n - 1)
    }
}

/// Adds a border where most lines of the other direction go on beyond the outermost one.
fn close(edges: &mut Vec<f32>, others: &[Rule]) {
    let (Some(&first), Some(&last)) = (edges.first(), edges.last()) else { return };
    let beyond = |far: &dyn Fn(&Rule) -> f32| {
        let mut ends: Vec<f32> = others.iter().map(far).filter(|d| *d > OPEN_SIDE_MIN).collect();
        ends.sort_by(f32::total_cmp);
        let enough = ends.len() >= 2 && ends.len() * 3 >= others.len();
        enough.then(|| ends[ends.len() / 2])
    };
    let before = beyond(&|r| first - r.from);
    let after = beyond(&|r| r.to - last);
    if let Some(d) = before {
        edges.insert(0, first - d);
    }
    if let Some(d) = after {
        edges.push(last + d);
    }
}

/// For every line of the grid, which stretches between the crossing lines are drawn.
fn drawn(lines: &[f32], across: &[f32], rules: &[Rule]) -> Vec<Vec<bool>> {
    let stretch = |at: f32| {
        let on: Vec<&Rule> = rules.iter().filter(|r| (r.at - at).abs() <= SAME).collect();
        let shown = |from: f32, to: f32| {
            let part = |r: &&Rule| (r.to.min(to) - r.from.max(from)).max(0.0);
            // Doubled borders lie over each other, so the longest piece counts, or all together when they are dashes.
            let longest = on.iter().map(part).fold(0.0, f32::max);
            let all: f32 = on.iter().map(part).sum();
            longest.max(if on.len() > 2 { all / 2.0 } else { all }) >= DRAWN_MIN * (to - from)
        };
        across.windows(2).map(|w| shown(w[0], w[1])).collect()
    };
    lines.iter().map(|&at| stretch(at)).collect()
}

/// Boxes in reading order: each grows right, then down, until a border stops it.
fn boxes(
    rows: usize,
    columns: usize,
    right: impl Fn(usize, usize) -> bool,
    below: impl Fn(usize, usize) -> bool,
) -> Vec<Place> {
    let mut taken = vec![false; rows * columns];
    let mut places = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            if taken[row * columns + column] {
                continue;
            }
            let mut wide = 1;
            while column + wide < columns && !right(row, column + wide - 1) && !taken[row * columns + column + wide] {
                wide += 1;
            }
            let open_below = |r: usize| (column..column + wide).all(|c| !below(r, c));
            let unparted = |r: usize| (column..column + wide - 1).all(|c| !right(r, c));
            let free = |r: usize, taken: &[bool]| (column..column + wide).all(|c| !taken[r * columns + c]);
            let mut high = 1;
            while row + high < rows && open_below(row + high - 1) && unparted(row + high) && free(row + high, &taken) {
                high += 1;
            }
            for r in row..row + high {
                taken[r * columns + column..r * columns + column + wide].fill(true);
            }
            places.push(Place { row, column, rows: high, columns: wide });
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::{Frame, Grid, Place, Rule};

    fn level(at: f32, from: f32, to: f32) -> Rule {
        Rule { level: true, at, from, to }
    }

    fn upright(at: f32, from: f32, to: f32) -> Rule {
        Rule { level: false, at, from, to }
    }

    #[test]
    fn heads_over_several_columns_are_one_box() {
        let frame = Frame {
            level: vec![level(0.0, 0.0, 90.0), level(10.0, 30.0, 90.0), level(20.0, 0.0, 90.0), level(30.0, 0.0, 90.0)],
            upright: vec![
                upright(0.0, 0.0, 30.0),
                upright(30.0, 0.0, 30.0),
                upright(60.0, 10.0, 30.0),
                upright(90.0, 0.0, 30.0),
            ],
        };
        let grid = Grid::new(&frame).expect("a grid");
        assert_eq!((grid.rows(), grid.columns()), (3, 3));
        assert_eq!(grid.places[0], Place { row: 0, column: 0, rows: 2, columns: 1 });
        assert_eq!(grid.places[1], Place { row: 0, column: 1, rows: 1, columns: 2 });
        assert_eq!(grid.places.len(), 7);
    }

    #[test]
    fn open_sides_are_closed_where_the_lines_end() {
        let frame = Frame {
            level: (0..4u8).map(|n| level(f32::from(n) * 10.0, 0.0, 100.0)).collect(),
            upright: vec![upright(40.0, 0.0, 30.0), upright(70.0, 0.0, 30.0)],
        };
        let grid = Grid::new(&frame).expect("a grid");
        assert_eq!(grid.xs, [0.0, 40.0, 70.0, 100.0]);
        assert_eq!(grid.places.len(), 9);
    }
}
