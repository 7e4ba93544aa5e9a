//! Imports: the file, its columns, what would happen, the progress, the result, taking it back. Every step is a page with forms; no
//! script is needed, a page that waits asks to be fetched again by its own head.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Path, Query, RawQuery, State};
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use keqiao_access::{RegionCode, may};
use keqiao_app::directory::import::{self, FileColumns, ImportRecord, Looked, Report, State as Stage};
use keqiao_app::directory::{self, Format, Named};
use keqiao_base::{ImportId, Refusal};
use keqiao_directory::{Entry, ListKind, Organisation, Person};
use keqiao_i18n::Bilingual;
use keqiao_sheet::{Column, Record};
use serde::Deserialize;

use super::list::{XLSX, sent};
use super::region_options;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::listing::Listing;
use crate::notice;
use crate::pages::{attachment, page_with};
use crate::received::Received;
use crate::state::App;
use crate::view::View;

#[derive(Template)]
#[template(path = "directory/imports.html")]
struct ListPage {
    v: View,
    l: Listing,
    rows: Vec<ImportRecord>,
    may_import: bool,
}

pub(super) async fn list(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let l = Listing::new("/directory/imports", query.as_deref().unwrap_or_default(), "");
    let page = import::list(&app.ctx, &asker.actor, l.request()).await?;
    let may_import = may::import(&asker.actor);
    let page = ListPage { l: l.of(page.total), rows: page.rows, may_import, v: asker.view };
    Ok(page_with(&page.v, &page))
}

#[derive(Template)]
#[template(path = "directory/import_upload.html")]
struct NewPage {
    v: View,
    faults: Faults,
    lists: Vec<(&'static str, &'static str)>,
    list: String,
    regions: Vec<(String, String)>,
    region: String,
}

/// What the form was asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    list: String,
    region: String,
}

fn new_page(asker: Asker, faults: &Faults, wanted: Wanted) -> Response {
    let v = asker.view;
    let page = NewPage {
        lists: ListKind::ALL.iter().map(|k| (k.code(), v.f(k.title()))).collect(),
        list: wanted.list,
        regions: region_options(may::edit_regions(&asker.actor)),
        region: wanted.region,
        faults: faults.clone(),
        v,
    };
    faults.answer(page_with(&page.v, &page))
}

pub(super) async fn form(asker: Asker, Query(wanted): Query<Wanted>) -> Answer {
    asker.actor.must(may::import(&asker.actor))?;
    Ok(new_page(asker, &Faults::default(), wanted))
}

/// The file, streamed to the disk; then its columns are read.
pub(super) async fn take(State(app): State<App>, asker: Asker, form: Multipart) -> Answer {
    asker.actor.must(may::import(&asker.actor))?;
    let form = Received::read(&app, form).await?;
    let wanted = Wanted { list: form.get("list").to_owned(), region: form.get("region").to_owned() };
    let begun = match (form.file, wanted.list.parse::<ListKind>(), wanted.region.parse::<RegionCode>()) {
        (Some((name, hash)), Ok(list), Ok(region)) => {
            import::begin(&app.ctx, &asker.actor, list, region, &name, &hash).await
        }
        (None, ..) => Err(Refusal::field("import.file", "file", "请先选择文件。", "Choose a file first.").into()),
        _ => {
            Err(Refusal::field("import.region", "region", "请选择名录和地区。", "Choose the list and the region.")
                .into())
        }
    };
    match begun {
        Ok(id) => Ok(notice::redirect(&format!("/directory/imports/{id}"))),
        Err(error) => Ok(new_page(asker, &Faults::of(error)?, wanted)),
    }
}

#[derive(Template)]
#[template(path = "directory/import.html")]
struct Page {
    v: View,
    l: Listing,
    i: ImportRecord,
    region: String,
    steps: [&'static str; 4],
    at: usize,
    columns: FileColumns,
    keys: Vec<(&'static str, &'static str)>,
    choosing: bool,
    tab: &'static str,
    rows: Vec<Looked>,
    progress: Option<(i64, i64)>,
    kept: Vec<Named>,
    error: Option<Bilingual>,
    faults: Faults,
    mine: bool,
    may_undo: bool,
    discards: bool,
    path: String,
}

impl Page {
    fn faults_href(&self) -> String {
        format!("/directory/imports/{}/faults.xlsx", self.i.id)
    }

