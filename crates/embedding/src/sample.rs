//! A tiny model with random weights, made for tests: as an `E5S1` file, and written out as a directory.

use std::path::Path;

use crate::import::import;

/// The pieces after the four marks. Two unlike characters never have the same best split.
const PIECES: &str = "▁ ▁花 花生 生 播 播种 种 机 播种机 烘干 烘 干 线 能耗 耗 高 ▁query ▁passage : ▁p 1 2 12 米 平 方 a b ab ▁ab , 。 ▁的";
pub(crate) const HIDDEN: usize = 32;
pub(crate) const POSITIONS: usize = 48;
const LAYERS: usize = 2;
const INNER: usize = 64;

/// Numbers that look random and are always the same.
struct Chance(u64);

impl Chance {
    fn byte(&mut self) -> u8 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 56) as u8
    }

    fn float(&mut self) -> f32 {
        f32::from(self.byte()) / 255.0 - 0.5
    }
}

/// The bytes of the file.
pub(crate) fn e5s1() -> Vec<u8> {
    parts().0
}

/// The bytes of the file, and where its tensors begin.
pub(crate) fn parts() -> (Vec<u8>, usize) {
    let mut chance = Chance(7);
    let pieces: Vec<&str> = ["<s>", "<pad>", "</s>", "<unk>"].into_iter().chain(PIECES.split(' ')).collect();
    let rows = pieces.len() + 3;
    let mut file = b"E5S1\x01\0\0\0".to_vec();
    let ints = |file: &mut Vec<u8>, n: &[usize]| n.iter().for_each(|n| file.extend((*n as i32).to_le_bytes()));
    ints(&mut file, &[HIDDEN, LAYERS, 4, INNER, rows, POSITIONS, 2]);
    file.extend(1e-12f32.to_le_bytes());
    ints(&mut file, &[32, pieces.len(), 0, 2, 1, 3]);
    file.extend((pieces.concat().len() as u64).to_le_bytes());
    let mut end = 0u32;
    file.extend(end.to_le_bytes());
    for piece in &pieces {
        end += piece.len() as u32;
        file.extend(end.to_le_bytes());
    }
    for (i, piece) in pieces.iter().enumerate() {
        let score = if i < 4 { 0.0 } else { -3.0 - (i as f32) * 0.137 - piece.chars().count() as f32 * 0.01 };
        file.extend(score.to_le_bytes());
    }
    file.extend(pieces.concat().bytes());
    let map =
        [('\t', " "), ('\u{3000}', " "), ('，', ","), ('：', ":"), ('１', "1"), ('㎡', "平方米"), ('\u{200b}', "")];
    let mut entries = Vec::new();
    for (from, to) in map {
        entries.extend((from as u32).to_le_bytes());
        entries.push(to.chars().count() as u8);
        entries.extend(to.chars().flat_map(|c| (c as u32).to_le_bytes()));
    }
    ints(&mut file, &[map.len(), entries.len()]);
    file.extend(entries);
    let tensors_from = tensors(&mut file, rows, &mut chance);
    (file, tensors_from)
}

fn tensors(file: &mut Vec<u8>, rows: usize, chance: &mut Chance) -> usize {
    let mut names = vec![
        ("emb.word".to_owned(), true, rows * HIDDEN),
        ("emb.pos".to_owned(), false, POSITIONS * HIDDEN),
        ("emb.type".to_owned(), false, 2 * HIDDEN),
        ("emb.ln.w".to_owned(), false, HIDDEN),
        ("emb.ln.b".to_owned(), false, HIDDEN),
    ];
    for i in 0..LAYERS {
        for (name, from, to) in [
            ("q", HIDDEN, HIDDEN),
            ("k", HIDDEN, HIDDEN),
            ("v", HIDDEN, HIDDEN),
            ("ao", HIDDEN, HIDDEN),
            ("fi", HIDDEN, INNER),
            ("fo", INNER, HIDDEN),
        ] {
            names.push((format!("l{i}.{name}.w"), true, from * to));
            names.push((format!("l{i}.{name}.b"), false, to));
        }
        for name in ["aln.w", "aln.b", "oln.w", "oln.b"] {
            names.push((format!("l{i}.{name}"), false, HIDDEN));
        }
    }
    let bytes = |packed: bool, n: usize| if packed { n / 32 * 18 } else { n * 4 };
    let mut at = file.len() + 4 + names.iter().map(|(name, ..)| 23 + name.len()).sum::<usize>();
    let tensors_from = at;
    file.extend((names.len() as i32).to_le_bytes());
    for (name, packed, n) in &names {
        file.extend((name.len() as u16).to_le_bytes());
        file.extend(name.bytes());
        file.push(u8::from(*packed));
        file.extend((*n as u32).to_le_bytes());
        file.extend((at as u64).to_le_bytes());
        file.extend((bytes(*packed, *n) as u64).to_le_bytes());
        at += bytes(*packed, *n);
    }
    for (_, packed, n) in &names {
        if *packed {
            for _ in 0..n / 32 {
                file.extend(half::f16::from_f32(0.02 + 0.02 * chance.float()).to_le_bytes());
                file.extend((0..16).map(|_| chance.byte()));
            }
        } else {
            (0..*n).for_each(|_| file.extend((0.5 + chance.float()).to_le_bytes()));
        }
    }
    tensors_from
}

/// The directory of the model, within `dir`.
pub(crate) fn model_dir(dir: &Path) -> std::path::PathBuf {
    std::fs::write(dir.join("tiny.bin"), e5s1()).unwrap();
    import(&dir.join("tiny.bin"), &dir.join("tiny")).unwrap();
    dir.join("tiny")
}
