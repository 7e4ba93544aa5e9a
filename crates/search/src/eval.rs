//! Measuring: runs of a judged collection in the form of TREC, scores of pairs. Texts come in and lines go out as strings;
//! files, models and judgements are the caller's.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use rayon::prelude::*;
use serde::Deserialize;
use thiserror::Error;

use crate::index::collection::{Collection, Document, Key};
use crate::learn::Judged;
use crate::learn::case::GRADE_MAX;
use crate::rank::search::{Query, Searcher};
use crate::similar::{Reading, Similar};

/// Texts that a run names for each query.
const RUN_DEPTH: usize = 100;

/// A line that could not be read.
#[derive(Debug, Error)]
#[error("line {line}: {why}")]
pub struct Unreadable {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong.
    pub why: String,
}

/// One text or query of a set; unknown fields are left alone.
#[derive(Clone, Debug, Deserialize)]
pub struct Entry {
    /// Its name.
    #[serde(rename = "_id")]
    pub id: String,
    /// Its title, often empty.
    #[serde(default)]
    pub title: String,
    /// Its text.
    pub text: String,
    /// Its discipline, where known.
    #[serde(default)]
    pub discipline: String,
}

impl Entry {
    /// Title and text as a model reads them.
    pub fn whole(&self) -> String {
        format!("{} {}", self.title, self.text).trim().to_owned()
    }
}

/// Vectors of rows of text, one after another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// Numbers in a vector.
    pub dim: usize,
    /// All numbers.
    pub numbers: Vec<f32>,
}

impl Rows {
    /// The vector of a row.
    pub fn row(&self, at: usize) -> Option<&[f32]> {
        self.numbers.get(at * self.dim..(at + 1) * self.dim)
    }
}

/// Reads lines of JSON (`corpus.jsonl`, `queries.jsonl`).
pub fn entries(lines: &str) -> Result<Vec<Entry>, Unreadable> {
    let numbered = (1..).zip(lines.lines()).filter(|(_, l)| !l.trim().is_empty());
    numbered.map(|(line, l)| serde_json::from_str(l).map_err(|e| Unreadable { line, why: e.to_string() })).collect()
}

/// A collection of a set's texts, keyed by their place in it.
pub fn collection(corpus: &[Entry], vectors: Option<&Rows>) -> Collection {
    let documents: Vec<Document> = (0..)
        .zip(corpus)
        .map(|(key, entry)| Document {
            key,
            title: entry.title.clone(),
            text: entry.text.clone(),
            facets: Some(&entry.discipline)
                .filter(|d| !d.is_empty())
                .map(|d| ("discipline".to_owned(), d.clone()))
                .into_iter()
                .collect(),
        })
        .collect();
    let mut collection = Collection::build(&documents);
    if let Some(rows) = vectors {
        collection.set_vectors(rows.dim, &rows.numbers);
    }
    collection
}

/// Searches every query on its own and writes the run: `query Q0 text rank score keqiao`.
pub fn run(collection: &Collection, corpus: &[Entry], queries: &[Entry], vectors: Option<&Rows>) -> String {
    let lines: Vec<String> = queries
        .par_iter()
        .enumerate()
        .map_init(Searcher::default, |searcher, (at, query)| {
            let vector = vectors.and_then(|v| v.row(at));
            let found =
                searcher.search(collection, &Query { text: &query.text, vector, limit: RUN_DEPTH, ..Query::default() });
            let mut out = String::new();
            for (rank, hit) in (1..).zip(&found.hits) {
                let id = &corpus[hit.key as usize].id;
                let _ = writeln!(out, "{} Q0 {id} {rank} {:.6} keqiao", query.id, hit.score);
            }
            out
        })
        .collect();
    lines.concat()
}

