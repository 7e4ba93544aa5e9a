//! The page that says what could not be done, and what to do.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use keqiao_base::{EventId, Refusal};

use crate::view::View;

/// What could not be done.
#[derive(Template)]
#[template(path = "failure.html")]
pub struct FailurePage {
    v: View,
    status: u16,
    refusal: Refusal,
    event: Option<String>,
}

impl FailurePage {
    /// The page for a refusal, or for a fault with its event id.
    pub fn new(view: View, status: StatusCode, refusal: Refusal, event: Option<EventId>) -> Self {
        FailurePage { v: view, status: status.as_u16(), refusal, event: event.map(|e| e.to_string()) }
    }
}

impl IntoResponse for FailurePage {
    fn into_response(self) -> Response {
        super::page(&self)
    }
}
