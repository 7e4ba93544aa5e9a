//! The basis of the rules: which requirement of accounting or performance rules is held by which codes.

use std::fmt::Write as _;
use std::path::Path;

use keqiao_audit::{Rule, all};
use serde::Deserialize;

use super::{Page, cell};

/// `xtask/basis.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Basis {
    group: Vec<Group>,
}

/// Requirements of one kind.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    title: String,
    entries: Vec<Entry>,
}

/// One requirement.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// `CK-3`.
    pub(crate) id: String,
    /// What it asks for, in English with the Chinese terms.
    what: String,
    /// How it is held when no rule names it: by a profile, by the arithmetic, or not at all.
    #[serde(default)]
    otherwise: String,
}

fn load(root: &Path) -> Result<Basis, String> {
    let text = std::fs::read_to_string(root.join("xtask/basis.toml")).map_err(|e| format!("xtask/basis.toml: {e}"))?;
    toml::from_str(&text).map_err(|e| format!("xtask/basis.toml: {e}"))
}

/// All requirements.
pub(crate) fn read(root: &Path) -> Result<Vec<Entry>, String> {
    Ok(load(root)?.group.into_iter().flat_map(|g| g.entries).collect())
}

/// The requirements that a rule's `source` names: `CK-11..14, 3.2` → CK-11, CK-12, CK-13, CK-14, 3.2.
pub(crate) fn ids(source: &str) -> Vec<String> {
    let mut ids = Vec::new();
    for part in source.split(',').map(str::trim).filter(|p| !p.is_empty()) {
        let range = part.split_once('-').and_then(|(letters, numbers)| {
            let (from, to) = numbers.split_once("..")?;
            Some((letters, from.parse::<u32>().ok()?, to.parse::<u32>().ok()?))
        });
        match range {
            Some((letters, from, to)) => ids.extend((from..=to).map(|n| format!("{letters}-{n}"))),
            None => ids.push(part.to_owned()),
        }
    }
    ids
}

const HEAD: &str = "\
# The basis of the rules

What published rules, forms and templates ask of a report, and which of our rules hold it. A rule names its basis in its
`source`; the requirements are listed in `xtask/basis.toml`. What is held by other code names the crate and its module:
`performance` computes targets and scores, the rules judge what was printed. *Not held* means that nothing looks at it.
";

/// `docs/rules-basis.md`.
pub(super) fn page(root: &Path) -> Result<Page, String> {
    let rules: Vec<(&Rule, Vec<String>)> = all().map(|r| (r, ids(r.source))).collect();
    let mut out = HEAD.to_owned();
    for group in load(root)?.group {
        let _ = writeln!(out, "\n## {}\n\n| id | what it asks | held by |\n|---|---|---|", group.title);
        for entry in group.entries {
            let mut holders: Vec<&Rule> =
                rules.iter().filter(|(_, ids)| ids.contains(&entry.id)).map(|(r, _)| *r).collect();
            holders.sort_by_key(|r| r.code);
            let codes: Vec<String> = holders.iter().map(|r| format!("{} {}", r.code, r.name)).collect();
            let held = match (codes.is_empty(), entry.otherwise.is_empty()) {
                (true, true) => "*not held*".to_owned(),
                (true, false) => entry.otherwise.clone(),
                (false, true) => codes.join(", "),
                (false, false) => format!("{}; {}", codes.join(", "), entry.otherwise),
            };
            let _ = writeln!(out, "| {} | {} | {} |", entry.id, cell(&entry.what), cell(&held));
        }
    }
    Ok(Page::markdown("docs/rules-basis.md", &out))
}

#[cfg(test)]
mod tests {
    #[test]
    fn ranges_are_spelt_out() {
        assert_eq!(super::ids("CK-11..13, 3.2"), ["CK-11", "CK-12", "CK-13", "3.2"]);
        assert_eq!(super::ids("TX-1"), ["TX-1"]);
    }
}
