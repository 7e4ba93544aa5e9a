//! Entries of the directory: lists in pages, one entry, writing many at once, writing one against its revision.

use keqiao_access::{Grade, RegionCode};
use keqiao_base::{EntryId, ImportId, Moment};
use keqiao_directory::query::Term;
use keqiao_directory::words::{self, Words};
use keqiao_directory::{Entry, ListKind};
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbBackend, DbErr, EntityTrait, IdenStatic,
    IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::search;
use crate::entity::entry::{ActiveModel, Column, Entity, Model, State};
use crate::page::{Page, PageRequest};

/// Which entries of a list.
#[derive(Clone, Debug)]
pub struct Filter {
    /// The list.
    pub list: ListKind,
    /// The regions that who asks may see; none: nothing is found.
    pub regions: Vec<RegionCode>,
    /// Only of this region and below.
    pub region: Option<RegionCode>,
    /// Words that must be there.
    pub terms: Vec<Term>,
    /// A field of work or an industry, as `words::field_word` cuts it; empty: any.
    pub field: String,
    /// Kind of organisation; empty: any.
    pub kind: String,
    /// Level of expert; empty: any.
    pub level: String,
    /// How well known.
    pub grade: Option<Grade>,
    /// Made by this import.
    pub import: Option<ImportId>,
    /// Where they stand.
    pub state: State,
}

impl Filter {
    /// All active entries of a list within these regions.
    pub fn of(list: ListKind, regions: Vec<RegionCode>) -> Filter {
        Filter {
            list,
            regions,
            region: None,
            terms: Vec::new(),
            field: String::new(),
            kind: String::new(),
            level: String::new(),
            grade: None,
            import: None,
            state: State::Active,
        }
    }
}

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Name, by pinyin. With words to look for, those who have them in the name come first.
    Name,
    /// Region, then name.
    Region,
    /// Level or kind, then name.
    Sort,
    /// Last change.
    Changed,
}

/// With what SQLite is to begin; left alone, it would walk through all entries of a region and sort them. A sign before a column keeps it
/// from using the column's index. PostgreSQL knows how its tables are filled.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Begin {
    /// With the index that holds the order: what a page needs stands at its beginning.
    Order,
    /// With the regions: to count.
    Regions,
}

fn select(db: &impl ConnectionTrait, filter: &Filter, begin: Begin) -> Select<Entity> {
    let backend = db.get_database_backend();
    let words = search::holds(backend, &filter.terms, &filter.field);
    let steered = |aside: bool, column: Column| match aside && backend == DbBackend::Sqlite {
        true => Expr::cust(format!("+entry.{}", column.as_str())),
        false => Expr::col((Entity, column)),
    };
    let by_words = words.is_some();
    let range = |code: &RegionCode| match code.first() == code.last() {
        true => steered(by_words, Column::Region).eq(*code),
        false => steered(by_words || begin == Begin::Order, Column::Region).between(code.first(), code.last()),
    };
    let within = |codes: &[RegionCode]| codes.iter().fold(Condition::any(), |any, code| any.add(range(code)));
    let text = |column: Column, value: &str| (!value.is_empty()).then(|| column.eq(value));
    let mut condition = Condition::all()
        .add(steered(by_words, Column::List).eq(filter.list))
        .add(steered(by_words, Column::State).eq(filter.state))
        .add_option(filter.region.map(|region| within(&[region])))
        .add_option(text(Column::Kind, &filter.kind))
        .add_option(text(Column::Level, &filter.level))
        .add_option(filter.grade.map(|grade| Column::Grade.eq(grade)))
        .add_option(filter.import.map(|import| Column::Import.eq(import)))
        .add_option(words);
    condition = match filter.regions.is_empty() {
        true => condition.add(Expr::value(1).eq(0)),
        false => condition.add(within(&filter.regions)),
    };
    Entity::find().filter(condition)
}

fn ordered(db: &impl ConnectionTrait, filter: &Filter, sort: Sort, order: Order) -> Select<Entity> {
    let mut query = select(db, filter, Begin::Order);
    match sort {
        Sort::Name => {
            if let Some(first) = search::name_holds(db.get_database_backend(), &filter.terms) {
                query = query.order_by(first, Order::Desc);
            }
        }
        Sort::Region => query = query.order_by(Column::Region, order.clone()),
        Sort::Sort if filter.list == ListKind::People => query = query.order_by(Column::Level, order.clone()),
        Sort::Sort => query = query.order_by(Column::Kind, order.clone()),
        Sort::Changed => return query.order_by(Column::UpdatedAt, order.clone()).order_by(Column::Id, order),
    }
    query.order_by(Column::Sort, order.clone()).order_by(Column::Id, order)
}

/// A page of a list.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    db: &impl ConnectionTrait,
    filter: &Filter,
    sort: Sort,
    order: Order,
    request: PageRequest,
) -> Result<Page<Model>, DbErr> {
    let ids = ordered(db, filter, sort, order).select_only().column(Column::Id);
    let ids = ids.offset(request.offset()).limit(request.size);
    // The words were looked up already to find the page: the number of all hits comes with it.
    if filter.terms.is_empty() {
        let ids = ids.into_tuple().all(db).await?;
        return Ok(Page { rows: in_order(db, &ids).await?, total: count(db, filter).await?, request });
    }
    let found: Vec<(EntryId, i64)> = ids.expr_as(Expr::cust("COUNT(*) OVER ()"), "total").into_tuple().all(db).await?;
    let total = match found.first() {
        Some((_, total)) => u64::try_from(*total).unwrap_or(0),
        None => count(db, filter).await?,
    };
    let ids: Vec<EntryId> = found.into_iter().map(|(id, _)| id).collect();
    Ok(Page { rows: in_order(db, &ids).await?, total, request })
}

