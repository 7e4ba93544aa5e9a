//! Who could serve whom, for staff (百名专家连百村, service orders): demands of a region against the experts who offer, under places, conflicts and
//! travel, all at once. A what-if sheet with a name and a day: nobody is promised anything by it, and nobody is told.

mod export;
mod plan;
mod weigh;

use std::sync::Arc;

use keqiao_access::{Actor, RegionCode, may};
use keqiao_base::{Kind, Refusal};
use keqiao_exchange::choice::{ListingKind, ListingState};
use keqiao_exchange::classify::{Field, class};
use keqiao_store::exchange::assignment::{self, Assignment};
use keqiao_store::exchange::interest;
use keqiao_store::exchange::listing::{self, Listing, ListingFilter};
use serde_json::json;
use tokio::sync::Semaphore;
use tokio::time::{Duration, Instant, timeout};

use super::finish;
use crate::account::sign_up::region;
use crate::context::Ctx;
use crate::error::AppResult;
use crate::words::words;

pub use self::export::export_plan;
use self::plan::Settings;
pub use self::plan::{Cost, Left, Placed, Plan};

/// The most demands and experts of a sheet.
pub const DEMANDS_MAX: usize = 2_000;
/// See [`DEMANDS_MAX`].
pub const EXPERTS_MAX: usize = 500;
/// The most offers that are read.
const OFFERS_MAX: usize = 5_000;
/// Rows that are read at a time.
const BATCH: u64 = 500;
/// The most sheets that a region keeps.
const SHEETS_MAX: u64 = 100;
/// How long a sheet may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long somebody waits for their turn.
const QUEUE: Duration = Duration::from_secs(10);

/// One sheet is made at a time: it takes a core for some seconds.
static AT_ONCE: Semaphore = Semaphore::const_new(1);

/// A sheet as it is asked for, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssignmentForm {
    /// What it is called; named after its region when empty.
    pub title: String,
    /// Name or code of the demands' region; the own one when empty.
    pub region: String,
    /// Demands or questions.
    pub kind: String,
    /// Codes of fields; any when empty.
    pub discipline: String,
    /// See `discipline`.
    pub industry: String,
    /// See `discipline`.
    pub technology: String,
    /// Name or code of the experts' region; everywhere when empty.
    pub from: String,
    /// Hours that one order takes.
    pub hours_each: String,
    /// The most orders of one expert.
    pub places_max: String,
    /// The longest way in kilometres.
    pub km_max: String,
    /// What a kilometre takes off a score.
    pub per_km: String,
    /// Who must not meet: one pair a line, owner and expert parted by a semicolon.
    pub conflicts: String,
}

/// Makes a sheet and keeps it.
///
/// # Errors
/// A refusal with everything that is wrong; when the actor may not there, too much is asked at once, or it takes too long.
pub async fn plan_assignment(ctx: &Ctx, actor: &Actor, form: &AssignmentForm) -> AppResult<(RegionCode, i32)> {
    let who = actor.must_sign_in()?;
    let settings = settings(actor, form)?;
    let at: RegionCode = settings.region;
    actor.must(may::plan_assignment(actor, at))?;
    if assignment::count(ctx.db.read(), at).await? >= SHEETS_MAX {
        let zh = format!("本地区已保存 {SHEETS_MAX} 张，请先删除不用的。");
        let en = format!("{SHEETS_MAX} sheets of this region are kept. Remove one first.");
        return Err(Refusal::new(Kind::Conflict, "assignment.full", zh, en).into());
    }
    let turn = timeout(QUEUE, AT_ONCE.acquire()).await.map_err(|_| {
        let (zh, en) = ("另一张测算正在进行，请稍后再试。", "Another sheet is being made: try again in a moment.");
        Refusal::new(Kind::TooMany, "assignment.busy", zh, en)
    })?;
    let _turn = turn.map_err(anyhow::Error::new)?;
    let (demands, offers) = (demands(ctx, &settings).await?, offers(ctx, &settings).await?);
    let taken = taken(ctx, &offers).await?;
    let (work, finder) = (settings.clone(), ctx.clone());
    let (today, until) = (ctx.now().day(), Instant::now() + PATIENCE);
    let made = tokio::task::spawn_blocking(move || {
        weigh::weighed(&finder.finder, &work, &demands, offers, &taken, today, until).and_then(weigh::Weighed::solved)
    });
    let plan = made.await??;
    let title = words("title", &form.title, 60)?;
    let title = if title.is_empty() { format!("{} {}", at.full_name(), ctx.now().day()) } else { title };
    let row = Assignment {
        region: at,
        number: 0,
        title,
        account_id: who.account,
        author: who.name.clone(),
        plan: serde_json::to_string(&plan)?,
        at: ctx.now(),
    };
    let tx = ctx.begin().await?;
    let number = assignment::insert(&tx, row).await?;
    let detail = json!({ "demands": plan.demands(), "experts": plan.experts.len(), "served": plan.served.len() });
    finish(ctx, tx, actor, "assignment.planned", &subject(at, number), detail).await?;
    Ok((at, number))
}

