//! Tasks (整改): made, changed, done with proof, confirmed by somebody else or sent back, carried into the next year.

use keqiao_access::{Actor, RegionCode, may};
use keqiao_base::{AccountId, Day, EvaluationId, EvidenceId, IndicatorId, Kind, Refusal, TargetId, TaskId};
use keqiao_performance::task::{Tally, TaskKind, TaskState};
use keqiao_store::performance::target;
use keqiao_store::performance::task::{self, Task, TaskFilter};
use keqiao_store::{ConnectionTrait, Page, PageRequest, Tx};
use serde_json::json;

use super::{WORDS_MAX, finish, list, said, words};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::files::FileHash;
use crate::year::YEARS;

/// A task as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskForm {
    /// Where the problem was found.
    pub kind: TaskKind,
    /// What is wrong.
    pub finding: String,
    /// What is to be done.
    pub measure: String,
    /// Who is to do it.
    pub owner: AccountId,
    /// The day by which it is to be done.
    pub due: Day,
    /// The target that it is about.
    pub target: Option<TargetId>,
    /// The evaluation that found it.
    pub evaluation: Option<EvaluationId>,
    /// The indicator that it is about.
    pub indicator: Option<IndicatorId>,
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// In words.
    pub words: String,
    /// The evidence that proves it.
    pub evidence: Option<EvidenceId>,
    /// A file that proves it: its name and its bytes.
    pub file: Option<(String, FileHash)>,
}

/// One page of tasks. The regions of the filter are cut to those of the actor.
///
/// # Errors
/// A refusal when the actor may not see tasks.
pub async fn page(ctx: &Ctx, actor: &Actor, filter: &TaskFilter, request: PageRequest) -> AppResult<Page<Task>> {
    Ok(task::page(ctx.db.read(), &within(actor, filter)?, request).await?)
}

/// Tasks after one, in the order of their ids.
///
/// # Errors
/// A refusal when the actor may not see tasks.
pub async fn tasks_after(
    ctx: &Ctx,
    actor: &Actor,
    filter: &TaskFilter,
    after: Option<TaskId>,
    limit: u64,
) -> AppResult<Vec<Task>> {
    Ok(task::after(ctx.db.read(), &within(actor, filter)?, after, limit).await?)
}

/// How many problems were found, and how far they are.
///
/// # Errors
/// A refusal when the actor may not see tasks.
pub async fn tally(ctx: &Ctx, actor: &Actor, filter: &TaskFilter) -> AppResult<Tally> {
    Ok(Tally::of(task::states(ctx.db.read(), &within(actor, filter)?).await?, ctx.now().day()))
}

fn within(actor: &Actor, filter: &TaskFilter) -> AppResult<TaskFilter> {
    actor.must(may::see_performance(actor))?;
    let own = may::performance_regions(actor);
    // A region that was asked for narrows; it never widens.
    let asked: Vec<RegionCode> =
        filter.regions.iter().copied().filter(|r| own.iter().any(|o| o.contains(*r))).collect();
    let regions = if filter.regions.is_empty() { own } else { asked };
    Ok(TaskFilter { regions, ..filter.clone() })
}

/// One task.
///
/// # Errors
/// A refusal when there is no such task among those that the actor may see.
pub async fn load(ctx: &Ctx, actor: &Actor, id: TaskId) -> AppResult<Task> {
    seen(ctx.db.read(), actor, id).await
}

async fn seen(db: &impl ConnectionTrait, actor: &Actor, id: TaskId) -> AppResult<Task> {
    actor.must(may::see_performance(actor))?;
    let found = task::load(db, id).await?.filter(|t| may::see_target(actor, t.region));
    Ok(found.ok_or_else(Refusal::not_found)?)
}

/// The file that proves that a task is done: its name and its bytes.
///
/// # Errors
/// A refusal when there is none that the actor may see.
pub async fn file(ctx: &Ctx, actor: &Actor, id: TaskId) -> AppResult<(String, Vec<u8>)> {
    let task = seen(ctx.db.read(), actor, id).await?;
    let hash = task.file_hash.ok_or_else(Refusal::not_found)?.parse::<FileHash>()?;
    Ok((task.file_name.unwrap_or_default(), ctx.files.read(&hash).await?))
}

