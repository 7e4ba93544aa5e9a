//! Files of listings in three layers. What is not public is opened by those who stand near enough, from a browser, and each opening is in the log.

use keqiao_access::{Actor, may};
use keqiao_base::{Kind, ListingId, Refusal};
use keqiao_exchange::choice::{InterestState, ListingAct, ListingState};
use keqiao_exchange::disclosure::{Layer, Nearness, may_open};
use keqiao_store::ConnectionTrait;
use keqiao_store::exchange::file::{self, ListingFile};
use keqiao_store::exchange::interest;
use keqiao_store::exchange::listing::Listing;
use serde_json::json;

use super::{finish, is_kept, kept, readable, store};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::files::FileHash;
use crate::words::words;

/// The longest file.
pub const FILE_BYTES_MAX: u64 = 20 << 20;
/// The most files of one listing.
pub const FILES_MAX: usize = 10;

/// Puts a file that was taken in into a listing.
///
/// # Errors
/// A refusal when the actor may not, there are too many, or it is too long.
pub async fn attach(
    ctx: &Ctx,
    actor: &Actor,
    id: ListingId,
    layer: Layer,
    (name, hash): (&str, &FileHash),
) -> AppResult<()> {
    let size = tokio::fs::metadata(ctx.files.path(hash)).await?.len();
    if size > FILE_BYTES_MAX {
        let most = FILE_BYTES_MAX >> 20;
        let (zh, en) = (
            format!("文件超过 {most} MB，没有保存。"),
            format!("The file is larger than {most} MB; nothing was saved."),
        );
        return Err(Refusal::field("listing.file", "file", zh, en).into());
    }
    let tx = ctx.begin().await?;
    let before = kept(&tx, actor, id).await?;
    if matches!(before.state, ListingState::Archived | ListingState::Frozen) {
        return Err(Refusal::conflict().into());
    }
    if file::of(&tx, id).await?.len() >= FILES_MAX {
        let (zh, en) = (format!("最多 {FILES_MAX} 个附件。"), format!("At most {FILES_MAX} files."));
        return Err(Refusal::field("listing.file", "file", zh, en).into());
    }
    let name = words("file", name.rsplit(['/', '\\']).next().unwrap_or_default(), 120)?;
    let row = ListingFile {
        listing_id: id,
        number: 0,
        layer,
        hash: hash.to_string(),
        name: if name.is_empty() { "附件".to_owned() } else { name },
        size: i64::try_from(size).unwrap_or(i64::MAX),
        removed: false,
        at: ctx.now(),
    };
    file::add(&tx, row).await?;
    let revision = before.revision;
    store(ctx, &tx, actor, &before, revision, (ListingAct::Changed, "")).await?;
    finish(ctx, tx, actor, "listing.file_added", &format!("listing:{id}"), json!({ "layer": layer })).await
}

/// Takes a file out of a listing; it stays in the store, for what was shown was shown.
///
/// # Errors
/// A refusal when the actor may not, or there is none.
pub async fn detach(ctx: &Ctx, actor: &Actor, id: ListingId, number: i32) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let before = kept(&tx, actor, id).await?;
    if !file::remove(&tx, id, number).await? {
        return Err(Refusal::not_found().into());
    }
    let revision = before.revision;
    store(ctx, &tx, actor, &before, revision, (ListingAct::Changed, "")).await?;
    finish(ctx, tx, actor, "listing.file_removed", &format!("listing:{id}"), json!({ "number": number })).await
}

/// How near the actor stands to a listing.
pub(super) async fn nearness(db: &impl ConnectionTrait, actor: &Actor, listing: &Listing) -> AppResult<Nearness> {
    if is_kept(actor, listing) {
        return Ok(Nearness::Own);
    }
    let reviews = may::review_listing(actor, listing.region, listing.owner_id, listing.publisher_id);
    if reviews && listing.state == ListingState::Waiting {
        return Ok(Nearness::Own);
    }
    let Some(account) = actor.account() else { return Ok(Nearness::Stranger) };
    let mine = interest::by(db, listing.id, account).await?.filter(|i| i.state == InterestState::Accepted);
    Ok(match mine {
        Some(interest) if interest.sworn_at.is_some() => Nearness::Sworn,
        Some(_) => Nearness::Interested,
        None => Nearness::Stranger,
    })
}

/// A file of a listing: its name and its bytes. What is not public is written into the log first.
///
/// # Errors
/// A refusal when there is none that the actor may see, or it is not open to them.
pub async fn open_file(ctx: &Ctx, actor: &Actor, id: ListingId, number: i32) -> AppResult<(String, Vec<u8>)> {
    let (listing, _) = readable(ctx.db.read(), actor, id).await?;
    let file = file::load(ctx.db.read(), id, number).await?.ok_or_else(Refusal::not_found)?;
    if file.layer != Layer::Public {
        actor.must(may::open_layer(actor))?;
        let near = nearness(ctx.db.read(), actor, &listing).await?;
        if !may_open(file.layer, near) {
            let title = file.layer.title();
            let (zh, en) = (
                format!("这个附件{}。请先在页面上表达意向。", title.zh),
                format!("This file is open {}: say on the page that you are interested.", title.en.to_lowercase()),
            );
            return Err(Refusal::new(Kind::Forbidden, "listing.layer", zh, en).into());
        }
        if near != Nearness::Own || !is_kept(actor, &listing) {
            let tx = ctx.begin().await?;
            let detail =
                json!({ "number": number, "layer": file.layer, "hash": file.hash, "version": listing.version });
            finish(ctx, tx, actor, "listing.file_opened", &format!("listing:{id}"), detail).await?;
        }
    }
    Ok((file.name, ctx.files.read(&file.hash.parse::<FileHash>()?).await?))
}
