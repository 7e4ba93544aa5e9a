//! Runs the rules over a report and keeps the account: pass, fail, not applicable, lacking data.

use std::sync::OnceLock;

use keqiao_diag::Finding;
use keqiao_facts::{FactIndex, Report, ReportKind};

use crate::{Context, Profile, Rule, Sink, rules};

/// How a rule ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Judged something and found nothing.
    Pass,
    /// Found something.
    Fail,
    /// Nothing in the report that the rule is about.
    NotApplicable,
    /// The thing is there, but a number it needs is not.
    InsufficientData,
}

/// The account of one rule.
#[derive(Clone, Copy, Debug)]
pub struct RuleRun {
    /// The rule.
    pub rule: &'static Rule,
    /// How it ended.
    pub outcome: Outcome,
    /// Things judged.
    pub judged: u32,
}

/// What an audit brought.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    /// Findings in order of their place.
    pub findings: Vec<Finding>,
    /// One entry for each rule that was asked for.
    pub runs: Vec<RuleRun>,
}

/// Runs the rules that `wanted` lets through, on two threads: rules do not depend on each other, and half of the time
/// for one short report is their patterns being compiled. A template is not judged as a report: no rule runs on it.
pub fn audit(report: &Report, last_year: Option<&Report>, profile: &Profile, wanted: &dyn Fn(&Rule) -> bool) -> Audit {
    let index = FactIndex::new(report);
    let context =
        Context { report, index: &index, profile, last_year, counts: OnceLock::new(), printed: OnceLock::new() };
    let template = report.identity.kind == ReportKind::Template;
    let chosen: Vec<&'static Rule> = rules::all().filter(|r| wanted(r)).collect();
    let run = |rules: &[&'static Rule]| -> Vec<Sink> {
        let one = |rule: &&'static Rule| {
            let mut sink = Sink::new(rule);
            if !template {
                (rule.check)(&context, &mut sink);
            }
            sink
        };
        rules.iter().map(one).collect()
    };
    let (first, second) = chosen.split_at(chosen.len() / 2);
    let sinks = std::thread::scope(|scope| {
        let other = scope.spawn(|| run(second));
        let mut sinks = run(first);
        match other.join() {
            Ok(rest) => sinks.extend(rest),
            // A rule that panics is a fault of ours: it is raised where the caller expects it.
            Err(panic) => std::panic::resume_unwind(panic),
        }
        sinks
    });
    account(sinks)
}

/// One account for all rules, and the findings in order of their place, each once.
fn account(sinks: Vec<Sink>) -> Audit {
    let mut audit = Audit::default();
    for sink in sinks {
        let outcome = match (sink.findings.len(), sink.judged, sink.lacking) {
            (0, 0, 0) => Outcome::NotApplicable,
            (0, 0, _) => Outcome::InsufficientData,
            (0, _, _) => Outcome::Pass,
            _ => Outcome::Fail,
        };
        audit.runs.push(RuleRun { rule: sink.rule, outcome, judged: sink.judged });
        for finding in sink.findings {
            let same = |f: &Finding| f.code == finding.code && f.primary() == finding.primary();
            if !audit.findings.iter().any(same) {
                audit.findings.push(finding);
            }
        }
    }
    audit.findings.sort_by(|a, b| (a.primary(), &a.code).cmp(&(b.primary(), &b.code)));
    audit
}
