//! The format `E5S1`, little-endian: a header with the shape, the pieces of the tokenizer with their scores, a map that normalises
//! characters, a directory of tensors, the tensors. Matrices are in blocks of 32 weights of four bits with one scale. Nothing in the
//! file is believed: every count and every place is checked against what is there.

use std::collections::HashMap;

use half::f16;

use crate::problem::Problem;
use crate::settings::Shape;

/// Weights of a block, its bytes, and the value that stands for zero.
const BLOCK: usize = 32;
const BLOCK_BYTES: usize = 18;
const MAP_ENTRIES_MAX: usize = 20_000;
const TENSORS_MAX: usize = 4096;

/// A file, taken apart. Texts and tensors still lie in its bytes.
pub(super) struct Source<'a> {
    pub(super) shape: Shape,
    /// The pieces with their scores, by number.
    pub(super) pieces: Vec<Piece<'a>>,
    pub(super) marks: Marks,
    /// What becomes of a character before pieces are looked for.
    pub(super) map: Vec<(char, String)>,
    tensors: HashMap<&'a str, Stored<'a>>,
}

/// A piece and its score.
pub(super) type Piece<'a> = (&'a str, f32);

/// The numbers of the pieces with a meaning of their own.
pub(super) struct Marks {
    pub(super) begin: usize,
    pub(super) end: usize,
    pub(super) pad: usize,
    pub(super) unknown: usize,
}

struct Stored<'a> {
    packed: bool,
    count: usize,
    bytes: &'a [u8],
}

/// The numbers of a tensor: as stored, or unpacked.
pub(super) enum Values {
    /// Biases, norms and positions.
    Full(Vec<f32>),
    /// Unpacked four-bit matrices: half floats hold them to a 2048th.
    Half(Vec<f16>),
}

impl<'a> Source<'a> {
    /// Takes a file apart.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Source<'a>, Problem> {
        let mut cursor = Cursor { bytes, at: 0 };
        if cursor.take(4)? != b"E5S1" || cursor.u32()? != 1 {
            return Err(Problem::new("不是第 1 版 E5S1 文件。", "not an E5S1 file of version 1"));
        }
        let shape = shape(&mut cursor)?;
        let (pieces, marks) = pieces(&mut cursor)?;
        if pieces.len() > shape.vocab_size {
            return Err(damaged("pieces"));
        }
        let map = map(&mut cursor)?;
        let tensors = directory(&mut cursor)?;
        Ok(Source { shape, pieces, marks, map, tensors })
    }

    /// A tensor of so many numbers.
    pub(super) fn tensor(&self, name: &str, count: usize) -> Result<Values, Problem> {
        let stored = self.tensors.get(name).filter(|t| t.count == count).ok_or_else(|| damaged(name))?;
        if !stored.packed {
            let values: Vec<f32> = stored.bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect();
            return if values.iter().all(|v| v.is_finite()) { Ok(Values::Full(values)) } else { Err(damaged(name)) };
        }
        let mut values = Vec::with_capacity(count);
        for block in stored.bytes.as_chunks::<BLOCK_BYTES>().0 {
            let scale = f16::from_le_bytes([block[0], block[1]]).to_f32();
            let weight = |nibble: u8| f16::from_f32((f32::from(nibble) - 8.0) * scale);
            values.extend(block[2..].iter().map(|b| weight(b & 15)));
            values.extend(block[2..].iter().map(|b| weight(b >> 4)));
        }
        if values.iter().all(|v| v.is_finite()) { Ok(Values::Half(values)) } else { Err(damaged(name)) }
    }
}

fn shape(cursor: &mut Cursor) -> Result<Shape, Problem> {
    let [hidden, layers, heads, inner, vocabulary, positions, kinds] =
        [(); 7].map(|()| cursor.count("shape")).into_iter().collect::<Result<Vec<_>, _>>()?[..]
    else {
        return Err(damaged("shape"));
    };
    let epsilon = cursor.f32()?;
    if cursor.count("block")? != BLOCK {
        return Err(damaged("block"));
    }
    Ok(Shape {
        model_type: "bert".to_owned(),
        hidden_size: hidden,
        num_hidden_layers: layers,
        num_attention_heads: heads,
        intermediate_size: inner,
        vocab_size: vocabulary,
        max_position_embeddings: positions,
        type_vocab_size: kinds,
        layer_norm_eps: f64::from(epsilon),
        hidden_act: "gelu".to_owned(),
        pad_token_id: 0,
    })
}

