//! The pages, one folder per area.

pub mod design;
pub mod failure;
pub mod health;
pub mod home;

use askama::Template;
use axum::response::{Html, IntoResponse, Response};

/// Renders a page.
pub fn page(template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => crate::failure::fault(&error.into()),
    }
}

/// Renders a page and takes off the notice that it showed.
pub fn page_with(view: &crate::view::View, template: &impl Template) -> Response {
    let mut response = page(template);
    if !view.notices.is_empty() {
        crate::notice::clear(&mut response);
    }
    response
}
