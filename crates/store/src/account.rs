//! Accounts and what hangs on them: failures, sessions, keys, roles, identity steps, links.

pub mod failure;
pub mod identity;
pub mod provider;
pub mod role;
pub mod session;
pub mod token;

use keqiao_access::{AccountKind, Grade, RegionCode};
use keqiao_base::{AccountId, Moment, OrganisationId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

pub use crate::entity::account::{ActiveModel, Column, Entity, Model, State};
use crate::entity::{recovery_code, reset_link, staff_role};
use crate::page::{Page, PageRequest};

/// Which accounts are listed.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only those of these regions, by their own region or a role; accounts without either are in when `unplaced`.
    pub regions: Vec<RegionCode>,
    /// Whether accounts without region and role are listed.
    pub unplaced: bool,
    /// A part of name or login.
    pub text: String,
    /// Of this kind.
    pub kind: Option<AccountKind>,
    /// In this state.
    pub state: Option<State>,
    /// Of this grade.
    pub grade: Option<Grade>,
    /// Made before this one: where a reader of pieces goes on.
    pub below: Option<AccountId>,
    /// Acting for this organisation; then regions do not matter.
    pub organisation: Option<OrganisationId>,
}

/// Saves a new account.
///
/// # Errors
/// When the database does not answer, or the login is taken.
pub async fn save_new(db: &impl ConnectionTrait, account: Model) -> Result<(), DbErr> {
    let row: ActiveModel = account.into();
    Entity::insert(row.reset_all()).exec_without_returning(db).await?;
    Ok(())
}

/// Saves a changed account and counts its revision up.
///
/// # Errors
/// When the database does not answer.
pub async fn save(db: &impl ConnectionTrait, account: Model) -> Result<(), DbErr> {
    let revision = account.revision + 1;
    let row: ActiveModel = account.into();
    let row = ActiveModel { revision: Set(revision), ..row.reset_all() };
    row.update(db).await?;
    Ok(())
}

/// One account.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The account of a login (folded).
///
/// # Errors
/// When the database does not answer.
pub async fn load_by_login(db: &impl ConnectionTrait, login: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::Login.eq(login)).one(db).await
}

/// How many accounts there are.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    Entity::find().count(db).await
}

/// A page of accounts, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn page(db: &impl ConnectionTrait, filter: &Filter, request: PageRequest) -> Result<Page<Model>, DbErr> {
    let mut condition = Condition::all().add(within(filter));
    if !filter.text.is_empty() {
        let part = like(&filter.text);
        condition = condition.add(Condition::any().add(Column::Name.like(part.clone())).add(Column::Login.like(part)));
    }
    condition = condition
        .add_option(filter.kind.map(|k| Column::Kind.eq(k)))
        .add_option(filter.state.map(|s| Column::State.eq(s)))
        .add_option(filter.grade.map(|g| Column::Grade.eq(g)))
        .add_option(filter.below.map(|id| Column::Id.lt(id)));
    let query = Entity::find().filter(condition);
    let total = query.clone().count(db).await?;
    let rows = query.order_by_desc(Column::Id).offset(request.offset()).limit(request.size).all(db).await?;
    Ok(Page { rows, total, request })
}

fn within(filter: &Filter) -> Condition {
    if let Some(organisation) = filter.organisation {
        return Condition::all().add(Column::OrganisationId.eq(organisation));
    }
    let mut condition = Condition::any();
    for region in &filter.regions {
        let role = Query::select()
            .column(staff_role::Column::AccountId)
            .from(staff_role::Entity)
            .and_where(staff_role::Column::Region.between(region.first(), region.last()))
            .to_owned();
        condition =
            condition.add(Column::Region.between(region.first(), region.last())).add(Column::Id.in_subquery(role));
    }
    if filter.unplaced {
        let placed = Query::select().column(staff_role::Column::AccountId).from(staff_role::Entity).to_owned();
        condition =
            condition.add(Condition::all().add(Column::Region.is_null()).add(Column::Id.not_in_subquery(placed)));
    }
    if filter.regions.is_empty() && !filter.unplaced {
        // An empty cut shows nothing, not everything.
        condition = condition.add(Expr::value(1).eq(0));
    }
    condition
}

