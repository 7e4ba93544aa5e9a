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
        Ok(Model {
            bert: Bert::new(&file, shape).map_err(damaged)?,
            tokens: tokens?,
            usage,
            name,
            dimensions,
            parameters,
        })
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
                format!(
                    "the weights of {} are damaged: what comes out is not a number; import the model anew",
                    self.name
                ),
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
        let prefix = self.usage.prefix(kind);
        let tokens: Vec<Vec<u32>> =
            texts.par_iter().map(|text| self.tokens.of(prefix, text)).collect::<Result<_, _>>()?;
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::sample;

    const TEXTS: [&str; 5] =
        ["花生播种机", "烘干线能耗高", "", "ab 12 ㎡ 龘", "播种 播种机 高 高 高 高 高 高 高 高 高 高"];

    fn opened() -> (tempfile::TempDir, Model) {
        let dir = tempfile::tempdir().unwrap();
        let model = Model::open(&sample::model_dir(dir.path())).unwrap();
        (dir, model)
    }

    fn alike(a: &Vector, b: &Vector) -> bool {
        a.0.iter().zip(&b.0).all(|(x, y)| (x - y).abs() < 1e-5)
    }

    #[test]
    fn a_text_has_the_same_vector_in_any_company() {
        let (_dir, model) = opened();
        let together = model.embed(Kind::Passage, &TEXTS).unwrap();
        assert_eq!(together.len(), TEXTS.len());
        for (text, vector) in TEXTS.iter().zip(&together) {
            assert_eq!(vector.0.len(), sample::HIDDEN);
            assert!((vector.cosine(vector) - 1.0).abs() < 1e-5);
            assert!(alike(vector, &model.embed(Kind::Passage, &[text]).unwrap()[0]), "{text}");
        }
        let many: Vec<&str> = TEXTS.iter().cycle().take(300).copied().collect();
        for (i, vector) in model.embed(Kind::Passage, &many).unwrap().iter().enumerate() {
            assert!(alike(vector, &together[i % TEXTS.len()]));
        }
        assert!(!alike(&together[0], &together[1]));
        assert!(!alike(&together[0], &model.embed(Kind::Query, &TEXTS).unwrap()[0]), "the prefix counts");
        assert_eq!(model.embed(Kind::Query, &[]).unwrap(), []);
    }

    #[test]
    fn what_is_too_long_is_cut_off() {
        let (_dir, model) = opened();
        let long = "花生 播种机 ".repeat(50);
        let longer = "花生 播种机 ".repeat(100_000);
        let vectors = model.embed(Kind::Query, &[&long, &longer]).unwrap();
        assert!(alike(&vectors[0], &vectors[1]));
    }

    /// The network once more, in plain loops over doubles: embeddings, two layers, the mean.
    #[test]
    fn the_network_computes_what_its_definition_says() {
        let (dir, model) = opened();
        let file = fs::read(dir.path().join("tiny/model.safetensors")).unwrap();
        let file = BufferedSafetensors::new(file).unwrap();
        let ids = model.tokens.of("query: ", TEXTS[0]).unwrap();
        for first_position in [0usize, 2] {
            let expected = by_definition(&file, &ids, first_position);
            let shape = Shape {
                model_type: if first_position == 0 { "bert" } else { "xlm-roberta" }.to_owned(),
                pad_token_id: first_position.saturating_sub(1),
                ..Shape::read(&dir.path().join("tiny")).unwrap()
            };
            let bert = Bert::new(&file, shape).unwrap();
            let vector = bert.forward(&[&ids, &ids[..3]], crate::Pooling::Mean).unwrap().remove(0);
            for (a, b) in vector.iter().zip(&expected) {
                assert!((f64::from(*a) - b).abs() < 1e-4, "{a} {b}");
            }
        }
    }

    type Rows = Vec<Vec<f64>>;

    fn by_definition(file: &BufferedSafetensors, ids: &[u32], first_position: usize) -> Vec<f64> {
        let tensor = |name: &str| -> Rows {
            let t = file.load(name, &candle_core::Device::Cpu).unwrap().to_dtype(candle_core::DType::F64).unwrap();
            if t.rank() == 1 { vec![t.to_vec1().unwrap()] } else { t.to_vec2().unwrap() }
        };
        let dense = |x: &Rows, name: &str| -> Rows {
            let (w, b) = (tensor(&format!("{name}.weight")), tensor(&format!("{name}.bias")));
            let one = |x: &Vec<f64>| w.iter().zip(&b[0]).map(|(w, b)| dot(w, x) + b).collect();
            x.iter().map(one).collect()
        };
        let norm = |x: Rows, name: &str| -> Rows {
            let (w, b) = (tensor(&format!("{name}.weight")), tensor(&format!("{name}.bias")));
            let one = |row: Vec<f64>| {
                let n = row.len() as f64;
                let mean = row.iter().sum::<f64>() / n;
                let spread = (row.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n).sqrt();
                row.iter().zip(&w[0]).zip(&b[0]).map(|((v, w), b)| (v - mean) / spread * w + b).collect()
            };
            x.into_iter().map(one).collect()
        };
        let add = |x: &Rows, y: &Rows| -> Rows {
            x.iter().zip(y).map(|(x, y)| x.iter().zip(y).map(|(x, y)| x + y).collect()).collect()
        };
        let (words, kinds) =
            (tensor("embeddings.word_embeddings.weight"), tensor("embeddings.token_type_embeddings.weight"));
        let positions = tensor("embeddings.position_embeddings.weight");
        let words: Rows = ids.iter().map(|id| words[*id as usize].clone()).collect();
        let positions: Rows = positions[first_position..].iter().take(ids.len()).cloned().collect();
        let x = add(&words, &add(&positions, &vec![kinds[0].clone(); ids.len()]));
        let mut x = norm(x, "embeddings.LayerNorm");
        for i in 0..2 {
            let at = |name: &str| format!("encoder.layer.{i}.{name}");
            let [q, k, v] = ["query", "key", "value"].map(|part| dense(&x, &at(&format!("attention.self.{part}"))));
            let mut seen = vec![vec![0.0; sample::HIDDEN]; ids.len()];
            for head in 0..4 {
                let of = head * 8..head * 8 + 8;
                for (t, seen) in seen.iter_mut().enumerate() {
                    let shares: Vec<f64> =
                        k.iter().map(|k| (dot(&q[t][of.clone()], &k[of.clone()]) / 8f64.sqrt()).exp()).collect();
                    let sum: f64 = shares.iter().sum();
                    for (share, v) in shares.iter().zip(&v) {
                        of.clone().for_each(|e| seen[e] += share / sum * v[e]);
                    }
                }
            }
            x = norm(add(&x, &dense(&seen, &at("attention.output.dense"))), &at("attention.output.LayerNorm"));
            let mut up = dense(&x, &at("intermediate.dense"));
            up.iter_mut().flatten().for_each(|v| *v *= phi(*v));
            x = norm(add(&x, &dense(&up, &at("output.dense"))), &at("output.LayerNorm"));
        }
        (0..sample::HIDDEN).map(|e| x.iter().map(|row| row[e]).sum::<f64>() / ids.len() as f64).collect()
    }

    fn dot(a: &[f64], b: &[f64]) -> f64 {
        a.iter().zip(b).map(|(a, b)| a * b).sum()
    }

    /// The normal distribution's Φ, by its series.
    fn phi(x: f64) -> f64 {
        let (mut term, mut sum) = (x, x);
        for n in 1..200 {
            term *= x * x / (2 * n + 1) as f64;
            sum += term;
        }
        0.5 + sum * (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt()
    }

    #[test]
    fn a_directory_that_cannot_be_used_is_refused_with_the_reason() {
        let (dir, model) = opened();
        let tiny = dir.path().join("tiny");
        let refused = |name: &str, change: &dyn Fn(String) -> String| {
            let path = tiny.join(name);
            let before = fs::read(&path).unwrap();
            fs::write(&path, change(String::from_utf8_lossy(&before).into_owned())).unwrap();
            let problem = Model::open(&tiny).err().unwrap_or_else(|| panic!("{name} was accepted"));
            fs::write(&path, before).unwrap();
            problem.message.en
        };
        let swap = |from: &'static str, to: &'static str| move |text: String| text.replace(from, to);
        assert!(refused("config.json", &swap("\"bert\"", "\"gpt2\"")).contains("gpt2"));
        assert!(
            refused("config.json", &swap("\"hidden_size\": 32", "\"hidden_size\": 3200000")).contains("hidden_size")
        );
        assert!(refused("config.json", &swap("\"hidden_size\": 32", "\"hidden_size\": 64")).contains("expected"));
        assert!(
            refused("config.json", &swap("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3")).contains("layer.2")
        );
        assert!(refused("config.json", &|_| "{".to_owned()).contains("config.json"));
        assert!(refused("keqiao-model.json", &swap("48", "49")).contains("tokens_max"));
        assert!(refused("keqiao-model.json", &swap("pooling", "poling")).contains("poling"));
        assert!(refused("tokenizer.json", &|_| "{}".to_owned()).contains("tokenizer.json"));
        assert!(refused("model.safetensors", &|_| "{}".to_owned()).contains("model.safetensors"));
        fs::remove_file(tiny.join("model.safetensors")).unwrap();
        assert!(Model::open(&tiny).err().unwrap().message.zh.contains("缺少文件"));
        assert!(Model::open(&dir.path().join("absent")).is_err());
        assert!(model.name().starts_with("multilingual-e5-small "));
    }

    #[test]
    fn a_tokenizer_of_another_model_is_refused_when_its_tokens_have_no_row() {
        let (dir, _) = opened();
        let json = fs::read(dir.path().join("tiny/tokenizer.json")).unwrap();
        let tokens = Tokens::read(&json, 40, 10).unwrap();
        assert!(tokens.of("", "能耗高").unwrap_err().message.zh.contains("不配套"));
    }

    #[test]
    fn batches_hold_every_text_once() {
        let texts: Vec<Vec<u32>> = (0..200).map(|i| vec![1; i * 37 % 300 + 1]).collect();
        let batches = batches(&texts);
        assert_eq!(batches.concat(), texts);
        assert!(batches.iter().all(|b| b.len() == 1 || b.iter().map(Vec::len).sum::<usize>() <= BATCH_TOKENS));
    }
}
