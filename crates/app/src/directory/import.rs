//! A file on its way into the directory: taken in, its columns chosen, its rows checked, looked at, brought in by one transaction,
//! taken back later. What lasts runs in the background; each step is one file.

mod bring;
mod inspect;
mod rows;
mod undo;
mod work;

use std::collections::HashMap;

use keqiao_access::{Actor, RegionCode, may};
use keqiao_base::{EntryId, ImportId, Kind, Refusal};
use keqiao_directory::duplicate::{Certainty, Reason};
use keqiao_directory::{Entry, ListKind, Organisation, Person};
use keqiao_i18n::Bilingual;
use keqiao_sheet::mapping::{self, Because, Remembered};
use keqiao_sheet::{Record, Sheet, heading};
use keqiao_store::directory::{Import, ImportState, import};
use keqiao_store::{Page, PageRequest};
use serde::{Deserialize, Serialize};

use crate::context::Ctx;
use crate::error::AppResult;
use crate::files::FileHash;
use crate::log;

pub use keqiao_sheet::check::Note;
pub use keqiao_store::directory::{Import as ImportRecord, ImportState as State};
pub use rows::{Looked, Report, choose, faults_file, kept, rows};
pub use work::ImportWork;

use work::{Payload, Step};

/// The columns of a file and what they were chosen to be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileColumns {
    /// The worksheet that was read.
    pub sheet: String,
    /// Other worksheets that hold something and are not read.
    pub others: usize,
    /// The index of the first row below the heading.
    pub first_row: usize,
    /// Column by column.
    pub columns: Vec<FileColumn>,
}

/// One column of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileColumn {
    /// Its title in the file.
    pub title: String,
    /// The key of the list's column; empty: not imported.
    pub key: String,
    /// Why it was suggested.
    pub because: Because,
    /// Its first values.
    pub examples: Vec<String>,
}

/// What a row may repeat: an entry of the directory, or an earlier row of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counterpart {
    /// The entry.
    pub entry: Option<EntryId>,
    /// The row, as the spreadsheet numbers it.
    pub row: Option<u32>,
    /// Its name.
    pub name: String,
    /// Its organisation or region, to tell it from others.
    pub place: String,
    /// Why.
    pub reason: Reason,
    /// How sure.
    pub certainty: Certainty,
}

/// Takes a file in and reads what its columns are.
///
/// # Errors
/// A refusal when it is no table that can be read, or who asks may not import for the region.
pub async fn begin(
    ctx: &Ctx,
    actor: &Actor,
    list: ListKind,
    region: RegionCode,
    file_name: &str,
    file: &FileHash,
) -> AppResult<ImportId> {
    actor.must(may::import(actor))?;
    let who = actor.must(may::edit_entry(actor, region))?;
    let remembered = remembered(ctx, list, who).await?;
    let bytes = ctx.files.read(file).await?;
    let file_name: String = file_name.rsplit(['/', '\\']).next().unwrap_or_default().chars().take(120).collect();
    let name = file_name.clone();
    let read = move || -> Result<FileColumns, Refusal> {
        let sheet = Sheet::read(&name, &bytes)?;
        Ok(match list {
            ListKind::People => read_columns::<Person>(&sheet, &remembered),
            ListKind::Organisations => read_columns::<Organisation>(&sheet, &remembered),
        })
    };
    let columns = tokio::task::spawn_blocking(read).await??;
    let id = ImportId::new(&*ctx.clock, &*ctx.entropy);
    let row = Import {
        id,
        list,
        state: ImportState::Mapping,
        file: file.to_string(),
        file_name,
        region,
        columns: serde_json::to_string(&columns)?,
        row_count: 0,
        sound: 0,
        at_fault: 0,
        repeated: 0,
        made: 0,
        merged: 0,
        skipped: 0,
        kept: 0,
        account: who.account,
        account_name: who.name.clone(),
        error: None,
        created_at: ctx.now(),
        finished_at: None,
        undone_at: None,
    };
    let tx = ctx.begin().await?;
    import::insert(&tx, row).await?;
    ctx.commit(tx).await?;
    Ok(id)
}

