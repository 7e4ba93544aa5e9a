//! Where rules put what they find, and keep account of what they judged.

use keqiao_diag::{Finding, Level, Mark, Role};
use keqiao_i18n::Bilingual;
use keqiao_quantity::Decimal;
use keqiao_source::Span;

use crate::Rule;

/// Collects the findings of one rule.
#[derive(Debug)]
pub struct Sink {
    pub(crate) rule: &'static Rule,
    pub(crate) findings: Vec<Finding>,
    pub(crate) judged: u32,
    pub(crate) lacking: u32,
}

impl Sink {
    pub(crate) fn new(rule: &'static Rule) -> Self {
        Sink { rule, findings: Vec::new(), judged: 0, lacking: 0 }
    }

    /// Counts one thing that the rule could judge. Call it before deciding, so that a pass is known from silence.
    pub fn judge(&mut self) {
        self.judged += 1;
    }

    /// Counts one thing that should be judged but lacks a number.
    pub fn lack(&mut self) {
        self.lacking += 1;
    }

    /// Reports at the rule's own level. `primary` is tight: the words and numbers at fault.
    pub fn report(&mut self, primary: Span, message: Bilingual, advice: Bilingual) -> Report<'_> {
        self.report_at(self.rule.level, primary, message, advice)
    }

    /// Reports at a lower level than the rule's own.
    pub fn report_at(&mut self, level: Level, primary: Span, message: Bilingual, advice: Bilingual) -> Report<'_> {
        let marks = vec![Mark { role: Role::Primary, span: primary }];
        self.findings.push(Finding {
            code: self.rule.code.into(),
            name: self.rule.name.into(),
            level,
            message,
            advice,
            stated: None,
            computed: None,
            marks,
        });
        Report { finding: self.findings.last_mut().expect("just pushed") }
    }
}

/// A finding being completed: `sink.report(…).against(span).numbers("87.4%", "87.5%")`.
#[derive(Debug)]
pub struct Report<'a> {
    finding: &'a mut Finding,
}

impl Report<'_> {
    /// Adds the place that is contradicted or that the value was computed from.
    pub fn against(self, span: Span) -> Self {
        if !self.finding.marks.iter().any(|m| m.span == span) {
            self.finding.marks.push(Mark { role: Role::Secondary, span });
        }
        self
    }

    /// Adds several such places.
    pub fn against_all(mut self, spans: impl IntoIterator<Item = Span>) -> Self {
        for span in spans {
            self = self.against(span);
        }
        self
    }

    /// Says what is stated and what it should be.
    pub fn numbers(self, stated: impl Into<String>, computed: impl Into<String>) -> Self {
        self.finding.stated = Some(stated.into());
        self.finding.computed = Some(computed.into());
        self
    }
}

/// A decimal without trailing zeros beyond what is needed, for messages.
pub fn show(value: Decimal) -> String {
    value.normalize().to_string()
}
