//! Statements of a year: shown, written over the revision that was seen, and opening balances taken over from last year.

use keqiao_access::{Actor, RegionCode, Signed, may};
use keqiao_accounts::{Assets, Balance, Carried, Headcount, Procurement, Received, ThreePublic};
use keqiao_base::{Kind, Refusal, UnitId};
use keqiao_store::Tx;
use keqiao_store::money::{Statement, StatementKind, statement};
use keqiao_store::year::unit::{self, Unit};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::context::Ctx;
use crate::error::AppResult;
use crate::year::{finish, must_be_open};

/// A statement as it stands; revision 0 when nobody wrote it yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementShown {
    /// The unit.
    pub unit: Unit,
    /// What it states.
    pub kind: StatementKind,
    /// The domain's own type.
    pub data: Value,
    /// The revision that a change is made from.
    pub revision: i32,
    /// Who wrote it last, and when.
    pub by: Option<(String, keqiao_base::Moment)>,
}

/// Every statement of a year, unit by unit.
///
/// # Errors
/// A refusal when the actor may not see the books.
pub async fn shown(ctx: &Ctx, actor: &Actor, region: RegionCode, year: i32) -> AppResult<Vec<StatementShown>> {
    actor.must(may::see_books(actor, region))?;
    let mut rows = statement::of(ctx.db.read(), region, year).await?;
    let mut out = Vec::new();
    for unit in unit::of(ctx.db.read(), region).await? {
        for kind in StatementKind::ALL {
            let at = rows.iter().position(|r| r.unit_id == unit.id && r.kind == *kind);
            out.push(turned(unit.clone(), *kind, at.map(|at| rows.swap_remove(at)))?);
        }
    }
    Ok(out)
}

/// One statement.
///
/// # Errors
/// A refusal when the actor may not see the books, or the department has no such unit.
pub async fn load(
    ctx: &Ctx,
    actor: &Actor,
    (region, year): (RegionCode, i32),
    unit: UnitId,
    kind: StatementKind,
) -> AppResult<StatementShown> {
    actor.must(may::see_books(actor, region))?;
    let unit = unit::load(ctx.db.read(), unit).await?.filter(|u| u.region == region);
    let unit = unit.ok_or_else(Refusal::not_found)?;
    let row = statement::load(ctx.db.read(), region, year, unit.id, kind).await?;
    turned(unit, kind, row)
}

fn turned(unit: Unit, kind: StatementKind, row: Option<Statement>) -> AppResult<StatementShown> {
    let data = row.as_ref().map_or_else(|| empty(kind), |r| Ok(serde_json::from_str(&r.data)?))?;
    let revision = row.as_ref().map_or(0, |r| r.revision);
    Ok(StatementShown { unit, kind, data, revision, by: row.map(|r| (r.account_name, r.updated_at)) })
}

pub(super) fn empty(kind: StatementKind) -> AppResult<Value> {
    Ok(match kind {
        StatementKind::Income | StatementKind::Opening => json!([]),
        StatementKind::Balance => serde_json::to_value(Balance::default())?,
        StatementKind::ThreePublic => serde_json::to_value(ThreePublic::default())?,
        StatementKind::Procurement => serde_json::to_value(Procurement::default())?,
        StatementKind::Assets => serde_json::to_value(Assets::default())?,
        StatementKind::Headcount => serde_json::to_value(Headcount::default())?,
    })
}

/// Writes a statement.
///
/// # Errors
/// A refusal when the actor may not, the year is closed, what is stated cannot be, or somebody wrote it since `revision`.
pub async fn save(
    ctx: &Ctx,
    actor: &Actor,
    (region, year): (RegionCode, i32),
    unit: UnitId,
    kind: StatementKind,
    revision: i32,
    data: Value,
) -> AppResult<i32> {
    let who = actor.must(may::keep_books(actor, region))?;
    let data = checked(kind, data)?;
    let tx = ctx.begin().await?;
    must_be_open(&tx, region, year).await?;
    unit::load(&tx, unit).await?.filter(|u| u.region == region).ok_or_else(Refusal::not_found)?;
    write(ctx, &tx, who, (region, year), (unit, kind), revision, &data).await?;
    let detail = json!({ "kind": kind.code(), "unit": unit, "revision": revision.saturating_add(1) });
    finish(ctx, tx, actor, "money.state", &format!("year:{region}:{year}"), detail).await?;
    Ok(revision.saturating_add(1))
}

