//! Runs the rules over a report and keeps the account: pass, fail, not applicable, lacking data.

use std::cell::OnceCell;

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

/// Runs the rules that `wanted` lets through. A template is not judged as a report: no rule runs on it.
pub fn audit(report: &Report, last_year: Option<&Report>, profile: &Profile, wanted: &dyn Fn(&Rule) -> bool) -> Audit {
    let index = FactIndex::new(report);
    let context =
        Context { report, index: &index, profile, last_year, counts: OnceCell::new(), printed: OnceCell::new() };
    let mut audit = Audit::default();
    let template = report.identity.kind == ReportKind::Template;
    for rule in rules::all().filter(|r| wanted(r)) {
        let mut sink = Sink::new(rule);
        if !template {
            (rule.check)(&context, &mut sink);
        }
        let outcome = match (sink.findings.len(), sink.judged, sink.lacking) {
            (0, 0, 0) => Outcome::NotApplicable,
            (0, 0, _) => Outcome::InsufficientData,
            (0, _, _) => Outcome::Pass,
            _ => Outcome::Fail,
        };
        audit.runs.push(RuleRun { rule, outcome, judged: sink.judged });
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
