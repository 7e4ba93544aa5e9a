//! What a large exchange costs in time and memory, with listings made from the texts of judged sets (`SETS/{offers,wiki}/corpus.jsonl`) and
//! vectors stored before (`VECTORS/{offers,wiki}/corpus.f32`):
//!
//! - `scale words SETS COUNT`: builds a collection, asks it at 100 queries a second by their words;
//! - `scale hybrid SETS VECTORS MODEL COUNT HELD`: the same with `HELD` vectors, at 20 queries a second, each embedded first;
//! - `scale rematch SETS VECTORS DEMANDS OFFERS`: the best offers of every demand, on all processors;
//! - `scale recall SETS VECTORS COUNT`: what the search by sketches finds of the nearest vectors, and how long both take.
#![expect(clippy::float_arithmetic, reason = "measures of speed")]

mod made;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use keqiao_embedding::{Embedder, Kind, Model};
use keqiao_search::rank::dense::Vectors;
use keqiao_search::{Collection, Document, Query, Searcher};
use rayon::prelude::*;

use crate::made::{Dice, Texts};

/// Threads that answer queries.
const THREADS: usize = 2;
/// Listings that are made at a time.
const BATCH: usize = 20_000;
/// Seconds that queries are asked for.
const SECONDS: usize = 40;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let count = |n: &str| n.parse::<usize>().expect("a number");
    match args[..] {
        ["words", sets, listings] => words(&Texts::read(Path::new(sets), None), count(listings)),
        ["hybrid", sets, vectors, model, listings, held] => {
            let model = Model::open(Path::new(model)).expect("a model");
            hybrid(&Texts::read(Path::new(sets), Some(Path::new(vectors))), &model, count(listings), count(held));
        }
        ["rematch", sets, vectors, demands, offers] => {
            rematch(&Texts::read(Path::new(sets), Some(Path::new(vectors))), count(demands), count(offers));
        }
        ["recall", sets, vectors, listings] => {
            recall(&Texts::read(Path::new(sets), Some(Path::new(vectors))), count(listings));
        }
        _ => eprintln!(
            "words SETS COUNT | hybrid SETS VECTORS MODEL COUNT HELD | rematch SETS VECTORS DEMANDS OFFERS | recall SETS VECTORS COUNT"
        ),
    }
}

/// Builds a collection of `count` listings of which the first `held` get vectors.
fn build(texts: &Texts, count: usize, held: usize, dice: &mut Dice) -> Collection {
    let (mut collection, mut building, mut filling, mut characters) =
        (Collection::default(), Duration::ZERO, Duration::ZERO, 0);
    for from in (0..count).step_by(BATCH) {
        let made: Vec<(Document, Vec<f32>)> =
            (from..count.min(from + BATCH)).map(|key| texts.listing(key, dice)).collect();
        let (documents, vectors): (Vec<Document>, Vec<Vec<f32>>) = made.into_iter().unzip();
        characters += documents.iter().map(|d| d.text.chars().count() + d.title.chars().count()).sum::<usize>();
        let begun = Instant::now();
        collection.extend(&documents);
        building += begun.elapsed();
        let begun = Instant::now();
        for (document, vector) in documents.iter().zip(&vectors).filter(|(d, _)| d.key < held as u128) {
            collection.put_vector(document.key, vector);
        }
        filling += begun.elapsed();
    }
    println!(
        "{count} listings of {} characters from {} sentences: built in {building:.1?}, {:.0} a second; {held} vectors put in {filling:.1?}; \
         index {} MB, resident {} MB",
        characters / count.max(1),
        texts.sentences.len(),
        count as f64 / building.as_secs_f64(),
        collection.bytes() >> 20,
        resident()
    );
    collection
}

fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn words(texts: &Texts, count: usize) {
    let mut dice = Dice(20_250_101);
    let mut collection = build(texts, count, 0, &mut dice);
    let begun = Instant::now();
    collection.add(&Document { key: u128::MAX, text: "独此一家的试验样品".into(), ..Document::default() });
    let found = collection.search(&Query { text: "独此一家的试验样品", limit: 1, ..Query::default() });
    println!("one more listing, added and found: {} after {:.1?}", found.hits[0].key == u128::MAX, begun.elapsed());
    ask(&queries(texts, 100 * SECONDS, &mut dice), 100, |searcher, text| {
        searcher.search(&collection, &Query { text, limit: 10, ..Query::default() });
    });
}

