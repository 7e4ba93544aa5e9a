//! Clarification rounds: an officer asks and takes back; the owner answers, sees the text as it is and with the answers sorted in, side by side, and
//! confirms it.

use askama::Template;
use axum::Form;
use axum::extract::State;
use keqiao_app::exchange::{self, Answers, Round, RoundForm, Sorted};
use keqiao_base::ListingId;
use keqiao_exchange::clarify::Lateness;
use keqiao_exchange::listing::Cells;

use super::acts::{self, received, revision};
use super::publish::said;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::key::Key;
use crate::pages::page_with;
use crate::received::Received;
use crate::state::App;
use crate::view::View;

type Pairs = Form<Vec<(String, String)>>;

/// Fields that answers change, with the most characters of each.
const FIELDS: [(&str, &str); 8] = [
    ("title", "60"),
    ("situation", "3000"),
    ("problem", "3000"),
    ("criteria", "3000"),
    ("constraints", "3000"),
    ("budget_from", "30"),
    ("budget_to", "30"),
    ("deadline", "10"),
];

/// A field before and after.
struct Row {
    key: &'static str,
    max: &'static str,
    before: String,
    after: String,
}

impl Row {
    fn changed(&self) -> bool {
        self.before.trim() != self.after.trim()
    }

    fn long(&self) -> bool {
        self.max == "3000"
    }
}

#[derive(Template)]
#[template(path = "exchange/clarify.html")]
struct Page {
    v: View,
    faults: Faults,
    href: String,
    title: String,
    revision: i32,
    round: Round,
    answers: Vec<String>,
    rows: Vec<Row>,
    /// Whether the answers were sorted in and the text is to be confirmed.
    confirms: bool,
}

impl Page {
    fn label(&self, row: &Row) -> &'static str {
        match row.key {
            "title" => self.v.t("标题", "Title"),
            "situation" => self.v.t("现状与条件", "Situation"),
            "problem" => self.v.t("要解决的难题", "Problem"),
            "criteria" => self.v.t("验收指标（一行一项）", "Acceptance criteria, one a line"),
            "constraints" => self.v.t("约束（一行一条）", "Constraints, one a line"),
            "budget_from" => self.v.t("预算从（元）", "Budget from (yuan)"),
            "budget_to" => self.v.t("预算到（元）", "Budget to (yuan)"),
            _ => self.v.t("希望何时完成", "Wanted by"),
        }
    }

    fn late(&self) -> bool {
        self.round.lateness.is_some_and(|l| l > Lateness::InTime)
    }

    fn answer(&self, n: &usize) -> &str {
        self.answers.get(*n).map_or("", String::as_str)
    }

    fn name(&self, n: &usize) -> String {
        format!("answer_{n}")
    }

    fn fault(&self, n: &usize) -> &str {
        self.faults.at(&self.v, &self.name(n))
    }
}

/// What was sent, by its parts.
struct Sent {
    number: i32,
    revision: i32,
    answers: Vec<String>,
    typed: Cells,
}

impl Sent {
    fn of(pairs: Vec<(String, String)>) -> Sent {
        let typed = Cells(pairs);
        let number = |key: &str| typed.get(key).parse().unwrap_or(-1);
        // As many as there are: the use case knows how many were asked.
        let answers = (0..exchange::QUESTIONS_MAX).map(|n| typed.get(&format!("answer_{n}")).to_owned()).collect();
        Sent { number: number("round"), revision: number("revision"), answers, typed }
    }

    /// The fields as they were corrected; everything else stays.
    fn cells(&self, before: &Cells) -> Cells {
        let mut cells = before.clone();
        for (key, _) in FIELDS {
            cells.set(key, self.typed.get(key));
        }
        cells
    }
}

/// `GET /exchange/listings/{id}/clarify`
pub(super) async fn show(State(app): State<App>, asker: Asker, Key(id): Key<ListingId>) -> Answer {
    asker.actor.must_sign_in()?;
    let number = exchange::open_round(&app.ctx, &asker.actor, id).await?;
    let sorted = exchange::sorted(&app.ctx, &asker.actor, id, number, &[]).await?;
    let revision = sorted.listing.revision;
    Ok(page(asker.view, sorted, (revision, Vec::new(), false), None, Faults::default()))
}

/// `POST /exchange/listings/{id}/clarify`: sorts the answers in, or hands the confirmed text in.
pub(super) async fn answer(State(app): State<App>, asker: Asker, Key(id): Key<ListingId>, Form(sent): Pairs) -> Answer {
    asker.actor.must_sign_in()?;
    let sent = Sent::of(sent);
    let sorted = exchange::sorted(&app.ctx, &asker.actor, id, sent.number, &sent.answers).await?;
    if sent.typed.get("act") != "confirm" {
        return Ok(page(asker.view, sorted, (sent.revision, sent.answers, true), None, Faults::default()));
    }
    let cells = sent.cells(&sorted.before);
    let answers = Answers { answers: sent.answers.clone(), cells: cells.clone() };
    match exchange::answer_round(&app.ctx, &asker.actor, id, (sent.number, sent.revision), &answers).await {
        Ok(done) => Ok(said(id, &done)),
        Err(error) => {
            let faults = Faults::of(error)?;
            Ok(page(asker.view, sorted, (sent.revision, sent.answers, true), Some(&cells), faults))
        }
    }
}

fn page(
    v: View,
    sorted: Sorted,
    (revision, answers, confirms): (i32, Vec<String>, bool),
    typed: Option<&Cells>,
    faults: Faults,
) -> axum::response::Response {
    let after = typed.unwrap_or(&sorted.after);
    let row = |(key, max): (&'static str, &'static str)| Row {
        key,
        max,
        before: sorted.before.get(key).to_owned(),
        after: after.get(key).to_owned(),
    };
    let page = Page {
        href: format!("/exchange/listings/{}", sorted.listing.id),
        title: sorted.listing.title.clone(),
        revision,
        rows: FIELDS.map(row).into_iter().collect(),
        round: sorted.round,
        answers,
        confirms,
        faults,
        v,
    };
    page.faults.answer(page_with(&page.v, &page))
}

/// `POST /exchange/listings/{id}/ask`
pub(super) async fn ask(State(app): State<App>, asker: Asker, Key(id): Key<ListingId>, Form(sent): Pairs) -> Answer {
    asker.actor.must_sign_in()?;
    let sent = received(sent);
    let outcome = exchange::ask_round(&app.ctx, &asker.actor, id, revision(&sent), &asked(&sent)).await;
    let said =
        ("问题已送达发布人，到期未答复会提醒双方。", "Sent to the owner; both are reminded when the day has passed.");
    acts::answer(&app, &asker, id, sent, outcome, said).await
}

/// The questions that were ticked and those that were written, one a line.
fn asked(sent: &Received) -> RoundForm {
    let ticked = sent.fields.iter().filter(|(key, _)| key == "question").map(|(_, question)| question.clone());
    let written = sent.get("questions").lines().map(str::to_owned);
    RoundForm { questions: ticked.chain(written).collect(), due: sent.get("due").to_owned() }
}

/// `POST /exchange/listings/{id}/unask`
pub(super) async fn take_back(
    State(app): State<App>,
    asker: Asker,
    Key(id): Key<ListingId>,
    Form(sent): Pairs,
) -> Answer {
    asker.actor.must_sign_in()?;
    let sent = received(sent);
    let round = sent.get("round").parse().unwrap_or(-1);
    let outcome = exchange::take_round_back(&app.ctx, &asker.actor, id, round, sent.get("words")).await;
    acts::answer(&app, &asker, id, sent, outcome, ("已撤回。", "Taken back.")).await
}