/// Writes one of them in a transaction that was begun, over the revision that was seen.
pub(super) async fn write(
    ctx: &Ctx,
    tx: &Tx,
    who: &Signed,
    (region, year): (RegionCode, i32),
    (unit, kind): (UnitId, StatementKind),
    revision: i32,
    data: &Value,
) -> AppResult<()> {
    let row = Statement {
        region,
        year,
        unit_id: unit,
        kind,
        data: data.to_string(),
        revision,
        account: who.account,
        account_name: who.name.clone(),
        updated_at: ctx.now(),
    };
    if statement::save(tx, row, revision).await? { Ok(()) } else { Err(Refusal::conflict().into()) }
}

/// Takes last year's closing balances over as this year's opening ones (CK-17).
///
/// # Errors
/// As [`save`].
pub async fn carry_over(
    ctx: &Ctx,
    actor: &Actor,
    (region, year): (RegionCode, i32),
    unit: UnitId,
    revision: i32,
) -> AppResult<i32> {
    actor.must(may::keep_books(actor, region))?;
    let last = super::books::of(ctx.db.read(), region, year - 1, Some(unit)).await?;
    let carried = serde_json::to_value(last.carried_on())?;
    save(ctx, actor, (region, year), unit, StatementKind::Opening, revision, carried).await
}

/// The data in the domain's own form, or what is wrong with it.
pub(super) fn checked(kind: StatementKind, data: Value) -> AppResult<Value> {
    fn typed<T: DeserializeOwned + serde::Serialize>(data: Value) -> AppResult<(T, Value)> {
        let made: T = serde_json::from_value(data).map_err(|_| {
            let (zh, en) = (
                "填写的内容不完整或格式不对，请检查后重新提交。",
                "What was sent is incomplete or malformed. Check it and send again.",
            );
            Refusal::new(Kind::Invalid, "statement.malformed", zh, en)
        })?;
        let value = serde_json::to_value(&made)?;
        Ok((made, value))
    }
    let negative = || {
        let (zh, en) = ("金额和数量不能为负数。", "Amounts and counts are not negative.");
        crate::AppError::from(Refusal::new(Kind::Invalid, "statement.negative", zh, en))
    };
    let code = || {
        let (zh, en) = ("功能科目应为7位数字（项级）。", "A functional code has seven digits here.");
        crate::AppError::from(Refusal::new(Kind::Invalid, "statement.code", zh, en))
    };
    match kind {
        StatementKind::Income => {
            let (list, value) = typed::<Vec<Received>>(data)?;
            if list.iter().any(|r| keqiao_accounts::code_level(&r.function) != Some(3)) {
                return Err(code());
            }
            if list.iter().any(|r| (r.kind == keqiao_accounts::RevenueKind::Fiscal) != r.fund.fiscal()) {
                let (zh, en) = (
                    "财政拨款收入要选三类财政资金之一，其他收入选“非财政拨款资金”。",
                    "Fiscal income is of one of the three funds, other income of none.",
                );
                return Err(Refusal::new(Kind::Invalid, "statement.fund", zh, en).into());
            }
            Ok(value)
        }
        StatementKind::Opening => {
            let (list, value) = typed::<Vec<Carried>>(data)?;
            let sound = list.iter().all(|c| keqiao_accounts::code_level(&c.function) == Some(3));
            if sound { Ok(value) } else { Err(code()) }
        }
        StatementKind::Balance => Ok(typed::<Balance>(data)?.1),
        StatementKind::ThreePublic => {
            let (_, value) = typed::<ThreePublic>(data)?;
            if numbers(&value).any(|n| n < 0) { Err(negative()) } else { Ok(value) }
        }
        StatementKind::Procurement => {
            let (_, value) = typed::<Procurement>(data)?;
            if numbers(&value).any(|n| n < 0) { Err(negative()) } else { Ok(value) }
        }
        StatementKind::Assets => {
            let (assets, value) = typed::<Assets>(data)?;
            let sound = assets.vehicles.iter().all(|v| v.1 >= 0) && numbers(&value).all(|n| n >= 0);
            if sound { Ok(value) } else { Err(negative()) }
        }
        StatementKind::Headcount => {
            let (_, value) = typed::<Headcount>(data)?;
            if numbers(&value).any(|n| n < 0) { Err(negative()) } else { Ok(value) }
        }
    }
}

/// The numbers of an object.
fn numbers(value: &Value) -> impl Iterator<Item = i64> + '_ {
    value.as_object().into_iter().flat_map(|o| o.values()).filter_map(Value::as_i64)
}
