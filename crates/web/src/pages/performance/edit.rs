//! The form of a target: written with advice as one types, indicators picked from the library. A form that is refused comes back as typed.

use askama::Template;
use axum::Form;
use axum::extract::{Path, RawQuery, State};
use keqiao_access::may;
use keqiao_app::performance::{self, IndicatorForm, TargetForm, TargetShown};
use keqiao_base::TargetId;
use keqiao_evidence::{Count, Kind, Rung};
use keqiao_performance::advice::{Advice, Around, advise};
use keqiao_performance::library::{ProjectKind, Prototype, Search};
use keqiao_performance::{Objection, Profile, Tree};

use super::choice::{self, Options};
use super::lines::{self, Line};
use super::sent::Sent;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::listing::Listing;
use crate::notice;
use crate::pages::{options, page_with};
use crate::state::App;
use crate::view::View;

/// Entries of the library on a page.
const SHELF: usize = 60;

#[derive(Template)]
#[template(path = "performance/edit.html")]
struct Page {
    v: View,
    t: TargetShown,
    /// Not `name`: inside the macros of forms that is the name of the field.
    called: String,
    description: String,
    goal: String,
    budget: String,
    is_new: bool,
    owner: String,
    tree: String,
    profile: String,
    lines: Vec<Line>,
    revision: i32,
    faults: Faults,
    objections: Vec<Objection>,
    advice: Vec<Advice>,
    owners: Options,
    profiles: Options,
    trees: Options,
    twigs: Options,
    operators: Options,
    sources: Options,
    kinds: Options,
    counts: Options,
    rungs: Options,
    note: String,
}

impl Page {
    /// What is odd about an indicator.
    fn about(&self, n: &usize) -> Vec<&Advice> {
        self.advice.iter().filter(|a| a.indicator == Some(*n)).collect()
    }

    fn fault(&self, n: &usize, key: &str) -> &str {
        self.faults.at(&self.v, &format!("i{n}_{key}"))
    }

    fn key(&self, n: &usize, key: &str) -> String {
        format!("i{n}_{key}")
    }

    fn back(&self) -> String {
        format!("/performance/targets/{}", self.t.target.id)
    }

    /// Places count from 1 for people.
    fn nth(&self, n: &usize) -> usize {
        n + 1
    }

    fn yes(&self, is: &bool) -> &'static str {
        if *is { "1" } else { "0" }
    }

    fn advice_path(&self) -> String {
        format!("/performance/targets/{}/advice", self.t.target.id)
    }
}

/// `GET /performance/targets/{id}/edit`
pub(super) async fn form(State(app): State<App>, asker: Asker, Path(id): Path<TargetId>) -> Answer {
    let t = performance::version(&app.ctx, &asker.actor, id, None).await?;
    asker.actor.must(may::keep_targets(&asker.actor, t.target.region))?;
    if !t.version.state.is_open() {
        return Ok(notice::redirect(&format!("/performance/targets/{id}")));
    }
    let lines = t.indicators.iter().enumerate().map(|(n, i)| Line::of(n, i)).collect();
    let advice = advise(&t.plain(), &Around::default());
    let objections = t.objections.clone();
    show(&app, asker, t, lines, None, Faults::default(), objections, advice).await
}

