//! Graded identity: declared by oneself, vouched for, verified by documents, voided; who waits for a look.

use keqiao_access::identity::{self, DocumentKind, Grade, StepKind};
use keqiao_access::{Actor, may};
use keqiao_base::{AccountId, IdentityStepId, Kind, Refusal};
use keqiao_directory::{ListKind, query};
use keqiao_sheet::folded;
use keqiao_store::account::{self as stored, identity as steps};
use keqiao_store::directory::EntryRow;
use keqiao_store::directory::entry::{self, Filter};
use keqiao_store::{Order, Page, PageRequest, Tx, setting};
use serde_json::json;

use super::{Account, load, subject, text};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::log;

pub use keqiao_store::account::identity::Model as Step;

const KEY: &str = "identity_key";

/// Says who one is: name and organisation.
///
/// # Errors
/// A refusal when it was declared already, or fields must be corrected.
pub async fn declare(ctx: &Ctx, actor: &Actor, name: &str, organisation: &str) -> AppResult<()> {
    let signed = actor.must_sign_in()?;
    actor.must(may::own_account(actor, signed.account))?;
    let (name, organisation) = (text("name", name, 40)?, text("organisation", organisation, 80)?);
    let tx = ctx.begin().await?;
    let account = load(&tx, signed.account).await?;
    identity::follow(account.grade, StepKind::Declare)?;
    let account = Account { name, organisation_name: Some(organisation), ..account };
    take_step(ctx, tx, actor, account, blank(StepKind::Declare, String::new())).await
}

/// Vouches for somebody, for the organisation that both act for, or as an officer of their region.
///
/// # Errors
/// A refusal when the actor may not, or the step does not follow.
pub async fn vouch(ctx: &Ctx, actor: &Actor, who: AccountId, reason: &str) -> AppResult<()> {
    let signed = actor.must_sign_in()?;
    let tx = ctx.begin().await?;
    let account = load(&tx, who).await?;
    actor.must(may::vouch(actor, who, account.organisation_id, account.region))?;
    identity::follow(account.grade, StepKind::Vouch)?;
    let reason = identity::reason(StepKind::Vouch, reason)?;
    let step = Step { organisation_id: signed.organisation, ..blank(StepKind::Vouch, reason) };
    take_step(ctx, tx, actor, account, step).await
}

/// What an officer enters who saw a document.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Code of the kind of document.
    pub document: String,
    /// Its number: kept only as a keyed hash and its last two characters.
    pub number: String,
    /// On what ground.
    pub reason: String,
}

/// Verifies somebody by documents.
///
/// # Errors
/// A refusal when the actor may not, the number is wrong or belongs to another account, or the step does not follow.
pub async fn verify(ctx: &Ctx, actor: &Actor, who: AccountId, seen: &Seen) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let account = load(&tx, who).await?;
    actor.must(may::verify_identity(actor, who, account.region))?;
    identity::follow(account.grade, StepKind::Verify)?;
    let reason = identity::reason(StepKind::Verify, &seen.reason)?;
    let document: DocumentKind = seen.document.parse().map_err(|_| {
        Refusal::field("identity.document", "document", "请选择证件种类。", "Choose the kind of document.")
    })?;
    let number = identity::trace(document, &seen.number, &key(ctx, &tx).await?)?;
    if steps::load_other_by_number(&tx, &number.hash, who).await?.is_some() {
        return Err(Refusal::new(
            Kind::Conflict,
            "identity.number_known",
            "这个证件号码已用于核验另一个账号。请核对号码；如确属同一人，请由系统管理员停用多余的账号。",
            "This number was used to verify another account. Check it; if it is the same person, have the other account suspended.",
        )
        .into());
    }
    let step = Step {
        document: Some(document),
        number_hash: Some(number.hash),
        number_shown: Some(number.shown),
        ..blank(StepKind::Verify, reason)
    };
    take_step(ctx, tx, actor, account, step).await
}

/// Takes back the last standing step, with a reason.
///
/// # Errors
/// A refusal when the actor may not, or there is no step.
pub async fn void(ctx: &Ctx, actor: &Actor, who: AccountId, reason: &str) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let account = load(&tx, who).await?;
    actor.must(may::verify_identity(actor, who, account.region))?;
    identity::follow(account.grade, StepKind::Void)?;
    let reason = identity::reason(StepKind::Void, reason)?;
    take_step(ctx, tx, actor, account, blank(StepKind::Void, reason)).await
}

/// Says for which organisation of the directory an account acts: its members vouch for each other. An empty name takes it away.
///
/// # Errors
/// A refusal when the actor may not, or the directory holds no organisation of that name, or several.
pub async fn place(ctx: &Ctx, actor: &Actor, who: AccountId, name: &str) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let account = load(&tx, who).await?;
    actor.must(may::verify_identity(actor, who, account.region))?;
    let account = match folded(name).as_ref() {
        "" => Account { organisation_id: None, ..account },
        name => {
            let found = organisation(&tx, actor, name).await?;
            Account { organisation_id: Some(found.id.uuid().into()), organisation_name: Some(found.name), ..account }
        }
    };
    let detail = json!({ "organisation": account.organisation_id });
    stored::save(&tx, account).await?;
    log::record(ctx, &tx, actor, "identity.place", &subject(who), detail).await?;
    ctx.commit(tx).await
}

