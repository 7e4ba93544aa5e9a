//! What is stated once a year for a unit: income, opening balances, use of surplus, 三公, procurement, assets, headcount.

use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Path, RawQuery, State};
use keqiao_access::may;
use keqiao_accounts::{Fund, ITEMS, RevenueKind, VehicleKind, is_money};
use keqiao_app::money::{self, StatementKind, StatementShown};
use keqiao_base::{Fen, Refusal, UnitId};
use keqiao_i18n::Fixed;
use keqiao_sheet::check::Note;
use serde_json::{Value, json};

use super::scope::{Scope, at, of_form};
use super::{Sent, XLSX, revision, sent};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::listing::Listing;
use crate::notice;
use crate::pages::{attachment, page_with};
use crate::received::Received;
use crate::state::App;
use crate::view::View;

/// Rows that a list offers beyond those that stand.
const EMPTY_ROWS: usize = 4;
/// The most rows of a list.
const ROWS_MAX: usize = 200;

#[derive(Template)]
#[template(path = "money/statements.html")]
struct ListPage {
    v: View,
    l: Listing,
    s: Scope,
    rows: Vec<StatementShown>,
    keeps: bool,
    notes: Vec<Note>,
    faults: Faults,
}

impl ListPage {
    fn href(&self, row: &StatementShown) -> String {
        self.s.href(&format!("/money/statements/{}/{}", row.unit.id, row.kind))
    }
}

/// `GET /money/statements`
pub(super) async fn list(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    asker.actor.must(may::see_money(&asker.actor))?;
    let l = Listing::new("/money/statements", &query.unwrap_or_default(), "");
    all(&app, asker, l, Vec::new(), Faults::default()).await
}

async fn all(app: &App, asker: Asker, l: Listing, notes: Vec<Note>, faults: Faults) -> Answer {
    let s = Scope::of(app, &asker, &l, may::money_regions(&asker.actor)).await?;
    let rows = money::statements(&app.ctx, &asker.actor, s.region, s.year).await?;
    let keeps = may::keep_books(&asker.actor, s.region);
    let page = ListPage { l, s, rows, keeps, notes, faults, v: asker.view };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

/// `GET /money/statements/template.xlsx`
pub(super) async fn template(asker: Asker) -> Answer {
    let bytes = money::items_template(&asker.actor, asker.view.lang).await?;
    Ok(attachment(asker.view.t("收入与其他数据模板.xlsx", "items-template.xlsx"), XLSX, bytes))
}

/// `POST /money/statements`: one table of all items.
pub(super) async fn take(State(app): State<App>, asker: Asker, form: Multipart) -> Answer {
    asker.actor.must(may::see_money(&asker.actor))?;
    let Received { fields, file } = Received::read(&app, form).await?;
    let form: Sent = fields.into_iter().collect();
    let (region, year) = of_form(&form)?;
    asker.actor.must(may::keep_books(&asker.actor, region))?;
    let here = at("/money/statements", region, year);
    let brought = match file {
        None => Err(Refusal::field("items.file", "file", "请先选择文件。", "Choose a file first.").into()),
        Some((name, hash)) => {
            let bytes = app.ctx.files.read(&hash).await?;
            money::bring_items(&app.ctx, &asker.actor, (region, year), &name, bytes).await
        }
    };
    let l = Listing::new("/money/statements", here.split_once('?').map_or("", |(_, q)| q), "");
    match brought {
        Ok((count, notes)) if notes.is_empty() => {
            Ok(notice::done(&here, format!("已写入{count}张表。"), format!("{count} statements were written.")))
        }
        Ok((_, notes)) => all(&app, asker, l, notes, Faults::default()).await,
        Err(error) => {
            let faults = Faults::of(error)?;
            all(&app, asker, l, Vec::new(), faults).await
        }
    }
}

/// One field of a statement.
struct Field {
    name: String,
    label: String,
    value: String,
    options: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "money/statement.html")]
struct Page {
    v: View,
    s: Scope,
    shown: StatementShown,
    fields: Vec<Vec<Field>>,
    faults: Faults,
    keeps: bool,
    lists: bool,
}

impl Page {
    fn action(&self) -> String {
        format!("/money/statements/{}/{}", self.shown.unit.id, self.shown.kind)
    }

    /// Of whom, and of which year.
    fn lead(&self) -> String {
        format!("{} · {}", self.shown.unit.name, self.s.year)
    }

