//! Workbooks: xlsx and xlsb through calamine; xls and et, whose number formats calamine does not keep, through
//! office_oxide. Cells are kept by place, never as a dense grid: one far-off cell would make that gigabytes.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsb, Xlsx};
use office_oxide::DocumentFormat;

use crate::container::{Container, Deadline};
use crate::flow::{COLUMNS_MAX, Grid, GridCell, Piece};
use crate::{Format, Limits, Problem, ProblemKind, Read, number, print, refuse};

/// Cells with words, by row and column, and merged regions.
#[derive(Default)]
pub(crate) struct Sheet {
    cells: BTreeMap<(u32, u32), String>,
    /// First row, first column, last row, last column.
    pub(crate) merged: Vec<(u32, u32, u32, u32)>,
}

const CELLS_MAX: usize = 2_000_000;

pub(crate) fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Read, Problem> {
    let (mut hidden, mut lost) = (Vec::new(), Vec::new());
    let sheets = if bytes.starts_with(b"PK") {
        zipped(bytes, limits, &mut hidden, &mut lost)?
    } else {
        compound(bytes, &mut hidden)?
    };
    let pieces = sheets.into_iter().flat_map(pieces).collect();
    let document = print::print(name, Format::Excel, pieces);
    let mut problems = Vec::new();
    if !hidden.is_empty() {
        let names = hidden.join("、");
        problems.push(refuse::part_lost(
            &format!("隐藏的工作表「{names}」没有检查"),
            &format!("hidden sheets ({names}) were left out"),
        ));
    }
    if !lost.is_empty() {
        let names = lost.join("、");
        problems.push(refuse::part_lost(&format!("工作表「{names}」已损坏"), &format!("damaged sheets ({names})")));
    }
    Ok(Read { document: Some(document), problems })
}

pub(crate) fn broken() -> Problem {
    refuse::damaged("工作簿的内部结构有误", "the structure of the workbook is wrong")
}

fn zipped(
    bytes: &[u8],
    limits: &Limits,
    hidden: &mut Vec<String>,
    lost: &mut Vec<String>,
) -> Result<Vec<Sheet>, Problem> {
    let mut container = Container::open(bytes, limits)?;
    container.verify()?;
    let deadline = container.deadline;
    let source = Cursor::new(bytes);
    if container.has("xl/workbook.bin") {
        let mut book = Xlsb::new(source).map_err(|_| broken())?;
        let names = visible(&book, hidden);
        return each(names, lost, |name| xlsb_sheet(&mut book, name, deadline));
    }
    if container.has_folder("xl/") {
        let mut book = Xlsx::new(source).map_err(|_| broken())?;
        let names = visible(&book, hidden);
        return each(names, lost, |name| xlsx_sheet(&mut book, name, deadline));
    }
    let (sheets, names) = crate::ods::sheets(&mut container)?;
    hidden.extend(names);
    Ok(sheets)
}

/// Reads the sheets one by one. A broken one, or one on which the library panics, costs only itself.
fn each(
    names: Vec<String>,
    lost: &mut Vec<String>,
    mut read: impl FnMut(&str) -> Result<Sheet, Problem>,
) -> Result<Vec<Sheet>, Problem> {
    let mut sheets = Vec::new();
    for name in names {
        match catch_unwind(AssertUnwindSafe(|| read(&name))) {
            Ok(Ok(sheet)) => sheets.push(sheet),
            Ok(Err(problem)) if problem.kind != ProblemKind::Damaged => return Err(problem),
            _ => lost.push(name),
        }
    }
    if sheets.is_empty() && !lost.is_empty() { Err(broken()) } else { Ok(sheets) }
}

/// Names of the sheets to read; hidden ones are noted.
fn visible<'a, R: Reader<Cursor<&'a [u8]>>>(book: &R, hidden: &mut Vec<String>) -> Vec<String> {
    let mut names = Vec::new();
    for sheet in book.sheets_metadata() {
        match (&sheet.visible, &sheet.typ) {
            (SheetVisible::Visible, SheetType::WorkSheet) => names.push(sheet.name.clone()),
            (SheetVisible::Hidden, SheetType::WorkSheet) => hidden.push(sheet.name.clone()),
            _ => {}
        }
    }
    names
}

