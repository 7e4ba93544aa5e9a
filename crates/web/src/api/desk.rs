//! `/api/v1` of the report desk: what its pages do, for programs.

mod shape;
mod uploads;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use keqiao_app::desk::{self, FindingShown, Judgement, LedgerFormat};
use keqiao_base::{AccountId, FindingId, Refusal, ReportId};
use keqiao_i18n::Lang;
use keqiao_store::desk::finding::{Finding, FindingFilter, FindingLevel, FindingState};
use keqiao_store::desk::report::{CheckState, Report, ReportFilter};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Cursor, Listed, gone};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::key::{Key, words_of};
use crate::pages::attachment;
use crate::state::App;
use shape::{CommentJson, ComparisonJson, DashboardJson, FindingJson, ReportJson, ReportWhole};

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(reports))
        .routes(routes!(report, remove))
        .routes(routes!(comparison))
        .routes(routes!(findings))
        .routes(routes!(finding))
        .routes(routes!(judge))
        .routes(routes!(assign))
        .routes(routes!(comment))
        .routes(routes!(ledger))
        .routes(routes!(dashboard))
        .merge(uploads::routes())
}

/// Which reports.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Which {
    /// 单位名称中的文字 · Words in the name of the body.
    #[param(max_length = 100)]
    q: Option<String>,
    /// 年度 · Fiscal year.
    year: Option<i32>,
    /// 种类 · Kind: final_account, budget, self_evaluation, department_evaluation, template, unknown.
    kind: Option<String>,
    /// 检查状态 · waiting, checked or unreadable.
    #[param(value_type = Option<String>, pattern = "^(waiting|checked|unreadable)$")]
    check: Option<CheckState>,
    /// 只要有待处理问题的 · Only with open findings.
    open: Option<bool>,
}

impl Which {
    fn filter(self) -> Result<ReportFilter, Refusal> {
        Ok(ReportFilter {
            regions: Vec::new(),
            entity: self.q.as_deref().map(words_of).transpose()?.filter(|q| !q.is_empty()),
            year: self.year,
            kind: self.kind,
            state: self.check,
            open: self.open.unwrap_or(false),
        })
    }
}

/// Which findings.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct WhichFindings {
    /// 报告 · Of one report.
    #[param(value_type = Option<String>, pattern = "^[0-9a-f]{32}$")]
    report: Option<ReportId>,
    /// 规则编号或其开头 · Code of the rule, or its beginning.
    #[param(max_length = 8, pattern = "^[A-Za-z0-9]*$")]
    rule: Option<String>,
    /// 级别 · error, warning or info.
    #[param(value_type = Option<String>, pattern = "^(error|warning|info)$")]
    level: Option<FindingLevel>,
    /// 状态 · open, fixed, accepted or false_alarm.
    #[param(value_type = Option<String>, pattern = "^(open|fixed|accepted|false_alarm)$")]
    state: Option<FindingState>,
    /// 责任人账号 · Account of who is to see to it.
    #[param(value_type = Option<String>, pattern = "^[0-9a-f]{32}$")]
    assignee: Option<AccountId>,
}

impl WhichFindings {
    fn filter(self, reports: Which) -> Result<FindingFilter, Refusal> {
        let code = self.rule.map(|c| c.to_ascii_uppercase()).filter(|c| !c.is_empty());
        if code.as_ref().is_some_and(|c| c.len() > 8 || !c.bytes().all(|b| b.is_ascii_alphanumeric())) {
            let (zh, en) = ("规则编号由字母和数字组成。", "The code of a rule is made of letters and digits.");
            return Err(Refusal::field("finding.rule", "rule", zh, en));
        }
        Ok(FindingFilter {
            reports: reports.filter()?,
            report: self.report,
            code,
            level: self.level,
            state: self.state,
            assignee: self.assignee,
        })
    }
}

/// The last key of the piece before, as an id.
fn after<T: std::str::FromStr>(cursor: &Cursor) -> Result<Option<T>, Refusal> {
    cursor.after()?.map(|key| key.parse::<T>().map_err(|_| gone())).transpose()
}

/// 报告清单 · Reports
#[utoipa::path(get, path = "/reports", tag = "报告校对 Report desk", params(Which, Cursor), security(("token" = [])),
    responses((status = 200, body = Listed<ReportJson>)))]
