//! Granting and taking away roles, by administrators of the region, with a reason.

use keqiao_access::{AccountKind, Actor, RegionCode, StaffRole, may};
use keqiao_base::{AccountId, Kind, OrganisationId, Refusal};
use keqiao_store::account::{self as stored, role};
use serde_json::json;

use super::{Account, load, subject, text};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::log;

pub use keqiao_store::account::role::Model as Held;

/// What is granted.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The role.
    pub role: StaffRole,
    /// For which region and what lies below.
    pub region: RegionCode,
    /// At which association of the directory.
    pub association: Option<OrganisationId>,
    /// Why.
    pub reason: String,
}

/// Grants a role.
///
/// # Errors
/// A refusal when the actor may not, or the role is held already.
pub async fn grant(ctx: &Ctx, actor: &Actor, to: AccountId, grant: Grant) -> AppResult<()> {
    let signed = actor.must(may::grant_role(actor, to, grant.region))?;
    let reason = text("reason", &grant.reason, 200)?;
    let tx = ctx.begin().await?;
    let account = load(&tx, to).await?;
    let detail = json!({"role": grant.role, "region": grant.region, "reason": reason});
    let row = Held {
        account_id: to,
        role: grant.role,
        region: grant.region,
        association_id: grant.association,
        granted_by: Some(signed.account),
        granted_at: ctx.now(),
        reason,
    };
    if !role::save(&tx, row).await? {
        let (zh, en) = ("这个账号在该地区已有此角色。", "The account holds this role for the region already.");
        return Err(Refusal::new(Kind::Conflict, "role.held", zh, en).into());
    }
    if account.kind != AccountKind::Staff {
        stored::save(&tx, Account { kind: AccountKind::Staff, ..account }).await?;
    }
    log::record(ctx, &tx, actor, "role.grant", &subject(to), detail).await?;
    ctx.commit(tx).await
}

/// Takes a role away. The last administrator of a region's hierarchy stays.
///
/// # Errors
/// A refusal when the actor may not, or the role is not held.
pub async fn revoke(ctx: &Ctx, actor: &Actor, from: AccountId, role: StaffRole, region: RegionCode) -> AppResult<()> {
    actor.must(may::grant_role(actor, from, region))?;
    let tx = ctx.begin().await?;
    if !role::remove(&tx, from, role, region).await? {
        return Err(Refusal::not_found().into());
    }
    log::record(ctx, &tx, actor, "role.revoke", &subject(from), json!({"role": role, "region": region})).await?;
    ctx.commit(tx).await
}
