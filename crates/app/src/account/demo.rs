//! One-click sign-in as each role, only where the server runs with `--demo`. The demo's seed makes the accounts.

use keqiao_access::{AccountKind, Actor, RegionCode, StaffRole};
use keqiao_base::{AccountId, Refusal};
use keqiao_i18n::Fixed;
use keqiao_store::Tx;
use keqiao_store::account::{self as stored, role};

use super::sign_in::{Counts, SignedIn, finish};
use super::{Account, sign_up};
use crate::context::Ctx;
use crate::error::AppResult;

/// One account of the demo.
#[derive(Clone, Copy, Debug)]
pub struct DemoAccount {
    /// What the button sends; the login is `demo.` and this.
    pub code: &'static str,
    /// A made-up name.
    pub name: &'static str,
    /// What it is.
    pub title: Fixed,
    /// Kind of account.
    pub kind: AccountKind,
    /// Its role and the region it is held for.
    pub role: Option<(StaffRole, &'static str)>,
}

const fn staff(
    code: &'static str,
    name: &'static str,
    title: Fixed,
    role: StaffRole,
    region: &'static str,
) -> DemoAccount {
    DemoAccount { code, name, title, kind: AccountKind::Staff, role: Some((role, region)) }
}

const COUNTY: &str = "990101";
const OTHER_COUNTY: &str = "990102";

/// Every account of the demo.
pub const ACCOUNTS: &[DemoAccount] = &[
    staff("finance", "钱如算", Fixed { zh: "财务人员", en: "Finance" }, StaffRole::Finance, COUNTY),
    staff("reviewer", "林知远", Fixed { zh: "审核人员", en: "Reviewer" }, StaffRole::Reviewer, COUNTY),
    staff(
        "officer",
        "苏小禾",
        Fixed { zh: "业务干部（管数据库）", en: "Officer (keeps the directory)" },
        StaffRole::Officer,
        COUNTY,
    ),
    staff("leader", "江望舒", Fixed { zh: "领导", en: "Leader" }, StaffRole::Leader, COUNTY),
    staff("administrator", "管得宽", Fixed { zh: "系统管理员", en: "Administrator" }, StaffRole::Administrator, COUNTY),
    staff(
        "neighbour",
        "邻小川",
        Fixed { zh: "邻县业务干部（看不到本县）", en: "Officer of the next county (sees nothing here)" },
        StaffRole::Officer,
        OTHER_COUNTY,
    ),
    DemoAccount {
        code: "worker",
        name: "钟研农",
        title: Fixed { zh: "科技工作者（发布所能）", en: "Science worker (offers)" },
        kind: AccountKind::ScienceWorker,
        role: None,
    },
    DemoAccount {
        code: "member",
        name: "单有为",
        title: Fixed { zh: "企业用户（发布所需）", en: "Member of an enterprise (demands)" },
        kind: AccountKind::Member,
        role: None,
    },
    DemoAccount {
        code: "citizen",
        name: "童小问",
        title: Fixed { zh: "公众", en: "Citizen" },
        kind: AccountKind::Citizen,
        role: None,
    },
];

/// Makes the accounts, without passwords; gives their ids in the order of [`ACCOUNTS`].
///
/// # Errors
/// When the database does not answer.
pub async fn seed(ctx: &Ctx, tx: &Tx) -> AppResult<Vec<AccountId>> {
    let mut ids = Vec::with_capacity(ACCOUNTS.len());
    for demo in ACCOUNTS {
        let home = demo.role.map_or(COUNTY, |(_, region)| region);
        let region: RegionCode = home.parse().map_err(anyhow::Error::new)?;
        let blank = sign_up::blank(ctx, login(demo.code), demo.name.to_owned(), demo.kind);
        let account = Account { region: Some(region), ..blank };
        ids.push(account.id);
        let row = demo.role.map(|(role, _)| role::Model {
            account_id: account.id,
            role,
            region,
            association_id: None,
            granted_by: None,
            granted_at: ctx.now(),
            reason: "演示".to_owned(),
        });
        stored::save_new(tx, account).await?;
        if let Some(row) = row {
            role::save(tx, row).await?;
        }
    }
    Ok(ids)
}

/// Signs in as one of the demo's accounts.
///
/// # Errors
/// A refusal when this is not the demo, or there is no such account.
pub async fn sign_in(ctx: &Ctx, actor: &Actor, code: &str, agent: &str) -> AppResult<SignedIn> {
    if !ctx.settings.demo || !ACCOUNTS.iter().any(|a| a.code == code) {
        return Err(Refusal::not_found().into());
    }
    let tx = ctx.begin().await?;
    let account = stored::load_by_login(&tx, &login(code)).await?.ok_or_else(Refusal::not_found)?;
    let counts = Counts::new(&account.login, actor);
    finish(ctx, tx, account, &counts, actor.address(), agent, "demo").await
}

fn login(code: &str) -> String {
    format!("demo.{code}")
}
