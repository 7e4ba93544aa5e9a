//! Accounts: signing up and in, sessions, second factor, keys for programs, roles, identity, ways back.

pub mod administer;
pub mod demo;
pub mod factor;
pub mod first;
pub mod hash;
pub mod identity;
pub mod profile;
pub mod provider;
pub mod recover;
pub mod role;
pub mod session;
pub mod sign_in;
pub mod sign_up;
pub mod token;

use keqiao_access::{Actor, Signed, Via};
use keqiao_base::{AccountId, Kind, Refusal};
use keqiao_store::ConnectionTrait;
use keqiao_store::account as stored;

use crate::error::AppResult;

pub use keqiao_store::account::{Model as Account, State};

/// The subject of an account in the log.
pub fn subject(id: AccountId) -> String {
    format!("account:{id}")
}

/// An account as an actor, with its roles.
async fn actor(db: &impl ConnectionTrait, account: Account, via: Via, address: &str) -> AppResult<Actor> {
    let roles = stored::role::list(db, account.id).await?.into_iter().map(Into::into).collect();
    Ok(Actor::Signed(Box::new(Signed {
        account: account.id,
        login: account.login,
        name: account.name,
        kind: account.kind,
        grade: account.grade,
        roles,
        organisation: account.organisation_id,
        via,
        address: address.to_owned(),
    })))
}

/// One account, or the refusal that there is none.
async fn load(db: &impl ConnectionTrait, id: AccountId) -> AppResult<Account> {
    Ok(stored::load(db, id).await?.ok_or_else(Refusal::not_found)?)
}

/// Text of a form: trimmed, not empty, not too long.
fn text(field: &str, value: &str, chars_max: usize) -> Result<String, Refusal> {
    let value = value.trim();
    let chars = value.chars().count();
    let control = value.chars().any(|c| c.is_control());
    if chars == 0 {
        return Err(Refusal::field("account.text", field, "请填写这一栏。", "Please fill this in."));
    }
    if chars > chars_max || control {
        let (zh, en) =
            (format!("最多 {chars_max} 个字，不含换行。"), format!("At most {chars_max} characters, on one line."));
        return Err(Refusal::field("account.text", field, zh, en));
    }
    Ok(value.to_owned())
}

/// What guards an account may only be changed in a browser, by whoever knows the password.
fn in_person() -> Refusal {
    Refusal::new(
        Kind::Forbidden,
        "account.in_person",
        "此项只能登录网页后由本人办理，访问密钥不能代办。",
        "This can only be done in the browser by the holder of the account, not with a key for programs.",
    )
}
