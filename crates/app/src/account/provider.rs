//! Signing in through the province's identity provider. Somebody is known by issuer and subject; the first time an account of a science worker is
//! made, unless who is signed in links the two.

use keqiao_access::{AccountKind, Actor, secret};
use keqiao_base::{AccountId, Kind, Refusal};
use keqiao_i18n::Bilingual;
use keqiao_oidc::{Person, Problem, Provider};
use keqiao_store::Tx;
use keqiao_store::account::{self as stored, State, provider};
use serde_json::json;

use super::sign_in::{Counts, SignedIn, finish};
use super::{load, sign_up, subject};
use crate::context::Ctx;
use crate::error::{AppError, AppResult};
use crate::log;

/// Where the provider sends the browser back to.
pub const RETURN_PATH: &str = "/sign-in/provider/return";
/// How long a sign-in may take at the provider.
const TAKES_SECONDS: i64 = 600;

/// What the button says, when there is a provider.
pub fn title(ctx: &Ctx) -> Option<&Bilingual> {
    ctx.provider.as_ref().map(Provider::title)
}

/// What a browser needs to go to the provider and to come back as the same.
#[derive(Clone, Debug)]
pub struct Leaving {
    /// Where to send the browser.
    pub url: String,
    /// To be kept in a cookie of this browser: an answer to a sign-in that another browser began is refused.
    pub state: String,
}

/// Begins: gives the address to send the browser to. `return_to` is a path of this site.
///
/// # Errors
/// A refusal when there is no provider, or it does not answer.
pub async fn begin(ctx: &Ctx, return_to: &str) -> AppResult<Leaving> {
    let begun = the_provider(ctx)?.begin(ctx.now(), &*ctx.entropy).await.map_err(refused)?;
    let attempt = provider::Attempt {
        state_hash: secret::hash(&begun.state),
        nonce: begun.nonce,
        verifier: begun.verifier,
        return_to: return_to.chars().take(500).collect(),
        expires_at: ctx.now().plus_seconds(TAKES_SECONDS),
    };
    let tx = ctx.begin().await?;
    provider::save_attempt(&tx, attempt, ctx.now()).await?;
    ctx.commit(tx).await?;
    Ok(Leaving { url: begun.url, state: begun.state })
}

/// What came back with the browser.
#[derive(Clone, Debug, Default)]
pub struct Returned {
    /// The state in the address.
    pub state: String,
    /// The state in the cookie.
    pub state_kept: String,
    /// The code.
    pub code: String,
    /// What the browser calls itself.
    pub agent: String,
}

/// Finishes: the state is taken once, the code exchanged, the account found, linked or made. Gives where to go.
///
/// # Errors
/// A refusal when state, code or token cannot be trusted.
pub async fn finish_sign_in(ctx: &Ctx, actor: &Actor, returned: &Returned) -> AppResult<(SignedIn, String)> {
    let provider = the_provider(ctx)?;
    let same = returned.state == returned.state_kept && secret::looks_like_session(&returned.state);
    let tx = ctx.begin().await?;
    let attempt = match same {
        true => provider::take_attempt(&tx, &secret::hash(&returned.state), ctx.now()).await?,
        false => None,
    };
    ctx.commit(tx).await?;
    let attempt = attempt.ok_or_else(unknown_state)?;
    let person =
        provider.finish(&returned.code, &attempt.nonce, &attempt.verifier, ctx.now()).await.map_err(refused)?;
    let tx = ctx.begin().await?;
    let id = match provider::load_link(&tx, &person.issuer, &person.subject).await? {
        Some(id) => id,
        None => link(ctx, &tx, actor, &person).await?,
    };
    let account = load(&tx, id).await?;
    if account.state != State::Active {
        let (zh, en) = ("这个账号已停用，请联系系统管理员。", "This account is suspended. Ask your administrator.");
        return Err(Refusal::new(Kind::Forbidden, "account.suspended", zh, en).into());
    }
    let counts = Counts::new(&account.login, actor);
    let signed_in = finish(ctx, tx, account, &counts, actor.address(), &returned.agent, "provider").await?;
    Ok((signed_in, attempt.return_to))
}

fn unknown_state() -> Refusal {
    Refusal::new(
        Kind::Forbidden,
        "provider.state",
        "这次登录不是从本浏览器发起的，或者已经办过、已超时，已拒绝。请从登录页重新开始。",
        "This sign-in was not begun in this browser, or was finished already, or took too long. Start again from the sign-in page.",
    )
}

/// Links somebody new to who is signed in, or to a new account.
async fn link(ctx: &Ctx, tx: &Tx, actor: &Actor, person: &Person) -> AppResult<AccountId> {
    let id = match actor.signed().filter(|s| s.in_person()) {
        Some(signed) => signed.account,
        None => make(ctx, tx, actor, person).await?,
    };
    let row = provider::Link {
        issuer: person.issuer.clone(),
        subject: person.subject.clone(),
        account_id: id,
        linked_at: ctx.now(),
    };
    provider::save_link(tx, row).await?;
    log::record(ctx, tx, actor, "account.provider_linked", &subject(id), json!({"issuer": person.issuer})).await?;
    Ok(id)
}

/// Makes an account without a password. The login wished for may be taken: then it gets a number, never somebody else's account.
async fn make(ctx: &Ctx, tx: &Tx, actor: &Actor, person: &Person) -> AppResult<AccountId> {
    let wished = person.login.as_deref().and_then(|l| keqiao_access::password::login(l).ok());
    let wished = wished.unwrap_or_else(|| format!("p.{}", &secret::hash(&person.subject)[..10]));
    let mut login = wished.clone();
    for number in 2.. {
        if stored::load_by_login(tx, &login).await?.is_none() {
            break;
        }
        login = format!("{wished}-{number}");
    }
    let name: String = person.name.as_deref().unwrap_or(&login).chars().filter(|c| !c.is_control()).take(40).collect();
    let account = sign_up::blank(ctx, login, name, AccountKind::ScienceWorker);
    let id = account.id;
    stored::save_new(tx, account).await?;
    log::record(ctx, tx, actor, "account.sign_up", &subject(id), json!({"with": "provider"})).await?;
    Ok(id)
}

fn the_provider(ctx: &Ctx) -> Result<&Provider, Refusal> {
    ctx.provider.as_ref().ok_or_else(Refusal::not_found)
}

/// Details are for the log of the server only.
fn refused(problem: Problem) -> AppError {
    tracing::warn!(%problem, "a sign-in through the identity provider did not succeed");
    problem.refusal().into()
}