/// These entries in this order. What is skipped before a page is skipped in the index alone; only the page itself is read.
async fn in_order(db: &impl ConnectionTrait, ids: &[EntryId]) -> Result<Vec<Model>, DbErr> {
    let mut rows = load_many(db, ids).await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(rows)
}

/// Some entries of a list: for exports, part by part.
///
/// # Errors
/// When the database does not answer.
pub async fn part(
    db: &impl ConnectionTrait,
    filter: &Filter,
    sort: Sort,
    order: Order,
    offset: u64,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    let ids = ordered(db, filter, sort, order).select_only().column(Column::Id).offset(offset).limit(limit);
    in_order(db, &ids.into_tuple().all(db).await?).await
}

/// Entries after one, by age: for programs, which page by cursor.
///
/// # Errors
/// When the database does not answer.
pub async fn after(
    db: &impl ConnectionTrait,
    filter: &Filter,
    after: Option<EntryId>,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    let query = select(db, filter, Begin::Order).filter(Condition::all().add_option(after.map(|id| Column::Id.gt(id))));
    query.order_by_asc(Column::Id).limit(limit).all(db).await
}

/// One entry, wherever it stands.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, id: EntryId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Several entries; those that are not there are left out.
///
/// # Errors
/// When the database does not answer.
pub async fn load_many(db: &impl ConnectionTrait, ids: &[EntryId]) -> Result<Vec<Model>, DbErr> {
    let mut out = Vec::with_capacity(ids.len());
    for batch in ids.chunks(500) {
        out.extend(Entity::find().filter(Column::Id.is_in(batch.iter().copied())).all(db).await?);
    }
    Ok(out)
}

/// The values of every active entry of a list in these regions, for finding duplicates.
///
/// # Errors
/// When the database does not answer.
pub async fn values(
    db: &impl ConnectionTrait,
    list: ListKind,
    regions: Vec<RegionCode>,
) -> Result<Vec<(EntryId, String)>, DbErr> {
    let query =
        select(db, &Filter::of(list, regions), Begin::Regions).select_only().column(Column::Id).column(Column::Data);
    query.into_tuple().all(db).await
}

/// How many active entries each list holds in these regions.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &impl ConnectionTrait, filter: &Filter) -> Result<u64, DbErr> {
    select(db, filter, Begin::Regions).count(db).await
}

/// A new row of a list, at revision 1.
pub fn row<T: Entry>(
    id: EntryId,
    entry: &T,
    region: RegionCode,
    import: Option<ImportId>,
    now: Moment,
) -> Result<Model, serde_json::Error> {
    let row = Model {
        id,
        list: T::KIND,
        state: State::Active,
        name: String::new(),
        sort: String::new(),
        region,
        kind: String::new(),
        level: String::new(),
        grade: Grade::Declared,
        data: String::new(),
        merged_into: None,
        import,
        revision: 1,
        created_at: now,
        updated_at: now,
    };
    with_values(row, entry, region)
}

/// A row with other values.
pub fn with_values<T: Entry>(row: Model, entry: &T, region: RegionCode) -> Result<Model, serde_json::Error> {
    Ok(Model {
        name: entry.get("name").to_owned(),
        sort: words::sort_key(entry.get("name")).chars().take(200).collect(),
        kind: entry.get("kind").to_owned(),
        level: entry.get("level").to_owned(),
        data: serde_json::to_string(entry)?,
        region,
        ..row
    })
}

/// Writes new entries and their words, many at a time.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(db: &impl ConnectionTrait, rows: Vec<(Model, Words)>) -> Result<(), DbErr> {
    let (mut rows, words): (Vec<ActiveModel>, Vec<_>) = rows
        .into_iter()
        .map(|(row, words)| (row.id, row.into_active_model().reset_all(), words))
        .map(|(id, row, words)| (row, (id, words)))
        .unzip();
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(200));
        Entity::insert_many(std::mem::replace(&mut rows, rest)).exec_without_returning(db).await?;
    }
    search::add(db, &words).await
}

/// Writes an entry over the one of the revision it was made from, and its words (`None`: it leaves the lists). `false` when somebody
/// changed it in the meantime; then nothing was written.
///
/// # Errors
/// When the database does not answer.
pub async fn save<T: Entry>(db: &impl ConnectionTrait, row: Model, entry: Option<&T>) -> Result<bool, DbErr> {
    let (id, revision) = (row.id, row.revision);
    let mut active: ActiveModel = row.into_active_model().reset_all();
    active.revision = sea_orm::ActiveValue::Set(revision + 1);
    let done = Entity::update_many()
        .set(active)
        .filter(Column::Id.eq(id))
        .filter(Column::Revision.eq(revision))
        .exec(db)
        .await?;
    if done.rows_affected == 0 {
        return Ok(false);
    }
    search::remove(db, id).await?;
    if let Some(entry) = entry {
        search::add(db, &[(id, words::of(entry))]).await?;
    }
    Ok(true)
}

/// Counts a change of what hangs on an entry (its links).
///
/// # Errors
/// When the database does not answer.
pub async fn touch(db: &impl ConnectionTrait, id: EntryId, now: Moment) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Takes out all entries that an import made and nobody changed since. Returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn void_import(db: &impl ConnectionTrait, import: ImportId, now: Moment) -> Result<u64, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Voided))
        .col_expr(Column::Revision, Expr::value(2))
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .filter(Column::Import.eq(import))
        .filter(Column::State.eq(State::Active))
        .filter(Column::Revision.eq(1))
        .exec(db)
        .await?;
    search::remove_of_import(db, import).await?;
    Ok(done.rows_affected)
}
