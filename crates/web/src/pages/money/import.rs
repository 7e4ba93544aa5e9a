//! Imports into the books: the file, its columns, notes with totals and differences, bringing in, taking back.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Path, RawQuery, State};
use keqiao_access::may;
use keqiao_app::money::import::{self, FileColumns, ImportRecord, List, Report, State as Stage, Target};
use keqiao_app::year;
use keqiao_base::{BookImportId, Fen, Refusal};

use super::scope::{Scope, at, of_form};
use super::{Sent, revision, sent};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::listing::Listing;
use crate::notice;
use crate::pages::page_with;
use crate::received::Received;
use crate::state::App;
use crate::view::View;

#[derive(Template)]
#[template(path = "money/imports.html")]
struct ListPage {
    v: View,
    l: Listing,
    rows: Vec<ImportRecord>,
    keeps: bool,
}

impl ListPage {
    fn tone(&self, import: &ImportRecord) -> &'static str {
        match import.state {
            Stage::Mapping => "quiet",
            Stage::Preview => "warning",
            Stage::Done => "good",
            Stage::Undone => "quiet",
        }
    }
}

/// `GET /money/imports`
pub(super) async fn list(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let l = Listing::new("/money/imports", &query.unwrap_or_default(), "");
    let page = import::list(&app.ctx, &asker.actor, l.request()).await?;
    let keeps = !may::book_regions(&asker.actor).is_empty();
    let page = ListPage { l: l.of(page.total), rows: page.rows, keeps, v: asker.view };
    Ok(page_with(&page.v, &page))
}

#[derive(Template)]
#[template(path = "money/import_upload.html")]
struct NewPage {
    v: View,
    s: Scope,
    faults: Faults,
    lists: Vec<(String, String)>,
    list: String,
    units: Vec<(String, String)>,
    unit: String,
    source: String,
}

/// `GET /money/import`
pub(super) async fn form(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    asker.actor.must(may::see_money(&asker.actor) && !may::book_regions(&asker.actor).is_empty())?;
    let l = Listing::new("/money/import", &query.unwrap_or_default(), "");
    new_page(&app, asker, &l, Faults::default()).await
}

