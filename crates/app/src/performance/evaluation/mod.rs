//! Evaluations (评价): begun with computed actuals, written, submitted; an independent one beside another.

mod begin;
mod fill;
mod list;
mod save;
mod show;
mod submit;

pub use begin::{begin_beside, begin_department, begin_self};
pub use list::{after, page};
pub use save::{EvaluationForm, RowForm, refill, save};
pub use show::{Beside, EvaluationShown, RowShown, evaluation};
pub use submit::submit;

use keqiao_access::{Actor, may};
use keqiao_base::{EvaluationId, Kind, Refusal};
use keqiao_performance::evaluation::{EvaluationKind, EvaluationState};
use keqiao_store::ConnectionTrait;
use keqiao_store::performance::evaluation::{self as stored, EvaluationRecord};

use crate::error::AppResult;

/// An evaluation that the actor may see.
async fn seen(db: &impl ConnectionTrait, actor: &Actor, id: EvaluationId) -> AppResult<EvaluationRecord> {
    actor.must(may::see_performance(actor))?;
    let found = stored::load(db, id).await?.filter(|e| may::see_target(actor, e.region));
    Ok(found.ok_or_else(Refusal::not_found)?)
}

/// An evaluation that the actor may write: its own kind of people, and an independent one only by who began it.
async fn open(db: &impl ConnectionTrait, actor: &Actor, id: EvaluationId) -> AppResult<EvaluationRecord> {
    let record = seen(db, actor, id).await?;
    let who = actor.must(may_write(actor, &record))?;
    if record.kind == EvaluationKind::Independent && record.evaluator_id != who.account {
        return Err(Refusal::forbidden().into());
    }
    if record.state == EvaluationState::Submitted {
        let (zh, en) = ("评价已提交，不能再改。", "It is submitted and stands.");
        return Err(Refusal::new(Kind::Conflict, "evaluation.submitted", zh, en).into());
    }
    Ok(record)
}

/// Whether the actor's role may write an evaluation of this kind.
fn may_write(actor: &Actor, record: &EvaluationRecord) -> bool {
    match record.kind {
        EvaluationKind::SelfMade => may::evaluate_self(actor, record.region),
        EvaluationKind::Department | EvaluationKind::Independent => may::evaluate_others(actor, record.region),
    }
}
