//! Near copies, for officers: the clusters, who published them, what is the same.

use askama::Template;
use axum::extract::State;
use keqiao_app::exchange::{self, Cluster, Member};

use super::card;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

#[derive(Template)]
#[template(path = "exchange/duplicates.html")]
struct Page {
    v: View,
    clusters: Vec<Cluster>,
}

impl Page {
    fn tone(&self, member: &Member) -> &'static str {
        card::tone(member.listing.kind)
    }

    fn place(&self, member: &Member) -> String {
        card::place(member.listing.region)
    }

    fn publishers(&self, cluster: &Cluster) -> String {
        format!("{} {}", cluster.publishers, self.v.t("个发布人", "publishers"))
    }
}

/// `GET /exchange/review/duplicates`
pub(super) async fn list(State(app): State<App>, asker: Asker) -> Answer {
    let clusters = exchange::clusters(&app.ctx, &asker.actor).await?;
    let page = Page { clusters, v: asker.view.clone() };
    Ok(page_with(&page.v, &page))
}