fn read_columns<T: Entry>(sheet: &Sheet, remembered: &Remembered) -> FileColumns {
    let heading = heading::find(sheet, T::columns());
    let columns = mapping::suggest(sheet, &heading, T::columns(), remembered).into_iter().map(|s| FileColumn {
        title: s.title,
        key: s.key.unwrap_or_default().to_owned(),
        because: s.because,
        examples: s.examples.into_iter().map(|e| e.chars().take(40).collect()).collect(),
    });
    FileColumns {
        sheet: sheet.name.clone(),
        others: sheet.others,
        first_row: heading.first_row,
        columns: columns.collect(),
    }
}

/// What who asks chose for columns of these titles before.
async fn remembered(ctx: &Ctx, list: ListKind, who: &keqiao_access::Signed) -> AppResult<Remembered> {
    let mut out = Remembered::new();
    let mut past = import::finished(ctx.db.read(), list, who.account).await?;
    past.reverse();
    for import in past {
        let columns: FileColumns = serde_json::from_str(&import.columns)?;
        let titles: Vec<String> = columns.columns.iter().map(|c| c.title.clone()).collect();
        out.extend(mapping::remember(&titles, &keys(list, &columns)));
    }
    Ok(out)
}

/// The keys of the columns as the list declares them.
fn keys(list: ListKind, columns: &FileColumns) -> Vec<Option<&'static str>> {
    let declared = match list {
        ListKind::People => Person::columns(),
        ListKind::Organisations => Organisation::columns(),
    };
    columns.columns.iter().map(|c| declared.iter().map(|d| d.key).find(|k| *k == c.key)).collect()
}

/// An import that who asks may see.
///
/// # Errors
/// A refusal when there is none.
pub async fn load(ctx: &Ctx, actor: &Actor, id: ImportId) -> AppResult<Import> {
    actor.must(may::see_directory(actor))?;
    let found = import::load(ctx.db.read(), id).await?.filter(|i| may::see_entry(actor, i.region));
    found.ok_or_else(|| Refusal::not_found().into())
}

/// An import that who asks may carry on with.
async fn mine(ctx: &Ctx, actor: &Actor, id: ImportId) -> AppResult<Import> {
    let found = load(ctx, actor, id).await?;
    actor.must(may::import(actor) && may::edit_entry(actor, found.region))?;
    Ok(found)
}

/// Imports of the regions of who asks, newest first.
///
/// # Errors
/// A refusal when who asks may not see the directory.
pub async fn list(ctx: &Ctx, actor: &Actor, request: PageRequest) -> AppResult<Page<Import>> {
    actor.must(may::see_directory(actor))?;
    Ok(import::page(ctx.db.read(), &may::directory_regions(actor), request).await?)
}

/// How far an import is: rows done, rows in all.
pub fn progress(ctx: &Ctx, id: ImportId) -> Option<(usize, usize)> {
    ctx.progress.of(id)
}

