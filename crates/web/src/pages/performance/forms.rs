//! Official forms that have no points, to be read and printed: the basic table of Zhejiang (PR-37) and the short form of Sichuan (PR-25).

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use keqiao_app::performance;
use keqiao_app::performance::evaluation::{self, EvaluationShown, RowShown};
use keqiao_base::{EvaluationId, Fen, Refusal};
use keqiao_performance::Indicator;
use keqiao_performance::basic_table::BasicTable;

use super::choice::{self, Options};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::listing::Listing;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

#[derive(Template)]
#[template(path = "performance/basic.html")]
struct Basic {
    v: View,
    l: Listing,
    regions: Options,
    years: Options,
    region: String,
    body: String,
    year: i32,
    table: BasicTable,
}

impl Basic {
    /// Lines of the table: title, amount, how far it is set in.
    fn lines(&self) -> Vec<(&'static str, Fen, u8)> {
        let (v, i, e) = (&self.v, &self.table.income, &self.table.expenditure);
        vec![
            (v.t("收入合计", "Income"), i.total(), 0),
            (v.t("上年结转", "Carried over"), i.carried, 1),
            (v.t("财政拨款", "Fiscal appropriation"), i.fiscal, 1),
            (v.t("上级补助", "Grants from above"), i.superior, 1),
            (v.t("事业收入", "Service income"), i.operating, 1),
            (v.t("经营及其他", "Operating and other"), i.other, 1),
            (v.t("支出合计", "Expenditure"), e.total(), 0),
            (v.t("基本支出", "Basic"), e.basic(), 1),
            (v.t("人员经费", "Staff"), e.staff_cost, 2),
            (v.t("公用经费", "Public costs"), e.public_cost, 2),
            (v.t("项目支出", "Projects"), e.project, 1),
            (v.t("经营及其他", "Operating and other"), e.other, 1),
        ]
    }

    fn rate(&self) -> String {
        self.table.rate().map_or_else(|| "—".to_owned(), |r| format!("{:.2}%", r.round_dp(2)))
    }
}

/// `GET /performance/basic`
pub(super) async fn basic(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let (ctx, actor) = (&app.ctx, &asker.actor);
    let l = Listing::new("/performance/basic", &query.unwrap_or_default(), "");
    let region = choice::region(actor, l.get("region"))?.ok_or_else(Refusal::forbidden)?;
    let year = choice::year(l.get("year"), ctx.now());
    let page = Basic {
        table: performance::basic_table(ctx, actor, region, year).await?,
        regions: choice::regions(actor)?,
        years: choice::years(&performance::years(ctx, actor).await?, ctx.now()),
        region: region.code(),
        body: region.full_name(),
        year,
        l,
        v: asker.view,
    };
    Ok(page_with(&page.v, &page))
}

#[derive(Template)]
#[template(path = "performance/short.html")]
struct Short {
    v: View,
    e: EvaluationShown,
    /// Rows with their indicators; a table of points has none.
    rows: Vec<(RowShown, Indicator)>,
}

impl Short {
    /// 其它资金: everything but this year's appropriation.
    fn other(&self, executed: bool) -> String {
        let (all, fiscal) = (self.e.money.total(), self.e.money.fiscal);
        let (all, fiscal) = if executed { (all.executed, fiscal.executed) } else { (all.budget, fiscal.budget) };
        (all - fiscal).wan()
    }

    /// The number with its unit, and the words.
    fn actual(&self, row: &RowShown, indicator: &Indicator) -> String {
        let number = match (row.row.value, row.row.reached) {
            (Some(value), _) => format!("{}{}", choice::units(Some(value)), indicator.unit),
            (None, Some(reached)) => self.v.f(reached.title()).to_owned(),
            (None, None) => String::new(),
        };
        [number.as_str(), row.row.words.as_str()].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("；")
    }
}

/// `GET /performance/evaluations/{id}/short`
pub(super) async fn short(State(app): State<App>, asker: Asker, Path(id): Path<EvaluationId>) -> Answer {
    let e = evaluation::evaluation(&app.ctx, &asker.actor, id).await?;
    let rows: Vec<_> = e.rows.iter().filter_map(|r| Some((r.clone(), r.indicator.clone()?))).collect();
    if e.target.is_none() || rows.is_empty() {
        return Err(Refusal::not_found().into());
    }
    let page = Short { e, rows, v: asker.view };
    Ok(page_with(&page.v, &page))
}