fn settings(actor: &Actor, form: &AssignmentForm) -> AppResult<Settings> {
    let home = may::assignment_regions(actor).first().copied();
    let missing = || Refusal::field("assignment.region", "region", "请填写地区，如“云汀县”。", "Name the region.");
    let mut faults = Vec::new();
    let mut number = |field: &'static str, text: &str, default: u32, most: u32| {
        let text = text.trim();
        let found = if text.is_empty() { Some(default) } else { text.parse().ok().filter(|n| *n <= most) };
        found.unwrap_or_else(|| {
            let (zh, en) = (format!("请填写0至{most}的整数。"), format!("A whole number from 0 to {most}."));
            faults.push(keqiao_base::FieldError::new(field, zh, en));
            0
        })
    };
    let (hours_each, places_max) =
        (number("hours_each", &form.hours_each, 8, 744), number("places_max", &form.places_max, 3, 100));
    let (km_max, per_km) = (number("km_max", &form.km_max, 300, 5_000), number("per_km", &form.per_km, 5, 1_000));
    let conflicts = plan::conflicts(&form.conflicts).map_err(|fault| faults.push(fault)).unwrap_or_default();
    if !faults.is_empty() {
        return Err(Refusal::fields("assignment.invalid", faults).into());
    }
    let code = |field: Field, code: &str| class(field, code.trim()).map_or_else(String::new, |c| c.code.to_owned());
    let kind = form.kind.parse().ok().filter(|k| *k != ListingKind::Offer).unwrap_or(ListingKind::Demand);
    Ok(Settings {
        region: region("region", &form.region)?.or(home).ok_or_else(missing)?,
        kind,
        discipline: code(Field::Discipline, &form.discipline),
        industry: code(Field::Industry, &form.industry),
        technology: code(Field::Technology, &form.technology),
        from: region("from", &form.from)?,
        hours_each,
        places_max,
        km_max,
        per_km,
        conflicts,
    })
}

fn too_many(code: &'static str, what: (&str, &str), most: usize) -> Refusal {
    let zh = format!("{}超过 {most}，请按地区或领域缩小范围。", what.0);
    let en = format!("More than {most} {}: narrow it down by region or field.", what.1);
    Refusal::new(Kind::TooLarge, code, zh, en)
}

async fn demands(ctx: &Ctx, settings: &Settings) -> AppResult<Vec<Listing>> {
    let fits = |l: &Listing| {
        let field = |wanted: &str, code: &str| wanted.is_empty() || wanted == code;
        field(&settings.discipline, &l.discipline)
            && field(&settings.industry, &l.industry)
            && field(&settings.technology, &l.technology)
    };
    let refused = too_many("assignment.demands", ("需求", "demands"), DEMANDS_MAX);
    let found = listed(ctx, (settings.kind, Some(settings.region)), fits, (DEMANDS_MAX, refused)).await?;
    if found.is_empty() {
        let (zh, en) = ("没有符合条件的需求。", "No demand is like that.");
        return Err(Refusal::new(Kind::NotFound, "assignment.no_demand", zh, en).into());
    }
    Ok(found)
}

async fn offers(ctx: &Ctx, settings: &Settings) -> AppResult<Vec<Listing>> {
    let refused = too_many("assignment.offers", ("所能", "offers"), OFFERS_MAX);
    listed(ctx, (ListingKind::Offer, settings.from), |_| true, (OFFERS_MAX, refused)).await
}

/// What stands listed, as far as it fits.
async fn listed(
    ctx: &Ctx,
    (kind, region): (ListingKind, Option<RegionCode>),
    fits: impl Fn(&Listing) -> bool,
    (most, refused): (usize, Refusal),
) -> AppResult<Vec<Listing>> {
    let filter = ListingFilter {
        regions: region.map(|r| vec![r]),
        kind: Some(kind),
        states: vec![ListingState::Listed],
        ..ListingFilter::default()
    };
    let (mut found, mut last) = (Vec::new(), None);
    loop {
        let rows = listing::after(ctx.db.read(), &filter, last, BATCH).await?;
        let Some(row) = rows.last() else { return Ok(found) };
        last = Some(row.id);
        found.extend(rows.into_iter().filter(&fits));
        if found.len() > most {
            return Err(refused.into());
        }
    }
}

/// How many stand accepted, for each offer that has any.
async fn taken(ctx: &Ctx, offers: &[Listing]) -> AppResult<weigh::Taken> {
    let mut taken = weigh::Taken::new();
    for offers in offers.chunks(BATCH as usize) {
        let ids: Vec<_> = offers.iter().map(|offer| offer.id).collect();
        taken.extend(interest::accepted(ctx.db.read(), &ids).await?);
    }
    Ok(taken)
}

/// The sheets of one's regions, the newest on top, without what is in them.
///
/// # Errors
/// A refusal when the actor plans nowhere.
pub async fn assignments(ctx: &Ctx, actor: &Actor) -> AppResult<Vec<Assignment>> {
    actor.must(may::plan_assignments(actor))?;
    Ok(assignment::list(ctx.db.read(), &may::assignment_regions(actor), SHEETS_MAX).await?)
}

fn subject(at: RegionCode, number: i32) -> String {
    format!("assignment:{}-{number}", at.code())
}

/// A sheet of a region and what is in it.
///
/// # Errors
/// A refusal when there is none that the actor may see.
pub async fn assignment(ctx: &Ctx, actor: &Actor, at: RegionCode, number: i32) -> AppResult<(Assignment, Arc<Plan>)> {
    actor.must_sign_in()?;
    let found = assignment::load(ctx.db.read(), at, number).await?.filter(|a| may::plan_assignment(actor, a.region));
    let found = found.ok_or_else(Refusal::not_found)?;
    let plan: Plan = serde_json::from_str(&found.plan)?;
    Ok((found, Arc::new(plan)))
}

/// Removes a sheet: who made it does.
///
/// # Errors
/// A refusal when there is none that the actor may see, or somebody else made it.
pub async fn remove_assignment(ctx: &Ctx, actor: &Actor, at: RegionCode, number: i32) -> AppResult<()> {
    let (found, _) = assignment(ctx, actor, at, number).await?;
    actor.must(actor.account() == Some(found.account_id))?;
    let tx = ctx.begin().await?;
    assignment::remove(&tx, at, number).await?;
    finish(ctx, tx, actor, "assignment.removed", &subject(at, number), json!({})).await
}
