//! The targets of the year, by project and department, with their lights.

use askama::Template;
use axum::Form;
use axum::extract::{RawQuery, State};
use keqiao_access::may;
use keqiao_app::performance::{self, TargetView};
use keqiao_app::year::{self, ProjectFilter};
use keqiao_base::Refusal;
use keqiao_performance::light::Light;
use keqiao_performance::{Profile, TargetState};

use super::choice::{self, Options};
use super::sent::Sent;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::listing::Listing;
use crate::notice;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

#[derive(Template)]
#[template(path = "performance/targets.html")]
struct Page {
    v: View,
    l: Listing,
    regions: Options,
    years: Options,
    months: Options,
    rows: Vec<TargetView>,
    region: String,
    year: i32,
    month: u8,
    keeps: bool,
    /// Projects of the year without a target.
    projects: Options,
    profiles: Options,
    profile: String,
    faults: Faults,
}

impl Page {
    fn tone(&self, row: &TargetView) -> &'static str {
        choice::tone(row.light)
    }

    fn light(&self, row: &TargetView) -> &'static str {
        self.v.f(choice::light(row.light))
    }

    fn state(&self, row: &TargetView) -> &'static str {
        match row.target.state {
            TargetState::Approved => "good",
            TargetState::Returned => "warning",
            TargetState::Submitted => "info",
            TargetState::Draft => "quiet",
        }
    }

    /// How many goals have this light.
    fn lit(&self, row: &TargetView, code: &str) -> usize {
        row.goals.iter().filter(|g| g.light.map(Light::code) == Some(code)).count()
    }

    fn pace(&self, row: &TargetView) -> String {
        row.money.pace.map_or_else(|| "—".to_owned(), |p| format!("{}%", choice::shown(Some(p.round_dp(1)))))
    }

    fn money(&self, row: &TargetView) -> String {
        format!("{} / {}", row.money.executed.wan(), row.money.budget.wan())
    }
}

/// `GET /performance`
pub(super) async fn list(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let list = Listing::new("/performance", &query.unwrap_or_default(), "");
    show(&app, asker, list, Faults::default()).await
}

async fn show(app: &App, asker: Asker, list: Listing, faults: Faults) -> Answer {
    let (ctx, actor, v) = (&app.ctx, &asker.actor, asker.view.clone());
    let region = choice::region(actor, list.get("region"))?.ok_or_else(Refusal::forbidden)?;
    let now = ctx.now();
    let year = choice::year(list.get("year"), now);
    let month = month(list.get("month"), year, now);
    let seen = performance::monitoring(ctx, actor, region, year, month, false).await?;
    let keeps = may::keep_targets(actor, region);
    let projects = if keeps { without_target(app, &asker, region, year, &seen.targets).await? } else { Vec::new() };
    let profile = Profile::of_province(region_province(region), year).map(|p| p.name.clone()).unwrap_or_default();
    let page = Page {
        regions: choice::regions(actor)?,
        years: choice::years(&performance::years(ctx, actor).await?, now),
        months: choice::months(&v),
        l: list.of(seen.targets.len() as u64),
        rows: seen.targets,
        region: region.code(),
        year,
        month,
        keeps,
        projects,
        profiles: choice::profiles(&v),
        profile,
        faults,
        v,
    };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

/// The name of the province that a region lies in.
pub(super) fn region_province(region: keqiao_access::RegionCode) -> &'static str {
    std::iter::successors(Some(region), |r| r.parent()).last().and_then(keqiao_access::RegionCode::name).unwrap_or("")
}

/// The month that is asked for; else the last whole one of this year, December of a past one.
pub(super) fn month(asked: &str, year: i32, now: keqiao_base::Moment) -> u8 {
    let (this, month, ..) = now.china();
    let last = match year.cmp(&this) {
        std::cmp::Ordering::Less => 12,
        std::cmp::Ordering::Equal => u8::try_from(month.saturating_sub(1)).unwrap_or(12).max(1),
        std::cmp::Ordering::Greater => 1,
    };
    asked.parse().ok().filter(|m| (1..=12).contains(m)).unwrap_or(last)
}

/// The department as a whole and its projects, as far as they have no target yet.
async fn without_target(
    app: &App,
    asker: &Asker,
    region: keqiao_access::RegionCode,
    of: i32,
    there: &[TargetView],
) -> Answer<Options> {
    let filter = ProjectFilter { region: Some(region), year: Some(of), ..ProjectFilter::default() };
    let projects = year::projects(&app.ctx, &asker.actor, &filter).await?;
    let free = |id| !there.iter().any(|t| t.target.project_id == id);
    let whole = ("whole".to_owned(), asker.view.t("部门整体", "The department as a whole").to_owned());
    let whole = Some(whole).filter(|_| free(None));
    let projects = projects.into_iter().filter(|p| free(Some(p.id)));
    Ok(whole.into_iter().chain(projects.map(|p| (p.id.to_string(), format!("{} {}", p.code, p.name)))).collect())
}

/// `POST /performance/targets`
pub(super) async fn begin(State(app): State<App>, asker: Asker, Form(sent): Form<Vec<(String, String)>>) -> Answer {
    let sent = Sent::new(sent);
    let region = choice::region(&asker.actor, sent.get("region"))?.ok_or_else(Refusal::forbidden)?;
    let year = choice::year(sent.get("year"), app.ctx.now());
    let project = sent.get("project").parse().ok();
    let begun = match project.is_some() || sent.get("project") == "whole" {
        true => performance::begin(&app.ctx, &asker.actor, region, year, project, sent.get("profile")).await,
        false => {
            asker.actor.must(may::keep_targets(&asker.actor, region))?;
            Err(Refusal::field("project", "project", "请选择项目。", "Choose a project.").into())
        }
    };
    match begun {
        Ok(id) => Ok(notice::redirect(&format!("/performance/targets/{id}/edit"))),
        Err(error) => {
            let faults = Faults::of(error)?;
            let list = Listing::new("/performance", &format!("region={}&year={year}", region.code()), "");
            show(&app, asker, list, faults).await
        }
    }
}
