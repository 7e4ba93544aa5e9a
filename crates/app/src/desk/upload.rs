//! Files on their way in: a batch, then each file in chunks that may break off and go on, or whole from a plain form.

use std::fs::{File, TryLockError};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use futures_util::{Stream, StreamExt};
use keqiao_access::{Actor, RegionCode, Signed, may};
use keqiao_base::{BatchId, Kind, Refusal, ReportId, UploadId};
use keqiao_store::desk::report;
use keqiao_store::desk::upload::{self, Batch, Upload, UploadState};
use serde::Serialize;
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;

use super::arrival::{Arrived, clean_name, put_on_desk};
use crate::context::Ctx;
use crate::error::{AppError, AppResult};
use crate::files::{FileHash, Incoming};

/// Bytes of one file.
pub const FILE_BYTES_MAX: u64 = 50 << 20;
/// Files of one batch.
pub const FILES_MAX: u64 = 1_000;
/// Days that an unfinished upload waits for its rest.
const KEPT_DAYS: i64 = 2;

/// A batch that was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct BatchBegun {
    /// Its id.
    pub id: BatchId,
}

/// How far a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// The upload.
    pub id: UploadId,
    /// Bytes that are here.
    pub received: u64,
    /// How far it is.
    pub state: UploadState,
    /// The report that it became, or already was.
    pub report: Option<ReportId>,
}

/// The regions for which the actor may upload, the widest first.
pub fn upload_regions(actor: &Actor) -> Vec<RegionCode> {
    may::upload_regions(actor)
}

/// Begins a batch: reports of a region (the actor's own when absent), or new versions of one report.
///
/// # Errors
/// A refusal when the actor may not, or there is no such report.
pub async fn begin_batch(
    ctx: &Ctx,
    actor: &Actor,
    region: Option<RegionCode>,
    report: Option<ReportId>,
) -> AppResult<BatchBegun> {
    let who = actor.must(may::upload_reports(actor))?;
    let region = match report {
        Some(id) => report::load(ctx.db.read(), id).await?.ok_or_else(Refusal::not_found)?.region,
        None => region.or_else(|| upload_regions(actor).first().copied()).ok_or_else(Refusal::forbidden)?,
    };
    actor.must(may::upload_report(actor, region))?;
    let id = BatchId::new(&*ctx.clock, &*ctx.entropy);
    let tx = ctx.begin().await?;
    let row = Batch { id, account_id: who.account, region, report_id: report, created_at: ctx.now() };
    upload::insert_batch(&tx, row).await?;
    ctx.commit(tx).await?;
    Ok(BatchBegun { id })
}

/// A batch of the actor's own.
///
/// # Errors
/// A refusal when it is somebody else's, or there is none.
pub async fn batch(ctx: &Ctx, actor: &Actor, id: BatchId) -> AppResult<Vec<Upload>> {
    own_batch(ctx, actor, id).await?;
    Ok(upload::of_batch(ctx.db.read(), id).await?)
}

async fn own_batch<'a>(ctx: &Ctx, actor: &'a Actor, id: BatchId) -> AppResult<(&'a Signed, Batch)> {
    let who = actor.must(may::upload_reports(actor))?;
    let found = upload::batch(ctx.db.read(), id).await?.filter(|b| b.account_id == who.account);
    let batch = found.ok_or_else(Refusal::not_found)?;
    actor.must(may::upload_report(actor, batch.region))?;
    Ok((who, batch))
}

/// Announces a file of a batch.
///
/// # Errors
/// A refusal when the file is empty or too large, or the batch is full.
pub async fn begin_upload(
    ctx: &Ctx,
    actor: &Actor,
    batch: BatchId,
    name: &str,
    size: u64,
    hash: Option<&str>,
) -> AppResult<Progress> {
    let (_, batch) = own_batch(ctx, actor, batch).await?;
    check_size(size)?;
    let file_size = i64::try_from(size).map_err(|_| too_large())?;
    let file_hash = hash.map(|h| h.parse::<FileHash>().map_err(|_| wrong_hash())).transpose()?;
    let id = UploadId::new(&*ctx.clock, &*ctx.entropy);
    let row = Upload {
        id,
        batch_id: batch.id,
        file_name: clean_name(name),
        file_size,
        file_hash: file_hash.map(|h| h.as_str().to_owned()),
        state: UploadState::Receiving,
        version_id: None,
        created_at: ctx.now(),
    };
    let tx = ctx.begin().await?;
    if upload::count(&tx, batch.id).await? >= FILES_MAX {
        return Err(batch_full().into());
    }
    upload::insert(&tx, row).await?;
    ctx.commit(tx).await?;
    Ok(Progress { id, received: 0, state: UploadState::Receiving, report: None })
}

