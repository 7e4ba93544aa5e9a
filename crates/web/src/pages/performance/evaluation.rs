//! One evaluation: the form with computed actuals, scores and reasons, and independent ones beside it.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use keqiao_access::may;
use keqiao_app::AppResult;
use keqiao_app::performance::evaluation::{self, EvaluationForm, EvaluationShown, RowForm, RowShown};
use keqiao_base::{EvaluationId, Fen, Refusal};
use keqiao_performance::Operator;
use keqiao_performance::evaluation::{EvaluationKind, EvaluationState, Funds};
use keqiao_performance::stored::read;
use keqiao_store::performance::evaluation::EvaluationRow;

use super::choice;
use super::sent::Sent;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::notice;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

type Pairs = Form<Vec<(String, String)>>;

#[derive(Template)]
#[template(path = "performance/evaluation.html")]
struct Page {
    v: View,
    e: EvaluationShown,
    /// Whether the actor may write it, and it is not submitted.
    writes: bool,
    may_rescore: bool,
    may_task: bool,
    typed: Option<Sent>,
    faults: Faults,
}

impl Page {
    fn units(&self, value: &Option<i64>) -> String {
        choice::units(*value)
    }

    fn score(&self, value: &i64) -> String {
        choice::points(Some(*value))
    }

    fn band(&self) -> String {
        choice::band(&self.v, &self.e.record.band)
    }

    fn wan(&self, money: &Fen) -> String {
        money.wan()
    }

    fn rate(&self) -> String {
        self.e.money.total().rate().map_or_else(|| "—".to_owned(), |r| format!("{}%", choice::shown(Some(r))))
    }

    fn funds(&self) -> Vec<(&'static str, Funds)> {
        let m = &self.e.money;
        let v = &self.v;
        vec![
            (v.t("年度资金总额", "All funds of the year"), m.total()),
            (v.t("其中：本年财政拨款", "of which: fiscal money of the year"), m.fiscal),
            (v.t("上年结转资金", "carried over"), m.carried),
            (v.t("其他资金", "other"), m.other),
        ]
    }

    fn target(&self, r: &RowShown) -> String {
        r.indicator.as_ref().map(keqiao_performance::Indicator::target).unwrap_or_default()
    }

    fn actual(&self, r: &RowShown) -> String {
        match (r.row.value, r.row.reached) {
            (Some(value), _) => choice::units(Some(value)),
            (None, Some(reached)) => self.v.f(reached.title()).to_owned(),
            _ => "—".to_owned(),
        }
    }

    /// Where the actual came from.
    fn source(&self, r: &RowShown) -> String {
        let v = &self.v;
        match (&r.figure, &r.statement) {
            (Some(f), _) => format!("{} {} · {} {}", f.row_count, v.t("条记录", "rows"), v.t("链位", "chain"), f.chain),
            (None, Some(s)) => format!("{} {}", s.signer, s.created_at.minute()),
            (None, None) => String::new(),
        }
    }

    /// Whether people give this score.
    fn given(&self, r: &RowShown) -> bool {
        let qualitative = r.indicator.as_ref().is_none_or(|i| i.operator == Operator::Qualitative);
        self.writes && r.row.weight > 0 && (qualitative || self.e.record.kind == EvaluationKind::Independent)
    }

    fn typed_score(&self, r: &RowShown) -> String {
        let stored = r.row.score.map(|s| read(s).to_string()).unwrap_or_default();
        self.typed.as_ref().map_or(stored, |t| t.get(&self.key(r, "score")).to_owned())
    }

    fn typed_reason(&self, r: &RowShown) -> String {
        self.typed.as_ref().map_or_else(|| r.row.reason.clone(), |t| t.get(&self.key(r, "reason")).to_owned())
    }

    fn word(&self, key: &str) -> String {
        let r = &self.e.record;
        let stored = match key {
            "achieved" => &r.achieved,
            "problems" => &r.problems,
            "suggestions" => &r.suggestions,
            _ => &r.execution_reason,
        };
        self.typed.as_ref().map_or_else(|| stored.clone(), |t| t.get(key).to_owned())
    }

    fn key(&self, r: &RowShown, key: &str) -> String {
        format!("r{}_{key}", r.row.position)
    }

    fn fault(&self, r: &RowShown, key: &str) -> &str {
        self.faults.at(&self.v, &self.key(r, key))
    }

    fn weight(&self, r: &RowShown) -> String {
        choice::units(Some(r.row.weight))
    }

    /// The score of the first evaluation, where this one stands beside it.
    fn first(&self, r: &RowShown) -> String {
        let first = self.e.first.as_ref().and_then(|(_, rows)| rows.iter().find(|f| f.position == r.row.position));
        choice::units(first.and_then(|f| f.score))
    }

    fn theirs(&self, rows: &[EvaluationRow], at: &usize) -> (String, String) {
        rows.get(*at).map_or_else(|| ("—".to_owned(), String::new()), |r| (choice::units(r.score), r.reason.clone()))
    }

    fn by(&self, value: &keqiao_quantity::Decimal) -> String {
        let sign = if value.is_sign_positive() && !value.is_zero() { "+" } else { "" };
        format!("{sign}{}", choice::shown(Some(*value)))
    }

    fn submitted(&self) -> bool {
        self.e.record.state == EvaluationState::Submitted
    }

    fn has_money(&self) -> bool {
        self.e.record.execution_weight > 0
    }

    fn of_target(&self) -> bool {
        self.e.rows.iter().any(|r| r.indicator.is_some()) && self.e.record.kind != EvaluationKind::Independent
    }

