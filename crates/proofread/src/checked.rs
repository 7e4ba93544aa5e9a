//! One file from bytes to findings. Whatever happens to it stays with it: the other files go on.

use std::borrow::Cow;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use keqiao_audit::{Outcome, Profile, Rule, RuleRun, audit};
use keqiao_diag::{Finding, Level, Suppressed, Suppressions};
use keqiao_document::{Document, Limits, Problem, read};
use keqiao_facts::Report;
use keqiao_i18n::Bilingual;
use serde::{Deserialize, Serialize};

use crate::places::Places;
use crate::wording::problem_kind;

/// How to work on each file.
pub struct Job<'a> {
    /// Limits of the readers.
    pub limits: Limits,
    /// What to judge with; only extraction when absent.
    pub audit: Option<AuditJob<'a>>,
}

/// How to judge.
pub struct AuditJob<'a> {
    /// Which rules run.
    pub wanted: &'a (dyn Fn(&Rule) -> bool + Sync),
    /// The profile asked for.
    pub profile: Option<Profile>,
    /// Last year's report.
    pub last_year: Option<Report>,
    /// What was answered for.
    pub suppressions: Suppressions,
}

/// Something that stands in the way of reading, in the form that is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// Its kind, stable for programs.
    pub kind: Cow<'static, str>,
    /// What it is and what to do.
    pub message: Bilingual,
    /// Whether nothing could be read.
    pub fatal: bool,
}

/// What was read of a file.
#[derive(Debug)]
pub struct Content {
    /// Blocks and text.
    pub document: Document,
    /// What was understood.
    pub report: Report,
    /// Where spans stand.
    pub places: Places,
}

/// A file that was read, and judged if that was asked for.
#[derive(Debug)]
pub struct Checked {
    /// The file as named.
    pub file: String,
    /// What was read; absent when nothing could be.
    pub content: Option<Content>,
    /// What went wrong while reading.
    pub problems: Vec<Trouble>,
    /// Findings that stand.
    pub findings: Vec<Finding>,
    /// Findings that were answered for.
    pub suppressed: Vec<Suppressed>,
    /// The account of the rules.
    pub runs: Vec<RuleRun>,
}

/// What is kept of a file once it is rendered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Files.
    pub files: usize,
    /// Files that could not be read.
    pub unread: usize,
    /// Findings of level error.
    pub errors: usize,
    /// Findings of level warning.
    pub warnings: usize,
    /// Findings of level info.
    pub infos: usize,
    /// Findings that were answered for.
    pub suppressed: usize,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.files += other.files;
        self.unread += other.unread;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.suppressed += other.suppressed;
    }
}

/// How many rules ended in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCount {
    /// Rules that ran.
    pub asked: usize,
    /// Judged something and found nothing.
    pub passed: usize,
    /// Found something.
    pub failed: usize,
    /// Nothing there to judge.
    pub not_applicable: usize,
    /// Numbers lacking.
    pub insufficient_data: usize,
    /// Things judged by all of them.
    pub judged: u64,
}

impl Checked {
    /// Reads a file, understands it and, if the job says so, judges it. `load` brings its bytes, at most one more than
    /// the number it is given, so that whoever reads them can tell that there are too many.
    pub fn new(file: String, load: impl FnOnce(u64) -> io::Result<Vec<u8>>, job: &Job<'_>) -> Checked {
        // The readers rest on libraries that parse what strangers wrote; if one of them panics, only this file is lost.
        catch_unwind(AssertUnwindSafe(|| Checked::of_file(file.clone(), load, job)))
            .unwrap_or_else(|_| Checked::unreadable(file, fault()))
    }

    fn of_file(file: String, load: impl FnOnce(u64) -> io::Result<Vec<u8>>, job: &Job<'_>) -> Checked {
        let bytes = match load(job.limits.file_bytes_max) {
            Ok(bytes) => bytes,
            Err(error) => return Checked::unreadable(file, unopened(&error)),
        };
        let outcome = read(&file, &bytes, &job.limits);
        drop(bytes);
        let problems: Vec<Trouble> = outcome.problems.into_iter().map(Trouble::from).collect();
        let Some(document) = outcome.document else {
            return Checked { problems, ..Checked::empty(file) };
        };
        let report = keqiao_extract::extract(&document);
        let places = Places::new(&document);
        let mut checked = Checked { problems, ..Checked::empty(file) };
        if let Some(job) = &job.audit {
            checked.judge(&report, job);
        }
        checked.content = Some(Content { document, report, places });
        checked
    }

