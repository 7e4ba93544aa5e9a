//! Roles that accounts hold.

use keqiao_access::{HeldRole, RegionCode, StaffRole};
use keqiao_base::AccountId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};

pub use crate::entity::staff_role::Model;
use crate::entity::staff_role::{ActiveModel, Column, Entity};

impl From<Model> for HeldRole {
    fn from(row: Model) -> Self {
        HeldRole { role: row.role, region: row.region, association: row.association_id }
    }
}

/// The roles of an account.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::AccountId.eq(account))
        .order_by_asc(Column::Region)
        .order_by_asc(Column::Role)
        .all(db)
        .await
}

/// The roles of several accounts, for a page of a list.
///
/// # Errors
/// When the database does not answer.
pub async fn list_of(db: &impl ConnectionTrait, accounts: Vec<AccountId>) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::AccountId.is_in(accounts))
        .order_by_asc(Column::Region)
        .order_by_asc(Column::Role)
        .all(db)
        .await
}

/// Grants a role. `false` when it is held already.
///
/// # Errors
/// When the database does not answer.
pub async fn save(db: &impl ConnectionTrait, role: Model) -> Result<bool, DbErr> {
    let skip = OnConflict::columns([Column::AccountId, Column::Role, Column::Region]).do_nothing().to_owned();
    match Entity::insert(ActiveModel::from(role).reset_all()).on_conflict(skip).exec_without_returning(db).await {
        Ok(rows) => Ok(rows > 0),
        Err(DbErr::RecordNotInserted) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Takes a role away. `false` when it was not held.
///
/// # Errors
/// When the database does not answer.
pub async fn remove(
    db: &impl ConnectionTrait,
    account: AccountId,
    role: StaffRole,
    region: RegionCode,
) -> Result<bool, DbErr> {
    Ok(Entity::delete_by_id((account, role, region)).exec(db).await?.rows_affected > 0)
}

/// How many accounts hold a role for a region other than this one: the last administrator cannot be taken away.
///
/// # Errors
/// When the database does not answer.
pub async fn count_others(
    db: &impl ConnectionTrait,
    account: AccountId,
    role: StaffRole,
    within: RegionCode,
) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::AccountId.ne(account))
        .filter(Column::Role.eq(role))
        .filter(Column::Region.between(within.first(), within.last()))
        .count(db)
        .await
}