    fn told(&self) -> Vec<String> {
        self.faults.all(&self.v).into_iter().map(str::to_owned).collect()
    }

    fn path(&self, end: &str) -> String {
        format!("/performance/evaluations/{}{end}", self.e.record.id)
    }

    fn task_href(&self, r: &RowShown) -> String {
        let record = &self.e.record;
        let kind = match record.kind {
            EvaluationKind::SelfMade => "self",
            _ => "department",
        };
        let target = record.target_id.map(|t| format!("&target={t}")).unwrap_or_default();
        let indicator = r.row.indicator_id.map(|i| format!("&indicator={i}")).unwrap_or_default();
        format!(
            "/performance/tasks?region={}&year={}&evaluation={}{target}{indicator}&kind={kind}#make",
            record.region, record.year, record.id
        )
    }
}

/// `GET /performance/evaluations/{id}`
pub(super) async fn show(State(app): State<App>, asker: Asker, Path(id): Path<EvaluationId>) -> Answer {
    page(&app, asker, id, None, Faults::default()).await
}

async fn page(app: &App, asker: Asker, id: EvaluationId, typed: Option<Sent>, faults: Faults) -> Answer {
    let e = evaluation::evaluation(&app.ctx, &asker.actor, id).await?;
    let v = asker.view.clone();
    let open = e.record.state == EvaluationState::Draft;
    let own = e.record.kind != EvaluationKind::Independent || asker.actor.account() == Some(e.record.evaluator_id);
    let rescores = e.record.kind != EvaluationKind::Independent && !open;
    let page = Page {
        writes: e.writes && open && own,
        may_rescore: rescores && may::evaluate_others(&asker.actor, e.record.region),
        may_task: may::keep_tasks(&asker.actor, e.record.region),
        e,
        typed,
        faults,
        v,
    };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

async fn answer(
    app: &App,
    asker: Asker,
    id: EvaluationId,
    outcome: AppResult<()>,
    typed: Option<Sent>,
    done: (&str, &str),
) -> Answer {
    match outcome {
        Ok(()) => Ok(notice::done(&format!("/performance/evaluations/{id}"), done.0, done.1)),
        Err(error) => {
            let faults = Faults::of(error)?;
            page(app, asker, id, typed, faults).await
        }
    }
}

/// What the fields say.
fn form(sent: &Sent, rows: &[RowShown]) -> Result<EvaluationForm, Refusal> {
    let mut faults = Vec::new();
    let mut sent_rows = Vec::new();
    for r in rows {
        let position = r.row.position;
        let (score, reason) = (format!("r{position}_score"), format!("r{position}_reason"));
        let given = match sent.number(&score) {
            Ok(value) => value,
            Err(refusal) => {
                faults.extend(refusal.fields);
                None
            }
        };
        // What a program does not name stays.
        if sent.all(&score).next().is_some() || sent.all(&reason).next().is_some() {
            sent_rows.push(RowForm { position, score: given, reason: sent.get(&reason).to_owned() });
        }
    }
    if !faults.is_empty() {
        return Err(Refusal::fields("evaluation.invalid", faults));
    }
    Ok(EvaluationForm {
        achieved: sent.get("achieved").to_owned(),
        problems: sent.get("problems").to_owned(),
        suggestions: sent.get("suggestions").to_owned(),
        execution_reason: sent.get("execution_reason").to_owned(),
        rows: sent_rows,
    })
}

/// `POST /performance/evaluations/{id}`
pub(super) async fn save(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<EvaluationId>,
    Form(sent): Pairs,
) -> Answer {
    let sent = Sent::new(sent);
    let e = evaluation::evaluation(&app.ctx, &asker.actor, id).await?;
    let saved = match form(&sent, &e.rows) {
        Ok(form) => evaluation::save(&app.ctx, &asker.actor, id, sent.revision(), &form).await,
        Err(refusal) => Err(refusal.into()),
    };
    match (saved, sent.get("then")) {
        (Ok(revision), "submit") => {
            let outcome = evaluation::submit(&app.ctx, &asker.actor, id, revision).await;
            answer(&app, asker, id, outcome, None, ("已提交。", "Submitted.")).await
        }
        (saved, _) => answer(&app, asker, id, saved.map(drop), Some(sent), ("已保存。", "Saved.")).await,
    }
}

/// `POST /performance/evaluations/{id}/refill`
pub(super) async fn refill(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<EvaluationId>,
    Form(sent): Pairs,
) -> Answer {
    let outcome = evaluation::refill(&app.ctx, &asker.actor, id, Sent::new(sent).revision()).await;
    answer(&app, asker, id, outcome.map(drop), None, ("已重新取数。", "Taken anew.")).await
}

/// `POST /performance/evaluations/{id}/submit`
pub(super) async fn submit(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<EvaluationId>,
    Form(sent): Pairs,
) -> Answer {
    let outcome = evaluation::submit(&app.ctx, &asker.actor, id, Sent::new(sent).revision()).await;
    answer(&app, asker, id, outcome, None, ("已提交。", "Submitted.")).await
}

/// `POST /performance/evaluations/{id}/beside`
pub(super) async fn beside(State(app): State<App>, asker: Asker, Path(id): Path<EvaluationId>) -> Answer {
    match evaluation::begin_beside(&app.ctx, &asker.actor, id).await {
        Ok(other) => Ok(notice::redirect(&format!("/performance/evaluations/{other}"))),
        Err(error) => answer(&app, asker, id, Err(error), None, ("", "")).await,
    }
}
