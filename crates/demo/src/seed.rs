//! Filling an empty database with the made-up county. Clock and chance stand still, so every seed is the same to the byte.

mod desk;
mod entries;
mod evidence;
mod performance;

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
    fill(server, PEOPLE, 0).await
}

/// Fills the database with a county of so many people, and puts so many more reports on the desk, to be checked by the server.
///
/// # Errors
/// When database or disk do not answer.
pub async fn fill(server: &Ctx, people: usize, reports: usize) -> AppResult<()> {
    if setting::load(server.db.read(), SETTING).await?.is_some() {
        return Ok(());
    }
    let clock = Arc::new(FixedClock::at(Moment::from_millis(BEGIN_MS)));
    let ctx =
        Ctx::new(server.db.clone(), clock.clone(), Arc::new(FixedEntropy::seed(990_101)), server.settings.clone())?;
    let tx = ctx.begin().await?;
    let staff = People::new(&account::demo::seed(&ctx, &tx).await?)?;
    let officer = staff.get("officer")?.signed();
    let by = By {
        account: officer.map(|s| s.account),
        name: officer.map_or_else(String::new, |s| s.name.clone()),
        at: ctx.now(),
    };
    entries::write(&ctx, &clock, &tx, &by, &directory(people)).await?;
    performance::projects(&ctx, &tx).await?;
    evidence::write(&ctx, &tx, &staff).await?;
    setting::save(&tx, SETTING, SEED).await?;
    ctx.commit(tx).await?;
    desk::write(&ctx, &clock, &staff).await?;
    performance::write(server, &staff).await?;
    desk::pile_up(&ctx, &staff, reports).await
}

#[cfg(test)]
mod tests {
    use keqiao_app::desk::page as desk_page;
    use keqiao_app::fixture::TestCtx;
    use keqiao_app::log;
    use keqiao_store::desk::report::{ReportFilter, ReportSort};
    use keqiao_store::{PageRequest, job};

    use super::*;

    #[tokio::test]
    async fn the_county_is_seeded_once_and_whole() {
        let test = TestCtx::with(|settings| settings.demo = true).await.unwrap();
        seed(&test.ctx).await.unwrap();
        seed(&test.ctx).await.unwrap();
        let db = test.ctx.db.read();
        assert_eq!(setting::load(db, SETTING).await.unwrap().as_deref(), Some(SEED));
        for (state, count) in [(job::State::Queued, 0), (job::State::Failed, 0)] {
            assert_eq!(job::count(db, state).await.unwrap(), count, "{state}");
        }
        assert!(log::verify(&test.ctx, None).await.unwrap().outcome.is_ok());
        let reviewer = People::new(&seeded(&test).await).unwrap();
        let (filter, sort) = (ReportFilter::default(), ReportSort::Entity);
        let actor = reviewer.get("reviewer").unwrap();
        let reports = desk_page(&test.ctx, actor, &filter, sort, false, PageRequest::new(1, 50)).await.unwrap();
        assert_eq!(reports.total, 12);
        assert_eq!(reports.rows.iter().filter(|r| r.version == 2).count(), 1, "one came back corrected");
    }

    /// The ids of the demo's accounts as they stand.
    async fn seeded(test: &TestCtx) -> Vec<keqiao_base::AccountId> {
        let mut ids = Vec::new();
        for account in account::demo::ACCOUNTS {
            let login = format!("demo.{}", account.code);
            ids.push(keqiao_store::account::load_by_login(test.ctx.db.read(), &login).await.unwrap().unwrap().id);
        }
        ids
    }
}