fn hybrid(texts: &Texts, model: &Model, count: usize, held: usize) {
    let mut dice = Dice(20_250_101);
    let collection = build(texts, count, held, &mut dice);
    ask(&queries(texts, 20 * SECONDS, &mut dice), 20, |searcher, text| {
        let vector = model.embed(Kind::Query, &[text]).expect("a vector");
        searcher.search(&collection, &Query { text, vector: Some(&vector[0].0), limit: 10, ..Query::default() });
    });
    println!("resident with the model {} MB", resident());
}

/// Half of them a few words, half of them a sentence.
fn queries(texts: &Texts, count: usize, dice: &mut Dice) -> Vec<String> {
    let mut sentence = || &texts.sentences[dice.below(texts.sentences.len())].0;
    (0..count).map(|n| sentence().chars().take(if n % 2 == 0 { 6 } else { 30 }).collect()).collect()
}

/// Asks at a steady rate, whether or not the last was answered: a query that has to wait for others counts the waiting.
fn ask(queries: &[String], rate: usize, answer: impl Fn(&mut Searcher, &str) + Sync) {
    let (begun, next) = (Instant::now(), AtomicUsize::new(0));
    let worker = || {
        let (mut searcher, mut times) = (Searcher::default(), Vec::new());
        loop {
            let nth = next.fetch_add(1, Ordering::Relaxed);
            let Some(text) = queries.get(nth) else { return times };
            let due = begun + Duration::from_secs_f64(nth as f64 / rate as f64);
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            answer(&mut searcher, text);
            times.push(due.elapsed());
        }
    };
    let mut times: Vec<Duration> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..THREADS).map(|_| scope.spawn(worker)).collect();
        running.into_iter().flat_map(|r| r.join().expect("a thread that ends well")).collect()
    });
    times.sort_unstable();
    let at = |share: f64| times[((times.len() as f64 * share) as usize).min(times.len() - 1)];
    println!(
        "{} queries at {rate} a second: p50 {:.1?} p95 {:.1?} p99 {:.1?} most {:.1?}",
        times.len(),
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
}

fn rematch(texts: &Texts, demands: usize, offers: usize) {
    let mut dice = Dice(20_250_101);
    let collection = build(texts, offers, offers, &mut dice);
    let demands: Vec<(Document, Vec<f32>)> = (0..demands).map(|key| texts.listing(key, &mut dice)).collect();
    let begun = Instant::now();
    let best = |searcher: &mut Searcher, (document, vector): &(Document, Vec<f32>)| {
        let text = format!("{}\n{}", document.title, document.text);
        let query = Query { text: &text, vector: Some(vector), limit: 10, ..Query::default() };
        searcher.search(&collection, &query).hits.len()
    };
    let found: usize = demands.par_iter().map_init(Searcher::default, best).sum();
    println!("{} demands matched with {offers} offers in {:.1?}, {found} matches", demands.len(), begun.elapsed());
}

fn recall(texts: &Texts, count: usize) {
    let mut dice = Dice(20_250_101);
    let mut vectors: Option<Vectors> = None;
    for slot in 0..count {
        let (_, vector) = texts.listing(slot, &mut dice);
        vectors.get_or_insert_with(|| Vectors::empty(vector.len())).put(slot as u32, &vector);
    }
    let Some(vectors) = vectors else { return };
    let queries: Vec<Vec<f32>> = (0..200).map(|_| vectors.prepare(&texts.listing(0, &mut dice).1)).collect();
    let (mut sketched, mut whole, mut kept) = (Duration::ZERO, Duration::ZERO, [0_usize; 2]);
    for query in &queries {
        let begun = Instant::now();
        let found = vectors.nearest(query, 300, |_| true);
        sketched += begun.elapsed();
        let begun = Instant::now();
        let sought = Vectors::quantised(query);
        let mut all: Vec<(f32, u32)> = (0..count as u32).map(|slot| (vectors.likeness(&sought, slot), slot)).collect();
        all.select_nth_unstable_by(300, |a, b| b.0.total_cmp(&a.0));
        whole += begun.elapsed();
        all.truncate(300);
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (most, kept) in [10, 300].into_iter().zip(&mut kept) {
            *kept += all.iter().take(most).filter(|(_, slot)| found.contains(slot)).count();
        }
    }
    let of = |most: usize, kept: usize| 100.0 * kept as f64 / (most * queries.len()) as f64;
    println!(
        "{count} vectors ({} MB): of the 10 nearest {:.2} %, of the 300 nearest {:.2} % are found; {:.2?} by sketches, {:.2?} one by one",
        vectors.bytes() >> 20,
        of(10, kept[0]),
        of(300, kept[1]),
        sketched / queries.len() as u32,
        whole / queries.len() as u32
    );
}
