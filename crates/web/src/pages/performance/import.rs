//! Last year's report: sent, looked at, brought in as the beginning of this year's targets.

use askama::Template;
use axum::Form;
use axum::extract::{Multipart, RawQuery, State};
use keqiao_access::may;
use keqiao_app::performance::{self, Former};
use keqiao_app::year::{self, ProjectFilter};
use keqiao_base::{ProjectId, Refusal};
use keqiao_performance::Profile;

use super::choice::{self, Options};
use super::sent::Sent;
use super::targets::region_province;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::listing::Listing;
use crate::notice;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

#[derive(Template)]
#[template(path = "performance/import.html")]
struct Page {
    v: View,
    regions: Options,
    years: Options,
    region: String,
    year: i32,
    former: Option<Former>,
    file_name: String,
    /// Projects of the year, to which the forms may belong.
    projects: Options,
    profiles: Options,
    profile: String,
    faults: Faults,
}

impl Page {
    /// The project that a form is most likely about: the one whose name it bears.
    fn guess(&self, project: &str) -> String {
        let same = self.projects.iter().find(|(_, name)| !project.is_empty() && name.contains(project));
        same.map(|(id, _)| id.clone()).unwrap_or_default()
    }

    fn key(&self, at: &usize) -> String {
        format!("form{at}")
    }

    fn target(&self, i: &keqiao_performance::Indicator) -> String {
        i.target()
    }

    fn past(&self, i: &keqiao_performance::Indicator) -> String {
        choice::shown(i.baseline)
    }
}

/// `GET /performance/import`
pub(super) async fn form(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    asker.actor.must(may::keep_some_targets(&asker.actor))?;
    let list = Listing::new("/performance/import", &query.unwrap_or_default(), "");
    let (region, year) = (list.get("region").to_owned(), list.get("year").to_owned());
    show(&app, asker, &region, &year, None, String::new(), Faults::default()).await
}

async fn show(
    app: &App,
    asker: Asker,
    region: &str,
    year: &str,
    former: Option<Former>,
    file_name: String,
    faults: Faults,
) -> Answer {
    let (ctx, actor, v) = (&app.ctx, &asker.actor, asker.view.clone());
    let region = choice::region(actor, region)?.ok_or_else(Refusal::forbidden)?;
    let year = choice::year(year, ctx.now());
    let filter = ProjectFilter { region: Some(region), year: Some(year), ..ProjectFilter::default() };
    let projects = year::projects(ctx, actor, &filter).await?;
    let whole = ("whole".to_owned(), v.t("部门整体", "The department as a whole").to_owned());
    let projects = projects.into_iter().map(|p| (p.id.to_string(), p.name));
    let page = Page {
        regions: choice::regions(actor)?,
        years: choice::years(&[], ctx.now()),
        projects: std::iter::once(whole).chain(projects).collect(),
        profiles: choice::profiles(&v),
        profile: Profile::of_province(region_province(region), year).map(|p| p.name.clone()).unwrap_or_default(),
        region: region.code(),
        year,
        former,
        file_name,
        faults,
        v,
    };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

/// `POST /performance/import`
pub(super) async fn inspect(State(app): State<App>, asker: Asker, form: Multipart) -> Answer {
    asker.actor.must(may::keep_some_targets(&asker.actor))?;
    let sent = Sent::read(&app, form).await?;
    let (region, year) = (sent.get("region").to_owned(), sent.get("year").to_owned());
    let Some((name, hash)) = sent.file() else {
        let missing = Refusal::field("import.file", "file", "请选择上年的报告文件。", "Choose last year's report.");
        return show(&app, asker, &region, &year, None, String::new(), Faults::of(missing)?).await;
    };
    match performance::inspect(&app.ctx, &asker.actor, &name, &hash).await {
        Ok(former) => show(&app, asker, &region, &year, Some(former), name, Faults::default()).await,
        Err(error) => {
            let faults = Faults::of(error)?;
            show(&app, asker, &region, &year, None, name, faults).await
        }
    }
}

/// `POST /performance/import/bring`
pub(super) async fn bring(State(app): State<App>, asker: Asker, Form(sent): Form<Vec<(String, String)>>) -> Answer {
    let sent = Sent::new(sent);
    let region = choice::region(&asker.actor, sent.get("region"))?.ok_or_else(Refusal::forbidden)?;
    let year = choice::year(sent.get("year"), app.ctx.now());
    let chosen: Vec<(usize, Option<ProjectId>)> = (0..200)
        .filter_map(|at| match sent.get(&format!("form{at}")) {
            "" => None,
            "whole" => Some((at, None)),
            id => id.parse().ok().map(|id| (at, Some(id))),
        })
        .collect();
    let file = (sent.get("file"), sent.get("name"));
    match performance::bring(&app.ctx, &asker.actor, region, year, file, sent.get("profile"), &chosen).await {
        Ok(brought) => {
            let (n, i, r) = (brought.targets.len(), brought.indicators, brought.remembered);
            let zh = format!("已起草{n}个绩效目标、{i}项指标；另为{r}项已有指标补上历年数据。");
            let en = format!("{n} targets with {i} indicators drafted; {r} existing indicators got their past.");
            Ok(notice::done(&format!("/performance?region={}&year={year}", region.code()), zh, en))
        }
        Err(error) => {
            let faults = Faults::of(error)?;
            show(&app, asker, &region.code(), &year.to_string(), None, String::new(), faults).await
        }
    }
}
