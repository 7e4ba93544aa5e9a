//! A piece of work for the background.

use keqiao_base::{JobId, Moment};
use sea_orm::entity::prelude::*;

keqiao_base::coded! {
    /// Where a job stands.
    pub enum State {
        /// Waiting for its turn.
        Queued = "queued" => ("排队中", "Queued"),
        /// Somebody works on it; when the lease runs out, somebody else takes it up.
        Running = "running" => ("进行中", "Running"),
        /// Done.
        Done = "done" => ("已完成", "Done"),
        /// Given up after the last attempt.
        Failed = "failed" => ("未成功", "Failed"),
        /// Called off by a person.
        Cancelled = "cancelled" => ("已取消", "Cancelled"),
    }
}

/// One job.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JobId,
    /// Which worker does it.
    pub kind: String,
    /// What the worker needs to know: JSON.
    pub payload: String,
    /// Where it stands.
    pub state: State,
    /// How often it was begun.
    pub attempts: i32,
    /// Not before.
    pub run_at: Moment,
    /// Until when who works on it may be silent.
    pub lease_until: Option<Moment>,
    /// Per mille done; shown while it runs.
    pub progress: i32,
    /// Why the last attempt failed; for staff.
    pub error: Option<String>,
    /// When it was asked for.
    pub created_at: Moment,
    /// When it was done or given up.
    pub finished_at: Option<Moment>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
