//! A spreadsheet of records on its way in: taken in, its columns chosen, looked at, brought in by one transaction, taken back by declaring
//! all of it void. The file is what counts: it is read anew at each step.

mod bring;
mod inspect;

use std::collections::HashMap;

use keqiao_access::{Actor, RegionCode, Signed, may};
use keqiao_base::{ImportId, Kind, Refusal};
use keqiao_evidence::EvidenceRow;
use keqiao_i18n::{Bilingual, Lang};
use keqiao_sheet::mapping::{self, Remembered};
use keqiao_sheet::{Record as _, Sheet, heading, template as blank};
use keqiao_store::evidence::{EvidenceImport, EvidenceImportState, import as rows};
use keqiao_store::{Page, PageRequest};

use crate::context::Ctx;
use crate::directory::import::{FileColumn, FileColumns};
use crate::error::{AppError, AppResult};
use crate::files::FileHash;
use crate::log;

pub use bring::{bring, undo};
pub use inspect::{Inspected, Looked, inspect};
pub use keqiao_store::evidence::{EvidenceImport as ImportRecord, EvidenceImportState as ImportState};

/// The most records of one file: all of them go in, and are taken back, by one transaction.
pub const ROWS_MAX: usize = 20_000;

/// Takes a file in and reads what its columns are.
///
/// # Errors
/// A refusal when it is no table that can be read, or the actor may not record for the region.
pub async fn begin(
    ctx: &Ctx,
    actor: &Actor,
    region: RegionCode,
    file_name: &str,
    file: &FileHash,
) -> AppResult<ImportId> {
    let who = actor.must(may::record_evidence(actor, region))?;
    let remembered = remembered(ctx, who).await?;
    let bytes = ctx.files.read(file).await?;
    let file_name: String = file_name.rsplit(['/', '\\']).next().unwrap_or_default().chars().take(120).collect();
    let name = file_name.clone();
    let read = move || -> Result<FileColumns, Refusal> { Ok(columns(&Sheet::read(&name, &bytes)?, &remembered)) };
    let columns = tokio::task::spawn_blocking(read).await??;
    let id = ImportId::new(&*ctx.clock, &*ctx.entropy);
    let row = EvidenceImport {
        id,
        region,
        state: EvidenceImportState::Preview,
        file: file.to_string(),
        file_name,
        columns: serde_json::to_string(&columns)?,
        row_count: 0,
        at_fault: 0,
        made: 0,
        account: who.account,
        account_name: who.name.clone(),
        created_at: ctx.now(),
        finished_at: None,
        undone_at: None,
    };
    let tx = ctx.begin().await?;
    rows::insert(&tx, row).await?;
    ctx.commit(tx).await?;
    Ok(id)
}

fn columns(sheet: &Sheet, remembered: &Remembered) -> FileColumns {
    let heading = heading::find(sheet, EvidenceRow::columns());
    let columns = mapping::suggest(sheet, &heading, EvidenceRow::columns(), remembered);
    let column = |s: mapping::Suggestion| FileColumn {
        title: s.title,
        key: s.key.unwrap_or_default().to_owned(),
        because: s.because,
        examples: s.examples.into_iter().map(|e| e.chars().take(40).collect()).collect(),
    };
    FileColumns {
        sheet: sheet.name.clone(),
        others: sheet.others,
        first_row: heading.first_row,
        columns: columns.into_iter().map(column).collect(),
    }
}

/// What the actor chose for columns of these titles before.
async fn remembered(ctx: &Ctx, who: &Signed) -> AppResult<Remembered> {
    let mut out = Remembered::new();
    let mut past = rows::finished(ctx.db.read(), who.account).await?;
    past.reverse();
    for import in past {
        let columns: FileColumns = serde_json::from_str(&import.columns)?;
        let titles: Vec<String> = columns.columns.iter().map(|c| c.title.clone()).collect();
        out.extend(mapping::remember(&titles, &keys(&columns)));
    }
    Ok(out)
}

