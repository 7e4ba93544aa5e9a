//! Every record in the order of region, kind and day, read piece by piece from one consistent view: what snapshots for a province's
//! roll-up are taken from. Of a record only what is grouped by or summed: no words, no names.

use keqiao_access::RegionCode;
use keqiao_base::chain::Anchor;
use keqiao_base::{Day, EvidenceId, Fen, ProjectId};
use keqiao_evidence::{Count, Counts, Kind};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    AccessMode, DbErr, EntityTrait, FromQueryResult, IsolationLevel, QueryFilter, QueryOrder, QuerySelect,
    TransactionTrait,
};

use crate::db::{Backend, Db};
use crate::entity::evidence::{Column, Entity};

use super::act;

/// Records in one step of reading.
const STEP: u64 = 5_000;

/// What is summed of a record.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Summed {
    id: EvidenceId,
    /// The region of the association whose record it is.
    pub region: RegionCode,
    /// What happened.
    pub kind: Kind,
    /// First day.
    pub started: Day,
    /// The project that paid for it.
    pub project: Option<ProjectId>,
    /// The rung of the ladder.
    pub rung: i32,
    /// Whether it was declared void.
    pub voided: bool,
    /// Money, in 分.
    pub money: Fen,
    people: i64,
    sessions: i64,
    experts: i64,
    organisations: i64,
    copies: i64,
    works: i64,
    views: i64,
    items: i64,
    valid: i64,
    satisfied: i64,
}

impl Summed {
    /// How many, of each count.
    pub fn counts(&self) -> Counts {
        let of = |count| match count {
            Count::People => self.people,
            Count::Sessions => self.sessions,
            Count::Experts => self.experts,
            Count::Organisations => self.organisations,
            Count::Copies => self.copies,
            Count::Works => self.works,
            Count::Views => self.views,
            Count::Items => self.items,
            Count::Valid => self.valid,
            Count::Satisfied => self.satisfied,
        };
        Count::ALL.iter().fold(Counts::default(), |counts, count| counts.with(*count, of(*count)))
    }
}

/// Calls `take` with every record, void ones too. Returns the end of the chain that all of it was read at; what is written meanwhile is
/// not seen.
///
/// # Errors
/// When the database does not answer, or `take` fails.
pub async fn each<E: From<DbErr>>(db: &Db, mut take: impl FnMut(&Summed) -> Result<(), E>) -> Result<Anchor, E> {
    let tx = match db.backend() {
        Backend::Sqlite => db.read().begin().await?,
        Backend::Postgres => {
            db.read().begin_with_config(Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly)).await?
        }
    };
    let end = act::end(&tx).await?;
    let mut last: Option<Summed> = None;
    loop {
        let mut query = Entity::find();
        if let Some(last) = &last {
            let place = [Column::Region, Column::Kind, Column::Started, Column::Id].map(Expr::col);
            let there = [
                Expr::value(last.region.code()),
                Expr::value(last.kind.code()),
                Expr::value(last.started.code()),
                Expr::value(last.id.uuid()),
            ];
            query = query.filter(Expr::tuple(place).gt(Expr::tuple(there)));
        }
        let some: Vec<Summed> = query
            .order_by_asc(Column::Region)
            .order_by_asc(Column::Kind)
            .order_by_asc(Column::Started)
            .order_by_asc(Column::Id)
            .limit(STEP)
            .into_model()
            .all(&tx)
            .await?;
        some.iter().try_for_each(&mut take)?;
        let full = some.len() as u64 == STEP;
        last = some.into_iter().next_back();
        if !full {
            tx.rollback().await?;
            return Ok(end);
        }
    }
}
