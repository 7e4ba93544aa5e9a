//! What the page of a listing shows, to whoever looks; and what is one's own.

use keqiao_access::{Actor, may};
use keqiao_base::{ListingId, Refusal};
use keqiao_exchange::choice::ListingState;
use keqiao_exchange::clarify::{Lateness, may_be_answered};
use keqiao_exchange::clarity::{self, Line};
use keqiao_exchange::disclosure::{Nearness, may_open};
use keqiao_exchange::life::Risk;
use keqiao_exchange::listing::{Cells, Content};
use keqiao_store::exchange::file::{self, ListingFile};
use keqiao_store::exchange::interest::{self, Interest};
use keqiao_store::exchange::listing::{self, Act, Listing, ListingFilter, ListingVersion};
use keqiao_store::exchange::report::{self, ListingReport};
use keqiao_store::{Page, PageRequest};

use super::clarify::{self, Round};
use super::file::nearness;
use super::{is_kept, readable};
use crate::context::Ctx;
use crate::error::AppResult;

/// The most interests of one's own that are shown.
const SENT_MAX: u64 = 100;

/// A listing as somebody sees it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The row.
    pub listing: Listing,
    /// Whether it is no longer listed and this is what who looks was introduced under.
    pub then: bool,
    /// What it says.
    pub content: Content,
    /// Its fields as they were typed.
    pub cells: Cells,
    /// How clear it is, line by line.
    pub clarity: Vec<Line>,
    /// What made an officer look; only for keepers and officers.
    pub risks: Vec<Risk>,
    /// Files, and whether each is open to who looks.
    pub files: Vec<(ListingFile, bool)>,
    /// How near who looks stands.
    pub near: Nearness,
    /// Its history; only for keepers and officers.
    pub acts: Vec<Act>,
    /// Interests in it for its keeper; else the one of who looks.
    pub interests: Vec<Interest>,
    /// Reports about it; only for officers.
    pub reports: Vec<ListingReport>,
    /// Its clarification rounds, the first on top; only for keepers and officers.
    pub rounds: Vec<Round>,
    /// Whether its owner owes answers for so long that everybody sees it.
    pub outstanding: bool,
    /// Whether who looks keeps it.
    pub keeps: bool,
    /// Whether who looks decides about it.
    pub reviews: bool,
}

/// The fields and what they say.
///
/// # Errors
/// When the row was made by another version.
pub fn content(listing: &Listing) -> AppResult<(Cells, Content)> {
    let cells: Cells = serde_json::from_str(&listing.cells)?;
    let (content, _) = Content::read(listing.kind, &cells);
    Ok((cells, content))
}

/// The page of a listing.
///
/// # Errors
/// A refusal when there is none that the actor may see.
pub async fn show(ctx: &Ctx, actor: &Actor, id: ListingId) -> AppResult<Shown> {
    let db = ctx.db.read();
    let (listing, then) = readable(db, actor, id).await?;
    let (cells, content) = content(&listing)?;
    let near = nearness(db, actor, &listing).await?;
    let keeps = is_kept(actor, &listing);
    let reviews = may::review_listing(actor, listing.region, listing.owner_id, listing.publisher_id);
    let inside = keeps || may::see_hidden_listing(actor, listing.region);
    let interests = match actor.account() {
        _ if keeps => interest::of(db, id).await?,
        Some(account) => interest::by(db, id, account).await?.into_iter().collect(),
        None => Vec::new(),
    };
    let mut rounds = clarify::rounds(ctx, id).await?;
    let outstanding = rounds.iter().any(|r| r.lateness == Some(Lateness::Outstanding));
    if !inside {
        rounds.clear();
    }
    let files = file::of(db, id).await?.into_iter().map(|f| (f.clone(), may_open(f.layer, near))).collect();
    Ok(Shown {
        clarity: clarity::lines(&content),
        risks: if inside { serde_json::from_str(&listing.risks)? } else { Vec::new() },
        acts: if inside { listing::acts(db, id).await? } else { Vec::new() },
        reports: if reviews { report::of(db, id).await? } else { Vec::new() },
        then,
        content,
        cells,
        files,
        near,
        interests,
        outstanding: outstanding && listing.state == ListingState::Listed,
        rounds,
        keeps,
        reviews,
        listing,
    })
}

/// What was listed under a number: for those who keep it, were introduced under it, or look after the region.
///
/// # Errors
/// A refusal for everybody else, or when there is none.
pub async fn version(ctx: &Ctx, actor: &Actor, id: ListingId, number: i32) -> AppResult<(ListingVersion, Content)> {
    let db = ctx.db.read();
    // Not `seen`: whoever was introduced under a version reads it still when the listing is long put away.
    let listing = listing::load(db, id).await?.ok_or_else(Refusal::not_found)?;
    let mine = match actor.account() {
        Some(account) => interest::by(db, id, account).await?.is_some_and(|i| i.version == number),
        None => false,
    };
    if !mine && !is_kept(actor, &listing) && !may::see_hidden_listing(actor, listing.region) {
        return Err(Refusal::not_found().into());
    }
    let version = listing::version(db, id, number).await?.ok_or_else(Refusal::not_found)?;
    let cells: Cells = serde_json::from_str(&version.cells)?;
    let (content, _) = Content::read(listing.kind, &cells);
    Ok((version, content))
}

/// What is one's own.
#[derive(Clone, Debug)]
pub struct Own {
    /// One page of the listings that one owns or wrote.
    pub listings: Page<Listing>,
    /// Questions on them that wait for answers, with the listing they are about.
    pub rounds: Vec<(ListingId, Round)>,
    /// What one asked others, with the listing.
    pub sent: Vec<(Interest, Listing)>,
}

/// One's own listings, in a state when asked, and what one asked others.
///
/// # Errors
/// A refusal when the actor has no account.
pub async fn own(ctx: &Ctx, actor: &Actor, state: Option<ListingState>, request: PageRequest) -> AppResult<Own> {
    let who = actor.must_sign_in()?;
    let db = ctx.db.read();
    let filter =
        ListingFilter { of: Some(who.account), states: state.into_iter().collect(), ..ListingFilter::default() };
    let sent = interest::sent(db, who.account, SENT_MAX).await?;
    let ids: Vec<ListingId> = sent.iter().map(|i| i.listing_id).collect();
    let about = listing::several(db, &ids).await?;
    let pair = |i: Interest| about.iter().find(|l| l.id == i.listing_id).cloned().map(|l| (i, l));
    let listings = listing::page(db, &filter, request).await?;
    let answered: Vec<&Listing> = listings.rows.iter().filter(|l| may_be_answered(l.state)).collect();
    let rounds = clarify::open_of(ctx, &answered.iter().map(|l| l.id).collect::<Vec<_>>()).await?;
    Ok(Own { listings, rounds, sent: sent.into_iter().filter_map(pair).collect() })
}
