//! Listings, their versions, and what was done with them.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, Day, ListingId, Moment};
use keqiao_exchange::choice::{ListingAct, ListingKind, ListingState};
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::within;
use crate::entity::listing::{Column, Entity};
use crate::entity::{listing_act, listing_version};
use crate::page::{Page, PageRequest};

pub use crate::entity::listing::Model as Listing;
pub use crate::entity::listing_act::Model as Act;
pub use crate::entity::listing_version::Model as ListingVersion;

/// Which listings are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListingFilter {
    /// Only within these regions; nothing when empty, everywhere when it is `None`.
    pub regions: Option<Vec<RegionCode>>,
    /// Of this kind.
    pub kind: Option<ListingKind>,
    /// In these states; in any when empty.
    pub states: Vec<ListingState>,
    /// Owned or written by this account.
    pub of: Option<AccountId>,
}

impl ListingFilter {
    fn condition(&self) -> Condition {
        let of = |a: AccountId| Condition::any().add(Column::OwnerId.eq(a)).add(Column::PublisherId.eq(a));
        Condition::all()
            .add_option(self.regions.as_ref().map(|r| within(Column::Region, r)))
            .add_option(self.kind.map(|k| Column::Kind.eq(k)))
            .add_option((!self.states.is_empty()).then(|| Column::State.is_in(self.states.iter().copied())))
            .add_option(self.of.map(of))
    }
}

/// One page of listings, changed last on top.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    db: &impl ConnectionTrait,
    filter: &ListingFilter,
    request: PageRequest,
) -> Result<Page<Listing>, DbErr> {
    let query = Entity::find().filter(filter.condition());
    let total = query.clone().count(db).await?;
    let query = query.order_by_desc(Column::UpdatedAt).order_by_desc(Column::Id);
    Ok(Page { rows: query.offset(request.offset()).limit(request.size).all(db).await?, total, request })
}

/// How many there are.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &impl ConnectionTrait, filter: &ListingFilter) -> Result<u64, DbErr> {
    Entity::find().filter(filter.condition()).count(db).await
}

/// Listings after one, in the order of their ids: for the index and for programs.
///
/// # Errors
/// When the database does not answer.
pub async fn after(
    db: &impl ConnectionTrait,
    filter: &ListingFilter,
    after: Option<ListingId>,
    limit: u64,
) -> Result<Vec<Listing>, DbErr> {
    let condition = filter.condition().add_option(after.map(|id| Column::Id.gt(id)));
    Entity::find().filter(condition).order_by_asc(Column::Id).limit(limit).all(db).await
}

/// Ids and moments of what changed at or after a moment, in that order: what an index must look at again.
///
/// # Errors
/// When the database does not answer.
pub async fn changed_since(
    db: &impl ConnectionTrait,
    since: Moment,
    after: Option<(Moment, ListingId)>,
    limit: u64,
) -> Result<Vec<Listing>, DbErr> {
    let later = |(at, id): (Moment, ListingId)| {
        Condition::any()
            .add(Column::UpdatedAt.gt(at))
            .add(Condition::all().add(Column::UpdatedAt.eq(at)).add(Column::Id.gt(id)))
    };
    let query =
        Entity::find().filter(Column::UpdatedAt.gte(since)).filter(Condition::all().add_option(after.map(later)));
    query.order_by_asc(Column::UpdatedAt).order_by_asc(Column::Id).limit(limit).all(db).await
}

/// Some listings by their ids, in no order.
///
/// # Errors
/// When the database does not answer.
pub async fn several(db: &impl ConnectionTrait, ids: &[ListingId]) -> Result<Vec<Listing>, DbErr> {
    Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(db).await
}

/// One listing.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, id: ListingId) -> Result<Option<Listing>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Saves a new listing.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(db: &impl ConnectionTrait, listing: Listing) -> Result<(), DbErr> {
    Entity::insert(listing.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// Saves a listing that was read as `revision`; `false` when somebody changed it since. Raises the revision.
///
/// # Errors
/// When the database does not answer.
pub async fn save(db: &impl ConnectionTrait, mut listing: Listing, revision: i32) -> Result<bool, DbErr> {
    listing.revision = revision.saturating_add(1);
    let id = listing.id;
    let row = listing.into_active_model().reset_all();
    let done = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Revision.eq(revision));
    Ok(done.exec(db).await?.rows_affected > 0)
}

