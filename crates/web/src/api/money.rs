//! `/api/v1/money`: years, projects, the overview, the ledger, the public tables with their checks, imports.

mod imports;

use axum::Json;
use axum::extract::{Query, State};
use keqiao_access::{RegionCode, may};
use keqiao_accounts::rounding::Rounding;
use keqiao_accounts::{Grain, TableSet};
use keqiao_app::money::{self, AskedTables, LedgerFilter, LedgerLine};
use keqiao_app::year::{self, ProjectFilter};
use keqiao_base::{LedgerLineId, ProjectId, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Cursor, Listed};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::key::{region_of, year_of};
use crate::state::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(imports::routes())
        .routes(routes!(years))
        .routes(routes!(projects))
        .routes(routes!(overview))
        .routes(routes!(ledger))
        .routes(routes!(tables))
}

/// Which department and year.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct At {
    /// 部门的行政区划代码 · Region of the department, six digits.
    #[param(pattern = "^[1-9][0-9]{5}$")]
    region: Option<String>,
    /// 年度 · Fiscal year.
    #[param(minimum = 2000, maximum = 2100)]
    year: Option<i32>,
}

impl At {
    fn read(&self) -> Result<(RegionCode, i32), Refusal> {
        Ok((region_of(self.region.as_deref().unwrap_or_default())?, year_of(self.year.unwrap_or_default())?))
    }
}

/// 一个年度 · A year.
#[derive(Debug, Serialize, ToSchema)]
struct YearJson {
    /// 部门 · Department.
    region: String,
    /// 年度 · Year.
    year: i32,
    /// open 或 closed · open or closed.
    state: String,
    /// 修订号 · Revision.
    revision: i32,
}

/// 年度清单 · Years
#[utoipa::path(get, path = "/money/years", tag = "收支 Money", security(("token" = [])), responses((status = 200, body = Vec<YearJson>)))]
async fn years(State(app): State<App>, asker: Asker) -> Answer<Json<Vec<YearJson>>> {
    let rows = year::years(&app.ctx, &asker.actor).await?;
    let shape = |b: year::Books| YearJson {
        region: b.region.code(),
        year: b.year,
        state: b.state.code().to_owned(),
        revision: b.revision,
    };
    Ok(Json(rows.into_iter().map(shape).collect()))
}

/// 一个项目 · A project.
#[derive(Debug, Serialize, ToSchema)]
struct ProjectJson {
    /// 编号 · Id.
    id: String,
    /// 单位编号 · Id of its unit.
    unit: String,
    /// 部门 · Department.
    region: String,
    /// 年度 · Year.
    year: i32,
    /// 项目编码 · Code.
    code: String,
    /// 名称 · Name.
    name: String,
    /// 年初预算（分） · Initial budget in 分.
    budget: i64,
    /// 修订号 · Revision.
    revision: i32,
}

/// 项目清单 · Projects
#[utoipa::path(get, path = "/money/projects", tag = "收支 Money", security(("token" = [])), params(At), responses((status = 200, body = Vec<ProjectJson>)))]
async fn projects(State(app): State<App>, asker: Asker, Query(at): Query<At>) -> Answer<Json<Vec<ProjectJson>>> {
    let year = at.year.map(year_of).transpose()?;
    let region = at.region.as_deref().map(region_of).transpose()?;
    let filter = ProjectFilter { region, year, ..ProjectFilter::default() };
    let rows = year::projects(&app.ctx, &asker.actor, &filter).await?;
    let shape = |p: year::Project| ProjectJson {
        id: p.id.to_string(),
        unit: p.unit_id.to_string(),
        region: p.region.code(),
        year: p.year,
        code: p.code,
        name: p.name,
        budget: p.budget.get(),
        revision: p.revision,
    };
    Ok(Json(rows.into_iter().map(shape).collect()))
}

/// 年度概览 · A year at a glance; amounts in 分
#[utoipa::path(get, path = "/money/overview", tag = "收支 Money", security(("token" = [])), params(At), responses((status = 200, body = Object)))]
async fn overview(State(app): State<App>, asker: Asker, Query(at): Query<At>) -> Answer<Json<Value>> {
    asker.actor.must(may::see_money(&asker.actor))?;
    let (region, year) = at.read()?;
    let o = money::overview(&app.ctx, &asker.actor, region, year).await?;
    let figure = |f: &money::ProjectFigure| {
        json!({
            "project": f.project.as_ref().map(|p| p.id), "code": f.project.as_ref().map(|p| &p.code),
            "initial": f.initial, "budget": f.budget, "executed": f.executed, "rate_basis_points": f.rate(),
        })
    };
    let projects: Vec<Value> = o.projects.iter().map(figure).collect();
    Ok(Json(json!({ "all": figure(&o.all), "projects": projects, "months": o.months, "classes": o.classes })))
}

