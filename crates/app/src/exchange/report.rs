//! Somebody says that something is wrong with a listing; an officer decides.

use keqiao_access::{Actor, may};
use keqiao_base::{Kind, ListingId, ListingReportId, Refusal};
use keqiao_exchange::choice::{ListingState, ReportReason, ReportState};
use keqiao_store::exchange::listing;
use keqiao_store::exchange::report::{self, ListingReport};
use serde_json::json;

use super::review::frozen;
use super::{finish, seen};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::words::{said, words};

/// Reports a listing. Whoever has an account has one open report about it at a time.
///
/// # Errors
/// A refusal when there is no such listing to be seen, nothing is said, or a report of this account is open.
pub async fn report(ctx: &Ctx, actor: &Actor, id: ListingId, reason: ReportReason, text: &str) -> AppResult<()> {
    let who = actor.must(may::publish(actor))?;
    let tx = ctx.begin().await?;
    let about = seen(&tx, actor, id).await?;
    if about.state != ListingState::Listed {
        return Err(Refusal::conflict().into());
    }
    let text = said("words", text, "请写明哪里有问题。", "Say what is wrong.")?;
    if report::open_by(&tx, id, who.account).await? > 0 {
        let (zh, en) = ("您的举报已经收到，正在处理。", "Your report is in and being looked at.");
        return Err(Refusal::new(Kind::Conflict, "listing.reported", zh, en).into());
    }
    let row = ListingReport {
        id: ListingReportId::new(&*ctx.clock, &*ctx.entropy),
        listing_id: id,
        region: about.region,
        reporter_id: Some(who.account),
        reporter: who.name.clone(),
        reason,
        words: words("words", &text, 1_000)?,
        state: ReportState::Open,
        decider_id: None,
        decider: None,
        answer: String::new(),
        at: ctx.now(),
        decided_at: None,
    };
    report::insert(&tx, row).await?;
    finish(ctx, tx, actor, "listing.reported", &format!("listing:{id}"), json!({ "reason": reason })).await
}

/// Decides a report: when it is upheld, the listing is frozen for the same reason.
///
/// # Errors
/// A refusal when the actor may not, reported it, says nothing, or somebody decided before.
pub async fn decide(ctx: &Ctx, actor: &Actor, id: ListingReportId, upheld: bool, text: &str) -> AppResult<ListingId> {
    let tx = ctx.begin().await?;
    let row = report::load(&tx, id).await?.ok_or_else(Refusal::not_found)?;
    let about = listing::load(&tx, row.listing_id).await?.ok_or_else(Refusal::not_found)?;
    let who = actor.must(may::review_listing(actor, about.region, about.owner_id, about.publisher_id))?;
    if row.reporter_id == Some(who.account) {
        let (zh, en) = ("不能处理本人提交的举报。", "Who reported it does not decide.");
        return Err(Refusal::new(Kind::Forbidden, "listing.own_report", zh, en).into());
    }
    let answer = said("words", text, "请写明处理意见，举报人会看到。", "Say why: the reporter reads it.")?;
    let (reason, listing) = (row.reason, row.listing_id);
    let after = ListingReport {
        state: if upheld { ReportState::Upheld } else { ReportState::Dismissed },
        decider_id: Some(who.account),
        decider: Some(who.name.clone()),
        answer: answer.clone(),
        decided_at: Some(ctx.now()),
        ..row
    };
    if !report::decide(&tx, after).await? {
        return Err(Refusal::conflict().into());
    }
    if upheld && about.state != ListingState::Frozen {
        let revision = about.revision;
        frozen(ctx, &tx, actor, about, revision, (reason, &answer)).await?;
    }
    let detail = json!({ "upheld": upheld, "reason": reason });
    finish(ctx, tx, actor, "listing.report_decided", &format!("listing:{listing}"), detail).await?;
    Ok(listing)
}
