//! A measure is answered: by the sums of evidence, by the ledger, by one over the other. The unit of the indicator says in what
//! (万元, 万人次 are ten thousands).

use keqiao_access::{Actor, RegionCode, may};
use keqiao_base::{Day, Fen, ProjectId, Refusal};
use keqiao_evidence::{Kind, Rung};
use keqiao_performance::{Answer, Measure};
use keqiao_quantity::Decimal;
use keqiao_store::ConnectionTrait;
use keqiao_store::evidence::measure::{self, Quantity, Scope};

use super::ledger::executed;
use crate::context::Ctx;
use crate::error::AppResult;

/// Of which department, from January to the end of which month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) region: RegionCode,
    pub(super) year: i32,
    /// 1 to 12.
    pub(super) month: u8,
}

impl Period {
    /// The last day.
    pub(super) fn until(self) -> Day {
        let first = Day::new(self.year, u32::from(self.month.clamp(1, 12)), 1);
        first.map_or(Day::last_of(self.year), Day::month_last)
    }
}

/// What a measure gives now, for who may see the department.
///
/// # Errors
/// A refusal when the actor may not, or the measure names what is not known.
pub async fn answer(
    ctx: &Ctx,
    actor: &Actor,
    region: RegionCode,
    year: i32,
    month: u8,
    measure: &Measure,
    unit: &str,
) -> AppResult<Answer> {
    actor.must(may::see_target(actor, region))?;
    answer_of(ctx.db.read(), Period { region, year, month }, measure, unit).await
}

/// What each month so far brought of a measure that adds up, January first; nothing for one that does not.
///
/// # Errors
/// A refusal when the actor may not, or the measure names what is not known.
pub async fn months(
    ctx: &Ctx,
    actor: &Actor,
    region: RegionCode,
    year: i32,
    month: u8,
    measure: &Measure,
    unit: &str,
) -> AppResult<Option<Vec<Decimal>>> {
    actor.must(may::see_target(actor, region))?;
    months_of(ctx.db.read(), Period { region, year, month }, measure, unit).await
}

/// Refuses a measure that names what is not known, or shares of shares.
pub(super) fn must_be_known(field: &str, measure: &Measure, region: RegionCode) -> Result<(), Refusal> {
    let period = Period { region, year: 2000, month: 12 };
    match measure {
        Measure::Evidence { .. } => evidence(field, period, measure).map(drop),
        Measure::Share { part, whole } => [part, whole].into_iter().try_for_each(|m| match **m {
            Measure::Evidence { .. } | Measure::Ledger { .. } => must_be_known(field, m, region),
            _ => Err(unknown(field)),
        }),
        _ => Ok(()),
    }
}

fn unknown(field: &str) -> Refusal {
    let (zh, en) = ("取数规则有误，请重新选择。", "The measure names what is not known. Choose again.");
    Refusal::field("measure.unknown", field, zh, en)
}

/// Which evidence, and what of it.
pub(super) fn evidence(field: &str, period: Period, measure: &Measure) -> Result<(Scope, Quantity), Refusal> {
    let Measure::Evidence { kind, count, project, region, rung_min } = measure else { return Err(unknown(field)) };
    let parsed = |text: &Option<String>| text.as_deref().filter(|t| !t.is_empty()).map(str::to_owned);
    let bad = |_| unknown(field);
    let kind = parsed(kind).map(|k| k.parse::<Kind>()).transpose().map_err(bad)?;
    let rung_min = parsed(rung_min).map(|r| r.parse::<Rung>()).transpose().map_err(bad)?.unwrap_or(Rung::Claimed);
    let region = match parsed(region) {
        None => period.region,
        // Another region may narrow the department's own, never widen it.
        Some(code) => {
            code.parse::<RegionCode>().ok().filter(|r| period.region.contains(*r)).ok_or_else(|| unknown(field))?
        }
    };
    let quantity = match parsed(count).as_deref() {
        None | Some("records") => Quantity::Records,
        Some("money") => Quantity::Money,
        Some(code) => Quantity::Count(code.parse().map_err(bad)?),
    };
    let since = Day::first_of(period.year);
    let until = period.until();
    Ok((Scope { regions: vec![region], kind, project: *project, rung_min, since, until }, quantity))
}