    fn carry(&self) -> String {
        format!("/money/statements/{}/opening/carry", self.shown.unit.id)
    }

    fn opening(&self) -> bool {
        self.shown.kind == StatementKind::Opening
    }
}

fn kind_of(key: &str) -> Result<StatementKind, Refusal> {
    key.parse().map_err(|_| Refusal::not_found())
}

/// `GET /money/statements/{id}/{key}`
pub(super) async fn show(
    State(app): State<App>,
    asker: Asker,
    Path((id, key)): Path<(UnitId, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    asker.actor.must(may::see_money(&asker.actor))?;
    let l = Listing::new("/money/statements", &query.unwrap_or_default(), "");
    render(&app, asker, (id, kind_of(&key)?), &l, None, Faults::default()).await
}

async fn render(
    app: &App,
    asker: Asker,
    (unit, kind): (UnitId, StatementKind),
    l: &Listing,
    typed: Option<&Sent>,
    faults: Faults,
) -> Answer {
    let s = Scope::of(app, &asker, l, may::money_regions(&asker.actor)).await?;
    let shown = money::statement(&app.ctx, &asker.actor, (s.region, s.year), unit, kind).await?;
    let keeps = may::keep_books(&asker.actor, s.region);
    let v = asker.view;
    let mut fields = fields(&v, kind, &shown.data);
    // What was typed stays in the form when it was refused.
    for field in fields.iter_mut().flatten() {
        if let Some(text) = typed.and_then(|t| t.get(&field.name)) {
            field.value.clone_from(text);
        }
    }
    let lists = matches!(kind, StatementKind::Income | StatementKind::Opening);
    let page = Page { s, shown, fields, faults, keeps, lists, v };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

/// Simple fields: key, title, whether it is money.
fn simple(kind: StatementKind) -> impl Iterator<Item = (&'static str, Fixed, bool)> {
    let lists = matches!(kind, StatementKind::Income | StatementKind::Opening);
    ITEMS.iter().filter(move |_| !lists).filter_map(move |item| {
        let key = item.code.strip_prefix(kind.code())?.strip_prefix('.')?;
        // Vehicles are a list by kind.
        (!key.contains('.')).then_some((key, item.title, is_money(item.code)))
    })
}

fn fields(v: &View, kind: StatementKind, data: &Value) -> Vec<Vec<Field>> {
    let number = |value: &Value, money: bool| match value.as_i64().unwrap_or_default() {
        n if money => Fen::new(n).to_string(),
        n => n.to_string(),
    };
    let plain =
        |name: String, label: &str, value: String| Field { name, label: label.to_owned(), value, options: Vec::new() };
    let mut out: Vec<Vec<Field>> = Vec::new();
    for (key, title, money) in simple(kind) {
        let label =
            if money { format!("{}{}", v.f(title), v.t("（元）", " (yuan)")) } else { v.f(title).to_owned() };
        out.push(vec![plain(key.to_owned(), &label, number(&data[key], money))]);
    }
    match kind {
        StatementKind::Balance => {
            let value = data["document"].as_str().unwrap_or_default().to_owned();
            out.push(vec![plain("document".to_owned(), v.t("调整依据", "Document of the adjustment"), value)]);
        }
        StatementKind::Assets => {
            for kind in VehicleKind::ALL {
                let held = data["vehicles"].as_array().into_iter().flatten().find(|p| p[0] == kind.code());
                let value = held.map_or_else(|| "0".to_owned(), |p| number(&p[1], false));
                out.push(vec![plain(format!("vehicle-{kind}"), v.f(kind.title()), value)]);
            }
        }
        StatementKind::Income | StatementKind::Opening => {
            let rows = data.as_array().cloned().unwrap_or_default();
            for at in 0..(rows.len() + EMPTY_ROWS).min(ROWS_MAX) {
                out.push(row(v, kind, at, rows.get(at).unwrap_or(&Value::Null)));
            }
        }
        _ => {}
    }
    out
}

/// The fields of one row of a list.
fn row(v: &View, kind: StatementKind, at: usize, row: &Value) -> Vec<Field> {
    let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let choice = |code: &str, title: &str| (code.to_owned(), title.to_owned());
    let mut out = Vec::new();
    if kind == StatementKind::Income {
        let options = RevenueKind::ALL.iter().map(|k| choice(k.code(), v.f(k.title()))).collect();
        let label = v.t("收入种类", "Kind").to_owned();
        out.push(Field { name: format!("kind-{at}"), label, value: text("kind"), options });
    }
    let funds = Fund::ALL.iter().map(|f| choice(f.code(), v.f(f.title()))).collect();
    out.push(Field {
        name: format!("fund-{at}"),
        label: v.t("资金", "Fund").to_owned(),
        value: text("fund"),
        options: funds,
    });
    let label = v.t("功能科目（7位）", "Functional code").to_owned();
    out.push(Field { name: format!("function-{at}"), label, value: text("function"), options: Vec::new() });
    let value = row["amount"].as_i64().map(|n| Fen::new(n).to_string()).unwrap_or_default();
    out.push(Field {
        name: format!("amount-{at}"),
        label: v.t("金额（元）", "Amount (yuan)").to_owned(),
        value,
        options: Vec::new(),
    });
    out
}

/// The data that a form states.
fn stated(kind: StatementKind, form: &Sent) -> Result<Value, Refusal> {
    let money = |name: &str| -> Result<i64, Refusal> {
        let text = Some(sent(form, name).trim()).filter(|t| !t.is_empty()).unwrap_or("0");
        Fen::parse(text).map(Fen::get).map_err(|why| Refusal::field("statement.amount", name, why.zh, why.en))
    };
    let count = |name: &str| -> Result<i64, Refusal> {
        let text = Some(sent(form, name).trim()).filter(|t| !t.is_empty()).unwrap_or("0");
        let wrong = |_| Refusal::field("statement.count", name, "请填整数。", "Write a whole number.");
        text.parse().map_err(wrong)
    };
    if matches!(kind, StatementKind::Income | StatementKind::Opening) {
        let mut rows = Vec::new();
        for at in 0..ROWS_MAX {
            if sent(form, &format!("amount-{at}")).trim().is_empty() {
                continue;
            }
            let field = |key: &str| sent(form, &format!("{key}-{at}")).trim().to_owned();
            let mut row = json!({ "fund": field("fund"), "function": field("function"), "amount": money(&format!("amount-{at}"))? });
            if kind == StatementKind::Income {
                row["kind"] = json!(field("kind"));
            }
            rows.push(row);
        }
        return Ok(Value::Array(rows));
    }
    let mut out = serde_json::Map::new();
    for (key, _, is_money) in simple(kind) {
        out.insert(key.to_owned(), json!(if is_money { money(key)? } else { count(key)? }));
    }
    if kind == StatementKind::Balance {
        out.insert("document".to_owned(), json!(sent(form, "document").chars().take(100).collect::<String>()));
    }
    if kind == StatementKind::Assets {
        let mut vehicles = Vec::new();
        for kind in VehicleKind::ALL {
            let number = count(&format!("vehicle-{kind}"))?;
            if number != 0 {
                vehicles.push(json!([kind.code(), number]));
            }
        }
        out.insert("vehicles".to_owned(), json!(vehicles));
    }
    Ok(Value::Object(out))
}

/// `POST /money/statements/{id}/{key}`
pub(super) async fn save(
    State(app): State<App>,
    asker: Asker,
    Path((id, key)): Path<(UnitId, String)>,
    Form(form): Form<Sent>,
) -> Answer {
    asker.actor.must(may::see_money(&asker.actor))?;
    let kind = kind_of(&key)?;
    let (region, year) = of_form(&form)?;
    asker.actor.must(may::keep_books(&asker.actor, region))?;
    let saved = match stated(kind, &form) {
        Ok(data) => {
            money::save_statement(&app.ctx, &asker.actor, (region, year), id, kind, revision(&form), data).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match saved {
        Ok(_) => Ok(notice::done(&at("/money/statements", region, year), "已保存。", "Saved.")),
        Err(error) => {
            let faults = Faults::of(error)?;
            let here = at("/money/statements", region, year);
            let l = Listing::new("/money/statements", here.split_once('?').map_or("", |(_, q)| q), "");
            render(&app, asker, (id, kind), &l, Some(&form), faults).await
        }
    }
}

/// `POST /money/statements/{id}/opening/carry`
pub(super) async fn carry(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<UnitId>,
    Form(form): Form<Sent>,
) -> Answer {
    asker.actor.must(may::see_money(&asker.actor))?;
    let (region, year) = of_form(&form)?;
    money::carry_over(&app.ctx, &asker.actor, (region, year), id, revision(&form)).await?;
    let here = at(&format!("/money/statements/{id}/opening"), region, year);
    Ok(notice::done(&here, "已按上年年末结转生成。", "Taken over from last year's closing balances."))
}
