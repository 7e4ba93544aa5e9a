//! What is kept of a checked file when the file itself is put away: whose report it is, how far it was understood, its
//! findings, and its text with the findings marked. All that the report desk stores.

use keqiao_audit::all;
use keqiao_diag::{Finding, Level, Role};
use keqiao_facts::{Identity, ReportKind};
use keqiao_i18n::Bilingual;
use keqiao_source::Folded;
use serde::{Deserialize, Serialize};

use crate::checked::{Checked, Content, RuleCount, Trouble, tables_recognised};
use crate::fingerprint::Fingerprint;
use crate::places::Place;
use crate::render::{html, place};

/// A checked file, ready to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Whose, of which year, how far understood.
    pub summary: Summary,
    /// The findings in the order of the report.
    pub findings: Vec<Noted>,
    /// The report as HTML, the findings marked; empty when nothing could be read. See `render::html::fragment` for its anchors.
    pub body: String,
}

/// Whose report it is, and how far it was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The body whose report it is.
    pub entity: Option<String>,
    /// Its region as far as named.
    pub region: Option<String>,
    /// The fiscal year.
    pub year: Option<u16>,
    /// The kind: [`ReportKind::word`].
    pub kind: String,
    /// Pages, where the format has them.
    pub pages: Option<u32>,
    /// Tables in the document.
    pub tables_seen: u32,
    /// Tables that were understood.
    pub tables_known: usize,
    /// Facts that were understood.
    pub facts: usize,
    /// How the rules ended.
    pub rules: RuleCount,
    /// What stood in the way of reading.
    pub problems: Vec<Trouble>,
    /// Whether anything could be read.
    pub readable: bool,
}

/// A finding as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// Its number in the report, from one.
    pub number: u32,
    /// How it is known again.
    pub fingerprint: Fingerprint,
    /// The rule's code.
    pub code: String,
    /// The rule's name.
    pub name: String,
    /// The level.
    pub level: Level,
    /// Headline.
    pub message: Bilingual,
    /// Advice.
    pub advice: Bilingual,
    /// What the document says.
    pub stated: Option<String>,
    /// What it should say.
    pub computed: Option<String>,
    /// Where; the first is the place at fault.
    pub places: Vec<NotedPlace>,
}

/// A place of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotedPlace {
    /// At fault, or held against.
    pub role: Role,
    /// The words there, short.
    pub quote: String,
    /// Page, paragraph, cell, line.
    pub place: Place,
    /// Whether the stored report has an anchor for it.
    pub anchored: bool,
}

impl Proof {
    /// What is kept of a checked file.
    pub fn new(checked: &Checked) -> Proof {
        let Some(content) = &checked.content else {
            let kind = ReportKind::Unknown.word().to_owned();
            let summary = Summary { kind, problems: checked.problems.clone(), ..Summary::default() };
            return Proof { summary, findings: Vec::new(), body: String::new() };
        };
        let (body, anchored) = html::fragment(content, &checked.findings);
        let notes = (1u32..).zip(checked.findings.iter().zip(&anchored));
        let findings = notes.map(|(number, (finding, anchored))| noted(number, finding, content, anchored)).collect();
        Proof { summary: summary(checked, content), findings, body }
    }
}

fn summary(checked: &Checked, content: &Content) -> Summary {
    let report = &content.report;
    let identity = &report.identity;
    Summary {
        entity: identity.entity.as_ref().map(|e| e.0.clone()),
        region: identity.region.clone(),
        year: identity.fiscal_year,
        kind: identity.kind.word().to_owned(),
        pages: content.document.pages,
        tables_seen: report.tables_seen,
        tables_known: tables_recognised(report),
        facts: report.facts.len(),
        rules: checked.rules(),
        problems: checked.problems.clone(),
        readable: true,
    }
}

