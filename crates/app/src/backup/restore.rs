//! Restoring a backup, into an empty database and data folder only: nothing that stands is ever written over.

use std::path::Path;

use anyhow::Context as _;
use keqiao_base::{Kind, Refusal};
use keqiao_store::directory::index;
use keqiao_store::dump::{self, Loading};

use crate::backup::manifest::Manifest;
use crate::backup::verify::{self, Archive, Lines, ROWS, damaged, verify};
use crate::context::Ctx;
use crate::error::{AppError, AppResult};
use crate::files::FileHash;

/// Restores a backup. The database of `ctx` must be empty and up to date. All rows come in one transaction: it is all there, or nothing.
///
/// # Errors
/// When the database is not empty, the backup is damaged or was made by a later version, or the disk does not take it.
pub async fn restore(ctx: &Ctx, path: &Path) -> AppResult<Manifest> {
    // Everything is read once before anything is written.
    let manifest = verify(path)?;
    let known = ctx.db.migrations().last().map_or(0, |m| m.0);
    if manifest.migration > known {
        return Err(later(&manifest.program));
    }
    if !dump::is_empty(&ctx.db).await? {
        return Err(not_empty());
    }
    let (mut archive, _) = verify::open(path)?;
    // Files first: a row never names a file that is not there.
    for file in &manifest.files {
        restore_file(ctx, &mut archive, &file.path(), &file.sha256).await?;
    }
    let tx = ctx.begin().await?;
    let loading = Loading::begin(&tx, ctx.db.backend()).await?;
    for saved in &manifest.tables {
        let table = loading.table(&saved.name).ok_or_else(|| damaged(&saved.path()))?.clone();
        let part = archive.by_name(&saved.path()).map_err(|_| damaged(&saved.path()))?;
        let mut lines = Lines::new(part, saved.path());
        loop {
            let rows = lines.next(ROWS)?;
            if rows.is_empty() {
                break;
            }
            loading.put(&tx, &table, &saved.columns, &rows).await?;
        }
    }
    loading.finish(&tx).await?;
    index::make_anew(&tx).await?;
    ctx.commit(tx).await?;
    ctx.db.optimize().await?;
    Ok(manifest)
}

async fn restore_file(ctx: &Ctx, archive: &mut Archive, part: &str, hash: &str) -> AppResult<()> {
    let mut incoming = ctx.files.begin(&*ctx.entropy, u64::MAX).await?;
    let mut buffer = vec![0; 64 * 1024];
    let mut reader = archive.by_name(part).map_err(|_| damaged(part))?;
    loop {
        let n = std::io::Read::read(&mut reader, &mut buffer).with_context(|| format!("cannot read {part}"))?;
        if n == 0 {
            break;
        }
        incoming.write(&buffer[..n]).await?;
    }
    let kept: FileHash = incoming.finish().await?.0;
    if kept.as_str() == hash { Ok(()) } else { Err(damaged(part)) }
}

fn later(program: &str) -> AppError {
    AppError::Refusal(Refusal::new(
        Kind::Invalid,
        "backup.later",
        format!("这份备份由更新的版本（{program}）制作，请先升级本程序。"),
        format!("This backup was made by a later version ({program}). Upgrade this program first."),
    ))
}

fn not_empty() -> AppError {
    AppError::Refusal(Refusal::new(
        Kind::Conflict,
        "restore.not_empty",
        "目标数据库中已有数据，没有恢复，也没有改动。请换一个空的数据目录（--data）或空的数据库。",
        "The database holds data already: nothing was restored, nothing was changed. Use an empty data folder (--data) or database.",
    ))
}
