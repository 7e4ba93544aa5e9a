//! Refusals: what a user may not do or must correct, in both languages, with a stable code. Not faults of ours (those are logged
//! under an event id), not findings about a report (those are `diag`).

use std::fmt;

use keqiao_i18n::{Bilingual, Fixed};
use serde::Serialize;

/// What kind of refusal it is; the web turns it into a status, the command line into an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What was sent is wrong and can be corrected (422).
    Invalid,
    /// Who asks must sign in first (401).
    SignIn,
    /// Who asks may not do this (403).
    Forbidden,
    /// There is no such thing, or who asks may not know that there is (404).
    NotFound,
    /// Somebody else changed it in the meantime, or it stands already (409).
    Conflict,
    /// Too large (413).
    TooLarge,
    /// Too many, too fast (429).
    TooMany,
    /// It cannot be done now; later it can (503).
    Unavailable,
}

/// One field of a form that must be corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The name of the field as it was sent.
    pub field: String,
    /// What is wrong and what to do.
    pub message: Bilingual,
}

impl FieldError {
    /// What is wrong with a field, and what to do.
    pub fn new(field: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        FieldError { field: field.into(), message: Bilingual::new(zh, en) }
    }
}

/// A refusal: kind, stable code, what is wrong and what to do, and the fields at fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// What kind of refusal.
    pub kind: Kind,
    /// The stable code, such as `account.locked`.
    pub code: &'static str,
    /// What is wrong and what to do.
    pub message: Bilingual,
    /// Fields at fault; empty when it is not about a form.
    pub fields: Vec<FieldError>,
}

impl Refusal {
    /// A refusal without fields.
    pub fn new(kind: Kind, code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Refusal { kind, code, message: Bilingual::new(zh, en), fields: Vec::new() }
    }

    /// What was sent is wrong at these fields.
    pub fn fields(code: &'static str, fields: Vec<FieldError>) -> Self {
        let message = Fixed {
            zh: "有几处需要改正，已标在各栏下面。",
            en: "Some fields need correcting; see the notes under them.",
        };
        Refusal { kind: Kind::Invalid, code, message: message.into(), fields }
    }

    /// One field is wrong.
    pub fn field(code: &'static str, field: &str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Refusal::fields(code, vec![FieldError::new(field, zh, en)])
    }

    /// Who asks must sign in first.
    pub fn sign_in() -> Self {
        Refusal::new(Kind::SignIn, "sign_in", "请先登录。", "Please sign in first.")
    }

    /// Who asks may not do this.
    pub fn forbidden() -> Self {
        Refusal::new(
            Kind::Forbidden,
            "forbidden",
            "您没有办理此事的权限。如确需办理，请联系本单位的系统管理员。",
            "You may not do this. If you need to, ask your administrator.",
        )
    }

    /// There is no such thing.
    pub fn not_found() -> Self {
        Refusal::new(
            Kind::NotFound,
            "not_found",
            "没有找到。可能已被删除，或者地址有误。",
            "Not found. It may have been removed, or the address is wrong.",
        )
    }

    /// Somebody else changed it in the meantime.
    pub fn conflict() -> Self {
        Refusal::new(
            Kind::Conflict,
            "conflict",
            "在您打开之后，别人已经改过这一条。您填的内容没有保存，也没有丢失：请对照最新内容后再提交。",
            "Somebody changed this after you opened it. What you entered is not saved and not lost: compare and send again.",
        )
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message.en)
    }
}

impl std::error::Error for Refusal {}
