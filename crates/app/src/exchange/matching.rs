//! Matching: for a demand the offers, for an offer the demands, for a question the offers, each with what speaks for and against it; and what
//! is similar, of the same kind.
//!
//! The order is one small sum of whole points. The search holds the candidates near; the first of them has 100 points, each place further two
//! less. To these the points of `exchange::fit` are added: one criterion met counts as much as six places. So what fits moves up among texts
//! that are about as near, and nothing far away is carried to the top by its terms alone.

use std::collections::{BTreeMap, HashMap};

use keqiao_access::{Actor, RegionCode, may};
use keqiao_base::{ListingId, Refusal};
use keqiao_exchange::choice::{ListingKind, ListingState};
use keqiao_exchange::fit::{self, Known, Load, Reason, Weights};
use keqiao_exchange::listing::{Content, Detail};
use keqiao_search::Hit;
use keqiao_search::explain::{Answer, explain};
use keqiao_search::index::facet::Choice;
use keqiao_store::exchange::judgement::{self, Judgement};
use keqiao_store::exchange::listing::Listing;
use keqiao_store::exchange::{interest, listing};
use serde_json::{Value, json};

use super::card::{Card, content_of, listed, marked, outstanding, says_something};
use super::finder::{Ask, ask, key_of, percent, text_of, weak};
use crate::context::Ctx;
use crate::error::AppResult;

/// Candidates that the search is asked for.
const CANDIDATES: usize = 50;
/// Matches that are shown.
const SHOWN: usize = 20;
/// Similar listings that are shown.
const SIMILAR: usize = 10;
/// Points of the first candidate, and what each place further counts less.
const FIRST: i32 = 100;
const STEP: i32 = 2;
/// Likeness of meaning, in per cent, from which on texts that share no term are a match.
const LIKE_MIN: i32 = 40;
/// Terms that are named.
const TERMS: usize = 6;

/// A term that both have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedTerm {
    /// As the listing says it that was matched.
    pub term: String,
    /// As the other says it, where that is another word.
    pub other: Option<String>,
}

/// One match.
#[derive(Clone, Debug)]
pub struct Match {
    /// The listing that was found.
    pub card: Card,
    /// Its place, from 1.
    pub place: usize,
    /// What it is ordered by.
    pub points: i32,
    /// Terms that both have, the weightiest first.
    pub shared: Vec<SharedTerm>,
    /// Terms that it does not have, the weightiest first.
    pub missing: Vec<String>,
    /// How much of what was asked its words answer, in per cent.
    pub covered: i32,
    /// Likeness of meaning in per cent, where vectors are compared.
    pub likeness: Option<i32>,
    /// What fits and what does not.
    pub reasons: Vec<Reason>,
    /// What the ranking saw, kept with what is said of it.
    pub features: Value,
    /// What who asks said of it.
    pub judged: Option<Judgement>,
}

impl Match {
    /// What speaks for it.
    pub fn fitting(&self) -> impl Iterator<Item = &Reason> {
        self.reasons.iter().filter(|r| r.points > 0)
    }

    /// What speaks against it.
    pub fn against(&self) -> impl Iterator<Item = &Reason> {
        self.reasons.iter().filter(|r| r.points < 0)
    }
}

/// The matches of a listing.
#[derive(Clone, Debug)]
pub struct Matches {
    /// The listing.
    pub listing: Listing,
    /// Of which kind the matches are.
    pub kind: ListingKind,
    /// The best first.
    pub found: Vec<Match>,
}

/// For a demand or a question the offers, for an offer the demands.
///
/// # Errors
/// A refusal when there is no such listing whose matches the actor may see.
pub async fn matches(ctx: &Ctx, actor: &Actor, id: ListingId) -> AppResult<Matches> {
    actor.must_sign_in()?;
    let row = listing::load(ctx.db.read(), id).await?;
    let seen = |l: &Listing| may::see_matches(actor, l.region, l.owner_id, l.publisher_id);
    let row = row.filter(seen).ok_or_else(Refusal::not_found)?;
    let kind = kind_for(row.kind);
    let mut found = fitting(ctx, &row, kind, CANDIDATES).await?;
    found.truncate(SHOWN);
    if let Some(me) = actor.account() {
        let said = judgement::of(ctx.db.read(), me, id).await?;
        let mut said: HashMap<ListingId, Judgement> = said.into_iter().map(|j| (j.to_id, j)).collect();
        found.iter_mut().for_each(|m| m.judged = said.remove(&m.card.listing.id));
    }
    Ok(Matches { listing: row, kind, found })
}

/// Listings of the same kind that say about the same. Everybody may see them, since all of it is listed.
///
/// # Errors
/// A refusal when no such listing stands listed.
pub async fn similar(ctx: &Ctx, id: ListingId) -> AppResult<Matches> {
    let row = listing::load(ctx.db.read(), id).await?.filter(|l| l.state == ListingState::Listed);
    let row = row.ok_or_else(Refusal::not_found)?;
    let found = fitting(ctx, &row, row.kind, SIMILAR).await?;
    Ok(Matches { kind: row.kind, listing: row, found })
}

/// Of which kind the matches of a kind are.
pub(super) fn kind_for(kind: ListingKind) -> ListingKind {
    if kind == ListingKind::Offer { ListingKind::Demand } else { ListingKind::Offer }
}