async fn new_page(app: &App, asker: Asker, l: &Listing, faults: Faults) -> Answer {
    let s = Scope::of(app, &asker, l, may::book_regions(&asker.actor)).await?;
    let units = year::units(&app.ctx, &asker.actor).await?.into_iter().filter(|u| u.region == s.region && u.active);
    let v = asker.view;
    let page = NewPage {
        units: units.map(|u| (u.id.to_string(), u.name)).collect(),
        lists: List::ALL.iter().map(|k| (k.code().to_owned(), v.f(k.title()).to_owned())).collect(),
        list: Some(l.get("list")).filter(|k| !k.is_empty()).unwrap_or("ledger").to_owned(),
        unit: l.get("unit").to_owned(),
        source: l.get("source").to_owned(),
        s,
        faults,
        v,
    };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

/// `POST /money/import`: the file, streamed to the disk; then its columns are read.
pub(super) async fn take(State(app): State<App>, asker: Asker, form: Multipart) -> Answer {
    asker.actor.must(!may::book_regions(&asker.actor).is_empty())?;
    let Received { fields, file } = Received::read(&app, form).await?;
    let form: Sent = fields.into_iter().collect();
    let (region, year) = of_form(&form)?;
    let parsed = (sent(&form, "list").parse(), sent(&form, "unit").parse());
    let begun = match (file, parsed) {
        (None, _) => Err(Refusal::field("import.file", "file", "请先选择文件。", "Choose a file first.").into()),
        (Some((name, hash)), (Ok(list), Ok(unit))) => {
            let target = Target { list, region, year, unit, source: sent(&form, "source").to_owned() };
            import::begin(&app.ctx, &asker.actor, &target, &name, &hash).await
        }
        _ => {
            let (zh, en) = ("请选择导入的内容和预算单位。", "Choose what is imported and the unit.");
            Err(Refusal::field("money.unit", "unit", zh, en).into())
        }
    };
    match begun {
        Ok(id) => Ok(notice::redirect(&format!("/money/imports/{id}"))),
        Err(error) => {
            let faults = Faults::of(error)?;
            let query = at("/money/import", region, year);
            let l = Listing::new("/money/import", query.split_once('?').map_or("", |(_, q)| q), "");
            new_page(&app, asker, &l, faults).await
        }
    }
}

#[derive(Template)]
#[template(path = "money/import.html")]
struct Page {
    v: View,
    i: ImportRecord,
    report: Report,
    columns: FileColumns,
    keys: Vec<(&'static str, &'static str)>,
    steps: [&'static str; 4],
    at: usize,
    choosing: bool,
    control: String,
    faults: Faults,
    mine: bool,
    discards: bool,
}

impl Page {
    fn lines_href(&self) -> String {
        at(&format!("/money/ledger?import={}", self.i.id), self.i.region, self.i.year)
    }

    fn ready(&self) -> bool {
        self.i.state == Stage::Preview && self.report.errors == 0 && self.i.row_count > 0
    }
}

/// `GET /money/imports/{id}`
pub(super) async fn show(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<BookImportId>,
    RawQuery(query): RawQuery,
) -> Answer {
    let columns = query.unwrap_or_default().contains("step=columns");
    render(&app, asker, id, columns, Faults::default()).await
}

async fn render(app: &App, asker: Asker, id: BookImportId, columns: bool, faults: Faults) -> Answer {
    let i = import::load(&app.ctx, &asker.actor, id).await?;
    let v = asker.view;
    let page = Page {
        report: serde_json::from_str(&i.report)?,
        columns: serde_json::from_str(&i.columns)?,
        keys: import::declared(i.list).iter().map(|c| (c.key, v.f(c.title))).collect(),
        steps: [v.t("上传", "Upload"), v.t("对应列", "Columns"), v.t("核对", "Check"), v.t("完成", "Done")],
        at: match i.state {
            Stage::Mapping => 1,
            Stage::Preview => 2,
            Stage::Done | Stage::Undone => 3,
        },
        choosing: i.state == Stage::Mapping || (i.state == Stage::Preview && columns),
        control: i.control.map(|c| c.to_string()).unwrap_or_default(),
        mine: may::keep_books(&asker.actor, i.region),
        discards: matches!(i.state, Stage::Mapping | Stage::Preview) && asker.actor.account() == Some(i.account),
        faults,
        i,
        v,
    };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

/// `POST /money/imports/{id}/columns`
pub(super) async fn columns(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<BookImportId>,
    Form(form): Form<Sent>,
) -> Answer {
    let number = |name: &str| name.strip_prefix("column-").and_then(|n| n.parse::<usize>().ok());
    let chosen: HashMap<usize, String> = form.iter().filter_map(|(n, key)| Some((number(n)?, key.clone()))).collect();
    let control = match sent(&form, "control").trim() {
        "" => Ok(None),
        text => Fen::parse(text).map(Some),
    };
    let done = match control {
        Ok(control) => import::choose(&app.ctx, &asker.actor, id, revision(&form), &chosen, control).await,
        Err(why) => Err(Refusal::field("import.control", "control", why.zh, why.en).into()),
    };
    match done {
        Ok(()) => Ok(notice::redirect(&format!("/money/imports/{id}"))),
        Err(error) => {
            let faults = Faults::of(error)?;
            render(&app, asker, id, true, faults).await
        }
    }
}

/// `POST /money/imports/{id}/run`
pub(super) async fn run(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<BookImportId>,
    Form(form): Form<Sent>,
) -> Answer {
    match import::run(&app.ctx, &asker.actor, id, revision(&form)).await {
        Ok(()) => Ok(notice::done(&format!("/money/imports/{id}"), "已全部入账。", "All lines are in the books.")),
        Err(error) => {
            let faults = Faults::of(error)?;
            render(&app, asker, id, false, faults).await
        }
    }
}

/// `POST /money/imports/{id}/undo`
pub(super) async fn undo(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<BookImportId>,
    Form(form): Form<Sent>,
) -> Answer {
    match import::undo(&app.ctx, &asker.actor, id, revision(&form)).await {
        Ok(lines) => Ok(notice::done(
            &format!("/money/imports/{id}"),
            format!("已撤销，{lines}行退出账簿。"),
            format!("Taken back: {lines} lines left the books."),
        )),
        Err(error) => {
            let faults = Faults::of(error)?;
            render(&app, asker, id, false, faults).await
        }
    }
}

/// `POST /money/imports/{id}/discard`
pub(super) async fn discard(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<BookImportId>,
    Form(form): Form<Sent>,
) -> Answer {
    match import::discard(&app.ctx, &asker.actor, id, revision(&form)).await {
        Ok(()) => Ok(notice::done("/money/imports", "已放弃这次导入。", "The import is thrown away.")),
        Err(error) => {
            let faults = Faults::of(error)?;
            render(&app, asker, id, false, faults).await
        }
    }
}
