//! Bookings of studios and bases: asked by whoever has an account, answered by the keeper, never more people than places.

use keqiao_access::{Actor, may};
use keqiao_base::{BookingId, Day, FieldError, Kind, Refusal, StudioId};
use keqiao_exchange::choice::{BookingState, Session, StudioState};
use keqiao_store::Tx;
use keqiao_store::exchange::studio::{self, Booking, Studio};
use serde_json::json;

use super::finish;
use super::studio::{BOOKINGS_MAX, hours, seen};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::words::{said, words};

/// How many days ahead can be booked.
const AHEAD_DAYS: i64 = 60;
/// The most bookings of an account that wait or are to come.
const OPEN_MAX: usize = 10;

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

/// 1 for Monday to 7 for Sunday.
fn weekday(day: Day) -> u8 {
    // 2024-01-01 was a Monday.
    let monday = Day::first_of(2024);
    u8::try_from(monday.until(day).rem_euclid(7)).unwrap_or(0) + 1
}

/// Books a session. Two who ask at once for the last places take turns: one of them is told that it is full.
///
/// # Errors
/// A refusal with the field at fault: not open, no such session, too early or late, full; or too many bookings of one account.
pub async fn book(ctx: &Ctx, actor: &Actor, id: StudioId, form: &BookingForm) -> AppResult<BookingId> {
    let who = actor.must(may::publish(actor))?;
    let tx = ctx.begin().await?;
    // Held first, then read: who books at the same time waits here, and sees what is left.
    studio::hold(&tx, id).await?;
    let at = seen(&tx, actor, id).await?;
    if at.state != StudioState::Open || !at.booked {
        return Err(Refusal::conflict().into());
    }
    let (day, session) = when(ctx, &at, form)?;
    let people = form.people.trim().parse::<i32>().ok().filter(|n| (1..=at.places).contains(n));
    let people = people.ok_or_else(|| {
        let most = at.places;
        Refusal::fields(
            "booking.people",
            vec![FieldError::new("people", format!("请填写1至{most}的人数。"), format!("From 1 to {most}."))],
        )
    })?;
    let taken = studio::taken(&tx, id, day, session).await?;
    if taken + i64::from(people) > i64::from(at.places) {
        let left = (i64::from(at.places) - taken).max(0);
        let (zh, en) = (
            format!("这一场还剩{left}个名额，请减少人数或换一场。"),
            format!("{left} places are left in this session."),
        );
        return Err(Refusal::fields("booking.full", vec![FieldError::new("people", zh, en)]).into());
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
    let wrong = |zh: &str, en: &str| Refusal::fields("booking.day", vec![FieldError::new("day", zh, en)]);
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

async fn moved(ctx: &Ctx, tx: Tx, actor: &Actor, after: Booking, revision: i32) -> AppResult<()> {
    let (subject, state) = (format!("studio:{}", after.studio_id), after.state);
    if !studio::save_booking(&tx, Booking { updated_at: ctx.now(), ..after }, revision).await? {
        return Err(Refusal::conflict().into());
    }
    finish(ctx, tx, actor, "booking.moved", &subject, json!({ "state": state })).await
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn weekdays_and_hours_are_read() {
        assert_eq!(Day::new(2026, 11, 21).map(weekday), Some(6));
        assert_eq!(Day::new(2023, 12, 31).map(weekday), Some(7));
        let written = ["6-morning", "8-morning", "1-night", "x"].map(str::to_owned);
        assert_eq!(hours(&written), BTreeSet::from([(6, Session::Morning)]));
    }
}
