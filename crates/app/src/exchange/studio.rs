//! Studios, agencies and science bases: made by whoever keeps them, opened by an officer, booked by everybody with an account.

use std::collections::BTreeSet;

use keqiao_access::{Actor, may};
use keqiao_base::{BookingId, Day, FieldError, Kind, Refusal, StudioId};
use keqiao_exchange::choice::{BookingState, Session, StudioKind, StudioState};
use keqiao_i18n::Bilingual;
use keqiao_store::account as accounts;
use keqiao_store::exchange::studio::{self, Booking, Studio, StudioFilter};
use keqiao_store::{ConnectionTrait, Page, PageRequest};
use serde_json::json;

use super::finish;
use crate::account::sign_up::region;
use crate::context::Ctx;
use crate::error::AppResult;
use crate::words::{said, words};

/// How many days ahead can be booked.
const AHEAD_DAYS: i64 = 60;
/// The most people of a session.
const PLACES_MAX: i32 = 2_000;
/// The most bookings shown.
const BOOKINGS_MAX: u64 = 200;
/// The most bookings of an account that wait or are to come.
const OPEN_MAX: usize = 10;

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

/// A booking as it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BookingForm {
    /// The day.
    pub day: String,
    /// The code of the session.
    pub session: String,
    /// How many come.
    pub people: String,
    /// What for.
    pub purpose: String,
    /// How to reach who books.
    pub phone: String,
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

fn fault(field: &str, zh: impl Into<String>, en: impl Into<String>) -> FieldError {
    FieldError { field: field.to_owned(), message: Bilingual::new(zh, en) }
}

/// `6-morning` and the like; what is none is left out.
fn hours(written: &[String]) -> BTreeSet<(u8, Session)> {
    let read = |text: &String| {
        let (day, session) = text.split_once('-')?;
        let day = day.parse().ok().filter(|d| (1..=7).contains(d))?;
        Some((day, session.parse().ok()?))
    };
    written.iter().filter_map(read).collect()
}

/// 1 for Monday to 7 for Sunday.
fn weekday(day: Day) -> u8 {
    // 2024-01-01 was a Monday.
    let monday = Day::first_of(2024);
    u8::try_from(monday.until(day).rem_euclid(7)).unwrap_or(0) + 1
}

async fn seen(db: &impl ConnectionTrait, actor: &Actor, id: StudioId) -> AppResult<Studio> {
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
        faults.push(fault("name", "请写名称，至少3个字。", "Give it a name of at least three characters."));
    }
    let region = region("region", &form.region)?.or(me.region);
    if region.is_none() {
        faults.push(fault("region", "请填写所在地区，如“云汀县”。", "Name the region, such as “云汀县”."));
    }
    let places = form.places.trim();
    let places: i32 = if places.is_empty() { 0 } else { places.parse().unwrap_or(-1) };
    let hours = hours(&form.hours);
    if !(0..=PLACES_MAX).contains(&places) || (!hours.is_empty() && places == 0) {
        let (zh, en) =
            (format!("请填写每场可接待人数，1至{PLACES_MAX}。"), format!("People a session, 1 to {PLACES_MAX}."));
        faults.push(fault("places", zh, en));
    }
    if !faults.is_empty() {
        return Err(Refusal::fields("studio.invalid", faults).into());
    }
    let codes: Vec<String> = hours.iter().map(|(day, session)| format!("{day}-{session}")).collect();
    let now = ctx.now();
    let filled = |id, revision, created_at| -> AppResult<Studio> {
        Ok(Studio {
            id,
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
            revision,
            created_at,
            updated_at: now,
        })
    };
    let id = match before {
        None => {
            let id = StudioId::new(&*ctx.clock, &*ctx.entropy);
            studio::insert(&tx, filled(id, 0, now)?).await?;
            id
        }
        Some((id, revision)) => {
            let old = seen(&tx, actor, id).await?;
            actor.must(may::keep_studio(actor, old.owner_id))?;
            store(&tx, filled(id, revision, old.created_at)?, revision).await?;
            id
        }
    };
    finish(ctx, tx, actor, "studio.submitted", &format!("studio:{id}"), json!({ "kind": form.kind })).await?;
    Ok(id)
}

