//! The ledger and the public tables as files. Every export is in the log.

use keqiao_access::{Actor, RegionCode, may};
use keqiao_accounts::LedgerRow;
use keqiao_i18n::Lang;
use keqiao_sheet::{Record, export as sheet};
use keqiao_store::money::ledger::{self, LedgerFilter};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};
use serde_json::json;

use super::tables::{AskedTables, TablesShown, shown};
use crate::context::Ctx;
use crate::error::{AppError, AppResult};
use crate::log;

/// Lines that are read at a time.
const PART: u64 = 5_000;

/// The ledger of a year as a spreadsheet that our own import reads again.
///
/// # Errors
/// A refusal when the actor may not see the books.
pub async fn ledger(
    ctx: &Ctx,
    actor: &Actor,
    (region, year): (RegionCode, i32),
    filter: &LedgerFilter,
    lang: Lang,
) -> AppResult<Vec<u8>> {
    actor.must(may::see_books(actor, region))?;
    let (units, projects) = super::ledger::names(ctx, region, year).await?;
    let heads: Vec<String> = LedgerRow::columns().iter().map(|c| c.title.get(lang).to_owned()).collect();
    let mut out = sheet::Xlsx::begin(LedgerRow::TITLE.get(lang), &heads).map_err(fault)?;
    let (mut last, mut count) = (None, 0_usize);
    loop {
        let lines = ledger::after(ctx.db.read(), region, year, filter, last, PART).await?;
        let Some(end) = lines.last() else { break };
        last = Some(end.id);
        count += lines.len();
        for line in &lines {
            let project = line.project_id.and_then(|p| projects.get(&p).cloned()).unwrap_or_default();
            let row = LedgerRow {
                day: line.day.clone(),
                voucher: line.voucher.clone(),
                line: line.entry.clone(),
                unit: units.get(&line.unit_id).cloned().unwrap_or_default(),
                function: line.function.clone(),
                economic: line.economic.clone(),
                project,
                fund: line.fund.title().get(lang).to_owned(),
                kind: line.kind.title().get(lang).to_owned(),
                amount: line.amount.to_string(),
                credit: String::new(),
                words: line.words.clone(),
            };
            let cells: Vec<String> = LedgerRow::columns().iter().map(|c| row.get(c.key).to_owned()).collect();
            out.row(&cells).map_err(fault)?;
        }
    }
    let bytes = out.end().map_err(fault)?;
    logged(ctx, actor, "money.export_ledger", region, year, json!({ "lines": count })).await?;
    Ok(bytes)
}

/// The public tables as one workbook, a table a sheet; with the sentence under a table that holds nothing (FD-9).
///
/// # Errors
/// A refusal when the actor may not see the books.
pub async fn tables(
    ctx: &Ctx,
    actor: &Actor,
    (region, year): (RegionCode, i32),
    asked: &AskedTables,
    lang: Lang,
) -> AppResult<Vec<u8>> {
    let made = shown(ctx, actor, region, year, asked).await?;
    let wan = asked.wan;
    let bytes = tokio::task::spawn_blocking(move || workbook(&made, year, wan, lang)).await?.map_err(fault)?;
    let detail = json!({ "set": asked.set.code(), "wan": asked.wan, "rounding": asked.rounding.code() });
    logged(ctx, actor, "money.export_tables", region, year, detail).await?;
    Ok(bytes)
}

async fn logged(
    ctx: &Ctx,
    actor: &Actor,
    action: &str,
    region: RegionCode,
    year: i32,
    detail: serde_json::Value,
) -> AppResult<()> {
    let tx = ctx.begin().await?;
    log::record(ctx, &tx, actor, action, &format!("year:{region}:{year}"), detail).await?;
    ctx.commit(tx).await
}

fn workbook(made: &TablesShown, year: i32, wan: bool, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let (bold, right) = (Format::new().set_bold(), Format::new().set_align(FormatAlign::Right));
    let unit = match (wan, lang) {
        (true, Lang::Zh) => "单位：万元",
        (true, Lang::En) => "In 10,000 yuan",
        (false, Lang::Zh) => "单位：元",
        (false, Lang::En) => "In yuan",
    };
    for (number, table) in made.tables.iter().enumerate() {
        let title = table.kind.title();
        let page = book.add_worksheet();
        page.set_name(format!("{} {}", number + 1, table.kind.code()))?;
        page.set_column_width(0, 14)?;
        page.set_column_width(1, 44)?;
        page.write_string_with_format(0, 0, format!("{year} {}", title.get(lang)), &bold)?;
        page.write_string(1, 0, unit)?;
        let heads = [("编码", "Code"), ("项目", "Item")].map(|(zh, en)| if lang == Lang::Zh { zh } else { en });
        for (at, head) in (0u16..).zip(heads) {
            page.write_string_with_format(2, at, head, &bold)?;
        }
        for (at, head) in (2u16..).zip(&table.heads) {
            page.set_column_width(at, 18)?;
            page.write_string_with_format(2, at, head.title.get(lang), &bold)?;
        }
        let mut at = 3;
        for row in &table.rows {
            page.write_string(at, 0, &row.code)?;
            page.write_string(at, 1, row.title.get(lang))?;
            for (column, cell) in (2u16..).zip(&row.cells) {
                if let Some(amount) = cell {
                    let text = if wan { amount.wan() } else { amount.yuan() };
                    page.write_string_with_format(at, column, text, &right)?;
                }
            }
            at += 1;
        }
        if table.empty() {
            let none =
                ["本年度没有此表所列收支，此表为空表。", "There was nothing of this in the year; the table is empty."];
            page.write_string(at, 0, none[usize::from(lang == Lang::En)])?;
        }
    }
    book.save_to_buffer()
}

fn fault(error: XlsxError) -> AppError {
    AppError::Fault(error.into())
}