async fn reports(
    State(app): State<App>,
    asker: Asker,
    Query(which): Query<Which>,
    Query(cursor): Query<Cursor>,
) -> Answer<Json<Listed<ReportJson>>> {
    let limit = cursor.limit();
    let rows = desk::reports_after(&app.ctx, &asker.actor, &which.filter()?, after(&cursor)?, limit + 1).await?;
    Ok(Json(Listed::of(rows, limit, |r: &Report| r.id.to_string(), ReportJson::from)))
}

/// 一份报告及其版本和问题 · One report with its versions and findings
#[utoipa::path(get, path = "/reports/{id}", tag = "报告校对 Report desk", params(("id" = String, Path)), security(("token" = [])),
    responses((status = 200, body = ReportWhole)))]
async fn report(State(app): State<App>, asker: Asker, Key(id): Key<ReportId>) -> Answer<Json<ReportWhole>> {
    Ok(Json(desk::report(&app.ctx, &asker.actor, id).await?.into()))
}

/// 移出校对台 · Take a report off the desk
#[utoipa::path(delete, path = "/reports/{id}", tag = "报告校对 Report desk", params(("id" = String, Path)), security(("token" = [])),
    responses((status = 204)))]
async fn remove(State(app): State<App>, asker: Asker, Key(id): Key<ReportId>) -> Answer<StatusCode> {
    desk::take_off(&app.ctx, &asker.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which versions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Versions {
    /// 前一版 · The earlier version; the one before `after` when absent.
    before: Option<i32>,
    /// 后一版 · The later version; the newest when absent.
    after: Option<i32>,
}

/// 两版比较 · Two versions compared
#[utoipa::path(get, path = "/reports/{id}/comparison", tag = "报告校对 Report desk", params(("id" = String, Path), Versions),
    security(("token" = [])), responses((status = 200, body = ComparisonJson)))]
async fn comparison(
    State(app): State<App>,
    asker: Asker,
    Key(id): Key<ReportId>,
    Query(v): Query<Versions>,
) -> Answer<Json<ComparisonJson>> {
    Ok(Json(desk::compare(&app.ctx, &asker.actor, id, v.before, v.after).await?.into()))
}

/// 问题清单 · Findings
#[utoipa::path(get, path = "/findings", tag = "报告校对 Report desk", params(WhichFindings, Which, Cursor), security(("token" = [])),
    responses((status = 200, body = Listed<FindingJson>)))]
async fn findings(
    State(app): State<App>,
    asker: Asker,
    Query(which): Query<WhichFindings>,
    Query(reports): Query<Which>,
    Query(cursor): Query<Cursor>,
) -> Answer<Json<Listed<FindingJson>>> {
    let limit = cursor.limit();
    let filter = which.filter(reports)?;
    let rows = desk::findings_after(&app.ctx, &asker.actor, &filter, after(&cursor)?, limit + 1).await?;
    let shown = rows.into_iter().map(FindingShown::new).collect::<keqiao_app::AppResult<Vec<_>>>()?;
    Ok(Json(Listed::of(shown, limit, |f: &FindingShown| f.finding.id.to_string(), FindingJson::from)))
}

/// A finding with its remarks.
#[derive(Debug, Serialize, ToSchema)]
struct FindingWhole {
    finding: FindingJson,
    comments: Vec<CommentJson>,
}

/// 一个问题及其讨论 · One finding with its discussion
#[utoipa::path(get, path = "/findings/{id}", tag = "报告校对 Report desk", params(("id" = String, Path)), security(("token" = [])),
    responses((status = 200, body = FindingWhole)))]
async fn finding(State(app): State<App>, asker: Asker, Key(id): Key<FindingId>) -> Answer<Json<FindingWhole>> {
    let (finding, _, comments) = desk::finding(&app.ctx, &asker.actor, id).await?;
    Ok(Json(FindingWhole { finding: finding.into(), comments: comments.into_iter().map(CommentJson::from).collect() }))
}

/// What somebody makes of a finding.
#[derive(Debug, Deserialize, ToSchema)]
struct JudgeJson {
    /// 所依据的修订号 · The revision it was made from.
    revision: i32,
    /// open, fixed, accepted, false_alarm
    #[schema(value_type = String)]
    state: FindingState,
    /// 理由或整改情况 · What was done, or why it stands.
    #[serde(default)]
    #[schema(max_length = 2000)]
    reason: String,
}

