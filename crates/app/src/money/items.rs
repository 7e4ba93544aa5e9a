//! Statements brought in as one table: an item in each row, unit by unit. With a row at fault nothing is written and every note says why.

use std::collections::{BTreeMap, HashSet};

use keqiao_access::{Actor, RegionCode, may};
use keqiao_accounts::{Fund, ItemRow, is_money};
use keqiao_base::{Fen, Kind, Refusal, UnitId};
use keqiao_i18n::{Bilingual, Lang};
use keqiao_sheet::check::{NoPlaces, Note, passed_over, row};
use keqiao_sheet::{Record, Sheet, heading, mapping, template};
use keqiao_store::money::{StatementKind, statement as stored};
use keqiao_store::year::unit::{self, Unit};
use serde_json::{Value, json};

use super::statement::{self, checked, empty};
use crate::context::Ctx;
use crate::error::{AppError, AppResult};
use crate::year::{finish, must_be_open};

/// What the rows of a file say of one statement.
type Stated = BTreeMap<(UnitId, StatementKind), Vec<Item>>;

/// One row, understood.
struct Item {
    key: String,
    function: String,
    fund: Fund,
    value: i64,
}

/// The table to fill in.
///
/// # Errors
/// A refusal when the actor may not see books.
pub async fn template(actor: &Actor, lang: Lang) -> AppResult<Vec<u8>> {
    actor.must(may::see_money(actor))?;
    let made = tokio::task::spawn_blocking(move || template::xlsx::<ItemRow>(lang)).await?;
    made.map_err(|e| AppError::Fault(e.into()))
}

/// Brings a table of items in. Of each statement that it names, lists (income, opening balances) are replaced as a whole; of the others the
/// items that it names are set and the rest stays. Returns how many statements were written, and the notes.
///
/// # Errors
/// A refusal when the actor may not, the year is closed, the file is no table, or somebody wrote one of the statements meanwhile.
pub async fn bring(
    ctx: &Ctx,
    actor: &Actor,
    (region, year): (RegionCode, i32),
    file_name: &str,
    bytes: Vec<u8>,
) -> AppResult<(usize, Vec<Note>)> {
    let who = actor.must(may::keep_books(actor, region))?;
    let units = unit::of(ctx.db.read(), region).await?;
    let name = file_name.to_owned();
    let (stated, notes) = tokio::task::spawn_blocking(move || read(&name, &bytes, &units)).await??;
    if notes.iter().any(|n| n.error) {
        return Ok((0, notes));
    }
    if stated.is_empty() {
        let (zh, en) = (
            "没有读到数据。请用本页的模板，至少要有“项目”和“金额或数量”两列。",
            "Nothing was read. Use the template: the file needs at least a column of items and one of values.",
        );
        return Err(Refusal::new(Kind::Invalid, "items.nothing", zh, en).into());
    }
    let count = stated.len();
    let tx = ctx.begin().await?;
    must_be_open(&tx, region, year).await?;
    for ((unit, kind), items) in stated {
        let before = stored::load(&tx, region, year, unit, kind).await?;
        let revision = before.as_ref().map_or(0, |b| b.revision);
        let data = before.map_or_else(|| empty(kind), |b| Ok(serde_json::from_str(&b.data)?))?;
        let data = checked(kind, with(kind, data, &items))?;
        statement::write(ctx, &tx, who, (region, year), (unit, kind), revision, &data).await?;
    }
    let detail = json!({ "statements": count, "file": file_name.chars().take(120).collect::<String>() });
    finish(ctx, tx, actor, "money.state_all", &format!("year:{region}:{year}"), detail).await?;
    Ok((count, notes))
}

/// The data of a statement with these items in it.
fn with(kind: StatementKind, data: Value, items: &[Item]) -> Value {
    if matches!(kind, StatementKind::Income | StatementKind::Opening) {
        let line = |i: &Item| match kind {
            StatementKind::Income => {
                json!({ "kind": i.key, "fund": i.fund, "function": i.function, "amount": i.value })
            }
            _ => json!({ "fund": i.fund, "function": i.function, "amount": i.value }),
        };
        return Value::Array(items.iter().map(line).collect());
    }
    let mut data = data;
    for item in items {
        match item.key.strip_prefix("vehicle.") {
            None => data[&item.key] = json!(item.value),
            Some(vehicle) => {
                let mut kept: Vec<Value> = data["vehicles"].as_array().cloned().unwrap_or_default();
                kept.retain(|pair| pair[0] != vehicle);
                kept.push(json!([vehicle, item.value]));
                data["vehicles"] = Value::Array(kept);
            }
        }
    }
    data
}

