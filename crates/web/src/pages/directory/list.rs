//! One list of the directory: searched as one types, filtered, sorted, paged, exported as it stands.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use keqiao_access::{Grade, RegionCode, may};
use keqiao_app::directory::{self, Asked, Format, Listed, Regions};
use keqiao_directory::{Entry, LEVELS, ListKind, ORGANISATION_KINDS};
use keqiao_sheet::Choice;

use super::{path_of, seen_regions};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::listing::Listing;
use crate::pages::{attachment, page_with};
use crate::state::App;
use crate::view::View;

/// One line of the list.
struct Line {
    id: String,
    name: String,
    grade: Grade,
    cells: Vec<String>,
    changed: keqiao_base::Moment,
}

/// One column that is shown: title, and by what it sorts (empty: it does not).
type Head = (String, &'static str);

#[derive(Template)]
#[template(path = "directory/list.html")]
struct Page {
    v: View,
    l: Listing,
    list: ListKind,
    path: String,
    heads: Vec<Head>,
    rows: Vec<Line>,
    regions: Vec<(String, String)>,
    sorts: Vec<(&'static str, &'static str)>,
    grades: Vec<(&'static str, &'static str)>,
    may_edit: bool,
    may_import: bool,
    may_clear: bool,
    xlsx: String,
    csv: String,
}

impl Page {
    fn new_href(&self) -> String {
        format!("{}/new", self.path)
    }

    fn import_href(&self) -> String {
        format!("/directory/imports/new?list={}", self.list.code())
    }

    fn clear_href(&self) -> String {
        self.l.at(&format!("{}?contacts=clear", self.xlsx))
    }
}

/// Columns of the table beside the name, and by what they sort.
fn shown(list: ListKind) -> &'static [(&'static str, &'static str)] {
    match list {
        ListKind::People => &[
            ("organisation", ""),
            ("title", ""),
            ("fields", ""),
            ("level", "sort"),
            ("phone", ""),
            ("region", "region"),
        ],
        ListKind::Organisations => &[
            ("kind", "sort"),
            ("credit_code", ""),
            ("industry", ""),
            ("contact", ""),
            ("phone", ""),
            ("region", "region"),
        ],
    }
}

/// What the address asks of the list.
pub(super) fn asked(l: &Listing) -> Asked {
    let get = |key: &str| l.get(key).to_owned();
    Asked {
        q: get("q"),
        region: get("region"),
        field: get("field"),
        kind: get("kind"),
        level: get("level"),
        grade: get("grade"),
        import: get("import"),
        state: get("state"),
        sort: l.sort().to_owned(),
    }
}

fn listing(list: ListKind, query: Option<&str>) -> Listing {
    Listing::new(&path_of(list), query.unwrap_or_default(), "name")
}

pub(super) async fn show<T: Entry>(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let l = listing(T::KIND, query.as_deref());
    let request = l.request();
    let page = directory::list::<T>(&app.ctx, &asker.actor, &asked(&l), request).await?;
    let (actor, v) = (&asker.actor, asker.view);
    let columns = || shown(T::KIND).iter().filter_map(|(key, sort)| T::column(key).map(|c| (c, *sort)));
    let line = |listed: &Listed<T>| Line {
        id: listed.id.to_string(),
        name: listed.entry.get("name").to_owned(),
        grade: listed.grade,
        cells: columns().map(|(c, _)| cell(&v, listed, c)).collect(),
        changed: listed.updated_at,
    };
    let choices: &[Choice] = if T::KIND == ListKind::People { LEVELS } else { ORGANISATION_KINDS };
    let path = path_of(T::KIND);
    let page = Page {
        list: T::KIND,
        heads: columns().map(|(c, sort)| (c.title.get(v.lang).to_owned(), sort)).collect(),
        rows: page.rows.iter().map(line).collect(),
        l: l.of(page.total),
        regions: seen_regions(actor),
        sorts: choices.iter().map(|c| (c.code, v.f(c.title))).collect(),
        grades: Grade::ALL.iter().map(|g| (g.code(), v.f(g.title()))).collect(),
        may_edit: may::edit_directory(actor),
        may_import: may::import(actor),
        may_clear: may::export_contacts(actor),
        xlsx: format!("{path}.xlsx"),
        csv: format!("{path}.csv"),
        path,
        v,
    };
    Ok(page_with(&page.v, &page))
}

fn cell<T: Entry>(v: &View, listed: &Listed<T>, column: &keqiao_sheet::Column) -> String {
    match column.key {
        "region" => listed.region.name().map_or_else(|| RegionCode::code(listed.region), str::to_owned),
        key => column.value.show(listed.entry.get(key), v.lang, &Regions(None)),
    }
}

pub(super) async fn xlsx<T: Entry>(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    file::<T>(&app, &asker, query, Format::Xlsx).await
}

pub(super) async fn csv<T: Entry>(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    file::<T>(&app, &asker, query, Format::Csv).await
}

async fn file<T: Entry>(app: &App, asker: &Asker, query: Option<String>, format: Format) -> Answer {
    let l = listing(T::KIND, query.as_deref());
    let clear = l.get("contacts") == "clear";
    let lang = asker.view.lang;
    let bytes = directory::export::<T>(&app.ctx, &asker.actor, &asked(&l), format, lang, clear).await?;
    Ok(sent(&format!("{}-{}", T::KIND.title().get(lang), app.ctx.now().date()), format, bytes))
}

/// A list as a file to be saved.
pub(crate) fn sent(name: &str, format: Format, bytes: Vec<u8>) -> Response {
    match format {
        Format::Xlsx => attachment(&format!("{name}.xlsx"), XLSX, bytes),
        Format::Csv => attachment(&format!("{name}.csv"), "text/csv; charset=utf-8", bytes),
    }
}

/// The media type of a spreadsheet.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