async fn store(tx: &keqiao_store::Tx, after: Studio, revision: i32) -> AppResult<()> {
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

/// Books a session. Two who ask at once for the last places take turns: one of them is told that it is full.
///
/// # Errors
/// A refusal with the field at fault: not open, no such session, too early or late, full; or too many bookings of one account.
pub async fn book(ctx: &Ctx, actor: &Actor, id: StudioId, form: &BookingForm) -> AppResult<BookingId> {
    let who = actor.must(may::publish(actor))?;
    let tx = ctx.begin().await?;
    let at = seen(&tx, actor, id).await?;
    if at.state != StudioState::Open || !at.booked {
        return Err(Refusal::conflict().into());
    }
    // The row is written first, so that the next who books waits for this transaction.
    let revision = at.revision;
    store(&tx, at.clone(), revision).await?;
    let (day, session) = when(ctx, &at, form)?;
    let people = form.people.trim().parse::<i32>().ok().filter(|n| (1..=at.places).contains(n));
    let people = people.ok_or_else(|| {
        let most = at.places;
        Refusal::fields(
            "booking.people",
            vec![fault("people", format!("请填写1至{most}的人数。"), format!("From 1 to {most}."))],
        )
    })?;
    let taken = studio::taken(&tx, id, day, session).await?;
    if taken + i64::from(people) > i64::from(at.places) {
        let left = (i64::from(at.places) - taken).max(0);
        let (zh, en) = (
            format!("这一场还剩{left}个名额，请减少人数或换一场。"),
            format!("{left} places are left in this session."),
        );
        return Err(Refusal::fields("booking.full", vec![fault("people", zh, en)]).into());
    }
    let open =
        |b: &Booking| matches!(b.state, BookingState::Asked | BookingState::Confirmed) && b.day >= ctx.now().day();
    let mine = studio::booked_by(&tx, who.account, BOOKINGS_MAX).await?;
    if mine.iter().filter(|b| open(b)).count() >= OPEN_MAX {
        let (zh, en) = ("您有较多预约尚未到访，请先取消一些。", "You have many bookings to come; cancel some first.");
        return Err(Refusal::new(Kind::TooMany, "booking.many", zh, en).into());
    }
    let row = Booking {
        id: BookingId::new(&*ctx.clock, &*ctx.entropy),
        studio_id: id,
        account_id: who.account,
        name: who.name.clone(),
        phone: said("phone", &form.phone, "请留一个联系电话。", "Leave a number.")?.chars().take(40).collect(),
        day,
        session,
        people,
        purpose: words("purpose", &form.purpose, 300)?,
        state: BookingState::Asked,
        answer: String::new(),
        revision: 0,
        created_at: ctx.now(),
        updated_at: ctx.now(),
    };
    let booking = row.id;
    studio::insert_booking(&tx, row).await?;
    finish(ctx, tx, actor, "booking.asked", &format!("studio:{id}"), json!({ "day": day, "people": people })).await?;
    Ok(booking)
}

/// The day and session that are asked for, among those that can be booked.
fn when(ctx: &Ctx, at: &Studio, form: &BookingForm) -> AppResult<(Day, Session)> {
    let wrong = |zh: &str, en: &str| Refusal::fields("booking.day", vec![fault("day", zh, en)]);
    let day: Day = form.day.parse().map_err(|_| wrong("请选择日期。", "Choose a day."))?;
    let ahead = ctx.now().day().until(day);
    if !(1..=AHEAD_DAYS).contains(&ahead) {
        return Err(wrong("可预约明天起60天内的日期。", "From tomorrow on, up to 60 days ahead.").into());
    }
    let session = form.session.parse();
    let session: Session = session.map_err(|_| wrong("请选择上午或下午。", "Choose morning or afternoon."))?;
    let open = hours(&serde_json::from_str::<Vec<String>>(&at.hours)?);
    if !open.contains(&(weekday(day), session)) {
        return Err(wrong("这一天的这个时段不开放，请看开放时间。", "Not open then: see the opening hours.").into());
    }
    Ok((day, session))
}

/// One's own bookings, with their studios.
///
/// # Errors
/// A refusal when the actor has no account.
pub async fn booked(ctx: &Ctx, actor: &Actor) -> AppResult<Vec<(Booking, Studio)>> {
    let who = actor.must_sign_in()?;
    let db = ctx.db.read();
    let mut out = Vec::new();
    for booking in studio::booked_by(db, who.account, BOOKINGS_MAX).await? {
        if let Some(studio) = studio::load(db, booking.studio_id).await? {
            out.push((booking, studio));
        }
    }
    Ok(out)
}

/// The keeper of a studio answers a booking: confirms or declines what was asked, notes whether the confirmed came.
///
/// # Errors
/// A refusal when the actor does not keep the studio, declines without a word, or it stands elsewhere by now.
pub async fn answer_booking(
    ctx: &Ctx,
    actor: &Actor,
    id: BookingId,
    revision: i32,
    state: BookingState,
    text: &str,
) -> AppResult<StudioId> {
    use BookingState::{Asked, Confirmed, Declined, Held, Missed};
    let tx = ctx.begin().await?;
    let before = studio::booking(&tx, id).await?.ok_or_else(Refusal::not_found)?;
    let at = studio::load(&tx, before.studio_id).await?.ok_or_else(Refusal::not_found)?;
    if !may::keep_studio(actor, at.owner_id) {
        return Err(Refusal::not_found().into());
    }
    let leads = matches!((before.state, state), (Asked, Confirmed | Declined) | (Confirmed, Declined | Held | Missed));
    let early = matches!(state, Held | Missed) && ctx.now().day() < before.day;
    if !leads || early {
        return Err(Refusal::conflict().into());
    }
    let answer = match state {
        Declined => said("words", text, "请说明原因，或建议其他时间。", "Say why, or suggest another day.")?,
        _ => words("words", text, 300)?,
    };
    moved(ctx, tx, actor, Booking { state, answer, ..before }, revision).await?;
    Ok(at.id)
}

/// Who booked takes it back.
///
/// # Errors
/// A refusal when it is not theirs, or it stands elsewhere by now.
pub async fn cancel_booking(ctx: &Ctx, actor: &Actor, id: BookingId, revision: i32) -> AppResult<StudioId> {
    let tx = ctx.begin().await?;
    let before = studio::booking(&tx, id).await?;
    let mine = |b: &Booking| may::own_listing(actor, Some(b.account_id));
    let before = before.filter(mine).ok_or_else(Refusal::not_found)?;
    if !matches!(before.state, BookingState::Asked | BookingState::Confirmed) {
        return Err(Refusal::conflict().into());
    }
    let studio = before.studio_id;
    moved(ctx, tx, actor, Booking { state: BookingState::Cancelled, ..before }, revision).await?;
    Ok(studio)
}

async fn moved(ctx: &Ctx, tx: keqiao_store::Tx, actor: &Actor, after: Booking, revision: i32) -> AppResult<()> {
    let (subject, state) = (format!("studio:{}", after.studio_id), after.state);
    if !studio::save_booking(&tx, Booking { updated_at: ctx.now(), ..after }, revision).await? {
        return Err(Refusal::conflict().into());
    }
    finish(ctx, tx, actor, "booking.moved", &subject, json!({ "state": state })).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_and_hours_are_read() {
        assert_eq!(Day::new(2026, 11, 21).map(weekday), Some(6));
        assert_eq!(Day::new(2023, 12, 31).map(weekday), Some(7));
        let written = ["6-morning", "8-morning", "1-night", "x"].map(str::to_owned);
        assert_eq!(hours(&written), BTreeSet::from([(6, Session::Morning)]));
    }
}