/// How far a file is.
///
/// # Errors
/// A refusal when it is somebody else's, or there is none.
pub async fn progress(ctx: &Ctx, actor: &Actor, id: UploadId) -> AppResult<Progress> {
    let (_, _, row) = own_upload(ctx, actor, id).await?;
    progress_of(ctx, &row).await
}

async fn own_upload<'a>(ctx: &Ctx, actor: &'a Actor, id: UploadId) -> AppResult<(&'a Signed, Batch, Upload)> {
    actor.must_sign_in()?;
    let row = upload::load(ctx.db.read(), id).await?.ok_or_else(Refusal::not_found)?;
    let (who, batch) = own_batch(ctx, actor, row.batch_id).await?;
    Ok((who, batch, row))
}

async fn progress_of(ctx: &Ctx, row: &Upload) -> AppResult<Progress> {
    let report = match row.version_id {
        Some(id) => report::version(ctx.db.read(), id).await?.map(|v| v.report_id),
        None => None,
    };
    let received = match row.state {
        UploadState::Receiving => tokio::fs::metadata(path(ctx, row.id)).await.map_or(0, |m| m.len()),
        UploadState::Received | UploadState::Known => u64::try_from(row.file_size).unwrap_or(0),
    };
    Ok(Progress { id: row.id, received, state: row.state, report })
}

/// Takes the bytes from `offset` on. When they do not follow what is here, nothing is taken, and the answer says from where to go on.
/// With the last byte the report is on the desk.
///
/// # Errors
/// A refusal when more bytes come than were announced, or they are not what was announced.
pub async fn receive<B: AsRef<[u8]>>(
    ctx: &Ctx,
    actor: &Actor,
    id: UploadId,
    offset: u64,
    mut bytes: impl Stream<Item = io::Result<B>> + Unpin,
) -> AppResult<Progress> {
    let (who, batch, row) = own_upload(ctx, actor, id).await?;
    if row.state != UploadState::Receiving {
        return progress_of(ctx, &row).await;
    }
    let path = path(ctx, id);
    let (file, here) = open_locked(&path).await?;
    let size = u64::try_from(row.file_size).unwrap_or(0);
    if offset != here && here < size {
        return progress_of(ctx, &row).await;
    }
    let mut file = tokio::fs::File::from_std(file);
    let mut received = here;
    while received < size {
        // What came before a line broke is kept: the browser goes on from there.
        let Some(Ok(piece)) = bytes.next().await else { break };
        received += piece.as_ref().len() as u64;
        if received > size {
            file.set_len(here).await?;
            return Err(wrong_hash().into());
        }
        file.write_all(piece.as_ref()).await?;
    }
    file.flush().await?;
    if received < size {
        return progress_of(ctx, &row).await;
    }
    file.sync_all().await?;
    finish(ctx, actor, who, &batch, row, &path).await
}

async fn finish(
    ctx: &Ctx,
    actor: &Actor,
    who: &Signed,
    batch: &Batch,
    mut row: Upload,
    path: &Path,
) -> AppResult<Progress> {
    let read = path.to_owned();
    let hash = tokio::task::spawn_blocking(move || hash_of(&read)).await??;
    let hash: FileHash = hash.parse()?;
    if row.file_hash.as_deref().is_some_and(|told| told != hash.as_str()) {
        tokio::fs::remove_file(path).await?;
        return Err(wrong_hash().into());
    }
    ctx.files.adopt(path, &hash).await?;
    let tx = ctx.begin().await?;
    let file = Arrived { name: &row.file_name, hash: &hash, size: row.file_size };
    let (version, known) = put_on_desk(ctx, &tx, actor, who, batch, &file).await?;
    row.state = if known { UploadState::Known } else { UploadState::Received };
    row.version_id = Some(version.id);
    upload::save(&tx, row.clone()).await?;
    ctx.commit(tx).await?;
    progress_of(ctx, &row).await
}

