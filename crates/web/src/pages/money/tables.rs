//! The public tables as they will be published, with the checks beside them.

use askama::Template;
use axum::extract::{RawQuery, State};
use keqiao_access::may;
use keqiao_accounts::checks::{CheckResult, Verdict};
use keqiao_accounts::rounding::Rounding;
use keqiao_accounts::{Grain, PublicTable, TableRow, TableSet};
use keqiao_app::money::{self, AskedTables, TablesShown};
use keqiao_app::year;
use keqiao_base::Fen;

use super::XLSX;
use super::scope::Scope;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::listing::Listing;
use crate::pages::{attachment, page_with};
use crate::state::App;
use crate::view::View;

#[derive(Template)]
#[template(path = "money/tables.html")]
struct Page {
    v: View,
    l: Listing,
    s: Scope,
    asked: AskedTables,
    made: TablesShown,
    sets: Vec<(String, String)>,
    units: Vec<(String, String)>,
    roundings: Vec<(String, String)>,
}

impl Page {
    fn amount(&self, amount: &Option<Fen>) -> String {
        amount.map_or_else(String::new, |a| if self.asked.wan { a.wan() } else { a.yuan() })
    }

    fn tone(&self, check: &CheckResult) -> &'static str {
        match check.verdict {
            Verdict::Pass => "good",
            Verdict::Info => "info",
            Verdict::Fail => "error",
            Verdict::Lacking => "warning",
            Verdict::NotApplicable => "quiet",
        }
    }

    fn messages(&self, check: &CheckResult) -> Vec<String> {
        let grain = if self.asked.wan { Grain::Wan } else { Grain::Fen };
        check.gaps.iter().take(20).map(|g| g.message(grain).get(self.v.lang).to_owned()).collect()
    }

    /// Whether the table has codes; the overall one has none.
    fn coded(&self, table: &PublicTable) -> bool {
        table.rows.iter().any(|r| !r.code.is_empty())
    }

    /// A line that adds up others, and is no class with a code.
    fn is_sum(&self, row: &TableRow) -> bool {
        row.code.is_empty()
            && (row.key.ends_with("total") || row.title.zh.ends_with("总计") || row.title.zh.ends_with("合计"))
    }

    fn failed(&self) -> usize {
        self.made.checks.iter().filter(|c| c.verdict == Verdict::Fail).count()
    }

    fn passed(&self) -> usize {
        self.made.checks.iter().filter(|c| matches!(c.verdict, Verdict::Pass | Verdict::Info)).count()
    }

    fn unit_of(&self) -> &'static str {
        if self.asked.wan { self.v.t("万元", "10,000 yuan") } else { self.v.t("元", "yuan") }
    }

    fn number(&self, table: &PublicTable) -> usize {
        self.made.tables.iter().position(|t| t.kind == table.kind).unwrap_or(0) + 1
    }
}

fn asked(l: &Listing, region: keqiao_access::RegionCode) -> AskedTables {
    // Sichuan publishes thirteen.
    let usual = if region.code().starts_with("51") { TableSet::Sichuan } else { TableSet::National };
    AskedTables {
        set: l.get("set").parse().unwrap_or(usual),
        unit: l.get("unit").parse().ok(),
        wan: l.get("in") != "yuan",
        rounding: l.get("rounding").parse().unwrap_or(Rounding::Independent),
    }
}

/// `GET /money/tables`
pub(super) async fn show(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    asker.actor.must(may::see_money(&asker.actor))?;
    let l = Listing::new("/money/tables", &query.unwrap_or_default(), "");
    let s = Scope::of(&app, &asker, &l, may::money_regions(&asker.actor)).await?;
    let asked = asked(&l, s.region);
    let made = money::tables(&app.ctx, &asker.actor, s.region, s.year, &asked).await?;
    let units = year::units(&app.ctx, &asker.actor).await?.into_iter().filter(|u| u.region == s.region);
    let v = asker.view.clone();
    let page = Page {
        units: units.map(|u| (u.id.to_string(), u.name)).collect(),
        sets: TableSet::ALL.iter().map(|t| (t.code().to_owned(), v.f(t.title()).to_owned())).collect(),
        roundings: Rounding::ALL.iter().map(|r| (r.code().to_owned(), v.f(r.title()).to_owned())).collect(),
        l,
        s,
        asked,
        made,
        v,
    };
    Ok(page_with(&asker.view, &page))
}

/// `GET /money/tables/export`
pub(super) async fn export(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    asker.actor.must(may::see_money(&asker.actor))?;
    let l = Listing::new("/money/tables", &query.unwrap_or_default(), "");
    let s = Scope::of(&app, &asker, &l, may::money_regions(&asker.actor)).await?;
    let (asked, lang) = (asked(&l, s.region), asker.view.lang);
    let bytes = money::export_tables(&app.ctx, &asker.actor, (s.region, s.year), &asked, lang).await?;
    Ok(attachment(&format!("{}{}.xlsx", s.year, asker.view.t("决算公开表", "-public-tables")), XLSX, bytes))
}
