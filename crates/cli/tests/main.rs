//! The binary from outside: transcripts (command, standard output, standard error, exit code) and the shape of what it
//! writes.

#![expect(clippy::unwrap_used, reason = "tests")]

mod formats;
mod learning;
mod server;
mod transcripts;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Where the small reports of these tests are; commands run there.
fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

/// The sample reports of the repository.
fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples")
}

/// An empty folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keqiao"));
    command.args(args).current_dir(data()).env_clear().env("LC_ALL", "C");
    command
}

/// Runs the binary in the folder of the test data, with an environment that says nothing of the language.
fn keqiao(args: &[&str]) -> Output {
    command(args).stdin(Stdio::null()).output().unwrap()
}

/// The same with bytes on standard input.
fn keqiao_with(args: &[&str], input: &[u8]) -> Output {
    let mut child = command(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

/// Standard output as text.
fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Standard error as text.
fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Command, output and exit code in one text.
fn transcript(args: &[&str]) -> String {
    let output = keqiao(args);
    let mut text = format!("$ keqiao {}\n{}", args.join(" "), out(&output));
    if !output.stderr.is_empty() {
        text.push_str(&format!("[stderr]\n{}", err(&output)));
    }
    text.push_str(&format!("[exit {}]", output.status.code().unwrap()));
    text
}
