//! Jobs: done once, tried again, a panic stays with its job.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use keqiao_app::fixture::TestCtx;
use keqiao_app::jobs::{Running, State, Work, step};
use keqiao_app::{AppResult, Ctx};
use keqiao_i18n::Fixed;
use keqiao_store::job;

/// Fails as often as told (the first time by a panic), then succeeds.
struct Flaky(Arc<AtomicU32>);

impl Work for Flaky {
    fn kind(&self) -> &'static str {
        "flaky"
    }
    fn title(&self) -> Fixed {
        Fixed { zh: "时好时坏", en: "Flaky" }
    }
    fn run<'a>(&'a self, _: &'a Ctx, running: &'a Running) -> BoxFuture<'a, AppResult<()>> {
        async move {
            let wanted: u32 = running.payload()?;
            match self.0.fetch_add(1, Ordering::SeqCst) {
                0 => panic!("the first time"),
                n if n < wanted => Err(std::io::Error::other("not yet").into()),
                _ => Ok(()),
            }
        }
        .boxed()
    }
}

#[tokio::test]
async fn a_job_is_tried_until_it_succeeds() {
    let ctx = TestCtx::new().await.unwrap();
    let tx = ctx.begin().await.unwrap();
    let id = ctx.put_job(&tx, "flaky", &2u32).await.unwrap();
    ctx.commit(tx).await.unwrap();
    let tries = Arc::new(AtomicU32::new(0));
    let works: Vec<Box<dyn Work>> = vec![Box::new(Flaky(tries.clone()))];
    for seconds in [0, 10, 20] {
        ctx.clock.advance_seconds(seconds);
        assert!(step(&ctx, &works).await.unwrap());
        assert!(!step(&ctx, &works).await.unwrap(), "nothing to do before the pause is over");
    }
    let done = job::load(ctx.db.db.read(), id).await.unwrap().unwrap();
    assert_eq!((done.state, done.attempts, tries.load(Ordering::SeqCst)), (State::Done, 3, 3));
}

#[tokio::test]
async fn a_job_nobody_knows_is_kept_with_the_reason() {
    let ctx = TestCtx::new().await.unwrap();
    let tx = ctx.begin().await.unwrap();
    let id = ctx.put_job(&tx, "unheard_of", &()).await.unwrap();
    ctx.commit(tx).await.unwrap();
    assert!(step(&ctx, &[]).await.unwrap());
    let kept = job::load(ctx.db.db.read(), id).await.unwrap().unwrap();
    assert_eq!(kept.state, State::Queued);
    assert!(kept.error.unwrap().contains("unheard_of"));
}
