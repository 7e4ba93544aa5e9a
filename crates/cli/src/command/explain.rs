//! `keqiao explain`: what a rule finds, why, where it comes from, and its own spec as examples.

use std::io::{self, Write};
use std::process::ExitCode;

use keqiao_audit::{Rule, all, spec_of};
use keqiao_i18n::{Fixed, Lang};
use keqiao_proofread::wording;

use crate::args::ExplainArgs;
use crate::command::print;
use crate::refusal::{Refusal, no_such_rule};

/// Runs the command.
pub(crate) fn run(args: &ExplainArgs, lang: Lang) -> Result<ExitCode, Refusal> {
    let asked = args.rule.trim();
    let Some(rule) = all().find(|r| r.name == asked || r.code.eq_ignore_ascii_case(asked)) else {
        return Err(no_such_rule(asked));
    };
    print(|out| explain(out, rule, lang))
}

fn explain(out: &mut dyn Write, rule: &Rule, lang: Lang) -> io::Result<()> {
    let say = |zh, en| Fixed { zh, en }.get(lang);
    let level = wording::level(rule.level).get(lang);
    writeln!(out, "{} {} [{level}]", rule.code, rule.name)?;
    writeln!(out, "{}\n", rule.title.get(lang))?;
    writeln!(out, "{}{}", say("为什么：", "why: "), rule.why.get(lang))?;
    writeln!(out, "{}{}", say("依据：", "source: "), rule.source)?;
    writeln!(out, "{}{}", say("始于：", "since: "), rule.since)?;
    if let Some(spec) = spec_of(rule) {
        writeln!(out)?;
        examples(out, spec, lang)?;
    }
    Ok(())
}

/// Prose as it stands; fragments indented, with what is found in brackets 【】 and its level.
fn examples(out: &mut dyn Write, spec: &str, lang: Lang) -> io::Result<()> {
    let say = |zh, en| Fixed { zh, en }.get(lang);
    let mut lines = spec.lines().skip_while(|l| l.starts_with("# ") || l.trim().is_empty());
    while let Some(line) = lines.next() {
        if !line.starts_with("```") {
            writeln!(out, "{line}")?;
            continue;
        }
        let fragment: Vec<&str> = lines.by_ref().take_while(|l| !l.starts_with("```")).collect();
        let found = fragment.iter().any(|l| l.contains('⟧'));
        writeln!(
            out,
            "{}",
            if found {
                say("  例（报告）：", "  example, reported:")
            } else {
                say("  例（不报告）：", "  example, silent:")
            }
        )?;
        for line in fragment.iter().filter(|l| !l.starts_with('@')) {
            writeln!(out, "    {}", bracket(line))?;
        }
    }
    Ok(())
}

/// `⟦占87.4%⟧{A0101 warning}` → `【占87.4%】`.
fn bracket(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('⟧') {
        out.push_str(&before.replace('⟦', "【"));
        out.push('】');
        rest = after.strip_prefix('{').and_then(|a| a.split_once('}')).map_or(after, |(_, a)| a);
    }
    out.push_str(&rest.replace('⟦', "【"));
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn marks_become_brackets() {
        assert_eq!(super::bracket("支出⟦占87.4%⟧{A0101 warning}；⟦合计⟧"), "支出【占87.4%】；【合计】");
    }
}
