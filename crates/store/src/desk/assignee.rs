//! Who may be given findings: accounts with a working role of the desk for a region.

use keqiao_access::{RegionCode, StaffRole};
use keqiao_base::AccountId;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::{account, staff_role};

/// The most that a page offers.
const MOST: u64 = 200;

/// Id and name of the active accounts that hold one of these roles for a region or one above it, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    db: &impl ConnectionTrait,
    region: RegionCode,
    roles: &[StaffRole],
) -> Result<Vec<(AccountId, String)>, DbErr> {
    let above: Vec<RegionCode> = std::iter::successors(Some(region), |r| r.parent()).collect();
    let held = staff_role::Entity::find().select_only().column(staff_role::Column::AccountId);
    let held = held.filter(staff_role::Column::Region.is_in(above));
    let ids: Vec<AccountId> =
        held.filter(staff_role::Column::Role.is_in(roles.iter().copied())).limit(MOST).into_tuple().all(db).await?;
    let query = account::Entity::find().select_only().columns([account::Column::Id, account::Column::Name]);
    let query = query.filter(account::Column::Id.is_in(ids)).filter(account::Column::State.eq(account::State::Active));
    query.order_by_asc(account::Column::Name).into_tuple().all(db).await
}
