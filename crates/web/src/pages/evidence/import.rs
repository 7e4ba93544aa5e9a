//! Imports of records: the file, its columns, what would happen, the result, taking it back.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Path, RawQuery, State};
use keqiao_access::{RegionCode, may};
use keqiao_app::directory::Format;
use keqiao_app::directory::import::FileColumns;
use keqiao_app::evidence::import::{self, ImportRecord, ImportState, Inspected, Looked};
use keqiao_base::{ImportId, Refusal};
use keqiao_evidence::EvidenceRow;
use keqiao_sheet::Record as _;

use super::choice::{self, Options};
use crate::asker::Asker;
use crate::failure::{Answer, Failure};
use crate::faults::Faults;
use crate::listing::Listing;
use crate::notice;
use crate::pages::directory::sent;
use crate::pages::page_with;
use crate::received::Received;
use crate::state::App;
use crate::view::View;

/// Rows that are shown of each sort.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "evidence/imports.html")]
struct ListPage {
    v: View,
    l: Listing,
    rows: Vec<ImportRecord>,
    may_record: bool,
}

/// `GET /evidence/imports`
pub(super) async fn list(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let l = Listing::new("/evidence/imports", query.as_deref().unwrap_or_default(), "");
    let found = import::list(&app.ctx, &asker.actor, l.request()).await?;
    let may_record = may::record_somewhere(&asker.actor);
    let page = ListPage { l: l.of(found.total), rows: found.rows, may_record, v: asker.view };
    Ok(page_with(&page.v, &page))
}

#[derive(Template)]
#[template(path = "evidence/import_upload.html")]
struct NewPage {
    v: View,
    faults: Faults,
    regions: Options,
    region: String,
}

fn new_page(asker: Asker, faults: Faults, region: String) -> axum::response::Response {
    let page = NewPage { regions: choice::own_regions(&asker.actor), region, faults, v: asker.view };
    page.faults.answer(page_with(&page.v, &page))
}

/// `GET /evidence/import`
pub(super) async fn form(asker: Asker) -> Answer {
    asker.actor.must(may::record_somewhere(&asker.actor))?;
    Ok(new_page(asker, Faults::default(), String::new()))
}

/// `POST /evidence/imports`
pub(super) async fn take(State(app): State<App>, asker: Asker, form: Multipart) -> Answer {
    asker.actor.must(may::record_somewhere(&asker.actor))?;
    let form = Received::read(&app, form).await?;
    let region = form.get("region").to_owned();
    let begun = match (form.file, region.parse::<RegionCode>()) {
        (Some((name, hash)), Ok(region)) => import::begin(&app.ctx, &asker.actor, region, &name, &hash).await,
        (None, _) => Err(Refusal::field("import.file", "file", "请先选择文件。", "Choose a file first.").into()),
        (_, Err(_)) => {
            Err(Refusal::field("import.region", "region", "请选择登记的科协。", "Choose the association.").into())
        }
    };
    match begun {
        Ok(id) => Ok(notice::redirect(&format!("/evidence/imports/{id}"))),
        Err(error) => Ok(new_page(asker, Faults::of(error)?, region)),
    }
}

#[derive(Template)]
#[template(path = "evidence/import.html")]
struct Page {
    v: View,
    i: ImportRecord,
    columns: FileColumns,
    keys: Vec<(&'static str, &'static str)>,
    choosing: bool,
    looked: Inspected,
    wrong: Vec<Looked>,
    odd: Vec<Looked>,
    faults: Faults,
    mine: bool,
    may_undo: bool,
    discards: bool,
    words: String,
}

impl Page {
    fn days(&self) -> String {
        self.looked.days.map(|(first, last)| format!("{first} – {last}")).unwrap_or_default()
    }
}