/// Takes a file that came whole, from a form without script.
///
/// # Errors
/// A refusal when the batch is full or the file is empty.
pub async fn take_whole(
    ctx: &Ctx,
    actor: &Actor,
    batch: BatchId,
    name: &str,
    incoming: Incoming,
) -> AppResult<Progress> {
    let (who, batch) = own_batch(ctx, actor, batch).await?;
    let (hash, size) = incoming.finish().await?;
    check_size(size)?;
    let name = clean_name(name);
    let tx = ctx.begin().await?;
    if upload::count(&tx, batch.id).await? >= FILES_MAX {
        return Err(batch_full().into());
    }
    let size = i64::try_from(size).map_err(|_| too_large())?;
    let file = Arrived { name: &name, hash: &hash, size };
    let (version, known) = put_on_desk(ctx, &tx, actor, who, &batch, &file).await?;
    let row = Upload {
        id: UploadId::new(&*ctx.clock, &*ctx.entropy),
        batch_id: batch.id,
        file_name: name,
        file_size: size,
        file_hash: Some(hash.as_str().to_owned()),
        state: if known { UploadState::Known } else { UploadState::Received },
        version_id: Some(version.id),
        created_at: ctx.now(),
    };
    upload::insert(&tx, row.clone()).await?;
    ctx.commit(tx).await?;
    progress_of(ctx, &row).await
}

/// Forgets uploads whose rest never came.
///
/// # Errors
/// When the database or the disk does not answer.
pub async fn forget_old(ctx: &Ctx) -> AppResult<()> {
    let lying = upload::left_lying(ctx.db.read(), ctx.now().plus_days(-KEPT_DAYS)).await?;
    for id in lying {
        match tokio::fs::remove_file(path(ctx, id)).await {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e.into()),
            _ => {}
        }
        let tx = ctx.begin().await?;
        upload::delete(&tx, id).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Where the bytes of an upload gather: named by its id, which no user chooses.
fn path(ctx: &Ctx, id: UploadId) -> PathBuf {
    ctx.settings.data.join("uploads").join(id.to_string())
}

/// The file to append to, for one request at a time, and how long it is.
async fn open_locked(path: &Path) -> AppResult<(File, u64)> {
    if let Some(folder) = path.parent() {
        tokio::fs::create_dir_all(folder).await?;
    }
    let path = path.to_owned();
    let opened = move || -> AppResult<(File, u64)> {
        let file = File::options().create(true).append(true).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(busy().into()),
            Err(TryLockError::Error(e)) => return Err(AppError::from(e)),
        }
        let size = file.metadata()?.len();
        Ok((file, size))
    };
    tokio::task::spawn_blocking(opened).await?
}

fn hash_of(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0u8; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex::encode(hash.finalize())),
            n => hash.update(&buffer[..n]),
        }
    }
}

fn check_size(size: u64) -> Result<(), Refusal> {
    match size {
        0 => Err(Refusal::field(
            "upload.empty",
            "file",
            "文件是空的，请核对后重新选择。",
            "The file is empty. Check it and choose again.",
        )),
        _ if size > FILE_BYTES_MAX => Err(too_large()),
        _ => Ok(()),
    }
}

fn too_large() -> Refusal {
    let most = FILE_BYTES_MAX >> 20;
    Refusal::new(
        Kind::TooLarge,
        "upload.too_large",
        format!("文件超过 {most} MB。请拆分，或压缩其中的图片后再上传。"),
        format!("The file is larger than {most} MB. Split it, or make its pictures smaller, and upload again."),
    )
}

fn batch_full() -> Refusal {
    Refusal::new(
        Kind::TooMany,
        "upload.batch_full",
        format!("一批最多 {FILES_MAX} 个文件，其余请另起一批上传。"),
        format!("A batch holds at most {FILES_MAX} files. Upload the others as another batch."),
    )
}

fn wrong_hash() -> Refusal {
    Refusal::new(
        Kind::Invalid,
        "upload.differs",
        "收到的内容与所选文件不一致，没有保存。请重新上传这个文件。",
        "What arrived is not the file that was chosen. Nothing was saved; upload this file again.",
    )
}

fn busy() -> Refusal {
    Refusal::new(
        Kind::Conflict,
        "upload.busy",
        "这个文件正由另一个窗口上传。请等它完成。",
        "This file is being uploaded from another window. Wait for it to finish.",
    )
}
