//! The background check of one version: read, recognise whose report it is, hold last year's against it if that is on the desk,
//! carry over what people made of the findings, store. The reading and judging run on a thread of their own.

use std::io::Read;
use std::path::PathBuf;
use std::time::Duration;

use flate2::Compression;
use flate2::read::DeflateEncoder;
use futures_util::future::BoxFuture;
use keqiao_base::{FindingId, VersionId};
use keqiao_document::Limits;
use keqiao_facts::{Report as Understood, ReportKind};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_proofread::{AuditJob, Checked, Job as CheckJob, Proof, Summary, Trouble, series};
use keqiao_store::Tx;
use keqiao_store::desk::report::{CheckState, Report, Version};
use keqiao_store::desk::{finding, report};
use serde::{Deserialize, Serialize};

use super::carry::{Check, carry};
use super::publish;
use super::upload::FILE_BYTES_MAX;
use crate::context::Ctx;
use crate::error::{AppError, AppResult};
use crate::files::FileHash;
use crate::jobs::{Running, Work};

/// The kind of these jobs.
pub(super) const KIND: &str = "check_report";
/// Time for one report. The readers keep a limit of their own; this one is for whatever they miss.
const TIME_MAX: Duration = Duration::from_secs(120);

/// What is to be checked.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct CheckReport {
    pub(super) version: VersionId,
}

/// The worker.
#[derive(Debug)]
pub struct Worker;

impl Work for Worker {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn title(&self) -> Fixed {
        Fixed { zh: "检查报告", en: "Check a report" }
    }

    fn run<'a>(&'a self, ctx: &'a Ctx, job: &'a Running) -> BoxFuture<'a, AppResult<()>> {
        Box::pin(async move {
            let CheckReport { version } = job.payload()?;
            match report::version(ctx.db.read(), version).await? {
                Some(version) => check(ctx, version).await,
                // It was taken off the desk in the meantime.
                None => Ok(()),
            }
        })
    }
}

/// Body, kind and year.
type Series = (String, ReportKind, u16);

async fn check(ctx: &Ctx, version: Version) -> AppResult<()> {
    let Some(own) = report::load(ctx.db.read(), version.report_id).await? else { return Ok(()) };
    let path = ctx.files.path(&version.file_hash.parse::<FileHash>()?);
    let name = version.file_name.clone();
    let (series, last_year, proof, body) = match within_time(move || read(name, path)).await? {
        None => (None, None, too_slow(), Vec::new()),
        Some(checked) => {
            let series = checked.content.as_ref().and_then(|c| series(&c.report.identity));
            let last_year = last_year(ctx, &own, series.as_ref()).await?;
            let (id, before) = last_year.map_or((None, None), |(id, report)| (Some(id), Some(report)));
            match within_time(move || judge(checked, before)).await? {
                None => (series, None, too_slow(), Vec::new()),
                Some((proof, body)) => (series, id, proof, body),
            }
        }
    };
    let first = version.checked_at.is_none();
    let tx = ctx.begin().await?;
    let (own, version) = place(&tx, own, version, series.as_ref()).await?;
    let version = Version { last_year_id: last_year, ..version };
    let region = own.region;
    store(ctx, &tx, own, version, series.as_ref(), proof, body).await?;
    if first && let Some(series) = &series {
        check_next_year(ctx, &tx, region, series).await?;
    }
    ctx.commit(tx).await
}

/// Runs on a thread of its own; nothing when it takes too long.
async fn within_time<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> AppResult<Option<T>> {
    match tokio::time::timeout(TIME_MAX, tokio::task::spawn_blocking(work)).await {
        Ok(done) => Ok(Some(done?)),
        Err(_) => Ok(None),
    }
}

fn read(name: String, path: PathBuf) -> Checked {
    let limits = Limits { file_bytes_max: FILE_BYTES_MAX, ..Limits::default() };
    Checked::new(name, |_| std::fs::read(path), &CheckJob { limits, audit: None })
}

fn judge(checked: Checked, last_year: Option<Understood>) -> (Proof, Vec<u8>) {
    let every = |_: &keqiao_audit::Rule| true;
    let job = AuditJob { wanted: &every, profile: None, last_year, suppressions: Default::default() };
    let proof = Proof::new(&checked.judged(&job));
    let mut body = Vec::new();
    let deflated = DeflateEncoder::new(proof.body.as_bytes(), Compression::default()).read_to_end(&mut body);
    debug_assert!(deflated.is_ok(), "from memory into memory: {deflated:?}");
    (proof, body)
}

