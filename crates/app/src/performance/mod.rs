//! Performance (绩效): targets with their versions, figures, monitoring, evaluations, tasks. Targets and figures belong to the year and stand
//! still once it is closed; evaluations and tasks come after it and do not.

mod allocation;
mod basic;
mod content;
mod draft;
pub mod evaluation;
mod ex_ante;
mod figure;
mod import;
mod ledger;
mod list;
mod measure;
mod monitoring;
mod reminder;
mod review;
mod show;
mod task;

pub use allocation::allocate;
pub use basic::basic_table;
pub use content::{IndicatorContent, IndicatorForm, TargetForm};
pub use draft::{begin, check, remove, save};
pub use ex_ante::save as save_ex_ante;
pub use figure::{Standing, StatementForm, freeze, proof, standing, state};
pub use import::{Brought, Former, FormerForm, bring, inspect};
pub use list::{accounts, regions, targets, targets_after, targets_of, years};
pub use measure::{answer, months};
pub use monitoring::{GoalView, MoneyView, Monitoring, NoteForm, TargetView, monitoring, note};
pub use reminder::{Reminder, ReminderKind, reminders};
pub use review::{change, comment, review, submit};
pub use show::{TargetShown, version};
pub use task::{
    Proof, TaskForm, carry, change as change_task, confirm as confirm_task, done as task_done, file as task_file,
    load as task, make as make_task, page as tasks, tally, tasks_after,
};

use keqiao_access::{Actor, may};
use keqiao_base::{FieldError, Refusal, TargetId};
use keqiao_performance::{Objection, Profile};
use keqiao_store::performance::target::{self, TargetRow};
use keqiao_store::{ConnectionTrait, Tx};
use serde_json::{Value, json};

use crate::context::Ctx;
use crate::error::AppResult;
use crate::log;
use crate::words::{said, words};

/// Characters of a text.
const WORDS_MAX: usize = 4_000;

/// A target that the actor may see.
async fn seen(db: &impl ConnectionTrait, actor: &Actor, id: TargetId) -> AppResult<TargetRow> {
    actor.must(may::see_performance(actor))?;
    let found = target::load(db, id).await?.filter(|t| may::see_target(actor, t.region));
    // Whether there is such a target elsewhere is nobody's business.
    Ok(found.ok_or_else(Refusal::not_found)?)
}

/// The profile of a code.
fn profile(code: &str) -> Result<&'static Profile, Refusal> {
    Profile::named(code).ok_or_else(|| Refusal::field("profile", "profile", "请选择计分口径。", "Choose a profile."))
}

/// Log, events, commit. What is said to browsers holds no words of people.
async fn finish(ctx: &Ctx, tx: Tx, actor: &Actor, action: &str, subject: &str, detail: Value) -> AppResult<()> {
    let by = actor.signed().map_or("", |s| s.name.as_str());
    let change = json!({ "what": action, "subject": subject, "who": by });
    ctx.publish(&tx, "performance", &change).await?;
    ctx.publish(&tx, subject, &change).await?;
    log::record(ctx, &tx, actor, action, subject, detail).await?;
    ctx.commit(tx).await
}

/// Objections as a refusal that names every one of them; those of an indicator as field `i` and its place.
fn must_be_sound(code: &'static str, objections: Vec<Objection>) -> Result<(), Refusal> {
    if objections.is_empty() {
        return Ok(());
    }
    let field = |o: &Objection| o.indicator.map_or_else(|| o.code.to_owned(), |at| format!("i{at}"));
    let fields = objections.into_iter().map(|o| FieldError { field: field(&o), message: o.message });
    Err(Refusal::fields(code, fields.collect()))
}
