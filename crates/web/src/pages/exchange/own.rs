//! My listings: what one published and what one asked others; and the officers' desk.

use askama::Template;
use axum::extract::{RawQuery, State};
use keqiao_app::exchange::{self, Round};
use keqiao_base::ListingId;
use keqiao_exchange::choice::{InterestState, ListingState};
use keqiao_exchange::clarify::Lateness;
use keqiao_exchange::life::Risk;
use keqiao_store::exchange::interest::Interest;
use keqiao_store::exchange::listing::Listing as Row;
use keqiao_store::exchange::report::ListingReport;
use keqiao_store::exchange::studio::Studio;

use super::{card, state_tone};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::listing::Listing;
use crate::pages::{options, page_with};
use crate::state::App;
use crate::view::View;

type Options = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "exchange/mine.html")]
struct Mine {
    v: View,
    l: Listing,
    rows: Vec<Row>,
    sent: Vec<(Interest, Row)>,
    rounds: Vec<(ListingId, Round)>,
    states: Options,
}

impl Mine {
    fn tone(&self, row: &Row) -> &'static str {
        state_tone(row.state)
    }

    fn title(&self, row: &Row) -> String {
        if row.title.is_empty() { self.v.t("（未命名）", "(no title)").to_owned() } else { row.title.clone() }
    }

    fn confirmed(&self, row: &Row) -> String {
        card::confirmed(row)
    }

    fn ends(&self, row: &Row) -> String {
        row.valid_until.map_or_else(|| "—".to_owned(), |d| d.to_string())
    }

    /// The questions that wait for answers.
    fn round(&self, row: &Row) -> Option<&Round> {
        self.rounds.iter().find(|(id, _)| *id == row.id).map(|(_, round)| round)
    }

    fn late(&self, round: &Round) -> bool {
        round.lateness.is_some_and(|l| l > Lateness::InTime)
    }

    fn renews(&self, row: &Row) -> bool {
        matches!(row.state, ListingState::Listed | ListingState::Expired)
    }

    fn waits(&self, i: &Interest) -> bool {
        i.state == InterestState::Waiting
    }
}

/// `GET /exchange/mine`
pub(super) async fn mine(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let list = Listing::new("/exchange/mine", &query.unwrap_or_default(), "");
    let own = exchange::own(&app.ctx, &asker.actor, list.get("state").parse().ok(), list.request()).await?;
    let page = Mine {
        states: options!(asker.view, ListingState),
        l: list.of(own.listings.total),
        rows: own.listings.rows,
        sent: own.sent,
        rounds: own.rounds,
        v: asker.view,
    };
    Ok(page_with(&page.v, &page))
}

#[derive(Template)]
#[template(path = "exchange/review.html")]
struct Desk {
    v: View,
    l: Listing,
    rows: Vec<Row>,
    reports: Vec<ListingReport>,
    overdue: Vec<(Round, Row)>,
    studios: Vec<Studio>,
    states: Options,
    state: ListingState,
}

impl Desk {
    fn risks(&self, row: &Row) -> Vec<&'static str> {
        let risks: Vec<Risk> = serde_json::from_str(&row.risks).unwrap_or_default();
        risks.iter().map(|r| self.v.f(r.title())).collect()
    }

    fn place(&self, row: &Row) -> String {
        card::place(row.region)
    }
}

/// `GET /exchange/review`
pub(super) async fn review(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let list = Listing::new("/exchange/review", &query.unwrap_or_default(), "");
    let state = list.get("state").parse().unwrap_or(ListingState::Waiting);
    let desk = exchange::desk(&app.ctx, &asker.actor, state, list.request()).await?;
    let states: Options = options!(asker.view, ListingState);
    let page = Desk {
        studios: exchange::studios_waiting(&app.ctx, &asker.actor).await?,
        states: states.into_iter().filter(|(code, _)| code != ListingState::Draft.code()).collect(),
        l: list.of(desk.listings.total),
        rows: desk.listings.rows,
        reports: desk.reports,
        overdue: desk.overdue,
        state,
        v: asker.view,
    };
    Ok(page_with(&page.v, &page))
}
