//! The form of an entry: new, or changed. Fields, hints and lists to choose from come from the columns.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use keqiao_access::{RegionCode, may};
use keqiao_app::directory;
use keqiao_base::EntryId;
use keqiao_directory::{Entry, ListKind};
use keqiao_sheet::Value;

use super::{path_of, region_options};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::notice;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

/// One field.
struct Input {
    key: &'static str,
    title: &'static str,
    value: String,
    kind: &'static str,
    options: Vec<(String, String)>,
    help: String,
    error: String,
    required: bool,
}

#[derive(Template)]
#[template(path = "directory/form.html")]
struct Page {
    v: View,
    list: ListKind,
    title: String,
    back: String,
    action: String,
    inputs: Vec<Input>,
    whole: String,
    even_so: String,
    revision: i32,
}

type Sent = HashMap<String, String>;

/// The fields of the list, as they were sent.
fn cells<T: Entry>(sent: &Sent, keep_private: bool) -> Vec<(String, String)> {
    let columns = T::columns()
        .iter()
        .filter(|c| !(keep_private && c.private() && sent.get(c.key).is_none_or(|v| v.trim().is_empty())));
    columns.filter_map(|c| sent.get(c.key).map(|v| (c.key.to_owned(), v.clone()))).collect()
}

fn page<T: Entry>(
    v: View,
    faults: &Faults,
    entry: &T,
    sent: Option<&Sent>,
    regions: Vec<RegionCode>,
    id: Option<(EntryId, i32)>,
) -> Response {
    let path = path_of(T::KIND);
    let input = |c: &'static keqiao_sheet::Column| {
        let stored = entry.get(c.key);
        let masked = c.private() && id.is_some() && !stored.is_empty();
        let value = match sent.and_then(|s| s.get(c.key)) {
            Some(sent) => sent.clone(),
            None if masked => String::new(),
            None => stored.to_owned(),
        };
        let (kind, options) = match c.value {
            Value::Choice(choices) => {
                ("choice", choices.iter().map(|c| (c.code.to_owned(), v.f(c.title).to_owned())).collect())
            }
            Value::Region => ("choice", region_options(regions.clone())),
            Value::Text(max) if max > 200 => ("area", Vec::new()),
            _ => ("text", Vec::new()),
        };
        let help = match masked {
            true => {
                format!("{} {stored}", v.t("不填则保留原号码；填“无”则删去。现为", "Empty keeps it, - removes it. Now"))
            }
            false => c.hint.get(v.lang).to_owned(),
        };
        Input {
            key: c.key,
            title: v.f(c.title),
            value,
            kind,
            options,
            help,
            error: faults.at(&v, c.key).to_owned(),
            required: c.required,
        }
    };
    let back = id.map_or_else(|| path.clone(), |(id, _)| format!("{path}/{id}"));
    let list = v.f(T::KIND.title());
    let page = Page {
        list: T::KIND,
        title: match id {
            Some(_) => format!("{}{}", v.t("修改：", "Edit: "), entry.get("name")),
            None => format!("{}{list}", v.t("新建：", "New: ")),
        },
        action: back.clone(),
        back,
        inputs: T::columns().iter().map(input).collect(),
        whole: faults.whole(&v).to_owned(),
        even_so: faults.at(&v, "even_so").to_owned(),
        revision: id.map_or(0, |(_, revision)| revision),
        v,
    };
    faults.answer(page_with(&page.v, &page))
}

pub(super) async fn blank<T: Entry>(asker: Asker) -> Answer {
    asker.actor.must(may::edit_directory(&asker.actor))?;
    let regions = may::edit_regions(&asker.actor);
    let mut entry = T::default();
    entry.set("region", regions.first().map(|r| r.code()).unwrap_or_default());
    Ok(page(asker.view, &Faults::default(), &entry, None, regions, None))
}

pub(super) async fn create<T: Entry>(State(app): State<App>, asker: Asker, Form(sent): Form<Sent>) -> Answer {
    let even_so = sent.contains_key("even_so");
    match directory::create::<T>(&app.ctx, &asker.actor, &cells::<T>(&sent, false), even_so).await {
        Ok(id) => Ok(notice::done(&format!("{}/{id}", path_of(T::KIND)), "已保存。", "Saved.")),
        Err(error) => {
            let faults = Faults::of(error)?;
            asker.actor.must(may::edit_directory(&asker.actor))?;
            Ok(page(asker.view, &faults, &T::default(), Some(&sent), may::edit_regions(&asker.actor), None))
        }
    }
}

pub(super) async fn filled<T: Entry>(State(app): State<App>, asker: Asker, Path(id): Path<EntryId>) -> Answer {
    let shown = directory::load::<T>(&app.ctx, &asker.actor, id).await?;
    asker.actor.must(shown.may_edit)?;
    let regions = regions(&asker, shown.listed.region);
    let mut entry = shown.listed.entry;
    entry.set("region", shown.listed.region.code());
    Ok(page(asker.view, &Faults::default(), &entry, None, regions, Some((id, shown.listed.revision))))
}

pub(super) async fn edit<T: Entry>(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<EntryId>,
    Form(sent): Form<Sent>,
) -> Answer {
    let revision = sent.get("revision").and_then(|r| r.parse().ok()).unwrap_or(0);
    match directory::edit::<T>(&app.ctx, &asker.actor, id, revision, &cells::<T>(&sent, true)).await {
        Ok(_) => Ok(notice::done(&format!("{}/{id}", path_of(T::KIND)), "已保存。", "Saved.")),
        Err(error) => {
            let faults = Faults::of(error)?;
            let shown = directory::load::<T>(&app.ctx, &asker.actor, id).await?;
            asker.actor.must(shown.may_edit)?;
            let regions = regions(&asker, shown.listed.region);
            // With the present revision, sending once more is a decision made with the notice in view.
            Ok(page(asker.view, &faults, &shown.listed.entry, Some(&sent), regions, Some((id, shown.listed.revision))))
        }
    }
}

fn regions(asker: &Asker, own: RegionCode) -> Vec<RegionCode> {
    let mut regions = may::edit_regions(&asker.actor);
    if !regions.iter().any(|r| *r == own || r.below().contains(&own)) {
        regions.insert(0, own);
    }
    regions
}
