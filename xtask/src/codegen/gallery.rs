//! The gallery: for every rule its explanation and a real message in both languages, made by running its spec. A page
//! for each family.

use std::fmt::Write as _;

use keqiao_audit::{Family, Rule, all, spec_of};
use keqiao_diag::{Finding, Role};
use keqiao_testkit::Spec;

use super::Page;

/// What running a rule's spec showed.
pub(super) struct Shown {
    /// The rule.
    pub(super) rule: &'static Rule,
    /// The first fragment with a finding, and what was found in it. None is a fault that the house rules and the test
    /// of the specs report.
    example: Option<(Spec, Vec<Finding>)>,
    /// Every finding of every fragment lies under its mark, to the character.
    pub(super) span_exact: bool,
    /// Every finding says what is stated and what it should be.
    pub(super) both_numbers: bool,
    /// Every finding advises, in both languages.
    pub(super) advice: bool,
}

/// A family with its rules in order of their codes.
pub(super) struct Gallery {
    /// The family.
    pub(super) family: Family,
    /// Its rules.
    pub(super) rules: Vec<Shown>,
}

impl Gallery {
    /// The family's folder.
    pub(super) fn folder(&self) -> String {
        format!("{:?}", self.family).to_lowercase()
    }

    /// The family in both languages.
    pub(super) fn title(&self) -> &'static str {
        match self.family {
            Family::Arithmetic => "A · 一处之内的数字 · Numbers of one statement",
            Family::Restated => "R · 同一数字两处不一 · One quantity stated twice",
            Family::Period => "P · 年度与日期 · Years and dates",
            Family::Table => "T · 公开表格 · The public tables",
            Family::Performance => "F · 绩效目标与评分 · Targets, indicators, scores",
            Family::Disclosure => "D · 公开内容与编号 · Parts, attachments, glossary, numbering",
            Family::Text => "X · 文字与符号 · Words and signs",
            Family::Classification => "C · 科目代码与名称 · Codes and names",
        }
    }
}

/// Runs every spec.
pub(super) fn galleries() -> Result<Vec<Gallery>, String> {
    let mut rules: Vec<&'static Rule> = all().collect();
    rules.sort_by_key(|r| (r.family(), r.code));
    let mut galleries: Vec<Gallery> = Vec::new();
    for rule in rules {
        if galleries.last().is_none_or(|g| g.family != rule.family()) {
            galleries.push(Gallery { family: rule.family(), rules: Vec::new() });
        }
        let shown = show(rule)?;
        if let Some(gallery) = galleries.last_mut() {
            gallery.rules.push(shown);
        }
    }
    Ok(galleries)
}

fn show(rule: &'static Rule) -> Result<Shown, String> {
    let mut shown = Shown { rule, example: None, span_exact: true, both_numbers: true, advice: true };
    for spec in Spec::parse(spec_of(rule).unwrap_or("")) {
        let findings = spec.findings(rule).map_err(|e| format!("{}: {e}", rule.code))?;
        shown.span_exact &= spec.is_exact(&findings);
        shown.both_numbers &= findings.iter().all(|f| f.stated.is_some() && f.computed.is_some());
        shown.advice &= findings.iter().all(|f| !f.advice.zh.is_empty() && !f.advice.en.is_empty());
        if shown.example.is_none() && !findings.is_empty() {
            shown.example = Some((spec, findings));
        }
    }
    if shown.example.is_none() {
        (shown.span_exact, shown.both_numbers, shown.advice) = (false, false, false);
    }
    Ok(shown)
}

/// The page of one family.
pub(super) fn page(gallery: &Gallery) -> Page {
    let mut out = format!("# {}\n\n", gallery.title());
    out.push_str(
        "Each example is the first fragment of the rule's spec; each message was made by running the rule over it.\n",
    );
    out.push_str("⟦ ⟧ marks the words at fault, 〔 〕 what they are held against. [All rules](../rules.md)\n\n");
    for shown in &gallery.rules {
        entry(&mut out, shown, &gallery.folder());
    }
    Page::markdown(format!("docs/reference/rules/{}.md", gallery.folder()), &out)
}

fn entry(out: &mut String, shown: &Shown, folder: &str) {
    let rule = shown.rule;
    let _ = writeln!(out, "## {} {}\n", rule.code, rule.name);
    let _ =
        writeln!(out, "**{}** · {} · since {} · basis {}\n", rule.title.zh, rule.level.word(), rule.since, rule.source);
    let _ = writeln!(out, "{}\n", rule.why.zh);
    let _ = writeln!(out, "**{}.** {}\n", rule.title.en, rule.why.en);
    let Some((spec, findings)) = &shown.example else { return };
    let settings: Vec<String> = spec.settings.iter().map(|(k, v)| format!("@{k} {v}\n")).collect();
    let _ = write!(out, "```text\n{}{}\n", settings.concat(), marked(&spec.text, findings).trim_end());
    if let Some(last_year) = &spec.last_year {
        let _ = write!(out, "=== last year\n{}\n", last_year.trim_end());
    }
    let _ = writeln!(out, "```\n");
    for finding in findings {
        let words = finding.primary().of(&spec.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "- {} `{}` {words}", finding.code, finding.level.word());
        let _ = writeln!(out, "  - {} → {}", finding.message.zh, finding.advice.zh);
        let _ = writeln!(out, "  - {} → {}", finding.message.en, finding.advice.en);
    }
    let _ = writeln!(out, "\n[spec](../../../crates/audit/spec/{folder}/{}.md)\n", rule.name);
}

/// The fragment with its marks drawn in.
fn marked(text: &str, findings: &[Finding]) -> String {
    // At one place: what closes comes before what opens.
    let mut signs: Vec<(usize, u8, char)> = Vec::new();
    let mut marks: Vec<(bool, std::ops::Range<usize>)> =
        findings.iter().flat_map(|f| &f.marks).map(|m| (m.role == Role::Primary, m.span.range())).collect();
    marks.sort_by_key(|(primary, range)| (!primary, range.start, range.end));
    marks.dedup();
    let primaries: Vec<std::ops::Range<usize>> = marks.iter().filter(|m| m.0).map(|m| m.1.clone()).collect();
    for (primary, range) in marks {
        // A mark inside or across a primary one would make the brackets unreadable.
        let clear = primary || primaries.iter().all(|p| range.end <= p.start || p.end <= range.start);
        if clear && !range.is_empty() {
            signs.push((range.start, 1, if primary { '⟦' } else { '〔' }));
            signs.push((range.end, 0, if primary { '⟧' } else { '〕' }));
        }
    }
    signs.sort_unstable();
    let (mut out, mut at) = (String::new(), 0);
    for (place, _, sign) in signs {
        out.push_str(text.get(at..place).unwrap_or(""));
        out.push(sign);
        at = place;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}
