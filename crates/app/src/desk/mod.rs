//! The report desk (报告校对台): reports come in, are checked in the background, and people work through the findings.

mod arrival;
mod carry;
pub mod check;
mod compare;
mod dashboard;
mod judge;
mod ledger;
mod list;
mod show;
mod upload;

pub use compare::{Comparison, compare};
pub use dashboard::{Dashboard, RuleFigure, dashboard};
pub use judge::{Judgement, assign, assignees, comment, judge};
pub use ledger::{LedgerFormat, LedgerMade, ledger};
pub use list::{findings, findings_after, page, reports_after, years};
pub use show::{FindingShown, ReportShown, finding, original, report, take_off};
pub use upload::{
    BatchBegun, FILE_BYTES_MAX, FILES_MAX, Progress, batch, begin_batch, begin_upload, forget_old, progress, receive,
    take_whole, upload_regions,
};

use keqiao_base::{FindingId, ReportId};
use keqiao_store::Tx;
use keqiao_store::desk::finding::Finding;
use serde::Serialize;

use crate::context::Ctx;
use crate::error::AppResult;

/// What browsers hear about a report.
#[derive(Serialize)]
struct Change<'a> {
    report: ReportId,
    #[serde(skip_serializing_if = "Option::is_none")]
    finding: Option<FindingId>,
    what: &'static str,
    by: &'a str,
}

/// Tells whoever looks at the report, and whoever looks at the desk.
async fn publish(
    ctx: &Ctx,
    tx: &Tx,
    report: ReportId,
    finding: Option<&Finding>,
    what: &'static str,
    by: &str,
) -> AppResult<()> {
    let change = Change { report, finding: finding.map(|f| f.id), what, by };
    ctx.publish(tx, "desk", &change).await?;
    ctx.publish(tx, &format!("report:{report}"), &change).await
}
