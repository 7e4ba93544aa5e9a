//! What waits in the exchange for who is signed in: answers owed, listings returned, frozen or near their end, what is new in kept searches, and for officers
//! what waits for them.

use keqiao_access::{Actor, may};
use keqiao_exchange::choice::{InterestState, ListingState};
use keqiao_exchange::clarify::may_be_answered;
use keqiao_exchange::life::ASKED_BEFORE;
use keqiao_i18n::Bilingual;
use keqiao_store::PageRequest;
use keqiao_store::exchange::interest;
use keqiao_store::exchange::listing::{self, Listing, ListingFilter};

use super::{clarify, desk, saved};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::performance::{Reminder, ReminderKind};

/// The most listings of one's own that are looked at.
const MOST: u64 = 100;

/// What waits for who asks; nothing for visitors. Urgent ones first.
///
/// # Errors
/// When the database does not answer.
pub async fn reminders(ctx: &Ctx, actor: &Actor) -> AppResult<Vec<Reminder>> {
    let Some(me) = actor.account() else { return Ok(Vec::new()) };
    let (db, today) = (ctx.db.read(), ctx.now().day());
    let mine = ListingFilter { of: Some(me), ..ListingFilter::default() };
    let mine = listing::page(db, &mine, PageRequest::new(1, MOST)).await?.rows;
    let mut list: Vec<Reminder> = mine.iter().filter_map(|l| of_listing(l, today)).collect();
    let ids: Vec<_> = mine.iter().map(|l| l.id).collect();
    for asked in interest::received(db, &ids, InterestState::Waiting).await? {
        let title = mine.iter().find(|l| l.id == asked.listing_id).map_or("", |l| l.title.as_str());
        list.push(Reminder {
            kind: ReminderKind::Interest,
            href: format!("/exchange/listings/{}#interests", asked.listing_id),
            text: Bilingual::new(format!("{}：{title}", asked.name), format!("{}: {title}", asked.name)),
            urgent: asked.due_day < today,
            due: Some(asked.due_day),
        });
    }
    list.extend(questions(ctx, &mine, today).await?);
    if may::review_listings(actor) {
        list.extend(of_officers(ctx, actor).await?);
    }
    list.extend(saved::reminders(ctx, actor).await?);
    list.sort_by_key(|r| (!r.urgent, r.due.is_none(), r.due));
    Ok(list)
}

/// Questions on one's own demands that wait for answers.
async fn questions(ctx: &Ctx, mine: &[Listing], today: keqiao_base::Day) -> AppResult<Vec<Reminder>> {
    let mut list = Vec::new();
    let answered: Vec<_> = mine.iter().filter(|l| may_be_answered(l.state)).map(|l| l.id).collect();
    for (id, round) in clarify::open_of(ctx, &answered).await? {
        let title = mine.iter().find(|l| l.id == id).map_or("", |l| l.title.as_str());
        list.push(Reminder {
            kind: ReminderKind::Clarification,
            href: format!("/exchange/listings/{id}/clarify"),
            text: Bilingual::new(
                format!("{title}：{}个问题", round.asked.len()),
                format!("{title}: {} questions", round.asked.len()),
            ),
            urgent: round.due < today,
            due: Some(round.due),
        });
    }
    Ok(list)
}

/// What waits for officers: listings, reports, and answers that others owe.
async fn of_officers(ctx: &Ctx, actor: &Actor) -> AppResult<Vec<Reminder>> {
    let mut list = Vec::new();
    let waiting = desk(ctx, actor, ListingState::Waiting, PageRequest::new(1, 1)).await?;
    let (n, reports) = (waiting.listings.total, waiting.reports.len());
    if let Some((longest, _)) = waiting.overdue.first() {
        let late = waiting.overdue.len();
        list.push(Reminder {
            kind: ReminderKind::Unanswered,
            href: "/exchange/review#unanswered".to_owned(),
            text: Bilingual::new(format!("{late}条需求"), format!("{late} demands")),
            urgent: true,
            due: Some(longest.due),
        });
    }
    if n > 0 || reports > 0 {
        list.push(Reminder {
            kind: ReminderKind::Listings,
            href: "/exchange/review".to_owned(),
            text: Bilingual::new(
                format!("{n}条待审核，{reports}条举报待处理"),
                format!("{n} to review, {reports} reports to decide"),
            ),
            urgent: reports > 0,
            due: None,
        });
    }
    Ok(list)
}

fn of_listing(listing: &Listing, today: keqiao_base::Day) -> Option<Reminder> {
    let ends = listing.valid_until.filter(|d| today.until(*d) <= ASKED_BEFORE);
    let (kind, urgent, due) = match listing.state {
        ListingState::Returned => (ReminderKind::ListingReturned, true, None),
        ListingState::Frozen => (ReminderKind::ListingFrozen, true, None),
        ListingState::Expired => (ReminderKind::Renewal, true, None),
        ListingState::Listed => (ReminderKind::Renewal, false, Some(ends?)),
        _ => return None,
    };
    Some(Reminder {
        kind,
        href: format!("/exchange/listings/{}", listing.id),
        text: Bilingual::new(listing.title.clone(), listing.title.clone()),
        urgent,
        due,
    })
}
