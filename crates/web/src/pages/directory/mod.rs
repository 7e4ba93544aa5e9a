//! Pages of the directory: two lists, the page of an entry, its form, imports.

mod entry;
mod form;
mod import;
mod links;
mod list;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use keqiao_access::{Actor, RegionCode, may};
use keqiao_directory::{ListKind, Organisation, Person};
use keqiao_sheet::FILE_BYTES_MAX;

use crate::state::App;

pub(crate) use list::sent;

/// The addresses. Both lists have the same ones.
pub(crate) fn routes() -> Router<App> {
    Router::new().merge(people()).merge(organisations()).merge(imports())
}

fn people() -> Router<App> {
    Router::new()
        .route("/directory/people", get(list::show::<Person>).post(form::create::<Person>))
        .route("/directory/people.xlsx", get(list::xlsx::<Person>))
        .route("/directory/people.csv", get(list::csv::<Person>))
        .route("/directory/people/template.xlsx", get(import::template::<Person>))
        .route("/directory/people/new", get(form::blank::<Person>))
        .route("/directory/people/{id}", get(entry::show::<Person>).post(form::edit::<Person>))
        .route("/directory/people/{id}/edit", get(form::filled::<Person>))
        .route("/directory/people/{id}/reveal", post(entry::reveal::<Person>))
        .route("/directory/people/{id}/void", post(entry::void::<Person>))
        .route("/directory/people/{id}/restore", post(entry::restore::<Person>))
        .route("/directory/people/{id}/merge", post(links::merge::<Person>))
        .route("/directory/people/{id}/links", get(links::choose::<Person>).post(links::link::<Person>))
        .route("/directory/people/{id}/unlink", post(links::unlink::<Person>))
}

fn organisations() -> Router<App> {
    Router::new()
        .route("/directory/organisations", get(list::show::<Organisation>).post(form::create::<Organisation>))
        .route("/directory/organisations.xlsx", get(list::xlsx::<Organisation>))
        .route("/directory/organisations.csv", get(list::csv::<Organisation>))
        .route("/directory/organisations/template.xlsx", get(import::template::<Organisation>))
        .route("/directory/organisations/new", get(form::blank::<Organisation>))
        .route("/directory/organisations/{id}", get(entry::show::<Organisation>).post(form::edit::<Organisation>))
        .route("/directory/organisations/{id}/edit", get(form::filled::<Organisation>))
        .route("/directory/organisations/{id}/reveal", post(entry::reveal::<Organisation>))
        .route("/directory/organisations/{id}/void", post(entry::void::<Organisation>))
        .route("/directory/organisations/{id}/restore", post(entry::restore::<Organisation>))
        .route("/directory/organisations/{id}/merge", post(links::merge::<Organisation>))
        .route(
            "/directory/organisations/{id}/links",
            get(links::choose::<Organisation>).post(links::link::<Organisation>),
        )
        .route("/directory/organisations/{id}/unlink", post(links::unlink::<Organisation>))
}

fn imports() -> Router<App> {
    Router::new()
        .route("/directory/imports", get(import::list))
        .route("/directory/imports/new", get(import::form))
        .route("/directory/imports/{id}", get(import::show))
        .route("/directory/imports/{id}/columns", post(import::columns))
        .route("/directory/imports/{id}/choices", post(import::choices))
        .route("/directory/imports/{id}/run", post(import::run))
        .route("/directory/imports/{id}/undo", post(import::undo))
        .route("/directory/imports/{id}/discard", post(import::discard))
        .route("/directory/imports/{id}/faults.xlsx", get(import::faults))
}

/// The address that takes files in: it may take long and much.
pub(crate) fn upload_routes() -> Router<App> {
    // The form around the file needs a little room, too.
    let limit = DefaultBodyLimit::max(FILE_BYTES_MAX + 64 * 1024);
    Router::new().route("/directory/imports", post(import::take)).layer(limit)
}

/// The address of a list.
fn path_of(list: ListKind) -> String {
    format!("/directory/{}", list.code())
}

/// Regions to choose from: those given and the ones right below.
fn region_options(regions: Vec<RegionCode>) -> Vec<(String, String)> {
    let with_below = regions.into_iter().flat_map(|r| std::iter::once(r).chain(r.below()));
    with_below.map(|r| (r.code(), r.full_name())).collect()
}

/// Regions to filter by.
fn seen_regions(actor: &Actor) -> Vec<(String, String)> {
    region_options(may::directory_regions(actor))
}