/// The ids of the accounts of regions, by their own region or a role.
pub(crate) fn ids_within(regions: &[RegionCode]) -> SelectStatement {
    let filter = Filter { regions: regions.to_vec(), ..Filter::default() };
    Query::select().column(Column::Id).from(Entity).cond_where(within(&filter)).to_owned()
}

/// A pattern for `LIKE` that finds the text itself: `%` and `_` are taken out, as no name holds them.
pub(crate) fn like(text: &str) -> String {
    let text: String = text.chars().filter(|c| !matches!(c, '%' | '_' | '\\')).take(100).collect();
    format!("%{text}%")
}

/// Gives an account new recovery codes in place of the old.
///
/// # Errors
/// When the database does not answer.
pub async fn save_recovery_codes(
    db: &impl ConnectionTrait,
    account: AccountId,
    hashes: Vec<String>,
) -> Result<(), DbErr> {
    recovery_code::Entity::delete_many().filter(recovery_code::Column::AccountId.eq(account)).exec(db).await?;
    let rows = hashes.into_iter().map(|hash| recovery_code::ActiveModel {
        account_id: Set(account),
        hash: Set(hash),
        used_at: Set(None),
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        recovery_code::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Takes a recovery code: `true` once.
///
/// # Errors
/// When the database does not answer.
pub async fn take_recovery_code(
    db: &impl ConnectionTrait,
    account: AccountId,
    hash: &str,
    now: Moment,
) -> Result<bool, DbErr> {
    let done = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::value(now))
        .filter(recovery_code::Column::AccountId.eq(account))
        .filter(recovery_code::Column::Hash.eq(hash))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// How many recovery codes are left.
///
/// # Errors
/// When the database does not answer.
pub async fn count_recovery_codes(db: &impl ConnectionTrait, account: AccountId) -> Result<u64, DbErr> {
    recovery_code::Entity::find()
        .filter(recovery_code::Column::AccountId.eq(account))
        .filter(recovery_code::Column::UsedAt.is_null())
        .count(db)
        .await
}

/// Saves a reset link; earlier ones of the account no longer open.
///
/// # Errors
/// When the database does not answer.
pub async fn save_reset_link(db: &impl ConnectionTrait, link: reset_link::Model) -> Result<(), DbErr> {
    reset_link::Entity::delete_many().filter(reset_link::Column::AccountId.eq(link.account_id)).exec(db).await?;
    reset_link::Entity::insert(reset_link::ActiveModel::from(link).reset_all()).exec_without_returning(db).await?;
    Ok(())
}

/// Whose reset link this is, while it is good.
///
/// # Errors
/// When the database does not answer.
pub async fn load_reset_link(db: &impl ConnectionTrait, hash: &str, now: Moment) -> Result<Option<AccountId>, DbErr> {
    let link = reset_link::Entity::find_by_id(hash.to_owned()).one(db).await?;
    Ok(link.filter(|l| l.used_at.is_none() && l.expires_at > now).map(|l| l.account_id))
}

/// Takes a reset link: the account, once.
///
/// # Errors
/// When the database does not answer.
pub async fn take_reset_link(db: &impl ConnectionTrait, hash: &str, now: Moment) -> Result<Option<AccountId>, DbErr> {
    let Some(account) = load_reset_link(db, hash, now).await? else { return Ok(None) };
    let done = reset_link::Entity::update_many()
        .col_expr(reset_link::Column::UsedAt, Expr::value(now))
        .filter(reset_link::Column::Hash.eq(hash))
        .filter(reset_link::Column::UsedAt.is_null())
        .exec(db)
        .await?;
    Ok((done.rows_affected > 0).then_some(account))
}
