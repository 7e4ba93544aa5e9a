//! What somebody looks for: words and facets, as they stand in the query of the address and in a kept search.

use std::collections::{BTreeMap, BTreeSet};

use keqiao_access::RegionCode;
use keqiao_exchange::choice::ListingKind;
use keqiao_search::index::facet::Choice;
use url::form_urlencoded;

/// Characters of the words.
const WORDS_MAX: usize = 200;
/// Characters of a value.
const VALUE_MAX: usize = 40;
/// Pairs of a query that are read.
const PAIRS_MAX: usize = 60;

/// What can be chosen besides the kind, in the order of the page.
pub const FACETS: [&str; 7] = ["region", "discipline", "industry", "technology", "form", "maturity", "owner"];

/// What somebody looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The words; empty to look around.
    pub words: String,
    /// Of which kind.
    pub kind: Option<ListingKind>,
    /// Values of [`FACETS`]: one of them is enough within a facet, every facet counts. No facet stands here without a value.
    pub chosen: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Wanted {
    /// From the query of an address: `q`, `kind` and the facets, each as often as wanted; what is no value of one is left out.
    pub fn read(query: &str) -> Wanted {
        let short = |text: &str, most: usize| -> String {
            let kept: String = text.chars().filter(|c| !c.is_control()).take(most).collect();
            kept.trim().to_owned()
        };
        let mut wanted = Wanted::default();
        for (key, value) in form_urlencoded::parse(query.as_bytes()).take(PAIRS_MAX) {
            match &*key {
                "q" if wanted.words.is_empty() => wanted.words = short(&value, WORDS_MAX),
                "kind" if wanted.kind.is_none() => wanted.kind = value.parse().ok(),
                _ => {
                    let (facet, value) = (FACETS.iter().find(|f| **f == key), short(&value, VALUE_MAX));
                    if let Some(facet) = facet.filter(|_| !value.is_empty()) {
                        wanted.chosen.entry(facet).or_default().insert(value);
                    }
                }
            }
        }
        wanted
    }

    /// The same with a value chosen, or with it taken back where it was.
    #[must_use]
    pub fn turned(&self, facet: &'static str, value: &str) -> Wanted {
        let mut turned = self.clone();
        let values = turned.chosen.entry(facet).or_default();
        if !values.remove(value) {
            values.insert(value.to_owned());
        }
        turned.chosen.retain(|_, values| !values.is_empty());
        turned
    }

    /// The same without anything chosen of a facet, or of `kind`.
    pub(in crate::exchange) fn without(&self, facet: &str) -> Wanted {
        let mut rest = self.clone();
        if facet == "kind" {
            rest.kind = None;
        }
        rest.chosen.remove(facet);
        rest
    }

    /// The query of an address, always in the same order.
    pub fn query(&self) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        if !self.words.is_empty() {
            out.append_pair("q", &self.words);
        }
        if let Some(kind) = self.kind {
            out.append_pair("kind", kind.code());
        }
        for (facet, value) in self.values() {
            out.append_pair(facet, value);
        }
        out.finish()
    }

    /// Every value that is chosen, with its facet.
    pub fn values(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.chosen.iter().flat_map(|(facet, values)| values.iter().map(|value| (*facet, value.as_str())))
    }

    /// Whether a value is chosen.
    pub fn has(&self, facet: &str, value: &str) -> bool {
        self.chosen.get(facet).is_some_and(|values| values.contains(value))
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.kind.is_none() && self.chosen.is_empty()
    }

    /// What the index is asked for besides the words.
    pub(in crate::exchange) fn choice(&self) -> Choice {
        let kind = self.kind.map(|k| ("kind".to_owned(), vec![k.code().to_owned()]));
        let chosen = self.chosen.iter().map(|(f, values)| ((*f).to_owned(), values.iter().cloned().collect()));
        kind.into_iter().chain(chosen).collect()
    }

    /// What it is called when nobody says: its words, its kind, its region.
    pub fn title(&self) -> String {
        let region = self.chosen.get("region").and_then(BTreeSet::first).and_then(|r| r.parse::<RegionCode>().ok());
        let region = region.and_then(RegionCode::name);
        let kind = self.kind.map(|k| k.title().zh);
        let words = Some(self.words.as_str()).filter(|w| !w.is_empty());
        let parts: Vec<&str> = [words, kind, region].into_iter().flatten().collect();
        if parts.is_empty() { "全部供需信息".to_owned() } else { parts.join(" · ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_and_written_the_same() {
        let query = "q=%E7%83%98%E5%B9%B2+a%26b&kind=offer&maturity=pilot&region=990101&region=990102";
        let wanted = Wanted::read(query);
        assert_eq!((wanted.words.as_str(), wanted.kind), ("烘干 a&b", Some(ListingKind::Offer)));
        assert_eq!(wanted.query(), query);
        assert_eq!((wanted.choice().len(), wanted.choice()["region"].len()), (3, 2));
        assert_eq!(wanted.turned("region", "990102").turned("maturity", "pilot").values().count(), 1);
        assert_eq!(wanted.turned("form", "test").turned("form", "test"), wanted);
        assert_eq!(wanted.without("kind").without("region").query(), "q=%E7%83%98%E5%B9%B2+a%26b&maturity=pilot");
        assert!(Wanted::read("page=3&kind=nonsense&region=&x=1&q=%00%01").is_empty());
    }
}
