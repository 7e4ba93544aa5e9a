//! What a reader of a structured format (docx, doc, html, Excel) collects before it is printed: pieces in reading
//! order, tables with cells that hold pieces again.

use std::collections::HashMap;

/// One thing of the flow.
#[derive(Debug)]
pub(crate) enum Piece {
    Words { words: String, heading: Option<u8>, page: Option<u32> },
    Grid(Grid),
    Chart(ChartData),
}

#[derive(Debug, Default)]
pub(crate) struct Grid {
    pub(crate) caption: Option<String>,
    pub(crate) rows: Vec<Vec<GridCell>>,
    /// Tables that hold tables are layout, not data (web pages).
    pub(crate) nested_is_layout: bool,
}

#[derive(Debug, Default)]
pub(crate) struct GridCell {
    /// Where the format says so; else the first free column.
    pub(crate) column: Option<u32>,
    pub(crate) row_span: u32,
    pub(crate) column_span: u32,
    /// Continues the cell above (Word's vMerge).
    pub(crate) continues: bool,
    pub(crate) page: Option<u32>,
    pub(crate) pieces: Vec<Piece>,
}

#[derive(Debug, Default)]
pub(crate) struct ChartData {
    pub(crate) title: Option<String>,
    pub(crate) series: Vec<SeriesData>,
    pub(crate) page: Option<u32>,
}

#[derive(Debug, Default)]
pub(crate) struct SeriesData {
    pub(crate) name: Option<String>,
    /// Category and value.
    pub(crate) points: Vec<(Option<String>, String)>,
}

impl Piece {
    pub(crate) fn words(words: impl Into<String>) -> Piece {
        Piece::Words { words: words.into(), heading: None, page: None }
    }
}

/// Columns beyond this are a mistake or an attack.
pub(crate) const COLUMNS_MAX: u32 = 2_000;

impl Grid {
    /// Gives every cell its column, lets continued cells grow their first one, and bounds spans to the grid.
    pub(crate) fn lay_out(&mut self) {
        let row_count = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        self.join_continued();
        // For each column, the first row in which it is free again.
        let mut busy: Vec<u32> = Vec::new();
        for (row, cells) in (0u32..).zip(&mut self.rows) {
            let mut next = 0u32;
            for cell in cells.iter_mut() {
                let free = |c: u32| busy.get(c as usize).is_none_or(|until| *until <= row);
                let column =
                    cell.column.unwrap_or_else(|| (next..COLUMNS_MAX).find(|c| free(*c)).unwrap_or(COLUMNS_MAX - 1));
                let column = column.min(COLUMNS_MAX - 1);
                cell.column_span = cell.column_span.clamp(1, COLUMNS_MAX - column);
                let rows_left = row_count - row;
                cell.row_span = if cell.row_span == 0 { rows_left } else { cell.row_span.min(rows_left) };
                cell.column = Some(column);
                next = column + cell.column_span;
                if busy.len() < next as usize {
                    busy.resize(next as usize, 0);
                }
                busy[column as usize..next as usize].fill(row + cell.row_span);
            }
        }
    }

    fn join_continued(&mut self) {
        if !self.rows.iter().flatten().any(|c| c.continues) {
            return;
        }
        let mut open: HashMap<u32, (usize, usize)> = HashMap::new();
        for row in 0..self.rows.len() {
            for at in 0..self.rows[row].len() {
                let cell = &self.rows[row][at];
                let column = cell.column.unwrap_or(0);
                match open.get(&column).copied() {
                    Some((r, a)) if cell.continues && self.rows[r][a].row_span as usize == row - r => {
                        self.rows[r][a].row_span += 1;
                    }
                    _ => {
                        self.rows[row][at].continues = false;
                        open.insert(column, (row, at));
                    }
                }
            }
        }
        for cells in &mut self.rows {
            cells.retain(|c| !c.continues);
        }
    }

    pub(crate) fn columns(&self) -> u32 {
        self.rows.iter().flatten().map(|c| c.column.unwrap_or(0) + c.column_span).max().unwrap_or(0)
    }
}

enum Frame {
    Flow(Vec<Piece>),
    Table(Grid),
    Cell(GridCell),
}

