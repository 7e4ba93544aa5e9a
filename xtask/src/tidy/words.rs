//! Names of files, words of the glossary, and what must not be left lying about.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};

use super::Settings;
use crate::tree::File;

/// No file or folder is called after nothing (`utils`) or after its age (`new_`, `_v2`).
pub(super) fn names_say_what(files: &[File], settings: &Settings, wrong: &mut Vec<String>) {
    for file in files {
        for part in file.path.split('/') {
            let stem = part.split('.').next().unwrap_or(part).to_lowercase().replace('-', "_");
            if settings.stems_forbidden.contains(&stem)
                || settings.stem_starts_forbidden.iter().any(|s| stem.starts_with(s.as_str()))
                || settings.stem_ends_forbidden.iter().any(|s| stem.ends_with(s.as_str()))
            {
                wrong.push(format!("{}: `{part}` says nothing; name what it is", file.path));
            }
        }
        if file.path.ends_with(concat!(".b", "ak")) || file.path.ends_with('~') {
            wrong.push(format!("{}: a copy; the history keeps old versions", file.path));
        }
    }
}

/// The column “never call it” of `docs/glossary.md`: (what to say, what not to say), in snake case.
fn forbidden(files: &[File]) -> Vec<(String, String)> {
    let text = files.iter().find(|f| f.path == "docs/glossary.md").map_or("", File::text);
    let mut pairs = Vec::new();
    for line in text.lines().filter(|l| l.starts_with('|')) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
        let [_, code, _, never] = cells.as_slice() else { continue };
        let right = quoted(code).next().unwrap_or("");
        pairs.extend(quoted(never).map(|n| (right.to_owned(), n.to_owned())));
    }
    pairs
}

fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// No identifier holds a word that the glossary forbids.
pub(super) fn identifiers_keep_to_the_glossary(files: &[File], wrong: &mut Vec<String>) {
    let forbidden = forbidden(files);
    if forbidden.is_empty() {
        wrong.push("docs/glossary.md: no table with the column “never call it”".into());
    }
    for file in files.iter().filter(|f| f.is("rs")) {
        let Ok(tokens) = file.text().parse::<TokenStream>() else { continue };
        let mut names = BTreeSet::new();
        identifiers(tokens, &mut names);
        for name in names {
            let snake = format!("_{}_", snake(&name));
            for (right, never) in &forbidden {
                if snake.contains(&format!("_{never}_")) {
                    wrong.push(format!("{}: `{name}`: the glossary says `{right}`, never `{never}`", file.path));
                }
            }
        }
    }
}

fn identifiers(tokens: TokenStream, into: &mut BTreeSet<String>) {
    for tree in tokens {
        match tree {
            TokenTree::Ident(ident) => {
                into.insert(ident.to_string());
            }
            TokenTree::Group(group) => identifiers(group.stream(), into),
            _ => {}
        }
    }
}

/// `TargetForm`, `TARGET_FORM` and `target_form` are the same words.
fn snake(name: &str) -> String {
    let mut out = String::new();
    let mut small_before = false;
    for c in name.chars() {
        if c.is_uppercase() && small_before {
            out.push('_');
        }
        small_before = c.is_lowercase() || c.is_ascii_digit();
        out.extend(c.to_lowercase());
    }
    out
}

/// Marks of unfinished work, debugging, and paths of one machine. In pieces here, so that this file passes too.
pub(super) fn nothing_left_over(files: &[File], wrong: &mut Vec<String>) {
    let words = [
        concat!("FIX", "ME"),
        concat!("TO", "DO:"),
        concat!("db", "g!("),
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
        concat!("/wo", "rk/"),
        concat!("/tm", "p/wt/"),
    ];
    for file in files {
        for (number, line) in file.text().lines().enumerate() {
            for word in words.iter().filter(|w| line.contains(**w)) {
                wrong.push(format!("{}:{}: `{word}` must not land", file.path, number + 1));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_split_into_words() {
        assert_eq!(super::snake("TargetForm"), "target_form");
        assert_eq!(super::snake("TARGET_FORM"), "target_form");
        assert_eq!(super::snake("read_row"), "read_row");
    }
}