    fn entries_href(&self) -> String {
        format!("{}?import={}", self.path, self.i.id)
    }
}

pub(super) async fn show(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<ImportId>,
    RawQuery(query): RawQuery,
) -> Answer {
    render(&app, asker, id, &query.unwrap_or_default(), Faults::default()).await
}

async fn render(app: &App, asker: Asker, id: ImportId, query: &str, faults: Faults) -> Answer {
    let (ctx, actor, v) = (&app.ctx, &asker.actor, asker.view);
    let i = import::load(ctx, actor, id).await?;
    let l = Listing::new(&format!("/directory/imports/{id}"), query, "");
    let tab =
        if l.get("tab") == "repeats" || (l.get("tab").is_empty() && i.at_fault == 0) { "repeats" } else { "faults" };
    let which = if tab == "repeats" { Report::Repeats } else { Report::Faults };
    let rows = import::rows(ctx, actor, id, which, l.request()).await?;
    let columns: FileColumns = serde_json::from_str(&i.columns)?;
    let waits = matches!(i.state, Stage::Checking | Stage::Importing | Stage::Undoing);
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let page = Page {
        l: l.clone().of(rows.total),
        region: i.region.full_name(),
        steps: [v.t("上传", "Upload"), v.t("对应列", "Columns"), v.t("核对", "Check"), v.t("完成", "Done")],
        at: match i.state {
            Stage::Mapping | Stage::Failed => 1,
            Stage::Checking | Stage::Preview | Stage::Importing => 2,
            Stage::Done | Stage::Undoing | Stage::Undone => 3,
        },
        keys: declared(i.list).iter().map(|c| (c.key, v.f(c.title))).collect(),
        choosing: i.state == Stage::Mapping || (i.state == Stage::Preview && l.get("step") == "columns"),
        columns,
        tab,
        rows: rows.rows,
        progress: waits.then(|| import::progress(ctx, id).map_or((0, 0), |(done, of)| (count(done), count(of)))),
        kept: if i.state == Stage::Undone && i.kept > 0 { import::kept(ctx, actor, id).await? } else { Vec::new() },
        error: i.error.as_deref().and_then(|e| serde_json::from_str(e).ok()),
        faults,
        mine: may::edit_entry(actor, i.region),
        may_undo: i.state == Stage::Done && may::undo_import(actor, i.region),
        discards: i.state.is_unfinished() && actor.account() == Some(i.account),
        path: super::path_of(i.list),
        i,
        v,
    };
    let mut response = page.faults.answer(page_with(&page.v, &page));
    if waits {
        // Without script, too, the page follows the work.
        response.headers_mut().insert(HeaderName::from_static("refresh"), HeaderValue::from_static("1"));
    }
    Ok(response)
}

fn declared(list: ListKind) -> &'static [Column] {
    match list {
        ListKind::People => Person::columns(),
        ListKind::Organisations => Organisation::columns(),
    }
}

pub(super) async fn columns(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<ImportId>,
    Form(sent): Form<HashMap<String, String>>,
) -> Answer {
    let at = |name: &str| name.strip_prefix("column-").and_then(|n| n.parse::<usize>().ok());
    let chosen = sent.into_iter().filter_map(|(name, key)| Some((at(&name)?, key))).collect();
    match import::choose_columns(&app.ctx, &asker.actor, id, &chosen).await {
        Ok(()) => Ok(notice::redirect(&format!("/directory/imports/{id}"))),
        Err(error) => {
            let faults = Faults::of(error)?;
            render(&app, asker, id, "step=columns", faults).await
        }
    }
}

/// `all` = a choice for all rows; else `row-12` = the choice for row 12.
pub(super) async fn choices(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<ImportId>,
    Form(sent): Form<HashMap<String, String>>,
) -> Answer {
    let here = format!("/directory/imports/{id}?tab=repeats");
    if let Some(all) = sent.get("all").filter(|c| !c.is_empty()) {
        import::choose(&app.ctx, &asker.actor, id, None, all).await?;
        return Ok(notice::done(
            &here,
            "已按所选方式处理全部疑似重复的行。",
            "Chosen for all rows that may repeat something.",
        ));
    }
    let mut by_choice: HashMap<&str, Vec<i32>> = HashMap::new();
    for (name, choice) in &sent {
        if let Some(number) = name.strip_prefix("row-").and_then(|n| n.parse().ok()) {
            by_choice.entry(choice).or_default().push(number);
        }
    }
    if by_choice.is_empty() {
        import::choose(&app.ctx, &asker.actor, id, Some(&[]), "skip").await?;
    }
    for (choice, numbers) in by_choice {
        import::choose(&app.ctx, &asker.actor, id, Some(&numbers), choice).await?;
    }
    Ok(notice::done(&here, "已保存本页的选择。", "The choices of this page are saved."))
}

pub(super) async fn run(State(app): State<App>, asker: Asker, Path(id): Path<ImportId>) -> Answer {
    import::run(&app.ctx, &asker.actor, id).await?;
    Ok(notice::redirect(&format!("/directory/imports/{id}")))
}

pub(super) async fn undo(State(app): State<App>, asker: Asker, Path(id): Path<ImportId>) -> Answer {
    import::undo(&app.ctx, &asker.actor, id).await?;
    Ok(notice::redirect(&format!("/directory/imports/{id}")))
}

pub(super) async fn discard(State(app): State<App>, asker: Asker, Path(id): Path<ImportId>) -> Answer {
    import::discard(&app.ctx, &asker.actor, id).await?;
    Ok(notice::done("/directory/imports", "已放弃这次导入。", "The import is thrown away."))
}

pub(super) async fn faults(State(app): State<App>, asker: Asker, Path(id): Path<ImportId>) -> Answer {
    let bytes = import::faults_file(&app.ctx, &asker.actor, id, asker.view.lang).await?;
    Ok(attachment(&format!("{}.xlsx", asker.view.t("待改正的行", "rows-to-correct")), XLSX, bytes))
}

pub(super) async fn template<T: Entry>(asker: Asker) -> Answer {
    let bytes = directory::template::<T>(&asker.actor, asker.view.lang).await?;
    let name = format!("{}{}", T::KIND.title().get(asker.view.lang), asker.view.t("导入模板", " template"));
    Ok(sent(&name, Format::Xlsx, bytes))
}
