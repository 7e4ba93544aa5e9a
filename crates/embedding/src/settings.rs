//! What the files of a model directory say about it: `config.json` its shape, `keqiao-model.json` (may be absent) how it is used.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::embedder::Kind;
use crate::problem::Problem;

/// The shape of the network, from `config.json` as Hugging Face writes it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Shape {
    pub(crate) model_type: String,
    pub(crate) hidden_size: usize,
    pub(crate) num_hidden_layers: usize,
    pub(crate) num_attention_heads: usize,
    pub(crate) intermediate_size: usize,
    pub(crate) vocab_size: usize,
    pub(crate) max_position_embeddings: usize,
    pub(crate) type_vocab_size: usize,
    pub(crate) layer_norm_eps: f64,
    #[serde(default = "gelu")]
    pub(crate) hidden_act: String,
    #[serde(default)]
    pub(crate) pad_token_id: usize,
}

fn gelu() -> String {
    "gelu".to_owned()
}

impl Shape {
    /// Reads and checks `config.json`.
    pub(crate) fn read(dir: &Path) -> Result<Shape, Problem> {
        let shape: Shape = json(&dir.join("config.json"))?;
        shape.check()?;
        Ok(shape)
    }

    /// Refuses what this crate cannot run, and sizes that only a damaged or hostile file has.
    pub(crate) fn check(&self) -> Result<(), Problem> {
        if !["bert", "roberta", "xlm-roberta"].contains(&self.model_type.as_str()) || self.hidden_act != "gelu" {
            let (kind, act) = (&self.model_type, &self.hidden_act);
            return Err(Problem::new(
                format!(
                    "不支持这种模型（model_type {kind}，hidden_act {act}）：可用 bert、roberta、xlm-roberta，激活函数为 gelu。"
                ),
                format!(
                    "this kind of model cannot be run (model_type {kind}, hidden_act {act}): bert, roberta or xlm-roberta with gelu can"
                ),
            ));
        }
        let within = [
            ("hidden_size", self.hidden_size, 1, 4096),
            ("num_hidden_layers", self.num_hidden_layers, 1, 64),
            ("num_attention_heads", self.num_attention_heads, 1, 128),
            ("intermediate_size", self.intermediate_size, 1, 16_384),
            ("vocab_size", self.vocab_size, 1, 1_000_000),
            ("max_position_embeddings", self.max_position_embeddings, 16, 32_768),
            ("type_vocab_size", self.type_vocab_size, 1, 16),
            ("pad_token_id", self.pad_token_id, 0, 7),
        ];
        for (name, value, least, most) in within {
            if !(least..=most).contains(&value) {
                return Err(Problem::new(
                    format!("config.json 中 {name} 为 {value}，应在 {least} 到 {most} 之间。"),
                    format!("config.json: {name} is {value}; it should be from {least} to {most}"),
                ));
            }
        }
        if !self.hidden_size.is_multiple_of(self.num_attention_heads) || !(0.0..1.0).contains(&self.layer_norm_eps) {
            return Err(Problem::damaged("config.json", "hidden_size, num_attention_heads, layer_norm_eps"));
        }
        Ok(())
    }

    /// The position of the first token: RoBERTa and its kin count on from their padding token.
    pub(crate) fn first_position(&self) -> usize {
        if self.model_type == "bert" { 0 } else { self.pad_token_id + 1 }
    }

    /// The most tokens that have a position.
    pub(crate) fn tokens_max(&self) -> usize {
        self.max_position_embeddings - self.first_position()
    }
}

/// How the vectors of a text's tokens become one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pooling {
    /// Their mean.
    #[default]
    Mean,
    /// The first token's.
    Cls,
}

/// How a model is used: `keqiao-model.json`. Without the file there are no prefixes, and the mean is taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Use {
    /// What the model is called; the folder's name when empty.
    pub name: String,
    /// Put before what is sought.
    pub query_prefix: String,
    /// Put before what can be found.
    pub passage_prefix: String,
    /// How tokens become one vector.
    pub pooling: Pooling,
    /// Tokens of a text that are read, the rest is cut off; 0 for as many as the model can, at most 512.
    pub tokens_max: usize,
}

impl Use {
    /// What stands before a text of this kind.
    pub fn prefix(&self, kind: Kind) -> &str {
        match kind {
            Kind::Query => &self.query_prefix,
            Kind::Passage => &self.passage_prefix,
        }
    }

    /// Reads `keqiao-model.json`, fills in what is left open, and checks it against the shape.
    pub(crate) fn read(dir: &Path, shape: &Shape) -> Result<Use, Problem> {
        let path = dir.join("keqiao-model.json");
        let mut told: Use = if path.exists() { json(&path)? } else { Use::default() };
        if told.name.is_empty() {
            told.name = dir.file_name().map_or_else(|| "model".to_owned(), |n| n.to_string_lossy().into_owned());
        }
        if told.tokens_max == 0 {
            told.tokens_max = shape.tokens_max().min(512);
        }
        let long = [&told.name, &told.query_prefix, &told.passage_prefix].iter().any(|s| s.len() > 200);
        if long || !(8..=shape.tokens_max()).contains(&told.tokens_max) {
            return Err(Problem::new(
                format!(
                    "keqiao-model.json：tokens_max 应在 8 到 {} 之间，名称和前缀不超过 200 字节。",
                    shape.tokens_max()
                ),
                format!(
                    "keqiao-model.json: tokens_max should be from 8 to {}, name and prefixes at most 200 bytes",
                    shape.tokens_max()
                ),
            ));
        }
        Ok(told)
    }
}

fn json<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<T, Problem> {
    let bytes = read_bounded(path, 1 << 20)?;
    serde_json::from_slice(&bytes).map_err(|e| Problem::damaged(&path.display().to_string(), e))
}

/// A file of the model, refused when it is absent or larger than any such file should be.
pub(crate) fn read_bounded(path: &Path, bytes_max: u64) -> Result<Vec<u8>, Problem> {
    let at = path.display();
    let size = match fs::metadata(path) {
        Ok(found) => found.len(),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            return Err(Problem::new(
                format!("缺少文件 {at}。模型目录应有 config.json、tokenizer.json、model.safetensors。"),
                format!("{at} is missing; a model directory has config.json, tokenizer.json and model.safetensors"),
            ));
        }
        Err(e) => return Err(Problem::file(path, &e)),
    };
    if size > bytes_max {
        let (size, most) = (size >> 20, bytes_max >> 20);
        return Err(Problem::new(
            format!("{at} 有 {size} MB，超过上限 {most} MB。"),
            format!("{at} has {size} MB, more than the limit of {most} MB"),
        ));
    }
    fs::read(path).map_err(|e| Problem::file(path, &e))
}