fn too_slow() -> Proof {
    let message = Bilingual::new(
        "检查用时过长，已停止。请另存为 docx 后再上传，或拆分成几个文件。",
        "The check took too long and was stopped. Save it as docx and upload again, or split it.",
    );
    let problems = vec![Trouble { kind: "too_slow".into(), message, fatal: true }];
    let summary = Summary { kind: ReportKind::Unknown.word().to_owned(), problems, ..Summary::default() };
    Proof { summary, findings: Vec::new(), body: String::new() }
}

/// Last year's report of the same body and kind, read again, with the version that it is.
async fn last_year(ctx: &Ctx, own: &Report, series: Option<&Series>) -> AppResult<Option<(VersionId, Understood)>> {
    let Some((key, kind, year)) = series else { return Ok(None) };
    let db = ctx.db.read();
    let Some(before) = report::of_series(db, own.region, key, kind.word(), i32::from(*year) - 1).await? else {
        return Ok(None);
    };
    let Some(version) = report::version_numbered(db, before.id, before.version).await? else { return Ok(None) };
    let path = ctx.files.path(&version.file_hash.parse::<FileHash>()?);
    let name = version.file_name;
    let read = within_time(move || read(name, path)).await?;
    Ok(read.and_then(|checked| checked.content).map(|content| (version.id, content.report)))
}

/// Gives a version whose content says whose it is to the report that it belongs to.
async fn place(tx: &Tx, own: Report, version: Version, series: Option<&Series>) -> AppResult<(Report, Version)> {
    // Read again: since the check began, somebody may have changed what hangs on the report.
    let own = report::load(tx, own.id).await?.unwrap_or(own);
    let Some((key, kind, year)) = series.filter(|_| !version.assigned && own.version == 0) else {
        return Ok((own, version));
    };
    match report::of_series(tx, own.region, key, kind.word(), i32::from(*year)).await? {
        // Nothing else may hang on the report that goes.
        Some(other) if other.id != own.id && report::next_number(tx, own.id).await? == 2 => {
            let number = report::next_number(tx, other.id).await?;
            let version = Version { report_id: other.id, number, ..version };
            report::save_version(tx, version.clone()).await?;
            report::delete(tx, own.id).await?;
            Ok((other, version))
        }
        _ => Ok((own, version)),
    }
}

async fn store(
    ctx: &Ctx,
    tx: &Tx,
    own: Report,
    version: Version,
    series: Option<&Series>,
    proof: Proof,
    body: Vec<u8>,
) -> AppResult<()> {
    let now = ctx.now();
    let summary = &proof.summary;
    let state = if summary.readable { CheckState::Checked } else { CheckState::Unreadable };
    let summary_json = Some(serde_json::to_string(summary)?);
    report::save_text(tx, version.id, body).await?;
    let version = Version { state, summary: summary_json, checked_at: Some(now), ..version };
    report::save_version(tx, version.clone()).await?;
    // A later version was checked first: this one is only kept. One that cannot be read replaces nothing that could.
    let replaces = version.number >= own.version && (summary.readable || own.version == 0);
    if replaces {
        let old = finding::last_in(tx, own.id, own.version).await?;
        let id = || FindingId::new(&*ctx.clock, &*ctx.entropy);
        let carried = carry(old, proof.findings, &Check { report: own.id, version: version.number, now, id: &id })?;
        finding::delete(tx, carried.dropped).await?;
        for changed in carried.changed {
            let revision = changed.revision;
            finding::save(tx, changed, revision).await?;
        }
        finding::insert(tx, carried.new).await?;
        report::save(tx, renewed(own.clone(), &version, summary, series, state)).await?;
        report::recount(tx, own.id, now).await?;
    }
    publish(ctx, tx, own.id, None, "checked", &version.uploader).await
}

/// The report with what its newest version says.
fn renewed(own: Report, version: &Version, summary: &Summary, series: Option<&Series>, state: CheckState) -> Report {
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    Report {
        entity: summary.entity.clone().unwrap_or_else(|| version.file_name.clone()),
        entity_key: series.map(|s| s.0.clone()),
        year: summary.year.map(i32::from),
        kind: summary.kind.clone(),
        state,
        version: version.number,
        tables_seen: i32::try_from(summary.tables_seen).unwrap_or(i32::MAX),
        tables_known: count(summary.tables_known),
        facts: count(summary.facts),
        ..own
    }
}

/// The report of the year after this one can now be compared with it.
async fn check_next_year(ctx: &Ctx, tx: &Tx, region: keqiao_access::RegionCode, series: &Series) -> AppResult<()> {
    let (key, kind, year) = series;
    let Some(next) = report::of_series(tx, region, key, kind.word(), i32::from(*year) + 1).await? else {
        return Ok(());
    };
    match report::version_numbered(tx, next.id, next.version).await? {
        Some(version) => ctx.put_job(tx, KIND, &CheckReport { version: version.id }).await.map(drop),
        None => Ok::<(), AppError>(()),
    }
}
