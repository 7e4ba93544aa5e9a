//! The `tokenizer.json` of an imported model: its pieces as a unigram model, its map as the normaliser.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::charsmap::precompiled;
use super::e5s1::Source;
use crate::problem::Problem;

/// The mark of a space within pieces.
const SPACE: char = '▁';

/// The file, as the crate tokenizers reads it: map characters, one space for several, one mark for each space and before the text,
/// pieces with the best sum of scores, marks of beginning and end.
pub(super) fn json(source: &Source) -> Result<Vec<u8>, Problem> {
    let marks = &source.marks;
    let content = |id: usize| source.pieces[id].0;
    let mut ids = [marks.begin, marks.pad, marks.end, marks.unknown];
    ids.sort_unstable();
    let added: Vec<Value> = ids
        .iter()
        .map(|id| {
            json!({"id": id, "content": content(*id), "single_word": false, "lstrip": false, "rstrip": false,
                "normalized": false, "special": true})
        })
        .collect();
    let special = |id: usize| json!({"SpecialToken": {"id": content(id), "type_id": 0}});
    let text = |name: &str| json!({"Sequence": {"id": name, "type_id": 0}});
    let meaning = |id: usize| json!({"id": content(id), "ids": [id], "tokens": [content(id)]});
    // Where no piece goes on past a space, words can be looked up one by one, which is faster and gives the same.
    let split = !source.pieces.iter().any(|(piece, _)| piece.chars().skip(1).any(|c| c == SPACE));
    let spaces = json!({"type": "Metaspace", "replacement": SPACE, "prepend_scheme": "always", "split": split});
    let vocabulary: Vec<(&str, f64)> = source.pieces.iter().map(|(piece, score)| (*piece, f64::from(*score))).collect();
    let file = json!({
        "version": "1.0",
        "truncation": null,
        "padding": null,
        "added_tokens": added,
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "Precompiled", "precompiled_charsmap": BASE64_STANDARD.encode(precompiled(&source.map))},
            {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
        ]},
        "pre_tokenizer": spaces,
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [special(marks.begin), text("A"), special(marks.end)],
            "pair": [special(marks.begin), text("A"), special(marks.end), text("B"), special(marks.end)],
            "special_tokens": {content(marks.begin): meaning(marks.begin), content(marks.end): meaning(marks.end)},
        },
        "decoder": spaces,
        "model": {"type": "Unigram", "unk_id": marks.unknown, "vocab": vocabulary, "byte_fallback": false},
    });
    serde_json::to_vec(&file).map_err(|e| Problem::damaged("tokenizer.json", e))
}
