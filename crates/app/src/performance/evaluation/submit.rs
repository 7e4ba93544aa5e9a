//! An evaluation is submitted: from then on it stands.

use keqiao_access::Actor;
use keqiao_base::{EvaluationId, Refusal};
use keqiao_performance::evaluation::{EvaluationState, Money};
use keqiao_store::performance::evaluation::{self as records, EvaluationRecord};
use serde_json::json;

use super::super::{finish, must_be_sound};
use super::{open, show};
use crate::context::Ctx;
use crate::error::AppResult;

/// Submits it.
///
/// # Errors
/// A refusal when the actor may not, something stands in the way (every objection is named), or somebody changed it since `revision`.
pub async fn submit(ctx: &Ctx, actor: &Actor, id: EvaluationId, revision: i32) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let before = open(&tx, actor, id).await?;
    let rows = show::rows(&tx, id).await?;
    let money: Money = serde_json::from_str(&before.money)?;
    let first = match before.of_id {
        Some(of) => Some(records::rows(&tx, of).await?),
        None => None,
    };
    must_be_sound("evaluation.unsound", show::objections(&before, &rows, &money, first.as_deref())?)?;
    let (total, band) = (before.total, before.band.clone());
    let after = EvaluationRecord {
        state: EvaluationState::Submitted,
        submitted_at: Some(ctx.now()),
        updated_at: ctx.now(),
        ..before
    };
    if !records::save(&tx, after, revision).await? {
        return Err(Refusal::conflict().into());
    }
    let detail = json!({ "total": total, "band": band });
    finish(ctx, tx, actor, "evaluation.submitted", &format!("evaluation:{id}"), detail).await
}
