//! The public figures of matching, each with its n.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use keqiao_app::exchange::{self, Line, Median, Quality, Share};

use super::card;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

#[derive(Template)]
#[template(path = "exchange/quality.html")]
struct Page {
    v: View,
    q: Arc<Quality>,
    vectors: bool,
}

impl Page {
    /// `83.3%`, or that there are too few.
    fn share(&self, share: &Share) -> String {
        share.thousandths().map_or_else(|| "—".to_owned(), |t| format!("{}.{}%", t / 10, t % 10))
    }

    fn wait(&self, median: &Median) -> String {
        let Some(seconds) = median.seconds() else { return "—".to_owned() };
        let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
        match (days, hours) {
            (0, 0) => format!("{minutes} {}", self.v.t("分钟", "min")),
            (0, _) => format!("{hours} {}", self.v.t("小时", "h")),
            _ => format!("{days} {} {hours} {}", self.v.t("天", "d"), self.v.t("小时", "h")),
        }
    }

    fn with_n(&self, label: &str, n: impl std::borrow::Borrow<u64>) -> String {
        format!("{label} n={}", n.borrow())
    }

    fn discipline(&self, code: &str) -> String {
        if code.is_empty() {
            self.v.t("未分类", "Not classified").to_owned()
        } else {
            card::value(&self.v, "discipline", code)
        }
    }

    fn lines(&self) -> Vec<(String, Vec<(String, &Line)>)> {
        let months = self.q.months.iter().map(|(month, line)| (month.clone(), line)).collect();
        let disciplines = self.q.disciplines.iter().map(|(code, line)| (self.discipline(code), line)).collect();
        vec![
            (self.v.t("按月", "By month").to_owned(), months),
            (self.v.t("按学科", "By discipline").to_owned(), disciplines),
        ]
    }
}

/// `GET /exchange/quality`
pub(super) async fn show(State(app): State<App>, asker: Asker) -> Answer {
    let q = exchange::quality(&app.ctx).await?;
    let page = Page { q, vectors: app.ctx.finder.has_vectors(), v: asker.view.clone() };
    Ok(page_with(&page.v, &page))
}
