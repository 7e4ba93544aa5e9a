//! A form with a file, read piece by piece: the file goes to the disk as it comes, the fields stay small.

use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use keqiao_app::files::FileHash;
use keqiao_base::{Kind, Refusal};
use keqiao_sheet::FILE_BYTES_MAX;

use crate::failure::Answer;
use crate::state::App;

/// The most bytes of a field.
const FIELD_BYTES_MAX: usize = 64 << 10;
/// The most fields.
const FIELDS_MAX: usize = 5_000;

/// What was sent.
#[derive(Clone, Debug, Default)]
pub struct Received {
    /// Fields in their order.
    pub fields: Vec<(String, String)>,
    /// The file, when one came: what its sender calls it, and what it contains.
    pub file: Option<(String, FileHash)>,
}

impl Received {
    /// Reads a form; the last file that is not empty counts.
    ///
    /// # Errors
    /// A refusal when the form breaks off, or it or its file is too large.
    pub async fn read(app: &App, mut form: Multipart) -> Answer<Received> {
        let mut received = Received::default();
        while let Some(mut field) = form.next_field().await.map_err(broken_off)? {
            match field.file_name().map(str::to_owned) {
                Some(name) => {
                    let mut incoming = app.ctx.files.begin(&*app.ctx.entropy, FILE_BYTES_MAX as u64).await?;
                    while let Some(piece) = field.chunk().await.map_err(broken_off)? {
                        incoming.write(&piece).await?;
                    }
                    let (hash, bytes) = incoming.finish().await?;
                    if !name.is_empty() && bytes > 0 {
                        received.file = Some((name, hash));
                    }
                }
                None => {
                    let name = field.name().unwrap_or_default().to_owned();
                    let mut bytes = Vec::new();
                    while let Some(piece) = field.chunk().await.map_err(broken_off)? {
                        if bytes.len() + piece.len() > FIELD_BYTES_MAX || received.fields.len() >= FIELDS_MAX {
                            return Err(too_much().into());
                        }
                        bytes.extend_from_slice(&piece);
                    }
                    received.fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
                }
            }
        }
        Ok(received)
    }

    /// A field; empty when it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.trim())
    }
}

/// The refusal of a form with more in it than any of ours has.
pub fn too_much() -> Refusal {
    Refusal::new(Kind::TooLarge, "too_large", "提交的内容过大。", "What was sent is too large.")
}

/// The refusal of a form that ended before its end.
pub fn broken_off(error: MultipartError) -> Refusal {
    tracing::debug!(%error, "an upload broke off");
    let (zh, en) = (
        "上传中断或文件超过 50 MB，没有保存。请检查后重新上传。",
        "The upload broke off, or the file is larger than 50 MB. Nothing was saved; try again.",
    );
    Refusal::new(Kind::Invalid, "upload.broken_off", zh, en)
}
