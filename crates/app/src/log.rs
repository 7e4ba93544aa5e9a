//! The log of acts: written in the transaction of the act, searched by staff, verified from the first entry to the last.

use keqiao_access::chain::{Act, Anchor, Broken, Entry, Verifier};
use keqiao_access::{Actor, may};
use keqiao_store::{Page, PageRequest, Tx, log};
use serde_json::Value;

use crate::context::Ctx;
use crate::error::AppResult;

pub use keqiao_store::log::Filter;

/// Writes what was done into the log, in the transaction of the act; best as its last step, since writers of the log take turns.
/// `subject` is `kind:id`; `detail` must hold no personal data in clear, for the log is never cleaned.
///
/// # Errors
/// When the database does not answer.
pub async fn record(ctx: &Ctx, tx: &Tx, actor: &Actor, action: &str, subject: &str, detail: Value) -> AppResult<Entry> {
    let name = actor.signed().map_or_else(String::new, |s| s.name.clone());
    let act = Act {
        at: ctx.now(),
        account: actor.account(),
        name,
        address: actor.address().to_owned(),
        action: action.to_owned(),
        subject: subject.to_owned(),
        detail: detail.to_string(),
    };
    Ok(log::append(tx, act).await?)
}

/// A page of the log for those who may read it: entries of accounts of their regions, and those without an account.
///
/// # Errors
/// A refusal when the actor may not read the log.
pub async fn search(ctx: &Ctx, actor: &Actor, mut filter: Filter, request: PageRequest) -> AppResult<Page<Entry>> {
    actor.must(may::read_log(actor))?;
    filter.regions = Some(may::log_regions(actor));
    Ok(log::page(ctx.db.read(), &filter, request).await?)
}

/// What following the chain gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many entries were followed.
    pub entries: u64,
    /// The end of the chain, to be noted as an anchor; or where it is broken first.
    pub outcome: Result<Anchor, Broken>,
}

/// Follows the chain from its first entry; with an anchor, through it. For the command line and the page of the log.
///
/// # Errors
/// When the database does not answer.
pub async fn verify(ctx: &Ctx, anchor: Option<Anchor>) -> AppResult<Verified> {
    // The end is read first: entries that come in meanwhile are followed as well, but a missing tail shows.
    let end = log::end(ctx.db.read()).await?;
    let mut verifiers = [Verifier::new(anchor), Verifier::new(Some(end))];
    let (mut entries, mut seq) = (0, 0);
    loop {
        let piece = log::after(ctx.db.read(), seq).await?;
        let Some(last) = piece.last() else { break };
        seq = last.seq;
        for entry in &piece {
            entries += 1;
            if let Err(broken) = verifiers.iter_mut().try_for_each(|v| v.next(entry)) {
                return Ok(Verified { entries, outcome: Err(broken) });
            }
        }
    }
    let [ours, whole] = verifiers;
    Ok(Verified { entries, outcome: whole.finish().and_then(|_| ours.finish()) })
}

/// The same for the page of the log.
///
/// # Errors
/// A refusal when the actor may not read the log.
pub async fn verify_shown(ctx: &Ctx, actor: &Actor, anchor: Option<Anchor>) -> AppResult<Verified> {
    actor.must(may::read_log(actor))?;
    verify(ctx, anchor).await
}
