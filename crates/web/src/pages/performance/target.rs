//! One target: its tree with what is reached, its versions, and what people do with it.

use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Path, Query, State};
use keqiao_access::may;
use keqiao_app::AppResult;
use keqiao_app::performance::evaluation;
use keqiao_app::performance::{self, Standing, StatementForm, TargetShown};
use keqiao_base::{IndicatorId, StatementId, TargetId};
use keqiao_performance::ex_ante::{Conclusion, Dimension, ExAnte, POINTS};
use keqiao_performance::{Profile, Reached, TargetState};
use keqiao_store::PageRequest;
use keqiao_store::performance::evaluation::{EvaluationFilter, EvaluationRecord};
use serde::Deserialize;

use super::choice::{self, Options};
use super::sent::{Sent, number};
use super::targets::month;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::notice;
use crate::pages::{attachment, options, page_with};
use crate::state::App;
use crate::view::View;

type Pairs = Form<Vec<(String, String)>>;

#[derive(Template)]
#[template(path = "performance/target.html")]
struct Page {
    v: View,
    t: TargetShown,
    standing: Vec<Standing>,
    evaluations: Vec<EvaluationRecord>,
    month: u8,
    months: Options,
    reached: Options,
    conclusions: Options,
    may_keep: bool,
    may_review: bool,
    may_talk: bool,
    may_follow: bool,
    may_evaluate: bool,
    typed: Sent,
    faults: Faults,
}

impl Page {
    fn tone(&self, state: &TargetState) -> &'static str {
        match state {
            TargetState::Approved => "good",
            TargetState::Returned => "warning",
            TargetState::Submitted => "info",
            TargetState::Draft => "quiet",
        }
    }

    /// Whether the newest version is shown.
    fn newest(&self) -> bool {
        self.t.version.number == self.t.target.version
    }

    fn is(&self, code: &str) -> bool {
        self.newest() && self.t.version.state.code() == code
    }

    fn branch(&self, i: &keqiao_performance::Indicator) -> &'static str {
        self.v.f(self.t.version.tree.branch(i.level1))
    }

    fn of(&self, id: &IndicatorId) -> Option<&Standing> {
        self.standing.iter().find(|s| s.content.id == *id)
    }

    fn value(&self, units: &Option<i64>) -> String {
        choice::units(*units)
    }

    fn now(&self, s: &Standing) -> String {
        choice::shown(s.now.as_ref().and_then(|a| a.value))
    }

    fn past(&self, i: &keqiao_performance::Indicator) -> String {
        let year = |p: &keqiao_performance::Past| format!("{}: {}", p.year, choice::shown(Some(p.actual)));
        i.history.iter().map(year).collect::<Vec<_>>().join(" · ")
    }

    fn total(&self) -> String {
        choice::shown(self.t.ex_ante.as_ref().map(ExAnte::total))
    }

    fn points(&self, code: &str) -> String {
        let typed = self.typed.get(&format!("points_{code}"));
        if !typed.is_empty() {
            return typed.to_owned();
        }
        let stored = self.t.ex_ante.iter().flat_map(|e| &e.points).find(|p| p.0.code() == code);
        stored.map(|p| p.1.normalize().to_string()).unwrap_or_default()
    }

    fn dimensions(&self) -> Options {
        options!(self.v, Dimension)
    }

    fn point_key(&self, code: &str) -> String {
        format!("points_{code}")
    }

    fn conclusion(&self) -> String {
        let stored = self.t.ex_ante.as_ref().and_then(|e| e.conclusion).map(|c| c.code().to_owned());
        Some(self.typed.get("conclusion").to_owned()).filter(|c| !c.is_empty()).or(stored).unwrap_or_default()
    }

    fn ex_words(&self) -> String {
        let stored = self.t.ex_ante.as_ref().map(|e| e.words.clone());
        Some(self.typed.get("words").to_owned()).filter(|c| !c.is_empty()).or(stored).unwrap_or_default()
    }

    fn points_help(&self) -> String {
        format!("0–{POINTS}")
    }

    fn measure(&self, i: &keqiao_performance::Indicator) -> String {
        self.v.b(&i.measure.title()).to_owned()
    }

    fn path(&self, end: &str) -> String {
        format!("/performance/targets/{}{end}", self.t.target.id)
    }

    /// The name of the profile, and what of it nobody has verified.
    fn profile(&self) -> String {
        let Some(profile) = Profile::named(&self.t.version.profile) else { return self.t.version.profile.clone() };
        let title = self.v.b(&profile.title);
        match profile.unverified().len() {
            0 => title.to_owned(),
            _ => format!("{title}{}", self.v.t("（含未经核实的默认值）", " (with defaults that nobody has verified)")),
        }
    }

    /// What is wrong with a form that has no field for it.
    fn told(&self) -> Vec<String> {
        self.faults.all(&self.v).into_iter().map(str::to_owned).collect()
    }

    /// The name of a field of the form by which an indicator is stated: there is one such form for each.
    fn at(&self, id: &IndicatorId, key: &str) -> String {
        format!("s{id}_{key}")
    }

    fn stated(&self, id: &IndicatorId, key: &str) -> &str {
        self.typed.get(&self.at(id, key))
    }

    /// What is wrong with a field of the form that was sent.
    fn wrong(&self, id: &IndicatorId, key: &str) -> &str {
        if self.typed.all(&self.at(id, "words")).next().is_some() { self.faults.at(&self.v, key) } else { "" }
    }

    fn state_title(&self, i: &keqiao_performance::Indicator) -> String {
        format!("{}{}", self.v.t("填报：", "State: "), i.name)
    }

    fn score(&self, e: &EvaluationRecord) -> String {
        choice::points(Some(e.total))
    }

    fn band(&self, e: &EvaluationRecord) -> String {
        choice::band(&self.v, &e.band)
    }
}

