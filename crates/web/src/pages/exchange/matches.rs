//! What fits a listing, with what speaks for and against each, and what people say of it; what is similar.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use keqiao_app::exchange::{self, Judged, Match, Matches};
use keqiao_base::{ListingId, Refusal};
use keqiao_exchange::choice::{ListingKind, MissReason};

use super::card::Hit;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::key::{Key, id_of};
use crate::notice;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

/// Matches that stand open.
const OPEN: usize = 5;

/// A match with its card.
struct Row {
    hit: Hit,
    id: String,
    m: Match,
}

#[derive(Template)]
#[template(path = "exchange/matches.html")]
struct Page {
    v: View,
    title: String,
    href: String,
    kind: ListingKind,
    rows: Vec<Row>,
    misses: Vec<(String, String)>,
    vectors: bool,
    similar: bool,
    judges: bool,
}

impl Page {
    fn new(app: &App, v: View, all: Matches, similar: bool, judges: bool) -> Page {
        let row = |m: Match| Row { hit: Hit::of(&v, &m.card), id: m.card.listing.id.to_string(), m };
        Page {
            title: all.listing.title.clone(),
            href: format!("/exchange/listings/{}", all.listing.id),
            kind: all.kind,
            rows: all.found.into_iter().map(row).collect(),
            misses: MissReason::ALL.iter().map(|r| (r.code().to_owned(), v.f(r.title()).to_owned())).collect(),
            vectors: app.ctx.finder.has_vectors(),
            similar,
            judges,
            v,
        }
    }

    fn open(&self, row: &Row) -> bool {
        row.m.place <= OPEN
    }

    fn heading(&self) -> &str {
        match (self.similar, self.kind) {
            (true, _) => self.v.t("相似的信息", "Similar listings"),
            (_, ListingKind::Demand) => self.v.t("谁需要这项能力", "Who needs this"),
            _ => self.v.t("谁能解决", "Who can help"),
        }
    }

    fn lead(&self) -> &str {
        if self.similar {
            return self.v.t("同一类信息中内容最接近的。", "Of the same kind, the nearest in content.");
        }
        self.v.t(
            "先按内容远近，再看地点、价格、成熟度等是否合适；每一条都写明理由。",
            "By nearness of content, then by place, price, maturity and the rest; each says why.",
        )
    }

    /// What was said of a match, as words and a tone.
    fn judged(&self, row: &Row) -> Option<(&'static str, String)> {
        let said = row.m.judged.as_ref()?;
        Some(match said.reason {
            _ if said.useful => ("good", self.v.t("您认为有用", "You found it useful").to_owned()),
            Some(reason) => {
                ("warning", format!("{}{}", self.v.t("您认为不合适：", "Of no use: "), self.v.f(reason.title())))
            }
            None => ("warning", self.v.t("您认为不合适", "Of no use").to_owned()),
        })
    }
}

/// `GET /exchange/listings/{id}/matches`
pub(super) async fn show(State(app): State<App>, asker: Asker, Key(id): Key<ListingId>) -> Answer {
    let all = exchange::matches(&app.ctx, &asker.actor, id).await?;
    let judges = keqiao_access::may::publish(&asker.actor);
    let page = Page::new(&app, asker.view.clone(), all, false, judges);
    Ok(page_with(&page.v, &page))
}

/// `GET /exchange/listings/{id}/similar`
pub(super) async fn similar(State(app): State<App>, asker: Asker, Path(id): Path<String>) -> Answer {
    let all = exchange::similar(&app.ctx, id_of(&id)?).await?;
    let page = Page::new(&app, asker.view.clone(), all, true, false);
    Ok(page_with(&page.v, &page))
}

/// `POST /exchange/listings/{id}/matches/{other}`
pub(super) async fn judge(
    State(app): State<App>,
    asker: Asker,
    Path((id, other)): Path<(String, String)>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Answer {
    asker.actor.must_sign_in()?;
    let (id, other): (ListingId, ListingId) = (id_of(&id)?, id_of(&other)?);
    let get = |key: &str| sent.iter().find(|(k, _)| k == key).map_or("", |(_, v)| v.as_str());
    let said = match (get("said"), get("reason").parse()) {
        ("useful", _) => Judged::Useful,
        (_, Ok(reason)) => Judged::Miss(reason),
        (_, Err(_)) => {
            // Who may not see the matches is not told what is missing.
            exchange::matches(&app.ctx, &asker.actor, id).await?;
            return Err(Refusal::field("match.reason", "reason", "请选择原因。", "Choose why.").into());
        }
    };
    exchange::judge(&app.ctx, &asker.actor, id, other, said).await?;
    let back = format!("/exchange/listings/{id}/matches#m-{other}");
    Ok(notice::done(&back, "已记下，匹配会据此改进。", "Noted; the matching learns from it."))
}
