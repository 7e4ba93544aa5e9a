//! Choosing the other end of a link, or the duplicate to merge with: a search, then one button per hit. Works without script.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use keqiao_app::directory::{self, Named};
use keqiao_base::{EntryId, Kind, Refusal, RelationId};
use keqiao_directory::{Entry, ListKind, RelationKind};
use serde::Deserialize;

use super::path_of;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::notice;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

/// What the page was asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    merge: String,
}

#[derive(Template)]
#[template(path = "directory/links.html")]
struct Page {
    v: View,
    name: String,
    here: String,
    merging: bool,
    q: String,
    kinds: Vec<(&'static str, &'static str)>,
    found: Vec<(Named, String)>,
    revision: i32,
    path: String,
}

pub(super) async fn choose<T: Entry>(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<EntryId>,
    Query(asked): Query<Asked>,
) -> Answer {
    let shown = directory::load::<T>(&app.ctx, &asker.actor, id).await?;
    asker.actor.must(shown.may_edit)?;
    let merging = !asked.merge.is_empty();
    let list = if merging { T::KIND } else { ListKind::Organisations };
    let found = directory::suggest(&app.ctx, &asker.actor, list, &asked.q).await?;
    let kinds = match T::KIND {
        ListKind::People => RelationKind::OF_PERSON,
        ListKind::Organisations => RelationKind::OF_ORGANISATION,
    };
    let v = asker.view;
    let page = Page {
        name: shown.listed.entry.get("name").to_owned(),
        here: format!("{}/{id}", path_of(T::KIND)),
        merging,
        q: asked.q,
        kinds: kinds.iter().map(|k| (k.code(), v.f(k.title()))).collect(),
        found: found.into_iter().filter(|n| n.id != id).map(|n| (n.clone(), n.region.full_name())).collect(),
        revision: shown.listed.revision,
        path: path_of(list),
        v,
    };
    Ok(page_with(&page.v, &page))
}

/// A link as it is sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NewLink {
    kind: String,
    to: String,
    since: String,
    until: String,
}

pub(super) async fn link<T: Entry>(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<EntryId>,
    Form(sent): Form<NewLink>,
) -> Answer {
    directory::load::<T>(&app.ctx, &asker.actor, id).await?;
    let kind: RelationKind = sent.kind.parse().map_err(|_| unknown())?;
    let to: EntryId = sent.to.parse().map_err(|_| unknown())?;
    directory::link::<T>(&app.ctx, &asker.actor, id, kind, to, (&sent.since, &sent.until)).await?;
    Ok(notice::done(&format!("{}/{id}", path_of(T::KIND)), "关系已登记。", "The link is made."))
}

fn unknown() -> Refusal {
    Refusal::new(
        Kind::Invalid,
        "directory.link",
        "请从列表中选择关系和对方。",
        "Choose the link and the other end from the lists.",
    )
}

/// Which link goes.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Gone {
    relation: String,
}

pub(super) async fn unlink<T: Entry>(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<EntryId>,
    Form(sent): Form<Gone>,
) -> Answer {
    directory::load::<T>(&app.ctx, &asker.actor, id).await?;
    let relation: RelationId = sent.relation.parse().map_err(|_| Refusal::not_found())?;
    directory::unlink::<T>(&app.ctx, &asker.actor, id, relation).await?;
    Ok(notice::done(&format!("{}/{id}", path_of(T::KIND)), "关系已解除。", "The link is removed."))
}

/// What is merged: the other entry, and the revision of this one.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Merged {
    other: String,
    revision: i32,
}

pub(super) async fn merge<T: Entry>(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<EntryId>,
    Form(sent): Form<Merged>,
) -> Answer {
    directory::load::<T>(&app.ctx, &asker.actor, id).await?;
    let other: EntryId = sent.other.parse().map_err(|_| unknown())?;
    let seen = directory::load::<T>(&app.ctx, &asker.actor, other).await?;
    directory::merge::<T>(&app.ctx, &asker.actor, id, sent.revision, (other, seen.listed.revision)).await?;
    let (zh, en) = (
        "已合并：缺的内容从另一条补上，关系也转了过来。",
        "Merged: what was missing came from the other one, and its links.",
    );
    Ok(notice::done(&format!("{}/{id}", path_of(T::KIND)), zh, en))
}
