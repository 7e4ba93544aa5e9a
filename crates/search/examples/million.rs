//! Listings by the million: `million TEXTS.jsonl [COUNT] [THREADS]` makes COUNT listings by putting sentences of the given texts together
//! anew, builds the collection, asks it at 100 queries a second and prints the times and the memory.
#![expect(clippy::float_arithmetic, reason = "measures of speed")]

use std::time::{Duration, Instant};

use keqiao_search::eval::entries;
use keqiao_search::{Collection, Document, Query, Searcher};

/// Numbers that only look like chance: the same listings in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

/// A listing: the opening clause of one text as its title, two to four sentences of others as its body.
fn listing(key: usize, sentences: &[String], dice: &mut Dice) -> Document {
    let title: String = sentences[dice.below(sentences.len())].chars().take(16).collect();
    let count = 2 + dice.below(3);
    let text = (0..count).map(|_| sentences[dice.below(sentences.len())].as_str()).collect::<Vec<_>>().join("。");
    Document { key: key as u128, title, text, facets: vec![("region".to_owned(), format!("r{}", dice.below(30)))] }
}

fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// Asks at a steady rate; a query that has to wait for the one before counts the waiting.
fn ask(collection: &Collection, queries: &[String], rate: f64) -> Vec<Duration> {
    let mut searcher = Searcher::default();
    let begun = Instant::now();
    let mut times = Vec::new();
    for (nth, text) in queries.iter().enumerate() {
        let due = begun + Duration::from_secs_f64(nth as f64 / rate);
        if let Some(early) = due.checked_duration_since(Instant::now()) {
            std::thread::sleep(early);
        }
        searcher.search(collection, &Query { text, limit: 10, ..Query::default() });
        times.push(due.elapsed());
    }
    times
}

/// How long a new listing takes until it is found.
fn one_more(collection: &mut Collection) {
    let begun = Instant::now();
    collection.add(&Document { key: u128::MAX, text: "独此一家的试验样品".into(), ..Document::default() });
    let found = collection.search(&Query { text: "独此一家的试验样品", limit: 1, ..Query::default() });
    println!("one more listing, added and found: {} after {:.1?}", found.hits[0].key == u128::MAX, begun.elapsed());
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let path = args.first().expect("texts as lines of JSON");
    let count: usize = args.get(1).map_or(1_000_000, |n| n.parse().expect("a number"));
    let threads: usize = args.get(2).map_or(2, |n| n.parse().expect("a number"));
    let texts = entries(&std::fs::read_to_string(path).expect("a readable file")).expect("texts");
    let sentences: Vec<String> = texts
        .iter()
        .flat_map(|t| {
            t.text
                .split(['。', ';', '；'])
                .map(str::trim)
                .filter(|s| s.chars().count() >= 8)
                .map(|s| s.chars().take(90).collect())
        })
        .collect();
    let mut dice = Dice(20_250_101);
    let (mut collection, mut building, mut characters) = (Collection::default(), Duration::ZERO, 0);
    let mut made = 0;
    while made < count {
        let documents: Vec<Document> =
            (made..count.min(made + 20_000)).map(|k| listing(k, &sentences, &mut dice)).collect();
        made += documents.len();
        characters += documents.iter().map(|d| d.text.chars().count() + d.title.chars().count()).sum::<usize>();
        let begun = Instant::now();
        collection.extend(&documents);
        building += begun.elapsed();
    }
    println!(
        "{count} listings of {} characters from {} sentences: built in {building:.1?}, {:.0} a second; index {} MB, resident {} MB",
        characters / count,
        sentences.len(),
        count as f64 / building.as_secs_f64(),
        collection.bytes() >> 20,
        resident()
    );
    one_more(&mut collection);
    let queries: Vec<String> = (0..4000)
        .map(|n| {
            let sentence = &sentences[dice.below(sentences.len())];
            sentence.chars().take(if n % 2 == 0 { 6 } else { 30 }).collect()
        })
        .collect();
    let parts: Vec<&[String]> = queries.chunks(queries.len().div_ceil(threads)).collect();
    let mut times: Vec<Duration> = std::thread::scope(|scope| {
        let running: Vec<_> =
            parts.iter().map(|p| scope.spawn(|| ask(&collection, p, 100.0 / threads as f64))).collect();
        running.into_iter().flat_map(|r| r.join().expect("a thread that ends well")).collect()
    });
    times.sort_unstable();
    let at = |share: f64| times[((times.len() as f64 * share) as usize).min(times.len() - 1)];
    println!(
        "{} queries at 100 a second: p50 {:.1?} p95 {:.1?} p99 {:.1?} most {:.1?}",
        times.len(),
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
}
