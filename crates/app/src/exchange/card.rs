//! A listing on a list: its row, what it says, and the part of its text that answers what was asked.

use std::collections::{HashMap, HashSet};

use keqiao_base::ListingId;
use keqiao_exchange::choice::{ListingKind, ListingState, Maturity};
use keqiao_exchange::clarify::Lateness;
use keqiao_exchange::listing::{Cells, Content, Detail};
use keqiao_exchange::refine::Budget;
use keqiao_search::Key;
use keqiao_search::explain::explain;
use keqiao_store::exchange::listing::{self, Listing};
use uuid::Uuid;

use super::clarify;
use super::finder::{cut, key_of, text_of, whole};
use crate::context::Ctx;
use crate::error::AppResult;

/// Characters of an excerpt.
const EXCERPT_CHARS: usize = 110;

/// A piece of a text, marked where it answers what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it was asked for.
    pub marked: bool,
}

/// A listing on a list.
#[derive(Clone, Debug)]
pub struct Card {
    /// The row.
    pub listing: Listing,
    /// What it says.
    pub content: Content,
    /// Its title in pieces.
    pub title: Vec<Piece>,
    /// A part of its text in pieces.
    pub excerpt: Vec<Piece>,
    /// Whether its owner owes answers for so long that everybody sees it.
    pub outstanding: bool,
}

impl Card {
    /// What an offer costs, or what a demand may cost.
    pub fn money(&self) -> Option<Budget> {
        match &self.content.detail {
            Detail::Offer(offer) => offer.price,
            Detail::Demand(demand) => demand.parts.budget,
            Detail::Question(_) => None,
        }
    }

    /// How ripe an offer is, or must be for a demand.
    pub fn maturity(&self) -> Option<Maturity> {
        match &self.content.detail {
            Detail::Offer(offer) => offer.maturity,
            Detail::Demand(demand) => demand.maturity,
            Detail::Question(_) => None,
        }
    }
}

/// What a stored listing says; a row of another version says nothing.
pub(super) fn content_of(row: &Listing) -> Content {
    let cells: Cells = serde_json::from_str(&row.cells).unwrap_or_default();
    Content::read(row.kind, &cells).0
}

/// The id behind a key of the index.
pub(super) fn id_of(key: Key) -> ListingId {
    ListingId::from(Uuid::from_u128(key))
}

/// Those of some keys that stand listed, in the same order: the index may be a moment behind.
pub(super) async fn listed(ctx: &Ctx, keys: &[Key]) -> AppResult<Vec<Listing>> {
    let ids: Vec<ListingId> = keys.iter().map(|key| id_of(*key)).collect();
    let rows = listing::several(ctx.db.read(), &ids).await?;
    let mut rows: HashMap<Key, Listing> =
        rows.into_iter().filter(|row| row.state == ListingState::Listed).map(|row| (key_of(row.id), row)).collect();
    Ok(keys.iter().filter_map(|key| rows.remove(key)).collect())
}

/// Cards of some keys, marked by the words that were asked.
pub(super) async fn cards(ctx: &Ctx, keys: &[Key], words: &str) -> AppResult<Vec<Card>> {
    let rows = listed(ctx, keys).await?;
    let (own, words) = (ctx.clone(), words.to_owned());
    let make = move || rows.into_iter().map(|row| card(&own, row, &words)).collect();
    let mut cards: Vec<Card> = tokio::task::spawn_blocking(make).await?;
    outstanding(ctx, cards.iter_mut()).await?;
    Ok(cards)
}

/// Marks those whose owners owe answers.
pub(super) async fn outstanding(ctx: &Ctx, cards: impl Iterator<Item = &mut Card>) -> AppResult<()> {
    let mut demands: Vec<&mut Card> = cards.filter(|card| card.listing.kind == ListingKind::Demand).collect();
    if demands.is_empty() {
        return Ok(());
    }
    let ids: Vec<ListingId> = demands.iter().map(|card| card.listing.id).collect();
    let open = clarify::open_of(ctx, &ids).await?;
    let late: HashSet<ListingId> =
        open.into_iter().filter(|(_, r)| r.lateness == Some(Lateness::Outstanding)).map(|(id, _)| id).collect();
    demands.iter_mut().for_each(|card| card.outstanding = late.contains(&card.listing.id));
    Ok(())
}

fn card(ctx: &Ctx, row: Listing, words: &str) -> Card {
    let content = content_of(&row);
    let text = text_of(&row.title, &content.body());
    let places: Vec<(usize, usize)> = if words.is_empty() {
        Vec::new()
    } else {
        let shared = explain(&ctx.finder.read().collection, words, &text).shared;
        // Of a query of one sign that sign is all there is.
        let brief = !shared.iter().any(|s| says_something(&s.term));
        shared.into_iter().filter(|s| brief || says_something(&s.term)).flat_map(|s| s.places).collect()
    };
    marked(row, content, &text, &places)
}

/// Whether a term names a matter: longer than one sign, and no mere number.
pub(super) fn says_something(term: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十百千万亿两几.．".contains(c);
    term.chars().nth(1).is_some() && !term.chars().all(number)
}

/// A card with places of title and body together marked.
pub(super) fn marked(row: Listing, content: Content, text: &str, places: &[(usize, usize)]) -> Card {
    let title_end = row.title.len();
    let in_title: Vec<(usize, usize)> = places.iter().copied().filter(|p| p.1 <= title_end).collect();
    let body = text.get(title_end + 1..).unwrap_or_default();
    let after = |p: &(usize, usize)| Some((p.0.checked_sub(title_end + 1)?, p.1.checked_sub(title_end + 1)?));
    let in_body: Vec<(usize, usize)> = places.iter().filter_map(after).collect();
    Card {
        title: whole(&row.title, &in_title),
        excerpt: cut(body, &in_body, EXCERPT_CHARS),
        listing: row,
        content,
        outstanding: false,
    }
}
