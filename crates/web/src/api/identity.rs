//! Identities for programs: declaring, vouching, verifying, voiding.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use keqiao_app::account::identity::{self, Seen, Step};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::asker::Asker;
use crate::failure::Failure;
use crate::key::id_of;
use crate::state::App;

/// The operations of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(steps))
        .routes(routes!(declare))
        .routes(routes!(vouch))
        .routes(routes!(verify_identity))
        .routes(routes!(void))
        .routes(routes!(place))
}

/// 身份步骤 · One step of an identity.
#[derive(Serialize, ToSchema)]
struct StepShown {
    kind: &'static str,
    at: String,
    by: String,
    reason: String,
    document: Option<&'static str>,
    /// 仅末两位 · Its last two characters only.
    number: Option<String>,
}

impl From<Step> for StepShown {
    fn from(step: Step) -> Self {
        StepShown {
            kind: step.kind.code(),
            at: step.at.iso(),
            by: step.by_name,
            reason: step.reason,
            document: step.document.map(|d| d.code()),
            number: step.number_shown,
        }
    }
}

/// 一个账号的身份步骤 · The steps of an account's identity.
#[utoipa::path(get, path = "/identities/{id}", tag = "身份 · Identities", params(("id" = String, Path)), security(("token" = [])), responses((status = 200, body = Vec<StepShown>)))]
async fn steps(State(app): State<App>, asker: Asker, Path(key): Path<String>) -> Result<Json<Vec<StepShown>>, Failure> {
    let steps = identity::history(&app.ctx, &asker.actor, id_of(&key)?).await?;
    Ok(Json(steps.into_iter().map(Into::into).collect()))
}

/// 声明 · Who one says one is.
#[derive(Deserialize, ToSchema)]
struct Declared {
    #[schema(max_length = 40)]
    name: String,
    #[schema(max_length = 80)]
    organisation: String,
}

/// 声明本人身份 · Declare the own identity.
#[utoipa::path(post, path = "/me/identity", tag = "身份 · Identities", request_body = Declared, security(("token" = [])), responses((status = 204)))]
async fn declare(State(app): State<App>, asker: Asker, Json(form): Json<Declared>) -> Result<StatusCode, Failure> {
    identity::declare(&app.ctx, &asker.actor, &form.name, &form.organisation).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 理由 · Why.
#[derive(Deserialize, ToSchema)]
struct Why {
    #[schema(max_length = 500)]
    reason: String,
}

/// 单位担保 · Vouch for somebody.
#[utoipa::path(post, path = "/identities/{id}/vouch", tag = "身份 · Identities", params(("id" = String, Path)), request_body = Why, security(("token" = [])), responses((status = 204)))]
async fn vouch(
    State(app): State<App>,
    asker: Asker,
    Path(key): Path<String>,
    Json(form): Json<Why>,
) -> Result<StatusCode, Failure> {
    identity::vouch(&app.ctx, &asker.actor, id_of(&key)?, &form.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 证件 · A document that was seen.
#[derive(Deserialize, ToSchema)]
struct Document {
    /// resident_card, passport, title_certificate, work_card
    document: String,
    /// 只保存校验值和末两位 · Only a hash and the last two characters are kept.
    #[schema(max_length = 40)]
    number: String,
    #[schema(max_length = 500)]
    reason: String,
}

/// 核验证件 · Verify somebody by documents.
#[utoipa::path(post, path = "/identities/{id}/verify", tag = "身份 · Identities", params(("id" = String, Path)), request_body = Document, security(("token" = [])), responses((status = 204)))]
async fn verify_identity(
    State(app): State<App>,
    asker: Asker,
    Path(key): Path<String>,
    Json(form): Json<Document>,
) -> Result<StatusCode, Failure> {
    let seen = Seen { document: form.document, number: form.number, reason: form.reason };
    identity::verify(&app.ctx, &asker.actor, id_of(&key)?, &seen).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 撤销最近一步 · Void the last step.
#[utoipa::path(post, path = "/identities/{id}/void", tag = "身份 · Identities", params(("id" = String, Path)), request_body = Why, security(("token" = [])), responses((status = 204)))]
async fn void(
    State(app): State<App>,
    asker: Asker,
    Path(key): Path<String>,
    Json(form): Json<Why>,
) -> Result<StatusCode, Failure> {
    identity::void(&app.ctx, &asker.actor, id_of(&key)?, &form.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 代表的单位 · The organisation somebody acts for.
#[derive(Deserialize, ToSchema)]
struct Placed {
    /// 名录中的单位全称，空为解除 · Its full name in the directory; empty takes it away.
    #[schema(max_length = 100)]
    organisation: String,
}

/// 对应到名录中的单位 · Say for which organisation of the directory an account acts.
#[utoipa::path(post, path = "/identities/{id}/organisation", tag = "身份 · Identities", params(("id" = String, Path)), request_body = Placed, security(("token" = [])), responses((status = 204)))]
async fn place(
    State(app): State<App>,
    asker: Asker,
    Path(key): Path<String>,
    Json(placed): Json<Placed>,
) -> Result<StatusCode, Failure> {
    identity::place(&app.ctx, &asker.actor, id_of(&key)?, &placed.organisation).await?;
    Ok(StatusCode::NO_CONTENT)
}