/// `POST /performance/targets/{id}/edit`
pub(super) async fn save(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<TargetId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Answer {
    let sent = Sent::new(sent);
    let t = performance::version(&app.ctx, &asker.actor, id, None).await?;
    asker.actor.must(may::keep_targets(&asker.actor, t.target.region))?;
    let typed = lines::typed(&sent);
    let saved = match lines::target(&sent, &typed, t.target.project_id) {
        Ok(form) => performance::save(&app.ctx, &asker.actor, id, sent.revision(), &form).await,
        Err(refusal) => Err(refusal.into()),
    };
    match saved {
        Ok(_) if sent.get("then") == "library" => Ok(notice::redirect(&format!("/performance/targets/{id}/library"))),
        Ok(_) if sent.get("then") == "more" => {
            Ok(notice::done(&format!("/performance/targets/{id}/edit"), "已保存，可以继续填写。", "Saved; go on."))
        }
        Ok(_) => Ok(notice::done(&format!("/performance/targets/{id}"), "已保存。", "Saved.")),
        Err(error) => {
            let faults = Faults::of(error)?;
            let plain = lines::target(&sent, &typed, t.target.project_id).ok();
            let (objections, advice) = checked(&t, plain.as_ref());
            show(&app, asker, t, typed, Some(&sent), faults, objections, advice).await
        }
    }
}

/// `POST /performance/targets/{id}/advice`: the same page with what is odd about what was typed; nothing is saved.
pub(super) async fn advice(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<TargetId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Answer {
    let sent = Sent::new(sent);
    let t = performance::version(&app.ctx, &asker.actor, id, None).await?;
    asker.actor.must(may::keep_targets(&asker.actor, t.target.region))?;
    let typed = lines::typed(&sent);
    let (faults, objections, advice) = match lines::target(&sent, &typed, t.target.project_id) {
        Ok(form) => match performance::check(&app.ctx, &asker.actor, id, &form).await {
            Ok((objections, advice)) => (Faults::default(), objections, advice),
            Err(error) => (Faults::of(error)?, Vec::new(), Vec::new()),
        },
        Err(refusal) => (Faults::of(refusal)?, Vec::new(), Vec::new()),
    };
    show(&app, asker, t, typed, Some(&sent), faults, objections, advice).await
}

fn checked(t: &TargetShown, form: Option<&TargetForm>) -> (Vec<Objection>, Vec<Advice>) {
    let Some(form) = form else { return (Vec::new(), Vec::new()) };
    let plain = form.target(t.plain().scope, t.target.year);
    let objections = Profile::named(&form.profile).map(|p| plain.objections(p)).unwrap_or_default();
    (objections, advise(&plain, &Around::default()))
}

#[expect(clippy::too_many_arguments, reason = "what the page shows, from four places")]
async fn show(
    app: &App,
    asker: Asker,
    t: TargetShown,
    mut lines: Vec<Line>,
    sent: Option<&Sent>,
    faults: Faults,
    objections: Vec<Objection>,
    advice: Vec<Advice>,
) -> Answer {
    let v = asker.view.clone();
    let owners = performance::accounts(&app.ctx, &asker.actor, t.target.region).await?;
    lines.push(Line::blank(lines.len()));
    let typed = |key: &str, stored: String| sent.map_or(stored, |s| s.get(key).to_owned());
    let tree = typed("tree", t.version.tree.code().to_owned());
    let own = t.target.project_id.is_some();
    let sources = [
        ("statement", v.t("负责人填报并签字", "A person states it")),
        ("evidence", v.t("由活动记录汇总", "Sum over evidence")),
        ("satisfaction", v.t("由满意度调查计算", "From surveys")),
        ("ledger", v.t("由支出明细汇总", "Sum over the ledger")),
        ("kept", v.t("其他（保持不变）", "Something else (as it is)")),
    ];
    let page = Page {
        called: typed("name", t.target.name.clone()),
        description: typed("description", t.version.description.clone()),
        goal: typed("goal", t.version.goal.clone()),
        budget: typed("budget", t.version.budget.to_string()),
        is_new: sent.map_or(t.target.is_new, |s| s.get("is_new") == "1"),
        owner: typed("owner", t.target.owner_id.to_string()),
        profile: typed("profile", t.version.profile.clone()),
        twigs: choice::twigs(&v, tree.parse().unwrap_or(Tree::Standard)),
        tree,
        lines,
        // A form that is shown again is made from what stands now.
        revision: t.target.revision,
        objections,
        advice,
        owners: owners.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        profiles: choice::profiles(&v),
        trees: options!(v, Tree),
        operators: choice::operators(&v),
        sources: sources.map(|(code, title)| (code.to_owned(), title.to_owned())).to_vec(),
        kinds: options!(v, Kind),
        counts: options!(v, Count),
        rungs: options!(v, Rung),
        note: match own {
            true => v.t("只计本项目的记录", "Only records of this project").to_owned(),
            false => String::new(),
        },
        faults,
        t,
        v,
    };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

#[derive(Template)]
#[template(path = "performance/library.html")]
struct Shelf {
    v: View,
    t: TargetShown,
    l: Listing,
    kinds: Options,
    entries: Vec<&'static Prototype>,
}

impl Shelf {
    fn back(&self) -> String {
        format!("/performance/targets/{}/edit", self.t.target.id)
    }

    fn measure(&self, entry: &Prototype) -> String {
        self.v.b(&entry.measure.title()).to_owned()
    }
}

/// `GET /performance/targets/{id}/library`
pub(super) async fn library(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<TargetId>,
    RawQuery(query): RawQuery,
) -> Answer {
    let t = performance::version(&app.ctx, &asker.actor, id, None).await?;
    asker.actor.must(may::keep_targets(&asker.actor, t.target.region))?;
    let list = Listing::new(&format!("/performance/targets/{id}/library"), &query.unwrap_or_default(), "");
    let kind: Option<ProjectKind> = list.get("kind").parse().ok();
    let fits = |e: &&Prototype| t.version.tree.level2().contains(&e.level2);
    let found: Vec<&'static Prototype> =
        Search { words: list.get("q"), kind, ..Search::default() }.run().into_iter().filter(fits).collect();
    let v = asker.view.clone();
    let page = Shelf {
        kinds: options!(v, ProjectKind),
        l: list.of(found.len() as u64),
        entries: found.into_iter().take(SHELF).collect(),
        t,
        v,
    };
    Ok(page_with(&page.v, &page))
}

/// `POST /performance/targets/{id}/library`: adds what was picked to the end of the form.
pub(super) async fn pick(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<TargetId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Answer {
    let sent = Sent::new(sent);
    let t = performance::version(&app.ctx, &asker.actor, id, None).await?;
    asker.actor.must(may::keep_targets(&asker.actor, t.target.region))?;
    let picked: Vec<&Prototype> = sent.all("pick").filter_map(Prototype::coded).collect();
    let (n, project) = (picked.len(), t.target.project_id);
    let kept = t.indicators.iter().cloned();
    let kept = kept.map(|i| IndicatorForm { id: Some(i.id), indicator: i.indicator, milestones: i.milestones });
    let drafts = picked.iter().map(|e| {
        let mut indicator = e.draft();
        if let Some(project) = project {
            indicator.measure = indicator.measure.of_project(project);
        }
        IndicatorForm { id: None, indicator, milestones: Vec::new() }
    });
    let plain = t.plain();
    let form = TargetForm {
        name: plain.name,
        is_new: t.target.is_new,
        owner: Some(t.target.owner_id),
        description: plain.description,
        goal: plain.goal,
        budget: plain.budget,
        tree: plain.tree,
        profile: plain.profile,
        indicators: kept.chain(drafts).collect(),
    };
    performance::save(&app.ctx, &asker.actor, id, sent.revision(), &form).await?;
    let (zh, en) =
        (format!("已加入{n}项，请填写指标值和分值。"), format!("{n} added: write their targets and weights."));
    Ok(notice::done(&format!("/performance/targets/{id}/edit"), zh, en))
}
