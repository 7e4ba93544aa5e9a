//! A file of finance software on its way into the books: taken in, its columns chosen (remembered by source), its lines inspected with
//! notes, control totals and differences, brought in by one transaction or refused, taken back as a whole while the year is open.

mod booked;
mod inspect;
pub(crate) mod lines;
mod report;
mod total;
mod vouchers;

use std::collections::HashMap;

use keqiao_access::{Actor, RegionCode, may};
use keqiao_accounts::{BudgetRow, LedgerRow};
use keqiao_base::{BookImportId, Fen, Kind, Refusal, UnitId};
use keqiao_sheet::mapping::{self, Remembered};
use keqiao_sheet::{Column, Record, Sheet, heading};
use keqiao_store::money::{BookImport, BookImportState, BookList, import, ledger};
use keqiao_store::year::unit;
use keqiao_store::{Page, PageRequest};
use serde_json::json;

use booked::Booked;

use crate::context::Ctx;
use crate::error::{AppError, AppResult};
use crate::files::FileHash;
use crate::year::{finish, must_be_open};

pub use crate::directory::import::{FileColumn, FileColumns};
pub use keqiao_store::money::{BookImport as ImportRecord, BookImportState as State, BookList as List};
pub use report::{Inspected, Report, TotalLine, VoucherDifference};

/// Characters of the name of a source.
const SOURCE_MAX: usize = 40;

/// Where a file goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Into which list.
    pub list: BookList,
    /// The department.
    pub region: RegionCode,
    /// Fiscal year.
    pub year: i32,
    /// The unit of rows that name none.
    pub unit: UnitId,
    /// Which software it came from, in the clerk's words.
    pub source: String,
}

/// Takes a file in and reads what its columns are.
///
/// # Errors
/// A refusal when it is no table, the actor may not keep these books, or the year is closed or not opened.
pub async fn begin(
    ctx: &Ctx,
    actor: &Actor,
    target: &Target,
    file_name: &str,
    file: &FileHash,
) -> AppResult<BookImportId> {
    let who = actor.must(may::keep_books(actor, target.region))?;
    let source: String = target.source.trim().chars().filter(|c| !c.is_control()).take(SOURCE_MAX).collect();
    must_be_opened(ctx, target.region, target.year).await?;
    unit::load(ctx.db.read(), target.unit).await?.filter(|u| u.region == target.region).ok_or_else(|| {
        let (zh, en) = ("请选择本部门的预算单位。", "Choose a unit of the department.");
        Refusal::field("money.unit", "unit", zh, en)
    })?;
    let past = import::last_of(ctx.db.read(), target.region, target.list, &source).await?;
    let remembered = past.map(|p| remembered(&p)).transpose()?.unwrap_or_default();
    let bytes = ctx.files.read(file).await?;
    let file_name: String = file_name.rsplit(['/', '\\']).next().unwrap_or_default().chars().take(120).collect();
    let (name, list) = (file_name.clone(), target.list);
    let columns = tokio::task::spawn_blocking(move || read_columns(&name, &bytes, list, &remembered)).await??;
    let id = BookImportId::new(&*ctx.clock, &*ctx.entropy);
    let row = BookImport {
        id,
        region: target.region,
        year: target.year,
        unit_id: target.unit,
        list: target.list,
        state: BookImportState::Mapping,
        source,
        file: file.to_string(),
        file_name,
        columns: serde_json::to_string(&columns)?,
        row_count: 0,
        at_fault: 0,
        amount: Fen::ZERO,
        control: None,
        report: serde_json::to_string(&Report::default())?,
        account: who.account,
        account_name: who.name.clone(),
        revision: 1,
        created_at: ctx.now(),
        finished_at: None,
        undone_at: None,
    };
    let tx = ctx.begin().await?;
    import::insert(&tx, row).await?;
    ctx.commit(tx).await?;
    Ok(id)
}

/// The columns that a list has.
pub fn declared(list: BookList) -> &'static [Column] {
    match list {
        BookList::Ledger => LedgerRow::columns(),
        BookList::Budget => BudgetRow::columns(),
    }
}

fn read_columns(name: &str, bytes: &[u8], list: BookList, remembered: &Remembered) -> Result<FileColumns, Refusal> {
    let sheet = Sheet::read(name, bytes)?;
    let heading = heading::find(&sheet, declared(list));
    let columns = mapping::suggest(&sheet, &heading, declared(list), remembered).into_iter().map(|s| FileColumn {
        title: s.title,
        key: s.key.unwrap_or_default().to_owned(),
        because: s.because,
        examples: s.examples.into_iter().map(|e| e.chars().take(40).collect()).collect(),
    });
    let (columns, first_row) = (columns.collect(), heading.first_row);
    Ok(FileColumns { sheet: sheet.name.clone(), others: sheet.others, first_row, columns })
}

