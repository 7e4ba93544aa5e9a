//! One report with its text and findings; one finding with its remarks; the file as it was uploaded.

use std::io::Read;

use flate2::read::DeflateDecoder;
use keqiao_access::{Actor, may};
use keqiao_base::{FindingId, Refusal, ReportId};
use keqiao_proofread::{Noted, Summary};
use keqiao_store::desk::finding::{self, Comment, Finding};
use keqiao_store::desk::report::{self, Report, Version};
use serde_json::json;

use crate::context::Ctx;
use crate::desk::publish;
use crate::error::AppResult;
use crate::files::FileHash;
use crate::log;

/// The most characters of marked text that are unpacked.
const TEXT_BYTES_MAX: u64 = 200 << 20;

/// A finding as it is shown.
#[derive(Clone, Debug)]
pub struct FindingShown {
    /// What people made of it.
    pub finding: Finding,
    /// What was found.
    pub noted: Noted,
}

impl FindingShown {
    /// A finding with what was noted of it.
    ///
    /// # Errors
    /// When the note was written by another version.
    pub fn new(finding: Finding) -> AppResult<FindingShown> {
        Ok(FindingShown { noted: serde_json::from_str(&finding.detail)?, finding })
    }
}

/// A report as it is shown.
#[derive(Clone, Debug)]
pub struct ReportShown {
    /// The report.
    pub report: Report,
    /// Its versions, newest first.
    pub versions: Vec<Version>,
    /// What was understood of the version that is shown.
    pub summary: Summary,
    /// Its findings, in its order.
    pub findings: Vec<FindingShown>,
    /// Its text as marked HTML, made by our own renderer: escaped, without script or style.
    pub text: String,
    /// Last year's report of the same body, when it was held against this one.
    pub last_year: Option<ReportId>,
}

/// The newest checked version of a report.
///
/// # Errors
/// A refusal when there is no such report among those that the actor may see.
pub async fn report(ctx: &Ctx, actor: &Actor, id: ReportId) -> AppResult<ReportShown> {
    let report = seen(ctx, actor, id).await?;
    let db = ctx.db.read();
    let versions = report::versions(db, id).await?;
    let shown = versions.iter().find(|v| v.number == report.version).or(versions.first());
    let summary = shown.and_then(|v| v.summary.as_deref()).map(serde_json::from_str).transpose()?.unwrap_or_default();
    let text = match shown {
        Some(version) => inflate(&report::text(db, version.id).await?.unwrap_or_default())?,
        None => String::new(),
    };
    let last_year = match shown.and_then(|v| v.last_year_id) {
        Some(id) => report::version(db, id).await?.map(|v| v.report_id),
        None => None,
    };
    let findings = finding::last_in(db, id, report.version).await?;
    let findings = findings.into_iter().map(FindingShown::new).collect::<AppResult<_>>()?;
    Ok(ReportShown { report, versions, summary, findings, text, last_year })
}

/// A report that the actor may see.
pub(super) async fn seen(ctx: &Ctx, actor: &Actor, id: ReportId) -> AppResult<Report> {
    actor.must(may::use_desk(actor))?;
    let found = report::load(ctx.db.read(), id).await?;
    // Whether there is such a report elsewhere is nobody's business.
    Ok(found.filter(|r| may::see_report(actor, r.region)).ok_or_else(Refusal::not_found)?)
}

fn inflate(body: &[u8]) -> AppResult<String> {
    let mut text = String::new();
    DeflateDecoder::new(body).take(TEXT_BYTES_MAX).read_to_string(&mut text)?;
    Ok(text)
}

/// A finding with its report and the remarks under it.
///
/// # Errors
/// A refusal when there is no such finding among those that the actor may see.
pub async fn finding(ctx: &Ctx, actor: &Actor, id: FindingId) -> AppResult<(FindingShown, Report, Vec<Comment>)> {
    actor.must(may::use_desk(actor))?;
    let found = finding::load(ctx.db.read(), id).await?.ok_or_else(Refusal::not_found)?;
    let report = seen(ctx, actor, found.report_id).await?;
    let comments = finding::comments(ctx.db.read(), id).await?;
    Ok((FindingShown::new(found)?, report, comments))
}

/// A version's file as it was uploaded: its name and its bytes.
///
/// # Errors
/// A refusal when there is no such version among those that the actor may see.
pub async fn original(ctx: &Ctx, actor: &Actor, id: ReportId, number: i32) -> AppResult<(String, Vec<u8>)> {
    seen(ctx, actor, id).await?;
    let version = report::version_numbered(ctx.db.read(), id, number).await?.ok_or_else(Refusal::not_found)?;
    let bytes = ctx.files.read(&version.file_hash.parse::<FileHash>()?).await?;
    Ok((version.file_name, bytes))
}

/// Takes a report off the desk, with its findings. The files stay: they are kept by content.
///
/// # Errors
/// A refusal when the actor may not, or there is no such report.
pub async fn take_off(ctx: &Ctx, actor: &Actor, id: ReportId) -> AppResult<()> {
    let report = seen(ctx, actor, id).await?;
    let who = actor.must(may::remove_report(actor, report.region))?;
    let tx = ctx.begin().await?;
    report::delete(&tx, id).await?;
    publish(ctx, &tx, id, None, "removed", &who.name).await?;
    let detail = json!({ "entity": report.entity, "year": report.year, "kind": report.kind });
    log::record(ctx, &tx, actor, "report.removed", &format!("report:{id}"), detail).await?;
    ctx.commit(tx).await
}
