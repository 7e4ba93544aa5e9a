//! The pages, one folder per area.

pub mod account;
pub mod admin;
pub mod design;
pub(crate) mod desk;
pub(crate) mod directory;
pub(crate) mod evidence;
pub(crate) mod exchange;
pub mod failure;
pub mod health;
pub mod home;
pub(crate) mod money;
pub(crate) mod performance;

use askama::Template;
use axum::http::{HeaderName, header};
use axum::response::{Html, IntoResponse, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::view::View;

/// Renders a page.
pub fn page(template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => crate::failure::fault(&error.into()),
    }
}

/// Renders a page and takes off the notice that it shows.
pub fn page_with(view: &View, template: &impl Template) -> Response {
    let mut response = page(template);
    if !view.notices.is_empty() {
        crate::notice::clear(&mut response);
    }
    response
}

/// A file to be saved, never to be shown: what strangers uploaded must not run as a page of ours.
pub fn attachment(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename*=UTF-8''{}", utf8_percent_encode(name, NON_ALPHANUMERIC));
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (HeaderName::from_static("x-content-type-options"), "nosniff".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// Options of coded words: `options!(v, Cause)`; expands to code and title of each in the language of the page.
macro_rules! options {
    ($v:expr, $name:ty) => {
        <$name>::ALL.iter().map(|c| (c.code().to_owned(), $v.f(c.title()).to_owned())).collect::<Vec<_>>()
    };
}
pub(crate) use options;