/// The one organisation of this name among those that the actor may see.
async fn organisation(tx: &Tx, actor: &Actor, name: &str) -> AppResult<EntryRow> {
    let filter = Filter::of(ListKind::Organisations, may::directory_regions(actor));
    let filter = Filter { terms: query::terms(name), ..filter };
    let mut found = entry::part(tx, &filter, entry::Sort::Name, Order::Asc, 0, 50).await?;
    found.retain(|row| folded(&row.name) == name);
    let (zh, en) = match found.len() {
        1 => return Ok(found.remove(0)),
        0 => (
            "名录中没有这个单位。请先登记单位，或核对全称。",
            "The directory has no such organisation. Enter it first, or check the full name.",
        ),
        _ => ("名录中有多个同名单位，请先合并。", "The directory has several of this name; merge them first."),
    };
    Err(Refusal::field("identity.place", "organisation", zh, en).into())
}

/// The steps of an account, oldest first: for its holder and for those who look after it.
///
/// # Errors
/// A refusal when the actor may not see them.
pub async fn history(ctx: &Ctx, actor: &Actor, who: AccountId) -> AppResult<Vec<Step>> {
    let db = ctx.db.read();
    let account = load(db, who).await?;
    let own = may::own_account(actor, who);
    actor.must(
        own || may::verify_identity(actor, who, account.region)
            || may::vouch(actor, who, account.organisation_id, account.region),
    )?;
    Ok(steps::list(db, who).await?)
}

/// Accounts whose identity the actor may take a step for: of the own organisation, or of the officer's regions.
///
/// # Errors
/// A refusal when there can be none.
pub async fn waiting(ctx: &Ctx, actor: &Actor, grade: Option<Grade>, request: PageRequest) -> AppResult<Page<Account>> {
    let signed = actor.must_sign_in()?;
    let regions = may::identity_regions(actor);
    let organisation = signed.organisation.filter(|_| regions.is_empty() && signed.grade >= Grade::Vouched);
    actor.must(!regions.is_empty() || organisation.is_some())?;
    let filter = stored::Filter { regions, organisation, grade, ..stored::Filter::default() };
    Ok(stored::page(ctx.db.read(), &filter, request).await?)
}

/// One account, for those who look after its identity.
///
/// # Errors
/// A refusal when the actor may not.
pub async fn show(ctx: &Ctx, actor: &Actor, who: AccountId) -> AppResult<(Account, Vec<Step>)> {
    let steps = history(ctx, actor, who).await?;
    Ok((load(ctx.db.read(), who).await?, steps))
}

fn blank(kind: StepKind, reason: String) -> Step {
    let nobody = uuid::Uuid::nil();
    Step {
        id: nobody.into(),
        account_id: nobody.into(),
        number: 0,
        kind,
        at: keqiao_base::Moment::default(),
        by_account: nobody.into(),
        by_name: String::new(),
        organisation_id: None,
        reason,
        document: None,
        number_hash: None,
        number_shown: None,
    }
}

/// Saves a step and the grade it leads to, with a line in the log.
async fn take_step(ctx: &Ctx, tx: Tx, actor: &Actor, mut account: Account, step: Step) -> AppResult<()> {
    let by = actor.must_sign_in()?;
    let (who, kind) = (account.id, step.kind);
    let before = steps::list(&tx, who).await?;
    let step = Step {
        id: IdentityStepId::new(&*ctx.clock, &*ctx.entropy),
        account_id: who,
        number: before.last().map_or(0, |s| s.number) + 1,
        at: ctx.now(),
        by_account: by.account,
        by_name: by.name.clone(),
        ..step
    };
    let detail = json!({"reason": step.reason, "document": step.document});
    steps::save_new(&tx, step).await?;
    account.grade = identity::grade(before.iter().map(|s| s.kind).chain([kind]));
    stored::save(&tx, account).await?;
    log::record(ctx, &tx, actor, &format!("identity.{kind}"), &subject(who), detail).await?;
    ctx.commit(tx).await
}

/// The installation's key for hashes of numbers; made when first needed.
async fn key(ctx: &Ctx, tx: &Tx) -> AppResult<Vec<u8>> {
    if let Some(kept) = setting::load(tx, KEY).await? {
        return Ok(hex::decode(kept).map_err(anyhow::Error::new)?);
    }
    let mut fresh = vec![0u8; 32];
    ctx.entropy.fill(&mut fresh);
    setting::save(tx, KEY, &hex::encode(&fresh)).await?;
    Ok(fresh)
}
