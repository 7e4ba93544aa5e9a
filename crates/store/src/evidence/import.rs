//! Spreadsheets of records on their way in.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, ImportId};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use super::{EvidenceImport, EvidenceImportState};
use crate::entity::evidence_import::{Column, Entity};
use crate::page::{Page, PageRequest};

/// Writes a new import.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(db: &impl ConnectionTrait, row: EvidenceImport) -> Result<(), DbErr> {
    Entity::insert(row.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// Writes an import over the one that stood in state `was`. `false` when it no longer stood there; then nothing was written.
///
/// # Errors
/// When the database does not answer.
pub async fn save(db: &impl ConnectionTrait, row: EvidenceImport, was: EvidenceImportState) -> Result<bool, DbErr> {
    let id = row.id;
    let query = Entity::update_many().set(row.into_active_model().reset_all()).filter(Column::Id.eq(id));
    Ok(query.filter(Column::State.eq(was)).exec(db).await?.rows_affected > 0)
}

/// One import.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, id: ImportId) -> Result<Option<EvidenceImport>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Imports for associations of these regions, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    db: &impl ConnectionTrait,
    regions: &[RegionCode],
    request: PageRequest,
) -> Result<Page<EvidenceImport>, DbErr> {
    let one = |r: &RegionCode| Column::Region.between(r.first(), r.last());
    let within = regions.iter().map(one).fold(Condition::any().add(Expr::val(1).eq(0)), Condition::add);
    let query = Entity::find().filter(within);
    let total = query.clone().count(db).await?;
    let rows = query.order_by_desc(Column::Id).offset(request.offset()).limit(request.size).all(db).await?;
    Ok(Page { rows, total, request })
}

/// The last finished imports of somebody: what they chose for columns is remembered from there.
///
/// # Errors
/// When the database does not answer.
pub async fn finished(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<EvidenceImport>, DbErr> {
    let query = Entity::find().filter(Column::Account.eq(account));
    let query = query.filter(Column::State.ne(EvidenceImportState::Preview)).order_by_desc(Column::Id);
    query.limit(10).all(db).await
}

/// Forgets an import that brought nothing in. `false` when it did in the meantime.
///
/// # Errors
/// When the database does not answer.
pub async fn discard(db: &impl ConnectionTrait, id: ImportId) -> Result<bool, DbErr> {
    let query = Entity::delete_many().filter(Column::Id.eq(id));
    Ok(query.filter(Column::State.eq(EvidenceImportState::Preview)).exec(db).await?.rows_affected > 0)
}