fn remembered(past: &BookImport) -> AppResult<Remembered> {
    let columns: FileColumns = serde_json::from_str(&past.columns)?;
    let titles: Vec<String> = columns.columns.iter().map(|c| c.title.clone()).collect();
    Ok(mapping::remember(&titles, &keys(past.list, &columns)))
}

/// The keys of the columns as the list declares them.
fn keys(list: BookList, columns: &FileColumns) -> Vec<Option<&'static str>> {
    columns.columns.iter().map(|c| declared(list).iter().map(|d| d.key).find(|k| *k == c.key)).collect()
}

async fn must_be_opened(ctx: &Ctx, region: RegionCode, year: i32) -> AppResult<()> {
    must_be_open(ctx.db.read(), region, year).await?;
    if keqiao_store::year::books::load(ctx.db.read(), region, year).await?.is_none() {
        let zh = format!("{year}年度还没有建账。请先在“年度”页面建账。");
        let en = format!("The year {year} has not been opened. Open it first.");
        return Err(Refusal::new(Kind::Conflict, "year.not_opened", zh, en).into());
    }
    Ok(())
}

/// An import that who asks may see.
///
/// # Errors
/// A refusal when there is none.
pub async fn load(ctx: &Ctx, actor: &Actor, id: BookImportId) -> AppResult<BookImport> {
    actor.must(may::see_money(actor))?;
    let found = import::load(ctx.db.read(), id).await?.filter(|i| may::see_books(actor, i.region));
    Ok(found.ok_or_else(Refusal::not_found)?)
}

/// Imports of the regions of who asks, newest first.
///
/// # Errors
/// A refusal when the actor may not see books.
pub async fn list(ctx: &Ctx, actor: &Actor, request: PageRequest) -> AppResult<Page<BookImport>> {
    actor.must(may::see_money(actor))?;
    Ok(import::page(ctx.db.read(), &may::money_regions(actor), request).await?)
}

/// Says what the columns are, and has the lines inspected. `control`: what the clerk says they must add up to.
///
/// # Errors
/// A refusal when a required column is missing, one is chosen twice, or somebody went on with the import since `revision`.
pub async fn choose(
    ctx: &Ctx,
    actor: &Actor,
    id: BookImportId,
    revision: i32,
    chosen: &HashMap<usize, String>,
    control: Option<Fen>,
) -> AppResult<()> {
    let found = mine(ctx, actor, id).await?;
    if !matches!(found.state, BookImportState::Mapping | BookImportState::Preview) {
        return Err(past_that());
    }
    let mut columns: FileColumns = serde_json::from_str(&found.columns)?;
    for (at, column) in columns.columns.iter_mut().enumerate() {
        if let Some(key) = chosen.get(&at) {
            column.key.clone_from(key);
        }
    }
    sound(found.list, &columns)?;
    let found = BookImport { columns: serde_json::to_string(&columns)?, control, ..found };
    let inspected = inspect::inspect(ctx, &found).await?;
    let after = BookImport {
        state: BookImportState::Preview,
        row_count: count(inspected.lines.len()),
        at_fault: count(inspected.report.errors),
        amount: inspected.report.amount,
        report: serde_json::to_string(&inspected.report)?,
        ..found
    };
    let tx = ctx.begin().await?;
    if !import::save(&tx, after, revision).await? {
        return Err(past_that());
    }
    ctx.commit(tx).await
}

fn sound(list: BookList, columns: &FileColumns) -> AppResult<()> {
    let keys = keys(list, columns);
    for column in declared(list) {
        let times = keys.iter().filter(|k| **k == Some(column.key)).count();
        let (title_zh, title_en) = (column.title.zh, column.title.en);
        if times == 0 && column.required {
            let zh = format!("还没有选哪一列是“{title_zh}”，这一项必须有。");
            let en = format!("No column is chosen for {title_en}; it is required.");
            return Err(Refusal::new(Kind::Invalid, "import.column_missing", zh, en).into());
        }
        if times > 1 {
            let zh = format!("有{times}列都选了“{title_zh}”，请只留一列。");
            let en = format!("{times} columns are chosen for {title_en}; keep one.");
            return Err(Refusal::new(Kind::Invalid, "import.column_twice", zh, en).into());
        }
    }
    Ok(())
}

