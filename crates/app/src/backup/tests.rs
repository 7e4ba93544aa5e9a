//! There and back, damaged, and onto data that stands.

use std::fs;
use std::path::PathBuf;

use keqiao_store::{job, setting};

use super::*;
use crate::error::AppError;
use crate::fixture::TestCtx;

async fn filled() -> TestCtx {
    let ctx = TestCtx::new().await.unwrap();
    let tx = ctx.begin().await.unwrap();
    setting::save(&tx, "名称", "“云汀”\n\\ ' \u{1F33E}").await.unwrap();
    for n in 0..1203 {
        ctx.put_job(&tx, "nothing", &n).await.unwrap();
        ctx.publish(&tx, "desk", &n).await.unwrap();
    }
    ctx.commit(tx).await.unwrap();
    ctx.files.put(&*ctx.entropy, b"a report").await.unwrap();
    ctx.files.put(&*ctx.entropy, &[0, 159, 146, 150]).await.unwrap();
    ctx
}

fn target(ctx: &TestCtx) -> PathBuf {
    ctx.settings.data.join("backup.zip")
}

fn code(error: AppError) -> &'static str {
    match error {
        AppError::Refusal(refusal) => refusal.code,
        AppError::Fault(fault) => panic!("{fault:#}"),
    }
}

#[tokio::test]
async fn a_backup_restores_to_the_same() {
    let ctx = filled().await;
    let manifest = save(&ctx, &target(&ctx)).await.unwrap();
    assert_eq!(manifest.files.len(), 2);
    assert_eq!(manifest.tables.iter().find(|t| t.name == "job").unwrap().rows, 1203);

    let other = TestCtx::new().await.unwrap();
    restore(&other, &target(&ctx)).await.unwrap();
    let value = setting::load(other.ctx.db.read(), "名称").await.unwrap();
    assert_eq!(value.as_deref(), Some("“云汀”\n\\ ' \u{1F33E}"));
    // What a backup of the copy holds is the same, row for row.
    let again = save(&other, &target(&other)).await.unwrap();
    assert_eq!((again.tables, again.files), (manifest.tables, manifest.files));
    // The counters stand behind the last row.
    let tx = other.begin().await.unwrap();
    other.publish(&tx, "desk", &1).await.unwrap();
    other.commit(tx).await.unwrap();
    // Work goes on where it stood.
    let tx = other.begin().await.unwrap();
    assert!(job::claim(&tx, other.now()).await.unwrap().is_some());
}

#[tokio::test]
async fn nothing_that_stands_is_written_over() {
    let ctx = filled().await;
    save(&ctx, &target(&ctx)).await.unwrap();
    assert!(save(&ctx, &target(&ctx)).await.is_err(), "an earlier backup is not replaced");
    assert_eq!(code(restore(&ctx, &target(&ctx)).await.unwrap_err()), "restore.not_empty");
}

#[tokio::test]
async fn a_damaged_backup_is_refused_before_anything_is_written() {
    let ctx = filled().await;
    save(&ctx, &target(&ctx)).await.unwrap();
    let whole = fs::read(target(&ctx)).unwrap();
    let other = TestCtx::new().await.unwrap();
    let damaged = ctx.settings.data.join("damaged.zip");
    let first = |what: &[u8]| whole.windows(what.len()).position(|w| w == what).unwrap();
    let last = |what: &[u8]| whole.windows(what.len()).rposition(|w| w == what).unwrap();
    let places = [
        (first(b"a report"), "a stored file"),
        (first(b"tables/job.jsonl") + 200, "the lines of a table"),
        (last(b"manifest.json"), "the list of parts"),
    ];
    for (at, what) in places {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x20;
        fs::write(&damaged, bytes).unwrap();
        let error = code(restore(&other, &damaged).await.unwrap_err());
        assert!(error.starts_with("backup."), "{what}: {error}");
    }
    fs::write(&damaged, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(code(restore(&other, &damaged).await.unwrap_err()), "backup.unreadable");
    restore(&other, &target(&ctx)).await.unwrap();
}
