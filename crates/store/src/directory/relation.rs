//! Links between entries.

use keqiao_base::{EntryId, RelationId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::entity::relation::{Column, Entity, Model};

/// Makes a link. `false` when it stands already.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<bool, DbErr> {
    let same =
        OnConflict::columns([Column::Kind, Column::FromEntry, Column::ToEntry, Column::Since]).do_nothing().to_owned();
    let made = Entity::insert(row.into_active_model().reset_all()).on_conflict(same).exec_without_returning(db).await?;
    Ok(made > 0)
}

/// The links of an entry, from it and to it, at most 500.
///
/// # Errors
/// When the database does not answer.
pub async fn of(db: &impl ConnectionTrait, entry: EntryId) -> Result<Vec<Model>, DbErr> {
    let either = Condition::any().add(Column::FromEntry.eq(entry)).add(Column::ToEntry.eq(entry));
    Entity::find().filter(either).order_by_asc(Column::Kind).order_by_asc(Column::Id).limit(500).all(db).await
}

/// One link.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, id: RelationId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Removes a link.
///
/// # Errors
/// When the database does not answer.
pub async fn remove(db: &impl ConnectionTrait, id: RelationId) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// Hangs all links of one entry on another. Links that stand there already, or would lead from it to itself, are dropped.
///
/// # Errors
/// When the database does not answer.
pub async fn move_all(db: &impl ConnectionTrait, from: EntryId, to: EntryId) -> Result<(), DbErr> {
    for link in of(db, from).await? {
        remove(db, link.id).await?;
        let turned = |id: EntryId| if id == from { to } else { id };
        let moved = Model { from_entry: turned(link.from_entry), to_entry: turned(link.to_entry), ..link };
        if moved.from_entry != moved.to_entry {
            insert(db, moved).await?;
        }
    }
    Ok(())
}
