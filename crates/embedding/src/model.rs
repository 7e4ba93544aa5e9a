//! A model directory, opened to embed texts on this machine. The weights are read once and kept in memory.

use std::path::Path;

use candle_core::safetensors::BufferedSafetensors;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::bert::Bert;
use crate::embedder::{Embedder, Kind};
use crate::problem::Problem;
use crate::settings::{Shape, Use, read_bounded};
use crate::tokens::Tokens;
use crate::vector::Vector;

/// Tokens that go through the network together: enough to keep it busy, few enough to stay near the processor.
const BATCH_TOKENS: usize = 512;
const WEIGHTS_BYTES_MAX: u64 = 3 << 30;
const TOKENIZER_BYTES_MAX: u64 = 128 << 20;

/// A model that runs here.
pub struct Model {
    bert: Bert,
    tokens: Tokens,
    usage: Use,
    name: String,
    dimensions: usize,
    parameters: u64,
}

impl Model {
    /// Opens a directory with `config.json`, `tokenizer.json`, `model.safetensors` and perhaps `keqiao-model.json`.
    ///
    /// # Errors
    /// When a file is missing, too large, damaged, or of a kind that cannot be run; the problem names it.
    pub fn open(dir: &Path) -> Result<Model, Problem> {
        let shape = Shape::read(dir)?;
        let usage = Use::read(dir, &shape)?;
        let json = read_bounded(&dir.join("tokenizer.json"), TOKENIZER_BYTES_MAX)?;
        let path = dir.join("model.safetensors");
        let weights = read_bounded(&path, WEIGHTS_BYTES_MAX)?;
        let told = format!("{usage:?} {shape:?}");
        let (tokens, digest) = rayon::join(
            || Tokens::read(&json, usage.tokens_max, shape.vocab_size),
            || Sha256::new().chain_update(told).chain_update(&json).chain_update(&weights).finalize(),
        );
        let damaged = |e: candle_core::Error| Problem::damaged(&path.display().to_string(), e);
        let file = BufferedSafetensors::new(weights).map_err(damaged)?;
        let parameters = file.tensors().iter().map(|(_, t)| t.shape().iter().product::<usize>() as u64).sum();
        let name = format!("{} {}", usage.name, hex::encode(&digest[..6]));
        let dimensions = shape.hidden_size;
        Ok(Model { bert: Bert::new(&file, shape).map_err(damaged)?, tokens: tokens?, usage, name, dimensions, parameters })
    }

    /// How many values a vector has.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// How many weights the model has.
    pub fn parameters(&self) -> u64 {
        self.parameters
    }

    /// How it is used.
    pub fn usage(&self) -> &Use {
        &self.usage
    }

    fn batch(&self, texts: &[Vec<u32>]) -> Result<Vec<Vector>, Problem> {
        let texts: Vec<&[u32]> = texts.iter().map(Vec::as_slice).collect();
        let rows = self.bert.forward(&texts, self.usage.pooling).map_err(|e| Problem::damaged(&self.name, e))?;
        let vectors: Vec<Vector> = rows.into_iter().map(Vector::normalised).collect();
        if vectors.iter().any(|v| v.0.iter().any(|x| !x.is_finite())) {
            return Err(Problem::new(
                format!("模型 {} 的权重有误：算出的不是数。请重新导入。", self.name),
                format!("the weights of {} are damaged: what comes out is not a number; import the model anew", self.name),
            ));
        }
        Ok(vectors)
    }
}

impl Embedder for Model {
    /// The name with the beginning of a digest over the files: other weights, other name.
    fn name(&self) -> &str {
        &self.name
    }

    /// Uses the processors of the thread pool it is called in.
    fn embed(&self, kind: Kind, texts: &[&str]) -> Result<Vec<Vector>, Problem> {
        let prefix = match kind {
            Kind::Query => &self.usage.query_prefix,
            Kind::Passage => &self.usage.passage_prefix,
        };
        let tokens: Vec<Vec<u32>> = texts.par_iter().map(|text| self.tokens.of(prefix, text)).collect::<Result<_, _>>()?;
        let vectors: Vec<Vec<Vector>> =
            batches(&tokens).into_par_iter().map(|texts| self.batch(texts)).collect::<Result<_, _>>()?;
        Ok(vectors.into_iter().flatten().collect())
    }
}

/// Texts one after the other, as many as have at most [`BATCH_TOKENS`] together, or one.
fn batches(texts: &[Vec<u32>]) -> Vec<&[Vec<u32>]> {
    let mut batches = Vec::new();
    let (mut start, mut sum) = (0, 0);
    for (i, text) in texts.iter().enumerate() {
        if i > start && sum + text.len() > BATCH_TOKENS {
            batches.push(&texts[start..i]);
            (start, sum) = (i, 0);
        }
        sum += text.len();
    }
    if start < texts.len() {
        batches.push(&texts[start..]);
    }
    batches
}
