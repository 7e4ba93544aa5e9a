//! Asks every query of a set once, one after another: `ask SET_DIR RUN`. Writes the run in the form of TREC and prints the
//! time to build, the times of the queries and the memory as one line of JSON, for `benches/compare/compare.py`.
#![expect(clippy::float_arithmetic, reason = "measures of speed")]

use std::fmt::Write;
use std::path::Path;
use std::time::Instant;

use keqiao_search::eval::{collection, entries};
use keqiao_search::{Query, Searcher};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [set, out] = args.as_slice() else { panic!("ask SET_DIR RUN") };
    let read = |name: &str| {
        entries(&std::fs::read_to_string(Path::new(set).join(name)).expect("a readable file")).expect("lines of JSON")
    };
    let (mut corpus, queries) = (read("corpus.jsonl"), read("queries.jsonl"));
    // The others get nothing but the texts.
    corpus.iter_mut().for_each(|entry| entry.discipline.clear());
    let before = resident();
    let begun = Instant::now();
    let texts = collection(&corpus, None);
    let built = begun.elapsed().as_secs_f64();
    let (mut searcher, mut times, mut run) = (Searcher::default(), Vec::new(), String::new());
    for query in &queries {
        let begun = Instant::now();
        let found = searcher.search(&texts, &Query { text: &query.text, limit: 10, ..Query::default() });
        times.push(begun.elapsed().as_secs_f64() * 1e3);
        for (rank, hit) in (1..).zip(&found.hits) {
            writeln!(run, "{} Q0 {} {rank} {} ours", query.id, corpus[hit.key as usize].id, hit.score)
                .expect("a string");
        }
    }
    std::fs::write(out, run).expect("a writable file");
    times.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() as f64 * share) as usize).min(times.len() - 1)];
    let memory = resident().saturating_sub(before);
    println!("{{\"build_s\":{built:.2},\"p50_ms\":{:.3},\"p95_ms\":{:.3},\"memory_mb\":{memory}}}", at(0.5), at(0.95));
}

fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) / 1024
}
