//! What waits in the exchange for who is signed in: answers owed, listings returned, frozen or near their end, what is new in kept searches, and for officers
//! what waits for them.

use keqiao_access::{Actor, may};
use keqiao_exchange::choice::{InterestState, ListingState};
use keqiao_exchange::life::ASKED_BEFORE;
use keqiao_i18n::Bilingual;
use keqiao_store::PageRequest;
use keqiao_store::exchange::interest;
use keqiao_store::exchange::listing::{self, Listing, ListingFilter};

use super::{desk, saved};
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
    if may::review_listings(actor) {
        let waiting = desk(ctx, actor, ListingState::Waiting, PageRequest::new(1, 1)).await?;
        let (n, reports) = (waiting.listings.total, waiting.reports.len());
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
    }
    list.extend(saved::reminders(ctx, actor).await?);
    list.sort_by_key(|r| (!r.urgent, r.due.is_none(), r.due));
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
