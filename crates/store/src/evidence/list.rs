//! Lists of records, in pages from the database.

use keqiao_access::RegionCode;
use keqiao_base::{Day, EvidenceId, ImportId, ProjectId};
use keqiao_evidence::{Kind, Rung};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::measure::{self, Quantity, Scope};
use super::{Record, within};
use crate::desk::holds;
use crate::entity::evidence::{Column, Entity};
use crate::page::{Page, PageRequest};

keqiao_base::coded! {
    /// Where a record stands.
    pub enum Standing {
        /// Nobody but its recorder says so.
        Open = "open" => ("待确认", "To be confirmed"),
        /// Confirmed, on whichever rung.
        Confirmed = "confirmed" => ("已确认", "Confirmed"),
        /// Void.
        Voided = "voided" => ("已作废", "Void"),
    }
}

keqiao_base::coded! {
    /// By what the list is sorted.
    pub enum EvidenceSort {
        /// First day.
        Day = "day" => ("日期", "Day"),
        /// When it was recorded.
        Recorded = "recorded" => ("登记时间", "Recorded"),
    }
}

/// Which records are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EvidenceFilter {
    /// Associations whose records may be seen; empty means: nothing.
    pub regions: Vec<RegionCode>,
    /// Of this association and those in its region.
    pub region: Option<RegionCode>,
    /// Of one kind.
    pub kind: Option<Kind>,
    /// For one project.
    pub project: Option<ProjectId>,
    /// First day on or after.
    pub since: Option<Day>,
    /// First day on or before.
    pub until: Option<Day>,
    /// On this rung or a higher one.
    pub rung_min: Option<Rung>,
    /// Where it stands; without it, everything that is not void.
    pub standing: Option<Standing>,
    /// Only what looks wrong.
    pub flagged: bool,
    /// Words in title, place, or who held it.
    pub words: Option<String>,
    /// Brought in by this import.
    pub import: Option<ImportId>,
}

impl EvidenceFilter {
    fn condition(&self) -> Condition {
        // Written out, not bound: by these words the partial indexes are known.
        let standing = match self.standing {
            None => "NOT voided",
            Some(Standing::Open) => "rung = 0 AND NOT voided",
            Some(Standing::Confirmed) => "rung > 0 AND NOT voided",
            Some(Standing::Voided) => "voided",
        };
        let words = |w: &str| {
            [Column::Title, Column::Place, Column::HeldBy]
                .into_iter()
                .fold(Condition::any(), |any, c| any.add(holds(c, w)))
        };
        Condition::all()
            .add(within(&self.regions))
            .add(Expr::cust(standing))
            .add_option(self.region.map(|r| Column::Region.between(r.first(), r.last())))
            .add_option(self.kind.map(|k| Column::Kind.eq(k)))
            .add_option(self.project.map(|p| Column::Project.eq(p)))
            .add_option(self.since.map(|d| Column::Started.gte(d)))
            .add_option(self.until.map(|d| Column::Started.lte(d)))
            .add_option(self.rung_min.map(|r| Column::Rung.gte(r.number())))
            .add_option(self.flagged.then(|| Expr::cust("flag_count > 0")))
            .add_option(self.words.as_deref().map(words))
            .add_option(self.import.map(|i| Column::Import.eq(i)))
    }
}

impl EvidenceFilter {
    /// The same as the scope of a sum, when it asks for nothing else.
    fn scope(&self) -> Option<Scope> {
        let plain = self.words.is_none() && self.import.is_none() && !self.flagged;
        let rung_min = match self.standing {
            None => Some(Rung::Claimed),
            Some(Standing::Confirmed) => Some(Rung::Confirmed),
            Some(Standing::Open | Standing::Voided) => None,
        };
        let narrowed = |mine: &RegionCode| match self.region {
            None => Some(*mine),
            Some(asked) if mine.contains(asked) => Some(asked),
            Some(asked) if asked.contains(*mine) => Some(*mine),
            Some(_) => None,
        };
        Some(Scope {
            regions: self.regions.iter().filter_map(narrowed).collect(),
            kind: self.kind,
            project: self.project,
            rung_min: rung_min.filter(|_| plain)?.max(self.rung_min.unwrap_or(Rung::Claimed)),
            since: self.since.unwrap_or(Day::first_of(1800)),
            until: self.until.unwrap_or(Day::last_of(2200)),
        })
    }
}

/// One page.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    db: &impl ConnectionTrait,
    filter: &EvidenceFilter,
    sort: EvidenceSort,
    descending: bool,
    request: PageRequest,
) -> Result<Page<Record>, DbErr> {
    let total = count(db, filter).await?;
    let rows = part(db, filter, sort, descending, request.offset(), request.size).await?;
    Ok(Page { rows, total, request })
}

/// How many there are.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &impl ConnectionTrait, filter: &EvidenceFilter) -> Result<u64, DbErr> {
    // What the sums by month know is not counted one by one.
    if let Some(scope) = filter.scope() {
        let records = measure::sum(db, &scope, Quantity::Records).await?.value;
        return Ok(u64::try_from(records).unwrap_or(0));
    }
    Entity::find().filter(filter.condition()).count(db).await
}

/// So many from an offset on: for exports.
///
/// # Errors
/// When the database does not answer.
pub async fn part(
    db: &impl ConnectionTrait,
    filter: &EvidenceFilter,
    sort: EvidenceSort,
    descending: bool,
    offset: u64,
    limit: u64,
) -> Result<Vec<Record>, DbErr> {
    let column = match sort {
        EvidenceSort::Day => Column::Started,
        EvidenceSort::Recorded => Column::RecordedAt,
    };
    let order = if descending { Order::Desc } else { Order::Asc };
    let query = Entity::find().filter(filter.condition()).order_by(column, order.clone()).order_by(Column::Id, order);
    query.offset(offset).limit(limit).all(db).await
}

/// Records after one in the order of their ids, for programs.
///
/// # Errors
/// When the database does not answer.
pub async fn after(
    db: &impl ConnectionTrait,
    filter: &EvidenceFilter,
    after: Option<EvidenceId>,
    limit: u64,
) -> Result<Vec<Record>, DbErr> {
    let condition = filter.condition().add_option(after.map(|id| Column::Id.gt(id)));
    Entity::find().filter(condition).order_by_asc(Column::Id).limit(limit).all(db).await
}
