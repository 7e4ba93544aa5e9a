//! Scores the ranking on judged collections: `eval SET_DIR [VECTORS_DIR]`; prints nDCG@10 by type of query.
#![expect(clippy::float_arithmetic, reason = "measures of ranking")]

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use keqiao_search::{Collection, Document, Query, Searcher};
use rayon::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Line {
    #[serde(rename = "_id")]
    id: String,
    #[serde(default)]
    title: String,
    text: String,
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    overlap: Option<f64>,
    #[serde(default)]
    discipline: String,
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

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let root = Path::new(args.first().expect("a folder of collections"));
    let mut rows: BTreeMap<(usize, String), Vec<(usize, f64)>> = BTreeMap::new();
    for (nth, name) in ["offers", "health", "wiki"].into_iter().enumerate() {
        let corpus = lines(&root.join(name).join("corpus.jsonl"));
        let documents: Vec<Document> = corpus
            .iter()
            .enumerate()
            .map(|(i, l)| Document {
                key: i as u128,
                title: l.title.clone(),
                text: l.text.clone(),
                facets: Some(("discipline".to_owned(), l.discipline.clone())).filter(|f| !f.1.is_empty()).into_iter().collect(),
            })
            .collect();
        let begun = std::time::Instant::now();
        let mut collection = Collection::build(&documents);
        let built = begun.elapsed();
        if let Some(weights) = args.get(2) {
            collection.weights = serde_json::from_str(weights).expect("weights as JSON");
        }
        let queries = lines(&root.join(name).join("queries.jsonl"));
        let mut query_vectors = None;
        if let Some(dir) = args.get(1)
            && let Some((dim, rows)) = vectors(&Path::new(dir).join(name).join("corpus.f32"))
        {
            collection.set_vectors(dim, &rows);
            let parts = Path::new(dir).join(name).join("parts");
            if let (Some((dim, rows)), Ok(owners)) = (vectors(&parts.with_extension("f32")), std::fs::read_to_string(parts.with_extension("json"))) {
                collection.set_part_vectors(dim, &rows, &serde_json::from_str::<Vec<u32>>(&owners).expect("owners"));
            }
            query_vectors = vectors(&Path::new(dir).join(name).join("queries.f32"));
        }
        let mut judged: HashMap<String, HashMap<String, f64>> = HashMap::new();
        for line in std::fs::read_to_string(root.join(name).join("qrels.tsv")).expect("judgements").lines().skip(1) {
            let f: Vec<&str> = line.split('\t').collect();
            judged.entry(f[0].to_owned()).or_default().insert(f[1].to_owned(), f[2].parse().expect("a grade"));
        }
        let begun = std::time::Instant::now();
        let scores: Vec<f64> = queries
            .par_iter()
            .enumerate()
            .map_init(Searcher::default, |searcher, (i, q)| {
                let vector = query_vectors.as_ref().map(|(dim, rows)| &rows[i * dim..(i + 1) * dim]);
                let found = searcher.search(&collection, &Query { text: &q.text, vector, limit: 10, ..Query::default() });
                let ranked: Vec<&str> = found.hits.iter().map(|h| corpus[h.key as usize].id.as_str()).collect();
                ndcg(&ranked, judged.get(&q.id).unwrap_or(&HashMap::new()))
            })
            .collect();
        eprintln!("{name}: built {:.2?}, searched {:.2?} ({} MB)", built, begun.elapsed(), collection.bytes() >> 20);
        for (i, (q, score)) in queries.iter().zip(scores).enumerate() {
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
        let line: Vec<String> = rows
            .iter()
            .map(|((_, name), scores)| {
                let part: Vec<f64> = scores.iter().filter(|(i, _)| half.is_none_or(|h| i % 2 == h)).map(|s| s.1).collect();
                format!("{name} {:.3}", part.iter().sum::<f64>() / part.len().max(1) as f64)
            })
            .collect();
        println!("{:6} {}", half.map_or("all".to_owned(), |h| format!("half{h}")), line.join(" · "));
    }
}
