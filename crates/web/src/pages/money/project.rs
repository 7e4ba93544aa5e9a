//! Units and projects: listed, made, changed; a form made from an older revision is refused, with what was typed still in it.

use askama::Template;
use axum::Form;
use axum::extract::{Path, RawQuery, State};
use keqiao_access::may;
use keqiao_accounts::{Fund, MoneySource, ProjectCategory, ProjectDuration, ProjectNature, UnitKind};
use keqiao_app::year::{self, Project, ProjectFilter, ProjectForm, Unit, UnitForm};
use keqiao_base::{Fen, ProjectId, Refusal, UnitId};

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

/// The choices of the form.
struct Choices {
    units: Vec<(String, String)>,
    categories: Vec<(String, String)>,
    natures: Vec<(String, String)>,
    durations: Vec<(String, String)>,
    sources: Vec<(String, String)>,
    funds: Vec<(String, String)>,
}

impl Choices {
    fn of(units: &[Unit], v: &View) -> Choices {
        Choices {
            units: units.iter().map(|u| (u.id.to_string(), u.name.clone())).collect(),
            categories: ProjectCategory::ALL.iter().map(|c| (c.code().to_owned(), v.f(c.title()).to_owned())).collect(),
            natures: ProjectNature::ALL.iter().map(|c| (c.code().to_owned(), v.f(c.title()).to_owned())).collect(),
            durations: ProjectDuration::ALL.iter().map(|c| (c.code().to_owned(), v.f(c.title()).to_owned())).collect(),
            sources: MoneySource::ALL.iter().map(|c| (c.code().to_owned(), v.f(c.title()).to_owned())).collect(),
            funds: Fund::ALL.iter().map(|c| (c.code().to_owned(), v.f(c.title()).to_owned())).collect(),
        }
    }
}

#[derive(Template)]
#[template(path = "money/projects.html")]
struct ListPage {
    v: View,
    l: Listing,
    s: Scope,
    units: Vec<Unit>,
    rows: Vec<Project>,
    c: Choices,
    kinds: Vec<(String, String)>,
    typed: Sent,
    faults: Faults,
    keeps: bool,
    keeps_units: bool,
}

impl ListPage {
    fn typed(&self, name: &str) -> &str {
        sent(&self.typed, name)
    }

    fn unit(&self, project: &Project) -> String {
        self.units.iter().find(|u| u.id == project.unit_id).map(|u| u.name.clone()).unwrap_or_default()
    }
}

/// `GET /money/projects`
pub(super) async fn list(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let l = Listing::new("/money/projects", &query.unwrap_or_default(), "");
    render_list(&app, asker, l, Sent::new(), Faults::default()).await
}

async fn render_list(app: &App, asker: Asker, l: Listing, typed: Sent, faults: Faults) -> Answer {
    asker.actor.must(may::see_years(&asker.actor))?;
    let s = Scope::of(app, &asker, &l, may::year_regions(&asker.actor)).await?;
    let units = year::units(&app.ctx, &asker.actor).await?;
    let units: Vec<Unit> = units.into_iter().filter(|u| u.region == s.region).collect();
    let filter = ProjectFilter { region: Some(s.region), year: Some(s.year), ..ProjectFilter::default() };
    let rows = year::projects(&app.ctx, &asker.actor, &filter).await?;
    let v = asker.view.clone();
    let page = ListPage {
        c: Choices::of(&units, &v),
        kinds: UnitKind::ALL.iter().map(|k| (k.code().to_owned(), v.f(k.title()).to_owned())).collect(),
        keeps: may::keep_projects(&asker.actor, s.region),
        keeps_units: may::keep_units(&asker.actor, s.region),
        l,
        s,
        units,
        rows,
        typed,
        faults,
        v,
    };
    Ok(page.faults.answer(page_with(&asker.view, &page)))
}

/// The form as it was typed.
fn read(form: &Sent) -> Result<ProjectForm, Refusal> {
    let budget = Fen::parse(Some(sent(form, "budget").trim()).filter(|t| !t.is_empty()).unwrap_or("0"));
    let budget = budget.map_err(|why| Refusal::field("project.budget", "budget", why.zh, why.en))?;
    let no_unit = |_| Refusal::field("project.unit", "unit", "请选择预算单位。", "Choose a unit.");
    Ok(ProjectForm {
        unit: sent(form, "unit").parse().map_err(no_unit)?,
        code: sent(form, "code").to_owned(),
        name: sent(form, "name").to_owned(),
        description: sent(form, "description").to_owned(),
        category: sent(form, "category").parse().unwrap_or(ProjectCategory::Department),
        nature: sent(form, "nature").parse().unwrap_or(ProjectNature::Continuing),
        duration: sent(form, "duration").parse().unwrap_or(ProjectDuration::Permanent),
        source: sent(form, "source").parse().unwrap_or(MoneySource::Appropriation),
        fund: sent(form, "fund").parse().unwrap_or(Fund::General),
        budget,
    })
}

