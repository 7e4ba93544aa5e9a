//! The overview of the desk: figures, and charts with the tables behind them.

use askama::Template;
use axum::extract::{RawQuery, State};
use keqiao_app::desk::{self, Dashboard};
use keqiao_store::desk::finding::{FindingLevel, FindingState};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::choice::{self, Filters};
use crate::asker::Asker;
use crate::chart::{Chart, Row, Series, Shape};
use crate::failure::Answer;
use crate::listing::Listing;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

#[derive(Template)]
#[template(path = "desk/dashboard.html")]
struct Page {
    v: View,
    l: Listing,
    filters: Filters,
    reports: i64,
    open: i64,
    fixed: i64,
    wrong: i64,
    charts: Vec<String>,
}

/// `GET /desk/dashboard`
pub(super) async fn show(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let list = Listing::new("/desk/dashboard", &query.unwrap_or_default(), "");
    let figures = desk::dashboard(&app.ctx, &asker.actor, &choice::findings(&list, &asker.actor)).await?;
    let filters = Filters::of(&app.ctx, &asker.actor, &asker.view).await?;
    let in_state = |state| figures.states.iter().filter(|s| s.1 == state).map(|s| s.2).sum();
    let v = &asker.view;
    let charts = [rules(&figures, v), years(&figures, v), entities(&figures, v), states(&figures, v)];
    let page = Page {
        reports: figures.reports.iter().map(|r| r.1).sum(),
        open: in_state(FindingState::Open),
        fixed: in_state(FindingState::Fixed),
        wrong: in_state(FindingState::FalseAlarm),
        charts: charts.iter().map(|c| c.figure(v)).collect(),
        l: list,
        filters,
        v: asker.view.clone(),
    };
    Ok(page_with(&asker.view, &page))
}

fn series(name: &str, paint: &'static str) -> Series {
    Series { name: name.to_owned(), paint }
}

/// One series for each level.
fn levels(v: &View) -> Vec<Series> {
    FindingLevel::ALL.iter().map(|l| series(v.f(l.title()), l.code())).collect()
}

fn rules(d: &Dashboard, v: &View) -> Chart {
    let row = |r: &desk::RuleFigure| Row {
        label: format!("{} {}", r.code, v.f(r.title)),
        href: format!("/desk/ledger?rule={}", r.code),
        values: vec![r.findings - r.wrong, r.wrong],
    };
    Chart {
        id: "rules",
        shape: Shape::Bars,
        title: v.t("最常见的规则", "Most frequent rules").to_owned(),
        head: v.t("规则", "Rule").to_owned(),
        series: vec![series(v.t("问题", "Findings"), "1"), series(v.t("误报", "False alarms"), "2")],
        rows: d.rules.iter().map(row).collect(),
    }
}

fn entities(d: &Dashboard, v: &View) -> Chart {
    let row = |(name, all, open): &(String, i64, i64)| Row {
        label: name.clone(),
        href: format!("/desk?q={}", utf8_percent_encode(name, NON_ALPHANUMERIC)),
        values: vec![*open, all - open],
    };
    Chart {
        id: "entities",
        shape: Shape::Bars,
        title: v.t("问题最多的单位", "Bodies with most findings").to_owned(),
        head: v.t("单位", "Body").to_owned(),
        series: vec![series(v.t("待处理", "Open"), "2"), series(v.t("已处理", "Settled"), "4")],
        rows: d.entities.iter().map(row).collect(),
    }
}

fn years(d: &Dashboard, v: &View) -> Chart {
    let mut rows: Vec<Row> = Vec::new();
    for (year, level, count) in &d.years {
        let label = year.map_or_else(|| v.t("不明", "Unknown").to_owned(), |y| y.to_string());
        if rows.last().is_none_or(|r| r.label != label) {
            let href = year.map_or_else(String::new, |y| format!("/desk/ledger?year={y}"));
            rows.push(Row { label, href, values: vec![0; FindingLevel::ALL.len()] });
        }
        let at = FindingLevel::ALL.iter().position(|l| l == level);
        if let Some((row, at)) = rows.last_mut().zip(at) {
            row.values[at] += count;
        }
    }
    Chart {
        id: "years",
        shape: Shape::Columns,
        title: v.t("各年度的问题", "Findings by year").to_owned(),
        head: v.t("年度", "Year").to_owned(),
        series: levels(v),
        rows,
    }
}

fn states(d: &Dashboard, v: &View) -> Chart {
    let count = |state, level| d.states.iter().filter(|s| s.0 == level && s.1 == state).map(|s| s.2).sum();
    let row = |state: &FindingState| Row {
        label: v.f(state.title()).to_owned(),
        href: format!("/desk/ledger?state={state}"),
        values: FindingLevel::ALL.iter().map(|level| count(*state, *level)).collect(),
    };
    Chart {
        id: "states",
        shape: Shape::Bars,
        title: v.t("处理进展", "How far the work is").to_owned(),
        head: v.t("状态", "State").to_owned(),
        series: levels(v),
        rows: FindingState::ALL.iter().map(row).collect(),
    }
}