/// Builds the flow from a stream of openings and closings. Unbalanced ones and too deep nesting do no harm: the words
/// are kept, in the nearest open place.
pub(crate) struct Assembler {
    frames: Vec<Frame>,
    nesting_max: usize,
    /// Tables open beyond the limit; their words go to the cell around them.
    skipped: usize,
}

impl Assembler {
    pub(crate) fn new(nesting_max: usize) -> Assembler {
        Assembler { frames: vec![Frame::Flow(Vec::new())], nesting_max, skipped: 0 }
    }

    pub(crate) fn push(&mut self, piece: Piece) {
        for frame in self.frames.iter_mut().rev() {
            match frame {
                Frame::Flow(pieces) | Frame::Cell(GridCell { pieces, .. }) => return pieces.push(piece),
                Frame::Table(_) => {}
            }
        }
    }

    pub(crate) fn open_table(&mut self, nested_is_layout: bool) {
        if self.skipped > 0 || self.frames.len() > 2 * self.nesting_max {
            self.skipped += 1;
        } else {
            self.frames.push(Frame::Table(Grid { nested_is_layout, ..Grid::default() }));
        }
    }

    pub(crate) fn table(&mut self) -> Option<&mut Grid> {
        match self.frames.last_mut() {
            Some(Frame::Table(grid)) if self.skipped == 0 => Some(grid),
            _ => None,
        }
    }

    pub(crate) fn open_row(&mut self) {
        if let Some(grid) = self.table() {
            grid.rows.push(Vec::new());
        }
    }

    pub(crate) fn open_cell(&mut self, cell: GridCell) {
        if let Some(grid) = self.table() {
            if grid.rows.is_empty() {
                grid.rows.push(Vec::new());
            }
            self.frames.push(Frame::Cell(cell));
        }
    }

    pub(crate) fn cell(&mut self) -> Option<&mut GridCell> {
        match self.frames.last_mut() {
            Some(Frame::Cell(cell)) if self.skipped == 0 => Some(cell),
            _ => None,
        }
    }

    pub(crate) fn close_cell(&mut self) {
        if self.skipped > 0 || !matches!(self.frames.last(), Some(Frame::Cell(_))) {
            return;
        }
        if let Some(Frame::Cell(cell)) = self.frames.pop()
            && let Some(Frame::Table(grid)) = self.frames.last_mut()
            && let Some(row) = grid.rows.last_mut()
        {
            row.push(cell);
        }
    }

    pub(crate) fn close_table(&mut self) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        self.close_cell();
        if matches!(self.frames.last(), Some(Frame::Table(_)))
            && let Some(Frame::Table(mut grid)) = self.frames.pop()
        {
            grid.lay_out();
            if grid.rows.iter().any(|r| !r.is_empty()) {
                self.push(Piece::Grid(grid));
            }
        }
    }

    /// Drops the row being read (a deleted one).
    pub(crate) fn drop_row(&mut self) {
        if let Some(grid) = self.table() {
            grid.rows.pop();
        }
    }

    pub(crate) fn finish(mut self) -> Vec<Piece> {
        self.skipped = 0;
        while self.frames.len() > 1 {
            match self.frames.last() {
                Some(Frame::Cell(_)) => self.close_cell(),
                Some(Frame::Table(_)) => self.close_table(),
                _ => {
                    if let Some(Frame::Flow(pieces)) = self.frames.pop() {
                        pieces.into_iter().for_each(|p| self.push(p));
                    }
                }
            }
        }
        match self.frames.pop() {
            Some(Frame::Flow(pieces)) => pieces,
            _ => Vec::new(),
        }
    }

    /// Opens a flow of its own (a text box), to be closed by `close_flow`.
    pub(crate) fn open_flow(&mut self) {
        self.frames.push(Frame::Flow(Vec::new()));
    }

    /// Ends a flow and returns what it holds. A table left open inside is closed first.
    pub(crate) fn close_flow(&mut self) -> Vec<Piece> {
        while self.frames.len() > 1 {
            match self.frames.last() {
                Some(Frame::Cell(_)) => self.close_cell(),
                Some(Frame::Table(_)) => self.close_table(),
                _ => {
                    return match self.frames.pop() {
                        Some(Frame::Flow(pieces)) => pieces,
                        _ => Vec::new(),
                    };
                }
            }
        }
        Vec::new()
    }
}