async fn page(app: &App, asker: Asker, id: ImportId, choosing: bool, faults: Faults, words: String) -> Answer {
    let (ctx, actor, v) = (&app.ctx, &asker.actor, asker.view);
    let i = import::load(ctx, actor, id).await?;
    let columns: FileColumns = serde_json::from_str(&i.columns)?;
    let looked = match i.state {
        ImportState::Preview => import::inspect(ctx, actor, id).await?,
        _ => Inspected::default(),
    };
    let required = |key: &str| columns.columns.iter().any(|c| c.key == key);
    let unclear = EvidenceRow::columns().iter().any(|c| c.required && !required(c.key));
    let page = Page {
        keys: EvidenceRow::columns().iter().map(|c| (c.key, v.f(c.title))).collect(),
        choosing: i.state == ImportState::Preview && (choosing || unclear),
        wrong: looked.rows.iter().filter(|r| r.stated.is_none()).take(SHOWN).cloned().collect(),
        odd: looked.rows.iter().filter(|r| r.stated.is_some() && !r.flags.is_empty()).take(SHOWN).cloned().collect(),
        looked,
        columns,
        mine: may::record_evidence(actor, i.region),
        may_undo: i.state == ImportState::Done && may::undo_evidence_import(actor, i.region, i.account),
        discards: i.state == ImportState::Preview && actor.account() == Some(i.account),
        faults,
        words,
        i,
        v,
    };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

/// `GET /evidence/imports/{id}`
pub(super) async fn show(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<ImportId>,
    RawQuery(query): RawQuery,
) -> Answer {
    let choosing = query.is_some_and(|q| q.contains("step=columns"));
    page(&app, asker, id, choosing, Faults::default(), String::new()).await
}

/// `POST /evidence/imports/{id}/columns`
pub(super) async fn columns(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<ImportId>,
    Form(sent): Form<HashMap<String, String>>,
) -> Answer {
    let at = |name: &str| name.strip_prefix("column-").and_then(|n| n.parse::<usize>().ok());
    let chosen = sent.into_iter().filter_map(|(name, key)| Some((at(&name)?, key))).collect();
    match import::choose_columns(&app.ctx, &asker.actor, id, &chosen).await {
        Ok(()) => Ok(notice::redirect(&format!("/evidence/imports/{id}"))),
        Err(error) => {
            let faults = Faults::of(error)?;
            page(&app, asker, id, true, faults, String::new()).await
        }
    }
}

/// `POST /evidence/imports/{id}/run`
pub(super) async fn run(State(app): State<App>, asker: Asker, Path(id): Path<ImportId>) -> Answer {
    match import::bring(&app.ctx, &asker.actor, id).await {
        Ok(made) => {
            let (zh, en) = (format!("已导入 {made} 条记录。"), format!("{made} records are in."));
            Ok(notice::done(&format!("/evidence/imports/{id}"), zh, en))
        }
        Err(error) => again(&app, asker, id, error.into(), String::new()).await,
    }
}

/// `POST /evidence/imports/{id}/discard`
pub(super) async fn discard(State(app): State<App>, asker: Asker, Path(id): Path<ImportId>) -> Answer {
    import::discard(&app.ctx, &asker.actor, id).await?;
    Ok(notice::done("/evidence/imports", "已放弃这次导入。", "The import is thrown away."))
}

/// Why everything is to be void.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Why {
    words: String,
}

/// `POST /evidence/imports/{id}/undo`
pub(super) async fn undo(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<ImportId>,
    Form(sent): Form<Why>,
) -> Answer {
    match import::undo(&app.ctx, &asker.actor, id, &sent.words).await {
        Ok(voided) => {
            let (zh, en) = (format!("已撤销：{voided} 条记录作废。"), format!("Undone: {voided} records are void."));
            Ok(notice::done(&format!("/evidence/imports/{id}"), zh, en))
        }
        Err(error) => again(&app, asker, id, error.into(), sent.words).await,
    }
}

async fn again(app: &App, asker: Asker, id: ImportId, failure: Failure, words: String) -> Answer {
    let refusal = failure.refusal()?;
    match refusal.kind {
        keqiao_base::Kind::Invalid | keqiao_base::Kind::Conflict | keqiao_base::Kind::TooLarge => {
            page(app, asker, id, false, Faults::of(refusal)?, words).await
        }
        _ => Err(refusal.into()),
    }
}

/// `GET /evidence/template.xlsx`
pub(super) async fn template(asker: Asker) -> Answer {
    let bytes = import::template(&asker.actor, asker.view.lang).await?;
    Ok(sent(asker.view.t("活动记录导入模板", "evidence template"), Format::Xlsx, bytes))
}
