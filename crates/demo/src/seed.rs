//! Filling an empty database with the made-up county. Clock and chance stand still, so every seed is the same to the byte.

mod desk;
mod entries;
mod evidence;
mod exchange;
mod money;
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
const SEED: &str = "2";
/// Says that the work of the county's offices was begun, too.
const WORK: &str = "demo_work";

/// 2025-10-09 08:30 in China: the first working day of the year that the demo shows.
const BEGIN_MS: i64 = 1_759_969_800_000;

/// Fills the database with the county, unless that was done before.
///
/// # Errors
/// When database or disk do not answer.
pub async fn seed(server: &Ctx) -> AppResult<()> {
    people(server, PEOPLE).await?;
    work(server, 0).await
}

/// The people who sign in and so many entries of the directory: one transaction, done before anybody looks.
///
/// # Errors
/// When database or disk do not answer.
pub async fn people(server: &Ctx, count: usize) -> AppResult<()> {
    if setting::load(server.db.read(), SETTING).await?.is_some() {
        return Ok(());
    }
    let (ctx, clock) = standing_still(server, 990_101)?;
    let tx = ctx.begin().await?;
    let staff = People::new(&account::demo::seed(&ctx, &tx).await?)?;
    let officer = staff.get("officer")?.signed();
    let by = By {
        account: officer.map(|s| s.account),
        name: officer.map_or_else(String::new, |s| s.name.clone()),
        at: ctx.now(),
    };
    entries::write(&ctx, &clock, &tx, &by, &directory(count)).await?;
    setting::save(&tx, SETTING, SEED).await?;
    ctx.commit(tx).await
}

/// What the county's offices did, as they would do it, step by step; and so many more reports on the desk, to be checked by the server.
/// It takes a second or two. What is broken off stays as it is.
///
/// # Errors
/// When database or disk do not answer.
pub async fn work(server: &Ctx, more_reports: usize) -> AppResult<()> {
    let (ctx, clock) = standing_still(server, 990_102)?;
    let tx = ctx.begin().await?;
    if setting::load(&tx, WORK).await?.is_some() {
        return Ok(());
    }
    setting::save(&tx, WORK, SEED).await?;
    let staff = People::load(&ctx).await?;
    performance::projects(&ctx, &tx).await?;
    money::write(&ctx, &tx, &staff).await?;
    evidence::write(&ctx, &tx, &staff).await?;
    ctx.commit(tx).await?;
    desk::write(&ctx, &clock, &staff).await?;
    performance::write(server, &staff).await?;
    exchange::write(server, &staff).await?;
    desk::pile_up(&ctx, &staff, more_reports).await
}

/// The server's context with clock and chance that stand still.
fn standing_still(server: &Ctx, seed: u64) -> AppResult<(Ctx, Arc<FixedClock>)> {
    let clock = Arc::new(FixedClock::at(Moment::from_millis(BEGIN_MS)));
    let entropy = Arc::new(FixedEntropy::seed(seed));
    Ok((Ctx::new(server.db.clone(), clock.clone(), entropy, server.settings.clone())?, clock))
}

#[cfg(test)]
mod tests {
    use keqiao_app::desk::page as desk_page;
    use keqiao_app::fixture::TestCtx;
    use keqiao_app::{evidence, log};
    use keqiao_evidence::Count;
    use keqiao_store::desk::report::{ReportFilter, ReportSort};
    use keqiao_store::evidence::measure::{self, Quantity, Scope};
    use keqiao_store::{PageRequest, job};

    use super::*;
    use crate::county::REGION;

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
        let verified = evidence::verify(&test.ctx, None).await.unwrap();
        assert!(verified.whole(), "{verified:?}");
        let year = Scope::year(REGION.parse().unwrap(), 2025);
        let people = measure::sum(db, &year, Quantity::Count(Count::People)).await.unwrap();
        assert!((130..200).contains(&people.rows) && people.value > 15_000, "{people:?}");
        let answers = measure::satisfaction(db, &year).await.unwrap();
        assert!(answers.rows == 2 && answers.satisfied > answers.valid / 2, "{answers:?}");
        let reviewer = People::load(&test.ctx).await.unwrap();
        let (filter, sort) = (ReportFilter::default(), ReportSort::Entity);
        let actor = reviewer.get("reviewer").unwrap();
        let reports = desk_page(&test.ctx, actor, &filter, sort, false, PageRequest::new(1, 50)).await.unwrap();
        assert_eq!(reports.total, 12);
        assert_eq!(reports.rows.iter().filter(|r| r.version == 2).count(), 1, "one came back corrected");
    }
}