fn read(name: &str, bytes: &[u8], units: &[Unit]) -> Result<(Stated, Vec<Note>), Refusal> {
    let sheet = Sheet::read(name, bytes)?;
    let heading = heading::find(&sheet, ItemRow::columns());
    let keys = mapping::keys(&mapping::suggest(&sheet, &heading, ItemRow::columns(), &Default::default()));
    let (mut stated, mut notes, mut seen) = (Stated::new(), Vec::new(), HashSet::new());
    for at in (heading.first_row..sheet.len()).filter(|at| !passed_over(&sheet, *at)) {
        let mut read = row::<ItemRow>(&sheet, at, &keys, &NoPlaces);
        let sound = read.sound();
        notes.append(&mut read.notes);
        let entry = &read.entry;
        let unit = unit_of(units, &entry.unit);
        let item = item_of(entry);
        let mut wrong = |key: &str, value: &str, message: Bilingual| {
            let title = ItemRow::column(key).map(|c| c.title.into()).unwrap_or_default();
            notes.push(Note { row: read.row, key: key.into(), title, value: value.into(), message, error: true });
        };
        if let Err((key, message)) = &item {
            wrong(key, entry.get(key), message.clone());
        }
        let Some(unit) = unit else {
            wrong(
                "unit",
                &entry.unit,
                Bilingual::new("请写本部门预算单位的全称。", "Write the full name of a unit of the department."),
            );
            continue;
        };
        let (Ok(Some((kind, item))), true) = (item, sound) else { continue };
        let listed = matches!(kind, StatementKind::Income | StatementKind::Opening);
        if !listed && !seen.insert((unit, entry.item.clone())) {
            wrong("item", &entry.item, Bilingual::new("同一单位的这一项出现两次。", "The unit has this item twice."));
            continue;
        }
        stated.entry((unit, kind)).or_default().push(item);
    }
    Ok((stated, notes))
}

fn unit_of(units: &[Unit], name: &str) -> Option<UnitId> {
    match (name.trim(), units) {
        ("", [only]) => Some(only.id),
        (name, _) => units.iter().find(|u| u.name == name).map(|u| u.id),
    }
}

/// A row as an item; nothing where it has no item, of which its note speaks already.
fn item_of(entry: &ItemRow) -> Result<Option<(StatementKind, Item)>, (&'static str, Bilingual)> {
    let Some((kind, key)) = entry.item.split_once('.') else { return Ok(None) };
    let Ok(kind) = kind.parse::<StatementKind>() else { return Ok(None) };
    let text = entry.value.trim();
    let value = if is_money(&entry.item) {
        Fen::parse(text).map(Fen::get).map_err(|why| ("value", why))?
    } else {
        let whole = || ("value", Bilingual::new("请填整数。", "Write a whole number."));
        text.trim_end_matches(".0").parse().map_err(|_| whole())?
    };
    let listed = matches!(kind, StatementKind::Income | StatementKind::Opening);
    let digits: String = entry.function.chars().take_while(char::is_ascii_digit).collect();
    if listed && keqiao_accounts::code_level(&digits) != Some(3) {
        let (zh, en) =
            ("收入和年初结转要写7位功能科目。", "Income and opening balances need a functional code of seven digits.");
        return Err(("function", Bilingual::new(zh, en)));
    }
    let usual = if key == "fiscal" || kind == StatementKind::Opening { Fund::General } else { Fund::Other };
    let fund = entry.fund.parse().unwrap_or(usual);
    if kind == StatementKind::Income && (key == "fiscal") != fund.fiscal() {
        let (zh, en) = (
            "财政拨款收入要选三类财政资金之一，其他收入选“非财政拨款资金”。",
            "Fiscal income is of one of the three funds, other income of none.",
        );
        return Err(("fund", Bilingual::new(zh, en)));
    }
    Ok(Some((kind, Item { key: key.to_owned(), function: digits, fund, value })))
}
