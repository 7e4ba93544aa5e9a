//! Why a sign-in through the provider did not succeed: for the log in detail, for the user as a refusal.

use keqiao_base::{Kind, Refusal};

/// Why it did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The settings cannot be right.
    #[error("the settings of the identity provider: {0}")]
    Settings(String),
    /// The provider does not answer, or not as the standard says.
    #[error("the identity provider does not answer as it should: {0}")]
    Unreachable(String),
    /// The provider did not take the code: used, expired, or not made for us.
    #[error("the identity provider refused the code: {0}")]
    Code(String),
    /// The identity token carries another nonce: an answer to another sign-in.
    #[error("nonce: {0}")]
    Nonce(String),
    /// The identity token is for somebody else.
    #[error("audience: {0}")]
    Audience(String),
    /// The identity token is by another provider.
    #[error("issuer: {0}")]
    Issuer(String),
    /// The identity token has run out.
    #[error("expired: {0}")]
    Expired(String),
    /// The identity token is not signed by the provider's keys.
    #[error("signature: {0}")]
    Signature(String),
    /// There is no identity token, or something else is wrong with it.
    #[error("identity token: {0}")]
    Token(String),
}

impl Problem {
    /// What the user reads. Details of tokens are for the log only.
    pub fn refusal(&self) -> Refusal {
        let (kind, code, zh, en) = match self {
            Problem::Settings(_) | Problem::Unreachable(_) => (
                Kind::Unavailable,
                "provider.unreachable",
                "统一身份认证平台暂时无法访问。请稍后再试，或者用登录名和密码登录。",
                "The identity provider does not answer. Try again later, or sign in with login and password.",
            ),
            Problem::Code(_) => (
                Kind::Forbidden,
                "provider.code",
                "统一身份认证平台没有确认这次登录（凭据已用过或已过期）。请重新登录。",
                "The identity provider did not confirm this sign-in (used already, or too late). Please sign in again.",
            ),
            Problem::Expired(_) => (
                Kind::Forbidden,
                "provider.expired",
                "统一身份认证平台的登录凭据已过期。请重新登录；如反复出现，请管理员检查服务器时间。",
                "The provider's token has expired. Sign in again; if it happens again, have the server's clock checked.",
            ),
            Problem::Nonce(_) => (
                Kind::Forbidden,
                "provider.nonce",
                "登录凭据与这次登录请求不符，已拒绝。请从本站登录页重新开始。",
                "The token does not belong to this sign-in and was refused. Start again from our sign-in page.",
            ),
            Problem::Audience(_) | Problem::Issuer(_) | Problem::Signature(_) | Problem::Token(_) => (
                Kind::Forbidden,
                "provider.token",
                "登录凭据未通过校验，已拒绝。请重新登录；如反复出现，请联系系统管理员。",
                "The token could not be trusted and was refused. Sign in again; if it happens again, ask your administrator.",
            ),
        };
        Refusal::new(kind, code, zh, en)
    }
}
