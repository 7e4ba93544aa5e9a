//! Units: listed, made, changed.

use keqiao_access::{Actor, RegionCode, may};
use keqiao_accounts::UnitKind;
use keqiao_base::{Refusal, UnitId};
use keqiao_store::year::unit::{self, Unit};
use serde_json::json;

use super::{Faults, finish};
use crate::context::Ctx;
use crate::error::AppResult;

/// What is said of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitForm {
    /// Its name, as it stands on reports.
    pub name: String,
    /// What kind of unit it is.
    pub kind: UnitKind,
    /// Whether new projects and lines may be booked to it.
    pub active: bool,
}

/// Units of the regions of who asks.
///
/// # Errors
/// A refusal when the actor may not see years.
pub async fn list(ctx: &Ctx, actor: &Actor) -> AppResult<Vec<Unit>> {
    actor.must(may::see_years(actor))?;
    Ok(unit::list(ctx.db.read(), &may::year_regions(actor)).await?)
}

/// Makes a unit.
///
/// # Errors
/// A refusal when the actor may not, or the department has one of that name.
pub async fn make(ctx: &Ctx, actor: &Actor, region: RegionCode, form: &UnitForm) -> AppResult<UnitId> {
    actor.must(may::keep_units(actor, region))?;
    let now = ctx.now();
    let id = UnitId::new(&*ctx.clock, &*ctx.entropy);
    let made = Unit {
        id,
        region,
        name: checked(form)?,
        kind: form.kind,
        active: form.active,
        revision: 1,
        created_at: now,
        updated_at: now,
    };
    let tx = ctx.begin().await?;
    if unit::named(&tx, region, &made.name).await?.is_some() {
        return Err(taken());
    }
    unit::insert(&tx, made).await?;
    finish(ctx, tx, actor, "unit.make", &format!("unit:{id}"), json!({ "region": region, "kind": form.kind })).await?;
    Ok(id)
}

/// Changes a unit. Returns its new revision.
///
/// # Errors
/// A refusal when the actor may not, the name is taken, or somebody changed it since `revision`.
pub async fn change(ctx: &Ctx, actor: &Actor, id: UnitId, revision: i32, form: &UnitForm) -> AppResult<i32> {
    actor.must(may::see_years(actor))?;
    let tx = ctx.begin().await?;
    let before = unit::load(&tx, id).await?.filter(|u| may::see_year(actor, u.region));
    let before = before.ok_or_else(Refusal::not_found)?;
    actor.must(may::keep_units(actor, before.region))?;
    let name = checked(form)?;
    if unit::named(&tx, before.region, &name).await?.is_some_and(|other| other.id != id) {
        return Err(taken());
    }
    let after = Unit { name, kind: form.kind, active: form.active, updated_at: ctx.now(), ..before };
    if !unit::save(&tx, after, revision).await? {
        return Err(Refusal::conflict().into());
    }
    let detail = json!({ "kind": form.kind, "active": form.active, "revision": revision.saturating_add(1) });
    finish(ctx, tx, actor, "unit.change", &format!("unit:{id}"), detail).await?;
    Ok(revision.saturating_add(1))
}

fn checked(form: &UnitForm) -> AppResult<String> {
    let mut faults = Faults::default();
    let name = faults.line("name", &form.name, 80, true);
    faults.end("unit.invalid")?;
    Ok(name)
}

fn taken() -> crate::AppError {
    let (zh, en) = ("本部门已有同名单位，请核对。", "The department has a unit of that name already.");
    Refusal::field("unit.name_taken", "name", zh, en).into()
}
