//! What must hold before a change lands: the steps of `.ci/run`, one after the other, all in the dev profile.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// Runs the steps; the first that fails ends it.
pub(crate) fn run(with_tests: bool) -> Result<(), String> {
    step("fmt", cargo(&["fmt", "--all", "--check"]))?;
    if with_tests {
        tests()?;
    }
    step("clippy", cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    let root = crate::tree::root();
    println!("== codegen --check");
    crate::codegen::check(&root)?;
    println!("== tidy");
    crate::tidy::run(&root)?;
    let mut doc = cargo(&["doc", "--workspace", "--no-deps", "--document-private-items"]);
    doc.env("RUSTDOCFLAGS", "-D warnings");
    step("doc", doc)?;
    println!("== ci: everything holds");
    Ok(())
}

/// A cargo command at the root of the workspace.
pub(crate) fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args).current_dir(crate::tree::root());
    command
}

/// Runs one step to its end.
pub(crate) fn step(name: &str, mut command: Command) -> Result<(), String> {
    println!("== {name}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("ci: {name} failed ({status})")),
        Err(e) => Err(format!("ci: {name} cannot be started: {e}")),
    }
}

/// With nextest where it is installed (it runs no doc tests, so those follow), else with `cargo test`.
fn tests() -> Result<(), String> {
    let nextest = cargo(&["nextest", "--version"]).output().is_ok_and(|o| o.status.success());
    let runs: &[&[&str]] = if nextest {
        &[&["nextest", "run", "--workspace"], &["test", "--workspace", "--doc"]]
    } else {
        &[&["test", "--workspace"]]
    };
    let mut closing = Vec::new();
    let mut outcome = Ok(());
    for args in runs {
        println!("== cargo {}", args.join(" "));
        let (lines, ok) = watched(cargo(args))?;
        closing.extend(lines);
        if !ok {
            outcome = Err(format!("ci: cargo {} failed", args.join(" ")));
            break;
        }
    }
    println!("== the runner's closing lines");
    for line in closing {
        println!("{line}");
    }
    outcome
}

/// Runs a test command, passing its output on, and keeps the lines with which runners close.
fn watched(mut command: Command) -> Result<(Vec<String>, bool), String> {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(|e| format!("ci: {e}"))?;
    let errors = child.stderr.take().map(|e| std::thread::spawn(move || pass_on(e)));
    let mut closing = child.stdout.take().map(pass_on).unwrap_or_default();
    if let Some(Ok(lines)) = errors.map(std::thread::JoinHandle::join) {
        closing.extend(lines);
    }
    let status = child.wait().map_err(|e| format!("ci: {e}"))?;
    Ok((closing, status.success()))
}

fn pass_on(stream: impl std::io::Read) -> Vec<String> {
    let mut closing = Vec::new();
    for line in BufReader::new(stream).lines().map_while(Result::ok) {
        println!("{line}");
        let bare = line.trim_start();
        if bare.starts_with("test result:") || bare.starts_with("Summary [") {
            closing.push(line);
        }
    }
    closing
}
