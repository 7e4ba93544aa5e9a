//! What is wrong with a form, for showing it again: the refusal and the messages of its fields.

use axum::response::{IntoResponse, Response};
use keqiao_base::Refusal;

use crate::failure::{Failure, status};
use crate::view::View;

/// What is wrong with a form; nothing when it is shown for the first time.
#[derive(Clone, Debug, Default)]
pub struct Faults(Option<Refusal>);

impl Faults {
    /// The refusal of a use case; a fault of ours stays a failure.
    ///
    /// # Errors
    /// The failure, when it is not the user's to correct here.
    pub fn of(error: impl Into<Failure>) -> Result<Faults, Failure> {
        error.into().refusal().map(|refusal| Faults(Some(refusal)))
    }

    /// What is wrong with a field; empty when nothing is.
    pub fn at<'a>(&'a self, v: &View, field: &str) -> &'a str {
        let fields = self.0.iter().flat_map(|refusal| &refusal.fields);
        fields.filter(|f| f.field == field).map(|f| f.message.get(v.lang)).next().unwrap_or_default()
    }

    /// What is wrong with every field, in their order: for a page that cannot show each at its place.
    pub fn all<'a>(&'a self, v: &View) -> Vec<&'a str> {
        self.0.iter().flat_map(|refusal| &refusal.fields).map(|f| f.message.get(v.lang)).collect()
    }

    /// What is wrong with the whole form; empty when nothing is.
    pub fn whole<'a>(&'a self, v: &View) -> &'a str {
        self.0.as_ref().map_or("", |refusal| refusal.message.get(v.lang))
    }

    /// The stable code; empty when nothing is wrong.
    pub fn code(&self) -> &'static str {
        self.0.as_ref().map_or("", |refusal| refusal.code)
    }

    /// The page of the form, with the status of the refusal.
    pub fn answer(&self, page: Response) -> Response {
        match &self.0 {
            Some(refusal) => (status(refusal.kind), page).into_response(),
            None => page,
        }
    }
}
