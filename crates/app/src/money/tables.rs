//! The public tables as they will be published, with the checks beside them.

use keqiao_access::{Actor, RegionCode, may};
use keqiao_accounts::checks::{CheckResult, run_all};
use keqiao_accounts::published::Published;
use keqiao_accounts::rounding::{Plugged, Rounding, plugged};
use keqiao_accounts::{Books, PublicTable, TableSet, tables};
use keqiao_base::UnitId;

use crate::context::Ctx;
use crate::error::AppResult;

/// How the tables are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskedTables {
    /// Which set.
    pub set: TableSet,
    /// Of one unit; none: of the department.
    pub unit: Option<UnitId>,
    /// In 万元; otherwise in 元.
    pub wan: bool,
    /// How 万元 are rounded.
    pub rounding: Rounding,
}

/// The tables with the checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TablesShown {
    /// The tables, in their order; amounts in 分, rounded already where a plug was asked for.
    pub tables: Vec<PublicTable>,
    /// The checks, over what is shown.
    pub checks: Vec<CheckResult>,
    /// Numbers that took a residue.
    pub plugged: Vec<Plugged>,
    /// The books behind.
    pub books: Books,
}

/// The public tables of a year.
///
/// # Errors
/// A refusal when the actor may not see the books.
pub async fn shown(
    ctx: &Ctx,
    actor: &Actor,
    region: RegionCode,
    year: i32,
    asked: &AskedTables,
) -> AppResult<TablesShown> {
    actor.must(may::see_books(actor, region))?;
    let books = super::books::of(ctx.db.read(), region, year, asked.unit).await?;
    let (books, plugged) = match (asked.wan, asked.rounding) {
        (true, Rounding::Plug) => plugged(&books),
        _ => (books, Vec::new()),
    };
    Ok(TablesShown {
        tables: tables::of_set(&books, asked.set),
        checks: run_all(&Published::of(&books)),
        plugged,
        books,
    })
}
