//! Last year's report as the beginning of this year's targets: the proof-reader understands it, its target forms become drafts that know
//! their past, and facts that an indicator is named after become its history.

use keqiao_access::{Actor, RegionCode, may};
use keqiao_base::{Kind, ProjectId, Refusal, TargetId};
use keqiao_document::{Limits, read};
use keqiao_extract::extract;
use keqiao_facts::{Aspect, Fact, Place};
use keqiao_performance::former::{former, plain_name};
use keqiao_performance::{Past, TargetState};
use keqiao_quantity::Decimal;
use keqiao_store::performance::target;
use serde_json::json;

use super::content::{self, IndicatorForm, TargetForm};
use super::{draft, finish};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::files::FileHash;
use crate::year::must_be_open;

pub use keqiao_performance::former::Former as FormerForm;

/// A report as it was understood.
#[derive(Clone, Debug)]
pub struct Former {
    /// The file, by content.
    pub file: String,
    /// The body that it is of.
    pub entity: String,
    /// The year that it is of.
    pub year: Option<i32>,
    /// Its target forms as drafts.
    pub forms: Vec<FormerForm>,
    /// Facts of its year with a name of their own: name, value, unit.
    pub facts: Vec<(String, Decimal, String)>,
}

/// What was brought in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// Targets that were begun.
    pub targets: Vec<TargetId>,
    /// Indicators that were drafted.
    pub indicators: usize,
    /// Indicators of targets that stood already, which got a past.
    pub remembered: usize,
}

/// Says what is in a report that was taken in. Nothing is written.
///
/// # Errors
/// A refusal when the actor may not draft targets, or the file cannot be read.
pub async fn inspect(ctx: &Ctx, actor: &Actor, name: &str, file: &FileHash) -> AppResult<Former> {
    actor.must(may::keep_some_targets(actor))?;
    understood(name.to_owned(), ctx.files.read(file).await?, file.as_str().to_owned()).await
}

/// Reading is work: it must not hold up others.
async fn understood(name: String, bytes: Vec<u8>, file: String) -> AppResult<Former> {
    tokio::task::spawn_blocking(move || {
        let read = read(&name, &bytes, &Limits::default());
        let Some(document) = read.document else {
            let trouble = read.problems.first().map(|p| p.message.clone()).unwrap_or_default();
            return Err(Refusal::field("import.unreadable", "file", trouble.zh, trouble.en).into());
        };
        let report = extract(&document);
        let year = report.identity.fiscal_year.map(i32::from);
        let forms: Vec<FormerForm> = report.forms.iter().map(|f| former(f, year.unwrap_or_default())).collect();
        let own = report.facts.iter().filter(|f| f.year.map(i32::from) == year || f.year.is_none());
        // What stands in a form is its own; a target, a budget or a limit is nothing that was reached.
        let of_form = |f: &Fact| {
            f.place == Place::Form || report.forms.iter().any(|form| form.span.is_some_and(|s| s.contains(f.span)))
        };
        let reached = |f: &Fact| f.aspect == Aspect::Actual && f.value.upper.is_none() && f.value.bound.is_none();
        let named = own.filter(|f| !f.label.trim().is_empty() && reached(f) && !of_form(f));
        let facts = named.map(|f| (f.label.trim().to_owned(), f.value.printed.value(), f.value.unit.name.clone()));
        let entity = report.identity.entity.as_ref().map(|(name, _)| name.clone()).unwrap_or_default();
        Ok(Former { file, entity, year, forms, facts: facts.take(2_000).collect() })
    })
    .await?
}

