//! Files of records: taken in, looked at for what the camera wrote, put into a record only by whoever sent them, downloaded.

use std::str::FromStr;

use keqiao_access::{Actor, Signed, may};
use keqiao_base::{EvidenceId, FieldError, Refusal};
use keqiao_evidence::{FileNote, FileRole, Taken, read_photo};
use keqiao_store::ConnectionTrait;
use keqiao_store::evidence::record as rows;
use keqiao_store::evidence::upload::{self, EvidenceUpload};

use super::{refused, seen};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::files::{FileHash, Incoming};

/// The longest file.
pub const FILE_BYTES_MAX: u64 = 20 * 1024 * 1024;
/// The most files of one record.
pub const FILES_MAX: usize = 20;
/// Characters of a name that are kept.
const NAME_CHARS_MAX: usize = 80;
/// After so many days a file that no record took is forgotten as sent.
const KEPT_DAYS: i64 = 30;

/// A file that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSent {
    /// Its hash: by this it is put into a record.
    pub hash: String,
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: i64,
    /// What the camera wrote.
    pub taken: Taken,
}

/// A file chosen for a record: `photo:9f86…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChosen {
    /// What it shows.
    pub role: FileRole,
    /// Its hash.
    pub hash: String,
}

impl FromStr for FileChosen {
    type Err = Refusal;
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let (role, hash) = text.split_once(':').ok_or_else(Refusal::not_found)?;
        let role = role.parse().map_err(|_| Refusal::not_found())?;
        Ok(FileChosen { role, hash: hash.parse::<FileHash>()?.to_string() })
    }
}

impl std::fmt::Display for FileChosen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.role, self.hash)
    }
}

/// Takes in a whole file; it waits until a record takes it.
///
/// # Errors
/// A refusal when the actor may not record anything; a fault when the disk does not take it.
pub async fn take(ctx: &Ctx, actor: &Actor, name: &str, incoming: Incoming) -> AppResult<FileSent> {
    let who = actor.must(may::record_somewhere(actor))?;
    let (hash, size) = incoming.finish().await?;
    let bytes = ctx.files.read(&hash).await?;
    let taken = tokio::task::spawn_blocking(move || read_photo(&bytes)).await?;
    let sent = FileSent {
        hash: hash.to_string(),
        name: clean_name(name),
        size: i64::try_from(size).unwrap_or(i64::MAX),
        taken,
    };
    let row = EvidenceUpload {
        account_id: who.account,
        hash: sent.hash.clone(),
        name: sent.name.clone(),
        size: sent.size,
        taken: serde_json::to_string(&sent.taken)?,
        at: ctx.now(),
    };
    let tx = ctx.begin().await?;
    upload::put(&tx, row).await?;
    upload::forget_before(&tx, ctx.now().plus_days(-KEPT_DAYS)).await?;
    ctx.commit(tx).await?;
    Ok(sent)
}

/// The files that were chosen, as the actor sent them: for showing the form again.
///
/// # Errors
/// When the database does not answer, or the actor is nobody.
pub async fn chosen(ctx: &Ctx, actor: &Actor, files: &[FileChosen]) -> AppResult<Vec<FileNote>> {
    let who = actor.must_sign_in()?;
    notes(ctx.db.read(), who, files).await
}

/// The files that were chosen, as the actor sent them.
pub(super) async fn notes(db: &impl ConnectionTrait, who: &Signed, files: &[FileChosen]) -> AppResult<Vec<FileNote>> {
    if files.len() > FILES_MAX {
        let (zh, en) = (format!("一条记录最多 {FILES_MAX} 个文件。"), format!("{FILES_MAX} files at most."));
        return Err(refused(vec![FieldError::new("file", zh, en)]));
    }
    let hashes: Vec<&str> = files.iter().map(|f| f.hash.as_str()).collect();
    let sent = upload::of(db, who.account, &hashes).await?;
    let mut out: Vec<FileNote> = Vec::with_capacity(files.len());
    for file in files {
        if out.iter().any(|f| f.hash == file.hash) {
            continue;
        }
        let missing = || {
            let (zh, en) = (
                "文件没有收到或已过期，请重新选择。",
                "A file did not arrive, or was sent too long ago. Choose it again.",
            );
            refused(vec![FieldError::new("file", zh, en)])
        };
        let found = sent.iter().find(|s| s.hash == file.hash).ok_or_else(missing)?;
        out.push(FileNote {
            hash: found.hash.clone(),
            role: file.role,
            name: found.name.clone(),
            size: found.size,
            taken: serde_json::from_str(&found.taken)?,
        });
    }
    Ok(out)
}

/// A file of a record: its name and its bytes.
///
/// # Errors
/// A refusal when there is no such record among those that the actor may see, or no such file.
pub async fn download(ctx: &Ctx, actor: &Actor, id: EvidenceId, number: i32) -> AppResult<(String, Vec<u8>)> {
    seen(ctx.db.read(), actor, id).await?;
    let file = rows::file(ctx.db.read(), id, number).await?.ok_or_else(Refusal::not_found)?;
    let bytes = ctx.files.read(&file.hash.parse::<FileHash>()?).await?;
    Ok((file.name, bytes))
}

/// A name as it may be kept and shown: the last part of whatever was sent, without signs that nobody sees. Never used as a path.
fn clean_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    // Marks that turn the direction of writing would show `gpj.exe` as `exe.jpg`.
    let shown = |c: &char| {
        !c.is_control() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let kept: Vec<char> = last.trim().chars().filter(shown).collect();
    if kept.iter().all(|c| matches!(c, '.' | ' ')) {
        return "未命名".to_owned();
    }
    kept[kept.len().saturating_sub(NAME_CHARS_MAX)..].iter().collect()
}