/// Listings of one kind only.
pub(super) fn choice_of(kind: ListingKind) -> Choice {
    BTreeMap::from([("kind".to_owned(), vec![kind.code().to_owned()])])
}

/// What is near a listing among those of a kind, in the order of its points.
async fn fitting(ctx: &Ctx, row: &Listing, kind: ListingKind, limit: usize) -> AppResult<Vec<Match>> {
    let content = content_of(row);
    let asked = text_of(&row.title, &content.body());
    let question = Ask { text: asked.clone(), choice: choice_of(kind), limit, except: Some(key_of(row.id)) };
    let mut hits = ask(ctx, question).await?.hits;
    let best = hits.first().map_or(0.0, |hit| hit.score);
    hits.retain(|hit| !weak(hit.score, best));
    let rows = listed(ctx, &hits.iter().map(|hit| hit.key).collect::<Vec<_>>()).await?;
    let offers: Vec<ListingId> =
        rows.iter().chain([row]).filter(|r| r.kind == ListingKind::Offer).map(|r| r.id).collect();
    let taken: HashMap<ListingId, i64> = interest::accepted(ctx.db.read(), &offers).await?.into_iter().collect();
    let (own, row) = (ctx.clone(), row.clone());
    let work = move || {
        let asker = Asking { ctx: &own, row: &row, content: &content, text: &asked, taken: &taken };
        let hits: HashMap<_, _> = hits.iter().zip(1..).map(|(hit, place)| (hit.key, (*hit, place))).collect();
        let with_hit = |other: Listing| hits.get(&key_of(other.id)).map(|(hit, place)| asker.made(other, hit, *place));
        let mut found: Vec<Match> = rows.into_iter().filter_map(with_hit).collect();
        found.retain(|m| !m.shared.is_empty() || m.likeness.is_some_and(|like| like >= LIKE_MIN));
        // Stable: among equals the nearer stands first.
        found.sort_by_key(|m| std::cmp::Reverse(m.points));
        found.iter_mut().zip(1..).for_each(|(m, place)| m.place = place);
        found
    };
    let mut found = tokio::task::spawn_blocking(work).await?;
    outstanding(ctx, found.iter_mut().map(|m| &mut m.card)).await?;
    Ok(found)
}

/// The listing that is matched, and what is known beside it.
struct Asking<'a> {
    ctx: &'a Ctx,
    row: &'a Listing,
    content: &'a Content,
    text: &'a str,
    taken: &'a HashMap<ListingId, i64>,
}

impl Asking<'_> {
    fn made(&self, other: Listing, hit: &Hit, place: i32) -> Match {
        let content = content_of(&other);
        let text = text_of(&other.title, &content.body());
        let told = explain(&self.ctx.finder.read().collection, self.text, &text);
        let reasons = self.reasons(&other, &content);
        let shared: Vec<_> = told.shared.iter().filter(|s| says_something(&s.term)).collect();
        let places: Vec<(usize, usize)> = shared.iter().flat_map(|s| s.places.iter().copied()).collect();
        // What stands around the matter need not be answered.
        let core = core_of(self.content);
        let asked =
            |term: &String| says_something(term) && (self.row.title.contains(&**term) || core.contains(&**term));
        let term = |s: &&keqiao_search::explain::Shared| SharedTerm {
            term: s.term.clone(),
            other: (s.answer == Answer::Synonym)
                .then(|| s.places.first().and_then(|p| text.get(p.0..p.1)))
                .flatten()
                .map(str::to_owned),
        };
        let near = FIRST - STEP * (place - 1);
        let likeness = hit.dense.map(percent);
        Match {
            place: 0,
            points: near + fit::points(&reasons),
            shared: shared.iter().take(TERMS).map(term).collect(),
            missing: told.missing.iter().filter(|t| asked(t)).take(TERMS).cloned().collect(),
            covered: percent(told.covered),
            likeness,
            features: json!({
                "search_place": place,
                "score": hit.score,
                "views": hit.profile.views,
                "covered": hit.profile.covered,
                "near": hit.profile.near,
                "standing": hit.profile.standing,
                "dense": hit.dense,
                "fit": reasons.iter().map(|r| (r.part.code(), r.points)).collect::<Vec<_>>(),
            }),
            judged: None,
            card: marked(other, content, &text, &places),
            reasons,
        }
    }

    fn reasons(&self, other: &Listing, content: &Content) -> Vec<Reason> {
        let ((offer, gives), (demand, wants)) = if self.row.kind == ListingKind::Offer {
            ((self.row, self.content), (other, content))
        } else {
            ((other, content), (self.row, self.content))
        };
        let taken = self.taken.get(&offer.id).copied().unwrap_or(0);
        let load = Load { taken: u32::try_from(taken).unwrap_or(0), deals: 0 };
        let (at, from) = (demand.region.code(), offer.region.code());
        let demand = Known { content: wants, region: &at, place: place_of(demand.region) };
        let offer = Known { content: gives, region: &from, place: place_of(offer.region) };
        fit::fit(&demand, &offer, load, self.ctx.now().day(), &Weights::DEFAULT)
    }
}

/// The part of a text that says what it is about.
fn core_of(content: &Content) -> &str {
    match &content.detail {
        Detail::Offer(offer) => &offer.solves,
        Detail::Demand(demand) => &demand.parts.problem,
        Detail::Question(question) => &question.words,
    }
}

pub(super) fn place_of(region: RegionCode) -> &'static str {
    region.name().unwrap_or("—")
}