fn xlsx_sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, deadline: Deadline) -> Result<Sheet, Problem> {
    let (mut sheet, mut seen) = (Sheet::default(), Seen(0));
    {
        let mut cells = book.worksheet_cells_reader(name).map_err(|_| broken())?;
        while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|_| broken())? {
            let format = cells.styles().get(style).and_then(|s| s.number_format.as_ref());
            let format = format.map_or("General", |f| f.format_code.as_str());
            let words = shown(&Data::from(cell.get_value().clone()), format);
            sheet.put(cell.get_position(), words)?;
            seen.check(deadline)?;
        }
    }
    for region in book.merge_cells_by_sheet_name(name).unwrap_or_default() {
        sheet.merge(region);
    }
    Ok(sheet)
}

fn xlsb_sheet(book: &mut Xlsb<Cursor<&[u8]>>, name: &str, deadline: Deadline) -> Result<Sheet, Problem> {
    let (mut sheet, mut seen) = (Sheet::default(), Seen(0));
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| broken())?;
    while let Some(cell) = cells.next_cell().map_err(|_| broken())? {
        let value: DataRef<'_> = cell.get_value().clone();
        sheet.put(cell.get_position(), shown(&Data::from(value), "General"))?;
        seen.check(deadline)?;
    }
    Ok(sheet)
}

