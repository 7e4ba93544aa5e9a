//! The binary `keqiao`: arguments in, findings out. Reading, understanding and judging live in the lower crates; here
//! files are collected, run through them and shown on the terminal (the other faces are in `proofread`).

mod args;
mod batch;
mod command;
mod inputs;
mod language;
mod refusal;
mod render;
mod running;
mod sink;
mod told;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Cli, Command};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let lang = language::choose(cli.lang);
    let outcome = match &cli.command {
        Command::Check(args) => command::check::run(args, lang, cli.color),
        Command::Extract(args) => command::extract::run(args, lang),
        Command::Rules(args) => command::rules::run(args, lang),
        Command::Explain(args) => command::explain::run(args, lang),
        Command::Serve(args) => command::serve::run(args, lang),
        Command::Migrate(place) => command::migrate::run(place, lang),
        Command::VerifyLog(args) => command::verify_log::run(args, lang),
        Command::Backup(args) => command::backup::save(args, lang),
        Command::Restore(args) => command::backup::restore(args, lang),
        Command::Doctor(args) => command::doctor::run(args, lang),
        Command::Model(args) => command::model::run(args, lang),
        Command::Match(args) => command::matching::run(args, lang),
        Command::Demand(args) => command::demand::run(args, lang),
        #[cfg(feature = "cluster")]
        Command::Snapshot(args) => command::snapshot::run(args, lang),
        #[cfg(feature = "cluster")]
        Command::Rollup(args) => command::rollup::run(args, lang),
        #[cfg(feature = "cluster")]
        Command::Cluster(part) => command::cluster::run(part, lang),
        Command::Completions { shell } => command::completions::run(*shell),
    };
    match outcome {
        Ok(code) => code,
        Err(refusal) => {
            eprintln!("keqiao: {}", refusal.message.get(lang));
            ExitCode::from(2)
        }
    }
}
