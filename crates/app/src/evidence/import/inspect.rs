//! What would happen: every row read, with what is wrong or looks wrong, before anything is written.

use std::collections::HashMap;

use keqiao_access::{Actor, RegionCode};
use keqiao_base::{Day, ImportId, ProjectId, Refusal};
use keqiao_evidence::flag::{Around, Neighbour, flags};
use keqiao_evidence::{EvidenceRow, Flag, FlagKind, Stated};
use keqiao_i18n::Bilingual;
use keqiao_sheet::check::{self, Checked, Note};
use keqiao_sheet::{Record as _, Sheet};
use keqiao_store::ConnectionTrait;
use keqiao_store::evidence::{EvidenceImport, around};
use keqiao_store::year::project;

use super::{ROWS_MAX, keys, load};
use crate::context::Ctx;
use crate::directory::Regions;
use crate::directory::import::FileColumns;
use crate::error::AppResult;
use crate::files::FileHash;

/// One row, as it would go in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// The row as the spreadsheet numbers it.
    pub row: u32,
    /// What stands there as title.
    pub title: String,
    /// What it states; none when it cannot go in.
    pub stated: Option<Stated>,
    /// What is wrong.
    pub notes: Vec<Note>,
    /// What looks wrong; it goes in all the same, with its flags.
    pub flags: Vec<Flag>,
}

/// A whole file, as it would go in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inspected {
    /// Its rows.
    pub rows: Vec<Looked>,
    /// The first and the last day of rows that would go in.
    pub days: Option<(Day, Day)>,
}

impl Inspected {
    /// How many rows would go in.
    pub fn sound(&self) -> usize {
        self.rows.iter().filter(|r| r.stated.is_some()).count()
    }

    /// How many would not.
    pub fn at_fault(&self) -> usize {
        self.rows.len() - self.sound()
    }

    /// How many would go in with a flag.
    pub fn flagged(&self) -> usize {
        self.rows.iter().filter(|r| r.stated.is_some() && !r.flags.is_empty()).count()
    }
}

/// What would happen.
///
/// # Errors
/// A refusal when there is no such import for the actor, or the file has too many rows.
pub async fn inspect(ctx: &Ctx, actor: &Actor, id: ImportId) -> AppResult<Inspected> {
    let import = load(ctx, actor, id).await?;
    read(ctx, ctx.db.read(), &import).await
}

/// The same inside the transaction that brings it in.
pub(super) async fn read(ctx: &Ctx, db: &impl ConnectionTrait, import: &EvidenceImport) -> AppResult<Inspected> {
    let hash: FileHash = import.file.parse()?;
    let bytes = ctx.files.read(&hash).await?;
    let (name, region) = (import.file_name.clone(), import.region);
    let columns: FileColumns = serde_json::from_str(&import.columns)?;
    let keys = keys(&columns);
    let read = move || {
        let sheet = Sheet::read(&name, &bytes)?;
        let places = Regions(Some(region));
        let indexes = (columns.first_row..sheet.len()).filter(|&i| !check::passed_over(&sheet, i));
        let rows: Vec<_> = indexes.map(|i| check::row::<EvidenceRow>(&sheet, i, &keys, &places)).collect();
        if rows.len() > ROWS_MAX {
            let zh = format!("表格有 {} 行，一次最多导入 {ROWS_MAX} 行。请分成几个文件。", rows.len());
            let en = format!("{} rows; {ROWS_MAX} at most at a time. Divide the file.", rows.len());
            return Err(Refusal::new(keqiao_base::Kind::TooLarge, "import.too_large", zh, en));
        }
        Ok(rows)
    };
    let rows: Vec<Checked<EvidenceRow>> = tokio::task::spawn_blocking(read).await??;
    let mut looked: Vec<Looked> = rows.into_iter().map(look).collect();
    projects(db, region, &mut looked).await?;
    flag(db, region, ctx.now().day(), &mut looked).await?;
    let mut days: Vec<Day> = looked.iter().filter_map(|r| r.stated.as_ref()).map(|s| s.started).collect();
    days.sort_unstable();
    Ok(Inspected { days: days.first().copied().zip(days.last().copied()), rows: looked })
}

