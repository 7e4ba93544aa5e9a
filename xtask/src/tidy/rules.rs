//! Rules and their specs: one file each, in the family's folder, under the rule's name.

use std::collections::BTreeSet;
use std::path::Path;

use crate::codegen::basis;
use crate::tree::File;

/// Every rule has its spec where it belongs, every spec its rule, every rule file a place in its family.
pub(super) fn rules_and_specs_belong_together(files: &[File], wrong: &mut Vec<String>) {
    let mut expected = BTreeSet::new();
    for rule in keqiao_audit::all() {
        let family = format!("{:?}", rule.family()).to_lowercase();
        expected.insert(format!("crates/audit/spec/{family}/{}.md", rule.name));
        let digits = rule.code.get(1..).unwrap_or("");
        if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            wrong.push(format!("{}: a code is a letter and four digits", rule.code));
        }
        if rule.name.is_empty() || !rule.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
            wrong.push(format!("{}: `{}` is not a rule name (lower case, hyphens)", rule.code, rule.name));
        }
        if [rule.title.zh, rule.title.en, rule.why.zh, rule.why.en, rule.source].iter().any(|t| t.trim().is_empty()) {
            wrong.push(format!("{}: title, why (both languages) and source are needed", rule.code));
        }
    }
    let specs: BTreeSet<String> =
        files.iter().filter(|f| f.path.starts_with("crates/audit/spec/")).map(|f| f.path.clone()).collect();
    wrong.extend(expected.difference(&specs).map(|s| format!("{s} is missing")));
    wrong.extend(specs.difference(&expected).map(|s| format!("{s} belongs to no rule")));
    for file in files {
        let Some(rest) = file.path.strip_prefix("crates/audit/src/rules/") else { continue };
        let Some((family, stem)) = rest.strip_suffix(".rs").and_then(|r| r.split_once('/')) else { continue };
        let list = format!("crates/audit/src/rules/{family}/mod.rs");
        let list = files.iter().find(|f| f.path == list).map_or("", File::text);
        let named = list.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == stem);
        if stem != "mod" && !stem.contains('/') && !named {
            wrong.push(format!("{}: {family}/mod.rs does not name it", file.path));
        }
    }
}

/// `source` of a rule names entries of `xtask/basis.toml`.
pub(super) fn sources_name_the_basis(root: &Path, wrong: &mut Vec<String>) {
    let entries = match basis::read(root) {
        Ok(entries) => entries,
        Err(e) => return wrong.push(e),
    };
    for rule in keqiao_audit::all() {
        for id in basis::ids(rule.source) {
            if !entries.iter().any(|e| e.id == id) {
                wrong.push(format!("{}: its source `{id}` is not in xtask/basis.toml", rule.code));
            }
        }
    }
}
