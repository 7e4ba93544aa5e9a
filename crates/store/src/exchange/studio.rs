//! Studios, agencies and bases, and what is booked with them.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, BookingId, Day, StudioId};
use keqiao_exchange::choice::{BookingState, Session, StudioKind, StudioState};
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::within;
use crate::entity::booking;
use crate::entity::studio::{Column, Entity};
use crate::page::{Page, PageRequest};

pub use crate::entity::booking::Model as Booking;
pub use crate::entity::studio::Model as Studio;

/// Which studios are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StudioFilter {
    /// Only within these regions; nothing when empty, everywhere when it is `None`.
    pub regions: Option<Vec<RegionCode>>,
    /// Of this kind.
    pub kind: Option<StudioKind>,
    /// In this state.
    pub state: Option<StudioState>,
    /// Kept by this account.
    pub owner: Option<AccountId>,
}

impl StudioFilter {
    fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.regions.as_ref().map(|r| within(Column::Region, r)))
            .add_option(self.kind.map(|k| Column::Kind.eq(k)))
            .add_option(self.state.map(|s| Column::State.eq(s)))
            .add_option(self.owner.map(|o| Column::OwnerId.eq(o)))
    }
}

/// One page of studios, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    db: &impl ConnectionTrait,
    filter: &StudioFilter,
    request: PageRequest,
) -> Result<Page<Studio>, DbErr> {
    let query = Entity::find().filter(filter.condition());
    let total = query.clone().count(db).await?;
    let query = query.order_by_asc(Column::Name).order_by_asc(Column::Id);
    Ok(Page { rows: query.offset(request.offset()).limit(request.size).all(db).await?, total, request })
}

/// One studio.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, id: StudioId) -> Result<Option<Studio>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Saves a new studio.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(db: &impl ConnectionTrait, studio: Studio) -> Result<(), DbErr> {
    Entity::insert(studio.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// Saves a studio that was read as `revision`; `false` when somebody changed it since. Raises the revision.
///
/// # Errors
/// When the database does not answer.
pub async fn save(db: &impl ConnectionTrait, mut studio: Studio, revision: i32) -> Result<bool, DbErr> {
    studio.revision = revision.saturating_add(1);
    let id = studio.id;
    let row = studio.into_active_model().reset_all();
    let done = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Revision.eq(revision));
    Ok(done.exec(db).await?.rows_affected > 0)
}

/// Holds the row of a studio until the transaction ends: the next who books waits.
///
/// # Errors
/// When the database does not answer.
pub async fn hold(db: &impl ConnectionTrait, id: StudioId) -> Result<(), DbErr> {
    let row = Entity::update_many().col_expr(Column::Revision, Expr::col(Column::Revision)).filter(Column::Id.eq(id));
    row.exec(db).await.map(drop)
}

/// People who stand booked for a session: asked, confirmed or come.
///
/// # Errors
/// When the database does not answer.
pub async fn taken(db: &impl ConnectionTrait, studio: StudioId, day: Day, session: Session) -> Result<i64, DbErr> {
    use booking::{Column, Entity};
    let query = Entity::find().select_only().column_as(Expr::col(Column::People).sum(), "n");
    let states = [BookingState::Asked, BookingState::Confirmed, BookingState::Held];
    let query = query.filter(Column::StudioId.eq(studio)).filter(Column::Day.eq(day));
    let query = query.filter(Column::Session.eq(session)).filter(Column::State.is_in(states));
    Ok(query.into_tuple::<Option<i64>>().one(db).await?.flatten().unwrap_or(0))
}

/// Bookings of a studio from a day on, by day.
///
/// # Errors
/// When the database does not answer.
pub async fn bookings(
    db: &impl ConnectionTrait,
    studio: StudioId,
    since: Day,
    limit: u64,
) -> Result<Vec<Booking>, DbErr> {
    use booking::{Column, Entity};
    let query = Entity::find().filter(Column::StudioId.eq(studio)).filter(Column::Day.gte(since));
    query.order_by_asc(Column::Day).order_by_asc(Column::Id).limit(limit).all(db).await
}

/// Bookings of an account, the latest day first.
///
/// # Errors
/// When the database does not answer.
pub async fn booked_by(db: &impl ConnectionTrait, account: AccountId, limit: u64) -> Result<Vec<Booking>, DbErr> {
    use booking::{Column, Entity};
    let query = Entity::find().filter(Column::AccountId.eq(account));
    query.order_by_desc(Column::Day).order_by_desc(Column::Id).limit(limit).all(db).await
}

/// One booking.
///
/// # Errors
/// When the database does not answer.
pub async fn booking(db: &impl ConnectionTrait, id: BookingId) -> Result<Option<Booking>, DbErr> {
    booking::Entity::find_by_id(id).one(db).await
}

/// Saves a new booking.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_booking(db: &impl ConnectionTrait, row: Booking) -> Result<(), DbErr> {
    booking::Entity::insert(row.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// Saves a booking that was read as `revision`; `false` when somebody changed it since. Raises the revision.
///
/// # Errors
/// When the database does not answer.
pub async fn save_booking(db: &impl ConnectionTrait, mut row: Booking, revision: i32) -> Result<bool, DbErr> {
    use booking::{Column, Entity};
    row.revision = revision.saturating_add(1);
    let id = row.id;
    let row = row.into_active_model().reset_all();
    let done = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Revision.eq(revision));
    Ok(done.exec(db).await?.rows_affected > 0)
}
