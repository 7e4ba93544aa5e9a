//! Targets are begun, written and, while nobody has submitted them, thrown away.

use keqiao_access::{Actor, RegionCode, may};
use keqiao_accounts::ProjectNature;
use keqiao_base::{Fen, Kind, ProjectId, Refusal, TargetId};
use keqiao_performance::advice::{Advice, Around, advise};
use keqiao_performance::{Objection, Profile, TargetState};
use keqiao_store::Tx;
use keqiao_store::performance::target::{self, TargetRow, VersionRow};
use keqiao_store::year::project::{self, Project};
use serde_json::json;

use super::content::{self, TargetForm};
use super::{WORDS_MAX, finish, profile, seen, words};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::year::{YEARS, must_be_open};

/// Begins the target of a project, or of the department as a whole, in a year.
///
/// # Errors
/// A refusal when the actor may not, the year is closed, or there is one already.
pub async fn begin(
    ctx: &Ctx,
    actor: &Actor,
    region: RegionCode,
    year: i32,
    project_id: Option<ProjectId>,
    profile_code: &str,
) -> AppResult<TargetId> {
    let who = actor.must(may::keep_targets(actor, region))?;
    let profile = profile(profile_code)?;
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
    must_be_open(&tx, region, year).await?;
    let project = project_of(&tx, region, year, project_id).await?;
    if let Some(there) = target::of(&tx, region, year, project_id).await? {
        let (zh, en) = (format!("“{}”已有绩效目标。", there.name), format!("“{}” has a target already.", there.name));
        return Err(Refusal::new(Kind::Conflict, "target.there", zh, en).into());
    }
    let id = TargetId::new(&*ctx.clock, &*ctx.entropy);
    let name = project.as_ref().map_or_else(|| format!("{}科学技术协会", region.full_name()), |p| p.name.clone());
    let row = TargetRow {
        id,
        region,
        year,
        project_id,
        name,
        is_new: project.as_ref().is_some_and(|p| p.nature == ProjectNature::New),
        ex_ante: None,
        version: 1,
        approved: 0,
        state: TargetState::Draft,
        owner_id: who.account,
        owner: who.name.clone(),
        revision: 0,
        created_at: ctx.now(),
        updated_at: ctx.now(),
    };
    let version = first_version(&row, project.as_ref(), profile);
    target::insert(&tx, row).await?;
    target::insert_version(&tx, version).await?;
    let detail = json!({ "region": region, "year": year, "project": project_id });
    finish(ctx, tx, actor, "target.begun", &format!("target:{id}"), detail).await?;
    Ok(id)
}

/// The project that a target is to hang on.
async fn project_of(tx: &Tx, region: RegionCode, year: i32, id: Option<ProjectId>) -> AppResult<Option<Project>> {
    let Some(id) = id else { return Ok(None) };
    let found = project::load(tx, id).await?.filter(|p| p.region == region && p.year == year);
    let missing =
        || Refusal::field("project", "project", "请选择本部门本年度的项目。", "Choose a project of the year.");
    Ok(Some(found.ok_or_else(missing)?))
}

/// What a target begins with: what its project says.
fn first_version(row: &TargetRow, project: Option<&Project>, profile: &Profile) -> VersionRow {
    VersionRow {
        target_id: row.id,
        number: 1,
        state: TargetState::Draft,
        description: project.map(|p| p.description.clone()).unwrap_or_default(),
        goal: String::new(),
        budget: project.map_or(Fen::ZERO, |p| p.budget),
        tree: profile.tree.value,
        profile: profile.name.clone(),
        reason: String::new(),
        author_id: row.owner_id,
        author: row.owner.clone(),
        submitter_id: None,
        submitter: None,
        submitted_at: None,
        reviewer_id: None,
        reviewer: None,
        review: None,
        reviewed_at: None,
        created_at: row.created_at,
    }
}