/// The judgements of a table with a heading (query, text, grade from 0 to 10), joined to queries and texts; queries that
/// nobody judged are left out. `vectors` holds those of the queries.
///
/// # Errors
/// The first line that names no query or text of the set, or no grade.
pub fn judged(
    corpus: &[Entry],
    queries: &[Entry],
    vectors: Option<&Rows>,
    table: &str,
) -> Result<Vec<Judged>, Unreadable> {
    let keys: HashMap<&str, Key> = corpus.iter().zip(0..).map(|(text, key)| (text.id.as_str(), key)).collect();
    let places: HashMap<&str, usize> = queries.iter().zip(0..).map(|(query, at)| (query.id.as_str(), at)).collect();
    let mut grades: BTreeMap<usize, Vec<(Key, f32)>> = BTreeMap::new();
    for (line, told) in (1..).zip(table.lines()).skip(1).filter(|(_, l)| !l.trim().is_empty()) {
        let wrong = |why: String| Unreadable { line, why };
        let cells: Vec<&str> = told.split('\t').map(str::trim).collect();
        let [query, text, grade] = cells[..] else { return Err(wrong("three columns are needed".to_owned())) };
        let at = places.get(query).ok_or_else(|| wrong(format!("no query {query}")))?;
        let key = keys.get(text).ok_or_else(|| wrong(format!("no text {text}")))?;
        let sound = grade.parse().ok().filter(|g: &f32| (0.0..=GRADE_MAX).contains(g));
        let grade = sound.ok_or_else(|| wrong(format!("no grade from 0 to {GRADE_MAX}: {grade}")))?;
        grades.entry(*at).or_default().push((*key, grade));
    }
    let of = |(at, grades): (usize, _)| {
        let vector = vectors.and_then(|v| v.row(at)).map(<[f32]>::to_vec);
        Judged { text: queries[at].text.clone(), vector, grades, ..Judged::default() }
    };
    Ok(grades.into_iter().map(of).collect())
}

/// The pairs of a table with a heading: the first two columns of every line.
pub fn pairs(table: &str) -> Result<Vec<(String, String)>, Unreadable> {
    let pair = |(line, l): (usize, &str)| {
        let mut cells = l.split('\t');
        match (cells.next(), cells.next()) {
            (Some(a), Some(b)) => Ok((a.to_owned(), b.to_owned())),
            _ => Err(Unreadable { line, why: "two columns are needed".to_owned() }),
        }
    };
    (1..).zip(table.lines()).skip(1).filter(|(_, l)| !l.trim().is_empty()).map(pair).collect()
}

/// Scores pairs in order, one a line. `vectors` holds both sides of every pair in turn.
pub fn similar(pairs: &[(String, String)], vectors: Option<&Rows>) -> String {
    let readings: Vec<(Reading, Reading)> = pairs.par_iter().map(|(a, b)| (Reading::new(a), Reading::new(b))).collect();
    let mut similar = Similar::default();
    readings.iter().for_each(|(a, b)| {
        similar.learn(a);
        similar.learn(b);
    });
    if let Some(rows) = vectors {
        similar.learn_vectors(rows.dim, &rows.numbers);
    }
    let mut out = String::new();
    for (at, (a, b)) in readings.iter().enumerate() {
        let sides = vectors.and_then(|v| v.row(2 * at).zip(v.row(2 * at + 1)));
        let _ = writeln!(out, "{:.6}", similar.score(a, b, sides));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_becomes_a_run() {
        let corpus =
            entries("{\"_id\":\"a\",\"text\":\"热泵烘干机\"}\n{\"_id\":\"b\",\"text\":\"果园割草机\"}").unwrap();
        let queries = entries("{\"_id\":\"q\",\"text\":\"烘干\"}").unwrap();
        let lines = run(&collection(&corpus, None), &corpus, &queries, None);
        assert!(lines.starts_with("q Q0 a 1 "), "{lines}");
        assert!(entries("{}").unwrap_err().to_string().starts_with("line 1"));
    }

    #[test]
    fn judgements_name_queries_texts_and_grades() {
        let corpus = entries("{\"_id\":\"a\",\"text\":\"热泵烘干机\"}").unwrap();
        let queries = entries("{\"_id\":\"q\",\"text\":\"烘干\"}\n{\"_id\":\"r\",\"text\":\"割草\"}").unwrap();
        let rows = Rows { dim: 1, numbers: vec![1.0, 2.0] };
        let read = |lines: &str| judged(&corpus, &queries, Some(&rows), &format!("query\ttext\tgrade\n{lines}"));
        let told = read("r\ta\t2\n\n").unwrap();
        assert_eq!(
            told,
            [Judged { text: "割草".into(), vector: Some(vec![2.0]), grades: vec![(0, 2.0)], ..Judged::default() }]
        );
        for wrong in ["q\ta", "x\ta\t1", "q\tx\t1", "q\ta\tNaN", "q\ta\t-1", "q\ta\t11", "q\ta\tgood", "q\ta\t1\t1"] {
            assert_eq!(read(wrong).unwrap_err().line, 2, "{wrong}");
        }
    }

    #[test]
    fn a_table_of_pairs_becomes_scores() {
        let table = "one\tother\tsame\n感冒吃什么药\t感冒吃啥药\t1\n感冒吃什么药\t手机怎么充电\t0\n";
        let scores: Vec<f32> = similar(&pairs(table).unwrap(), None).lines().map(|l| l.parse().unwrap()).collect();
        assert!(scores[0] > scores[1]);
        assert!(pairs("a\tb\nonly one").is_err());
    }
}
