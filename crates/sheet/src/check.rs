//! Rows of a file made into entries, with a note in words for what is wrong: where, what stands there, what to do.

use keqiao_i18n::{Bilingual, Fixed};
use serde::{Deserialize, Serialize};

use crate::value::Places;
use crate::{Record, Sheet};

/// A note on one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The row as the spreadsheet numbers it.
    pub row: u32,
    /// The key of the column; empty when the note is on the whole row.
    pub key: String,
    /// The column's title.
    pub title: Bilingual,
    /// What stands there.
    pub value: String,
    /// What is wrong and what to do.
    pub message: Bilingual,
    /// Whether the row cannot be imported; otherwise it is only worth a look.
    pub error: bool,
}

/// One row, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked<T> {
    /// The row as the spreadsheet numbers it.
    pub row: u32,
    /// What was understood; a value that is wrong is left out.
    pub entry: T,
    /// What is wrong.
    pub notes: Vec<Note>,
}

impl<T> Checked<T> {
    /// Whether the row can be imported.
    pub fn sound(&self) -> bool {
        self.notes.iter().all(|n| !n.error)
    }
}

/// A row that is no entry: empty, or the template's own sample and notes.
pub fn passed_over(sheet: &Sheet, index: usize) -> bool {
    match sheet.row(index).iter().find(|c| !c.is_empty()) {
        None => true,
        Some(first) => crate::template::MARKS.iter().any(|mark| first.starts_with(mark)),
    }
}

/// Reads the row at `index` (from 0); `keys[c]` is what column `c` of the file means.
pub fn row<T: Record>(sheet: &Sheet, index: usize, keys: &[Option<&'static str>], places: &dyn Places) -> Checked<T> {
    let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
    let cells = keys.iter().enumerate().filter_map(|(at, key)| key.map(|key| (key, sheet.cell(index, at))));
    let (entry, notes) = entry(cells, places);
    Checked { row: number, entry, notes: notes.into_iter().map(|note| Note { row: number, ..note }).collect() }
}

/// Makes an entry of written values: a row, a form, what a program sent.
pub fn entry<'a, T: Record>(cells: impl Iterator<Item = (&'a str, &'a str)>, places: &dyn Places) -> (T, Vec<Note>) {
    let mut made = T::default();
    let mut notes: Vec<Note> = Vec::new();
    for (key, text) in cells {
        let Some(column) = T::column(key) else { continue };
        match column.value.read(text, places) {
            Ok(stored) => made.set(column.key, stored),
            Err(message) => notes.push(note(column, text, message)),
        }
    }
    for column in T::columns().iter().filter(|c| c.required && made.get(c.key).is_empty()) {
        if notes.iter().all(|n| n.key != column.key) {
            let Fixed { zh, en } = column.title;
            notes.push(note(
                column,
                "",
                Bilingual::new(format!("缺少{zh}，这一项必填。"), format!("{en} is missing; it is required.")),
            ));
        }
    }
    (made, notes)
}

fn note(column: &crate::Column, value: &str, message: Bilingual) -> Note {
    let value = value.chars().take(60).collect();
    Note { row: 0, key: column.key.to_owned(), title: column.title.into(), value, message, error: true }
}

/// Knows no names of regions; takes six digits as they are. For places where regions do not matter.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoPlaces;

impl Places for NoPlaces {
    fn code(&self, text: &str) -> Option<String> {
        (text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.to_owned())
    }

    fn name(&self, _: &str) -> Option<String> {
        None
    }
}
