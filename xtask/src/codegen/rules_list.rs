//! The list of all rules, and how good their messages are.

use std::fmt::Write as _;

use super::gallery::Gallery;
use super::{Page, cell};

const HEAD: &str = "\
# Rules

Every rule, with a link to its explanation and a real message. `keqiao explain CODE` shows the same on the terminal.
Levels: `error` is a contradiction by arithmetic or between two statements, `warning` very likely a defect, `info`
arguable or cosmetic; a rule may report single findings at a lower level than its own.

The last three columns come from running the rule's spec: **span** — every finding lies exactly under its mark;
**numbers** — every finding says what is stated and what it should be; **advice** — every finding says what to do, in
both languages.
";

/// `docs/reference/rules.md`.
pub(super) fn page(galleries: &[Gallery]) -> Page {
    let count: usize = galleries.iter().map(|g| g.rules.len()).sum();
    let mut out = format!("{HEAD}\n{count} rules in {} families.\n", galleries.len());
    for gallery in galleries {
        let _ = writeln!(out, "\n## {}\n", gallery.title());
        out.push_str(
            "| code | name | level | 说明 | finds | span | numbers | advice |\n|---|---|---|---|---|---|---|---|\n",
        );
        for shown in &gallery.rules {
            let rule = shown.rule;
            let anchor = format!("{}-{}", rule.code.to_lowercase(), rule.name);
            let yes = |b: bool| if b { "✓" } else { "–" };
            let _ = writeln!(
                out,
                "| [{}](rules/{}.md#{anchor}) | {} | {} | {} | {} | {} | {} | {} |",
                rule.code,
                gallery.folder(),
                rule.name,
                rule.level.word(),
                cell(rule.title.zh),
                cell(rule.title.en),
                yes(shown.span_exact),
                yes(shown.both_numbers),
                yes(shown.advice),
            );
        }
    }
    Page::markdown("docs/reference/rules.md", &out)
}
