//! The chain of acts: appended in the transaction of what was done, read to be shown and to be verified.

use keqiao_base::EvidenceId;
use keqiao_base::chain::Anchor;
use keqiao_evidence::{Act, Entry};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::entity::evidence_act::{Column, Entity, Model};
use crate::entity::evidence_end as ends;

/// Waits for the turn at the chain, and keeps it until the transaction ends.
pub(super) async fn take_turn(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    // An update that changes nothing takes the row's lock (PostgreSQL); on SQLite the transaction holds the turn already.
    let query = ends::Entity::update_many().col_expr(ends::Column::Seq, Expr::col(ends::Column::Seq).add(0));
    query.filter(ends::Column::Id.eq(1)).exec(db).await.map(drop)
}

/// Appends acts in their order.
pub(super) async fn append(db: &impl ConnectionTrait, acts: Vec<Act>) -> Result<(), DbErr> {
    if acts.is_empty() {
        return Ok(());
    }
    take_turn(db).await?;
    let mut end = end(db).await?;
    let mut rows = Vec::with_capacity(acts.len());
    for act in acts {
        let entry = end.follow(act);
        end = Anchor { seq: entry.seq, hash: entry.hash.clone() };
        rows.push(Model::from(entry));
    }
    let row = ends::ActiveModel { id: Set(1), seq: Set(end.seq), hash: Set(end.hash) };
    row.update(db).await?;
    let mut rows = rows.into_iter().map(IntoActiveModel::into_active_model).peekable();
    while rows.peek().is_some() {
        let some: Vec<_> = rows.by_ref().take(1_000).collect();
        Entity::insert_many(some).exec_without_returning(db).await?;
    }
    Ok(())
}

/// The end of the chain.
///
/// # Errors
/// When the database does not answer.
pub async fn end(db: &impl ConnectionTrait) -> Result<Anchor, DbErr> {
    let row = ends::Entity::find_by_id(1).one(db).await?;
    Ok(row.map_or_else(Anchor::default, |row| Anchor { seq: row.seq, hash: row.hash }))
}

/// Acts after a number, in order, at most 1,000: to verify the chain piece by piece.
///
/// # Errors
/// When the database does not answer.
pub async fn after(db: &impl ConnectionTrait, seq: i64) -> Result<Vec<Entry>, DbErr> {
    let rows = Entity::find().filter(Column::Seq.gt(seq)).order_by_asc(Column::Seq).limit(1000).all(db).await?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

/// The acts on one record, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn on(db: &impl ConnectionTrait, id: EvidenceId) -> Result<Vec<Entry>, DbErr> {
    let query = Entity::find().filter(Column::Evidence.eq(id)).order_by_asc(Column::Seq);
    Ok(query.limit(500).all(db).await?.into_iter().map(Entry::from).collect())
}

/// How many rows of the sums by month do not agree with the records: 0 unless somebody wrote past the program.
///
/// # Errors
/// When the database does not answer.
pub async fn wrong_sums(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    super::month::wrong(db).await
}

impl From<Model> for Entry {
    fn from(row: Model) -> Self {
        let act = Act {
            at: row.at,
            account: row.account_id,
            name: row.name,
            evidence: row.evidence,
            what: row.what,
            detail: row.detail,
        };
        Entry { seq: row.seq, act, prev: row.prev, hash: row.hash }
    }
}

impl From<Entry> for Model {
    fn from(entry: Entry) -> Self {
        let Entry { seq, act, prev, hash } = entry;
        Model {
            seq,
            at: act.at,
            account_id: act.account,
            name: act.name,
            evidence: act.evidence,
            what: act.what,
            detail: act.detail,
            prev,
            hash,
        }
    }
}