fn compound(bytes: &[u8], hidden: &mut Vec<String>) -> Result<Vec<Sheet>, Problem> {
    let document = crate::doc::open(bytes, DocumentFormat::Xls)?;
    let workbook = document.as_xls().ok_or_else(broken)?;
    let mut sheets = Vec::new();
    for source in &workbook.sheets {
        if source.hidden {
            hidden.push(source.name.clone());
            continue;
        }
        let mut sheet = Sheet::default();
        for (row, cells) in source.rows.iter().enumerate() {
            for column in 0..cells.len() {
                let words = source.display_text(row, column).unwrap_or_default();
                if !words.trim().is_empty() {
                    sheet.cells.insert((narrow(row), narrow(column)), words.trim().to_owned());
                }
            }
        }
        for (first_row, last_row, first_column, last_column) in &source.merged_cells {
            sheet.merged.push(((*first_row).into(), (*first_column).into(), (*last_row).into(), (*last_column).into()));
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn too_many() -> Problem {
    refuse::too_large("工作表的单元格过多", "a sheet has too many cells")
}

fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A value as the sheet shows it.
fn shown(value: &Data, format: &str) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(s) | Data::DateTimeIso(s) | Data::DurationIso(s) => s.trim().to_owned(),
        Data::Int(i) => number::show_text(&i.to_string(), format),
        Data::Float(f) => number::show(*f, format),
        Data::Bool(b) => if *b { "TRUE" } else { "FALSE" }.to_owned(),
        Data::Error(e) => e.to_string(),
        Data::DateTime(d) => {
            let (year, month, day, hour, minute, second, _) = d.to_ymd_hms_milli();
            match (format.contains('年'), format.contains('日') || !format.contains('月'), hour, minute, second) {
                (true, true, ..) => format!("{year}年{month}月{day}日"),
                (true, false, ..) => format!("{year}年{month}月"),
                (false, _, 0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
            }
        }
    }
}

/// Cells seen, empty ones too: every so often the clock is looked at.
struct Seen(u32);

impl Seen {
    fn check(&mut self, deadline: Deadline) -> Result<(), Problem> {
        self.0 = self.0.wrapping_add(1);
        if self.0.is_multiple_of(1 << 14) { deadline.check() } else { Ok(()) }
    }
}

impl Sheet {
    pub(crate) fn put(&mut self, place: (u32, u32), words: String) -> Result<(), Problem> {
        if self.cells.len() >= CELLS_MAX {
            return Err(too_many());
        }
        if !words.trim().is_empty() {
            self.cells.insert(place, words);
        }
        Ok(())
    }

    fn merge(&mut self, region: Dimensions) {
        self.merged.push((region.start.0, region.start.1, region.end.0, region.end.1));
    }
}

/// A row of the sheet and its cells with words, by column.
type Line = (u32, Vec<(u32, String)>);

/// The tables of a sheet. A blank row before a title line ends one.
fn pieces(sheet: Sheet) -> Vec<Piece> {
    let mut rows: BTreeMap<u32, Vec<(u32, String)>> = BTreeMap::new();
    for ((row, column), words) in sheet.cells {
        rows.entry(row).or_default().push((column, words));
    }
    let mut parts: Vec<Vec<Line>> = Vec::new();
    for (row, cells) in rows {
        let title = cells.len() == 1 && cells[0].1.trim_end().ends_with('表');
        match parts.last_mut() {
            Some(part) if !(title && part.last().is_some_and(|(last, _)| row > last + 1)) => part.push((row, cells)),
            _ => parts.push(vec![(row, cells)]),
        }
    }
    parts.into_iter().map(|part| Piece::Grid(grid(part, &sheet.merged))).collect()
}

fn grid(part: Vec<Line>, merged: &[(u32, u32, u32, u32)]) -> Grid {
    let left = part.iter().filter_map(|(_, cells)| cells.first()).map(|c| c.0).min().unwrap_or(0);
    let right = part.iter().filter_map(|(_, cells)| cells.last()).map(|c| c.0).max().unwrap_or(0);
    let right = right.min(left.saturating_add(COLUMNS_MAX - 1));
    let places: BTreeMap<u32, u32> = part.iter().map(|p| p.0).zip(0u32..).collect();
    let mut regions: BTreeMap<(u32, u32), (u32, u32)> = BTreeMap::new();
    for (top, first, bottom, last) in merged {
        // Rows of a region without any words are not printed; the region begins at its first printed row.
        let mut covered = places.range(*top..=(*bottom).max(*top));
        if let Some((row, _)) = covered.next() {
            regions
                .insert((*row, *first), (narrow(covered.count() + 1), last.saturating_sub(*first).saturating_add(1)));
        }
    }
    let mut grid = Grid::default();
    // For each column, the first row that no region above reaches.
    let mut reached: BTreeMap<u32, u32> = BTreeMap::new();
    for (at, (row, cells)) in (0u32..).zip(part) {
        let lone = lone(&cells, left, right);
        let mut words: BTreeMap<u32, String> = cells.into_iter().collect();
        let mut line = Vec::new();
        let mut column = left;
        while column <= right {
            if reached.get(&column).is_some_and(|until| *until > at) {
                column += 1;
                continue;
            }
            let (row_span, column_span) = regions.get(&(row, column)).copied().unwrap_or((1, 1));
            let column_span = column_span.min(right - column + 1);
            reached.extend((column..column + column_span).map(|c| (c, at + row_span)));
            let pieces = words.remove(&column).map(Piece::words).into_iter().collect();
            line.push(GridCell { column: Some(column - left), row_span, column_span, pieces, ..GridCell::default() });
            column += column_span;
        }
        if let Some(words) = lone {
            let cell = GridCell {
                column: Some(0),
                row_span: 1,
                column_span: right - left + 1,
                pieces: vec![Piece::words(words)],
                ..GridCell::default()
            };
            line = vec![cell];
        }
        grid.rows.push(line);
    }
    widen_titles(&mut grid);
    grid.lay_out();
    grid
}

/// The words of a row that holds nothing else, if they may stand over the whole width (a title, a note).
fn lone(cells: &[(u32, String)], left: u32, right: u32) -> Option<String> {
    let note = |w: &str| ["注：", "注:", "备注：", "说明：", "单位：", "单位:"].iter().any(|n| w.starts_with(n));
    match cells {
        [(_, words)] if right > left && (note(words) || words.ends_with('表')) => Some(words.clone()),
        _ => None,
    }
}

/// Rows above the table that hold one cell each are title lines, whatever their width.
fn widen_titles(grid: &mut Grid) {
    let columns = grid.rows.iter().flatten().map(|c| c.column.unwrap_or(0) + c.column_span).max().unwrap_or(0);
    for line in &mut grid.rows {
        let filled: Vec<usize> = (0..line.len()).filter(|i| !line[*i].pieces.is_empty()).collect();
        match filled.as_slice() {
            [only] if line.iter().all(|c| c.row_span == 1) && columns > 1 => {
                let mut cell = line.swap_remove(*only);
                (cell.column, cell.column_span) = (Some(0), columns);
                *line = vec![cell];
            }
            _ => break,
        }
    }
}