/// Brings forms of a report that was inspected into a year: each with the project that it is about (none: the department). A project that has a
/// target already gets the past of its indicators only.
///
/// # Errors
/// A refusal when the actor may not, the year is closed, or there is no such file.
pub async fn bring(
    ctx: &Ctx,
    actor: &Actor,
    region: RegionCode,
    year: i32,
    file: (&str, &str),
    profile: &str,
    chosen: &[(usize, Option<ProjectId>)],
) -> AppResult<Brought> {
    actor.must(may::keep_targets(actor, region))?;
    must_be_open(ctx.db.read(), region, year).await?;
    let (hash, name) = file;
    let bytes = ctx.files.read(&hash.parse::<FileHash>()?).await?;
    let former = understood(name.to_owned(), bytes, hash.to_owned()).await?;
    if former.year.is_some_and(|of| of >= year) {
        let (zh, en) = ("报告的年度应早于要编制目标的年度。", "The report must be of an earlier year.");
        return Err(Refusal::new(Kind::Invalid, "import.year", zh, en).into());
    }
    let mut brought = Brought::default();
    for (at, project) in chosen {
        let Some(form) = former.forms.get(*at) else { continue };
        match target::of(ctx.db.read(), region, year, *project).await? {
            Some(there)
                if there.state != TargetState::Draft || there.version > 1 || has_content(ctx, there.id).await? =>
            {
                brought.remembered += remember(ctx, actor, there.id, form).await?;
            }
            there => {
                let id = match there {
                    Some(there) => there.id,
                    None => draft::begin(ctx, actor, region, year, *project, profile).await?,
                };
                let shown = super::version(ctx, actor, id, None).await?;
                let plain = shown.plain();
                let sent = TargetForm {
                    name: plain.name,
                    is_new: shown.target.is_new,
                    owner: None,
                    description: plain.description,
                    goal: form.goal.clone(),
                    budget: if plain.budget.is_zero() { form.budget.unwrap_or_default() } else { plain.budget },
                    tree: plain.tree,
                    profile: plain.profile,
                    indicators: with_facts(form, &former.facts, former.year),
                };
                draft::save(ctx, actor, id, shown.target.revision, &sent).await?;
                brought.indicators += form.indicators.len();
                brought.targets.push(id);
            }
        }
    }
    Ok(brought)
}

async fn has_content(ctx: &Ctx, id: TargetId) -> AppResult<bool> {
    Ok(!target::indicators(ctx.db.read(), id, 1).await?.is_empty())
}

/// The indicators of a form; one without a past gets the fact that bears its name and unit, if there is exactly one.
fn with_facts(form: &FormerForm, facts: &[(String, Decimal, String)], year: Option<i32>) -> Vec<IndicatorForm> {
    let plain = |(name, value, unit): &(String, Decimal, String)| (plain_name(name), *value, unit.clone());
    let mut facts: Vec<_> = facts.iter().map(plain).collect();
    // The same number said twice is one fact.
    facts.sort();
    facts.dedup();
    let filled = form.indicators.iter().cloned().map(|mut i| {
        let plain = plain_name(&i.name);
        let mut fits = facts.iter().filter(|(name, _, unit)| *name == plain && (*unit == i.unit || unit.is_empty()));
        if let (Some(fact), None, Some(year), true) =
            (fits.next(), fits.next(), year, i.history.is_empty() && i.lower.is_some())
        {
            i.baseline = Some(fact.1);
            i.history = vec![Past { year, target: None, actual: fact.1 }];
        }
        IndicatorForm { id: None, indicator: i, milestones: Vec::new() }
    });
    filled.collect()
}

/// Gives the indicators of a target that is being written the past of those with the same name. Returns how many.
async fn remember(ctx: &Ctx, actor: &Actor, id: TargetId, form: &FormerForm) -> AppResult<usize> {
    let tx = ctx.begin().await?;
    let Ok((row, version)) = draft::open(&tx, actor, id).await else { return Ok(0) };
    let mut indicators = content::load(&tx, id, version.number).await?;
    let mut remembered = 0;
    for i in &mut indicators {
        let name = plain_name(&i.indicator.name);
        let same = form.indicators.iter().find(|f| plain_name(&f.name) == name && f.unit == i.indicator.unit);
        for past in same.iter().flat_map(|f| &f.history) {
            if !i.indicator.history.iter().any(|p| p.year == past.year) {
                i.indicator.history.push(past.clone());
                i.indicator.history.sort_by_key(|p| p.year);
                i.indicator.baseline = i.indicator.history.last().map(|p| p.actual);
                remembered += 1;
            }
        }
    }
    let known: Vec<_> = indicators.iter().map(|i| i.id).collect();
    let forms: Vec<IndicatorForm> = indicators
        .into_iter()
        .map(|i| IndicatorForm { id: Some(i.id), indicator: i.indicator, milestones: i.milestones })
        .collect();
    content::save(ctx, &tx, (id, row.region), version.number, &forms, &known).await?;
    let revision = row.revision;
    if !target::save(&tx, row, revision).await? {
        return Err(Refusal::conflict().into());
    }
    finish(ctx, tx, actor, "target.remembered", &format!("target:{id}"), json!({ "indicators": remembered })).await?;
    Ok(remembered)
}
