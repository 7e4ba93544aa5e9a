//! The ledger: list, filters, export.

use askama::Template;
use axum::extract::{RawQuery, State};
use keqiao_access::may;
use keqiao_accounts::{Fund, SpendingKind};
use keqiao_app::money::{self, LedgerFilter, LedgerLine, LedgerSort, Listed};

use super::XLSX;
use super::scope::Scope;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::listing::Listing;
use crate::pages::{attachment, page_with};
use crate::state::App;
use crate::view::View;

#[derive(Template)]
#[template(path = "money/ledger.html")]
struct Page {
    v: View,
    l: Listing,
    s: Scope,
    found: Listed,
    projects: Vec<(String, String)>,
    funds: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    months: Vec<(String, String)>,
}

impl Page {
    fn project(&self, line: &LedgerLine) -> String {
        line.project_id.and_then(|p| self.found.projects.get(&p).cloned()).unwrap_or_else(|| "—".to_owned())
    }

    fn unit(&self, line: &LedgerLine) -> String {
        self.found.units.get(&line.unit_id).cloned().unwrap_or_default()
    }
}

fn filter(l: &Listing) -> LedgerFilter {
    let digits = |key| l.get(key).chars().filter(char::is_ascii_digit).take(7).collect::<String>();
    LedgerFilter {
        project: l.get("project").parse().ok(),
        unit: l.get("unit").parse().ok(),
        function: digits("function"),
        economic: digits("economic"),
        fund: l.get("fund").parse().ok(),
        kind: l.get("kind").parse().ok(),
        month: l.get("month").parse().ok(),
        words: l.get("q").chars().filter(|c| !c.is_control()).take(60).collect(),
        import: l.get("import").parse().ok(),
    }
}

fn sort(l: &Listing) -> (LedgerSort, bool) {
    let down = l.sort().starts_with('-');
    (l.sort().trim_start_matches('-').parse().unwrap_or(LedgerSort::Day), down)
}

/// `GET /money/ledger`
pub(super) async fn list(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    asker.actor.must(may::see_money(&asker.actor))?;
    let l = Listing::new("/money/ledger", &query.unwrap_or_default(), "-day");
    let s = Scope::of(&app, &asker, &l, may::money_regions(&asker.actor)).await?;
    let found = money::ledger(&app.ctx, &asker.actor, (s.region, s.year), &filter(&l), sort(&l), l.request()).await?;
    let v = asker.view.clone();
    let mut projects: Vec<_> = found.projects.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    projects.sort_by(|a, b| a.1.cmp(&b.1));
    let page = Page {
        l: l.of(found.page.total),
        projects,
        funds: Fund::ALL.iter().map(|f| (f.code().to_owned(), v.f(f.title()).to_owned())).collect(),
        kinds: SpendingKind::ALL.iter().map(|k| (k.code().to_owned(), v.f(k.title()).to_owned())).collect(),
        months: (1..=12).map(|m| (m.to_string(), m.to_string())).collect(),
        s,
        found,
        v,
    };
    Ok(page_with(&asker.view, &page))
}

/// `GET /money/ledger/export`
pub(super) async fn export(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    asker.actor.must(may::see_money(&asker.actor))?;
    let l = Listing::new("/money/ledger", &query.unwrap_or_default(), "-day");
    let s = Scope::of(&app, &asker, &l, may::money_regions(&asker.actor)).await?;
    let lang = asker.view.lang;
    let bytes = money::export_ledger(&app.ctx, &asker.actor, (s.region, s.year), &filter(&l), lang).await?;
    Ok(attachment(&format!("{}{}.xlsx", s.year, asker.view.t("支出明细", "-ledger")), XLSX, bytes))
}
