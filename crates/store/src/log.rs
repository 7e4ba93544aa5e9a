//! The chained log: appending in the transaction of what is logged, searching, reading in order to verify.

use keqiao_access::RegionCode;
use keqiao_access::chain::{Act, Anchor, Entry};
use keqiao_base::{AccountId, Moment};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::account::{ids_within, like};
use crate::entity::log::{ActiveModel, Column, Entity, Model};
use crate::entity::log_end;
use crate::page::{Page, PageRequest};

/// Which entries are searched for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only entries of accounts of these regions, and those without an account; everything when nobody asks.
    pub regions: Option<Vec<RegionCode>>,
    /// By this account.
    pub account: Option<AccountId>,
    /// This action, or all that begin with it when it ends with a dot.
    pub action: String,
    /// About this thing.
    pub subject: String,
    /// A part of name, subject or detail.
    pub text: String,
    /// Not before.
    pub since: Option<Moment>,
    /// Before.
    pub until: Option<Moment>,
    /// With a lower number: where a reader of pieces goes on.
    pub below: Option<i64>,
}

/// Appends an entry. Writers take turns on the row of the end until they commit, so call it late in a transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn append(db: &impl ConnectionTrait, act: Act) -> Result<Entry, DbErr> {
    // An update that changes nothing takes the row's lock (PostgreSQL); on SQLite the transaction holds the turn already.
    log_end::Entity::update_many()
        .col_expr(log_end::Column::Seq, Expr::col(log_end::Column::Seq).add(0))
        .filter(log_end::Column::Id.eq(1))
        .exec(db)
        .await?;
    let entry = end(db).await?.follow(act);
    let row = log_end::ActiveModel { id: Set(1), seq: Set(entry.seq), hash: Set(entry.hash.clone()) };
    row.update(db).await?;
    Entity::insert(ActiveModel::from(Model::from(entry.clone())).reset_all()).exec_without_returning(db).await?;
    Ok(entry)
}

/// The end of the chain.
///
/// # Errors
/// When the database does not answer.
pub async fn end(db: &impl ConnectionTrait) -> Result<Anchor, DbErr> {
    let row = log_end::Entity::find_by_id(1).one(db).await?;
    Ok(row.map_or_else(Anchor::default, |row| Anchor { seq: row.seq, hash: row.hash }))
}

/// A page of entries, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn page(db: &impl ConnectionTrait, filter: &Filter, request: PageRequest) -> Result<Page<Entry>, DbErr> {
    let query = Entity::find().filter(condition(filter));
    let total = query.clone().count(db).await?;
    let rows = query.order_by_desc(Column::Seq).offset(request.offset()).limit(request.size).all(db).await?;
    Ok(Page { rows: rows.into_iter().map(Entry::from).collect(), total, request })
}

fn condition(filter: &Filter) -> Condition {
    let seen = |regions: &Vec<RegionCode>| {
        Condition::any().add(Column::AccountId.is_null()).add(Column::AccountId.in_subquery(ids_within(regions)))
    };
    let mut condition = Condition::all()
        .add_option(filter.regions.as_ref().map(seen))
        .add_option(filter.account.map(|id| Column::AccountId.eq(id)))
        .add_option(filter.since.map(|at| Column::At.gte(at)))
        .add_option(filter.until.map(|at| Column::At.lt(at)))
        .add_option(filter.below.map(|seq| Column::Seq.lt(seq)));
    if filter.action.ends_with('.') {
        condition = condition.add(Column::Action.like(format!("{}%", filter.action.replace(['%', '_'], ""))));
    } else if !filter.action.is_empty() {
        condition = condition.add(Column::Action.eq(&*filter.action));
    }
    if !filter.subject.is_empty() {
        condition = condition.add(Column::Subject.eq(&*filter.subject));
    }
    if !filter.text.is_empty() {
        let part = like(&filter.text);
        let columns = [Column::Name, Column::Subject, Column::Detail];
        condition = condition.add(columns.into_iter().fold(Condition::any(), |any, c| any.add(c.like(part.clone()))));
    }
    condition
}

/// Entries after a number, in order, at most 1,000: to verify the chain piece by piece.
///
/// # Errors
/// When the database does not answer.
pub async fn after(db: &impl ConnectionTrait, seq: i64) -> Result<Vec<Entry>, DbErr> {
    let rows = Entity::find().filter(Column::Seq.gt(seq)).order_by_asc(Column::Seq).limit(1000).all(db).await?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

impl From<Model> for Entry {
    fn from(row: Model) -> Self {
        let act = Act {
            at: row.at,
            account: row.account_id,
            name: row.name,
            address: row.address,
            action: row.action,
            subject: row.subject,
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
            address: act.address,
            action: act.action,
            subject: act.subject,
            detail: act.detail,
            prev,
            hash,
        }
    }
}
