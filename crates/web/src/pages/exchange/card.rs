//! A listing on a list, in the language of the page.

use keqiao_access::RegionCode;
use keqiao_app::exchange::{Card, Piece};
use keqiao_exchange::choice::{ListingKind, Maturity, OfferForm};
use keqiao_exchange::classify::{Field, class};
use keqiao_store::exchange::listing::Listing;

use crate::view::View;

/// A card.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    /// Where its page is.
    pub(super) href: String,
    /// What it is.
    pub(super) kind: &'static str,
    /// The colour of what it is.
    pub(super) tone: &'static str,
    /// Its title, in pieces.
    pub(super) title: Vec<Piece>,
    /// A part of its text, in pieces.
    pub(super) excerpt: Vec<Piece>,
    /// Whose it is.
    pub(super) owner: String,
    /// Where it belongs.
    pub(super) region: String,
    /// How ripe it is or must be; empty when that was not said.
    pub(super) maturity: &'static str,
    /// Price or budget; empty when that was not said.
    pub(super) money: String,
    /// Whether its owner owes answers for so long that everybody sees it.
    pub(super) outstanding: bool,
    /// When its owner last said that it holds.
    pub(super) confirmed: String,
    /// The last day of its term.
    pub(super) valid: String,
}

impl Hit {
    /// A card in the language of the page.
    pub(super) fn of(v: &View, card: &Card) -> Hit {
        let l = &card.listing;
        let money = card.money().map(|budget| {
            let label = if l.kind == ListingKind::Offer { v.t("报价", "price") } else { v.t("预算", "budget") };
            format!("{label} {} {}", budget.wan(), v.t("万元", "(10,000 yuan)"))
        });
        Hit {
            href: format!("/exchange/listings/{}", l.id),
            kind: v.f(l.kind.title()),
            tone: tone(l.kind),
            title: card.title.clone(),
            excerpt: card.excerpt.clone(),
            owner: l.owner.clone(),
            region: place(l.region),
            maturity: card.maturity().map_or("", |m| v.f(m.title())),
            money: money.unwrap_or_default(),
            outstanding: card.outstanding,
            confirmed: confirmed(l),
            valid: l.valid_until.map_or_else(|| "—".to_owned(), |day| day.to_string()),
        }
    }
}

/// The colour of a kind.
pub(super) fn tone(kind: ListingKind) -> &'static str {
    match kind {
        ListingKind::Offer => "good",
        ListingKind::Demand => "info",
        ListingKind::Question => "warning",
    }
}

/// When a listing was confirmed last.
pub(super) fn confirmed(listing: &Listing) -> String {
    listing.confirmed_at.or(listing.listed_at).map_or_else(|| "—".to_owned(), |at| at.date())
}

/// The name of a region; its code when it is not in the list.
pub(super) fn place(region: RegionCode) -> String {
    region.name().map_or_else(|| region.code(), str::to_owned)
}

/// What a facet is called.
pub(super) fn facet(v: &View, facet: &str) -> &'static str {
    let titles = match facet {
        "region" => ("地区", "Region"),
        "discipline" => ("学科", "Discipline"),
        "industry" => ("行业", "Industry"),
        "technology" => ("技术领域", "Technology"),
        "form" => ("形式", "Form"),
        "maturity" => ("成熟度", "Maturity"),
        _ => ("发布人", "Owner"),
    };
    v.f(keqiao_i18n::Fixed { zh: titles.0, en: titles.1 })
}

/// What a value of a facet is called.
pub(super) fn value(v: &View, facet: &str, value: &str) -> String {
    let named = |field: Field| class(field, value).map(|c| v.f(c.title).to_owned());
    let known = match facet {
        "discipline" => named(Field::Discipline),
        "industry" => named(Field::Industry),
        "technology" => named(Field::Technology),
        "region" => value.parse::<RegionCode>().ok().map(place),
        "form" => value.parse::<OfferForm>().ok().map(|f| v.f(f.title()).to_owned()),
        "maturity" => value.parse::<Maturity>().ok().map(|m| v.f(m.title()).to_owned()),
        "owner" => Some(v.t("同一发布人", "the same owner").to_owned()),
        _ => None,
    };
    known.unwrap_or_else(|| value.to_owned())
}
