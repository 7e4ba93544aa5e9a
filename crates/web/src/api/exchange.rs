//! `/api/v1/exchange`: find listings, show one, what fits it and why, refine a note, draft, hand in, ask, judge a match. What is listed
//! everybody may read; the rest is for who has signed in.

mod refined;
mod shape;

use axum::Json;
use axum::extract::{Path, Query, RawQuery, State};
use axum::http::StatusCode;
use keqiao_access::may;
use keqiao_app::exchange::{self, InterestForm, Judged, Wanted};
use keqiao_base::{ListingId, Refusal};
use keqiao_exchange::choice::MissReason;
use keqiao_exchange::refine::refine;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::refined::{NoteJson, RefinedJson};
use self::shape::{
    FoundJson, InterestJson, JudgementJson, ListingJson, ListingWhole, MatchesJson, SentJson, SubmittedJson, Which,
};
use super::{Before, Cursor, Listed, next_page};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::key::id_of;
use crate::state::App;

/// What is for who has signed in.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(own, create))
        .routes(routes!(change))
        .routes(routes!(submit))
        .routes(routes!(matches))
        .routes(routes!(judge))
        .routes(routes!(express))
        .routes(routes!(refined))
}

/// What is for everybody.
pub(super) fn for_visitors() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(find)).routes(routes!(show))
}

/// 检索供需信息，可按条件筛选 · Find listings by words and facets, the best first
#[utoipa::path(get, path = "/exchange/listings", tag = "供需对接 Exchange", params(Which, Cursor),
    responses((status = 200, body = FoundJson)))]
async fn find(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    Query(cursor): Query<Cursor>,
) -> Answer<Json<FoundJson>> {
    let wanted = Wanted::read(query.as_deref().unwrap_or_default());
    let request = cursor.page()?;
    let results = exchange::find(&app.ctx, &wanted, request).await?;
    Ok(Json(FoundJson::of(results, request)))
}

/// 一条供需信息 · One listing
#[utoipa::path(get, path = "/exchange/listings/{id}", tag = "供需对接 Exchange", params(("id" = String, Path)),
    responses((status = 200, body = ListingWhole)))]
async fn show(State(app): State<App>, asker: Asker, Path(id): Path<String>) -> Answer<Json<ListingWhole>> {
    Ok(Json(exchange::show(&app.ctx, &asker.actor, id_of(&id)?).await?.into()))
}

/// 本人发布的信息 · One's own listings, drafts too
#[utoipa::path(get, path = "/exchange/own", tag = "供需对接 Exchange", params(Cursor), security(("token" = [])),
    responses((status = 200, body = Listed<ListingJson>)))]
async fn own(State(app): State<App>, asker: Asker, Query(cursor): Query<Cursor>) -> Answer<Json<Listed<ListingJson>>> {
    let request = cursor.page()?;
    let own = exchange::own(&app.ctx, &asker.actor, None, request).await?.listings;
    let next = next_page(request, own.total);
    Ok(Json(Listed { items: own.rows.into_iter().map(ListingJson::from).collect(), next }))
}

/// 建立草稿，内容原样保存 · Begin a draft; it keeps whatever was sent
#[utoipa::path(post, path = "/exchange/own", tag = "供需对接 Exchange", request_body = SentJson, security(("token" = [])),
    responses((status = 201, body = ListingWhole)))]
async fn create(
    State(app): State<App>,
    asker: Asker,
    Json(sent): Json<SentJson>,
) -> Answer<(StatusCode, Json<ListingWhole>)> {
    asker.actor.must(may::publish(&asker.actor))?;
    let id = exchange::begin(&app.ctx, &asker.actor, &sent.form()?).await?;
    Ok((StatusCode::CREATED, Json(exchange::show(&app.ctx, &asker.actor, id).await?.into())))
}

/// 修改草稿 · Change what is not listed
#[utoipa::path(put, path = "/exchange/listings/{id}", tag = "供需对接 Exchange", params(("id" = String, Path), Before),
    request_body = SentJson, security(("token" = [])), responses((status = 200, body = ListingWhole)))]