fn listing(path: &str, region: keqiao_access::RegionCode, year: i32) -> Listing {
    let here = at(path, region, year);
    Listing::new(path, here.split_once('?').map_or("", |(_, q)| q), "")
}

/// `POST /money/projects`
pub(super) async fn make(State(app): State<App>, asker: Asker, Form(form): Form<Sent>) -> Answer {
    let (region, year) = of_form(&form)?;
    asker.actor.must(may::keep_projects(&asker.actor, region))?;
    let made = match read(&form) {
        Ok(project) => year::make_project(&app.ctx, &asker.actor, region, year, &project).await.map(drop),
        Err(refusal) => Err(refusal.into()),
    };
    match made {
        Ok(()) => {
            let here = at("/money/projects", region, year);
            Ok(notice::done(&here, "项目已建立。", "The project is there."))
        }
        Err(error) => {
            let faults = Faults::of(error)?;
            render_list(&app, asker, listing("/money/projects", region, year), form, faults).await
        }
    }
}

#[derive(Template)]
#[template(path = "money/project.html")]
struct Page {
    v: View,
    p: Project,
    c: Choices,
    typed: Sent,
    faults: Faults,
    keeps: bool,
}

impl Page {
    fn typed(&self, name: &str) -> &str {
        sent(&self.typed, name)
    }

    fn back(&self) -> String {
        at("/money/projects", self.p.region, self.p.year)
    }
}

/// `GET /money/projects/{id}`
pub(super) async fn show(State(app): State<App>, asker: Asker, Path(id): Path<ProjectId>) -> Answer {
    render(&app, asker, id, None, Faults::default()).await
}

async fn render(app: &App, asker: Asker, id: ProjectId, typed: Option<Sent>, faults: Faults) -> Answer {
    let p = year::project(&app.ctx, &asker.actor, id).await?;
    let units = year::units(&app.ctx, &asker.actor).await?;
    let units: Vec<Unit> = units.into_iter().filter(|u| u.region == p.region).collect();
    let stands = || {
        let pairs = [
            ("unit", p.unit_id.to_string()),
            ("code", p.code.clone()),
            ("name", p.name.clone()),
            ("description", p.description.clone()),
            ("category", p.category.code().to_owned()),
            ("nature", p.nature.code().to_owned()),
            ("duration", p.duration.code().to_owned()),
            ("source", p.source.code().to_owned()),
            ("fund", p.fund.code().to_owned()),
            ("budget", p.budget.to_string()),
        ];
        pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()
    };
    let keeps = may::keep_projects(&asker.actor, p.region);
    let v = asker.view;
    let page = Page { c: Choices::of(&units, &v), typed: typed.unwrap_or_else(stands), keeps, p, faults, v };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

/// `POST /money/projects/{id}`
pub(super) async fn change(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<ProjectId>,
    Form(form): Form<Sent>,
) -> Answer {
    let changed = match read(&form) {
        Ok(project) => year::change_project(&app.ctx, &asker.actor, id, revision(&form), &project).await.map(drop),
        Err(refusal) => {
            // Who may not know of the project is told so before anything about the form.
            year::project(&app.ctx, &asker.actor, id).await?;
            Err(refusal.into())
        }
    };
    match changed {
        Ok(()) => Ok(notice::done(&format!("/money/projects/{id}"), "已保存。", "Saved.")),
        Err(error) => {
            let faults = Faults::of(error)?;
            render(&app, asker, id, Some(form), faults).await
        }
    }
}

fn unit_form(form: &Sent) -> UnitForm {
    UnitForm {
        name: sent(form, "name").to_owned(),
        kind: sent(form, "kind").parse().unwrap_or(UnitKind::Administrative),
        active: sent(form, "active") == "1",
    }
}

/// `POST /money/units`
pub(super) async fn make_unit(State(app): State<App>, asker: Asker, Form(form): Form<Sent>) -> Answer {
    let (region, year) = of_form(&form)?;
    let unit = UnitForm { active: true, ..unit_form(&form) };
    match year::make_unit(&app.ctx, &asker.actor, region, &unit).await {
        Ok(_) => Ok(notice::done(&at("/money/projects", region, year), "单位已建立。", "The unit is there.")),
        Err(error) => {
            let faults = Faults::of(error)?;
            render_list(&app, asker, listing("/money/projects", region, year), form, faults).await
        }
    }
}

/// `POST /money/units/{id}`
pub(super) async fn change_unit(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<UnitId>,
    Form(form): Form<Sent>,
) -> Answer {
    year::change_unit(&app.ctx, &asker.actor, id, revision(&form), &unit_form(&form)).await?;
    let here = of_form(&form).map_or_else(|_| "/money/projects".to_owned(), |(r, y)| at("/money/projects", r, y));
    Ok(notice::done(&here, "已保存。", "Saved."))
}