/// The keys of the columns as the list declares them.
fn keys(columns: &FileColumns) -> Vec<Option<&'static str>> {
    columns.columns.iter().map(|c| EvidenceRow::columns().iter().map(|d| d.key).find(|k| *k == c.key)).collect()
}

/// An import that the actor may see.
///
/// # Errors
/// A refusal when there is none.
pub async fn load(ctx: &Ctx, actor: &Actor, id: ImportId) -> AppResult<EvidenceImport> {
    actor.must(may::see_evidence(actor))?;
    let found = rows::load(ctx.db.read(), id).await?.filter(|i| may::see_evidence_of(actor, i.region));
    Ok(found.ok_or_else(Refusal::not_found)?)
}

/// Imports of the regions of the actor, newest first.
///
/// # Errors
/// A refusal when the actor may not see evidence.
pub async fn list(ctx: &Ctx, actor: &Actor, request: PageRequest) -> AppResult<Page<EvidenceImport>> {
    actor.must(may::see_evidence(actor))?;
    Ok(rows::page(ctx.db.read(), &may::evidence_regions(actor), request).await?)
}

/// Says what the columns are.
///
/// # Errors
/// A refusal when a required column is missing, one is chosen twice, or the import is past that.
pub async fn choose_columns(ctx: &Ctx, actor: &Actor, id: ImportId, chosen: &HashMap<usize, String>) -> AppResult<()> {
    let mut import = load(ctx, actor, id).await?;
    actor.must(may::record_evidence(actor, import.region))?;
    let mut columns: FileColumns = serde_json::from_str(&import.columns)?;
    for (at, column) in columns.columns.iter_mut().enumerate() {
        if let Some(key) = chosen.get(&at) {
            column.key.clone_from(key);
        }
    }
    let keys = keys(&columns);
    for column in EvidenceRow::columns() {
        let times = keys.iter().filter(|k| **k == Some(column.key)).count();
        let Bilingual { zh, en } = column.title.into();
        if times == 0 && column.required {
            let zh = format!("还没有选哪一列是“{zh}”，这一项必须有。");
            let en = format!("No column is chosen for {en}; it is required.");
            return Err(Refusal::new(Kind::Invalid, "import.column_missing", zh, en).into());
        }
        if times > 1 {
            let zh = format!("“{zh}”选了两列，请只保留一列。");
            let en = format!("{en} is chosen for two columns. Keep one.");
            return Err(Refusal::new(Kind::Invalid, "import.column_twice", zh, en).into());
        }
    }
    import.columns = serde_json::to_string(&columns)?;
    let tx = ctx.begin().await?;
    if !rows::save(&tx, import, EvidenceImportState::Preview).await? {
        return Err(past_that());
    }
    ctx.commit(tx).await
}

/// Throws away an import that brought nothing in; only who began it may.
///
/// # Errors
/// A refusal when somebody else began it, or it was brought in.
pub async fn discard(ctx: &Ctx, actor: &Actor, id: ImportId) -> AppResult<()> {
    let import = load(ctx, actor, id).await?;
    actor.must(actor.account() == Some(import.account))?;
    let tx = ctx.begin().await?;
    if !rows::discard(&tx, id).await? {
        return Err(past_that());
    }
    let detail = serde_json::json!({ "region": import.region });
    log::record(ctx, &tx, actor, "evidence.import_discarded", &format!("evidence_import:{id}"), detail).await?;
    ctx.commit(tx).await
}

/// The spreadsheet to fill in.
///
/// # Errors
/// A refusal when the actor may not record.
pub async fn template(actor: &Actor, lang: Lang) -> AppResult<Vec<u8>> {
    actor.must(may::record_somewhere(actor))?;
    let made = tokio::task::spawn_blocking(move || blank::xlsx::<EvidenceRow>(lang)).await?;
    made.map_err(|e| AppError::Fault(e.into()))
}

fn past_that() -> AppError {
    let (zh, en) = (
        "这次导入已经办理过（可能在另一个窗口里操作过）。请刷新页面查看。",
        "This import stands at another step by now (perhaps by another window). Reload the page.",
    );
    Refusal::new(Kind::Conflict, "import.past", zh, en).into()
}
