//! The house rules, one function each; every one gets the files and puts what it minds into a list. Limits and
//! exceptions, each with its reason, are in `xtask/tidy.toml`.

mod docs;
mod layers;
mod rules;
mod sizes;
mod words;

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::tree::{self, File};

/// `xtask/tidy.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// Lines of a file, tests not counted.
    pub(crate) file_lines_max: usize,
    /// Lines of a function.
    pub(crate) function_lines_max: usize,
    /// Bytes of any file.
    pub(crate) blob_bytes_max: u64,
    /// Names that say nothing: whole stems.
    pub(crate) stems_forbidden: Vec<String>,
    /// Beginnings of stems that say when and not what.
    pub(crate) stem_starts_forbidden: Vec<String>,
    /// Ends of stems that say when and not what.
    pub(crate) stem_ends_forbidden: Vec<String>,
    /// Licence expressions of dependencies, word for word.
    pub(crate) licences: Vec<String>,
    /// `path` or `path::function` → why it may be larger.
    #[serde(default)]
    pub(crate) larger: BTreeMap<String, String>,
}

/// Checks everything and lists all that is wrong.
pub(crate) fn run(root: &Path) -> Result<(), String> {
    let settings =
        std::fs::read_to_string(root.join("xtask/tidy.toml")).map_err(|e| format!("xtask/tidy.toml: {e}"))?;
    let settings: Settings = toml::from_str(&settings).map_err(|e| format!("xtask/tidy.toml: {e}"))?;
    let files = tree::files(root);
    let mut wrong = Vec::new();
    layers::layers_go_down_and_licences_are_known(root, &files, &settings, &mut wrong);
    sizes::files_and_functions_are_short(&files, &settings, &mut wrong);
    words::names_say_what(&files, &settings, &mut wrong);
    words::identifiers_keep_to_the_glossary(&files, &mut wrong);
    words::nothing_left_over(&files, &mut wrong);
    docs::named_paths_exist(root, &files, &mut wrong);
    docs::both_languages_have_the_same_pages(&files, &mut wrong);
    docs::ci_runs_the_house_rules(&files, &mut wrong);
    rules::rules_and_specs_belong_together(&files, &mut wrong);
    rules::sources_name_the_basis(root, &mut wrong);
    wrong.extend(crate::codegen::stale_without_binary(root));
    if wrong.is_empty() {
        return Ok(());
    }
    wrong.sort();
    wrong.dedup();
    Err(format!("{}\ntidy: {} to put right", wrong.join("\n"), wrong.len()))
}

/// Where tests live: their size is free.
pub(crate) fn is_test_file(file: &File) -> bool {
    file.path.split('/').any(|part| part == "tests" || part == "fuzz") || file.name() == "tests.rs"
}