    /// Judges what was only read before: for who must know whose report it is to choose what to hold against it.
    pub fn judged(mut self, job: &AuditJob<'_>) -> Checked {
        let Some(content) = self.content.take() else { return self };
        let file = self.file.clone();
        catch_unwind(AssertUnwindSafe(|| {
            self.judge(&content.report, job);
            self.content = Some(content);
            self
        }))
        .unwrap_or_else(|_| Checked::unreadable(file, fault()))
    }

    fn judge(&mut self, report: &Report, job: &AuditJob<'_>) {
        let own;
        let profile = match &job.profile {
            Some(profile) => profile,
            None => {
                own = Profile::for_report(report.identity.province.as_deref(), report.identity.fiscal_year);
                &own
            }
        };
        let audit = audit(report, job.last_year.as_ref(), profile, &job.wanted);
        (self.findings, self.suppressed) = job.suppressions.apply(&self.file, &report.text, audit.findings);
        self.runs = audit.runs;
    }

    fn empty(file: String) -> Checked {
        Checked {
            file,
            content: None,
            problems: Vec::new(),
            findings: Vec::new(),
            suppressed: Vec::new(),
            runs: Vec::new(),
        }
    }

    fn unreadable(file: String, trouble: Trouble) -> Checked {
        Checked { problems: vec![trouble], ..Checked::empty(file) }
    }

    /// Findings of one level.
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|f| f.level == level).count()
    }

    /// What is kept for the total.
    pub fn tally(&self) -> Tally {
        Tally {
            files: 1,
            unread: usize::from(self.content.is_none()),
            errors: self.count(Level::Error),
            warnings: self.count(Level::Warning),
            infos: self.count(Level::Info),
            suppressed: self.suppressed.len(),
        }
    }

    /// The account of the rules in numbers.
    pub fn rules(&self) -> RuleCount {
        let mut count = RuleCount { asked: self.runs.len(), ..RuleCount::default() };
        for run in &self.runs {
            count.judged += u64::from(run.judged);
            match run.outcome {
                Outcome::Pass => count.passed += 1,
                Outcome::Fail => count.failed += 1,
                Outcome::NotApplicable => count.not_applicable += 1,
                Outcome::InsufficientData => count.insufficient_data += 1,
            }
        }
        count
    }
}

impl From<Problem> for Trouble {
    fn from(p: Problem) -> Trouble {
        Trouble { kind: problem_kind(p.kind).into(), message: p.message, fatal: p.fatal }
    }
}

fn unopened(error: &io::Error) -> Trouble {
    let (kind, message) = match error.kind() {
        io::ErrorKind::NotFound => {
            ("not_found", Bilingual::new("文件不存在。请核对路径。", "There is no such file. Check the path."))
        }
        io::ErrorKind::PermissionDenied => {
            ("forbidden", Bilingual::new("没有读取权限。", "Reading it is not permitted."))
        }
        _ => (
            "unreadable",
            Bilingual::new(format!("文件不能读取：{error}"), format!("The file cannot be read: {error}")),
        ),
    };
    Trouble { kind: kind.into(), message, fatal: true }
}

fn fault() -> Trouble {
    let message = Bilingual::new(
        "读取这个文件时程序内部出错，其他文件不受影响。请另存为 docx 或 txt 后再试。",
        "An internal fault while reading this file; the others are not affected. Save it as docx or txt and try again.",
    );
    Trouble { kind: "fault".into(), message, fatal: true }
}

/// Tables of the document that were understood: as data, or as a target form.
pub fn tables_recognised(report: &Report) -> usize {
    let data: std::collections::BTreeSet<u32> = report.tables.iter().map(|t| t.source).collect();
    let forms = report.forms.len();
    (data.len() + forms).min(usize::try_from(report.tables_seen).unwrap_or(usize::MAX).max(data.len()))
}
