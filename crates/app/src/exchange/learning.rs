//! Learning from what people said of matches, and from what came of them: every listing whose matches were judged, accepted or declined is a query,
//! and its matches of use are to stand above those of none, and above what nobody judged: else weights could lift texts that nobody ever
//! looked at.
#![expect(
    clippy::float_arithmetic,
    reason = "the grade of a match is a share of people; it is learnt from, never published"
)]

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use keqiao_base::{ListingId, Moment};
use keqiao_embedding::Problem;
use keqiao_exchange::choice::{DeclineReason, InterestState, MissReason};
use keqiao_search::learn::{Judged, Learnt, TooFew, Unjudged, train};
use keqiao_store::exchange::interest::{self, Interest};
use keqiao_store::exchange::judgement;
use keqiao_store::exchange::listing::{self, Listing};

use super::card::content_of;
use super::finder::{self, embedded, key_of, learnt_path, text_of};
use super::matching::{choice_of, kind_for};
use crate::context::Ctx;
use crate::error::AppResult;

/// Judgements or interests, and listings that are read at a time.
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

/// Learns from all judgements and outcomes, and writes what was learnt into the data folder when it wins: a server takes it up when it starts.
///
/// # Errors
/// When database, model or folder do not answer; within, [`TooFew`] where too little was judged.
pub async fn learn(ctx: &Ctx) -> AppResult<Result<Lesson, TooFew>> {
    finder::fill(ctx).await?;
    let judged = queries(ctx).await?;
    let (working, on) = (ctx.clone(), ctx.now().day().to_string());
    let work = move || {
        let queries = judged.into_iter().map(|(row, grades)| query(&working, &row, grades));
        let judged = queries.collect::<Result<Vec<Judged>, Problem>>()?;
        Ok(train(&working.finder.read().collection, &judged, Unjudged::Useless, &on))
    };
    let learnt = tokio::task::spawn_blocking(work).await?;
    let learnt = match learnt.map_err(anyhow::Error::new::<Problem>)? {
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

/// How many said that a match was right, of how many who said anything of it: from a listing to another.
#[derive(Default)]
struct Votes(BTreeMap<ListingId, BTreeMap<ListingId, (u16, u16)>>);

impl Votes {
    fn add(&mut self, from: ListingId, to: ListingId, right: bool) {
        let (hits, all) = self.0.entry(from).or_default().entry(to).or_default();
        (*hits, *all) = (hits.saturating_add(u16::from(right)), all.saturating_add(1));
    }

    async fn of_judgements(&mut self, ctx: &Ctx) -> AppResult<()> {
        let mut last = None;
        loop {
            let rows = judgement::after(ctx.db.read(), Moment::from_millis(0), last, BATCH).await?;
            let Some(row) = rows.last() else { return Ok(()) };
            last = Some(row.id);
            // Who is known already was no wrong match.
            for said in rows.into_iter().filter(|said| said.reason != Some(MissReason::Known)) {
                self.add(said.from_id, said.to_id, said.useful);
            }
        }
    }

    async fn of_outcomes(&mut self, ctx: &Ctx) -> AppResult<()> {
        let mut last = None;
        loop {
            let rows = interest::answered_after(ctx.db.read(), last, BATCH).await?;
            let Some(row) = rows.last() else { return Ok(()) };
            last = Some(row.id);
            for (own, other, right) in
                rows.iter().filter_map(|row| Some((row.own_listing_id?, row.listing_id, fits(row)?)))
            {
                self.add(own, other, right);
            }
        }
    }
}

/// Whether an answer says that two listings fit; nothing where it was declined for want of time and the like.
fn fits(answered: &Interest) -> Option<bool> {
    match (answered.state, answered.reason) {
        (InterestState::Accepted, _) => Some(true),
        (InterestState::Declined, Some(DeclineReason::OtherField | DeclineReason::Criteria)) => Some(false),
        _ => None,
    }
}

/// Listings of whose matches somebody said something, by judging or by what came of them, each with the grades of those: the share that said
/// it was right.
async fn queries(ctx: &Ctx) -> AppResult<Vec<(Listing, Vec<(ListingId, f32)>)>> {
    let mut votes = Votes::default();
    votes.of_judgements(ctx).await?;
    votes.of_outcomes(ctx).await?;
    let ids: Vec<ListingId> = votes.0.keys().copied().collect();
    let mut rows: HashMap<ListingId, Listing> = HashMap::new();
    for ids in ids.chunks(IDS) {
        rows.extend(listing::several(ctx.db.read(), ids).await?.into_iter().map(|row| (row.id, row)));
    }
    let graded = |(from, of): (ListingId, BTreeMap<ListingId, (u16, u16)>)| {
        let grades = of.into_iter().map(|(to, (hits, all))| (to, f32::from(hits) / f32::from(all.max(1)))).collect();
        Some((rows.remove(&from)?, grades))
    };
    Ok(votes.0.into_iter().filter_map(graded).collect())
}

/// The query that was asked for the matches of a listing: with its vector where there is a model, since what is learnt of some with and some without
/// would fit neither.
fn query(ctx: &Ctx, row: &Listing, grades: Vec<(ListingId, f32)>) -> Result<Judged, Problem> {
    let text = text_of(&row.title, &content_of(row).body());
    Ok(Judged {
        vector: embedded(&ctx.finder, &text)?.map(|v| v.0),
        choice: choice_of(kind_for(row.kind)),
        except: Some(key_of(row.id)),
        grades: grades.into_iter().map(|(to, grade)| (key_of(to), grade)).collect(),
        text,
    })
}
