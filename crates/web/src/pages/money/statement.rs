//! What is stated once a year for a unit: income, opening balances, use of surplus, 三公, procurement, assets, headcount.

use askama::Template;
use axum::Form;
use axum::extract::{Path, RawQuery, State};
use keqiao_access::may;
use keqiao_accounts::{Fund, RevenueKind, VehicleKind};
use keqiao_app::money::{self, StatementKind, StatementShown};
use keqiao_base::{Fen, Refusal, UnitId};
use serde_json::{Value, json};

use super::scope::{Scope, at, of_form};
use super::{Sent, revision, sent};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::listing::Listing;
use crate::notice;
use crate::pages::page_with;
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
    let s = Scope::of(&app, &asker, &l, may::money_regions(&asker.actor)).await?;
    let rows = money::statements(&app.ctx, &asker.actor, s.region, s.year).await?;
    let page = ListPage { l, s, rows, v: asker.view };
    Ok(page_with(&page.v, &page))
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

/// Simple fields: key, Chinese, English, whether it is money.
fn simple(kind: StatementKind) -> &'static [(&'static str, &'static str, &'static str, bool)] {
    match kind {
        StatementKind::Balance => &[
            ("surplus_used", "使用非财政拨款结余（元）", "Non-fiscal surplus used (yuan)", true),
            ("distributed", "结余分配（元）", "Surplus distributed (yuan)", true),
            ("adjusted", "年初结转调整数（元）", "Adjustment of the opening balance (yuan)", true),
        ],
        StatementKind::ThreePublic => &[
            ("budget_abroad", "因公出国（境）费预算（元）", "Travel abroad, budget (yuan)", true),
            ("budget_purchase", "公务用车购置费预算（元）", "Vehicles bought, budget (yuan)", true),
            ("budget_running", "公务用车运行维护费预算（元）", "Vehicles run, budget (yuan)", true),
            ("budget_reception", "公务接待费预算（元）", "Receptions, budget (yuan)", true),
            ("foreign_reception", "其中外事接待支出（元）", "Of these, foreign guests (yuan)", true),
            ("groups", "出国（境）团组数", "Groups abroad", false),
            ("travellers", "出国（境）人次", "Travellers", false),
            ("bought", "购置公务用车（辆）", "Vehicles bought", false),
            ("vehicles", "公务用车保有量（辆）", "Vehicles kept", false),
            ("batches", "国内公务接待批次", "Receptions", false),
            ("guests", "国内公务接待人次", "Guests", false),
            ("foreign_batches", "外事接待批次", "Receptions of foreign guests", false),
            ("foreign_guests", "外事接待人次", "Foreign guests", false),
        ],
        StatementKind::Procurement => &[
            ("goods", "货物（元）", "Goods (yuan)", true),
            ("works", "工程（元）", "Works (yuan)", true),
            ("services", "服务（元）", "Services (yuan)", true),
            ("sme", "授予中小企业（元）", "To small and medium enterprises (yuan)", true),
            ("micro", "其中授予小微企业（元）", "Of these, small and micro (yuan)", true),
        ],
        StatementKind::Assets => &[
            ("general_equipment", "限额以上通用设备（台套）", "General equipment over the threshold", false),
            ("special_equipment", "限额以上专用设备（台套）", "Special equipment over the threshold", false),
        ],
        StatementKind::Headcount => &[
            ("posts", "编制数", "Posts", false),
            ("staff", "在职实有人数", "Staff", false),
            ("retired", "离退休人数", "Retired", false),
        ],
        StatementKind::Income | StatementKind::Opening => &[],
    }
}

fn fields(v: &View, kind: StatementKind, data: &Value) -> Vec<Vec<Field>> {
    let number = |value: &Value, money: bool| match value.as_i64().unwrap_or_default() {
        n if money => Fen::new(n).to_string(),
        n => n.to_string(),
    };
    let plain =
        |name: String, label: &str, value: String| Field { name, label: label.to_owned(), value, options: Vec::new() };
    let mut out: Vec<Vec<Field>> = Vec::new();
    for (key, zh, en, money) in simple(kind) {
        out.push(vec![plain((*key).to_owned(), v.t(zh, en), number(&data[*key], *money))]);
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
    for (key, _, _, is_money) in simple(kind) {
        out.insert((*key).to_owned(), json!(if *is_money { money(key)? } else { count(key)? }));
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
