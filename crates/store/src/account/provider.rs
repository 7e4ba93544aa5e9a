//! Sign-in through a provider: links, and attempts that are taken once.

use keqiao_base::{AccountId, Moment};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::entity::{provider_attempt, provider_link};

pub use crate::entity::provider_attempt::Model as Attempt;
pub use crate::entity::provider_link::Model as Link;

/// Saves an attempt, and forgets those that ran out.
///
/// # Errors
/// When the database does not answer.
pub async fn save_attempt(db: &impl ConnectionTrait, attempt: Attempt, now: Moment) -> Result<(), DbErr> {
    provider_attempt::Entity::delete_many().filter(provider_attempt::Column::ExpiresAt.lt(now)).exec(db).await?;
    let row = provider_attempt::ActiveModel::from(attempt).reset_all();
    provider_attempt::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Takes an attempt: once, and only while it is good.
///
/// # Errors
/// When the database does not answer.
pub async fn take_attempt(db: &impl ConnectionTrait, state_hash: &str, now: Moment) -> Result<Option<Attempt>, DbErr> {
    let found = provider_attempt::Entity::find_by_id(state_hash.to_owned()).one(db).await?;
    let deleted = provider_attempt::Entity::delete_by_id(state_hash.to_owned()).exec(db).await?;
    Ok(found.filter(|a| deleted.rows_affected > 0 && a.expires_at > now))
}

/// Who it is here.
///
/// # Errors
/// When the database does not answer.
pub async fn load_link(db: &impl ConnectionTrait, issuer: &str, subject: &str) -> Result<Option<AccountId>, DbErr> {
    let found = provider_link::Entity::find_by_id((issuer.to_owned(), subject.to_owned())).one(db).await?;
    Ok(found.map(|link| link.account_id))
}

/// Saves who it is here.
///
/// # Errors
/// When the database does not answer.
pub async fn save_link(db: &impl ConnectionTrait, link: Link) -> Result<(), DbErr> {
    provider_link::Entity::insert(provider_link::ActiveModel::from(link).reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The links of an account.
///
/// # Errors
/// When the database does not answer.
pub async fn list_links(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<Link>, DbErr> {
    provider_link::Entity::find().filter(provider_link::Column::AccountId.eq(account)).all(db).await
}
