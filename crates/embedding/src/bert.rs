//! The network: BERT and RoBERTa encoders with absolute positions. The tokens of several texts go through side by side, one row each,
//! without padding; only attention looks at other rows, and only at those of the same text. So a text's vector does not depend on
//! what else is asked for, and nothing is computed in vain.

use candle_core::safetensors::BufferedSafetensors;
use candle_core::{D, DType, Device, Result, Tensor, bail};

use crate::kernels::{AddBias, AddNorm, GeluBias, Norm, Softmax};
use crate::settings::{Pooling, Shape};

/// An encoder, ready to run.
pub(crate) struct Bert {
    words: Tensor,
    positions: Tensor,
    norm: Norm,
    layers: Vec<Layer>,
    shape: Shape,
}

/// One layer. Matrices are seen as [in, out], though they lie as in the file.
struct Layer {
    qkv: Tensor,
    qkv_bias: AddBias,
    out: Tensor,
    out_norm: AddNorm,
    up: Tensor,
    up_gelu: GeluBias,
    down: Tensor,
    down_norm: AddNorm,
}

impl Bert {
    /// Takes the weights out of a safetensors file by their usual names, with or without `bert.` or `roberta.` before them.
    pub(crate) fn new(file: &BufferedSafetensors, shape: Shape) -> Result<Bert> {
        let weights = Weights { file, prefix: prefix(file)? };
        let (h, ff) = (shape.hidden_size, shape.intermediate_size);
        let kinds = weights.floats("embeddings.token_type_embeddings.weight", &[shape.type_vocab_size, h])?.get(0)?;
        let positions = weights.floats("embeddings.position_embeddings.weight", &[shape.max_position_embeddings, h])?;
        let norm = |name: &str| -> Result<Norm> {
            Ok(Norm {
                weight: weights.row(&format!("{name}.weight"), h)?,
                bias: weights.row(&format!("{name}.bias"), h)?,
                epsilon: shape.layer_norm_eps as f32,
            })
        };
        let layer = |i: usize| -> Result<Layer> {
            let at = |name: &str| format!("encoder.layer.{i}.{name}");
            let parts = ["query", "key", "value"].map(|part| at(&format!("attention.self.{part}")));
            let mut matrices = Vec::new();
            let mut qkv_bias = Vec::new();
            for part in &parts {
                matrices.push(weights.floats(&format!("{part}.weight"), &[h, h])?);
                qkv_bias.extend(weights.row(&format!("{part}.bias"), h)?);
            }
            let add_norm = |dense: &str, over: &str| -> Result<AddNorm> {
                Ok(AddNorm { bias: weights.row(&at(&format!("{dense}.bias")), h)?, norm: norm(&at(over))? })
            };
            Ok(Layer {
                qkv: Tensor::cat(&matrices, 0)?.t()?,
                qkv_bias: AddBias(qkv_bias),
                out: weights.matrix(&at("attention.output.dense.weight"), h, h)?,
                out_norm: add_norm("attention.output.dense", "attention.output.LayerNorm")?,
                up: weights.matrix(&at("intermediate.dense.weight"), h, ff)?,
                up_gelu: GeluBias(weights.row(&at("intermediate.dense.bias"), ff)?),
                down: weights.matrix(&at("output.dense.weight"), ff, h)?,
                down_norm: add_norm("output.dense", "output.LayerNorm")?,
            })
        };
        Ok(Bert {
            words: weights.tensor("embeddings.word_embeddings.weight", &[shape.vocab_size, h])?,
            positions: positions.broadcast_add(&kinds)?,
            norm: norm("embeddings.LayerNorm")?,
            layers: (0..shape.num_hidden_layers).map(layer).collect::<Result<_>>()?,
            shape,
        })
    }