fn pieces<'a>(cursor: &mut Cursor<'a>) -> Result<(Vec<Piece<'a>>, Marks), Problem> {
    let n = cursor.count("pieces")?;
    let marks = Marks {
        begin: cursor.count("bos")?,
        end: cursor.count("eos")?,
        pad: cursor.count("pad")?,
        unknown: cursor.count("unk")?,
    };
    let text_bytes = usize::try_from(cursor.u64()?).map_err(|_| damaged("pieces"))?;
    let ends = cursor.many::<4>(n.checked_add(1).ok_or_else(|| damaged("pieces"))?)?;
    let scores = cursor.many::<4>(n)?;
    let text = cursor.take(text_bytes)?;
    let mut pieces = Vec::with_capacity(n);
    for (pair, score) in ends.windows(2).zip(scores) {
        let [from, to] = [pair[0], pair[1]].map(|b| u32::from_le_bytes(b) as usize);
        let piece = text.get(from..to).and_then(|b| str::from_utf8(b).ok()).filter(|p| !p.is_empty());
        let score = Some(f32::from_le_bytes(*score)).filter(|s| s.is_finite());
        pieces.push(piece.zip(score).ok_or_else(|| damaged("pieces"))?);
    }
    if [marks.begin, marks.end, marks.pad, marks.unknown].iter().any(|mark| *mark >= n) {
        return Err(damaged("bos, eos, pad, unk"));
    }
    Ok((pieces, marks))
}

fn map(cursor: &mut Cursor) -> Result<Vec<(char, String)>, Problem> {
    let n = cursor.count("map")?;
    let size = cursor.count("map")?;
    let mut entries = Cursor { bytes: cursor.take(size)?, at: 0 };
    if n > MAP_ENTRIES_MAX {
        return Err(damaged("map"));
    }
    let mut map = Vec::with_capacity(n);
    for _ in 0..n {
        let from = entries.character()?;
        let length = entries.take(1)?[0];
        let to = (0..length).map(|_| entries.character()).collect::<Result<String, _>>()?;
        map.push((from, to));
    }
    Ok(map)
}

fn directory<'a>(cursor: &mut Cursor<'a>) -> Result<HashMap<&'a str, Stored<'a>>, Problem> {
    let n = cursor.count("tensors")?;
    if n > TENSORS_MAX {
        return Err(damaged("tensors"));
    }
    let mut tensors = HashMap::with_capacity(n);
    for _ in 0..n {
        let length = u16::from_le_bytes(cursor.array()?);
        let name = str::from_utf8(cursor.take(usize::from(length))?).map_err(|_| damaged("tensors"))?;
        let kind = cursor.take(1)?[0];
        let count = cursor.u32()? as usize;
        let (from, size) = (cursor.u64()?, cursor.u64()?);
        let range = usize::try_from(from).ok().zip(usize::try_from(size).ok());
        let bytes = range
            .and_then(|(from, size)| cursor.bytes.get(from..from.checked_add(size)?))
            .ok_or_else(|| damaged(name))?;
        let expected = match kind {
            0 => count.checked_mul(4),
            1 if count.is_multiple_of(BLOCK) => (count / BLOCK).checked_mul(BLOCK_BYTES),
            _ => None,
        };
        if expected != Some(bytes.len()) {
            return Err(damaged(name));
        }
        tensors.insert(name, Stored { packed: kind == 1, count, bytes });
    }
    Ok(tensors)
}

/// What is missing or contradicts itself.
fn damaged(what: &str) -> Problem {
    Problem::new(
        format!("模型文件不完整或已损坏（{what}）。请重新下载。"),
        format!("the model's file is cut off or damaged ({what}); download it again"),
    )
}

/// Reads on from a place, and never beyond the end.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], Problem> {
        let end = self.at.checked_add(n);
        let taken = end.and_then(|end| self.bytes.get(self.at..end)).ok_or_else(|| damaged("length"))?;
        self.at += n;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Problem> {
        self.take(N)?.try_into().map_err(|_| damaged("length"))
    }

    fn many<const N: usize>(&mut self, n: usize) -> Result<&'a [[u8; N]], Problem> {
        Ok(self.take(n.checked_mul(N).ok_or_else(|| damaged("length"))?)?.as_chunks::<N>().0)
    }

    fn u32(&mut self) -> Result<u32, Problem> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn u64(&mut self) -> Result<u64, Problem> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    fn f32(&mut self) -> Result<f32, Problem> {
        Ok(f32::from_le_bytes(self.array()?))
    }

    /// A signed number that counts something, so not below zero.
    fn count(&mut self, what: &str) -> Result<usize, Problem> {
        usize::try_from(i32::from_le_bytes(self.array()?)).map_err(|_| damaged(what))
    }

    fn character(&mut self) -> Result<char, Problem> {
        char::from_u32(self.u32()?).filter(|c| *c != '\0').ok_or_else(|| damaged("map"))
    }
}
