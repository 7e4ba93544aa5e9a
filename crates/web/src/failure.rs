//! What a handler answers when it could not do what was asked. The handler only says what failed; the page or the problem (RFC 9457)
//! is made here, in the language of who asks. A fault is logged once, under an event id, and the page shows the id only.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use keqiao_app::AppError;
use keqiao_base::{EventId, Kind, Refusal};
use keqiao_store::DbErr;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use crate::asker::Asker;
use crate::pages::failure::FailurePage;
use crate::state::App;

/// A handler's failure, until it is rendered.
#[derive(Debug)]
pub struct Failure(AppError);

/// The answer of a handler.
pub type Answer<T = Response> = Result<T, Failure>;

impl<E: Into<AppError>> From<E> for Failure {
    fn from(error: E) -> Self {
        Failure(error.into())
    }
}

impl Failure {
    /// The refusal, so that a form can be shown again with what is wrong; a fault stays a failure.
    ///
    /// # Errors
    /// The failure itself, when it is a fault.
    pub fn refusal(self) -> Result<Refusal, Failure> {
        match self.0 {
            AppError::Refusal(refusal) => Ok(refusal),
            fault => Err(Failure(fault)),
        }
    }
}

/// What travels from the handler to [`render`].
#[derive(Clone, Debug)]
struct Pending(Refusal, Option<EventId>);

/// The status of a kind of refusal.
pub const fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::SignIn => StatusCode::UNAUTHORIZED,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self.0 {
            AppError::Refusal(refusal) => pending(status(refusal.kind), refusal, None),
            AppError::Fault(error) => fault(&error),
        }
    }
}

/// Logs a fault and makes of it what may be shown.
pub fn fault(error: &anyhow::Error) -> Response {
    let event = EventId::new(&keqiao_base::SystemClock, &keqiao_base::SystemEntropy);
    tracing::error!(%event, error = format!("{error:#}"), "a request failed");
    let gone = error
        .chain()
        .any(|e| e.downcast_ref::<DbErr>().is_some_and(|e| matches!(e, DbErr::Conn(_) | DbErr::ConnectionAcquire(_))));
    let (kind, code, zh, en) = if gone {
        (
            Kind::Unavailable,
            "database_gone",
            "数据库暂时没有应答，这次没有保存，原有数据没有受影响。请稍后重试；如仍不行，请把下面的编号告诉系统管理员。",
            "The database does not answer at the moment. Nothing was saved and nothing was lost. Try again later; if it persists, give your administrator the number below.",
        )
    } else {
        (
            Kind::Unavailable,
            "fault",
            "系统出了问题，这次没有办成，已保存的内容没有受影响。请把下面的编号告诉系统管理员。",
            "Something went wrong on our side. What was saved before is not affected. Give your administrator the number below.",
        )
    };
    let status = if gone { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::INTERNAL_SERVER_ERROR };
    pending(status, Refusal::new(kind, code, zh, en), Some(event))
}

fn pending(status: StatusCode, refusal: Refusal, event: Option<EventId>) -> Response {
    let mut response = status.into_response();
    response.extensions_mut().insert(Pending(refusal, event));
    response
}

/// Renders what handlers, extractors and the router left unrendered: a page for people, a problem for programs.
pub async fn render(State(app): State<App>, request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let (mut parts, body) = request.into_parts();
    let kept = parts.clone();
    let response = next.run(Request::from_parts(std::mem::replace(&mut parts, kept), body)).await;
    let Some(Pending(refusal, event)) = response.extensions().get::<Pending>().cloned().or_else(|| bare(&response))
    else {
        return response;
    };
    let status = response.status();
    if api {
        return problem(status, &refusal, event);
    }
    let asker = Asker::of(&mut parts, &app).await.unwrap_or_default();
    if status == StatusCode::UNAUTHORIZED && parts.method == axum::http::Method::GET {
        return crate::notice::redirect(&format!(
            "/sign-in?next={}",
            utf8_percent_encode(&asker.view.path, NON_ALPHANUMERIC)
        ));
    }
    (status, FailurePage::new(asker.view, status, refusal, event)).into_response()
}

/// Answers of extractors and of the router itself (no such page, form unreadable) carry a status but no page.
fn bare(response: &Response) -> Option<Pending> {
    let html = response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/plain"));
    let empty = response.headers().get(header::CONTENT_TYPE).is_none();
    if !(html || empty) {
        return None;
    }
    let refusal = match response.status() {
        StatusCode::NOT_FOUND => Refusal::not_found(),
        StatusCode::METHOD_NOT_ALLOWED => Refusal::new(
            Kind::NotFound,
            "method_not_allowed",
            "这个地址不能这样使用。",
            "This address cannot be used in this way.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => {
            Refusal::new(Kind::TooLarge, "too_large", "提交的内容过大。", "What was sent is too large.")
        }
        StatusCode::REQUEST_TIMEOUT => Refusal::new(
            Kind::Unavailable,
            "timeout",
            "处理超时，这次没有办成。请稍后再试。",
            "It took too long and was given up. Try again later.",
        ),
        StatusCode::TOO_MANY_REQUESTS => Refusal::new(
            Kind::TooMany,
            "too_many",
            "操作太频繁，请稍等片刻再试。",
            "Too many requests. Wait a moment and try again.",
        ),
        StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE | StatusCode::UNPROCESSABLE_ENTITY => {
            Refusal::new(
                Kind::Invalid,
                "unreadable",
                "提交的内容无法识别。请返回上一页，刷新后重新填写。",
                "What was sent cannot be understood. Go back, reload the page and fill it in again.",
            )
        }
        _ => return None,
    };
    Some(Pending(refusal, None))
}

/// An RFC 9457 problem, in both languages.
pub fn problem(status: StatusCode, refusal: &Refusal, event: Option<EventId>) -> Response {
    let fields: Vec<_> =
        refusal.fields.iter().map(|f| json!({"field": f.field, "zh": f.message.zh, "en": f.message.en})).collect();
    let mut body = json!({
        "type": format!("urn:keqiao:problem:{}", refusal.code),
        "title": refusal.message.en,
        "status": status.as_u16(),
        "detail": refusal.message.zh,
        "code": refusal.code,
        "fields": fields,
    });
    if let Some(event) = event {
        body["event"] = json!(event.to_string());
    }
    let mut response = (status, Json(body)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}
