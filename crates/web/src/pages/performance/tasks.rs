//! Tasks (整改): the list with its count, the form, one task with its proof.

use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Path, RawQuery, State};
use keqiao_access::may;
use keqiao_app::AppResult;
use keqiao_app::performance::{self, Proof, TaskForm};
use keqiao_base::{Refusal, TaskId};
use keqiao_performance::task::{Tally, TaskKind, TaskState, is_overdue};
use keqiao_store::performance::task::{Task, TaskFilter};

use super::choice::{self, Options};
use super::sent::Sent;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::listing::Listing;
use crate::notice;
use crate::pages::{attachment, options, page_with};
use crate::state::App;
use crate::view::View;

type Pairs = Form<Vec<(String, String)>>;

#[derive(Template)]
#[template(path = "performance/tasks.html")]
struct Page {
    v: View,
    l: Listing,
    rows: Vec<Task>,
    tally: Tally,
    today: keqiao_base::Day,
    years: Options,
    kinds: Options,
    states: Options,
    owners: Options,
    region: String,
    year: i32,
    makes: bool,
    typed: Sent,
    faults: Faults,
}

impl Page {
    fn tone(&self, t: &Task) -> &'static str {
        match t.state {
            TaskState::Confirmed => "good",
            TaskState::Done => "info",
            TaskState::Open if is_overdue(t.state, t.due_day, self.today) => "error",
            TaskState::Open => "warning",
        }
    }

    /// What was typed, else what the link that led here says.
    fn typed(&self, key: &str) -> String {
        let typed = self.typed.get(key);
        if typed.is_empty() { self.l.get(key).to_owned() } else { typed.to_owned() }
    }
}

/// `GET /performance/tasks`
pub(super) async fn list(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let list = Listing::new("/performance/tasks", &query.unwrap_or_default(), "");
    page(&app, asker, list, Sent::default(), Faults::default()).await
}

