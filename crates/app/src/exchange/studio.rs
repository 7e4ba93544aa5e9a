//! Studios, agencies and science bases: made by whoever keeps them, opened by an officer.

use std::collections::BTreeSet;

use keqiao_access::{Actor, may};
use keqiao_base::{FieldError, Refusal, StudioId};
use keqiao_exchange::choice::{Session, StudioKind, StudioState};
use keqiao_store::account as accounts;
use keqiao_store::exchange::studio::{self, Booking, Studio, StudioFilter};
use keqiao_store::{ConnectionTrait, Page, PageRequest, Tx};
use serde_json::json;

use super::finish;
use crate::account::sign_up::region;
use crate::context::Ctx;
use crate::error::AppResult;
use crate::words::{said, words};

/// The most people of a session.
const PLACES_MAX: i32 = 2_000;
/// The most bookings shown.
pub(super) const BOOKINGS_MAX: u64 = 200;

/// A studio as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudioForm {
    /// Which of the three.
    pub kind: StudioKind,
    /// Name or code of the region; that of the account when empty.
    pub region: String,
    /// Its name.
    pub name: String,
    /// What it does.
    pub words: String,
    /// Where one goes.
    pub address: String,
    /// How to reach it; public.
    pub phone: String,
    /// What can be booked: weekday (1 is Monday) and session, such as `6-morning`.
    pub hours: Vec<String>,
    /// People a session.
    pub places: String,
}

/// A studio as somebody sees it.
#[derive(Clone, Debug)]
pub struct StudioShown {
    /// The row.
    pub studio: Studio,
    /// What can be booked: weekday from 1 for Monday, and session.
    pub hours: BTreeSet<(u8, Session)>,
    /// For its keeper, what is booked from today on; for others, what they booked.
    pub bookings: Vec<Booking>,
    /// Whether who looks keeps it.
    pub keeps: bool,
    /// Whether who looks opens or returns it.
    pub reviews: bool,
}

/// `6-morning` and the like; what is none is left out.
pub(super) fn hours(written: &[String]) -> BTreeSet<(u8, Session)> {
    let read = |text: &String| {
        let (day, session) = text.split_once('-')?;
        let day = day.parse().ok().filter(|d| (1..=7).contains(d))?;
        Some((day, session.parse().ok()?))
    };
    written.iter().filter_map(read).collect()
}

pub(super) async fn seen(db: &impl ConnectionTrait, actor: &Actor, id: StudioId) -> AppResult<Studio> {
    let visible = |s: &Studio| {
        s.state == StudioState::Open || may::keep_studio(actor, s.owner_id) || may::see_hidden_listing(actor, s.region)
    };
    Ok(studio::load(db, id).await?.filter(visible).ok_or_else(Refusal::not_found)?)
}

/// One page of open studios, or of one's own.
///
/// # Errors
/// A refusal when a visitor asks for their own.
pub async fn studios(
    ctx: &Ctx,
    actor: &Actor,
    kind: Option<StudioKind>,
    own: bool,
    request: PageRequest,
) -> AppResult<Page<Studio>> {
    let filter = if own {
        StudioFilter { kind, owner: Some(actor.must_sign_in()?.account), ..StudioFilter::default() }
    } else {
        StudioFilter { kind, state: Some(StudioState::Open), ..StudioFilter::default() }
    };
    Ok(studio::page(ctx.db.read(), &filter, request).await?)
}

/// Studios that wait for an officer.
///
/// # Errors
/// A refusal when the actor is no officer or leader.
pub async fn studios_waiting(ctx: &Ctx, actor: &Actor) -> AppResult<Vec<Studio>> {
    actor.must(may::review_listings(actor))?;
    let filter = StudioFilter {
        regions: Some(may::review_regions(actor)),
        state: Some(StudioState::Waiting),
        ..StudioFilter::default()
    };
    Ok(studio::page(ctx.db.read(), &filter, PageRequest::new(1, PageRequest::SIZE_MAX)).await?.rows)
}

/// The page of a studio.
///
/// # Errors
/// A refusal when there is none that the actor may see.
pub async fn show_studio(ctx: &Ctx, actor: &Actor, id: StudioId) -> AppResult<StudioShown> {
    let db = ctx.db.read();
    let studio = seen(db, actor, id).await?;
    let keeps = may::keep_studio(actor, studio.owner_id);
    let bookings = match actor.account() {
        _ if keeps => studio::bookings(db, id, ctx.now().day(), BOOKINGS_MAX).await?,
        Some(account) => {
            let mine = studio::booked_by(db, account, BOOKINGS_MAX).await?;
            mine.into_iter().filter(|b| b.studio_id == id).collect()
        }
        None => Vec::new(),
    };
    Ok(StudioShown {
        hours: hours(&serde_json::from_str::<Vec<String>>(&studio.hours)?),
        reviews: may::review_studio(actor, studio.region, studio.owner_id),
        studio,
        bookings,
        keeps,
    })
}

