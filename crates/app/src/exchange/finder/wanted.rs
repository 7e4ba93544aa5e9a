//! What somebody looks for: words and facets, as they stand in the query of the address and in a kept search.

use std::collections::BTreeMap;

use keqiao_access::RegionCode;
use keqiao_exchange::choice::ListingKind;
use keqiao_search::index::facet::Choice;
use url::form_urlencoded;

/// Characters of the words.
const WORDS_MAX: usize = 200;
/// Characters of a value.
const VALUE_MAX: usize = 40;

/// What can be chosen besides the kind, in the order of the page.
pub const FACETS: [&str; 7] = ["region", "discipline", "industry", "technology", "form", "maturity", "owner"];

/// What somebody looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The words; empty to look around.
    pub words: String,
    /// Of which kind.
    pub kind: Option<ListingKind>,
    /// Values of [`FACETS`].
    pub chosen: BTreeMap<&'static str, String>,
}

impl Wanted {
    /// By the values of `q`, `kind` and the facets; what is no value of one is left out.
    pub fn of<'a>(get: impl Fn(&str) -> &'a str) -> Wanted {
        let short = |text: &str, most: usize| -> String {
            let kept: String = text.chars().filter(|c| !c.is_control()).take(most).collect();
            kept.trim().to_owned()
        };
        let chosen = FACETS.iter().map(|facet| (*facet, short(get(facet), VALUE_MAX)));
        Wanted {
            words: short(get("q"), WORDS_MAX),
            kind: get("kind").parse().ok(),
            chosen: chosen.filter(|(_, value)| !value.is_empty()).collect(),
        }
    }

    /// From the query of an address.
    pub fn read(query: &str) -> Wanted {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().take(50).collect();
        Wanted::of(|key| pairs.iter().find(|(k, _)| k == key).map_or("", |(_, v)| v.as_str()))
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
        for (facet, value) in &self.chosen {
            out.append_pair(facet, value);
        }
        out.finish()
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.kind.is_none() && self.chosen.is_empty()
    }

    /// What the index is asked for besides the words.
    pub(in crate::exchange) fn choice(&self) -> Choice {
        let kind = self.kind.map(|k| ("kind".to_owned(), vec![k.code().to_owned()]));
        let chosen = self.chosen.iter().map(|(facet, value)| ((*facet).to_owned(), vec![value.clone()]));
        kind.into_iter().chain(chosen).collect()
    }

    /// What it is called when nobody says: its words, its kind, its region.
    pub fn title(&self) -> String {
        let region = self.chosen.get("region").and_then(|r| r.parse::<RegionCode>().ok()).and_then(RegionCode::name);
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
        let query = "q=%E7%83%98%E5%B9%B2+a%26b&kind=offer&maturity=pilot&region=990101";
        let wanted = Wanted::read(query);
        assert_eq!((wanted.words.as_str(), wanted.kind), ("烘干 a&b", Some(ListingKind::Offer)));
        assert_eq!(wanted.query(), query);
        assert_eq!(wanted.choice().len(), 3);
        assert!(Wanted::read("page=3&kind=nonsense&region=&x=1&q=%00%01").is_empty());
    }
}
