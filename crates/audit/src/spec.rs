//! The specs of the rules, embedded: what `explain` shows.

use include_dir::{Dir, include_dir};

use crate::Rule;

static SPECS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/spec");

/// The spec of a rule, in Markdown: `spec/<family>/<name>.md`.
pub fn spec_of(rule: &Rule) -> Option<&'static str> {
    let file = format!("{}.md", rule.name);
    SPECS.dirs().find_map(|family| family.get_file(family.path().join(&file))?.contents_utf8())
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_rule_has_a_spec() {
        for rule in crate::all() {
            assert!(super::spec_of(rule).is_some(), "spec/*/{}.md is missing", rule.name);
        }
    }
}