/// Makes a studio, or changes one's own as it was at a revision; an officer looks before it opens.
///
/// # Errors
/// A refusal with everything that is wrong, when it is not theirs, or was changed since.
pub async fn keep_studio(
    ctx: &Ctx,
    actor: &Actor,
    before: Option<(StudioId, i32)>,
    form: &StudioForm,
) -> AppResult<StudioId> {
    let who = actor.must(may::publish(actor))?;
    let tx = ctx.begin().await?;
    let me = accounts::load(&tx, who.account).await?.ok_or_else(Refusal::sign_in)?;
    let mut faults = Vec::new();
    let name = words("name", &form.name, 40)?;
    if name.chars().count() < 3 {
        faults.push(FieldError::new("name", "请写名称，至少3个字。", "Give it a name of at least three characters."));
    }
    let region = region("region", &form.region)?.or(me.region);
    if region.is_none() {
        faults.push(FieldError::new("region", "请填写所在地区，如“云汀县”。", "Name the region, such as “云汀县”."));
    }
    let places = form.places.trim();
    let places: i32 = if places.is_empty() { 0 } else { places.parse().unwrap_or(-1) };
    let hours = hours(&form.hours);
    if !(0..=PLACES_MAX).contains(&places) || (!hours.is_empty() && places == 0) {
        let (zh, en) =
            (format!("请填写每场可接待人数，1至{PLACES_MAX}。"), format!("People a session, 1 to {PLACES_MAX}."));
        faults.push(FieldError::new("places", zh, en));
    }
    if !faults.is_empty() {
        return Err(Refusal::fields("studio.invalid", faults).into());
    }
    let codes: Vec<String> = hours.iter().map(|(day, session)| format!("{day}-{session}")).collect();
    let blank = Studio {
        id: StudioId::new(&*ctx.clock, &*ctx.entropy),
        kind: form.kind,
        region: region.ok_or_else(Refusal::not_found)?,
        name,
        owner_id: who.account,
        owner: who.name.clone(),
        organisation_id: me.organisation_id,
        words: said("words", &form.words, "请介绍能做什么。", "Say what it does.")?,
        address: words("address", &form.address, 120)?,
        phone: words("phone", &form.phone, 40)?,
        hours: serde_json::to_string(&codes)?,
        places,
        booked: !codes.is_empty(),
        state: StudioState::Waiting,
        reason: None,
        revision: 0,
        created_at: ctx.now(),
        updated_at: ctx.now(),
    };
    let id = kept(actor, &tx, before, blank).await?;
    finish(ctx, tx, actor, "studio.submitted", &format!("studio:{id}"), json!({ "kind": form.kind })).await?;
    Ok(id)
}

/// Saves it as new, or in the place of the one that it changes.
async fn kept(actor: &Actor, tx: &Tx, before: Option<(StudioId, i32)>, blank: Studio) -> AppResult<StudioId> {
    let Some((id, revision)) = before else {
        let id = blank.id;
        studio::insert(tx, blank).await?;
        return Ok(id);
    };
    let old = seen(tx, actor, id).await?;
    actor.must(may::keep_studio(actor, old.owner_id))?;
    store(tx, Studio { id, created_at: old.created_at, ..blank }, revision).await?;
    Ok(id)
}

async fn store(tx: &Tx, after: Studio, revision: i32) -> AppResult<()> {
    if studio::save(tx, after, revision).await? { Ok(()) } else { Err(Refusal::conflict().into()) }
}

/// Opens a studio that waited.
///
/// # Errors
/// A refusal when the actor may not, or somebody changed it since `revision`.
pub async fn pass_studio(ctx: &Ctx, actor: &Actor, id: StudioId, revision: i32) -> AppResult<()> {
    decided(ctx, actor, id, revision, StudioState::Open, None).await
}

/// Sends a studio back with words.
///
/// # Errors
/// A refusal when the actor may not, says nothing, or somebody changed it since `revision`.
pub async fn send_studio_back(ctx: &Ctx, actor: &Actor, id: StudioId, revision: i32, text: &str) -> AppResult<()> {
    let text = said("words", text, "请写明退回原因。", "Say why.")?;
    decided(ctx, actor, id, revision, StudioState::Returned, Some(text)).await
}

async fn decided(
    ctx: &Ctx,
    actor: &Actor,
    id: StudioId,
    revision: i32,
    state: StudioState,
    reason: Option<String>,
) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let before = seen(&tx, actor, id).await?;
    actor.must(may::review_studio(actor, before.region, before.owner_id))?;
    if before.state != StudioState::Waiting {
        return Err(Refusal::conflict().into());
    }
    store(&tx, Studio { state, reason, updated_at: ctx.now(), ..before }, revision).await?;
    finish(ctx, tx, actor, "studio.decided", &format!("studio:{id}"), json!({ "state": state })).await
}

/// Closes one's own studio; what is booked stands until it is answered.
///
/// # Errors
/// A refusal when it is not theirs, or somebody changed it since `revision`.
pub async fn close_studio(ctx: &Ctx, actor: &Actor, id: StudioId, revision: i32) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let before = seen(&tx, actor, id).await?;
    actor.must(may::keep_studio(actor, before.owner_id))?;
    store(&tx, Studio { state: StudioState::Closed, updated_at: ctx.now(), ..before }, revision).await?;
    finish(ctx, tx, actor, "studio.closed", &format!("studio:{id}"), json!({})).await
}