/// Makes a task.
///
/// # Errors
/// A refusal when the actor may not, or something is missing.
pub async fn make(ctx: &Ctx, actor: &Actor, region: RegionCode, year: i32, form: &TaskForm) -> AppResult<TaskId> {
    actor.must(may::keep_tasks(actor, region))?;
    if !YEARS.contains(&year) {
        return Err(Refusal::field(
            "year",
            "year",
            "年度应在2000年至2100年之间。",
            "The year must lie between 2000 and 2100.",
        )
        .into());
    }
    let tx = ctx.begin().await?;
    if let Some(id) = form.target {
        let about = target::load(&tx, id).await?.filter(|t| t.region == region);
        about.ok_or_else(Refusal::not_found)?;
    }
    let blank = Task {
        id: TaskId::new(&*ctx.clock, &*ctx.entropy),
        region,
        year,
        kind: form.kind,
        target_id: form.target,
        evaluation_id: form.evaluation,
        indicator_id: form.indicator,
        finding: String::new(),
        measure: String::new(),
        owner_id: form.owner,
        owner: String::new(),
        due_day: form.due,
        state: TaskState::Open,
        proof: String::new(),
        evidence_id: None,
        file_hash: None,
        file_name: None,
        done_at: None,
        confirmer: None,
        carried_from: None,
        revision: 0,
        created_at: ctx.now(),
        updated_at: ctx.now(),
    };
    let made = filled(&tx, blank, form).await?;
    let (id, detail) = (made.id, json!({ "kind": made.kind, "year": year, "owner": made.owner_id }));
    task::insert(&tx, made).await?;
    finish(ctx, tx, actor, "task.made", &format!("task:{id}"), detail).await?;
    Ok(id)
}

/// The task as the form says.
async fn filled(tx: &Tx, before: Task, form: &TaskForm) -> AppResult<Task> {
    let owners = list::accounts_of(tx, before.region).await?;
    let missing = || Refusal::field("task.owner", "owner", "请选择责任人。", "Choose an owner.");
    let owner = owners.into_iter().find(|a| a.0 == form.owner).ok_or_else(missing)?;
    Ok(Task {
        kind: form.kind,
        finding: said("finding", &form.finding, "请写明存在的问题。", "Say what is wrong.")?,
        measure: said("measure", &form.measure, "请写明整改措施。", "Say what is to be done.")?,
        owner_id: owner.0,
        owner: owner.1,
        due_day: form.due,
        ..before
    })
}

/// Changes a task that is not done.
///
/// # Errors
/// A refusal when the actor may not, it is done already, or somebody changed it since `revision`.
pub async fn change(ctx: &Ctx, actor: &Actor, id: TaskId, revision: i32, form: &TaskForm) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let before = seen(&tx, actor, id).await?;
    actor.must(may::keep_tasks(actor, before.region))?;
    must_be(&before, TaskState::Open)?;
    let after = Task { updated_at: ctx.now(), ..filled(&tx, before, form).await? };
    store(ctx, tx, actor, after, revision, "task.changed").await
}