/// Which version.
#[derive(Debug, Deserialize)]
pub(super) struct Which {
    version: Option<i32>,
}

/// `GET /performance/targets/{id}`
pub(super) async fn show(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<TargetId>,
    Query(which): Query<Which>,
) -> Answer {
    page(&app, asker, id, which.version, Sent::default(), Faults::default()).await
}

async fn page(app: &App, asker: Asker, id: TargetId, number: Option<i32>, typed: Sent, faults: Faults) -> Answer {
    let (ctx, actor, v) = (&app.ctx, &asker.actor, asker.view.clone());
    let t = performance::version(ctx, actor, id, number).await?;
    let region = t.target.region;
    let filter = EvaluationFilter { target: Some(id), ..EvaluationFilter::default() };
    let page = Page {
        standing: performance::standing(ctx, actor, id).await?,
        evaluations: evaluation::page(ctx, actor, &filter, PageRequest::default()).await?.rows,
        month: month("", t.target.year, ctx.now()),
        months: choice::months(&v),
        reached: options!(v, Reached),
        conclusions: options!(v, Conclusion),
        may_keep: may::keep_targets(actor, region),
        may_review: may::review_target(actor, region),
        may_talk: may::comment_target(actor, region),
        may_follow: may::follow_targets(actor, region),
        may_evaluate: may::evaluate_self(actor, region),
        t,
        typed,
        faults,
        v,
    };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

/// Back to the target with a word; a refusal shows it as it is now, with what was typed.
async fn answer(
    app: &App,
    asker: Asker,
    id: TargetId,
    outcome: AppResult<()>,
    typed: Sent,
    done: (&str, &str),
) -> Answer {
    match outcome {
        Ok(()) => Ok(notice::done(&format!("/performance/targets/{id}"), done.0, done.1)),
        Err(error) => {
            let faults = Faults::of(error)?;
            page(app, asker, id, None, typed, faults).await
        }
    }
}

/// `POST /performance/targets/{id}/submit`
pub(super) async fn submit(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<TargetId>,
    Form(sent): Pairs,
) -> Answer {
    let sent = Sent::new(sent);
    let outcome = performance::submit(&app.ctx, &asker.actor, id, sent.revision()).await;
    answer(&app, asker, id, outcome, sent, ("已提交审核。", "Submitted for review.")).await
}

/// `POST /performance/targets/{id}/review`
pub(super) async fn review(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<TargetId>,
    Form(sent): Pairs,
) -> Answer {
    let sent = Sent::new(sent);
    let approve = sent.get("verdict") == "approve";
    let outcome = performance::review(&app.ctx, &asker.actor, id, sent.revision(), approve, sent.get("review")).await;
    let done = if approve { ("已批复。", "Approved.") } else { ("已退回。", "Returned.") };
    answer(&app, asker, id, outcome, sent, done).await
}

/// `POST /performance/targets/{id}/change`
pub(super) async fn change(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<TargetId>,
    Form(sent): Pairs,
) -> Answer {
    let sent = Sent::new(sent);
    match performance::change(&app.ctx, &asker.actor, id, sent.revision(), sent.get("reason")).await {
        Ok(()) => Ok(notice::redirect(&format!("/performance/targets/{id}/edit"))),
        refused => answer(&app, asker, id, refused, sent, ("", "")).await,
    }
}

/// `POST /performance/targets/{id}/comment`
pub(super) async fn comment(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<TargetId>,
    Form(sent): Pairs,
) -> Answer {
    let sent = Sent::new(sent);
    let outcome = performance::comment(&app.ctx, &asker.actor, id, sent.get("words")).await;
    answer(&app, asker, id, outcome, sent, ("已发表。", "Sent.")).await
}

/// `POST /performance/targets/{id}/remove`
pub(super) async fn remove(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<TargetId>,
    Form(sent): Pairs,
) -> Answer {
    let sent = Sent::new(sent);
    match performance::remove(&app.ctx, &asker.actor, id, sent.revision()).await {
        Ok(()) => Ok(notice::done("/performance", "已删除。", "Thrown away.")),
        refused => answer(&app, asker, id, refused, sent, ("", "")).await,
    }
}

/// `POST /performance/targets/{id}/before`
pub(super) async fn ex_ante(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<TargetId>,
    Form(sent): Pairs,
) -> Answer {
    let sent = Sent::new(sent);
    let points = Dimension::ALL.iter().filter_map(|d| {
        let given = sent.number(&format!("points_{}", d.code())).ok().flatten()?;
        Some((*d, given))
    });
    let made = ExAnte {
        points: points.collect(),
        conclusion: sent.get("conclusion").parse().ok(),
        words: sent.get("words").to_owned(),
    };
    let outcome = performance::save_ex_ante(&app.ctx, &asker.actor, id, sent.revision(), &made).await;
    answer(&app, asker, id, outcome, sent, ("事前评估已保存。", "Saved.")).await
}

/// `POST /performance/targets/{id}/freeze`
pub(super) async fn freeze(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<TargetId>,
    Form(sent): Pairs,
) -> Answer {
    let sent = Sent::new(sent);
    let month = sent.get("month").parse().unwrap_or(12);
    match performance::freeze(&app.ctx, &asker.actor, id, month).await {
        Ok(n) => {
            let (zh, en) = (format!("已取数并固定{n}项。"), format!("{n} frozen."));
            Ok(notice::done(&format!("/performance/targets/{id}"), zh, en))
        }
        Err(error) => answer(&app, asker, id, Err(error), sent, ("", "")).await,
    }
}

/// `POST /performance/targets/{id}/evaluate`
pub(super) async fn evaluate(State(app): State<App>, asker: Asker, Path(id): Path<TargetId>) -> Answer {
    match evaluation::begin_self(&app.ctx, &asker.actor, id).await {
        Ok(made) => Ok(notice::redirect(&format!("/performance/evaluations/{made}"))),
        Err(error) => answer(&app, asker, id, Err(error), Sent::default(), ("", "")).await,
    }
}

/// `POST /performance/indicators/{id}/state`
pub(super) async fn state(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<IndicatorId>,
    form: Multipart,
) -> Answer {
    asker.actor.must(may::keep_some_targets(&asker.actor))?;
    let sent = Sent::read(&app, form).await?;
    let target: TargetId = sent.get("target").parse().map_err(|_| keqiao_base::Refusal::not_found())?;
    let field = |key: &str| sent.get(&format!("s{id}_{key}")).to_owned();
    let outcome = match number("value", &field("value")) {
        Ok(value) => {
            let stated = StatementForm {
                value,
                reached: field("reached").parse().ok(),
                words: field("words"),
                file: sent.file(),
            };
            let month = field("month").parse().unwrap_or(0);
            performance::state(&app.ctx, &asker.actor, id, month, &stated).await.map(drop)
        }
        Err(refusal) => Err(refusal.into()),
    };
    answer(&app, asker, target, outcome, sent, ("已填报并签字。", "Stated and signed.")).await
}

/// `GET /performance/statements/{id}/file`
pub(super) async fn proof(State(app): State<App>, asker: Asker, Path(id): Path<StatementId>) -> Answer {
    let (name, bytes) = performance::proof(&app.ctx, &asker.actor, id).await?;
    Ok(attachment(&name, "application/octet-stream", bytes))
}