/// Says what the columns are, and has the rows checked.
///
/// # Errors
/// A refusal when a required column is missing, one is chosen twice, or the import is past that.
pub async fn choose_columns(ctx: &Ctx, actor: &Actor, id: ImportId, chosen: &HashMap<usize, String>) -> AppResult<()> {
    let mut import = mine(ctx, actor, id).await?;
    let was = import.state;
    if !matches!(was, ImportState::Mapping | ImportState::Preview) {
        return Err(past_that());
    }
    let mut columns: FileColumns = serde_json::from_str(&import.columns)?;
    for (at, column) in columns.columns.iter_mut().enumerate() {
        if let Some(key) = chosen.get(&at) {
            column.key.clone_from(key);
        }
    }
    let keys = keys(import.list, &columns);
    let declared = match import.list {
        ListKind::People => Person::columns(),
        ListKind::Organisations => Organisation::columns(),
    };
    for column in declared {
        let times = keys.iter().filter(|k| **k == Some(column.key)).count();
        let Bilingual { zh, en } = column.title.into();
        if times == 0 && column.required {
            let (zh, en) = (
                format!("还没有选哪一列是“{zh}”，这一项必须有。"),
                format!("No column is chosen for {en}; it is required."),
            );
            return Err(Refusal::new(Kind::Invalid, "import.column_missing", zh, en).into());
        }
        if times > 1 {
            let (zh, en) = (
                format!("有{times}列都选了“{zh}”，请只留一列。"),
                format!("{times} columns are chosen for {en}; keep one."),
            );
            return Err(Refusal::new(Kind::Invalid, "import.column_twice", zh, en).into());
        }
    }
    import.columns = serde_json::to_string(&columns)?;
    proceed(ctx, actor, import, was, Step::Check).await
}

/// Brings the rows in.
///
/// # Errors
/// A refusal when the import is past that.
pub async fn run(ctx: &Ctx, actor: &Actor, id: ImportId) -> AppResult<()> {
    let import = mine(ctx, actor, id).await?;
    if import.sound == 0 {
        let (zh, en) = (
            "没有可以导入的行。请按提示改好表格后重新上传。",
            "There is no row to import. Correct the file and send it again.",
        );
        return Err(Refusal::new(Kind::Invalid, "import.nothing", zh, en).into());
    }
    proceed(ctx, actor, import, ImportState::Preview, Step::Bring).await
}

/// Takes back what an import did.
///
/// # Errors
/// A refusal when who asks may not, or it was not brought in.
pub async fn undo(ctx: &Ctx, actor: &Actor, id: ImportId) -> AppResult<()> {
    let import = load(ctx, actor, id).await?;
    actor.must(may::undo_import(actor, import.region))?;
    proceed(ctx, actor, import, ImportState::Done, Step::Undo).await
}

/// Throws away an import that brought nothing in; only who began it may.
///
/// # Errors
/// A refusal when somebody else began it, or it is past that.
pub async fn discard(ctx: &Ctx, actor: &Actor, id: ImportId) -> AppResult<()> {
    let import = mine(ctx, actor, id).await?;
    actor.must(actor.account() == Some(import.account))?;
    if !import.state.is_unfinished() {
        return Err(past_that());
    }
    let tx = ctx.begin().await?;
    if !import::discard(&tx, id, import.state).await? {
        return Err(past_that());
    }
    let detail = serde_json::json!({ "region": import.region });
    log::record(ctx, &tx, actor, "directory.import_discarded", &format!("import:{id}"), detail).await?;
    ctx.commit(tx).await
}

/// Turns an import to its next step and puts the job for it, with its line in the log.
async fn proceed(ctx: &Ctx, actor: &Actor, mut import: Import, was: ImportState, step: Step) -> AppResult<()> {
    let (id, region) = (import.id, import.region);
    import.state = step.running();
    import.error = None;
    let payload = Payload {
        import: id,
        step,
        account: actor.account(),
        name: actor.signed().map(|s| s.name.clone()).unwrap_or_default(),
        regions: may::edit_regions(actor),
    };
    let tx = ctx.begin().await?;
    if !import::save(&tx, import, was).await? {
        return Err(past_that());
    }
    ctx.put_job(&tx, ImportWork::KIND, &payload).await?;
    if step != Step::Check {
        let detail = serde_json::json!({ "region": region });
        log::record(ctx, &tx, actor, step.action(), &format!("import:{id}"), detail).await?;
    }
    ctx.commit(tx).await
}

fn past_that() -> crate::AppError {
    let (zh, en) = (
        "这次导入已经进行到别的步骤（可能在另一个窗口里操作过）。请刷新页面查看。",
        "This import stands at another step by now (perhaps by another window). Reload the page.",
    );
    Refusal::new(Kind::Conflict, "import.past", zh, en).into()
}
