//! The profiles that ship, as a page.

use std::fmt::Write as _;

use keqiao_audit::Profile;

use super::{Page, cell};

const HEAD: &str = "\
# Profiles

What differs by region and year: weights, bands, the set of public tables, the parts and terms that a report must have.
The profile is chosen by the province and year that a report names; `--profile NAME` overrides that. A profile is a file
in `crates/audit/profiles`, named once in `crates/audit/src/profile.rs`; an empty field judges nothing.
";

/// `docs/reference/profiles.md`.
pub(super) fn page() -> Page {
    let profiles: Vec<Profile> = Profile::names().filter_map(Profile::named).collect();
    let mut out = format!("{HEAD}\n");
    out.push_str(
        "| name | provinces | years | execution weight | bands | a reason is needed below | and from | tables |\n",
    );
    out.push_str("|---|---|---|---|---|---|---|---|\n");
    for p in &profiles {
        let bands: Vec<String> = p.bands.iter().map(|b| format!("{} ≥ {}", b.word, b.min)).collect();
        let _ = writeln!(
            out,
            "| [{}](#{}) | {} | {} | {} | {} | {} % executed | {} % of the target | {} |",
            p.name,
            p.name,
            if p.provinces.is_empty() { "all others".to_owned() } else { p.provinces.join("、") },
            years(p),
            p.execution_weight,
            cell(&bands.join(", ")),
            p.execution_rate_min,
            p.over_achievement_percent,
            p.tables.len(),
        );
    }
    for p in &profiles {
        let _ = writeln!(out, "\n## {}\n", p.name);
        for (title, list) in [
            ("Public tables", &p.tables),
            ("Parts of a final account", &p.parts),
            ("Terms of the glossary", &p.glossary),
            ("Chapters of a department's evaluation", &p.evaluation_parts),
        ] {
            if !list.is_empty() {
                let items: Vec<String> = list.iter().map(|i| i.replace('|', " / ")).collect();
                let _ = writeln!(out, "- {title}: {}", items.join("；"));
            }
        }
    }
    Page::markdown("docs/reference/profiles.md", &out)
}

fn years(p: &Profile) -> String {
    match (p.from_year, p.to_year) {
        (None, None) => "all".into(),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("to {to}"),
        (Some(from), Some(to)) => format!("{from}–{to}"),
    }
}
