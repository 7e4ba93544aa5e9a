//! Projects of a year: listed, made, changed while the year is open.

use keqiao_access::{Actor, RegionCode, may};
use keqiao_accounts::{Fund, MoneySource, ProjectCategory, ProjectDuration, ProjectNature};
use keqiao_base::{Fen, ProjectId, Refusal, UnitId};
use keqiao_store::Tx;
use keqiao_store::year::project::{self, Project, ProjectFilter};
use keqiao_store::year::unit;
use serde_json::json;

use super::{Faults, YEARS, finish, must_be_open};
use crate::context::Ctx;
use crate::error::{AppError, AppResult};

/// The most projects that are listed.
const LIST_MAX: u64 = 2_000;

/// What is said of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectForm {
    /// The unit that carries it out.
    pub unit: UnitId,
    /// 项目编码, unique in the year.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What the money is for, in words.
    pub description: String,
    /// 项目类别.
    pub category: ProjectCategory,
    /// 项目属性.
    pub nature: ProjectNature,
    /// 项目类型.
    pub duration: ProjectDuration,
    /// 资金性质.
    pub source: MoneySource,
    /// The fund that it is paid from.
    pub fund: Fund,
    /// 年初预算.
    pub budget: Fen,
}

/// Projects of the regions of who asks.
///
/// # Errors
/// A refusal when the actor may not see years.
pub async fn list(ctx: &Ctx, actor: &Actor, filter: &ProjectFilter) -> AppResult<Vec<Project>> {
    actor.must(may::see_years(actor))?;
    let filter = ProjectFilter { regions: may::year_regions(actor), ..filter.clone() };
    Ok(project::list(ctx.db.read(), &filter, LIST_MAX).await?)
}

/// One project.
///
/// # Errors
/// A refusal when there is none that the actor may see.
pub async fn load(ctx: &Ctx, actor: &Actor, id: ProjectId) -> AppResult<Project> {
    actor.must(may::see_years(actor))?;
    let found = project::load(ctx.db.read(), id).await?.filter(|p| may::see_year(actor, p.region));
    Ok(found.ok_or_else(Refusal::not_found)?)
}

/// Makes a project.
///
/// # Errors
/// A refusal when the actor may not, the year is closed, or the code is taken.
pub async fn make(ctx: &Ctx, actor: &Actor, region: RegionCode, year: i32, form: &ProjectForm) -> AppResult<ProjectId> {
    actor.must(may::keep_projects(actor, region))?;
    let now = ctx.now();
    let id = ProjectId::new(&*ctx.clock, &*ctx.entropy);
    let made = Project {
        id,
        unit_id: form.unit,
        region,
        year,
        code: String::new(),
        name: String::new(),
        description: String::new(),
        category: form.category,
        nature: form.nature,
        duration: form.duration,
        source: form.source,
        fund: form.fund,
        budget: form.budget,
        revision: 1,
        created_at: now,
        updated_at: now,
    };
    let tx = ctx.begin().await?;
    let made = filled(&tx, made, form).await?;
    project::insert(&tx, made).await?;
    let detail = json!({ "region": region, "year": year, "code": form.code, "budget": form.budget });
    finish(ctx, tx, actor, "project.make", &format!("project:{id}"), detail).await?;
    Ok(id)
}

/// Changes a project. Returns its new revision.
///
/// # Errors
/// A refusal when the actor may not, the year is closed, the code is taken, or somebody changed it since `revision`.
pub async fn change(ctx: &Ctx, actor: &Actor, id: ProjectId, revision: i32, form: &ProjectForm) -> AppResult<i32> {
    actor.must(may::see_years(actor))?;
    let tx = ctx.begin().await?;
    let before = project::load(&tx, id).await?.filter(|p| may::see_year(actor, p.region));
    let before = before.ok_or_else(Refusal::not_found)?;
    actor.must(may::keep_projects(actor, before.region))?;
    let after = Project { updated_at: ctx.now(), ..filled(&tx, before, form).await? };
    if !project::save(&tx, after, revision).await? {
        return Err(Refusal::conflict().into());
    }
    let detail = json!({ "code": form.code, "budget": form.budget, "revision": revision.saturating_add(1) });
    finish(ctx, tx, actor, "project.change", &format!("project:{id}"), detail).await?;
    Ok(revision.saturating_add(1))
}

/// The project as the form says, checked against its year and its unit.
async fn filled(tx: &Tx, project: Project, form: &ProjectForm) -> AppResult<Project> {
    let mut faults = Faults::default();
    if !YEARS.contains(&project.year) {
        faults.add("year", "年度应在2000年至2100年之间。", "The year must lie between 2000 and 2100.");
    }
    let code = faults.line("code", &form.code, 40, true);
    let name = faults.line("name", &form.name, 100, true);
    let description = faults.line("description", &form.description, 2_000, false);
    if form.budget < Fen::ZERO || form.budget > Fen::MAX {
        faults.add(
            "budget",
            "预算数不能为负数，也不能超过900亿元。",
            "A budget is not negative and not over 90 billion.",
        );
    }
    faults.end("project.invalid")?;
    must_be_open(tx, project.region, project.year).await?;
    let unit = unit::load(tx, form.unit).await?;
    if !unit.is_some_and(|u| u.region == project.region && (u.active || u.id == project.unit_id)) {
        return Err(no_unit());
    }
    let other = project::coded(tx, project.region, project.year, &code).await?;
    if other.is_some_and(|other| other.id != project.id) {
        let (zh, en) = ("本年度已有同一编码的项目，请核对。", "The year has a project of that code already.");
        return Err(Refusal::field("project.code_taken", "code", zh, en).into());
    }
    Ok(Project {
        unit_id: form.unit,
        code,
        name,
        description,
        category: form.category,
        nature: form.nature,
        duration: form.duration,
        source: form.source,
        fund: form.fund,
        budget: form.budget,
        ..project
    })
}

fn no_unit() -> AppError {
    let (zh, en) = ("请选择本部门在用的预算单位。", "Choose a unit of the department that is in use.");
    Refusal::field("project.unit", "unit", zh, en).into()
}
