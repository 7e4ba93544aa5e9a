//! What people say of matches: of use or not, and why not. Kept with what the ranking saw, for the public figures and for learning.

use keqiao_access::{Actor, may};
use keqiao_base::{JudgementId, Kind, ListingId, Refusal};
use keqiao_exchange::choice::MissReason;
use keqiao_store::exchange::judgement::{self, Judgement};
use serde_json::json;

use super::matching::matches;
use crate::context::Ctx;
use crate::error::AppResult;
use crate::log;

/// What is said of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// It is of use.
    Useful,
    /// It is of none.
    Miss(MissReason),
}

/// Keeps what the actor says of a match; what they said before is replaced. Place and features are those that the ranking gives now, not
/// what a form claims.
///
/// # Errors
/// A refusal when the actor may not see the matches, or the listing is none of them any more.
pub async fn judge(ctx: &Ctx, actor: &Actor, from: ListingId, to: ListingId, said: Judged) -> AppResult<()> {
    let who = actor.must(may::publish(actor))?.account;
    let all = matches(ctx, actor, from).await?;
    let found = all.found.into_iter().find(|m| m.card.listing.id == to).ok_or_else(gone)?;
    let (useful, reason) = match said {
        Judged::Useful => (true, None),
        Judged::Miss(reason) => (false, Some(reason)),
    };
    let place = i32::try_from(found.place).unwrap_or(i32::MAX);
    let row = Judgement {
        id: JudgementId::new(&*ctx.clock, &*ctx.entropy),
        account_id: who,
        from_id: from,
        to_id: to,
        region: all.listing.region,
        discipline: all.listing.discipline,
        useful,
        reason,
        place,
        ranker: ctx.finder.ranker().to_owned(),
        features: found.features.to_string(),
        at: ctx.now(),
    };
    let tx = ctx.begin().await?;
    judgement::put(&tx, row).await?;
    let detail = json!({ "to": to, "useful": useful, "reason": reason, "place": place });
    log::record(ctx, &tx, actor, "match.judged", &format!("listing:{from}"), detail).await?;
    ctx.commit(tx).await
}

fn gone() -> Refusal {
    let (zh, en) = (
        "匹配结果已更新，这一条不在其中了，请刷新后再看。",
        "The matches have changed and this is none of them any more. Look again.",
    );
    Refusal::new(Kind::Conflict, "match.gone", zh, en)
}
