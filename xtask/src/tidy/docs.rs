//! Documentation that a test reads: paths it names, pages it has in both languages, the CI it speaks of.

use std::collections::BTreeSet;
use std::path::Path;

use crate::tree::{self, File};

/// Every path that a page names exists: targets of links, and words in backticks that begin like a path of ours. What
/// the repository ignores is made on each machine.
pub(super) fn named_paths_exist(root: &Path, files: &[File], wrong: &mut Vec<String>) {
    let tops: BTreeSet<&str> = files.iter().filter_map(|f| f.path.split_once('/')).map(|(top, _)| top).collect();
    let ignored = tree::ignored(root);
    for file in files.iter().filter(|f| f.is("md")) {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut titles = 0;
        let mut fenced = false;
        for (number, line) in file.text().lines().enumerate() {
            if line.trim_start().starts_with("```") {
                fenced = !fenced;
            }
            if fenced {
                continue;
            }
            titles += usize::from(line.starts_with("# "));
            let mut mind = |path: &str, exists: bool| {
                if !exists {
                    wrong.push(format!("{}:{}: `{path}` does not exist", file.path, number + 1));
                }
            };
            for target in targets(line) {
                let path = target.split('#').next().unwrap_or("");
                if !path.is_empty() && !target.contains("://") && !target.starts_with("mailto:") {
                    mind(target, root.join(folder).join(path).exists());
                }
            }
            for word in line.split('`').skip(1).step_by(2).filter(|w| is_path(w, &tops)) {
                let path = word.split(['#', ':']).next().unwrap_or(word);
                let made = ignored.iter().any(|i| path.starts_with(i.as_str()));
                mind(word, made || root.join(path).exists() || root.join(folder).join(path).exists());
            }
        }
        if titles != 1 && file.path.starts_with("docs/") {
            wrong.push(format!("{}: {titles} titles (# …); a page has one", file.path));
        }
    }
}

/// The targets of the links in a line: `[text](target)`.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| rest.split(')').next()).filter(|t| !t.contains(' '))
}

fn is_path(word: &str, tops: &BTreeSet<&str>) -> bool {
    let plain = word.chars().all(|c| c.is_alphanumeric() || "/._-#:".contains(c));
    let rooted = word.split_once('/').is_some_and(|(top, _)| tops.contains(top) || matches!(top, ".ci" | ".cargo"));
    let page = !word.contains('/')
        && word.strip_suffix(".md").is_some_and(|stem| stem.chars().all(|c| c.is_ascii_uppercase() || c == '_'));
    plain && (rooted || page)
}

/// What is said in one language is said in the other.
pub(super) fn both_languages_have_the_same_pages(files: &[File], wrong: &mut Vec<String>) {
    let pages = |lang: &str| -> BTreeSet<&str> {
        let folder = format!("docs/guide/{lang}/");
        files.iter().filter_map(|f| f.path.strip_prefix(folder.as_str())).collect()
    };
    for page in pages("zh").symmetric_difference(&pages("en")) {
        wrong.push(format!("docs/guide: {page} exists in one language only"));
    }
    for page in ["README.md", "README.zh-CN.md"] {
        if !files.iter().any(|f| f.path == page) {
            wrong.push(format!("{page} is missing"));
        }
    }
}

/// The script that CI runs names the steps that a person runs.
pub(super) fn ci_runs_the_house_rules(files: &[File], wrong: &mut Vec<String>) {
    let script = files.iter().find(|f| f.path == ".ci/run").map_or("", File::text);
    for command in ["cargo test --workspace", "ci --without-tests"] {
        if !script.lines().any(|l| !l.trim_start().starts_with('#') && l.contains(command)) {
            wrong.push(format!(".ci/run does not run `{command}`"));
        }
    }
}
