//! Pages written from the code, one file each: what the program does and what the manual says are one text.

pub(crate) mod basis;
mod cli;
mod gallery;
mod indicators;
mod measures;
mod picture;
mod profiles;
mod rules_list;
mod scoring;

use std::path::Path;

/// A page: its path from the root, and its text.
pub(crate) struct Page {
    path: String,
    text: String,
}

impl Page {
    /// A page of Markdown, with the line that says where it comes from.
    fn markdown(path: impl Into<String>, body: &str) -> Page {
        let text =
            format!("<!-- Written by `cargo xtask codegen`; change the code, not this page. -->\n\n{}\n", body.trim());
        Page { path: path.into(), text }
    }
}

/// Pages that need only the crates.
fn pages_of_the_code(root: &Path) -> Result<Vec<Page>, String> {
    let galleries = gallery::galleries()?;
    let mut pages = vec![
        rules_list::page(&galleries),
        measures::page(),
        profiles::page(),
        indicators::page(),
        scoring::page(),
        basis::page(root)?,
    ];
    pages.extend(galleries.iter().map(gallery::page));
    Ok(pages)
}

/// All pages; builds and runs the binary for its help and its pictures.
fn pages(root: &Path) -> Result<Vec<Page>, String> {
    let mut pages = pages_of_the_code(root)?;
    let binary = cli::binary(root)?;
    pages.push(cli::page(&binary)?);
    pages.extend(picture::pages(root, &binary)?);
    Ok(pages)
}

/// Writes what differs.
pub(crate) fn write(root: &Path) -> Result<(), String> {
    for page in pages(root)? {
        let path = root.join(&page.path);
        if std::fs::read_to_string(&path).is_ok_and(|old| old == page.text) {
            continue;
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", page.path))?;
        }
        std::fs::write(&path, page.text).map_err(|e| format!("{}: {e}", page.path))?;
        println!("wrote {}", page.path);
    }
    Ok(())
}

/// Says which pages are stale.
pub(crate) fn check(root: &Path) -> Result<(), String> {
    let stale = stale(root, pages(root)?);
    if stale.is_empty() { Ok(()) } else { Err(stale.join("\n")) }
}

/// The same without building the binary, for the house rules; the pages of the binary are checked by `ci`.
pub(crate) fn stale_without_binary(root: &Path) -> Vec<String> {
    pages_of_the_code(root).map_or_else(|e| vec![e], |pages| stale(root, pages))
}

fn stale(root: &Path, pages: Vec<Page>) -> Vec<String> {
    pages
        .into_iter()
        .filter(|p| std::fs::read_to_string(root.join(&p.path)).ok().as_deref() != Some(p.text.as_str()))
        .map(|p| format!("{} is stale: run `cargo xtask codegen`", p.path))
        .collect()
}

/// Words for a cell of a Markdown table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}
