//! The evaluation before a project begins (PR-40): saved by a reviewer while the target is not approved.

use keqiao_access::{Actor, may};
use keqiao_base::{Kind, Refusal, TargetId};
use keqiao_performance::ex_ante::ExAnte;
use keqiao_store::performance::target::{self, TargetRow};
use serde_json::json;

use super::{WORDS_MAX, finish, must_be_sound, seen, words};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::year::must_be_open;

/// Saves it.
///
/// # Errors
/// A refusal when the actor may not, something is missing, a version is approved already, or somebody changed the target since `revision`.
pub async fn save(ctx: &Ctx, actor: &Actor, id: TargetId, revision: i32, ex_ante: &ExAnte) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let row = seen(&tx, actor, id).await?;
    actor.must(may::review_target(actor, row.region))?;
    must_be_open(&tx, row.region, row.year).await?;
    if row.approved > 0 {
        let (zh, en) = ("目标已批复，事前评估不再修改。", "The target is approved: this evaluation stands.");
        return Err(Refusal::new(Kind::Conflict, "ex_ante.late", zh, en).into());
    }
    let kept = ExAnte { words: words("words", &ex_ante.words, WORDS_MAX)?, ..ex_ante.clone() };
    must_be_sound("ex_ante.unsound", kept.objections())?;
    let total = kept.total();
    let after = TargetRow { ex_ante: Some(serde_json::to_string(&kept)?), updated_at: ctx.now(), ..row };
    if !target::save(&tx, after, revision).await? {
        return Err(Refusal::conflict().into());
    }
    let detail = json!({ "total": total, "conclusion": kept.conclusion });
    finish(ctx, tx, actor, "target.ex_ante", &format!("target:{id}"), detail).await
}