/// Listings whose term ended before a day.
///
/// # Errors
/// When the database does not answer.
pub async fn overdue(db: &impl ConnectionTrait, today: Day, limit: u64) -> Result<Vec<Listing>, DbErr> {
    // Written out, not bound: by these words the partial index is known.
    let query = Entity::find().filter(Expr::cust("state = 'listed'")).filter(Column::ValidUntil.lt(today));
    query.order_by_asc(Column::ValidUntil).order_by_asc(Column::Id).limit(limit).all(db).await
}

/// Listings of a kind that expired before a moment and of which nothing was heard since.
///
/// # Errors
/// When the database does not answer.
pub async fn silent(
    db: &impl ConnectionTrait,
    kind: ListingKind,
    before: Moment,
    limit: u64,
) -> Result<Vec<Listing>, DbErr> {
    let query = Entity::find().filter(Column::State.eq(ListingState::Expired)).filter(Column::Kind.eq(kind));
    let query = query.filter(Column::UpdatedAt.lt(before));
    query.order_by_asc(Column::Id).limit(limit).all(db).await
}

/// How many an account owns or wrote in these states, handed in since a moment.
///
/// # Errors
/// When the database does not answer.
pub async fn count_of(
    db: &impl ConnectionTrait,
    account: AccountId,
    states: &[ListingState],
    since: Option<Moment>,
) -> Result<u64, DbErr> {
    let filter = ListingFilter { states: states.to_vec(), of: Some(account), ..ListingFilter::default() };
    let condition = filter.condition().add_option(since.map(|m| Column::SubmittedAt.gte(m)));
    Entity::find().filter(condition).count(db).await
}

/// What was listed first since a moment: its id, kind, discipline and that moment; for the public figures.
///
/// # Errors
/// When the database does not answer.
pub async fn listed_since(
    db: &impl ConnectionTrait,
    since: Moment,
) -> Result<Vec<(ListingId, ListingKind, String, Moment)>, DbErr> {
    let query = Entity::find().select_only().columns([Column::Id, Column::Kind, Column::Discipline, Column::ListedAt]);
    query.filter(Column::ListedAt.gte(since)).into_tuple().all(db).await
}

/// How many stand listed, by kind.
///
/// # Errors
/// When the database does not answer.
pub async fn tally(db: &impl ConnectionTrait) -> Result<Vec<(ListingKind, i64)>, DbErr> {
    let query = Entity::find().select_only().column(Column::Kind).column_as(Expr::col(Column::Id).count(), "n");
    query.filter(Column::State.eq(ListingState::Listed)).group_by(Column::Kind).into_tuple().all(db).await
}

/// Adds an act to a listing's history.
///
/// # Errors
/// When the database does not answer.
pub async fn act(
    db: &impl ConnectionTrait,
    listing: ListingId,
    act: ListingAct,
    by: (Option<AccountId>, String),
    words: String,
    at: Moment,
) -> Result<(), DbErr> {
    use listing_act::{Column, Entity};
    let last = Entity::find().filter(Column::ListingId.eq(listing)).count(db).await?;
    let row = Act {
        listing_id: listing,
        number: i32::try_from(last).unwrap_or(i32::MAX).saturating_add(1),
        act,
        account_id: by.0,
        name: by.1,
        words,
        at,
    };
    Entity::insert(row.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// A listing's history, the first act first.
///
/// # Errors
/// When the database does not answer.
pub async fn acts(db: &impl ConnectionTrait, listing: ListingId) -> Result<Vec<Act>, DbErr> {
    use listing_act::{Column, Entity};
    Entity::find().filter(Column::ListingId.eq(listing)).order_by_asc(Column::Number).all(db).await
}

/// Keeps what was listed.
///
/// # Errors
/// When the database does not answer.
pub async fn keep_version(db: &impl ConnectionTrait, version: ListingVersion) -> Result<(), DbErr> {
    listing_version::Entity::insert(version.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// What was listed under a number.
///
/// # Errors
/// When the database does not answer.
pub async fn version(
    db: &impl ConnectionTrait,
    listing: ListingId,
    number: i32,
) -> Result<Option<ListingVersion>, DbErr> {
    listing_version::Entity::find_by_id((listing, number)).one(db).await
}
