//! The order that was learnt from judgements: `DATA/ranking.toml`, which `keqiao match train` writes when the learnt order wins. It is read
//! whenever the index is built; take the file away, and the weights that came with the program hold again.

use std::path::{Path, PathBuf};

use keqiao_base::{Kind, Refusal};
use keqiao_search::learn::Learnt;
use keqiao_search::rank::weights::Weights;

/// The most bytes of the file that are read.
const BYTES_MAX: u64 = 1 << 20;

/// Where it lies.
pub(in crate::exchange) fn path(data: &Path) -> PathBuf {
    data.join("ranking.toml")
}

/// Weights with where they come from, out of a file.
///
/// # Errors
/// A refusal that says what is wrong with it.
pub fn read(path: &Path) -> Result<Learnt, Refusal> {
    let refused = |zh: &str, en: &str| {
        let shown = path.display();
        let zh = format!("{shown} 不是可用的权重文件：{}", zh.trim_end());
        Refusal::new(
            Kind::Invalid,
            "ranking.file",
            zh,
            format!("{shown} is no usable file of weights: {}", en.trim_end()),
        )
    };
    let unread = |e: &dyn std::fmt::Display| refused(&e.to_string(), &e.to_string());
    if std::fs::metadata(path).map_err(|e| unread(&e))?.len() > BYTES_MAX {
        return Err(refused("文件过大", "the file is too large"));
    }
    let text = std::fs::read_to_string(path).map_err(|e| unread(&e))?;
    let learnt: Learnt = toml::from_str(&text).map_err(|e| unread(&e))?;
    if learnt.weights.is_sound() {
        return Ok(learnt);
    }
    Err(refused("有的权重不是数或过大", "weights that are no numbers or too large"))
}

/// The weights of the file, where there is a sound one; and whether there is.
pub(super) fn weights(data: &Path) -> (Weights, bool) {
    let path = path(data);
    if !path.exists() {
        return (Weights::default(), false);
    }
    match read(&path) {
        Ok(learnt) => (learnt.weights, true),
        Err(refusal) => {
            tracing::error!(error = %refusal.message.en, "the learnt ranking is left aside");
            (Weights::default(), false)
        }
    }
}