fn noted(number: u32, finding: &Finding, content: &Content, anchored: &[bool]) -> Noted {
    let one = |(mark, anchored): (&keqiao_diag::Mark, &bool)| NotedPlace {
        role: mark.role,
        quote: place::quote(content, *mark),
        place: content.places.of(mark.span),
        anchored: *anchored,
    };
    Noted {
        number,
        fingerprint: Fingerprint::new(finding, &content.document.text),
        code: finding.code.clone(),
        name: finding.name.clone(),
        level: finding.level,
        message: finding.message.clone(),
        advice: finding.advice.clone(),
        stated: finding.stated.clone(),
        computed: finding.computed.clone(),
        places: finding.marks.iter().zip(anchored).map(one).collect(),
    }
}

impl Noted {
    /// Where the rule comes from; empty when this version no longer knows the rule.
    pub fn basis(&self) -> &'static str {
        all().find(|r| r.code == self.code).map_or("", |r| r.source)
    }
}

/// The name under which reports of one body are kept together: spaces, widths of brackets and the like do not part them.
pub fn entity_key(entity: &str) -> String {
    Folded::new(entity, 0).text().to_owned()
}

/// Which series a report belongs to: body, kind and year, when all three are known. A second file of the same is a new
/// version; one of the year before is its last year.
pub fn series(identity: &Identity) -> Option<(String, ReportKind, u16)> {
    let entity = entity_key(&identity.entity.as_ref()?.0);
    let kind = identity.kind;
    let known = !entity.is_empty() && !matches!(kind, ReportKind::Unknown | ReportKind::Template);
    known.then_some((entity, kind, identity.fiscal_year?))
}

#[cfg(test)]
mod tests {
    use keqiao_document::Limits;
    use keqiao_facts::{Identity, ReportKind};
    use keqiao_source::Span;

    use super::{Proof, series};
    use crate::{AuditJob, Checked, Job};

    fn proof(name: &str, bytes: &[u8]) -> Proof {
        let all = |_: &keqiao_audit::Rule| true;
        let audit = AuditJob { wanted: &all, profile: None, last_year: None, suppressions: Default::default() };
        let job = Job { limits: Limits::default(), audit: Some(audit) };
        Proof::new(&Checked::new(name.into(), |_| Ok(bytes.to_vec()), &job))
    }

    #[test]
    fn a_proof_has_an_anchor_for_each_finding_and_escapes_the_report() {
        let text = "青岚县科学技术协会2023年度部门决算\n一、支出决算情况\n2023年支出合计100.00万元，其中：基本支出80.00万元，占70.0%；<script>x</script>项目支出20.00万元，占20.0%。\n";
        let proof = proof("a.txt", text.as_bytes());
        assert!(proof.summary.readable);
        assert!(!proof.findings.is_empty(), "{proof:?}");
        for finding in &proof.findings {
            assert!(proof.body.contains(&format!("id=\"f{}m1\"", finding.number)), "{}", proof.body);
        }
        assert!(!proof.body.contains("<script>"), "{}", proof.body);
        let stored = serde_json::to_string(&proof.findings[0]).unwrap();
        assert_eq!(serde_json::from_str::<super::Noted>(&stored).unwrap(), proof.findings[0]);
    }

    #[test]
    fn what_cannot_be_read_says_so() {
        let proof = proof("a.docx", b"PK\x03\x04broken");
        assert!(!proof.summary.readable && !proof.summary.problems.is_empty() && proof.body.is_empty());
    }

    #[test]
    fn a_series_needs_body_kind_and_year() {
        let span = Span::new(0, 0);
        let mut identity = Identity {
            entity: Some(("青岚县 科协(机关)".into(), span)),
            fiscal_year: Some(2023),
            kind: ReportKind::FinalAccount,
            ..Identity::default()
        };
        assert_eq!(series(&identity), Some(("青岚县科协（机关）".into(), ReportKind::FinalAccount, 2023)));
        identity.kind = ReportKind::Unknown;
        assert_eq!(series(&identity), None);
    }
}
