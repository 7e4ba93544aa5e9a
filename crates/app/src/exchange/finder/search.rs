//! Asking the index, away from the threads that answer requests.

use std::sync::PoisonError;
use std::time::{Duration, Instant};

use keqiao_embedding::{Kind, Problem, Vector};
use keqiao_search::index::facet::{Choice, Counts};
use keqiao_search::{Found, Key, Query};
use keqiao_store::PageRequest;

use super::number::touches;
use super::{Finder, Wanted};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::exchange::card::{Card, cards};

/// How long searches go by words alone after the model failed.
const REST: Duration = Duration::from_secs(30);
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
        let vector = vector_of(&ctx.finder, &ask.text);
        asked(&ctx.finder, ask, vector.as_ref())
    };
    Ok(tokio::task::spawn_blocking(work).await?)
}

/// The meaning of some words; nothing without a model, and for a while nothing after it failed, so that not everybody waits for a service
/// that is gone.
fn vector_of(finder: &Finder, text: &str) -> Option<Vector> {
    let failed = || finder.failed.lock().unwrap_or_else(PoisonError::into_inner);
    if failed().is_some_and(|at| at.elapsed() < REST) {
        return None;
    }
    let made = embedded(finder, text).inspect_err(|error| {
        tracing::warn!(%error, "the words of a search have no vector");
        *failed() = Some(Instant::now());
    });
    made.ok()?
}

/// The meaning of some words, or why the model does not say; nothing without a model.
pub(in crate::exchange) fn embedded(finder: &Finder, text: &str) -> Result<Option<Vector>, Problem> {
    let Some(model) = finder.model.get() else { return Ok(None) };
    Ok(model.embed(Kind::Query, &[text])?.into_iter().next())
}

pub(in crate::exchange) fn asked(finder: &Finder, ask: Ask, vector: Option<&Vector>) -> Found {
    finder.searching(|searcher| {
        let shelf = finder.read();
        let query = Query {
            text: &ask.text,
            vector: vector.map(|v| v.0.as_slice()),
            choice: ask.choice,
            limit: ask.limit,
            except: ask.except,
        };
        searcher.search(&shelf.collection, &query)
    })
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
    /// How many have each value, by facet: with everything chosen in the other facets, and nothing in this one.
    pub facets: Counts,
    /// Words that were put right: as typed, as taken.
    pub corrections: Vec<(String, String)>,
}

/// Finds listings. Everybody may: only what is listed is in the index.
///
/// # Errors
/// When the database does not answer.
pub async fn find(ctx: &Ctx, wanted: &Wanted, page: PageRequest) -> AppResult<Results> {
    let (looking, wish) = (ctx.clone(), wanted.clone());
    let work = move || {
        let finder = &looking.finder;
        if wish.words.is_empty() { browsed(finder, &wish, page) } else { searched(finder, &wish, page) }
    };
    let (keys, results) = tokio::task::spawn_blocking(work).await?;
    Ok(Results { cards: cards(ctx, &keys, &wanted.words).await?, ..results })
}

/// What was added last, where nothing is searched for.
fn browsed(finder: &Finder, wanted: &Wanted, page: PageRequest) -> (Vec<Key>, Results) {
    let look = |wanted: &Wanted, skip, size| finder.read().collection.latest(&wanted.choice(), skip, size);
    let latest = look(wanted, page.offset() as usize, page.size as usize);
    let total = latest.total as u64;
    let facets = opened(wanted, latest.facets, |rest| look(rest, 0, 0).facets);
    (latest.keys, Results { total, reachable: total, facets, ..Results::default() })
}

/// What answers the words.
fn searched(finder: &Finder, wanted: &Wanted, page: PageRequest) -> (Vec<Key>, Results) {
    let vector = vector_of(finder, &wanted.words);
    let look = |wanted: &Wanted| {
        let question = Ask { text: wanted.words.clone(), choice: wanted.choice(), limit: RANKED_MAX, except: None };
        kept(finder, asked(finder, question, vector.as_ref()))
    };
    let found = look(wanted);
    let (total, reachable) = (found.total.max(found.hits.len()) as u64, found.hits.len() as u64);
    let hits = found.hits.iter().skip(page.offset() as usize).take(page.size as usize);
    let facets = opened(wanted, found.facets, |rest| look(rest).facets);
    let results = Results { total, reachable, facets, corrections: found.corrections, ..Results::default() };
    (hits.map(|hit| hit.key).collect(), results)
}

/// Without the hits that share but a sign; then only the others are counted.
fn kept(finder: &Finder, mut found: Found) -> Found {
    let best = found.hits.first().map_or(0.0, |hit| hit.score);
    // Of a query of one sign that sign is all there is.
    if found.hits.iter().any(|hit| touches(hit, best)) {
        found.hits.retain(|hit| touches(hit, best));
    }
    if found.total <= RANKED_MAX {
        found.total = found.hits.len();
        found.facets = finder.read().collection.facets_of(found.hits.iter().map(|hit| hit.key));
    }
    found
}

/// Counts of every facet as if nothing were chosen in it: its other values stay to be chosen. One more look for each facet in which
/// something is chosen. What is chosen keeps the count of what is shown.
fn opened(wanted: &Wanted, mut counts: Counts, look: impl Fn(&Wanted) -> Counts) -> Counts {
    let chosen = wanted.chosen.keys().copied().chain(wanted.kind.map(|_| "kind"));
    for facet in chosen {
        let narrow = counts.remove(facet).unwrap_or_default();
        let mut wide = look(&wanted.without(facet)).remove(facet).unwrap_or_default();
        let is_chosen = |value: &str| wanted.has(facet, value) || wanted.kind.is_some_and(|k| k.code() == value);
        wide.retain(|(value, _)| !is_chosen(value));
        wide.extend(narrow.into_iter().filter(|(value, _)| is_chosen(value)));
        wide.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        counts.insert(facet.to_owned(), wide);
    }
    counts
}