/// Which lines.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Which {
    /// 项目编号 · Id of a project.
    #[param(value_type = Option<String>, pattern = "^[0-9a-f]{32}$")]
    project: Option<ProjectId>,
    /// 功能科目的开头几位 · Beginning of the functional code.
    #[param(pattern = "^[0-9]{1,7}$")]
    function: Option<String>,
    /// 经济科目的开头几位 · Beginning of the economic code.
    #[param(pattern = "^[0-9]{1,5}$")]
    economic: Option<String>,
    /// 月份 · Month.
    #[param(minimum = 1, maximum = 12)]
    month: Option<i32>,
}

/// 支出明细的一行 · A line of the ledger.
#[derive(Debug, Serialize, ToSchema)]
struct LineJson {
    /// 编号 · Id.
    id: String,
    /// 日期 · Day.
    day: String,
    /// 凭证号 · Voucher.
    voucher: String,
    /// 功能科目 · Functional code.
    function: String,
    /// 经济科目 · Economic code.
    economic: String,
    /// 资金 · Fund.
    fund: String,
    /// 支出类型 · Kind.
    kind: String,
    /// 项目编号 · Id of the project.
    project: Option<String>,
    /// 金额（分） · Amount in 分.
    amount: i64,
    /// 摘要 · Text.
    words: String,
}

impl From<&LedgerLine> for LineJson {
    fn from(line: &LedgerLine) -> LineJson {
        LineJson {
            id: line.id.to_string(),
            day: line.day.clone(),
            voucher: line.voucher.clone(),
            function: line.function.clone(),
            economic: line.economic.clone(),
            fund: line.fund.code().to_owned(),
            kind: line.kind.code().to_owned(),
            project: line.project_id.map(|p| p.to_string()),
            amount: line.amount.get(),
            words: line.words.clone(),
        }
    }
}

/// 支出明细 · The ledger
#[utoipa::path(get, path = "/money/ledger", tag = "收支 Money", security(("token" = [])), params(At, Which, Cursor), responses((status = 200, body = Listed<LineJson>)))]
async fn ledger(
    State(app): State<App>,
    asker: Asker,
    Query(at): Query<At>,
    Query(which): Query<Which>,
    Query(cursor): Query<Cursor>,
) -> Answer<Json<Listed<LineJson>>> {
    asker.actor.must(may::see_money(&asker.actor))?;
    let scope = at.read()?;
    let digits = |text: Option<String>| text.unwrap_or_default().chars().filter(char::is_ascii_digit).take(7).collect();
    let filter = LedgerFilter {
        project: which.project,
        function: digits(which.function),
        economic: digits(which.economic),
        month: which.month,
        ..LedgerFilter::default()
    };
    let unknown =
        |_| Refusal::field("cursor", "cursor", "游标无法识别，请从第一段重新读。", "The cursor is not known.");
    let after: Option<LedgerLineId> = cursor.after()?.map(|k| k.parse().map_err(unknown)).transpose()?;
    let limit = cursor.limit();
    let rows = money::ledger_after(&app.ctx, &asker.actor, scope, &filter, after, limit + 1).await?;
    Ok(Json(Listed::of(rows, limit, |l: &LedgerLine| l.id.to_string(), |l| LineJson::from(&l))))
}

/// How the tables are asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct How {
    /// national 或 sichuan · Which set.
    #[param(value_type = Option<String>, pattern = "^(national|sichuan)$")]
    set: Option<TableSet>,
    /// independent 或 plug；不填为元 · How 万元 are rounded; absent: 元.
    #[param(value_type = Option<String>, pattern = "^(independent|plug)$")]
    rounding: Option<Rounding>,
}

/// 决算公开表及勾稽检查 · Public tables with their checks; amounts in 分
#[utoipa::path(get, path = "/money/tables", tag = "收支 Money", security(("token" = [])), params(At, How), responses((status = 200, body = Object)))]
async fn tables(
    State(app): State<App>,
    asker: Asker,
    Query(at): Query<At>,
    Query(how): Query<How>,
) -> Answer<Json<Value>> {
    asker.actor.must(may::see_money(&asker.actor))?;
    let (region, year) = at.read()?;
    let (set, rounding) = (how.set.unwrap_or(TableSet::National), how.rounding.unwrap_or(Rounding::Independent));
    let asked = AskedTables { set, unit: None, wan: how.rounding.is_some(), rounding };
    let made = money::tables(&app.ctx, &asker.actor, region, year, &asked).await?;
    let tables = made.tables.iter().map(|t| {
        let rows = t.rows.iter().map(|r| json!({ "key": r.key, "code": r.code, "title": r.title, "cells": r.cells }));
        let columns = t.heads.iter().map(|h| json!({ "key": h.key, "title": h.title }));
        json!({ "kind": t.kind, "columns": columns.collect::<Vec<_>>(), "rows": rows.collect::<Vec<_>>() })
    });
    let checks = made.checks.iter().map(|c| {
        let gaps: Vec<_> = c.gaps.iter().map(|g| g.message(Grain::Fen)).collect();
        json!({ "check": c.check, "verdict": c.verdict, "compared": c.judged, "gaps": gaps })
    });
    Ok(Json(json!({ "tables": tables.collect::<Vec<_>>(), "checks": checks.collect::<Vec<_>>() })))
}