/// Says that a task is done, with proof.
///
/// # Errors
/// A refusal when the actor may not, says nothing, gives no proof, or somebody changed it since `revision`.
pub async fn done(ctx: &Ctx, actor: &Actor, id: TaskId, revision: i32, proof: &Proof) -> AppResult<()> {
    let before = seen(ctx.db.read(), actor, id).await?;
    actor.must(may::keep_tasks(actor, before.region))?;
    must_be(&before, TaskState::Open)?;
    let said = said("proof", &proof.words, "请写明整改结果。", "Say what was done.")?;
    let file = proof.file.as_ref();
    let file = file.map(|(name, hash)| Ok::<_, Refusal>((hash.as_str().to_owned(), words("file", name, 200)?)));
    let file = file.transpose()?;
    if file.is_none() && proof.evidence.is_none() {
        let (zh, en) = ("请附佐证：选择一条活动记录，或上传文件。", "Give a proof: a record of evidence, or a file.");
        return Err(Refusal::field("task.proof", "file", zh, en).into());
    }
    let tx = ctx.begin().await?;
    if let Some(evidence) = proof.evidence {
        let known = keqiao_store::evidence::record::load(&tx, evidence).await?;
        let fits = known.is_some_and(|r| r.region == before.region && !r.voided);
        if !fits {
            let (zh, en) = ("没有这条活动记录，或已作废。", "There is no such record, or it is void.");
            return Err(Refusal::field("task.evidence", "evidence", zh, en).into());
        }
    }
    let (file_hash, file_name) = file.unzip();
    let after = Task {
        state: TaskState::Done,
        proof: said,
        evidence_id: proof.evidence,
        file_hash,
        file_name,
        done_at: Some(ctx.now()),
        updated_at: ctx.now(),
        ..before
    };
    store(ctx, tx, actor, after, revision, "task.done").await
}

/// Confirms that a task is done, or sends it back with words.
///
/// # Errors
/// A refusal when the actor may not, is its owner, sends it back without a word, or somebody changed it since `revision`.
pub async fn confirm(ctx: &Ctx, actor: &Actor, id: TaskId, revision: i32, agreed: bool, text: &str) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let before = seen(&tx, actor, id).await?;
    let who = actor.must(may::confirm_task(actor, before.region))?;
    must_be(&before, TaskState::Done)?;
    if who.account == before.owner_id {
        let (zh, en) = ("责任人不能确认自己的整改。", "The owner does not confirm it.");
        return Err(Refusal::new(Kind::Forbidden, "task.own", zh, en).into());
    }
    let after = match agreed {
        true => Task { state: TaskState::Confirmed, confirmer: Some(who.name.clone()), ..before },
        false => {
            let why = said("words", text, "退回时请写明还缺什么。", "Say what is still missing.")?;
            let measure = words("measure", &format!("{}\n{why}", before.measure), WORDS_MAX)?;
            Task { state: TaskState::Open, measure, done_at: None, ..before }
        }
    };
    let action = if agreed { "task.confirmed" } else { "task.sent_back" };
    store(ctx, tx, actor, Task { updated_at: ctx.now(), ..after }, revision, action).await
}

/// Takes what is not settled from the year before into a year. Returns how many.
///
/// # Errors
/// A refusal when the actor may not.
pub async fn carry(ctx: &Ctx, actor: &Actor, region: RegionCode, year: i32) -> AppResult<usize> {
    actor.must(may::keep_tasks(actor, region))?;
    let tx = ctx.begin().await?;
    let old = task::unsettled(&tx, region, year - 1).await?;
    let carried = old.len();
    for before in old {
        let made = Task {
            id: TaskId::new(&*ctx.clock, &*ctx.entropy),
            year,
            state: TaskState::Open,
            done_at: None,
            carried_from: Some(before.id),
            revision: 0,
            created_at: ctx.now(),
            updated_at: ctx.now(),
            ..before
        };
        task::insert(&tx, made).await?;
    }
    let subject = format!("year:{region}:{year}");
    finish(ctx, tx, actor, "task.carried", &subject, json!({ "tasks": carried })).await?;
    Ok(carried)
}

fn must_be(task: &Task, state: TaskState) -> Result<(), Refusal> {
    if task.state == state { Ok(()) } else { Err(Refusal::conflict()) }
}

async fn store(ctx: &Ctx, tx: Tx, actor: &Actor, after: Task, revision: i32, action: &str) -> AppResult<()> {
    let (id, state) = (after.id, after.state);
    if !task::save(&tx, after, revision).await? {
        return Err(Refusal::conflict().into());
    }
    finish(ctx, tx, actor, action, &format!("task:{id}"), json!({ "state": state })).await
}
