//! What a form sent: its fields by name, with or without a file.

use axum::extract::Multipart;
use keqiao_base::{Kind, Refusal};
use keqiao_quantity::Decimal;

use crate::failure::Answer;

/// The most bytes of a file that comes with a form.
const FILE_BYTES_MAX: usize = 50 << 20;
/// The most bytes of a field.
const FIELD_BYTES_MAX: usize = 64 << 10;
/// The most fields.
const FIELDS_MAX: usize = 5_000;

/// Fields in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Sent {
    fields: Vec<(String, String)>,
    /// The file, when one came: its name and its bytes.
    pub(super) file: Option<(String, Vec<u8>)>,
}

impl Sent {
    /// Of a form without files.
    pub(super) fn new(fields: Vec<(String, String)>) -> Sent {
        Sent { fields, file: None }
    }

    /// Of a form with a file.
    pub(super) async fn read(mut form: Multipart) -> Answer<Sent> {
        let mut sent = Sent::default();
        while let Some(mut field) = form.next_field().await.map_err(|_| broken_off())? {
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.file_name().map(str::to_owned);
            let most = if file.is_some() { FILE_BYTES_MAX } else { FIELD_BYTES_MAX };
            let mut bytes = Vec::new();
            while let Some(piece) = field.chunk().await.map_err(|_| broken_off())? {
                if bytes.len() + piece.len() > most || sent.fields.len() >= FIELDS_MAX {
                    let (zh, en) = ("文件太大（最多50 MB）。", "The file is too large (50 MB at most).");
                    return Err(Refusal::new(Kind::TooLarge, "file.too_large", zh, en).into());
                }
                bytes.extend_from_slice(&piece);
            }
            match file {
                Some(file) if !file.is_empty() && !bytes.is_empty() => sent.file = Some((file, bytes)),
                Some(_) => {}
                None => sent.fields.push((name, String::from_utf8_lossy(&bytes).into_owned())),
            }
        }
        Ok(sent)
    }

    /// A field; empty when it was not sent.
    pub(super) fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.trim())
    }

    /// Every value of a field that may be sent more than once.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.trim())
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
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '，')).map(half).collect();
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

/// Full-width digits as half-width ones.
fn half(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

fn broken_off() -> Refusal {
    let (zh, en) = ("上传中断，请重新上传。", "The upload broke off. Send it again.");
    Refusal::new(Kind::Invalid, "unreadable", zh, en)
}
