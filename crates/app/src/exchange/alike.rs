//! What was written before: near copies of a text among everything that is listed, waits or is frozen, on both sides and of every publisher.
//! Bands propose, shared rows of characters decide; where there is a model, texts that say the same in other words are named too.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use keqiao_access::{Actor, may};
use keqiao_base::{AccountId, ListingId};
use keqiao_exchange::choice::{ListingKind, ListingState};
use keqiao_exchange::life::Risk;
use keqiao_search::Key;
use keqiao_search::duplicate::{overlap, shingles, stock_phrases};
use keqiao_store::exchange::listing::{self, Listing};

use super::card::{content_of, id_of};
use super::finder::{Ask, ask, key_of, percent, text_of};
use crate::context::Ctx;
use crate::error::AppResult;

/// Shared rows of characters from which on one text is a near copy of the other, in per cent of the shorter one.
const COPY: i32 = 60;
/// Likeness of meaning from which on two texts say the same, in per cent.
const SAME_MEANING: i32 = 92;
/// The most that are named.
const SHOWN: usize = 10;
/// Pairs that are looked at for the page of clusters, and rows that are loaded at a time.
const PAIRS_MAX: usize = 2_000;
const ROWS: usize = 400;
/// The most clusters that are shown.
const CLUSTERS_MAX: usize = 100;

/// A listing that says about the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// Its id.
    pub id: ListingId,
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind: ListingKind,
    /// Whose it is.
    pub owner: String,
    /// Their account, where there is one.
    pub owner_id: Option<AccountId>,
    /// Where it stands: only what is listed is for everybody's eyes.
    pub state: ListingState,
    /// How much is the same, in per cent.
    pub share: i32,
    /// Whether the words differ and only the meaning is the same.
    pub by_meaning: bool,
}

/// What says about the same as a text, the likest first; `except` is the listing itself, while it is changed.
///
/// # Errors
/// When the database does not answer.
pub async fn alike(ctx: &Ctx, title: &str, body: &str, except: Option<ListingId>) -> AppResult<Vec<Alike>> {
    let text = text_of(title, body);
    let except = except.map(key_of);
    let near = proposed(ctx, text.clone()).await?;
    let mut by_words: BTreeSet<Key> = near;
    let mut by_meaning: BTreeMap<Key, i32> = BTreeMap::new();
    if ctx.finder.has_vectors() {
        let question = Ask { text: text.clone(), limit: SHOWN, ..Ask::default() };
        for hit in ask(ctx, question).await?.hits {
            if let Some(share) = hit.dense.map(percent).filter(|share| *share >= SAME_MEANING) {
                by_meaning.insert(hit.key, share);
            }
        }
    }
    by_words.extend(by_meaning.keys());
    let ids: Vec<ListingId> = by_words.into_iter().filter(|key| Some(*key) != except).map(id_of).collect();
    let rows = listing::several(ctx.db.read(), &ids).await?;
    let work = move || {
        let own = shingles(&text);
        let named = |row: Listing| {
            let copied = percent(overlap(&own, &shingles(&text_of_row(&row))).contained);
            let meant = by_meaning.get(&key_of(row.id)).copied();
            let by_meaning = copied < COPY;
            let share = if by_meaning { meant? } else { copied };
            let Listing { id, title, kind, owner, owner_id, state, .. } = row;
            Some(Alike { id, title, kind, owner, owner_id, state, share, by_meaning })
        };
        let mut found: Vec<Alike> = rows.into_iter().filter(compared).filter_map(named).collect();
        found.sort_by_key(|a| (a.by_meaning, std::cmp::Reverse(a.share), a.id));
        found.truncate(SHOWN);
        found
    };
    Ok(tokio::task::spawn_blocking(work).await?)
}

/// What speaks against listing a text at once, by what says about the same: a copy of one's own on the same side, or one on the other side
/// or of somebody else. Texts that only mean the same are shown and held against nobody.
pub fn doubts(found: &[Alike], kind: ListingKind, owner_id: Option<AccountId>, owner: &str) -> Vec<Risk> {
    let own = |a: &Alike| a.owner_id == owner_id && (owner_id.is_some() || a.owner == owner);
    let risk = |a: &Alike| if own(a) && a.kind == kind { Risk::Duplicate } else { Risk::Crossed };
    let risks: BTreeSet<Risk> = found.iter().filter(|a| !a.by_meaning).map(risk).collect();
    risks.into_iter().collect()
}

async fn proposed(ctx: &Ctx, text: String) -> AppResult<BTreeSet<Key>> {
    let ctx = ctx.clone();
    Ok(tokio::task::spawn_blocking(move || ctx.finder.read().bands.near(&text)).await?)
}

fn compared(row: &Listing) -> bool {
    matches!(row.state, ListingState::Listed | ListingState::Waiting | ListingState::Frozen)
}

