//! `/api/v1`: everything a page does, for programs. OpenAPI 3.1 is made from the code; errors are RFC 9457 problems in both languages;
//! lists are read with a cursor; a write with an `Idempotency-Key` happens once.

mod account;
mod cursor;
mod desk;
mod directory;
mod document;
mod evidence;
mod exchange;
mod idempotency;
mod identity;
mod jobs;
mod log;
mod money;
mod performance;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router, middleware};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::asker::Asker;
use crate::failure::Failure;
use crate::state::App;
use document::Security;

pub use cursor::{Before, Cursor, Listed, gone, next_page};

/// The head of the description.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "科桥 Keqiao",
        description = "科协工作平台的程序接口。出错时返回 RFC 9457 格式的说明，中英文各一份。\n\nThe interface of the platform for programs. \
                       Errors are RFC 9457 problems in both languages.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(document::Problem, document::FieldProblem)),
    modifiers(&Security)
)]
struct Head;

/// Every operation; an area registers itself with one line. A visitor is asked who they are before anything they sent is read.
fn operations(app: &App) -> OpenApiRouter<App> {
    let signed_in = OpenApiRouter::with_openapi(Head::openapi())
        .merge(account::routes())
        .merge(identity::routes())
        .merge(log::routes())
        .merge(jobs::routes())
        .merge(desk::routes())
        .merge(directory::routes())
        .merge(evidence::routes())
        .merge(exchange::routes())
        .merge(money::routes())
        .merge(performance::routes())
        .route_layer(middleware::from_fn_with_state(app.clone(), must_sign_in));
    signed_in.merge(account::for_visitors()).merge(exchange::for_visitors())
}

async fn must_sign_in(State(app): State<App>, request: Request, next: Next) -> Result<Response, Failure> {
    let (mut parts, body) = request.into_parts();
    Asker::of(&mut parts, &app).await?.actor.must_sign_in()?;
    Ok(next.run(Request::from_parts(parts, body)).await)
}

/// The interface with its description and its reader.
pub fn routes(app: &App) -> Router<App> {
    let (router, description) = OpenApiRouter::new().nest("/api/v1", operations(app)).split_for_parts();
    let description = document::finished(description);
    let text = Json(description.clone());
    router
        .layer(middleware::from_fn_with_state(app.clone(), idempotency::once))
        .route("/api/v1/openapi.json", get(move || async move { text }))
        .merge(document::reader(description))
}
