//! The books of a year put together: lines summed, statements read, codes named, last year's closing balance looked up.

use std::collections::HashMap;

use keqiao_access::RegionCode;
use keqiao_accounts::codes::CodeKind;
use keqiao_accounts::{
    Assets, Balance, Books, Carried, Fund, Procurement, Received, SpendingKind, ThreePublic, UnitKind,
};
use keqiao_base::{Fen, Kind, ProjectId, Refusal, UnitId};
use keqiao_store::ConnectionTrait;
use keqiao_store::money::{StatementKind, codes, statement, sums};
use keqiao_store::year::{project, unit};
use serde::de::DeserializeOwned;

use crate::context::Ctx;
use crate::error::AppResult;

/// The books of a department's year, or of one of its units. Who asks must have been checked.
///
/// # Errors
/// When the database does not answer.
pub async fn of(db: &impl ConnectionTrait, region: RegionCode, year: i32, only: Option<UnitId>) -> AppResult<Books> {
    let mut books = lines(db, region, year, only).await?;
    books.last_closing = last_closing(db, region, year, only).await?;
    Ok(books)
}

/// What was left at the end of the year before; nothing when that year holds nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn last_closing(
    db: &impl ConnectionTrait,
    region: RegionCode,
    year: i32,
    only: Option<UnitId>,
) -> AppResult<Option<Fen>> {
    let last = lines(db, region, year - 1, only).await?;
    let nothing = last.opening.is_empty() && last.received.is_empty() && last.spent.is_empty();
    Ok((!nothing).then(|| last.closing(None)))
}

/// Refuses to go on while the opening balance does not follow last year's closing one (CK-17).
///
/// # Errors
/// A refusal that says both amounts.
pub async fn must_follow_last_year(ctx: &Ctx, region: RegionCode, year: i32) -> AppResult<()> {
    let books = of(ctx.db.read(), region, year, None).await?;
    let opening = books.opening(None);
    match books.last_closing {
        Some(last) if last + books.adjusted != opening => {
            let off = (opening - last - books.adjusted).yuan();
            let (opening, last, adjusted) = (opening.yuan(), last.yuan(), books.adjusted.yuan());
            let zh = format!(
                "年初结转和结余{opening}元，上年年末为{last}元，说明的调整数为{adjusted}元，还差{off}元。请先更正年初结转，或写明调整数和依据。"
            );
            let en = format!(
                "{opening} yuan carried over, {last} left last year, {adjusted} adjusted: {off} apart. Correct the opening balance or state the adjustment."
            );
            Err(Refusal::new(Kind::Invalid, "year.continuity", zh, en).into())
        }
        _ => Ok(()),
    }
}

async fn lines(db: &impl ConnectionTrait, region: RegionCode, year: i32, only: Option<UnitId>) -> AppResult<Books> {
    let mut books = Books { year, ..Books::default() };
    let units: HashMap<UnitId, UnitKind> = unit::of(db, region).await?.into_iter().map(|u| (u.id, u.kind)).collect();
    let projects: HashMap<ProjectId, String> =
        project::of(db, region, year).await?.into_iter().map(|p| (p.id, format!("{} {}", p.code, p.name))).collect();
    let mut acting: Vec<UnitId> = Vec::new();
    for sum in sums::ledger(db, region, year, only).await? {
        let mut spent = sum.spent;
        spent.project = sum.project.and_then(|p| projects.get(&p).cloned()).unwrap_or_default();
        let runs = units.get(&sum.unit).is_some_and(|k| k.runs_an_office());
        let public = !matches!(spent.economic.get(..3), Some("301" | "303"));
        if runs && public && spent.fund == Fund::General && spent.kind == SpendingKind::Basic {
            books.office_cost += spent.amount;
        }
        if !acting.contains(&sum.unit) {
            acting.push(sum.unit);
        }
        books.spent.push(spent);
    }
    books.units = acting.iter().filter_map(|u| units.get(u).copied()).collect();
    for row in statement::of(db, region, year).await?.into_iter().filter(|s| only.is_none_or(|u| s.unit_id == u)) {
        take(&mut books, row.kind, &row.data)?;
    }
    books.functions = codes::of(db, region, year, CodeKind::Functional).await?.names;
    books.economics = codes::of(db, region, year, CodeKind::Economic).await?.names;
    Ok(books)
}

/// Adds what a unit states to the books.
fn take(books: &mut Books, kind: StatementKind, data: &str) -> AppResult<()> {
    match kind {
        StatementKind::Income => books.received.extend(read::<Vec<Received>>(data)?),
        StatementKind::Opening => books.opening.extend(read::<Vec<Carried>>(data)?),
        StatementKind::Balance => {
            let balance: Balance = read(data)?;
            books.surplus_used += balance.surplus_used;
            books.distributed += balance.distributed;
            books.adjusted += balance.adjusted;
        }
        StatementKind::ThreePublic => {
            let (a, b): (&mut ThreePublic, ThreePublic) = (&mut books.three_public, read(data)?);
            a.budget_abroad += b.budget_abroad;
            a.budget_purchase += b.budget_purchase;
            a.budget_running += b.budget_running;
            a.budget_reception += b.budget_reception;
            a.foreign_reception += b.foreign_reception;
            for (sum, part) in [
                (&mut a.groups, b.groups),
                (&mut a.travellers, b.travellers),
                (&mut a.bought, b.bought),
                (&mut a.vehicles, b.vehicles),
                (&mut a.batches, b.batches),
                (&mut a.guests, b.guests),
                (&mut a.foreign_batches, b.foreign_batches),
                (&mut a.foreign_guests, b.foreign_guests),
            ] {
                *sum = sum.saturating_add(part);
            }
        }
        StatementKind::Procurement => {
            let (a, b): (&mut Procurement, Procurement) = (&mut books.procurement, read(data)?);
            a.goods += b.goods;
            a.works += b.works;
            a.services += b.services;
            a.sme += b.sme;
            a.micro += b.micro;
        }
        StatementKind::Assets => {
            let b: Assets = read(data)?;
            books.assets.general_equipment = books.assets.general_equipment.saturating_add(b.general_equipment);
            books.assets.special_equipment = books.assets.special_equipment.saturating_add(b.special_equipment);
            for (kind, number) in b.vehicles {
                match books.assets.vehicles.iter_mut().find(|v| v.0 == kind) {
                    Some(held) => held.1 = held.1.saturating_add(number),
                    None => books.assets.vehicles.push((kind, number)),
                }
            }
        }
        StatementKind::Headcount => {}
    }
    Ok(())
}

fn read<T: DeserializeOwned>(data: &str) -> AppResult<T> {
    Ok(serde_json::from_str(data)?)
}
