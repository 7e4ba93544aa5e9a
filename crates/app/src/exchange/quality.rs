//! How good the matching is, in public: of the first five matches that were judged how many are of use, how many demands found somebody, how
//! soon interests are answered. By month and by discipline, each with its n; no figure is shown below [`N_MIN`].

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use keqiao_base::{ListingId, Moment};
use keqiao_exchange::choice::ListingKind;
use keqiao_store::exchange::{interest, judgement, listing};

use crate::context::Ctx;
use crate::error::AppResult;

/// The fewest from which a figure is made.
pub const N_MIN: u64 = 5;
/// Matches at or before this place are judged.
const PLACE_MAX: i32 = 5;
/// Days that are looked back on.
const DAYS: i64 = 365;
/// Judgements that are read at a time; ids that are looked up at a time.
const BATCH: u64 = 2_000;
const IDS: usize = 400;
/// Seconds for which the figures hold before they are made anew.
const HOLD: i64 = 300;

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many there are.
    pub n: u64,
    /// How many of them.
    pub hits: u64,
}

impl Share {
    fn count(&mut self, hit: bool) {
        self.n += 1;
        self.hits += u64::from(hit);
    }

    /// In thousandths, rounded; nothing below five.
    pub fn thousandths(self) -> Option<u64> {
        (self.n >= N_MIN).then(|| (self.hits * 1_000 + self.n / 2) / self.n)
    }
}

/// Durations in seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Median(Vec<i64>);

impl Median {
    /// How many there are.
    pub fn n(&self) -> u64 {
        self.0.len() as u64
    }

    /// The one in the middle, the lower of two; nothing below five.
    pub fn seconds(&self) -> Option<i64> {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        sorted.get(sorted.len().checked_sub(1)? / 2).copied().filter(|_| self.n() >= N_MIN)
    }
}

/// The figures of one month or discipline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Judged matches among the first five, and those of use.
    pub precise: Share,
    /// Demands listed, and those in which somebody showed interest.
    pub answered: Share,
    /// Interests shown, and those that were answered.
    pub replied: Share,
    /// From an interest to its answer.
    pub waited: Median,
}

/// The figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quality {
    /// Of the whole year.
    pub all: Line,
    /// By month such as `2026-11`, the latest first.
    pub months: Vec<(String, Line)>,
    /// By code of the discipline; the empty one holds what nobody classified.
    pub disciplines: Vec<(String, Line)>,
}

/// The figures of the last year; for everybody. They are made anew every five minutes at most.
///
/// # Errors
/// When the database does not answer.
pub async fn quality(ctx: &Ctx) -> AppResult<Arc<Quality>> {
    let mut held = ctx.finder.quality.lock().await;
    let now = ctx.now();
    if let Some((_, quality)) = held.as_ref().filter(|(at, _)| (0..HOLD).contains(&now.seconds_since(*at))) {
        return Ok(quality.clone());
    }
    let quality = Arc::new(measure(ctx).await?);
    *held = Some((now, quality.clone()));
    Ok(quality)
}

/// Lines that are being counted.
#[derive(Default)]
struct Counting {
    all: Line,
    months: BTreeMap<String, Line>,
    disciplines: BTreeMap<String, Line>,
}

impl Counting {
    fn at(&mut self, at: Moment, discipline: &str, count: impl Fn(&mut Line)) {
        count(&mut self.all);
        count(self.months.entry(at.day().month()).or_default());
        count(self.disciplines.entry(discipline.to_owned()).or_default());
    }
}

async fn measure(ctx: &Ctx) -> AppResult<Quality> {
    let db = ctx.db.read();
    let since = ctx.now().plus_days(-DAYS);
    let mut counting = Counting::default();
    let mut last = None;
    loop {
        let batch = judgement::after(db, since, last, BATCH).await?;
        let Some(row) = batch.last() else { break };
        last = Some(row.id);
        for j in batch.iter().filter(|j| j.place <= PLACE_MAX) {
            counting.at(j.at, &j.discipline, |line| line.precise.count(j.useful));
        }
    }
    let interests = interest::times(db, since).await?;
    let mut about: HashMap<ListingId, String> = HashMap::new();
    let listed = listing::listed_since(db, since).await?;
    let asked: std::collections::HashSet<ListingId> = interests.iter().map(|(id, ..)| *id).collect();
    for (id, kind, discipline, at) in listed {
        if kind == ListingKind::Demand {
            counting.at(at, &discipline, |line| line.answered.count(asked.contains(&id)));
        }
        about.insert(id, discipline);
    }
    let older: Vec<ListingId> = asked.into_iter().filter(|id| !about.contains_key(id)).collect();
    for ids in older.chunks(IDS) {
        about.extend(listing::several(db, ids).await?.into_iter().map(|row| (row.id, row.discipline)));
    }
    for (id, at, answered) in interests {
        let discipline = about.get(&id).map_or("", String::as_str);
        counting.at(at, discipline, |line| {
            line.replied.count(answered.is_some());
            line.waited.0.extend(answered.map(|then| then.seconds_since(at).max(0)));
        });
    }
    Ok(Quality {
        all: counting.all,
        months: counting.months.into_iter().rev().collect(),
        disciplines: counting.disciplines.into_iter().collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_figure_is_made_of_a_few() {
        let mut share = Share::default();
        (0..4).for_each(|i| share.count(i > 0));
        assert_eq!((share, share.thousandths()), (Share { n: 4, hits: 3 }, None));
        share.count(true);
        share.count(false);
        assert_eq!(share.thousandths(), Some(667));
        assert_eq!(Median(vec![9, 1, 5, 2]).seconds(), None);
        assert_eq!(Median(vec![9, 1, 5, 2, 7]).seconds(), Some(5));
        assert_eq!(Median(vec![9, 1, 5, 2, 7, 8]).seconds(), Some(5));
        assert_eq!(Median::default().seconds(), None);
    }
}
