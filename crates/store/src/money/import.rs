//! Imports into the books.

use keqiao_access::RegionCode;
use keqiao_base::BookImportId;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::entity::book_import::{ActiveModel, BookImportState, BookList, Column, Entity, Model};
use crate::page::{Page, PageRequest};
use crate::year::within;

/// Writes a new import.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    Entity::insert(row.into_active_model().reset_all()).exec_without_returning(db).await.map(drop)
}

/// Writes an import over the one of `revision`. `false` when somebody went on with it in the meantime.
///
/// # Errors
/// When the database does not answer.
pub async fn save(db: &impl ConnectionTrait, row: Model, revision: i32) -> Result<bool, DbErr> {
    let id = row.id;
    let row = Model { revision: revision.saturating_add(1), ..row };
    let active: ActiveModel = row.into_active_model().reset_all();
    let query = Entity::update_many().set(active).filter(Column::Id.eq(id)).filter(Column::Revision.eq(revision));
    Ok(query.exec(db).await?.rows_affected > 0)
}

/// One import.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, id: BookImportId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Imports of these regions, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    db: &impl ConnectionTrait,
    regions: &[RegionCode],
    request: PageRequest,
) -> Result<Page<Model>, DbErr> {
    let query = Entity::find().filter(within(Column::Region, regions));
    let total = query.clone().count(db).await?;
    let rows = query.order_by_desc(Column::Id).offset(request.offset()).limit(request.size).all(db).await?;
    Ok(Page { rows, total, request })
}

/// The last import of a source that went in: its columns are remembered from there.
///
/// # Errors
/// When the database does not answer.
pub async fn last_of(
    db: &impl ConnectionTrait,
    region: RegionCode,
    list: BookList,
    source: &str,
) -> Result<Option<Model>, DbErr> {
    let query = Entity::find().filter(Column::Region.eq(region)).filter(Column::List.eq(list));
    let query = query.filter(Column::Source.eq(source));
    let query = query.filter(Column::State.is_in([BookImportState::Done, BookImportState::Undone]));
    query.order_by_desc(Column::Id).limit(1).one(db).await
}

/// Forgets an import of `revision` that brought nothing in. `false` when somebody went on with it in the meantime.
///
/// # Errors
/// When the database does not answer.
pub async fn discard(db: &impl ConnectionTrait, id: BookImportId, revision: i32) -> Result<bool, DbErr> {
    let query = Entity::delete_many().filter(Column::Id.eq(id)).filter(Column::Revision.eq(revision));
    let query = query.filter(Column::State.is_in([BookImportState::Mapping, BookImportState::Preview]));
    Ok(query.exec(db).await?.rows_affected > 0)
}
