//! Learning from what people said of matches: every listing whose matches were judged is a query, and its matches of use are to stand above
//! those of none, and above what nobody judged: else weights could lift texts that nobody ever looked at.
#![expect(
    clippy::float_arithmetic,
    reason = "the grade of a match is a share of people; it is learnt from, never published"
)]

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use keqiao_base::{ListingId, Moment};
use keqiao_search::learn::{Judged, Learnt, TooFew, Unjudged, train};
use keqiao_store::exchange::judgement::{self, Judgement};
use keqiao_store::exchange::listing::{self, Listing};

use super::card::content_of;
use super::finder::{self, key_of, learnt_path, text_of, vector_of};
use super::matching::{choice_of, kind_for};
use crate::context::Ctx;
use crate::error::AppResult;

/// Judgements and listings that are read at a time.
const BATCH: u64 = 2_000;
const IDS: usize = 400;

/// What came of the learning.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// What was learnt, with how it did on queries that were held out.
    pub learnt: Learnt,
    /// Where it was written; nowhere when it did not win.
    pub written: Option<PathBuf>,
}

/// Learns from all judgements, and writes what was learnt into the data folder when it wins: a server takes it up when it starts.
///
/// # Errors
/// When database, model or folder do not answer; within, [`TooFew`] where too little was judged.
pub async fn learn(ctx: &Ctx) -> AppResult<Result<Lesson, TooFew>> {
    finder::fill(ctx).await?;
    let judged = queries(ctx).await?;
    let (working, on) = (ctx.clone(), ctx.now().day().to_string());
    let work = move || {
        let judged: Vec<Judged> = judged.into_iter().map(|(row, grades)| query(&working, &row, grades)).collect();
        train(&working.finder.read().collection, &judged, Unjudged::Useless, &on)
    };
    let learnt = match tokio::task::spawn_blocking(work).await? {
        Ok(learnt) => learnt,
        Err(few) => return Ok(Err(few)),
    };
    let mut written = None;
    if learnt.wins() {
        let path = learnt_path(&ctx.settings.data);
        // Written beside and moved: a server that starts meanwhile reads the old or the new, never a half.
        let beside = path.with_extension("toml.new");
        tokio::fs::write(&beside, toml::to_string(&learnt).map_err(anyhow::Error::new)?).await?;
        tokio::fs::rename(&beside, &path).await?;
        written = Some(path);
    }
    Ok(Ok(Lesson { learnt, written }))
}

/// Listings whose matches were judged, each with the grades of those: the share of people to whom one was of use.
async fn queries(ctx: &Ctx) -> AppResult<Vec<(Listing, Vec<(ListingId, f32)>)>> {
    let mut said: BTreeMap<ListingId, BTreeMap<ListingId, (u16, u16)>> = BTreeMap::new();
    let mut last = None;
    loop {
        let rows = judgement::after(ctx.db.read(), Moment::from_millis(0), last, BATCH).await?;
        let Some(row) = rows.last() else { break };
        last = Some(row.id);
        for Judgement { from_id, to_id, useful, .. } in rows {
            let (hits, all) = said.entry(from_id).or_default().entry(to_id).or_default();
            (*hits, *all) = (hits.saturating_add(u16::from(useful)), all.saturating_add(1));
        }
    }
    let ids: Vec<ListingId> = said.keys().copied().collect();
    let mut rows: HashMap<ListingId, Listing> = HashMap::new();
    for ids in ids.chunks(IDS) {
        rows.extend(listing::several(ctx.db.read(), ids).await?.into_iter().map(|row| (row.id, row)));
    }
    let graded = |(from, of): (ListingId, BTreeMap<ListingId, (u16, u16)>)| {
        let grades = of.into_iter().map(|(to, (hits, all))| (to, f32::from(hits) / f32::from(all.max(1)))).collect();
        Some((rows.remove(&from)?, grades))
    };
    Ok(said.into_iter().filter_map(graded).collect())
}

/// The query that was asked for the matches of a listing.
fn query(ctx: &Ctx, row: &Listing, grades: Vec<(ListingId, f32)>) -> Judged {
    let text = text_of(&row.title, &content_of(row).body());
    Judged {
        vector: vector_of(&ctx.finder, &text).map(|v| v.0),
        choice: choice_of(kind_for(row.kind)),
        except: Some(key_of(row.id)),
        grades: grades.into_iter().map(|(to, grade)| (key_of(to), grade)).collect(),
        text,
    }
}
