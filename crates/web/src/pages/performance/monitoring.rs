//! Monitoring: the lights of a month, what the year may end with, what people say to it, and what is being corrected.

use askama::Template;
use axum::Form;
use axum::extract::{Path, RawQuery, State};
use keqiao_access::may;
use keqiao_app::performance::{self, GoalView, Monitoring, NoteForm, TargetView};
use keqiao_base::{IndicatorId, Refusal};
use keqiao_i18n::Lang;
use keqiao_performance::light::{Cause, Light, Likelihood};
use keqiao_performance::task::TaskKind;
use keqiao_store::PageRequest;
use keqiao_store::performance::task::{Task, TaskFilter};

use super::choice::{self, Options};
use super::sent::Sent;
use super::targets::month;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::listing::Listing;
use crate::notice;
use crate::pages::{options, page_with};
use crate::state::App;
use crate::view::View;

#[derive(Template)]
#[template(path = "performance/monitoring.html")]
struct Page {
    v: View,
    l: Listing,
    m: Monitoring,
    regions: Options,
    years: Options,
    months: Options,
    lights: Options,
    causes: Options,
    likelihoods: Options,
    tasks: Vec<Task>,
    more_tasks: bool,
    follows: bool,
    /// The indicator whose note was refused, and what was typed.
    at: String,
    typed: Sent,
    faults: Faults,
}

impl Page {
    fn tone(&self, light: &Option<Light>) -> &'static str {
        choice::tone(*light)
    }

    fn light(&self, light: &Option<Light>) -> &'static str {
        self.v.f(choice::light(*light))
    }

    fn pace(&self, t: &TargetView) -> String {
        t.money.pace.map_or_else(|| "—".to_owned(), |p| format!("{}%", choice::shown(Some(p.round_dp(1)))))
    }

    fn actual(&self, g: &GoalView) -> String {
        match (&g.actual, g.stated.as_ref().and_then(|s| s.reached)) {
            (None, Some(reached)) => self.v.f(reached.title()).to_owned(),
            (actual, _) => choice::shown(*actual),
        }
    }

    fn due(&self, g: &GoalView) -> String {
        choice::shown(g.progress.map(|p| p.due))
    }

    fn percent(&self, g: &GoalView) -> String {
        g.progress
            .and_then(|p| p.percent)
            .map_or_else(|| "—".to_owned(), |p| format!("{}%", choice::shown(Some(p.round_dp(0)))))
    }

    /// The middle, and the range that the months bear out.
    fn forecast(&self, g: &GoalView) -> String {
        g.forecast.map_or_else(
            || "—".to_owned(),
            |f| {
                let (low, middle, high) =
                    (choice::shown(Some(f.low)), choice::shown(Some(f.middle)), choice::shown(Some(f.high)));
                match self.v.lang {
                    _ if low == high => middle,
                    Lang::Zh => format!("{middle}（{low}–{high}）"),
                    Lang::En => format!("{middle} ({low}–{high})"),
                }
            },
        )
    }

    fn qualitative(&self, g: &GoalView) -> bool {
        g.content.indicator.lower.is_none()
    }

    /// A field of the note: what was typed when it was refused here, else what stands.
    fn field(&self, g: &GoalView, key: &str) -> String {
        if self.at == g.content.id.to_string() {
            return self.typed.get(key).to_owned();
        }
        let Some(note) = &g.note else { return String::new() };
        match key {
            "light" => note.light.map(|l| l.code().to_owned()),
            "cause" => note.cause.map(|c| c.code().to_owned()),
            "likelihood" => note.likelihood.map(|l| l.code().to_owned()),
            _ => Some(note.words.clone()),
        }
        .unwrap_or_default()
    }

    fn revision(&self, g: &GoalView) -> String {
        g.note.as_ref().map_or(0, |n| n.revision).to_string()
    }

    fn key(&self, g: &GoalView, key: &str) -> String {
        format!("n{}_{key}", g.content.id)
    }

    fn asked(&self) -> bool {
        self.m.months.contains(&self.m.month)
    }

    fn asked_months(&self) -> String {
        self.m.months.iter().map(|m| format!("1–{m}")).collect::<Vec<_>>().join("、")
    }

    fn task_href(&self, t: &TargetView, g: &GoalView) -> String {
        let (region, year) = (self.m.region, self.m.year);
        format!(
            "/performance/tasks?region={region}&year={year}&target={}&indicator={}&kind=monitoring#make",
            t.target.id, g.content.id
        )
    }
}

/// `GET /performance/monitoring`
pub(super) async fn show(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let list = Listing::new("/performance/monitoring", &query.unwrap_or_default(), "");
    page(&app, asker, list, (String::new(), Sent::default()), Faults::default()).await
}

async fn page(app: &App, asker: Asker, list: Listing, refused: (String, Sent), faults: Faults) -> Answer {
    let (ctx, actor, v) = (&app.ctx, &asker.actor, asker.view.clone());
    let region = choice::region(actor, list.get("region"))?.ok_or_else(Refusal::forbidden)?;
    let now = ctx.now();
    let year = choice::year(list.get("year"), now);
    let m = performance::monitoring(ctx, actor, region, year, month(list.get("month"), year, now), true).await?;
    let kind = Some(TaskKind::Monitoring);
    let filter = TaskFilter { regions: vec![region], year: Some(year), kind, ..TaskFilter::default() };
    let tasks = performance::tasks(ctx, actor, &filter, PageRequest::default()).await?;
    let page = Page {
        regions: choice::regions(actor)?,
        years: choice::years(&performance::years(ctx, actor).await?, now),
        months: choice::months(&v),
        lights: options!(v, Light),
        causes: options!(v, Cause),
        likelihoods: options!(v, Likelihood),
        more_tasks: tasks.total > tasks.rows.len() as u64,
        tasks: tasks.rows,
        follows: may::follow_targets(actor, region),
        l: list.of(m.targets.len() as u64),
        m,
        at: refused.0,
        typed: refused.1,
        faults,
        v,
    };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

/// `POST /performance/indicators/{id}/note`
pub(super) async fn note(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<IndicatorId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Answer {
    let sent = Sent::new(sent);
    // The fields of each goal bear its id; a program may leave it out.
    let get = |key: &str| {
        let own = sent.get(&format!("n{id}_{key}")).to_owned();
        if own.is_empty() { sent.get(key).to_owned() } else { own }
    };
    let made = NoteForm {
        light: get("light").parse().ok(),
        cause: get("cause").parse().ok(),
        likelihood: get("likelihood").parse().ok(),
        words: get("words"),
    };
    let (region, year, month) = (sent.get("region"), sent.get("year"), sent.get("month"));
    let query = format!("region={region}&year={year}&month={month}");
    let revision = sent.revision();
    match performance::note(&app.ctx, &asker.actor, id, month.parse().unwrap_or(0), revision, &made).await {
        Ok(()) => Ok(notice::done(&format!("/performance/monitoring?{query}#g{id}"), "已记录。", "Noted.")),
        Err(error) => {
            let faults = Faults::of(error)?;
            let list = Listing::new("/performance/monitoring", &query, "");
            let typed = ["light", "cause", "likelihood", "words"].map(|key| (key.to_owned(), get(key))).to_vec();
            page(&app, asker, list, (id.to_string(), Sent::new(typed)), faults).await
        }
    }
}