/// 处理一个问题 · Settle a finding
#[utoipa::path(post, path = "/findings/{id}/judgement", tag = "报告校对 Report desk", params(("id" = String, Path)),
    request_body = JudgeJson, security(("token" = [])), responses((status = 200, body = FindingJson)))]
async fn judge(
    State(app): State<App>,
    asker: Asker,
    Key(id): Key<FindingId>,
    Json(sent): Json<JudgeJson>,
) -> Answer<Json<FindingJson>> {
    let judgement = Judgement { state: sent.state, reason: sent.reason };
    shown(desk::judge(&app.ctx, &asker.actor, id, sent.revision, &judgement).await?)
}

/// Who is to see to a finding.
#[derive(Debug, Deserialize, ToSchema)]
struct AssignJson {
    /// 所依据的修订号 · The revision it was made from.
    revision: i32,
    /// 账号；为空则取消 · The account; nobody when null.
    #[schema(value_type = Option<String>)]
    account: Option<AccountId>,
}

/// 指定责任人 · Give a finding to somebody
#[utoipa::path(post, path = "/findings/{id}/assignment", tag = "报告校对 Report desk", params(("id" = String, Path)),
    request_body = AssignJson, security(("token" = [])), responses((status = 200, body = FindingJson)))]
async fn assign(
    State(app): State<App>,
    asker: Asker,
    Key(id): Key<FindingId>,
    Json(sent): Json<AssignJson>,
) -> Answer<Json<FindingJson>> {
    shown(desk::assign(&app.ctx, &asker.actor, id, sent.revision, sent.account).await?)
}

/// A remark.
#[derive(Debug, Deserialize, ToSchema)]
struct Said {
    /// 内容 · The words.
    #[schema(min_length = 1, max_length = 2000)]
    words: String,
}

/// 发表意见 · Write a remark
#[utoipa::path(post, path = "/findings/{id}/comments", tag = "报告校对 Report desk", params(("id" = String, Path)),
    request_body = Said, security(("token" = [])), responses((status = 200, body = FindingJson)))]
async fn comment(
    State(app): State<App>,
    asker: Asker,
    Key(id): Key<FindingId>,
    Json(sent): Json<Said>,
) -> Answer<Json<FindingJson>> {
    shown(desk::comment(&app.ctx, &asker.actor, id, &sent.words).await?)
}

fn shown(finding: Finding) -> Answer<Json<FindingJson>> {
    Ok(Json(FindingShown::new(finding)?.into()))
}

/// In what form.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Form {
    /// xlsx 或 docx · xlsx or docx.
    #[param(value_type = Option<String>, pattern = "^(xlsx|docx)$")]
    format: Option<LedgerFormat>,
    /// 语言 zh 或 en · Language.
    #[param(value_type = Option<String>, pattern = "^(zh|en)$")]
    lang: Option<Lang>,
}

/// 整改台账 · The rectification ledger, exactly as filtered
#[utoipa::path(get, path = "/ledger", tag = "报告校对 Report desk", params(WhichFindings, Which, Form), security(("token" = [])),
    responses((status = 200, content(
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ))))]
async fn ledger(
    State(app): State<App>,
    asker: Asker,
    Query(which): Query<WhichFindings>,
    Query(reports): Query<Which>,
    Query(form): Query<Form>,
) -> Answer<Response> {
    let (format, lang) = (form.format.unwrap_or(LedgerFormat::Xlsx), form.lang.unwrap_or_default());
    let made = desk::ledger(&app.ctx, &asker.actor, &which.filter(reports)?, String::new(), format, lang).await?;
    Ok(attachment(&made.name, made.kind, made.bytes))
}

/// 总览：最常见的规则、单位、年度 · Most frequent rules, bodies, years
#[utoipa::path(get, path = "/dashboard", tag = "报告校对 Report desk", params(Which, WhichFindings), security(("token" = [])),
    responses((status = 200, body = DashboardJson)))]
async fn dashboard(
    State(app): State<App>,
    asker: Asker,
    Query(which): Query<Which>,
    Query(findings): Query<WhichFindings>,
) -> Answer<Json<DashboardJson>> {
    let figures = desk::dashboard(&app.ctx, &asker.actor, &findings.filter(which)?).await?;
    Ok(Json(figures.into()))
}
