//! The profiles of scoring as a page: every value with how certain it is.

use std::fmt::Write as _;

use keqiao_performance::Profile;
use keqiao_performance::profile::Certainty;

use super::{Page, cell};

const HEAD: &str = "\
# 计分口径 · Profiles of scoring

Weights, formulas and bands by region, in `crates/performance/profiles`. Every value says how certain it is and which rule of
`docs/rules-basis.md` it comes from. **What is marked C has not been read in an original: compare before use.**
";

/// `docs/reference/scoring.md`.
pub(super) fn page() -> Page {
    let mut out = format!("{HEAD}\n| | certainty |\n|---|---|\n");
    for certainty in Certainty::ALL {
        let title = certainty.title();
        let _ = writeln!(out, "| {certainty} | {}<br>{} |", title.zh, title.en);
    }
    for profile in Profile::all() {
        let _ = writeln!(out, "\n## {} · {} (`{}`)\n", profile.title.zh, profile.title.en, profile.name);
        let _ = writeln!(out, "{}\n{}\n", profile.note.zh, profile.note.en);
        let bands: Vec<String> = profile.bands.value.iter().map(|b| format!("{} ≥ {}", b.word, b.from)).collect();
        let _ = writeln!(out, "- 权重 · Weights: {}", weights(profile));
        let _ = writeln!(out, "- 等次 · Bands: {}", bands.join("，"));
        out.push_str("\n| 项目 | value | certainty | source |\n|---|---|---|---|\n");
        for (name, certainty, source) in profile.provenance() {
            let mark = if certainty == Certainty::Unverified { " **未核实 · unverified**" } else { "" };
            let _ = writeln!(out, "| {} | {} | {certainty}{mark} | {source} |", name.zh, cell(&name.en));
        }
    }
    Page::markdown("docs/reference/scoring.md", &out)
}

fn weights(profile: &Profile) -> String {
    let split = &profile.split.value;
    let mut parts = vec![format!("预算执行率 {}", split.execution)];
    parts.extend(split.level1.iter().map(|(level, weight)| format!("{} {weight}", level.title().zh)));
    parts.join("，")
}
