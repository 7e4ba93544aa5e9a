//! The books of a year: opened by finance, closed by finance, opened again by a leader with a reason. Every turn is kept and logged.

use keqiao_access::{Actor, RegionCode, Signed, may};
use keqiao_accounts::BooksState;
use keqiao_base::{Kind, Refusal};
use keqiao_store::year::books::{self, Books, Turn};
use serde_json::json;

use super::{Faults, YEARS, finish};
use crate::context::Ctx;
use crate::error::AppResult;

/// Characters of a reason.
const REASON_MAX: usize = 500;

/// The years of the regions of who asks, newest first.
///
/// # Errors
/// A refusal when the actor may not see years.
pub async fn all(ctx: &Ctx, actor: &Actor) -> AppResult<Vec<Books>> {
    actor.must(may::see_years(actor))?;
    Ok(books::list(ctx.db.read(), &may::year_regions(actor)).await?)
}

/// Every turn of a year's books.
///
/// # Errors
/// A refusal when the actor may not see the year.
pub async fn turns(ctx: &Ctx, actor: &Actor, region: RegionCode, year: i32) -> AppResult<Vec<Turn>> {
    actor.must(may::see_year(actor, region))?;
    Ok(books::turns(ctx.db.read(), region, year).await?)
}

/// Opens a year for the first time.
///
/// # Errors
/// A refusal when the actor may not, or the year was opened before.
pub async fn open(ctx: &Ctx, actor: &Actor, region: RegionCode, year: i32) -> AppResult<()> {
    let who = actor.must(may::open_year(actor, region))?;
    let mut faults = Faults::default();
    if !YEARS.contains(&year) {
        faults.add("year", "年度应在2000年至2100年之间。", "The year must lie between 2000 and 2100.");
    }
    faults.end("year.invalid")?;
    let tx = ctx.begin().await?;
    if books::load(&tx, region, year).await?.is_some() {
        let (zh, en) = (format!("{year}年度已经建账。"), format!("The year {year} is there already."));
        return Err(Refusal::new(Kind::Conflict, "year.there", zh, en).into());
    }
    books::insert(&tx, turned(ctx, who, region, year, BooksState::Open, String::new())).await?;
    finish(ctx, tx, actor, "year.open", &subject(region, year), json!({})).await
}

/// Closes a year.
///
/// # Errors
/// A refusal when the actor may not, the opening balance does not follow last year's closing one (CK-17), or somebody turned the books
/// since `revision`.
pub async fn close(
    ctx: &Ctx,
    actor: &Actor,
    region: RegionCode,
    year: i32,
    revision: i32,
    reason: &str,
) -> AppResult<()> {
    let who = actor.must(may::close_year(actor, region))?;
    let mut faults = Faults::default();
    let reason = faults.line("reason", reason, REASON_MAX, false);
    faults.end("year.invalid")?;
    crate::money::must_follow_last_year(ctx, region, year).await?;
    turn(ctx, actor, turned(ctx, who, region, year, BooksState::Closed, reason), revision, "year.close").await
}

/// Opens a closed year again.
///
/// # Errors
/// A refusal when the actor may not, the reason is missing, or somebody turned the books since `revision`.
pub async fn reopen(
    ctx: &Ctx,
    actor: &Actor,
    region: RegionCode,
    year: i32,
    revision: i32,
    reason: &str,
) -> AppResult<()> {
    let who = actor.must(may::reopen_year(actor, region))?;
    let mut faults = Faults::default();
    let reason = faults.line("reason", reason, REASON_MAX, false);
    if reason.chars().count() < 4 {
        faults.add(
            "reason",
            "重新开账必须说明理由（至少4个字），理由会留存备查。",
            "Say why (at least four characters); it is kept.",
        );
    }
    faults.end("year.reason")?;
    turn(ctx, actor, turned(ctx, who, region, year, BooksState::Open, reason), revision, "year.reopen").await
}

async fn turn(ctx: &Ctx, actor: &Actor, after: Books, revision: i32, action: &str) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let before = books::load(&tx, after.region, after.year).await?.ok_or_else(Refusal::not_found)?;
    if before.state == after.state || before.revision != revision {
        return Err(Refusal::conflict().into());
    }
    let subject = subject(after.region, after.year);
    if !books::save(&tx, after, revision).await? {
        return Err(Refusal::conflict().into());
    }
    // The reason is somebody's words: it stays with the books and out of the log, which is never cleaned.
    finish(ctx, tx, actor, action, &subject, json!({ "revision": revision.saturating_add(1) })).await
}

fn turned(ctx: &Ctx, who: &Signed, region: RegionCode, year: i32, state: BooksState, reason: String) -> Books {
    let (account, account_name) = (who.account, who.name.clone());
    Books { region, year, state, revision: 1, account, account_name, changed_at: ctx.now(), reason }
}

fn subject(region: RegionCode, year: i32) -> String {
    format!("year:{region}:{year}")
}
