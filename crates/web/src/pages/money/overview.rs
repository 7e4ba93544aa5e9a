//! A year at a glance: budget, execution, rate; by project, month and class, with charts and the tables behind them.

use askama::Template;
use axum::extract::{RawQuery, State};
use keqiao_access::may;
use keqiao_accounts::BooksState;
use keqiao_app::money::{self, Overview, ProjectFigure};
use keqiao_base::Fen;

use super::scope::Scope;
use crate::asker::Asker;
use crate::chart::{Chart, Row, Series, Shape};
use crate::failure::Answer;
use crate::listing::Listing;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

#[derive(Template)]
#[template(path = "money/overview.html")]
struct Page {
    v: View,
    l: Listing,
    s: Scope,
    o: Overview,
    charts: Vec<String>,
    keeps: bool,
}

impl Page {
    fn name(&self, figure: &ProjectFigure) -> String {
        match &figure.project {
            Some(p) => format!("{} {}", p.code, p.name),
            None => self.v.t("基本支出", "Basic spending").to_owned(),
        }
    }

    fn rate(&self, figure: &ProjectFigure) -> String {
        figure.rate().map_or_else(|| "—".to_owned(), |r| format!("{} %", Fen::new(r)))
    }

    fn href(&self, figure: &ProjectFigure) -> String {
        let project = figure.project.as_ref().map(|p| p.id.to_string()).unwrap_or_default();
        let path = if project.is_empty() {
            "/money/ledger?kind=basic".to_owned()
        } else {
            format!("/money/ledger?project={project}")
        };
        self.s.href(&path)
    }

    fn state(&self) -> &'static str {
        match &self.o.books {
            None => self.v.t("尚未建账", "Not opened"),
            Some(b) => self.v.f(b.state.title()),
        }
    }

    fn open(&self) -> bool {
        self.o.books.as_ref().is_some_and(|b| b.state == BooksState::Open)
    }
}

/// `GET /money`
pub(super) async fn show(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    asker.actor.must(may::see_money(&asker.actor))?;
    let l = Listing::new("/money", &query.unwrap_or_default(), "");
    let s = Scope::of(&app, &asker, &l, may::money_regions(&asker.actor)).await?;
    let o = money::overview(&app.ctx, &asker.actor, s.region, s.year).await?;
    let v = asker.view.clone();
    let charts = vec![months(&o, &v).figure(&v), projects(&o, &v).figure(&v)];
    let keeps = may::keep_books(&asker.actor, s.region);
    Ok(page_with(&asker.view, &Page { v, l, s, o, charts, keeps }))
}

/// Whole hundreds of yuan, none below zero: what a bar can show.
fn drawn(amount: Fen) -> i64 {
    (amount.get() / 100).max(0)
}

fn months(o: &Overview, v: &View) -> Chart {
    let row = |(at, amount): (usize, &Fen)| Row {
        label: format!("{}{}", at + 1, v.t("月", "")),
        href: String::new(),
        values: vec![drawn(*amount)],
    };
    Chart {
        id: "months",
        shape: Shape::Columns,
        title: v.t("各月支出（元）", "Spent by month (yuan)").to_owned(),
        head: v.t("月份", "Month").to_owned(),
        series: vec![Series { name: v.t("支出", "Spent").to_owned(), paint: "1" }],
        rows: o.months.iter().enumerate().map(row).collect(),
    }
}

fn projects(o: &Overview, v: &View) -> Chart {
    let row = |f: &ProjectFigure| Row {
        label: f.project.as_ref().map_or_else(|| v.t("基本支出", "Basic spending").to_owned(), |p| p.name.clone()),
        href: String::new(),
        // Of what is drawn, so that both parts make the budget.
        values: vec![drawn(f.executed), (drawn(f.budget) - drawn(f.executed)).max(0)],
    };
    Chart {
        id: "projects",
        shape: Shape::Bars,
        title: v.t("各项目执行与未执行（元）", "Spent and left by project (yuan)").to_owned(),
        head: v.t("项目", "Project").to_owned(),
        series: vec![
            Series { name: v.t("已执行", "Spent").to_owned(), paint: "1" },
            Series { name: v.t("未执行", "Left").to_owned(), paint: "4" },
        ],
        rows: o.projects.iter().map(row).collect(),
    }
}
