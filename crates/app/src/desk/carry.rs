//! What people made of the findings is carried over to a later version, or to a second check of the same one. No database here.

use keqiao_base::{FindingId, Moment, ReportId};
use keqiao_diag::Level;
use keqiao_proofread::{Fingerprint, Noted, same};
use keqiao_store::desk::finding::{Finding, FindingLevel, FindingState};

/// What is to be written.
#[derive(Debug, Default)]
pub(super) struct Carried {
    /// Findings that nobody knew.
    pub(super) new: Vec<Finding>,
    /// Findings that go on, or went.
    pub(super) changed: Vec<Finding>,
    /// Findings of a check that was repeated, which nobody touched.
    pub(super) dropped: Vec<FindingId>,
}

/// Where and when the findings were found.
pub(super) struct Check<'a> {
    pub(super) report: ReportId,
    pub(super) version: i32,
    pub(super) now: Moment,
    pub(super) id: &'a dyn Fn() -> FindingId,
}

/// Compares what stood in the newest version with what stands in this one.
pub(super) fn carry(old: Vec<Finding>, found: Vec<Noted>, check: &Check<'_>) -> serde_json::Result<Carried> {
    let olds: Vec<Option<Fingerprint>> = old.iter().map(|f| f.fingerprint.parse().ok()).collect();
    let known: Vec<Fingerprint> = olds.iter().copied().flatten().collect();
    let news: Vec<Fingerprint> = found.iter().map(|n| n.fingerprint).collect();
    let pairs = same(&known, &news);
    let places: Vec<usize> = (0..old.len()).filter(|at| olds[*at].is_some()).collect();
    let mut old: Vec<Option<Finding>> = old.into_iter().map(Some).collect();
    let mut carried = Carried::default();
    for (noted, pair) in found.into_iter().zip(pairs) {
        match pair.and_then(|at| old[places[at]].take()) {
            Some(before) => carried.changed.push(goes_on(before, &noted, check)?),
            None => carried.new.push(begins(&noted, check)?),
        }
    }
    for before in old.into_iter().flatten() {
        let repeated = before.last_version == check.version;
        if repeated && before.revision == 0 && before.comments == 0 && before.first_version == check.version {
            carried.dropped.push(before.id);
        } else if before.state == FindingState::Open {
            carried.changed.push(gone(before, check));
        }
    }
    Ok(carried)
}

fn begins(noted: &Noted, check: &Check<'_>) -> serde_json::Result<Finding> {
    Ok(Finding {
        id: (check.id)(),
        report_id: check.report,
        number: i32::try_from(noted.number).unwrap_or(i32::MAX),
        first_version: check.version,
        last_version: check.version,
        fingerprint: noted.fingerprint.to_string(),
        code: noted.code.clone(),
        level: level(noted.level),
        detail: serde_json::to_string(noted)?,
        state: FindingState::Open,
        assignee_id: None,
        assignee: None,
        reason: None,
        judge_id: None,
        judge: None,
        judged_at: None,
        comments: 0,
        revision: 0,
        created_at: check.now,
        updated_at: check.now,
    })
}

fn goes_on(before: Finding, noted: &Noted, check: &Check<'_>) -> serde_json::Result<Finding> {
    // Marked as put right, and still there in what was uploaded since: it is not.
    let reopened = before.state == FindingState::Fixed && before.last_version < check.version;
    Ok(Finding {
        number: i32::try_from(noted.number).unwrap_or(i32::MAX),
        last_version: check.version,
        fingerprint: noted.fingerprint.to_string(),
        level: level(noted.level),
        detail: serde_json::to_string(noted)?,
        state: if reopened { FindingState::Open } else { before.state },
        updated_at: if reopened { check.now } else { before.updated_at },
        ..before
    })
}

fn gone(before: Finding, check: &Check<'_>) -> Finding {
    Finding { state: FindingState::Fixed, judged_at: Some(check.now), updated_at: check.now, ..before }
}

/// The level as it is stored.
fn level(level: Level) -> FindingLevel {
    match level {
        Level::Error => FindingLevel::Error,
        Level::Warning => FindingLevel::Warning,
        Level::Info => FindingLevel::Info,
    }
}