/// Saves what was written. Returns the new revision.
///
/// # Errors
/// A refusal when the actor may not, the version is in review or approved, the year is closed, or somebody changed it since `revision`.
pub async fn save(ctx: &Ctx, actor: &Actor, id: TargetId, revision: i32, form: &TargetForm) -> AppResult<i32> {
    let tx = ctx.begin().await?;
    let (before, version) = open(&tx, actor, id).await?;
    let who = actor.must(may::keep_targets(actor, before.region))?;
    must_be_open(&tx, before.region, before.year).await?;
    profile(&form.profile)?;
    let owner = match form.owner {
        None => (before.owner_id, before.owner.clone()),
        Some(id) if id == who.account => (who.account, who.name.clone()),
        Some(id) => {
            let known = super::list::accounts_of(&tx, before.region).await?.into_iter().find(|a| a.0 == id);
            known.ok_or_else(|| Refusal::field("target.owner", "owner", "请另选负责人。", "Choose another owner."))?
        }
    };
    let region = before.region;
    let known: Vec<_> = target::indicators(&tx, id, version.number).await?.iter().map(|i| i.id).collect();
    let after = TargetRow {
        name: words("name", &form.name, 100)?,
        is_new: form.is_new,
        owner_id: owner.0,
        owner: owner.1,
        updated_at: ctx.now(),
        ..before
    };
    if after.name.is_empty() {
        return Err(Refusal::field("target.name", "name", "请填写名称。", "Write the name.").into());
    }
    if form.budget < Fen::ZERO || form.budget > Fen::MAX {
        return Err(Refusal::field("target.budget", "budget", "预算数不能为负。", "A budget is not negative.").into());
    }
    let version = VersionRow {
        description: words("description", &form.description, WORDS_MAX)?,
        goal: words("goal", &form.goal, WORDS_MAX)?,
        budget: form.budget,
        tree: form.tree,
        profile: form.profile.clone(),
        ..version
    };
    if !target::save(&tx, after, revision).await? {
        return Err(Refusal::conflict().into());
    }
    let number = version.number;
    target::save_version(&tx, version).await?;
    content::save(ctx, &tx, (id, region), number, &form.indicators, &known).await?;
    let detail = json!({ "version": number, "indicators": form.indicators.len(), "budget": form.budget });
    finish(ctx, tx, actor, "target.saved", &format!("target:{id}"), detail).await?;
    Ok(revision.saturating_add(1))
}

/// What stands in the way of submitting a form as it is typed now, and what is odd about it (PR-5). Nothing is saved.
///
/// # Errors
/// A refusal when the actor may not draft targets, or the profile is unknown.
pub async fn check(
    ctx: &Ctx,
    actor: &Actor,
    id: TargetId,
    form: &TargetForm,
) -> AppResult<(Vec<Objection>, Vec<Advice>)> {
    let row = seen(ctx.db.read(), actor, id).await?;
    actor.must(may::keep_targets(actor, row.region))?;
    let plain = form.target(content::scope(&row), row.year);
    Ok((plain.objections(profile(&form.profile)?), advise(&plain, &Around::default())))
}

/// Throws away a target that was never submitted.
///
/// # Errors
/// A refusal when the actor may not, or it was submitted before.
pub async fn remove(ctx: &Ctx, actor: &Actor, id: TargetId, revision: i32) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let (row, _) = open(&tx, actor, id).await?;
    actor.must(may::keep_targets(actor, row.region))?;
    must_be_open(&tx, row.region, row.year).await?;
    if row.revision != revision {
        return Err(Refusal::conflict().into());
    }
    if row.version > 1 || row.state != TargetState::Draft {
        let (zh, en) = ("已提交过的绩效目标不能删除。", "A target that was submitted cannot be thrown away.");
        return Err(Refusal::new(Kind::Conflict, "target.submitted", zh, en).into());
    }
    target::delete(&tx, id).await?;
    finish(ctx, tx, actor, "target.removed", &format!("target:{id}"), json!({ "year": row.year })).await
}

/// A target whose newest version may be written, with that version.
pub(super) async fn open(
    db: &impl keqiao_store::ConnectionTrait,
    actor: &Actor,
    id: TargetId,
) -> AppResult<(TargetRow, VersionRow)> {
    let row = seen(db, actor, id).await?;
    let version = target::version(db, id, row.version).await?.ok_or_else(Refusal::not_found)?;
    if version.state.is_open() {
        return Ok((row, version));
    }
    let (zh, en) = match version.state {
        TargetState::Submitted => ("该目标正在审核，不能修改。", "It is in review and cannot be changed."),
        _ => (
            "该目标已批复。确需调整的，请先写明理由，另起一个版本。",
            "It is approved. To change it, begin a new version and say why.",
        ),
    };
    Err(Refusal::new(Kind::Conflict, "target.not_open", zh, en).into())
}
