//! Every record in the order of region, kind and day, read piece by piece from one consistent view: what snapshots for a province's
//! roll-up are taken from.

use keqiao_base::chain::Anchor;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{AccessMode, DbErr, EntityTrait, IsolationLevel, QueryFilter, QueryOrder, QuerySelect, TransactionTrait};

use crate::db::{Backend, Db};
use crate::entity::evidence::{Column, Entity};

use super::{Record, act};

/// Records in one step of reading.
const STEP: u64 = 5_000;

/// Calls `take` with every record, void ones too. Returns the end of the chain that all of it was read at; what is written meanwhile is
/// not seen.
///
/// # Errors
/// When the database does not answer, or `take` fails.
pub async fn each<E: From<DbErr>>(db: &Db, mut take: impl FnMut(&Record) -> Result<(), E>) -> Result<Anchor, E> {
    let tx = match db.backend() {
        Backend::Sqlite => db.read().begin().await?,
        Backend::Postgres => {
            db.read().begin_with_config(Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly)).await?
        }
    };
    let end = act::end(&tx).await?;
    let mut last: Option<Record> = None;
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
        let some: Vec<Record> = query
            .order_by_asc(Column::Region)
            .order_by_asc(Column::Kind)
            .order_by_asc(Column::Started)
            .order_by_asc(Column::Id)
            .limit(STEP)
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
