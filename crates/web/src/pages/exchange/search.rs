//! The search (供需大厅): one box, kinds, facets with counts, what was put right, cards. For everybody.

use askama::Template;
use axum::extract::{RawQuery, State};
use keqiao_app::exchange::{self, Results, Wanted};
use keqiao_exchange::choice::ListingKind;

use super::card::{self, Hit};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::listing::Listing;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

/// Facets that are offered, and values of each.
const SHOWN: [&str; 6] = ["region", "discipline", "industry", "technology", "form", "maturity"];
const VALUES: usize = 8;
/// Listings on a page.
const SIZE: u64 = 20;

/// One facet with its values.
struct Facet {
    title: &'static str,
    values: Vec<Value>,
}

/// One value: where it leads, how many have it, whether it is chosen.
struct Value {
    href: String,
    title: String,
    count: usize,
    here: bool,
}

#[derive(Template)]
#[template(path = "exchange/search.html")]
struct Page {
    v: View,
    l: Listing,
    wanted: Wanted,
    hits: Vec<Hit>,
    total: u64,
    corrections: Vec<(String, String)>,
    tabs: Vec<(String, String, bool)>,
    facets: Vec<Facet>,
    ready: bool,
    vectors: bool,
    keeps: bool,
}

/// `GET /exchange`
pub(super) async fn list(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let list = Listing::new("/exchange", &query.unwrap_or_default(), "").sized(SIZE);
    let wanted = Wanted::of(|key| list.get(key));
    let results = exchange::find(&app.ctx, &wanted, list.request()).await?;
    let v = asker.view.clone();
    let Results { cards, total, reachable, facets, corrections } = results;
    let page = Page {
        hits: cards.iter().map(|card| Hit::of(&v, card)).collect(),
        tabs: tabs(&v, &wanted, &facets),
        facets: SHOWN.iter().filter_map(|facet| offered(&v, &wanted, &facets, facet)).collect(),
        total,
        corrections,
        ready: app.ctx.finder.is_ready(),
        vectors: app.ctx.finder.has_vectors(),
        keeps: asker.actor.signed().is_some() && !wanted.is_empty(),
        l: list.of(reachable),
        wanted,
        v,
    };
    Ok(page_with(&page.v, &page))
}

type Counts = std::collections::BTreeMap<String, Vec<(String, usize)>>;

fn href(wanted: &Wanted) -> String {
    let query = wanted.query();
    if query.is_empty() { "/exchange".to_owned() } else { format!("/exchange?{query}") }
}

/// All, and every kind with its count where that is known.
fn tabs(v: &View, wanted: &Wanted, counts: &Counts) -> Vec<(String, String, bool)> {
    let tab = |kind: Option<ListingKind>| {
        let title = kind.map_or(v.t("全部", "All"), |k| v.f(k.title()));
        let known = counts.get("kind").filter(|_| wanted.kind.is_none());
        let count =
            known.zip(kind).map(|(known, k)| known.iter().find(|(code, _)| code == k.code()).map_or(0, |(_, n)| *n));
        let title = count.map_or_else(|| title.to_owned(), |n| format!("{title} {}", v.count(n)));
        (href(&Wanted { kind, ..wanted.clone() }), title, wanted.kind == kind)
    };
    std::iter::once(None).chain(ListingKind::ALL.iter().copied().map(Some)).map(tab).collect()
}

/// A facet as it is offered: what is chosen leads back to all.
fn offered(v: &View, wanted: &Wanted, counts: &Counts, facet: &&'static str) -> Option<Facet> {
    let chosen = wanted.chosen.get(facet);
    let found = counts.get(*facet).map_or(&[][..], Vec::as_slice);
    let value = |(code, count): &(String, usize)| {
        let here = chosen == Some(code);
        let mut to = wanted.clone();
        if here {
            to.chosen.remove(facet);
        } else {
            to.chosen.insert(*facet, code.clone());
        }
        Value { href: href(&to), title: card::value(v, facet, code), count: *count, here }
    };
    let mut values: Vec<Value> = found.iter().take(VALUES).map(value).collect();
    // What was chosen and found nothing must still be taken back.
    if let Some(code) = chosen.filter(|_| !values.iter().any(|value| value.here)) {
        values.insert(0, value(&(code.clone(), 0)));
    }
    let choice = values.len() > 1 || values.iter().any(|value| value.here);
    choice.then(|| Facet { title: card::facet(v, facet), values })
}
