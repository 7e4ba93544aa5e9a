//! The command line as a page: what `--help` prints.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cargo_metadata::MetadataCommand;

use super::Page;

const HEAD: &str = "\
# Command line

What `keqiao --help` and the help of each command print. Guides: [English](../guide/en/reference.md),
[中文](../guide/zh/reference.md).
";

/// Builds the binary and says where it is.
pub(super) fn binary(root: &Path) -> Result<PathBuf, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // The whole workspace with its tests: the features that the tests were built with, so that nothing is built again.
    let built =
        Command::new(cargo).args(["build", "--quiet", "--workspace", "--all-targets"]).current_dir(root).status();
    if !built.is_ok_and(|s| s.success()) {
        return Err("the binary cannot be built".into());
    }
    let metadata = MetadataCommand::new().manifest_path(root.join("Cargo.toml")).no_deps().exec();
    let target = metadata.map_err(|e| e.to_string())?.target_directory;
    Ok(target.join("debug").join(format!("keqiao{}", std::env::consts::EXE_SUFFIX)).into_std_path_buf())
}

/// Standard output of a run away from any terminal, whatever its exit code.
pub(super) fn output(binary: &Path, folder: Option<&Path>, args: &[&str]) -> Result<String, String> {
    let mut command = Command::new(binary);
    command.args(args).stdin(Stdio::null()).env_remove("COLUMNS").env_remove("NO_COLOR").env("LC_ALL", "C");
    if let Some(folder) = folder {
        command.current_dir(folder);
    }
    let output = command.output().map_err(|e| format!("{}: {e}", binary.display()))?;
    String::from_utf8(output.stdout).map_err(|e| e.to_string())
}

/// `docs/reference/cli.md`.
pub(super) fn page(binary: &Path) -> Result<Page, String> {
    let top = output(binary, None, &["--help"])?;
    let mut out = format!("{HEAD}\n## keqiao\n\n```text\n{}\n```\n", lines(&top));
    for command in commands(&top) {
        let help = output(binary, None, &[command, "--help"])?;
        let _ = writeln!(out, "\n## keqiao {command}\n\n```text\n{}\n```", lines(&help));
    }
    Ok(Page::markdown("docs/reference/cli.md", &out))
}

/// Help without blanks at the ends of lines.
fn lines(help: &str) -> String {
    help.trim().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// The commands that the help lists.
fn commands(help: &str) -> Vec<&str> {
    let list = help.lines().skip_while(|l| !l.starts_with("Commands:")).skip(1);
    list.take_while(|l| !l.trim().is_empty())
        .filter(|l| l.starts_with("  ") && !l.starts_with("   "))
        .filter_map(|l| l.split_whitespace().next())
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn commands_are_read_from_the_help() {
        let help =
            "Usage: keqiao\n\nCommands:\n  check    检查\n  rules    列出\n           more words\n\nOptions:\n  -h\n";
        assert_eq!(super::commands(help), ["check", "rules"]);
    }
}
