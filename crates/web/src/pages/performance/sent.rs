//! What a form sent: its fields by name, with or without a file.

use axum::extract::Multipart;
use keqiao_app::files::FileHash;
use keqiao_base::Refusal;
use keqiao_quantity::Decimal;
use keqiao_sheet::folded;

use crate::failure::Answer;
use crate::received::Received;
use crate::state::App;

/// What was sent.
#[derive(Clone, Debug, Default)]
pub(super) struct Sent(Received);

impl Sent {
    /// Of a form without files.
    pub(super) fn new(fields: Vec<(String, String)>) -> Sent {
        Sent(Received { fields, file: None })
    }

    /// Of a form with a file.
    pub(super) async fn read(app: &App, form: Multipart) -> Answer<Sent> {
        Ok(Sent(Received::read(app, form).await?))
    }

    /// The file, when one came.
    pub(super) fn file(&self) -> Option<(String, FileHash)> {
        self.0.file.clone()
    }

    /// A field; empty when it was not sent.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.get(name)
    }

    /// Every value of a field that may be sent more than once.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.fields.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.trim())
    }

    /// The revision that the form was made from.
    pub(super) fn revision(&self) -> i32 {
        // Without one the form is as old as can be.
        self.get("revision").parse().unwrap_or(-1)
    }

    /// A number; nothing when the field is empty.
    ///
    /// # Errors
    /// When it is no number.
    pub(super) fn number(&self, name: &str) -> Result<Option<Decimal>, Refusal> {
        number(name, self.get(name))
    }
}

/// A number as people write it; nothing when it is empty.
pub(super) fn number(field: &str, text: &str) -> Result<Option<Decimal>, Refusal> {
    let plain: String = folded(text).chars().filter(|c| !matches!(c, ' ' | ',')).collect();
    if plain.is_empty() {
        return Ok(None);
    }
    let (zh, en) = ("请只填数字，如 12.5。", "Write digits only, such as 12.5.");
    let wrong = || Refusal::field("number", field, zh, en);
    if plain.len() > 24 {
        return Err(wrong());
    }
    plain.parse().map(Some).map_err(|_| wrong())
}
