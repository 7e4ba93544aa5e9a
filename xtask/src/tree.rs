//! The files of the repository as the house rules see them.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// Folders that hold nothing of ours, wherever they are.
const SKIPPED: &[&str] = &[".git", "target", "node_modules"];

/// Folders that the repository ignores, from its root, without slashes at the ends.
pub(crate) fn ignored(root: &Path) -> Vec<String> {
    let list = std::fs::read_to_string(root.join(".gitignore")).unwrap_or_default();
    list.lines().filter_map(|l| l.strip_prefix('/')).map(|l| l.trim_end_matches('/').to_owned()).collect()
}

/// The root of the repository: where cargo says that this package is now, else where it was built.
pub(crate) fn root() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&package).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// One file.
#[derive(Debug)]
pub(crate) struct File {
    /// From the root, with `/`.
    pub(crate) path: String,
    /// Bytes on disk.
    pub(crate) size: u64,
    /// Its text; none for what is not UTF-8.
    pub(crate) text: Option<String>,
}

impl File {
    /// Whether the path ends so.
    pub(crate) fn is(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, e)| e == extension)
    }

    /// The name without folders.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The text, or nothing.
    pub(crate) fn text(&self) -> &str {
        self.text.as_deref().unwrap_or("")
    }
}

/// All files, in order of their paths.
pub(crate) fn files(root: &Path) -> Vec<File> {
    let ignored = ignored(root);
    let is_ignored = |path: &Path| {
        path.strip_prefix(root).ok().and_then(Path::to_str).is_some_and(|path| ignored.iter().any(|i| i == path))
    };
    WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|e| !e.file_name().to_str().is_some_and(|n| SKIPPED.contains(&n)) && !is_ignored(e.path()))
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_file())
        .filter_map(|e| {
            let path = e.path().strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
            // A worktree's link to its repository.
            if path == ".git" {
                return None;
            }
            let bytes = std::fs::read(e.path()).ok()?;
            Some(File { path, size: bytes.len() as u64, text: String::from_utf8(bytes).ok() })
        })
        .collect()
}
