//! `keqiao rules`: all rules.

use std::process::ExitCode;

use keqiao_audit::Rule;
use keqiao_i18n::Lang;

use crate::args::RulesArgs;
use crate::wording::Refusal;

/// Whether a code, the start of a code (`A`, `A01`) or a name means this rule.
pub(crate) fn selects(asked: &str, rule: &Rule) -> bool {
    !asked.is_empty() && (rule.name == asked || rule.code.starts_with(&asked.to_ascii_uppercase()))
}

/// Runs the command.
pub(crate) fn run(_args: &RulesArgs, _lang: Lang) -> Result<ExitCode, Refusal> {
    Ok(ExitCode::SUCCESS)
}
