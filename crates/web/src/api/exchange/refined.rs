//! A note and the demand that it becomes, as programs see them.

use std::collections::BTreeMap;

use keqiao_base::Refusal;
use keqiao_exchange::classify::{Field, suggest};
use keqiao_exchange::listing::Content;
use keqiao_exchange::refine::Parts;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Characters of a note.
const CHARS_MAX: usize = 3_000;

/// 一段话 · A note.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NoteJson {
    /// 一句话、电话记录或走访记录，最多3000字 · At most 3,000 characters.
    #[schema(max_length = 3000)]
    note: String,
}

impl NoteJson {
    /// The note.
    ///
    /// # Errors
    /// When it is empty or too long.
    pub(super) fn note(self) -> Result<String, Refusal> {
        let (zh, en) = ("请写1至3000字。", "One to 3,000 characters.");
        let fits = (1..=CHARS_MAX).contains(&self.note.trim().chars().count());
        if fits { Ok(self.note) } else { Err(Refusal::field("note", "note", zh, en)) }
    }
}

/// 整理出的需求 · A note as a demand.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RefinedJson {
    /// 各栏 · Fields as in the form.
    values: BTreeMap<String, String>,
    /// 建议的学科、行业、技术领域代码 · Suggested codes: discipline, industry, technology.
    suggested: BTreeMap<&'static str, &'static str>,
}

impl RefinedJson {
    pub(super) fn of(parts: &Parts) -> RefinedJson {
        let fields =
            [("discipline", Field::Discipline), ("industry", Field::Industry), ("technology", Field::Technology)];
        let class = |field| suggest(field, &parts.problem, &parts.situation);
        RefinedJson {
            values: Content::cells_of(parts).0.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
            suggested: fields.into_iter().filter_map(|(name, field)| Some((name, class(field)?.code))).collect(),
        }
    }
}