async fn page(app: &App, asker: Asker, list: Listing, typed: Sent, faults: Faults) -> Answer {
    let (ctx, actor, v) = (&app.ctx, &asker.actor, asker.view.clone());
    let mine = if list.get("who") == "me" { actor.account() } else { list.get("who").parse().ok() };
    let filter = TaskFilter {
        year: list.get("year").parse().ok(),
        kind: list.get("of").parse().ok(),
        state: list.get("state").parse().ok(),
        owner: mine,
        ..TaskFilter::default()
    };
    let found = performance::tasks(ctx, actor, &filter, list.request()).await?;
    let region = choice::region(actor, list.get("region"))?.ok_or_else(Refusal::forbidden)?;
    let makes = may::keep_tasks(actor, region);
    let owners = if makes { performance::accounts(ctx, actor, region).await? } else { Vec::new() };
    let page = Page {
        tally: performance::tally(ctx, actor, &filter).await?,
        today: ctx.now().day(),
        years: choice::years(&performance::years(ctx, actor).await?, ctx.now()),
        kinds: options!(v, TaskKind),
        states: options!(v, TaskState),
        owners: owners.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        region: region.code(),
        year: choice::year(list.get("year"), ctx.now()),
        makes,
        l: list.of(found.total),
        rows: found.rows,
        typed,
        faults,
        v,
    };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

/// What the fields say.
fn form(sent: &Sent) -> Result<TaskForm, Refusal> {
    let owner = || Refusal::field("task.owner", "owner", "请选择责任人。", "Choose an owner.");
    let due = || Refusal::field("task.due", "due", "请填写完成期限。", "Write the day by which it is to be done.");
    Ok(TaskForm {
        kind: sent.get("kind").parse().unwrap_or(TaskKind::Problem),
        finding: sent.get("finding").to_owned(),
        measure: sent.get("measure").to_owned(),
        owner: sent.get("owner").parse().map_err(|_| owner())?,
        due: sent.get("due").parse().map_err(|_| due())?,
        target: sent.get("target").parse().ok(),
        evaluation: sent.get("evaluation").parse().ok(),
        indicator: sent.get("indicator").parse().ok(),
    })
}

/// `POST /performance/tasks`
pub(super) async fn make(State(app): State<App>, asker: Asker, Form(sent): Pairs) -> Answer {
    let sent = Sent::new(sent);
    let region = choice::region(&asker.actor, sent.get("region"))?.ok_or_else(Refusal::forbidden)?;
    asker.actor.must(may::keep_tasks(&asker.actor, region))?;
    let year = choice::year(sent.get("year"), app.ctx.now());
    let made = match form(&sent) {
        Ok(form) => performance::make_task(&app.ctx, &asker.actor, region, year, &form).await,
        Err(refusal) => Err(refusal.into()),
    };
    match made {
        Ok(id) => Ok(notice::done(&format!("/performance/tasks/{id}"), "已登记整改任务。", "The task is entered.")),
        Err(error) => {
            let faults = Faults::of(error)?;
            let list = Listing::new("/performance/tasks", &format!("region={}&year={year}", region.code()), "");
            page(&app, asker, list, sent, faults).await
        }
    }
}

/// `POST /performance/tasks/carry`
pub(super) async fn carry(State(app): State<App>, asker: Asker, Form(sent): Pairs) -> Answer {
    let sent = Sent::new(sent);
    let region = choice::region(&asker.actor, sent.get("region"))?.ok_or_else(Refusal::forbidden)?;
    let year = choice::year(sent.get("year"), app.ctx.now());
    let n = performance::carry(&app.ctx, &asker.actor, region, year).await?;
    let (zh, en) =
        (format!("上年未完成的{n}项已转入本年度。"), format!("{n} unsettled tasks of last year are carried over."));
    Ok(notice::done(&format!("/performance/tasks?year={year}"), zh, en))
}

#[derive(Template)]
#[template(path = "performance/task.html")]
struct One {
    v: View,
    t: Task,
    kinds: Options,
    owners: Options,
    keeps: bool,
    confirms: bool,
    overdue: bool,
    typed: Option<Sent>,
    faults: Faults,
}

impl One {
    fn path(&self, end: &str) -> String {
        format!("/performance/tasks/{}{end}", self.t.id)
    }

    fn is(&self, code: &str) -> bool {
        self.t.state.code() == code
    }

    fn word(&self, key: &str) -> String {
        let stored = match key {
            "finding" => self.t.finding.clone(),
            "measure" => self.t.measure.clone(),
            "owner" => self.t.owner_id.to_string(),
            "due" => self.t.due_day.to_string(),
            "kind" => self.t.kind.code().to_owned(),
            _ => String::new(),
        };
        self.typed.as_ref().filter(|t| t.all(key).next().is_some()).map_or(stored, |t| t.get(key).to_owned())
    }
}

/// `GET /performance/tasks/{id}`
pub(super) async fn show(State(app): State<App>, asker: Asker, Path(id): Path<TaskId>) -> Answer {
    one(&app, asker, id, None, Faults::default()).await
}

/// `GET /performance/tasks/{id}/file`
pub(super) async fn file(State(app): State<App>, asker: Asker, Path(id): Path<TaskId>) -> Answer {
    let (name, bytes) = performance::task_file(&app.ctx, &asker.actor, id).await?;
    Ok(attachment(&name, "application/octet-stream", bytes))
}

async fn one(app: &App, asker: Asker, id: TaskId, typed: Option<Sent>, faults: Faults) -> Answer {
    let t = performance::task(&app.ctx, &asker.actor, id).await?;
    let v = asker.view.clone();
    let owners = performance::accounts(&app.ctx, &asker.actor, t.region).await?;
    let page = One {
        kinds: options!(v, TaskKind),
        owners: owners.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        keeps: may::keep_tasks(&asker.actor, t.region),
        confirms: may::confirm_task(&asker.actor, t.region) && asker.actor.account() != Some(t.owner_id),
        overdue: is_overdue(t.state, t.due_day, app.ctx.now().day()),
        t,
        typed,
        faults,
        v,
    };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

async fn answer(
    app: &App,
    asker: Asker,
    id: TaskId,
    outcome: AppResult<()>,
    typed: Sent,
    done: (&str, &str),
) -> Answer {
    match outcome {
        Ok(()) => Ok(notice::done(&format!("/performance/tasks/{id}"), done.0, done.1)),
        Err(error) => {
            let faults = Faults::of(error)?;
            one(app, asker, id, Some(typed), faults).await
        }
    }
}

/// `POST /performance/tasks/{id}/change`
pub(super) async fn change(State(app): State<App>, asker: Asker, Path(id): Path<TaskId>, Form(sent): Pairs) -> Answer {
    let sent = Sent::new(sent);
    performance::task(&app.ctx, &asker.actor, id).await?;
    let outcome = match form(&sent) {
        Ok(form) => performance::change_task(&app.ctx, &asker.actor, id, sent.revision(), &form).await,
        Err(refusal) => Err(refusal.into()),
    };
    answer(&app, asker, id, outcome, sent, ("已保存。", "Saved.")).await
}

/// `POST /performance/tasks/{id}/done`
pub(super) async fn done(State(app): State<App>, asker: Asker, Path(id): Path<TaskId>, form: Multipart) -> Answer {
    performance::task(&app.ctx, &asker.actor, id).await?;
    let sent = Sent::read(&app, form).await?;
    let proof = Proof {
        words: sent.get("proof").to_owned(),
        // People paste the address of a record as often as its number.
        evidence: sent.get("evidence").rsplit('/').next().and_then(|id| id.parse().ok()),
        file: sent.file(),
    };
    let outcome = performance::task_done(&app.ctx, &asker.actor, id, sent.revision(), &proof).await;
    answer(&app, asker, id, outcome, sent, ("已报告完成，等待确认。", "Reported; it waits to be confirmed.")).await
}

/// `POST /performance/tasks/{id}/confirm`
pub(super) async fn confirm(State(app): State<App>, asker: Asker, Path(id): Path<TaskId>, Form(sent): Pairs) -> Answer {
    let sent = Sent::new(sent);
    let agreed = sent.get("verdict") == "agree";
    let outcome =
        performance::confirm_task(&app.ctx, &asker.actor, id, sent.revision(), agreed, sent.get("words")).await;
    let done =
        if agreed { ("已确认整改完成。", "Confirmed.") } else { ("已退回继续整改。", "Sent back.") };
    answer(&app, asker, id, outcome, sent, done).await
}
