//! `keqiao completions`: a script for the shell.

use std::io;
use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use crate::args::Cli;
use crate::refusal::Refusal;

/// Prints the script.
pub(crate) fn run(shell: Shell) -> Result<ExitCode, Refusal> {
    generate(shell, &mut Cli::command(), "keqiao", &mut io::stdout());
    Ok(ExitCode::SUCCESS)
}