fn look(checked: Checked<EvidenceRow>) -> Looked {
    let (row, mut notes) = (checked.entry, checked.notes);
    let stated = match Stated::of(&row) {
        Ok(stated) => Some(stated),
        Err(faults) => {
            let new = faults.into_iter().filter(|f| notes.iter().all(|n| n.key != f.field)).collect::<Vec<_>>();
            notes.extend(new.into_iter().map(|f| note(checked.row, &row, &f.field, f.message)));
            None
        }
    };
    let stated = stated.filter(|_| notes.iter().all(|n| !n.error));
    // The project is looked up afterwards, by what was written.
    let title = if row.title.is_empty() { row.place.clone() } else { row.title.clone() };
    let mut looked = Looked { row: checked.row, title, stated, notes, flags: Vec::new() };
    if looked.stated.is_some() && !row.project.is_empty() {
        looked.notes.push(Note { error: false, ..note(checked.row, &row, "project", Bilingual::default()) });
    }
    looked
}

fn note(row: u32, entry: &EvidenceRow, key: &str, message: Bilingual) -> Note {
    let title = EvidenceRow::column(key).map(|c| Bilingual::from(c.title)).unwrap_or_default();
    let value = entry.get(key).chars().take(60).collect();
    Note { row, key: key.to_owned(), title, value, message, error: true }
}

/// Looks up the projects that were written, by code or name, in the year of each row.
async fn projects(db: &impl ConnectionTrait, region: RegionCode, rows: &mut [Looked]) -> AppResult<()> {
    let mut known: HashMap<i32, Vec<(ProjectId, String, String)>> = HashMap::new();
    for row in rows {
        let Some(at) = row.notes.iter().position(|n| n.key == "project" && !n.error) else { continue };
        let Some(stated) = row.stated.as_mut() else { continue };
        let year = stated.started.year();
        if let std::collections::hash_map::Entry::Vacant(empty) = known.entry(year) {
            let found = project::of(db, region, year).await?;
            empty.insert(found.into_iter().map(|p| (p.id, p.code, p.name)).collect());
        }
        let written = row.notes[at].value.clone();
        let found = known[&year].iter().find(|(_, code, name)| *code == written || *name == written);
        match found {
            Some((id, ..)) => {
                stated.project = Some(*id);
                row.notes.remove(at);
            }
            None => {
                row.notes[at].error = true;
                row.notes[at].message = Bilingual::new(
                    format!("{year}年没有这个编码或名称的项目。请先登记项目，或清空这一格。"),
                    format!("The year {year} has no such project. Enter the project first, or clear the cell."),
                );
                row.stated = None;
            }
        }
    }
    Ok(())
}

/// Flags each row by the records that are there, and by the rows before it.
async fn flag(db: &impl ConnectionTrait, region: RegionCode, today: Day, rows: &mut [Looked]) -> AppResult<()> {
    let keys: Vec<String> = rows.iter().filter_map(|r| r.stated.as_ref()).map(Stated::twin).collect();
    let mut there: HashMap<String, Vec<Neighbour>> = around::twins(db, region, &keys).await?;
    let mut before: HashMap<String, u32> = HashMap::new();
    for row in rows {
        let Some(stated) = &row.stated else { continue };
        let key = stated.twin();
        let around = Around { twins: there.remove(&key).unwrap_or_default(), ..Around::default() };
        row.flags = flags(stated, today, &around);
        if let Some(earlier) = before.get(&key) {
            let zh = format!("与本表第 {earlier} 行的名称、日期、地点都相同。");
            let en = format!("Title, day and place are those of row {earlier} of this file.");
            row.flags.push(Flag { kind: FlagKind::Twin, reason: Bilingual::new(zh, en), other: None });
        } else {
            before.insert(key, row.row);
        }
    }
    Ok(())
}