/// What a measure gives now.
pub(super) async fn answer_of(
    db: &impl ConnectionTrait,
    period: Period,
    measure: &Measure,
    unit: &str,
) -> AppResult<Answer> {
    match measure {
        Measure::Statement => Ok(Answer { value: None, rows: 0, chain: 0 }),
        Measure::Satisfaction { project } => {
            let scope = Scope { project: *project, until: period.until(), ..Scope::year(period.region, period.year) };
            let answers = measure::satisfaction(db, &scope).await?;
            let value = percent(Decimal::from(answers.satisfied), Decimal::from(answers.valid));
            Ok(Answer { value, rows: answers.valid, chain: answers.chain })
        }
        Measure::Share { part, whole } => {
            let (part, whole) = (plain(db, period, part).await?, plain(db, period, whole).await?);
            let value = part.value.zip(whole.value).and_then(|(p, w)| percent(p, w));
            Ok(Answer { value, rows: part.rows + whole.rows, chain: part.chain.max(whole.chain) })
        }
        simple => {
            let answer = plain(db, period, simple).await?;
            Ok(Answer { value: answer.value.map(|v| in_unit(v, unit)), ..answer })
        }
    }
}

/// A sum, in units and 元.
async fn plain(db: &impl ConnectionTrait, period: Period, measure: &Measure) -> AppResult<Answer> {
    if let Measure::Ledger { project, function, economic } = measure {
        let wanted = Wanted { project: *project, function: function.clone(), economic: economic.clone() };
        let (money, rows) = executed(db, period, &wanted).await?;
        return Ok(Answer { value: Some(yuan(money)), rows, chain: 0 });
    }
    let (scope, quantity) = evidence("measure", period, measure)?;
    let sum = measure::sum(db, &scope, quantity).await?;
    Ok(Answer { value: Some(counted(sum.value, quantity)), rows: sum.rows, chain: sum.chain })
}

/// What each month up to the period's brought; nothing for what does not add up.
pub(super) async fn months_of(
    db: &impl ConnectionTrait,
    period: Period,
    measure: &Measure,
    unit: &str,
) -> AppResult<Option<Vec<Decimal>>> {
    let mut months = vec![Decimal::ZERO; usize::from(period.month.clamp(1, 12))];
    match measure {
        Measure::Evidence { .. } => {
            let (scope, quantity) = evidence("measure", period, measure)?;
            for part in measure::by_month(db, &scope, quantity).await? {
                let at = part.of.get(5..7).and_then(|m| m.parse::<usize>().ok());
                if let Some(month) = at.and_then(|m| months.get_mut(m.saturating_sub(1))) {
                    *month += in_unit(counted(part.value, quantity), unit);
                }
            }
            Ok(Some(months))
        }
        Measure::Ledger { project, function, economic } => {
            let wanted = Wanted { project: *project, function: function.clone(), economic: economic.clone() };
            let mut before = Fen::ZERO;
            for (at, month) in (1u8..).zip(months.iter_mut()) {
                let (so_far, _) = executed(db, Period { month: at, ..period }, &wanted).await?;
                *month = in_unit(yuan(so_far - before), unit);
                before = so_far;
            }
            Ok(Some(months))
        }
        _ => Ok(None),
    }
}

/// Which money is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) project: Option<ProjectId>,
    pub(super) function: Option<String>,
    pub(super) economic: Option<String>,
}

fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    (!whole.is_zero()).then(|| part * Decimal::ONE_HUNDRED / whole)
}

fn yuan(money: Fen) -> Decimal {
    Decimal::new(money.get(), 2)
}

fn counted(value: i64, quantity: Quantity) -> Decimal {
    if quantity == Quantity::Money { Decimal::new(value, 2) } else { Decimal::from(value) }
}

/// Ten thousands where the unit says so.
fn in_unit(value: Decimal, unit: &str) -> Decimal {
    match unit.trim().chars().next() {
        Some('万') => value / Decimal::from(10_000),
        Some('亿') => value / Decimal::from(100_000_000),
        _ => value,
    }
}