    /// One row of `hidden_size` floats for each text, pooled and not yet scaled. Every text has a token and a position for each.
    pub(crate) fn forward(&self, texts: &[&[u32]], pooling: Pooling) -> Result<Vec<Vec<f32>>> {
        let first = self.shape.first_position() as u32;
        let ids: Vec<u32> = texts.concat();
        let places: Vec<u32> = texts.iter().flat_map(|t| first..first + t.len() as u32).collect();
        let words = self.words.index_select(&Tensor::new(ids, &Device::Cpu)?, 0)?.to_dtype(DType::F32)?;
        let x = (words + self.positions.index_select(&Tensor::new(places, &Device::Cpu)?, 0)?)?;
        x.inplace_op1(&self.norm)?;
        for layer in &self.layers {
            let qkv = x.matmul(&layer.qkv)?;
            qkv.inplace_op1(&layer.qkv_bias)?;
            let seen = self.attention(&qkv, texts)?.matmul(&layer.out)?;
            x.inplace_op2(&seen, &layer.out_norm)?;
            let up = x.matmul(&layer.up)?;
            up.inplace_op1(&layer.up_gelu)?;
            x.inplace_op2(&up.matmul(&layer.down)?, &layer.down_norm)?;
        }
        let mut start = 0;
        let pooled = texts.iter().map(|text| {
            let rows = x.narrow(0, start, text.len())?;
            start += text.len();
            match pooling {
                Pooling::Mean => rows.mean(0)?.to_vec1(),
                Pooling::Cls => rows.get(0)?.to_vec1(),
            }
        });
        pooled.collect()
    }

    fn attention(&self, qkv: &Tensor, texts: &[&[u32]]) -> Result<Tensor> {
        let (h, heads) = (self.shape.hidden_size, self.shape.num_attention_heads);
        let width = h / heads;
        let mut seen = Vec::with_capacity(texts.len());
        let mut start = 0;
        for text in texts {
            let n = text.len();
            let part = |i: usize| {
                qkv.narrow(0, start, n)?.narrow(1, i * h, h)?.reshape((n, heads, width))?.transpose(0, 1)?.contiguous()
            };
            let (q, k, v) = (part(0)?, part(1)?, part(2)?);
            let shares = q.matmul(&k.transpose(D::Minus1, D::Minus2)?)?;
            shares.inplace_op1(&Softmax { width: n, scale: 1.0 / (width as f32).sqrt() })?;
            seen.push(shares.matmul(&v)?.transpose(0, 1)?.reshape((n, h))?);
            start += n;
        }
        if seen.len() == 1 { seen[0].contiguous() } else { Tensor::cat(&seen, 0) }
    }
}

/// The tensors of a file, by name, with their expected shapes.
struct Weights<'a> {
    file: &'a BufferedSafetensors,
    prefix: &'static str,
}

fn prefix(file: &BufferedSafetensors) -> Result<&'static str> {
    for prefix in ["", "bert.", "roberta.", "model."] {
        if file.get(&format!("{prefix}embeddings.word_embeddings.weight")).is_ok() {
            return Ok(prefix);
        }
    }
    bail!("embeddings.word_embeddings.weight")
}

impl Weights<'_> {
    /// As it lies in the file: F32, F16 or BF16.
    fn tensor(&self, name: &str, dims: &[usize]) -> Result<Tensor> {
        let tensor = self.file.load(&format!("{}{name}", self.prefix), &Device::Cpu)?;
        if tensor.dims() != dims || !matches!(tensor.dtype(), DType::F32 | DType::F16 | DType::BF16) {
            bail!("{name}: {:?} {:?}, expected {dims:?}", tensor.dtype(), tensor.dims());
        }
        Ok(tensor)
    }

    fn floats(&self, name: &str, dims: &[usize]) -> Result<Tensor> {
        self.tensor(name, dims)?.to_dtype(DType::F32)
    }

    fn row(&self, name: &str, n: usize) -> Result<Vec<f32>> {
        self.floats(name, &[n])?.to_vec1()
    }

    /// A matrix that the file keeps as [out, in].
    fn matrix(&self, name: &str, from: usize, to: usize) -> Result<Tensor> {
        self.floats(name, &[to, from])?.t()
    }
}
