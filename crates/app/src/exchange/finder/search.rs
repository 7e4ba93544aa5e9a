//! Asking the index, away from the threads that answer requests.

use keqiao_embedding::Kind;
use keqiao_search::index::facet::{Choice, Counts};
use keqiao_search::{Found, Key, Query};
use keqiao_store::PageRequest;

use super::Wanted;
use super::number::touches;
use crate::context::Ctx;
use crate::error::AppResult;
use crate::exchange::card::{Card, cards};

/// The most hits that are ranked: nobody pages further.
const RANKED_MAX: usize = 300;

/// A question to the index.
#[derive(Clone, Debug, Default)]
pub(in crate::exchange) struct Ask {
    /// The words.
    pub(in crate::exchange) text: String,
    /// Facets.
    pub(in crate::exchange) choice: Choice,
    /// How many.
    pub(in crate::exchange) limit: usize,
    /// Not this one.
    pub(in crate::exchange) except: Option<Key>,
}

/// Asks the index; by words and, where there is a model, by their meaning.
pub(in crate::exchange) async fn ask(ctx: &Ctx, ask: Ask) -> AppResult<Found> {
    let ctx = ctx.clone();
    let work = move || {
        let finder = &ctx.finder;
        let vector = finder.model.get().and_then(|model| {
            let made = model.embed(Kind::Query, &[&ask.text]);
            let made = made.inspect_err(|error| tracing::warn!(%error, "the words of a search have no vector"));
            made.ok()?.into_iter().next()
        });
        finder.searching(|searcher| {
            let shelf = finder.read();
            let query = Query {
                text: &ask.text,
                vector: vector.as_ref().map(|v| v.0.as_slice()),
                choice: ask.choice,
                limit: ask.limit,
                except: ask.except,
            };
            searcher.search(&shelf.collection, &query)
        })
    };
    Ok(tokio::task::spawn_blocking(work).await?)
}

/// One page of what was found.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// The listings, the best first; those added last where nothing was searched for.
    pub cards: Vec<Card>,
    /// How many there are; only the first 300 of a search are ranked.
    pub total: u64,
    /// How many can be paged to.
    pub reachable: u64,
    /// How many have each value, by facet.
    pub facets: Counts,
    /// Words that were put right: as typed, as taken.
    pub corrections: Vec<(String, String)>,
}

/// Finds listings. Everybody may: only what is listed is in the index.
///
/// # Errors
/// When the database does not answer.
pub async fn find(ctx: &Ctx, wanted: &Wanted, page: PageRequest) -> AppResult<Results> {
    let (skip, size) = (page.offset() as usize, page.size as usize);
    let (keys, mut results) = if wanted.words.is_empty() {
        let choice = wanted.choice();
        let looking = ctx.clone();
        let work = move || looking.finder.read().collection.latest(&choice, skip, size);
        let latest = tokio::task::spawn_blocking(work).await?;
        let total = latest.total as u64;
        (latest.keys, Results { total, reachable: total, facets: latest.facets, ..Results::default() })
    } else {
        let question = Ask { text: wanted.words.clone(), choice: wanted.choice(), limit: RANKED_MAX, except: None };
        let mut found = ask(ctx, question).await?;
        let best = found.hits.first().map_or(0.0, |hit| hit.score);
        // Of a query of one sign that sign is all there is.
        if found.hits.iter().any(|hit| touches(hit, best)) {
            found.hits.retain(|hit| touches(hit, best));
        }
        let reachable = found.hits.len() as u64;
        if found.total <= RANKED_MAX {
            found.total = found.hits.len();
            found.facets = ctx.finder.read().collection.facets_of(found.hits.iter().map(|hit| hit.key));
        }
        let total = found.total.max(found.hits.len()) as u64;
        let keys = found.hits.iter().skip(skip).take(size).map(|hit| hit.key).collect();
        (keys, Results { total, reachable, facets: found.facets, corrections: found.corrections, ..Results::default() })
    };
    results.cards = cards(ctx, &keys, &wanted.words).await?;
    Ok(results)
}
