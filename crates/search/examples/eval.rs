//! Scores the ranking on judged collections: `eval SET_DIR [VECTORS_DIR [WEIGHTS]]`; prints nDCG@10 by type of query.
#![expect(clippy::float_arithmetic, reason = "measures of ranking")]

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use keqiao_search::eval::entries;
use keqiao_search::{Query, Searcher};
use rayon::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Line {
    #[serde(rename = "_id")]
    id: String,
    text: String,
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    overlap: Option<f64>,
}

fn lines(path: &Path) -> Vec<Line> {
    let text = std::fs::read_to_string(path).expect("a readable file");
    text.lines().map(|l| serde_json::from_str(l).expect("a line of JSON")).collect()
}

fn vectors(path: &Path) -> Option<(usize, Vec<f32>)> {
    let bytes = std::fs::read(path).ok()?;
    let word = |at: usize| <[u8; 4]>::try_from(&bytes[at..at + 4]).expect("four bytes");
    let dim = u32::from_le_bytes(word(4)) as usize;
    Some((dim, bytes[8..].chunks_exact(4).map(|c| f32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect()))
}

fn ndcg(ranked: &[&str], judged: &HashMap<String, f64>) -> f64 {
    let mut grades: Vec<f64> = judged.values().copied().collect();
    grades.sort_by(|a, b| b.total_cmp(a));
    let gain = |grades: &mut dyn Iterator<Item = f64>| -> f64 {
        grades.take(10).enumerate().map(|(i, g)| g / (i as f64 + 2.0).log2()).sum()
    };
    let ideal = gain(&mut grades.into_iter());
    if ideal > 0.0 { gain(&mut ranked.iter().map(|d| judged.get(*d).copied().unwrap_or(0.0))) / ideal } else { 0.0 }
}

type Scores = BTreeMap<(usize, String), Vec<(usize, f64)>>;

/// Scores one collection.
fn score(root: &Path, name: &str, args: &[String]) -> Vec<(Line, f64)> {
    let corpus =
        entries(&std::fs::read_to_string(root.join(name).join("corpus.jsonl")).expect("texts")).expect("texts");
    let begun = std::time::Instant::now();
    let mut collection = keqiao_search::eval::collection(&corpus, None);
    let built = begun.elapsed();
    let folder = args.get(1).map(|dir| Path::new(dir).join(name));
    let read = |file: &str| folder.as_ref().and_then(|f| vectors(&f.join(file)));
    if let Some((dim, rows)) = read("corpus.f32") {
        collection.set_vectors(dim, &rows);
    }
    let query_vectors = read("queries.f32");
    if let Some(weights) = args.get(2) {
        collection.weights = serde_json::from_str(weights).expect("weights as JSON");
    }
    let queries = lines(&root.join(name).join("queries.jsonl"));
    let mut judged: HashMap<String, HashMap<String, f64>> = HashMap::new();
    for line in std::fs::read_to_string(root.join(name).join("qrels.tsv")).expect("judgements").lines().skip(1) {
        let f: Vec<&str> = line.split('\t').collect();
        judged.entry(f[0].to_owned()).or_default().insert(f[1].to_owned(), f[2].parse().expect("a grade"));
    }
    let begun = std::time::Instant::now();
    let ask = |searcher: &mut Searcher, (i, q): (usize, &Line)| {
        let vector = query_vectors.as_ref().map(|(dim, rows)| &rows[i * dim..(i + 1) * dim]);
        let found = searcher.search(&collection, &Query { text: &q.text, vector, limit: 10, ..Query::default() });
        let ranked: Vec<&str> = found.hits.iter().map(|h| corpus[h.key as usize].id.as_str()).collect();
        ndcg(&ranked, judged.get(&q.id).unwrap_or(&HashMap::new()))
    };
    let scores: Vec<f64> = queries.par_iter().enumerate().map_init(Searcher::default, ask).collect();
    eprintln!("{name}: built {built:.2?}, searched {:.2?} ({} MB)", begun.elapsed(), collection.bytes() >> 20);
    queries.into_iter().zip(scores).collect()
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let root = Path::new(args.first().expect("a folder of collections"));
    let mut rows = Scores::new();
    for (nth, name) in ["offers", "health", "wiki"].into_iter().enumerate() {
        for (i, (q, score)) in score(root, name, &args).into_iter().enumerate() {
            let kind = q.kind.replace("-hard", "");
            if name != "offers" || !q.kind.ends_with("-hard") {
                rows.entry((nth, kind.clone())).or_default().push((i, score));
            }
            if ["need", "title", "keywords"].contains(&kind.as_str()) && q.overlap.unwrap_or(1.0) < 0.4 {
                rows.entry((nth, format!("{kind}<.4"))).or_default().push((i, score));
            }
        }
    }
    for half in [None, Some(0), Some(1)] {
        let line = rows.iter().map(|((_, name), scores)| {
            let part: Vec<f64> = scores.iter().filter(|(i, _)| half.is_none_or(|h| i % 2 == h)).map(|s| s.1).collect();
            format!("{name} {:.3}", part.iter().sum::<f64>() / part.len().max(1) as f64)
        });
        println!(
            "{:6} {}",
            half.map_or("all".to_owned(), |h| format!("half{h}")),
            line.collect::<Vec<_>>().join(" · ")
        );
    }
}
