//! The codes of a year: shown, and brought in from the full list of the ministry as a file.

use keqiao_access::{Actor, RegionCode, may};
use keqiao_accounts::codes::{CodeKind, CodeRow, YearCodes, validate};
use keqiao_base::{Kind, Refusal};
use keqiao_sheet::check::{NoPlaces, Note, passed_over, row};
use keqiao_sheet::{Record, Sheet, heading, mapping};
use keqiao_store::money::codes;
use serde_json::json;

use crate::context::Ctx;
use crate::error::AppResult;
use crate::year::{finish, must_be_open};

/// The codes of a year, and the notes on the file that was sent last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodesShown {
    /// Functional codes.
    pub functional: YearCodes,
    /// Economic codes.
    pub economic: YearCodes,
}

/// The codes of a year.
///
/// # Errors
/// A refusal when the actor may not see the books.
pub async fn list(ctx: &Ctx, actor: &Actor, region: RegionCode, year: i32) -> AppResult<CodesShown> {
    actor.must(may::see_books(actor, region))?;
    let functional = codes::of(ctx.db.read(), region, year, CodeKind::Functional).await?;
    Ok(CodesShown { functional, economic: codes::of(ctx.db.read(), region, year, CodeKind::Economic).await? })
}

/// Brings in a year's full list, in place of the one before. With errors nothing is changed and the notes say what is wrong; otherwise they
/// are worth a look only.
///
/// # Errors
/// A refusal when the actor may not, the year is closed, or the file is no table.
pub async fn bring(
    ctx: &Ctx,
    actor: &Actor,
    (region, year): (RegionCode, i32),
    kind: CodeKind,
    file_name: &str,
    bytes: Vec<u8>,
) -> AppResult<(usize, Vec<Note>)> {
    actor.must(may::keep_books(actor, region))?;
    let name = file_name.to_owned();
    let (rows, mut notes) = tokio::task::spawn_blocking(move || read(&name, &bytes)).await??;
    if rows.is_empty() {
        let (zh, en) = (
            "没有读到科目。请确认表里有“科目编码”和“科目名称”两列。",
            "No codes were read. The file needs a column for codes and one for names.",
        );
        return Err(Refusal::new(Kind::Invalid, "codes.nothing", zh, en).into());
    }
    notes.extend(validate(kind, year, &rows));
    notes.sort_by_key(|n| n.row);
    if notes.iter().any(|n| n.error) {
        return Ok((0, notes));
    }
    let count = rows.len();
    let tx = ctx.begin().await?;
    must_be_open(&tx, region, year).await?;
    codes::replace(&tx, region, year, kind, rows.into_iter().map(|(_, r)| (r.code, r.name)).collect()).await?;
    let detail = json!({ "kind": kind, "codes": count });
    finish(ctx, tx, actor, "money.codes", &format!("year:{region}:{year}"), detail).await?;
    Ok((count, notes))
}

/// Codes with the rows of the file they stand in.
type Rows = Vec<(u32, CodeRow)>;

fn read(name: &str, bytes: &[u8]) -> Result<(Rows, Vec<Note>), Refusal> {
    let sheet = Sheet::read(name, bytes)?;
    let heading = heading::find(&sheet, CodeRow::columns());
    let chosen = mapping::suggest(&sheet, &heading, CodeRow::columns(), &Default::default());
    let keys = mapping::keys(&chosen);
    let (mut rows, mut notes) = (Vec::new(), Vec::new());
    for at in (heading.first_row..sheet.len()).filter(|at| !passed_over(&sheet, *at)) {
        let mut read = row::<CodeRow>(&sheet, at, &keys, &NoPlaces);
        notes.append(&mut read.notes);
        // Lists print sections set in, and spreadsheets show codes as decimals.
        read.entry.code = read.entry.code.trim().trim_end_matches(".0").to_owned();
        rows.push((read.row, read.entry));
    }
    Ok((rows, notes))
}
