//! Assignment under capacity (统筹匹配测算), for staff: by what, who could serve whom and why, who stays without and why, what each constraint costs.
//! A what-if: nobody is told.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use keqiao_access::RegionCode;
use keqiao_app::directory::Format;
use keqiao_app::exchange::{self, AssignmentForm, Cost, DEMANDS_MAX, EXPERTS_MAX, Plan};
use keqiao_base::Refusal;
use keqiao_exchange::choice::ListingKind;
use keqiao_exchange::classify::Field;
use keqiao_store::exchange::assignment::Assignment;

use super::card;
use super::publish::fields;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::notice;
use crate::pages::{attachment, page_with};
use crate::received::Received;
use crate::state::App;
use crate::view::View;

type Options = Vec<(String, String)>;
type Pairs = Form<Vec<(String, String)>>;

/// Rows of a sheet that the page shows; the file has all.
const SHOWN: usize = 200;
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[derive(Template)]
#[template(path = "exchange/assignments.html")]
struct Page {
    v: View,
    faults: Faults,
    typed: Received,
    kinds: Options,
    disciplines: Options,
    industries: Options,
    technologies: Options,
    sheets: Vec<Assignment>,
    demands: usize,
    experts: usize,
}

impl Page {
    fn word(&self, key: &str) -> &str {
        self.typed.get(key)
    }

    /// What was typed; what holds otherwise.
    fn or<'a>(&'a self, key: &str, default: &'a str) -> &'a str {
        let typed = self.typed.get(key);
        if typed.is_empty() { default } else { typed }
    }

    fn place(&self, sheet: &Assignment) -> String {
        card::place(sheet.region)
    }
}

/// `GET /exchange/assignments`: a new sheet, and those that are kept.
pub(super) async fn list(State(app): State<App>, asker: Asker) -> Answer {
    page(&app, &asker, Received::default(), Faults::default()).await
}