async fn change(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
    Query(before): Query<Before>,
    Json(sent): Json<SentJson>,
) -> Answer<Json<ListingWhole>> {
    let id = seen(&app, &asker, &id).await?;
    exchange::save(&app.ctx, &asker.actor, id, before.revision, &sent.form()?).await?;
    Ok(Json(exchange::show(&app.ctx, &asker.actor, id).await?.into()))
}

/// 提交发布 · Hand in: listed at once, or waiting for an officer with the reasons
#[utoipa::path(post, path = "/exchange/listings/{id}/submission", tag = "供需对接 Exchange",
    params(("id" = String, Path), Before), request_body = SentJson, security(("token" = [])),
    responses((status = 200, body = SubmittedJson)))]
async fn submit(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
    Query(before): Query<Before>,
    Json(sent): Json<SentJson>,
) -> Answer<Json<SubmittedJson>> {
    let id = seen(&app, &asker, &id).await?;
    Ok(Json(exchange::submit(&app.ctx, &asker.actor, id, before.revision, &sent.form()?).await?.into()))
}

/// 匹配结果及理由 · What fits, with what speaks for and against it
#[utoipa::path(get, path = "/exchange/listings/{id}/matches", tag = "供需对接 Exchange", params(("id" = String, Path)),
    security(("token" = [])), responses((status = 200, body = MatchesJson)))]
async fn matches(State(app): State<App>, asker: Asker, Path(id): Path<String>) -> Answer<Json<MatchesJson>> {
    Ok(Json(exchange::matches(&app.ctx, &asker.actor, id_of(&id)?).await?.into()))
}

/// 评价一条匹配 · Say whether a match is of use
#[utoipa::path(put, path = "/exchange/listings/{id}/matches/{other}", tag = "供需对接 Exchange",
    params(("id" = String, Path), ("other" = String, Path)), request_body = JudgementJson, security(("token" = [])),
    responses((status = 204)))]
async fn judge(
    State(app): State<App>,
    asker: Asker,
    Path((id, other)): Path<(String, String)>,
    Json(sent): Json<JudgementJson>,
) -> Answer<StatusCode> {
    let (from, to): (ListingId, ListingId) = (id_of(&id)?, id_of(&other)?);
    // Whether there are such matches comes first.
    exchange::matches(&app.ctx, &asker.actor, from).await?;
    let (zh, en) = ("请选择不合适的原因。", "Choose why it is of no use.");
    let reason = || sent.reason.parse::<MissReason>().map_err(|_| Refusal::field("match.reason", "reason", zh, en));
    let said = if sent.useful { Judged::Useful } else { Judged::Miss(reason()?) };
    exchange::judge(&app.ctx, &asker.actor, from, to, said).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 表达对接意向 · Ask to talk about a listing
#[utoipa::path(post, path = "/exchange/listings/{id}/interests", tag = "供需对接 Exchange", params(("id" = String, Path)),
    request_body = InterestJson, security(("token" = [])), responses((status = 204)))]
async fn express(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
    Json(sent): Json<InterestJson>,
) -> Answer<StatusCode> {
    let form = InterestForm { words: sent.words, phone: sent.phone, own: sent.own };
    exchange::express(&app.ctx, &asker.actor, id_of(&id)?, &form).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 把一段话整理成需求 · Sort a note into a demand
#[utoipa::path(post, path = "/exchange/refinement", tag = "供需对接 Exchange", request_body = NoteJson, security(("token" = [])),
    responses((status = 200, body = RefinedJson)))]
async fn refined(State(app): State<App>, asker: Asker, Json(sent): Json<NoteJson>) -> Answer<Json<RefinedJson>> {
    asker.actor.must(may::publish(&asker.actor))?;
    let today = app.ctx.now().day();
    Ok(Json(RefinedJson::of(&refine(&sent.note()?, today))))
}

/// The id of a listing that the actor may see: whether there is one comes before what is wrong with what was sent.
async fn seen(app: &App, asker: &Asker, id: &str) -> Answer<ListingId> {
    Ok(exchange::show(&app.ctx, &asker.actor, id_of(id)?).await?.listing.id)
}
