//! The what-if sheet: how a pool of money is shared by factors, with every factor, weight, value and share shown. Nothing is saved.

use askama::Template;
use axum::Form;
use axum::extract::{RawQuery, State};
use keqiao_access::may;
use keqiao_app::performance;
use keqiao_base::{Fen, FieldError, Refusal};
use keqiao_i18n::Bilingual;
use keqiao_performance::allocation::{Body, Factor, FactorSet, Row, Sharing};
use keqiao_quantity::Decimal;

use super::choice::Options;
use super::sent::{Sent, number};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::listing::Listing;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

/// The most bodies of a sheet.
const BODIES_MAX: usize = 500;

#[derive(Template)]
#[template(path = "performance/allocation.html")]
struct Page {
    v: View,
    factor_sets: Options,
    factor_set: String,
    note: String,
    pool: String,
    keep: String,
    factors: String,
    bodies: String,
    question: Option<Sharing>,
    rows: Vec<Row>,
    faults: Faults,
}

impl Page {
    fn percent(&self, value: &Decimal) -> String {
        format!("{}%", value.round_dp(4).normalize())
    }

    fn weight(&self, factor: &Factor) -> String {
        factor.weight.map(|w| format!("{}%", w.normalize())).unwrap_or_default()
    }

    fn name(&self, row: &Row) -> &str {
        self.question.as_ref().and_then(|q| q.bodies.get(row.body)).map_or("", |b| &b.name)
    }

    fn value(&self, value: &Decimal) -> String {
        value.normalize().to_string()
    }

    fn sum(&self) -> String {
        self.rows.iter().map(|r| r.amount).sum::<Fen>().yuan()
    }

    fn factor(&self, f: &Factor) -> String {
        self.v.t(&f.zh, &f.en).to_owned()
    }

    fn told(&self) -> Vec<String> {
        self.faults.all(&self.v).into_iter().map(str::to_owned).collect()
    }
}

/// `GET /performance/allocation`
pub(super) async fn form(State(_): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    asker.actor.must(may::try_allocation(&asker.actor))?;
    let list = Listing::new("/performance/allocation", &query.unwrap_or_default(), "");
    let factor_set = FactorSet::named(list.get("factor_set")).or(FactorSet::all().first());
    let sent = Sent::new(Vec::new());
    let factors = factor_set.map(|p| lines(&p.factors)).unwrap_or_default();
    show(asker, factor_set, &sent, factors, None, Vec::new(), Faults::default())
}

/// One factor a line: name, weight in percent, unit; `=` for one that everybody has alike.
fn lines(factors: &[Factor]) -> String {
    let line = |f: &Factor| {
        let weight = f.weight.map(|w| w.normalize().to_string()).unwrap_or_default();
        format!("{}\t{weight}\t{}", f.zh, if f.equal { "=" } else { &f.unit })
    };
    factors.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// `POST /performance/allocation`
pub(super) async fn compute(State(_): State<App>, asker: Asker, Form(sent): Form<Vec<(String, String)>>) -> Answer {
    asker.actor.must(may::try_allocation(&asker.actor))?;
    let sent = Sent::new(sent);
    let factor_set = FactorSet::named(sent.get("factor_set"));
    let factors = sent.get("factors").to_owned();
    let asked = question(&sent);
    match asked {
        Err(refusal) => show(asker, factor_set, &sent, factors, None, Vec::new(), Faults::of(refusal)?),
        Ok(question) => match performance::allocate(&asker.actor, &question) {
            Ok(rows) => show(asker, factor_set, &sent, factors, Some(question), rows, Faults::default()),
            Err(error) => show(asker, factor_set, &sent, factors, None, Vec::new(), Faults::of(error)?),
        },
    }
}

fn question(sent: &Sent) -> Result<Sharing, Refusal> {
    let mut faults = Vec::new();
    let mut fault = |field: &str, message: Bilingual| faults.push(FieldError { field: field.to_owned(), message });
    let pool = Fen::parse(sent.get("pool")).unwrap_or_else(|message| {
        fault("pool", message);
        Fen::ZERO
    });
    let cells = |line: &str| -> Vec<String> { line.split(['\t', ',', '，']).map(|c| c.trim().to_owned()).collect() };
    let mut read = |field: &str, text: &str| {
        number(field, text).unwrap_or_else(|refusal| {
            refusal.fields.into_iter().for_each(|f| fault(&f.field, f.message));
            None
        })
    };
    let mut factors = Vec::new();
    for line in sent.get("factors").lines().filter(|l| !l.trim().is_empty()) {
        let cells = cells(line);
        let get = |at: usize| cells.get(at).cloned().unwrap_or_default();
        let weight = read("factors", get(1).trim_end_matches(['%', '％']));
        let (unit, equal) = (get(2), get(2) == "=");
        factors.push(Factor { group: String::new(), zh: get(0), en: get(0), unit, weight, equal });
    }
    let mut bodies = Vec::new();
    for line in sent.get("bodies").lines().filter(|l| !l.trim().is_empty()).take(BODIES_MAX) {
        let cells = cells(line);
        let name = cells.first().cloned().unwrap_or_default();
        let values = (1..=factors.len()).map(|at| cells.get(at).and_then(|c| read("bodies", c))).collect();
        bodies.push(Body { name, values });
    }
    let keep_percent = read("keep", sent.get("keep"));
    if faults.is_empty() {
        return Ok(Sharing { pool, factors, bodies, keep_percent });
    }
    Err(Refusal::fields("allocation.invalid", faults))
}

fn show(
    asker: Asker,
    factor_set: Option<&'static FactorSet>,
    sent: &Sent,
    factors: String,
    question: Option<Sharing>,
    rows: Vec<Row>,
    faults: Faults,
) -> Answer {
    let v = asker.view;
    let page = Page {
        factor_sets: FactorSet::all().iter().map(|p| (p.name.clone(), v.b(&p.title).to_owned())).collect(),
        factor_set: factor_set.map(|p| p.name.clone()).unwrap_or_default(),
        note: factor_set.map(|p| format!("{}（{}）", v.f(p.certainty.title()), p.source)).unwrap_or_default(),
        pool: sent.get("pool").to_owned(),
        keep: sent.get("keep").to_owned(),
        factors,
        bodies: sent.get("bodies").to_owned(),
        question,
        rows,
        faults,
        v,
    };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}