async fn page(app: &App, asker: &Asker, typed: Received, faults: Faults) -> Answer {
    let sheets = exchange::assignments(&app.ctx, &asker.actor).await?;
    let v = asker.view.clone();
    let kinds = ListingKind::ALL.iter().filter(|k| **k != ListingKind::Offer);
    let page = Page {
        kinds: kinds.map(|k| (k.code().to_owned(), v.f(k.title()).to_owned())).collect(),
        disciplines: fields(&v, Field::Discipline),
        industries: fields(&v, Field::Industry),
        technologies: fields(&v, Field::Technology),
        sheets,
        demands: DEMANDS_MAX,
        experts: EXPERTS_MAX,
        typed,
        faults,
        v,
    };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

/// `POST /exchange/assignments`
pub(super) async fn make(State(app): State<App>, asker: Asker, Form(sent): Pairs) -> Answer {
    asker.actor.must_sign_in()?;
    let sent = Received { fields: sent, file: None };
    let text = |key: &str| sent.get(key).to_owned();
    let form = AssignmentForm {
        title: text("title"),
        region: text("region"),
        kind: text("kind"),
        discipline: text("discipline"),
        industry: text("industry"),
        technology: text("technology"),
        from: text("from"),
        hours_each: text("hours_each"),
        places_max: text("places_max"),
        km_max: text("km_max"),
        per_km: text("per_km"),
        conflicts: text("conflicts"),
    };
    match exchange::plan_assignment(&app.ctx, &asker.actor, &form).await {
        Ok((at, number)) => Ok(notice::done(
            &format!("/exchange/assignments/{}/{number}", at.code()),
            "测算完成并已保存。没有通知任何人。",
            "Done and kept. Nobody was told.",
        )),
        Err(error) => page(&app, &asker, sent, Faults::of(error)?).await,
    }
}

#[derive(Template)]
#[template(path = "exchange/assignment.html")]
struct Sheet {
    v: View,
    sheet: Assignment,
    plan: std::sync::Arc<Plan>,
    own: bool,
}

impl Sheet {
    fn path(&self, end: &str) -> String {
        format!("/exchange/assignments/{}/{}{end}", self.sheet.region.code(), self.sheet.number)
    }

    fn place(&self, region: &RegionCode) -> String {
        card::place(*region)
    }

    /// By what it was made, in order.
    fn settings(&self) -> Vec<(&'static str, String)> {
        let (v, s) = (&self.v, &self.plan.settings);
        let name = |field: Field, code: &str| super::publish::class_name(v, field, code);
        let mut facts = vec![
            (v.t("需求", "Demands"), format!("{}，{}", v.f(s.kind.title()), s.region.full_name())),
            (v.t("学科", "Discipline"), name(Field::Discipline, &s.discipline)),
            (v.t("行业", "Industry"), name(Field::Industry, &s.industry)),
            (v.t("技术领域", "Technology"), name(Field::Technology, &s.technology)),
            (
                v.t("专家来自", "Experts from"),
                s.from.map_or_else(|| v.t("不限", "anywhere").to_owned(), |r| r.full_name()),
            ),
            (v.t("每单工时", "Hours an order"), s.hours_each.to_string()),
            (v.t("每位专家最多", "At most, for an expert"), s.places_max.to_string()),
            (v.t("最远路程（公里）", "Longest way, km"), s.km_max.to_string()),
            (v.t("每公里扣分", "Points off a km"), s.per_km.to_string()),
        ];
        if !s.conflicts.is_empty() {
            facts.push((v.t("声明的回避", "Declared conflicts"), s.conflicts.len().to_string()));
        }
        facts.retain(|(_, value)| !value.is_empty());
        facts
    }

    fn cost(&self, cost: &Cost) -> String {
        if cost.worth == 0 && cost.unserved == 0 {
            return self.v.t("没有影响", "nothing").to_owned();
        }
        let (n, worth) = (cost.unserved, cost.worth);
        match self.v.lang {
            keqiao_i18n::Lang::Zh => format!("放开后可多安排 {n} 条，总分增加 {worth}"),
            keqiao_i18n::Lang::En => format!("without it {n} more would be served, the sum would be {worth} higher"),
        }
    }

    fn more(&self) -> bool {
        self.plan.served.len() > SHOWN || self.plan.left.len() > SHOWN
    }

    fn served(&self) -> &[keqiao_app::exchange::Placed] {
        &self.plan.served[..self.plan.served.len().min(SHOWN)]
    }

    fn left(&self) -> &[keqiao_app::exchange::Left] {
        &self.plan.left[..self.plan.left.len().min(SHOWN)]
    }

    fn names(&self, names: &[String]) -> String {
        names.join(self.v.t("、", ", "))
    }
}

/// Region and number of an address.
fn key(region: &str, number: &str) -> Result<(RegionCode, i32), Refusal> {
    let missing = |_| Refusal::not_found();
    Ok((region.parse().map_err(|_| Refusal::not_found())?, number.parse().map_err(missing)?))
}

/// `GET /exchange/assignments/{region}/{number}`
pub(super) async fn show(
    State(app): State<App>,
    asker: Asker,
    Path((region, number)): Path<(String, String)>,
) -> Answer {
    asker.actor.must_sign_in()?;
    let (at, number) = key(&region, &number)?;
    let (sheet, plan) = exchange::assignment(&app.ctx, &asker.actor, at, number).await?;
    let page = Sheet { own: asker.actor.account() == Some(sheet.account_id), sheet, plan, v: asker.view };
    Ok(page_with(&page.v, &page))
}

/// `GET /exchange/assignments/{region}/{number}/{file}`: `sheet.xlsx` or `sheet.csv`
pub(super) async fn file(
    State(app): State<App>,
    asker: Asker,
    Path((region, number, file)): Path<(String, String, String)>,
) -> Answer {
    asker.actor.must_sign_in()?;
    let key = key(&region, &number)?;
    let (format, kind, end) = match file.as_str() {
        "sheet.xlsx" => (Format::Xlsx, XLSX, "xlsx"),
        "sheet.csv" => (Format::Csv, "text/csv; charset=utf-8", "csv"),
        _ => return Err(Refusal::not_found().into()),
    };
    let (name, bytes) = exchange::export_plan(&app.ctx, &asker.actor, key, format, asker.view.lang).await?;
    Ok(attachment(&format!("{name}.{end}"), kind, bytes))
}

/// `POST /exchange/assignments/{region}/{number}/remove`
pub(super) async fn remove(
    State(app): State<App>,
    asker: Asker,
    Path((region, number)): Path<(String, String)>,
) -> Answer {
    asker.actor.must_sign_in()?;
    let (at, number) = key(&region, &number)?;
    exchange::remove_assignment(&app.ctx, &asker.actor, at, number).await?;
    Ok(notice::done("/exchange/assignments", "已删除。", "Removed."))
}
