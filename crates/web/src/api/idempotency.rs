//! A write sent twice with the same `Idempotency-Key` happens once; the second gets the answer of the first.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use keqiao_app::AppResult;
use keqiao_base::{Kind, Refusal};
use keqiao_store::idempotency;
use sha2::{Digest, Sha256};

use crate::asker::Asker;
use crate::failure::Failure;
use crate::state::App;

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Bodies that are compared; file uploads have their own protocol and carry no key.
const BODY_MAX: usize = 1 << 20;

/// The middleware.
pub async fn once(State(app): State<App>, request: Request, next: Next) -> Response {
    let write = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let key = request.headers().get(KEY).filter(|_| write).map(|v| v.as_bytes().to_vec());
    let Some(key) = key else { return next.run(request).await };
    match answer(&app, &key, request, next).await {
        Ok(response) => response,
        Err(failure) => failure.into_response(),
    }
}

async fn answer(app: &App, key: &[u8], request: Request, next: Next) -> Result<Response, Failure> {
    if key.is_empty() || key.len() > 200 {
        return Err(Refusal::new(
            Kind::Invalid,
            "idempotency.key",
            "Idempotency-Key 应为 1 至 200 个字节。",
            "Idempotency-Key must be 1 to 200 bytes long.",
        )
        .into());
    }
    let (mut parts, body) = request.into_parts();
    let asker = Asker::of(&mut parts, app).await?;
    let body = to_bytes(body, BODY_MAX)
        .await
        .map_err(|_| Refusal::new(Kind::TooLarge, "too_large", "提交的内容过大。", "What was sent is too large."))?;
    let who = asker.actor.account().map_or_else(|| asker.actor.address().to_owned(), |id| id.to_string());
    let key = hex::encode(Sha256::digest([who.as_bytes(), b"\n", key].concat()));
    let line = format!("{} {}\n", parts.method, parts.uri);
    let print = hex::encode(Sha256::digest([line.as_bytes(), &body].concat()));
    if let Some(response) = before(app, &key, &print).await? {
        return Ok(response);
    }
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    Ok(remember(app, &key, response).await?)
}

/// The answer that was given before; takes the key when there is none.
async fn before(app: &App, key: &str, print: &str) -> AppResult<Option<Response>> {
    let tx = app.ctx.begin().await?;
    let taken = idempotency::take(&tx, key, print, app.ctx.now()).await?;
    tx.commit().await?;
    let Some(kept) = taken else { return Ok(None) };
    if kept.request != print {
        return Err(Refusal::new(
            Kind::Conflict,
            "idempotency.other_request",
            "这个 Idempotency-Key 已用于另一项请求，请换一个。",
            "This Idempotency-Key was used for another request. Use a new one.",
        )
        .into());
    }
    let status = u16::try_from(kept.status).ok().and_then(|s| StatusCode::from_u16(s).ok());
    let Some(status) = status.filter(|_| kept.status != 0) else {
        return Err(Refusal::new(
            Kind::Conflict,
            "idempotency.under_way",
            "同一项请求正在办理，请稍后再查。",
            "The same request is under way. Ask again later.",
        )
        .into());
    };
    let json = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    Ok(Some((status, json, kept.body).into_response()))
}

/// Keeps an answer to be given again. What failed on our side, or holds no text, is not kept: it may be sent again.
async fn remember(app: &App, key: &str, response: Response) -> AppResult<Response> {
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, BODY_MAX).await.unwrap_or_else(|_| Bytes::new());
    let tx = app.ctx.begin().await?;
    match std::str::from_utf8(&bytes) {
        Ok(text) if parts.status.is_success() => {
            idempotency::keep(&tx, key, i32::from(parts.status.as_u16()), text).await?;
        }
        _ => idempotency::release(&tx, key).await?,
    }
    tx.commit().await?;
    Ok(Response::from_parts(parts, Body::from(bytes)))
}
