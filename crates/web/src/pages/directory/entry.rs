//! The page of an entry: its values, its links, its past; taking it out and putting it back; contacts in clear on demand.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use keqiao_access::Actor;
use keqiao_app::directory::{self, Listed, Past, Regions, Shown, State as EntryState};
use keqiao_base::EntryId;
use keqiao_directory::{Entry, ListKind};
use keqiao_sheet::{Column, Value};
use serde::Deserialize;

use super::path_of;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::notice;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

/// One value: title, text, and whether it is a web address.
struct Fact(&'static str, String, bool);

/// One link to another entry.
struct Tie {
    id: String,
    what: &'static str,
    name: String,
    href: String,
    days: String,
    active: bool,
}

/// One line of the past.
struct Happened {
    iso: String,
    read: String,
    who: String,
    what: String,
    import: String,
    differences: Vec<(&'static str, String, String)>,
}

#[derive(Template)]
#[template(path = "directory/entry.html")]
struct Page {
    v: View,
    list: ListKind,
    path: String,
    here: String,
    name: String,
    facts: Vec<Fact>,
    ties: Vec<Tie>,
    past: Vec<Happened>,
    grade: &'static str,
    state: EntryState,
    merged_into: Option<EntryId>,
    revision: i32,
    revealed: bool,
    may_edit: bool,
    may_restore: bool,
    may_reveal: bool,
}

impl Page {
    fn under(&self, act: &str) -> String {
        format!("{}/{act}", self.here)
    }
}

pub(super) async fn show<T: Entry>(State(app): State<App>, asker: Asker, Path(id): Path<EntryId>) -> Answer {
    let shown = directory::load::<T>(&app.ctx, &asker.actor, id).await?;
    render(&app, asker, shown, false).await
}

/// Contacts in clear, on the same page; the look is in the log. Asked by post, so that no link or preview looks by itself.
pub(super) async fn reveal<T: Entry>(State(app): State<App>, asker: Asker, Path(id): Path<EntryId>) -> Answer {
    let entry = directory::reveal::<T>(&app.ctx, &asker.actor, id).await?;
    let mut shown = directory::load::<T>(&app.ctx, &asker.actor, id).await?;
    shown.listed.entry = entry;
    render(&app, asker, shown, true).await
}

async fn render<T: Entry>(app: &App, asker: Asker, shown: Shown<T>, revealed: bool) -> Answer<Response> {
    let Shown { listed, merged_into, may_edit, may_reveal } = shown;
    let (actor, v): (&Actor, View) = (&asker.actor, asker.view);
    let ties = directory::links::<T>(&app.ctx, actor, listed.id).await?;
    let past = directory::history::<T>(&app.ctx, actor, listed.id).await?;
    let ties = ties.into_iter().map(|tie| Tie {
        id: tie.link.id.to_string(),
        what: v.f(if tie.forward { tie.link.kind.title() } else { tie.link.kind.reversed() }),
        href: format!("{}/{}", path_of(tie.other.list), tie.other.id),
        name: tie.other.name,
        days: days(&v, &tie.link.since, &tie.link.until),
        active: tie.other.active,
    });
    let private = T::columns().iter().any(|c| c.private() && !listed.entry.get(c.key).is_empty());
    let path = path_of(T::KIND);
    let page = Page {
        list: T::KIND,
        here: format!("{path}/{}", listed.id),
        name: listed.entry.get("name").to_owned(),
        facts: facts(&v, &listed),
        ties: ties.collect(),
        past: past.into_iter().map(|p| happened(&v, p)).collect(),
        grade: v.f(listed.grade.title()),
        state: listed.state,
        merged_into,
        revision: listed.revision,
        revealed,
        may_edit,
        may_restore: listed.state == EntryState::Voided && keqiao_access::may::edit_entry(actor, listed.region),
        may_reveal: may_reveal && private && !revealed,
        path,
        v,
    };
    Ok(page_with(&page.v, &page))
}

fn facts<T: Entry>(v: &View, listed: &Listed<T>) -> Vec<Fact> {
    let value = |c: &Column| match c.key {
        "region" => listed.region.full_name(),
        key => c.value.show(listed.entry.get(key), v.lang, &Regions(None)),
    };
    let fact = |c: &'static Column| Fact(v.f(c.title), value(c), matches!(c.value, Value::Web));
    T::columns().iter().filter(|c| c.key != "name").map(fact).filter(|f| !f.1.is_empty()).collect()
}

fn days(v: &View, since: &str, until: &str) -> String {
    match (since, until) {
        ("", "") => String::new(),
        (since, "") => format!("{} {since}", v.t("自", "since")),
        ("", until) => format!("{} {until}", v.t("至", "until")),
        (since, until) => format!("{since} – {until}"),
    }
}

fn happened(v: &View, past: Past) -> Happened {
    let show = |c: &Column, text: &str| match text {
        "" => v.t("（空）", "(empty)").to_owned(),
        text => c.value.show(text, v.lang, &Regions(None)),
    };
    let link = past.link.map(|l| {
        let kind = v.f(if l.forward { l.kind.title() } else { l.kind.reversed() });
        format!("{}{kind} {}", v.t("：", ": "), l.name)
    });
    let differences =
        past.differences.iter().map(|d| (v.f(d.column.title), show(d.column, &d.before), show(d.column, &d.after)));
    Happened {
        iso: past.at.iso(),
        read: past.at.minute(),
        who: past.who,
        what: format!("{}{}", v.f(past.act.title()), link.unwrap_or_default()),
        import: past.import.map(|i| i.to_string()).unwrap_or_default(),
        differences: differences.collect(),
    }
}

/// The revision that the form was made from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Seen {
    revision: i32,
}

pub(super) async fn void<T: Entry>(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<EntryId>,
    Form(seen): Form<Seen>,
) -> Answer {
    directory::void::<T>(&app.ctx, &asker.actor, id, seen.revision).await?;
    let to = format!("{}/{id}", path_of(T::KIND));
    Ok(notice::done(&to, "已作废，不再出现在名录里；需要时可以恢复。", "Taken out of the lists; it can be put back."))
}

pub(super) async fn restore<T: Entry>(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<EntryId>,
    Form(seen): Form<Seen>,
) -> Answer {
    directory::restore::<T>(&app.ctx, &asker.actor, id, seen.revision).await?;
    Ok(notice::done(&format!("{}/{id}", path_of(T::KIND)), "已恢复。", "Put back."))
}