/// Brings the lines in: all of them by one transaction, or none.
///
/// # Errors
/// A refusal when anything is at fault or does not balance, the year is closed, or somebody went on with the import since `revision`.
pub async fn run(ctx: &Ctx, actor: &Actor, id: BookImportId, revision: i32) -> AppResult<()> {
    let found = mine(ctx, actor, id).await?;
    if found.state != BookImportState::Preview || found.revision != revision {
        return Err(past_that());
    }
    // What stands in the books may have changed since the clerk looked; SQLite has one writer, so the inspection comes before its turn.
    let inspected = inspect::inspect(ctx, &found).await?;
    if inspected.report.errors > 0 || inspected.lines.is_empty() {
        let errors = inspected.report.errors;
        let zh = format!("有{errors}处问题没有解决（或没有可以入账的行），整个文件没有入账。请按提示改好后重新上传。");
        let en = format!(
            "{errors} problems stand open (or there is no line): nothing was booked. Correct the file and send it again."
        );
        return Err(Refusal::new(Kind::Invalid, "money.unbalanced", zh, en).into());
    }
    let now = ctx.now();
    let (ledger_lines, budget_lines) = lines::made(ctx, &found, &inspected.lines, now);
    let amount = inspected.report.amount;
    let tx = ctx.begin().await?;
    must_be_open(&tx, found.region, found.year).await?;
    let (region, year, list) = (found.region, found.year, found.list);
    let rows = inspected.lines.len();
    let after = BookImport {
        state: BookImportState::Done,
        row_count: count(rows),
        amount,
        finished_at: Some(now),
        report: serde_json::to_string(&inspected.report)?,
        ..found
    };
    let booking = after.clone();
    if !import::save(&tx, after, revision).await? {
        return Err(past_that());
    }
    // Somebody may have booked the same vouchers meanwhile: looked at once more, now that nobody else writes.
    vouchers::still_unbooked(&tx, region, year, &ledger_lines).await?;
    if !budget_lines.is_empty() {
        Booked::load(&tx, &booking).await?.must_not_hold(&budget_lines)?;
    }
    ledger::insert(&tx, ledger_lines).await?;
    ledger::insert_budget(&tx, budget_lines).await?;
    let detail = json!({ "list": list.code(), "region": region, "year": year, "lines": rows, "amount": amount });
    finish(ctx, tx, actor, "money.import", &format!("book_import:{id}"), detail).await
}

/// Takes back every line that an import brought.
///
/// # Errors
/// A refusal when it was not brought in, the year is closed, or somebody took it back since `revision`.
pub async fn undo(ctx: &Ctx, actor: &Actor, id: BookImportId, revision: i32) -> AppResult<u64> {
    let found = mine(ctx, actor, id).await?;
    if found.state != BookImportState::Done {
        return Err(past_that());
    }
    let tx = ctx.begin().await?;
    must_be_open(&tx, found.region, found.year).await?;
    let (region, year) = (found.region, found.year);
    let after = BookImport { state: BookImportState::Undone, undone_at: Some(ctx.now()), ..found };
    if !import::save(&tx, after, revision).await? {
        return Err(past_that());
    }
    let taken = ledger::take_back(&tx, id).await?;
    let detail = json!({ "region": region, "year": year, "lines": taken });
    finish(ctx, tx, actor, "money.undo", &format!("book_import:{id}"), detail).await?;
    Ok(taken)
}

/// Throws away an import that brought nothing in; only who began it may.
///
/// # Errors
/// A refusal when somebody else began it, it was brought in, or went on since `revision`.
pub async fn discard(ctx: &Ctx, actor: &Actor, id: BookImportId, revision: i32) -> AppResult<()> {
    let found = mine(ctx, actor, id).await?;
    actor.must(actor.account() == Some(found.account))?;
    let tx = ctx.begin().await?;
    if !import::discard(&tx, id, revision).await? {
        return Err(past_that());
    }
    let detail = json!({ "list": found.list.code(), "region": found.region, "year": found.year });
    finish(ctx, tx, actor, "money.import_discarded", &format!("book_import:{id}"), detail).await
}

async fn mine(ctx: &Ctx, actor: &Actor, id: BookImportId) -> AppResult<BookImport> {
    let found = load(ctx, actor, id).await?;
    actor.must(may::keep_books(actor, found.region))?;
    Ok(found)
}

fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

fn past_that() -> AppError {
    let (zh, en) = (
        "这次导入已经进行到别的步骤（可能在另一个窗口里操作过）。请刷新页面查看。",
        "This import stands at another step by now (perhaps by another window). Reload the page.",
    );
    Refusal::new(Kind::Conflict, "import.past", zh, en).into()
}
