//! A whole file becomes a version of a report, and its check is put into the queue: one transaction.

use keqiao_access::{Actor, RegionCode, Signed};
use keqiao_base::{ReportId, VersionId};
use keqiao_store::Tx;
use keqiao_store::desk::report::{self, CheckState, Report, Version};
use keqiao_store::desk::upload::Batch;
use serde_json::json;

use super::check::{CheckReport, KIND};
use super::publish;
use crate::context::Ctx;
use crate::error::AppResult;
use crate::files::FileHash;
use crate::log;

/// Characters of a file's name that are kept.
const NAME_CHARS_MAX: usize = 120;

/// A file that is here, whole.
pub(super) struct Arrived<'a> {
    pub(super) name: &'a str,
    pub(super) hash: &'a FileHash,
    pub(super) size: i64,
}

/// Puts the file on the desk. The version it is, and whether it was there already.
pub(super) async fn put_on_desk(
    ctx: &Ctx,
    tx: &Tx,
    actor: &Actor,
    who: &Signed,
    batch: &Batch,
    file: &Arrived<'_>,
) -> AppResult<(Version, bool)> {
    let hash = file.hash.as_str();
    if let Some(known) = report::version_of_file(tx, batch.region, hash, batch.report_id).await? {
        return Ok((known, true));
    }
    let report = match batch.report_id {
        Some(id) => id,
        None => begin_report(ctx, tx, who, batch.region, file.name).await?,
    };
    let version = Version {
        id: VersionId::new(&*ctx.clock, &*ctx.entropy),
        report_id: report,
        number: report::next_number(tx, report).await?,
        file_name: file.name.to_owned(),
        file_hash: hash.to_owned(),
        file_size: file.size,
        state: CheckState::Waiting,
        assigned: batch.report_id.is_some(),
        summary: None,
        last_year_id: None,
        account_id: who.account,
        uploader: who.name.clone(),
        created_at: ctx.now(),
        checked_at: None,
    };
    report::insert_version(tx, version.clone()).await?;
    ctx.put_job(tx, KIND, &CheckReport { version: version.id }).await?;
    publish(ctx, tx, report, None, "uploaded", &who.name).await?;
    let detail = json!({ "number": version.number, "sha256": version.file_hash, "size": version.file_size });
    log::record(ctx, tx, actor, "report.uploaded", &format!("report:{report}"), detail).await?;
    Ok((version, false))
}

/// A report of which nothing is known yet but the name of its file.
async fn begin_report(ctx: &Ctx, tx: &Tx, who: &Signed, region: RegionCode, name: &str) -> AppResult<ReportId> {
    let now = ctx.now();
    let report = Report {
        id: ReportId::new(&*ctx.clock, &*ctx.entropy),
        region,
        entity: name.to_owned(),
        entity_key: None,
        year: None,
        kind: "unknown".to_owned(),
        state: CheckState::Waiting,
        version: 0,
        tables_seen: 0,
        tables_known: 0,
        facts: 0,
        errors: 0,
        warnings: 0,
        infos: 0,
        open: 0,
        uploader: who.name.clone(),
        created_at: now,
        updated_at: now,
    };
    let id = report.id;
    report::insert(tx, report).await?;
    Ok(id)
}

/// A file's name as it may be kept and shown: the last part of whatever was sent, without control characters, and short. It is
/// never used as a path.
pub(super) fn clean_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    // Marks that turn the direction of writing would show `fdp.exe` as `exe.pdf`.
    let shown = |c: &char| {
        !c.is_control() && !matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let kept: Vec<char> = last.trim().chars().filter(shown).collect();
    if kept.iter().all(|c| matches!(c, '.' | ' ')) {
        return "未命名".to_owned();
    }
    // The end says which format it is.
    let skip = kept.len().saturating_sub(NAME_CHARS_MAX);
    kept[skip..].iter().collect()
}

#[cfg(test)]
mod tests {
    use super::clean_name;

    #[test]
    fn a_name_is_never_a_path() {
        for (sent, kept) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\报告\\决算.docx", "决算.docx"),
            ("..", "未命名"),
            ("", "未命名"),
            ("a\u{0}\n\u{202e}fdp.exe", "afdp.exe"),
        ] {
            assert_eq!(clean_name(sent), kept, "{sent:?}");
        }
        assert!(clean_name(&format!("{}.pdf", "长".repeat(500))).ends_with(".pdf"));
    }
}
