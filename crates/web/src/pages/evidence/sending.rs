//! What a form with files sends, read piece by piece: fields, files that are new, files that were sent before.

use axum::extract::Multipart;
use axum::extract::multipart::Field;
use keqiao_app::evidence::{self, FILE_BYTES_MAX, FILES_MAX, FileChosen};
use keqiao_base::{FieldError, Refusal};
use keqiao_evidence::FileRole;

use crate::asker::Asker;
use crate::failure::Answer;
use crate::received::{broken_off, too_much};
use crate::state::App;

/// The most characters of one field.
const FIELD_BYTES_MAX: usize = 16 * 1024;
/// The most fields of one form.
const FIELDS_MAX: usize = 100;

/// What was sent.
#[derive(Debug, Default)]
pub(super) struct Sending {
    fields: Vec<(String, String)>,
    /// Files, those sent before first.
    pub(super) files: Vec<FileChosen>,
    /// Files that were not taken, by the field they came in.
    pub(super) faults: Vec<FieldError>,
}

impl Sending {
    /// Reads a form. Files come in fields that are named as their role.
    pub(super) async fn read(app: &App, asker: &Asker, mut form: Multipart) -> Answer<Sending> {
        let mut sending = Sending::default();
        while let Some(mut field) = form.next_field().await.map_err(broken_off)? {
            let name = field.name().unwrap_or_default().to_owned();
            match field.file_name().map(str::to_owned) {
                Some(file) if !file.is_empty() => sending.take(app, asker, &name, &file, field).await?,
                Some(_) => {}
                None => {
                    let mut bytes = Vec::new();
                    while let Some(piece) = field.chunk().await.map_err(broken_off)? {
                        if bytes.len() + piece.len() > FIELD_BYTES_MAX || sending.fields.len() >= FIELDS_MAX {
                            return Err(too_much().into());
                        }
                        bytes.extend_from_slice(&piece);
                    }
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    if name == "file" {
                        sending.files.push(text.parse()?);
                    } else {
                        sending.fields.push((name, text));
                    }
                }
            }
        }
        let dropped = sending.all("drop");
        sending.files.retain(|f| !dropped.contains(&f.hash));
        Ok(sending)
    }

    /// A file on its way in; one that is too large is noted at its field, and the rest of the form is kept.
    async fn take(&mut self, app: &App, asker: &Asker, name: &str, file: &str, mut field: Field<'_>) -> Answer<()> {
        // A file in a field that no form of ours has is passed over.
        let Ok(role) = name.parse::<FileRole>() else { return Ok(()) };
        if self.files.len() >= FILES_MAX {
            let (zh, en) = (
                format!("最多 {FILES_MAX} 个文件，其余没有收。"),
                format!("{FILES_MAX} files at most; the rest were left out."),
            );
            self.faults.push(FieldError::new(name, zh, en));
            return Ok(());
        }
        let mut incoming = app.ctx.files.begin(&*app.ctx.entropy, FILE_BYTES_MAX).await?;
        while let Some(piece) = field.chunk().await.map_err(broken_off)? {
            if let Err(error) = incoming.write(&piece).await {
                let refusal = crate::failure::Failure::from(error).refusal()?;
                self.faults.push(FieldError { field: name.to_owned(), message: refusal.message });
                while field.chunk().await.map_err(broken_off)?.is_some() {}
                return Ok(());
            }
        }
        let sent = evidence::take(&app.ctx, &asker.actor, file, incoming).await?;
        if self.files.iter().all(|f| f.hash != sent.hash) {
            self.files.push(FileChosen { role, hash: sent.hash });
        }
        Ok(())
    }

    /// The value of a field; empty when it was not sent.
    pub(super) fn get(&self, key: &str) -> &str {
        self.fields.iter().find(|(k, _)| k == key).map_or("", |(_, v)| v)
    }

    fn all(&self, key: &str) -> Vec<String> {
        self.fields.iter().filter(|(k, _)| k == key).map(|(_, v)| v.clone()).collect()
    }

    /// Sets a field.
    pub(super) fn set(&mut self, key: &str, value: &str) {
        self.fields.retain(|(k, _)| k != key);
        self.fields.push((key.to_owned(), value.to_owned()));
    }

    /// All fields.
    pub(super) fn cells(&self) -> &[(String, String)] {
        &self.fields
    }

    /// The refusal of the files that were not taken.
    ///
    /// # Errors
    /// When some were not.
    pub(super) fn whole(&self) -> Result<(), Refusal> {
        if self.faults.is_empty() { Ok(()) } else { Err(Refusal::fields("evidence.files", self.faults.clone())) }
    }
}