fn text_of_row(row: &Listing) -> String {
    text_of(&row.title, &content_of(row).body())
}

/// A listing of a cluster.
#[derive(Clone, Debug)]
pub struct Member {
    /// The row.
    pub listing: Listing,
    /// How much it shares with the one that came first, in per cent; 100 for that one.
    pub share: i32,
    /// Phrases in it that say nothing.
    pub stock: Vec<String>,
}

/// Listings that say about the same.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// They, the first published on top.
    pub members: Vec<Member>,
    /// Whether offers and demands stand in it.
    pub both_sides: bool,
    /// How many have published them.
    pub publishers: usize,
}

/// Clusters of near copies of which one at least belongs to the regions of who asks; the largest first.
///
/// # Errors
/// A refusal when the actor is no officer.
pub async fn clusters(ctx: &Ctx, actor: &Actor) -> AppResult<Vec<Cluster>> {
    actor.must(may::review_listings(actor))?;
    let regions = may::review_regions(actor);
    let looking = ctx.clone();
    let pairs = tokio::task::spawn_blocking(move || looking.finder.read().bands.pairs(PAIRS_MAX)).await?;
    let ids: Vec<ListingId> =
        pairs.iter().flat_map(|(a, b)| [*a, *b]).collect::<BTreeSet<_>>().into_iter().map(id_of).collect();
    let mut rows: HashMap<Key, Listing> = HashMap::new();
    for ids in ids.chunks(ROWS) {
        let loaded = listing::several(ctx.db.read(), ids).await?;
        rows.extend(loaded.into_iter().filter(compared).map(|row| (key_of(row.id), row)));
    }
    let work = move || {
        let mut clusters: Vec<Cluster> = tied(&pairs, &rows).into_iter().map(|keys| cluster(&keys, &rows)).collect();
        clusters.retain(|c| c.members.iter().any(|m| regions.iter().any(|r| r.contains(m.listing.region))));
        clusters.sort_by_key(|c| {
            (std::cmp::Reverse((c.both_sides, c.members.len())), c.members.first().map(|m| m.listing.id))
        });
        clusters.truncate(CLUSTERS_MAX);
        clusters
    };
    Ok(tokio::task::spawn_blocking(work).await?)
}

/// Keys that hang together by pairs that are copies indeed.
fn tied(pairs: &BTreeSet<(Key, Key)>, rows: &HashMap<Key, Listing>) -> Vec<Vec<Key>> {
    let mut texts: HashMap<Key, BTreeSet<u64>> = HashMap::new();
    let mut above: HashMap<Key, Key> = HashMap::new();
    for (a, b) in pairs {
        let (Some(one), Some(other)) = (rows.get(a), rows.get(b)) else { continue };
        for (key, row) in [(a, one), (b, other)] {
            texts.entry(*key).or_insert_with(|| shingles(&text_of_row(row)));
        }
        if percent(overlap(&texts[a], &texts[b]).contained) >= COPY {
            let (a, b) = (root(&above, *a), root(&above, *b));
            if a != b {
                above.insert(b.max(a), b.min(a));
            }
        }
    }
    let mut groups: BTreeMap<Key, BTreeSet<Key>> = BTreeMap::new();
    for key in above.keys() {
        let top = root(&above, *key);
        groups.entry(top).or_insert_with(|| BTreeSet::from([top])).insert(*key);
    }
    groups.into_values().map(|keys| keys.into_iter().collect()).collect()
}

fn root(above: &HashMap<Key, Key>, mut key: Key) -> Key {
    while let Some(next) = above.get(&key) {
        key = *next;
    }
    key
}

fn cluster(keys: &[Key], rows: &HashMap<Key, Listing>) -> Cluster {
    let mut listings: Vec<&Listing> = keys.iter().filter_map(|key| rows.get(key)).collect();
    listings.sort_by_key(|row| row.id);
    let first = listings.first().map(|row| shingles(&text_of_row(row))).unwrap_or_default();
    let member = |row: &&Listing| {
        let text = text_of_row(row);
        let stock: BTreeSet<String> =
            stock_phrases(&text).into_iter().filter_map(|(a, b)| text.get(a..b)).map(str::to_owned).collect();
        let share = percent(overlap(&first, &shingles(&text)).contained);
        Member { listing: (*row).clone(), share, stock: stock.into_iter().collect() }
    };
    let kinds: BTreeSet<ListingKind> = listings.iter().map(|row| row.kind).collect();
    let publishers: BTreeSet<AccountId> = listings.iter().map(|row| row.publisher_id).collect();
    Cluster {
        members: listings.iter().map(member).collect(),
        both_sides: kinds.len() > 1,
        publishers: publishers.len(),
    }
}
