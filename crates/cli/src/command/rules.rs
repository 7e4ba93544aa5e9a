//! `keqiao rules`: all rules.

use std::io::{self, Write};
use std::process::ExitCode;

use keqiao_audit::{Rule, all};
use keqiao_i18n::Lang;
use keqiao_proofread::wording;
use serde_json::{Value, json};

use crate::args::{ListFormat, RulesArgs};
use crate::command::print;
use crate::refusal::Refusal;

/// Whether a code, the start of a code (`A`, `A01`) or a name means this rule.
pub(crate) fn selects(asked: &str, rule: &Rule) -> bool {
    !asked.is_empty() && (rule.name == asked || rule.code.starts_with(&asked.to_ascii_uppercase()))
}

/// Runs the command.
pub(crate) fn run(args: &RulesArgs, lang: Lang) -> Result<ExitCode, Refusal> {
    print(|out| match args.format {
        ListFormat::Text => list(out, lang),
        ListFormat::Json => {
            let rules: Vec<Value> = all().map(as_json).collect();
            writeln!(out, "{:#}", json!({ "rules": rules }))
        }
    })
}

fn list(out: &mut dyn Write, lang: Lang) -> io::Result<()> {
    let mut family = None;
    for rule in all() {
        if family.replace(rule.family()) != Some(rule.family()) {
            writeln!(out, "{}", wording::family(rule.family()).get(lang))?;
        }
        let level = wording::level(rule.level).get(lang);
        writeln!(out, "  {}  {level:<7} {}  ({})", rule.code, rule.title.get(lang), rule.name)?;
    }
    Ok(())
}

fn as_json(rule: &'static Rule) -> Value {
    json!({
        "code": rule.code,
        "name": rule.name,
        "level": rule.level.word(),
        "since": rule.since,
        "title": { "zh": rule.title.zh, "en": rule.title.en },
        "why": { "zh": rule.why.zh, "en": rule.why.en },
        "source": rule.source,
    })
}
