//! Imports and the rows of them that somebody should look at.

use keqiao_base::{AccountId, ImportId};
use keqiao_directory::ListKind;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use crate::entity::import::{ActiveModel, Column, Entity, Model, State};
use crate::entity::import_row as rows;
use crate::page::{Page, PageRequest};

/// Writes a new import.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    Entity::insert(row.into_active_model().reset_all()).exec_without_returning(db).await?;
    Ok(())
}

/// Writes an import over the one that stood in state `was`. `false` when it no longer stood there; then nothing was written.
///
/// # Errors
/// When the database does not answer.
pub async fn save(db: &impl ConnectionTrait, row: Model, was: State) -> Result<bool, DbErr> {
    let id = row.id;
    let active: ActiveModel = row.into_active_model().reset_all();
    let done =
        Entity::update_many().set(active).filter(Column::Id.eq(id)).filter(Column::State.eq(was)).exec(db).await?;
    Ok(done.rows_affected > 0)
}

/// One import.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, id: ImportId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Imports for regions that `condition` bounds, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    db: &impl ConnectionTrait,
    regions: &[keqiao_access::RegionCode],
    request: PageRequest,
) -> Result<Page<Model>, DbErr> {
    let within = regions.iter().fold(Condition::any().add(Expr::value(1).eq(0)), |any, code| {
        any.add(Column::Region.between(code.first(), code.last()))
    });
    let query = Entity::find().filter(within);
    let total = query.clone().count(db).await?;
    let rows = query.order_by_desc(Column::Id).offset(request.offset()).limit(request.size).all(db).await?;
    Ok(Page { rows, total, request })
}

/// The last finished imports of somebody into a list: what they chose for columns is remembered from there.
///
/// # Errors
/// When the database does not answer.
pub async fn finished(db: &impl ConnectionTrait, list: ListKind, account: AccountId) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::List.eq(list))
        .filter(Column::Account.eq(account))
        .filter(Column::State.is_in([State::Done, State::Undone]))
        .order_by_desc(Column::Id)
        .limit(10)
        .all(db)
        .await
}

/// Forgets an import that stood in state `was`, with its rows. `false` when it no longer stood there; then nothing may be committed.
///
/// # Errors
/// When the database does not answer.
pub async fn discard(db: &impl ConnectionTrait, id: ImportId, was: State) -> Result<bool, DbErr> {
    rows::Entity::delete_many().filter(rows::Column::Import.eq(id)).exec(db).await?;
    let query = Entity::delete_many().filter(Column::Id.eq(id)).filter(Column::State.eq(was));
    Ok(query.exec(db).await?.rows_affected > 0)
}

/// Replaces the rows to look at.
///
/// # Errors
/// When the database does not answer.
pub async fn replace_rows(db: &impl ConnectionTrait, import: ImportId, new: Vec<rows::Model>) -> Result<(), DbErr> {
    rows::Entity::delete_many().filter(rows::Column::Import.eq(import)).exec(db).await?;
    let mut new = new.into_iter().map(|r| r.into_active_model().reset_all()).peekable();
    while new.peek().is_some() {
        rows::Entity::insert_many(new.by_ref().take(200).collect::<Vec<_>>()).exec_without_returning(db).await?;
    }
    Ok(())
}

/// A page of the rows to look at: those with errors, or those that may repeat something.
///
/// # Errors
/// When the database does not answer.
pub async fn rows_page(
    db: &impl ConnectionTrait,
    import: ImportId,
    at_fault: bool,
    request: PageRequest,
) -> Result<Page<rows::Model>, DbErr> {
    let query = rows::Entity::find().filter(rows::Column::Import.eq(import)).filter(rows::Column::AtFault.eq(at_fault));
    let total = query.clone().count(db).await?;
    let found = query.order_by_asc(rows::Column::Number).offset(request.offset()).limit(request.size).all(db).await?;
    Ok(Page { rows: found, total, request })
}

/// All rows to look at.
///
/// # Errors
/// When the database does not answer.
pub async fn all_rows(db: &impl ConnectionTrait, import: ImportId) -> Result<Vec<rows::Model>, DbErr> {
    rows::Entity::find().filter(rows::Column::Import.eq(import)).order_by_asc(rows::Column::Number).all(db).await
}

/// Sets what is to be done with rows that may repeat something: these, or all.
///
/// # Errors
/// When the database does not answer.
pub async fn choose(
    db: &impl ConnectionTrait,
    import: ImportId,
    numbers: Option<&[i32]>,
    choice: &str,
) -> Result<(), DbErr> {
    rows::Entity::update_many()
        .col_expr(rows::Column::Choice, Expr::value(choice))
        .filter(rows::Column::Import.eq(import))
        .filter(rows::Column::AtFault.eq(false))
        .filter(Condition::all().add_option(numbers.map(|n| rows::Column::Number.is_in(n.iter().copied()))))
        .exec(db)
        .await?;
    Ok(())
}
