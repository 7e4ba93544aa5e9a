//! The id in an address: one that cannot be read names nothing, and nobody learns that who has not signed in.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use keqiao_base::Refusal;

use crate::asker::Asker;
use crate::failure::Failure;
use crate::state::App;

/// An id out of an address or a body; what is none names nothing.
pub fn id_of<T: FromStr>(text: &str) -> Result<T, Refusal> {
    text.parse().map_err(|_| Refusal::not_found())
}

/// The one parameter of an address, read as an id.
#[derive(Clone, Copy, Debug)]
pub struct Key<T>(pub T);

impl<T: FromStr> FromRequestParts<App> for Key<T> {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let text = Path::<String>::from_request_parts(parts, app).await;
        if let Some(id) = text.ok().and_then(|Path(text)| text.parse().ok()) {
            return Ok(Key(id));
        }
        Asker::of(parts, app).await?.actor.must_sign_in()?;
        Err(Refusal::not_found().into())
    }
}
