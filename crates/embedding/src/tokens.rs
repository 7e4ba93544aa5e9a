//! A text becomes the numbers of its pieces, by the model's own `tokenizer.json`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokenizers::{Tokenizer, TruncationParams};

use crate::problem::Problem;

/// No piece has more characters; what lies beyond is cut off before any work is done on it.
const PIECE_CHARS_MAX: usize = 32;

/// The tokenizer of a model.
pub(crate) struct Tokens {
    tokenizer: Tokenizer,
    tokens_max: usize,
    rows: usize,
}

impl Tokens {
    /// Reads `tokenizer.json`; a text has at most `tokens_max` tokens, and no number reaches `rows`.
    pub(crate) fn read(json: &[u8], tokens_max: usize, rows: usize) -> Result<Tokens, Problem> {
        let mut tokenizer = guarded(|| Tokenizer::from_bytes(json))?;
        tokenizer.with_padding(None);
        tokenizer.set_encode_special_tokens(true);
        let cut = TruncationParams { max_length: tokens_max, ..TruncationParams::default() };
        guarded(|| tokenizer.with_truncation(Some(cut)).map(|_| ()))?;
        Ok(Tokens { tokenizer, tokens_max, rows })
    }

    /// The numbers of a text's pieces, with the marks of beginning and end.
    pub(crate) fn of(&self, prefix: &str, text: &str) -> Result<Vec<u32>, Problem> {
        let text = text.trim();
        let end = text.char_indices().nth(self.tokens_max * PIECE_CHARS_MAX).map_or(text.len(), |(at, _)| at);
        let encoding = guarded(|| self.tokenizer.encode_fast(format!("{prefix}{}", &text[..end]), true))?;
        let ids = encoding.get_ids();
        if ids.is_empty() || ids.iter().any(|id| *id as usize >= self.rows) {
            return Err(Problem::new(
                "tokenizer.json 与模型不配套：词元编号超出词表。请重新导入或下载同一模型的全部文件。",
                "tokenizer.json does not belong to this model: a token has no row; get all files of one model",
            ));
        }
        Ok(ids.to_vec())
    }
}

/// The library panics on some damaged tables; that is a problem of the file.
fn guarded<T>(work: impl FnOnce() -> tokenizers::Result<T>) -> Result<T, Problem> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done.map_err(|e| Problem::damaged("tokenizer.json", e)),
        Err(_) => Err(Problem::damaged("tokenizer.json", "its tables point nowhere")),
    }
}
