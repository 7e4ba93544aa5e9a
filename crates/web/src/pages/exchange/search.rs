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

/// Facets that are offered; values of each that stand open, and those behind "more".
const SHOWN: [&str; 6] = ["region", "discipline", "industry", "technology", "form", "maturity"];
const VALUES: usize = 8;
const MORE: usize = 40;
/// Listings on a page.
const SIZE: u64 = 20;

/// One facet with its values.
struct Facet {
    title: &'static str,
    values: Vec<Value>,
    more: Vec<Value>,
}

/// One value: where it leads, how many have it, whether it is chosen.
struct Value {
    href: String,
    title: String,
    count: usize,
    here: bool,
}

/// One value that is chosen: what it is, and the address without it.
struct Chosen {
    facet: &'static str,
    title: String,
    href: String,
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
    chosen: Vec<Chosen>,
    ready: bool,
    vectors: bool,
    keeps: bool,
}

/// `GET /exchange`
pub(super) async fn list(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let query = query.unwrap_or_default();
    let list = Listing::new("/exchange", &query, "").sized(SIZE);
    let wanted = Wanted::read(&query);
    let results = exchange::find(&app.ctx, &wanted, list.request()).await?;
    let v = asker.view.clone();
    let Results { cards, total, reachable, facets, corrections } = results;
    let page = Page {
        hits: cards.iter().map(|card| Hit::of(&v, card)).collect(),
        tabs: tabs(&v, &wanted, &facets),
        facets: SHOWN.iter().filter_map(|facet| offered(&v, &wanted, &facets, facet)).collect(),
        chosen: chosen(&v, &wanted),
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

/// All, and every kind with its count.
fn tabs(v: &View, wanted: &Wanted, counts: &Counts) -> Vec<(String, String, bool)> {
    let tab = |kind: Option<ListingKind>| {
        let title = kind.map_or(v.t("全部", "All"), |k| v.f(k.title()));
        let count = counts
            .get("kind")
            .zip(kind)
            .map(|(known, k)| known.iter().find(|(code, _)| code == k.code()).map_or(0, |(_, n)| *n));
        let title = count.map_or_else(|| title.to_owned(), |n| format!("{title} {}", v.count(n)));
        (href(&Wanted { kind, ..wanted.clone() }), title, wanted.kind == kind)
    };
    std::iter::once(None).chain(ListingKind::ALL.iter().copied().map(Some)).map(tab).collect()
}

/// A facet as it is offered: its values, each of which is chosen or taken back by a tap; those chosen stand open always.
fn offered(v: &View, wanted: &Wanted, counts: &Counts, facet: &&'static str) -> Option<Facet> {
    let found = counts.get(*facet).map_or(&[][..], Vec::as_slice);
    let value = |(code, count): &(String, usize)| Value {
        href: href(&wanted.turned(facet, code)),
        title: card::value(v, facet, code),
        count: *count,
        here: wanted.has(facet, code),
    };
    // What was chosen and found nothing must still be taken back.
    let empty = wanted.chosen.get(*facet).into_iter().flatten();
    let empty = empty.filter(|code| !found.iter().any(|(c, _)| c == *code)).map(|code| (code.clone(), 0));
    let all: Vec<Value> = empty.collect::<Vec<_>>().iter().chain(found).map(value).collect();
    if all.len() < 2 && !all.iter().any(|value| value.here) {
        return None;
    }
    let mut open = 0;
    let (values, mut more): (Vec<Value>, Vec<Value>) = all.into_iter().partition(|value| {
        open += usize::from(!value.here);
        value.here || open <= VALUES
    });
    more.truncate(MORE);
    Some(Facet { title: card::facet(v, facet), values, more })
}

/// Everything that is chosen, each with the way to take it off: also what no facet of this page offers.
fn chosen(v: &View, wanted: &Wanted) -> Vec<Chosen> {
    let one = |(facet, value): (&'static str, &str)| Chosen {
        facet: card::facet(v, facet),
        title: card::value(v, facet, value),
        href: href(&wanted.turned(facet, value)),
    };
    wanted.values().map(one).collect()
}
