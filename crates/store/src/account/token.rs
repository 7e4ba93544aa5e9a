//! Keys for programs.

use keqiao_base::{AccountId, Moment, TokenId};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

pub use crate::entity::api_token::Model;
use crate::entity::api_token::{ActiveModel, Column, Entity};

/// Saves a new key.
///
/// # Errors
/// When the database does not answer.
pub async fn save_new(db: &impl ConnectionTrait, token: Model) -> Result<(), DbErr> {
    Entity::insert(ActiveModel::from(token).reset_all()).exec_without_returning(db).await?;
    Ok(())
}

/// The key of a hash, while it opens.
///
/// # Errors
/// When the database does not answer.
pub async fn load_by_hash(db: &impl ConnectionTrait, hash: &str, now: Moment) -> Result<Option<Model>, DbErr> {
    let found = Entity::find().filter(Column::Hash.eq(hash)).one(db).await?;
    Ok(found.filter(|t| t.revoked_at.is_none() && t.expires_at > now))
}

/// The keys of an account that were not revoked, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::AccountId.eq(account))
        .filter(Column::RevokedAt.is_null())
        .order_by_desc(Column::Id)
        .all(db)
        .await
}

/// Notes that a key was used.
///
/// # Errors
/// When the database does not answer.
pub async fn save_used(db: &impl ConnectionTrait, id: TokenId, now: Moment) -> Result<(), DbErr> {
    Entity::update_many().col_expr(Column::UsedAt, Expr::value(now)).filter(Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// Revokes one key of an account, or all of them. Returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn revoke(
    db: &impl ConnectionTrait,
    account: AccountId,
    id: Option<TokenId>,
    now: Moment,
) -> Result<u64, DbErr> {
    let mut revoking = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(now))
        .filter(Column::AccountId.eq(account))
        .filter(Column::RevokedAt.is_null());
    if let Some(id) = id {
        revoking = revoking.filter(Column::Id.eq(id));
    }
    Ok(revoking.exec(db).await?.rows_affected)
}
