//! The rows of a file checked: what is wrong, what may stand there already, what would be done with it.

use std::collections::HashMap;

use keqiao_access::RegionCode;
use keqiao_base::EntryId;
use keqiao_directory::Entry;
use keqiao_directory::duplicate::{Brief, Certainty, Index};
use keqiao_i18n::Bilingual;
use keqiao_sheet::Sheet;
use keqiao_sheet::check::{self, Checked, Note};
use keqiao_store::directory::{Import, ImportRow, ImportState, entry, import};

use super::work::{Payload, Step};
use super::{Counterpart, FileColumns, keys};
use crate::context::Ctx;
use crate::directory::{Regions, region_of};
use crate::error::AppResult;
use crate::files::FileHash;

/// The rows of the file that are entries, read anew: the file is what counts, not what was remembered of it.
pub(super) async fn read<T: Entry>(ctx: &Ctx, import: &Import, regions: &[RegionCode]) -> AppResult<Vec<Checked<T>>> {
    let hash: FileHash = import.file.parse()?;
    let bytes = ctx.files.read(&hash).await?;
    let (name, region, regions) = (import.file_name.clone(), import.region, regions.to_vec());
    let columns: FileColumns = serde_json::from_str(&import.columns)?;
    let keys = keys(import.list, &columns);
    let read = move || {
        let sheet = Sheet::read(&name, &bytes)?;
        let places = Regions(Some(region));
        let indexes = (columns.first_row..sheet.len()).filter(|&i| !check::passed_over(&sheet, i));
        let rows = indexes.map(|i| allowed(check::row::<T>(&sheet, i, &keys, &places), region, &regions));
        Ok::<_, keqiao_base::Refusal>(rows.collect())
    };
    Ok(tokio::task::spawn_blocking(read).await??)
}

/// A row for a region that who imports does not keep is at fault.
fn allowed<T: Entry>(mut row: Checked<T>, otherwise: RegionCode, regions: &[RegionCode]) -> Checked<T> {
    let region = region_of(&row.entry, otherwise);
    if row.entry.get("region").is_empty() {
        row.entry.set("region", otherwise.code());
    }
    if !regions.iter().any(|r| r.contains(region)) {
        let title = T::column("region").map(|c| Bilingual::from(c.title)).unwrap_or_default();
        let message = Bilingual::new(
            "这个地区不归您管理，这一行不能导入。请改成本地区或下辖地区。",
            "You do not keep this region; the row cannot be imported. Write your region or one below it.",
        );
        row.notes.push(Note {
            row: row.row,
            key: "region".to_owned(),
            title,
            value: region.full_name(),
            message,
            error: true,
        });
    }
    row
}

pub(super) async fn run<T: Entry>(ctx: &Ctx, mut import: Import, payload: &Payload) -> AppResult<()> {
    ctx.progress.set(import.id, 0, 0);
    let rows = read::<T>(ctx, &import, &payload.regions).await?;
    let known = entry::values(ctx.db.read(), T::KIND, payload.regions.clone()).await?;
    let (id, context) = (import.id, ctx.clone());
    let total = rows.len();
    let compare =
        move || compare::<T>(&rows, &known, |done| context.progress.set(id, done, total)).map(|found| (rows, found));
    let (rows, looked) = tokio::task::spawn_blocking(compare).await??;
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    import.row_count = count(rows.len());
    import.at_fault = count(looked.iter().filter(|r| r.at_fault).count());
    import.repeated = count(looked.len()) - import.at_fault;
    import.sound = import.row_count - import.at_fault;
    import.state = ImportState::Preview;
    let looked = looked.into_iter().map(|row| ImportRow { import: id, ..row }).collect();
    let tx = ctx.begin().await?;
    import::replace_rows(&tx, id, looked).await?;
    if import::save(&tx, import, Step::Check.running()).await? {
        ctx.publish(&tx, "import", &serde_json::json!({ "import": id })).await?;
        ctx.commit(tx).await?;
    }
    Ok(())
}

/// Who a brief belongs to: an entry of the directory, or a row of the file.
#[derive(Clone, Copy, PartialEq)]
enum Known {
    Entry(EntryId),
    Row(u32),
}

/// The rows that somebody should look at.
fn compare<T: Entry>(
    rows: &[Checked<T>],
    known: &[(EntryId, String)],
    progress: impl Fn(usize),
) -> AppResult<Vec<ImportRow>> {
    let mut index = Index::default();
    let mut names: HashMap<EntryId, (String, String)> = HashMap::with_capacity(known.len());
    for (id, data) in known {
        let entry: T = serde_json::from_str(data)?;
        names.insert(*id, (entry.get("name").to_owned(), place(&entry)));
        index.add(Known::Entry(*id), Brief::of(&entry));
    }
    let by_number: HashMap<u32, usize> = rows.iter().enumerate().map(|(at, r)| (r.row, at)).collect();
    let mut out = Vec::new();
    for (done, row) in rows.iter().enumerate() {
        if done % 500 == 0 {
            progress(done);
        }
        let mut counterparts: Vec<Counterpart> = Vec::new();
        if row.sound() {
            let brief = Brief::of(&row.entry);
            for found in index.find(&brief) {
                let (entry, row, (name, place)) = match found.id {
                    Known::Entry(id) => (Some(id), None, names.get(&id).cloned().unwrap_or_default()),
                    Known::Row(number) => {
                        let earlier = by_number.get(&number).map(|&at| &rows[at].entry);
                        (None, Some(number), earlier.map(|e| (e.get("name").to_owned(), place(e))).unwrap_or_default())
                    }
                };
                let (reason, certainty) = (found.reason, found.certainty);
                counterparts.push(Counterpart { entry, row, name, place, reason, certainty });
            }
            index.add(Known::Row(row.row), brief);
        }
        if !row.notes.is_empty() || !counterparts.is_empty() {
            out.push(ImportRow {
                import: keqiao_base::ImportId::from(uuid::Uuid::nil()),
                number: i32::try_from(row.row).unwrap_or(i32::MAX),
                at_fault: !row.sound(),
                name: row.entry.get("name").to_owned(),
                notes: serde_json::to_string(&row.notes)?,
                choice: suggested(&counterparts).to_owned(),
                counterparts: serde_json::to_string(&counterparts)?,
            });
        }
    }
    Ok(out)
}

fn place<T: Entry>(entry: &T) -> String {
    let organisation = entry.get("organisation");
    let region = || entry.get("region").parse::<RegionCode>().map(RegionCode::full_name).unwrap_or_default();
    if organisation.is_empty() { region() } else { organisation.to_owned() }
}

/// What is done unless the clerk says otherwise: what is surely or likely the same is merged or, within the file, left out.
fn suggested(counterparts: &[Counterpart]) -> &'static str {
    match counterparts.first() {
        Some(c) if c.certainty >= Certainty::Likely && c.entry.is_some() => "merge",
        Some(c) if c.certainty >= Certainty::Likely => "skip",
        _ => "new",
    }
}
