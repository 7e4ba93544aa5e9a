//! Reading and running specs.

use std::fmt::Write as _;
use std::path::Path;

use keqiao_audit::{Profile, Rule};
use keqiao_diag::Finding;
use keqiao_document::Limits;
use keqiao_facts::ReportKind;

/// One fragment of a spec with what must be found in it.
#[derive(Debug)]
pub struct Spec {
    /// Fragment without marks.
    pub text: String,
    /// Whether it is Markdown.
    pub markdown: bool,
    /// Identity lines: key and value.
    pub settings: Vec<(String, String)>,
    /// Last year's report, after a line `=== last year`.
    pub last_year: Option<String>,
    /// Expected: words under the primary mark's start…end in bytes, code, level if given.
    pub expected: Vec<(std::ops::Range<usize>, String, Option<String>)>,
}

impl Spec {
    /// The fragments of a spec file.
    pub fn parse(file: &str) -> Vec<Spec> {
        let mut specs = Vec::new();
        let mut open: Option<(bool, String)> = None;
        for line in file.lines() {
            match &mut open {
                None if line.starts_with("```report") => open = Some((line.contains("md"), String::new())),
                Some((markdown, body)) if line.starts_with("```") => {
                    specs.push(Spec::fragment(*markdown, body));
                    open = None;
                }
                Some((_, body)) => {
                    body.push_str(line);
                    body.push('\n');
                }
                None => {}
            }
        }
        specs
    }

    fn fragment(markdown: bool, body: &str) -> Spec {
        let (mut settings, mut rest) = (Vec::new(), body);
        while let Some(line) = rest.strip_prefix('@') {
            let (line, after) = line.split_once('\n').unwrap_or((line, ""));
            let (key, value) = line.split_once(' ').unwrap_or((line, ""));
            settings.push((key.to_owned(), value.trim().to_owned()));
            rest = after;
        }
        let (rest, last_year) =
            rest.split_once("=== last year\n").map_or((rest, None), |(r, l)| (r, Some(l.to_owned())));
        let (mut text, mut expected) = (String::new(), Vec::new());
        let mut chars = rest.char_indices();
        let mut open = Vec::new();
        while let Some((at, c)) = chars.next() {
            match c {
                '⟦' => open.push(text.len()),
                '⟧' => {
                    let start = open.pop().expect("⟧ without ⟦");
                    let tag = rest[at + c.len_utf8()..].strip_prefix('{').expect("⟧ must be followed by {CODE}");
                    let tag = &tag[..tag.find('}').expect("} after {CODE")];
                    let (code, level) = tag.split_once(' ').map_or((tag, None), |(c, l)| (c, Some(l.to_owned())));
                    expected.push((start..text.len(), code.to_owned(), level));
                    for _ in 0..tag.chars().count() + 2 {
                        chars.next();
                    }
                }
                _ => text.push(c),
            }
        }
        expected.sort_by_key(|e| (e.0.start, e.0.end));
        Spec { text, markdown, settings, last_year, expected }
    }

    /// What one rule finds in the fragment.
    ///
    /// # Errors
    /// In words, when the fragment or one of its settings cannot be understood.
    pub fn findings(&self, rule: &Rule) -> Result<Vec<Finding>, String> {
        let name = if self.markdown { "spec.md" } else { "spec.txt" };
        let read = keqiao_document::read(name, self.text.as_bytes(), &Limits::default());
        let document = read.document.ok_or("the fragment cannot be read")?;
        let mut report = keqiao_extract::extract(&document);
        for (key, value) in &self.settings {
            match key.as_str() {
                "year" => report.identity.fiscal_year = value.parse().ok(),
                "province" => report.identity.province = Some(value.clone()),
                "kind" => {
                    report.identity.kind = [
                        ReportKind::FinalAccount,
                        ReportKind::Budget,
                        ReportKind::SelfEvaluation,
                        ReportKind::DepartmentEvaluation,
                        ReportKind::Template,
                    ]
                    .into_iter()
                    .find(|k| k.word() == value)
                    .ok_or_else(|| format!("unknown kind {value}"))?;
                }
                other => return Err(format!("unknown setting @{other}")),
            }
        }
        let last_year = self.last_year.as_deref().and_then(|text| {
            let document = keqiao_document::read(name, text.as_bytes(), &Limits::default()).document?;
            let mut last = keqiao_extract::extract(&document);
            last.identity.fiscal_year = report.identity.fiscal_year.and_then(|y| y.checked_sub(1));
            last.facts.iter_mut().for_each(|f| f.year = last.identity.fiscal_year);
            Some(last)
        });
        let profile = Profile::for_report(report.identity.province.as_deref(), report.identity.fiscal_year);
        Ok(keqiao_audit::audit(&report, last_year.as_ref(), &profile, &|r| r.code == rule.code).findings)
    }

    /// Whether a finding is one that the fragment's marks ask for.
    fn asks_for(expected: &(std::ops::Range<usize>, String, Option<String>), found: &Finding) -> bool {
        let (range, code, level) = expected;
        found.primary().range() == *range
            && found.code == *code
            && level.as_deref().is_none_or(|l| l == found.level.word())
    }

    /// Whether every finding has its mark, to the character, and every mark its finding.
    pub fn is_exact(&self, findings: &[Finding]) -> bool {
        findings.len() == self.expected.len()
            && self.expected.iter().all(|e| findings.iter().any(|f| Self::asks_for(e, f)))
    }

    /// Runs one rule over the fragment.
    ///
    /// # Errors
    /// In words, what differs from the marks.
    pub fn run(&self, rule: &Rule) -> Result<(), String> {
        let findings = self.findings(rule)?;
        let mut found: Vec<&Finding> = findings.iter().collect();
        let mut wrong = String::new();
        for expected in &self.expected {
            if let Some(i) = found.iter().position(|f| Self::asks_for(expected, f)) {
                found.remove(i);
            } else {
                let (range, code, level) = expected;
                let words = &self.text[range.clone()];
                let _ = writeln!(wrong, "not found: {code} {} at 「{words}」", level.as_deref().unwrap_or(""));
            }
        }
        for f in found {
            let words = f.primary().of(&self.text);
            let _ = writeln!(wrong, "unexpected: {} {} at 「{words}」: {}", f.code, f.level.word(), f.message.zh);
        }
        for f in findings.iter().filter(|f| f.message.zh.is_empty() || f.message.en.is_empty()) {
            let _ = writeln!(wrong, "{}: a message is missing in one language", f.code);
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }
}

/// Runs every spec under a folder; each rule must have one, and every file must belong to a rule.
///
/// # Panics
/// With the list of everything that differs.
pub fn run_specs(folder: &Path) {
    let mut wrong = String::new();
    for rule in keqiao_audit::all() {
        let family = format!("{:?}", rule.family()).to_lowercase();
        let path = folder.join(family).join(format!("{}.md", rule.name));
        let Ok(file) = std::fs::read_to_string(&path) else {
            let _ = writeln!(wrong, "{}: no spec at {}", rule.code, path.display());
            continue;
        };
        let specs = Spec::parse(&file);
        if !specs.iter().any(|s| !s.expected.is_empty()) || !specs.iter().any(|s| s.expected.is_empty()) {
            let _ = writeln!(wrong, "{}: a spec needs a fragment with a finding and one that stays silent", rule.code);
        }
        for (i, spec) in specs.iter().enumerate() {
            if let Err(e) = spec.run(rule) {
                let _ = write!(wrong, "{} fragment {}:\n{e}", rule.name, i + 1);
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
