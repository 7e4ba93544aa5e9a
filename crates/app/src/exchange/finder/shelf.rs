//! What the index of one process holds, and how a stored listing goes into it.

use std::collections::VecDeque;

use keqiao_base::ListingId;
use keqiao_exchange::choice::ListingState;
use keqiao_exchange::listing::{Content, Detail};
use keqiao_search::{Collection, Document, Key};
use keqiao_store::exchange::listing::Listing;

use super::bands::Bands;
use crate::exchange::card::content_of;

/// Listings that can be found, and those that a new one is compared with.
#[derive(Debug, Default)]
pub(in crate::exchange) struct Shelf {
    /// What is listed.
    pub(in crate::exchange) collection: Collection,
    /// What is listed, waits or is frozen: what was taken out is not to come back as new.
    pub(in crate::exchange) bands: Bands,
    /// What is listed and has no vector yet.
    pub(super) bare: VecDeque<Key>,
    /// Whether the order of its hits was learnt here, from judgements.
    pub(super) learnt: bool,
    /// Whether everything was read.
    pub(super) ready: bool,
}

impl Shelf {
    /// Takes stored listings in, or out, by their state. Returns how many can be found that could not before.
    pub(super) fn take(&mut self, rows: &[Listing]) -> usize {
        let mut documents = Vec::new();
        let mut fresh = 0;
        for row in rows {
            let key = key_of(row.id);
            let content = content_of(row);
            match row.state {
                ListingState::Listed | ListingState::Waiting | ListingState::Frozen => {
                    self.bands.put(key, &text_of(&row.title, &content.body()));
                }
                _ => self.bands.remove(key),
            }
            if row.state == ListingState::Listed {
                fresh += usize::from(self.collection.slot(key).is_none());
                documents.push(document(row, &content));
                self.bare.push_back(key);
            } else {
                self.collection.remove(key);
            }
        }
        self.collection.extend(&documents);
        fresh
    }

    /// Whether so much is gone that it is time to build anew.
    pub(super) fn is_worn(&self) -> bool {
        let (gone, all) = self.collection.waste();
        all >= 1_000 && gone * 3 > all
    }
}

/// The key of a listing in the index.
pub(in crate::exchange) fn key_of(id: ListingId) -> Key {
    id.uuid().as_u128()
}

/// Title and body as they are compared.
pub(in crate::exchange) fn text_of(title: &str, body: &str) -> String {
    format!("{title}\n{body}")
}

/// A listing as it is indexed. A region is found by itself and by those above it.
pub(in crate::exchange) fn document(row: &Listing, content: &Content) -> Document {
    let mut facets = vec![("kind".to_owned(), row.kind.code().to_owned())];
    let mut add = |dimension: &str, value: &str| {
        if !value.is_empty() {
            facets.push((dimension.to_owned(), value.to_owned()));
        }
    };
    let mut region = Some(row.region);
    while let Some(code) = region {
        add("region", &code.code());
        region = code.parent();
    }
    add("discipline", &row.discipline);
    add("industry", &row.industry);
    add("technology", &row.technology);
    match &content.detail {
        Detail::Offer(offer) => {
            add("form", offer.form.code());
            add("maturity", offer.maturity.map_or("", |m| m.code()));
        }
        Detail::Demand(demand) => add("maturity", demand.maturity.map_or("", |m| m.code())),
        Detail::Question(_) => {}
    }
    if let Some(owner) = row.owner_id {
        add("owner", &owner.to_string());
    }
    Document { key: key_of(row.id), title: row.title.clone(), text: content.body(), facets }
}
