//! `keqiao explain`: what a rule finds and why.

use std::process::ExitCode;

use keqiao_i18n::Lang;

use crate::args::ExplainArgs;
use crate::wording::Refusal;

/// Runs the command.
pub(crate) fn run(_args: &ExplainArgs, _lang: Lang) -> Result<ExitCode, Refusal> {
    Ok(ExitCode::SUCCESS)
}
