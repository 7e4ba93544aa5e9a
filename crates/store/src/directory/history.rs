//! The past of entries: who changed what, before and after. Only ever added to.

use keqiao_base::{AccountId, EntryId, ImportId, Moment};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::entry;
use crate::entity::entry_history::{ActiveModel, Column, DirectoryAct, Entity, Model};

/// A change that is to be written down.
#[derive(Clone, Debug)]
pub struct NewChange {
    /// Whose.
    pub entry: EntryId,
    /// What.
    pub act: DirectoryAct,
    /// What changed, before: JSON.
    pub before: Option<String>,
    /// What changed, after: JSON.
    pub after: Option<String>,
    /// In which import.
    pub import: Option<ImportId>,
    /// The revision afterwards.
    pub revision: i32,
}

/// By whom and when.
#[derive(Clone, Debug)]
pub struct By {
    /// The account.
    pub account: Option<AccountId>,
    /// Its name now.
    pub name: String,
    /// Now.
    pub at: Moment,
}

/// Writes changes down, in the transaction of the changes.
///
/// # Errors
/// When the database does not answer.
pub async fn append(db: &impl ConnectionTrait, by: &By, changes: Vec<NewChange>) -> Result<(), DbErr> {
    let mut rows = changes.into_iter().map(|c| active(by, c)).peekable();
    while rows.peek().is_some() {
        Entity::insert_many(rows.by_ref().take(200).collect::<Vec<_>>()).exec_without_returning(db).await?;
    }
    Ok(())
}

fn active(by: &By, change: NewChange) -> ActiveModel {
    ActiveModel {
        seq: NotSet,
        entry: Set(change.entry),
        at: Set(by.at),
        account: Set(by.account),
        account_name: Set(by.name.clone()),
        act: Set(change.act),
        before: Set(change.before),
        after: Set(change.after),
        import: Set(change.import),
        revision: Set(change.revision),
    }
}

/// The past of one entry, newest first, at most 200 changes.
///
/// # Errors
/// When the database does not answer.
pub async fn of(db: &impl ConnectionTrait, entry: EntryId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Entry.eq(entry)).order_by_desc(Column::Seq).limit(200).all(db).await
}

/// What an import changed (not made), after `seq`, 500 at a time.
///
/// # Errors
/// When the database does not answer.
pub async fn merged_by(db: &impl ConnectionTrait, import: ImportId, seq: i64) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::Import.eq(import))
        .filter(Column::Act.eq(DirectoryAct::ImportMerged))
        .filter(Column::Seq.gt(seq))
        .order_by_asc(Column::Seq)
        .limit(500)
        .all(db)
        .await
}

/// Writes down that all entries which an import made, and which were taken out at `by.at`, were taken out.
///
/// # Errors
/// When the database does not answer.
pub async fn append_voided(db: &impl ConnectionTrait, by: &By, import: ImportId) -> Result<(), DbErr> {
    let mut rows = Query::select();
    rows.column(entry::Column::Id)
        .expr(Expr::value(by.at))
        .expr(Expr::value(by.account))
        .expr(Expr::value(by.name.clone()))
        .expr(Expr::value(DirectoryAct::ImportUndone))
        .expr(Expr::value(import))
        .column(entry::Column::Revision)
        .from(entry::Entity)
        .and_where(entry::Column::Import.eq(import))
        .and_where(entry::Column::State.eq(entry::State::Voided))
        .and_where(entry::Column::UpdatedAt.eq(by.at))
        .and_where(entry::Column::Revision.eq(2));
    let mut insert = Query::insert();
    insert.into_table(Entity).columns([
        Column::Entry,
        Column::At,
        Column::Account,
        Column::AccountName,
        Column::Act,
        Column::Import,
        Column::Revision,
    ]);
    insert.select_from(rows).map_err(|e| DbErr::Custom(e.to_string()))?;
    db.execute(&insert).await?;
    Ok(())
}

/// The entries that undoing an import left as they are, because somebody had changed them; at most 200.
///
/// # Errors
/// When the database does not answer.
pub async fn kept(db: &impl ConnectionTrait, import: ImportId) -> Result<Vec<entry::Model>, DbErr> {
    let touched = Entity::find().select_only().column(Column::Entry).filter(Column::Import.eq(import));
    let undone = touched.clone().filter(Column::Act.eq(DirectoryAct::ImportUndone));
    entry::Entity::find()
        .filter(entry::Column::Id.in_subquery(sea_orm::QueryTrait::into_query(touched)))
        .filter(entry::Column::Id.not_in_subquery(sea_orm::QueryTrait::into_query(undone)))
        .order_by_asc(entry::Column::Sort)
        .limit(200)
        .all(db)
        .await
}
