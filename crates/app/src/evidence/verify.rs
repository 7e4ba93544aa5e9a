//! The whole chain followed, and the records and sums held against it: for the command line and the auditor.

use std::collections::HashMap;

use keqiao_base::EvidenceId;
use keqiao_base::chain::{Anchor, Broken, Verifier};
use keqiao_evidence::{ActKind, Entry, Rung, Stated};
use keqiao_store::evidence::record::{self as rows, Totals};
use keqiao_store::evidence::{Record, act};

use super::show::said_by;
use crate::context::Ctx;
use crate::error::AppResult;

/// The most records at fault that are named.
const NAMED: usize = 20;

/// What following the chain gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceVerified {
    /// How many acts were followed.
    pub acts: u64,
    /// The end of the chain, to be noted as an anchor; or where it is broken first.
    pub outcome: Result<Anchor, Broken>,
    /// Records that do not say what the chain says, the first of them.
    pub differing: Vec<EvidenceId>,
    /// Whether acts, rungs and void ones agree in number with the records.
    pub totals_agree: bool,
    /// Sums by month that do not agree with the records.
    pub wrong_sums: i64,
}

impl EvidenceVerified {
    /// Whether nothing was tampered with.
    pub fn whole(&self) -> bool {
        self.outcome.is_ok() && self.differing.is_empty() && self.totals_agree && self.wrong_sums == 0
    }
}

/// Follows the chain from its first act; with an anchor, through it. Meant for a quiet moment: records written meanwhile would not agree with
/// what was counted before.
///
/// # Errors
/// When the database does not answer.
pub async fn verify(ctx: &Ctx, anchor: Option<Anchor>) -> AppResult<EvidenceVerified> {
    let db = ctx.db.read();
    let end = act::end(db).await?;
    let mut verifiers = [Verifier::new(anchor), Verifier::new(Some(end))];
    let (mut acts, mut seq) = (0, 0);
    let (mut totals, mut differing) = (Totals::default(), Vec::new());
    let mut broken = None;
    'chain: loop {
        let piece = act::after(db, seq).await?;
        let Some(last) = piece.last() else { break };
        seq = last.seq;
        for entry in &piece {
            acts += 1;
            if let Err(at) = verifiers.iter_mut().try_for_each(|v| v.next(entry)) {
                broken = Some(at);
                break 'chain;
            }
            count(entry, &mut totals);
        }
        let ids: Vec<EvidenceId> = piece.iter().map(|e| e.act.evidence).collect();
        let records: HashMap<EvidenceId, Record> =
            rows::load_all(db, &ids).await?.into_iter().map(|r| (r.id, r)).collect();
        differing.extend(piece.iter().filter(|e| !agrees(e, records.get(&e.act.evidence))).map(|e| e.act.evidence));
    }
    differing.dedup();
    differing.truncate(NAMED);
    let [ours, whole] = verifiers;
    let outcome = match broken {
        Some(broken) => Err(broken),
        None => whole.finish().and_then(|_| ours.finish()),
    };
    let totals_agree = outcome.is_err() || rows::totals(db).await? == totals;
    Ok(EvidenceVerified { acts, outcome, differing, totals_agree, wrong_sums: act::wrong_sums(db).await? })
}

/// What an act adds to what all records together must show.
fn count(entry: &Entry, totals: &mut Totals) {
    totals.acts += 1;
    totals.voided += i64::from(entry.act.what == ActKind::Voided);
    if let Some((from, to)) = climbed(entry) {
        totals.rungs += i64::from(to.number() - from.number());
    }
}

/// From which rung to which.
fn climbed(entry: &Entry) -> Option<(Rung, Rung)> {
    let detail: serde_json::Value = serde_json::from_str(&entry.act.detail).ok()?;
    let rung = |key: &str| detail.get(key)?.as_str()?.parse::<Rung>().ok();
    matches!(entry.act.what, ActKind::Confirmed | ActKind::Raised).then_some((rung("from")?, rung("to")?))
}

/// Whether a record shows what an act did.
fn agrees(entry: &Entry, record: Option<&Record>) -> bool {
    let Some(record) = record else { return false };
    match entry.act.what {
        ActKind::Recorded => serde_json::from_str::<Stated>(&entry.act.detail)
            .is_ok_and(|said| said_by(record) == Stated { files: Vec::new(), ..said }),
        ActKind::Confirmed | ActKind::Raised => climbed(entry).is_some_and(|(_, to)| record.rung >= to.number()),
        ActKind::Voided => record.voided,
        ActKind::Attached => record.file_count > 0,
    }
}
