//! Filling an empty database with the made-up county. Clock and chance stand still, so every seed is the same to the byte.

mod desk;
mod entries;

use std::sync::Arc;

use keqiao_app::{AppResult, Ctx, account};
use keqiao_base::{FixedClock, FixedEntropy, Moment};
use keqiao_store::directory::history::By;
use keqiao_store::setting;

use crate::county::{PEOPLE, directory};
use crate::seed::desk::People;

/// Says which seed a database holds.
const SETTING: &str = "demo_seed";
/// The number of this seed.
const SEED: &str = "1";

/// 2025-10-09 08:30 in China: the first working day of the year that the demo shows.
const BEGIN_MS: i64 = 1_759_969_800_000;

/// Fills the database of `server` with the county, unless that was done before.
///
/// # Errors
/// When database or disk do not answer.
pub async fn seed(server: &Ctx) -> AppResult<()> {
    fill(server, PEOPLE).await
}

/// Fills the database with a county of so many people.
///
/// # Errors
/// When database or disk do not answer.
pub async fn fill(server: &Ctx, people: usize) -> AppResult<()> {
    if setting::load(server.db.read(), SETTING).await?.is_some() {
        return Ok(());
    }
    let clock = Arc::new(FixedClock::at(Moment::from_millis(BEGIN_MS)));
    let ctx = Ctx::new(server.db.clone(), clock.clone(), Arc::new(FixedEntropy::seed(990_101)), server.settings.clone())?;
    let tx = ctx.begin().await?;
    let staff = People::new(&account::demo::seed(&ctx, &tx).await?)?;
    let officer = staff.get("officer")?.signed();
    let by = By { account: officer.map(|s| s.account), name: officer.map_or_else(String::new, |s| s.name.clone()), at: ctx.now() };
    entries::write(&ctx, &clock, &tx, &by, &directory(people)).await?;
    setting::save(&tx, SETTING, SEED).await?;
    ctx.commit(tx).await?;
    desk::write(&ctx, &clock, &staff).await
}
