//! Writes the vectors of a collection's texts: `embed MODEL_DIR FILE.jsonl query|passage OUT`. Each line has `text` and perhaps
//! `title`. OUT, little-endian: u32 number of rows, u32 values of a row, then the rows of f32 in the order of the lines.

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Instant;

use keqiao_embedding::{Embedder, Kind, Model};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [model, file, kind, out] = args.as_slice() else {
        return Err("embed MODEL_DIR FILE.jsonl query|passage OUT".into());
    };
    let kind = if kind == "query" { Kind::Query } else { Kind::Passage };
    let started = Instant::now();
    let model = Model::open(Path::new(model))?;
    eprintln!("{} opened in {:?}", model.name(), started.elapsed());
    let mut texts = Vec::new();
    for line in BufReader::new(File::open(file)?).lines() {
        let line: serde_json::Value = serde_json::from_str(&line?)?;
        let part = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
        texts.push(format!("{} {}", part("title"), part("text")).trim().to_owned());
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let started = Instant::now();
    let vectors = model.embed(kind, &texts)?;
    eprintln!("{} texts in {:?}", texts.len(), started.elapsed());
    let mut bytes = Vec::new();
    bytes.extend(u32::try_from(vectors.len())?.to_le_bytes());
    bytes.extend(u32::try_from(model.dimensions())?.to_le_bytes());
    bytes.extend(vectors.iter().flat_map(|v| v.0.iter().flat_map(|x| x.to_le_bytes())));
    fs::write(out, bytes)?;
    Ok(())
}
