//! Sessions: found by their key's hash, seen, ended.

use keqiao_base::{AccountId, Moment, SessionId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

pub use crate::entity::session::Model;
use crate::entity::session::{ActiveModel, Column, Entity};

/// Saves a new session.
///
/// # Errors
/// When the database does not answer.
pub async fn save_new(db: &impl ConnectionTrait, session: Model) -> Result<(), DbErr> {
    Entity::insert(ActiveModel::from(session).reset_all()).exec_without_returning(db).await?;
    Ok(())
}

/// The session of a key's hash, while it lives.
///
/// # Errors
/// When the database does not answer.
pub async fn load_by_hash(db: &impl ConnectionTrait, hash: &str, now: Moment) -> Result<Option<Model>, DbErr> {
    let found = Entity::find().filter(Column::Hash.eq(hash)).one(db).await?;
    Ok(found.filter(|s| s.ended_at.is_none() && s.expires_at > now))
}

/// The living sessions of an account, last seen first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &impl ConnectionTrait, account: AccountId, now: Moment) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::AccountId.eq(account))
        .filter(Column::EndedAt.is_null())
        .filter(Column::Waits.eq(false))
        .filter(Column::ExpiresAt.gt(now))
        .order_by_desc(Column::SeenAt)
        .limit(100)
        .all(db)
        .await
}

/// Notes that a session was seen, and until when it lives now.
///
/// # Errors
/// When the database does not answer.
pub async fn save_seen(db: &impl ConnectionTrait, id: SessionId, now: Moment, expires_at: Moment) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::SeenAt, Expr::value(now))
        .col_expr(Column::ExpiresAt, Expr::value(expires_at))
        .filter(Column::Id.eq(id))
        .filter(Column::EndedAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Ends one session of an account. `false` when it is not theirs or ended already.
///
/// # Errors
/// When the database does not answer.
pub async fn end(db: &impl ConnectionTrait, account: AccountId, id: SessionId, now: Moment) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::AccountId.eq(account))
        .filter(Column::EndedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Ends all sessions of an account but one. Returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn end_others(
    db: &impl ConnectionTrait,
    account: AccountId,
    but: Option<SessionId>,
    now: Moment,
) -> Result<u64, DbErr> {
    let mut ending = Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(now))
        .filter(Column::AccountId.eq(account))
        .filter(Column::EndedAt.is_null());
    if let Some(id) = but {
        ending = ending.filter(Column::Id.ne(id));
    }
    Ok(ending.exec(db).await?.rows_affected)
}

/// Forgets sessions that ended or ran out before `moment`.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_before(db: &impl ConnectionTrait, moment: Moment) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::ExpiresAt.lt(moment)).exec(db).await?;
    Ok(())
}
