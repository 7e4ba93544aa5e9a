//! A sheet as a file: one row for each demand, those without an expert too.

use keqiao_access::{Actor, RegionCode};
use keqiao_i18n::{Bilingual, Fixed, Lang};

use super::assignment;
use super::plan::{Left, Placed, km};
use crate::context::Ctx;
use crate::directory::{Format, Out};
use crate::error::AppResult;

const HEADS: [Fixed; 10] = [
    Fixed { zh: "需求", en: "Demand" },
    Fixed { zh: "需求方", en: "Owner" },
    Fixed { zh: "所在地区", en: "Region" },
    Fixed { zh: "专家", en: "Expert" },
    Fixed { zh: "所能", en: "Offer" },
    Fixed { zh: "匹配分（满分10000）", en: "Score of 10,000" },
    Fixed { zh: "路程（约，公里）", en: "Way, about, km" },
    Fixed { zh: "合适之处", en: "For" },
    Fixed { zh: "不合之处", en: "Against" },
    Fixed { zh: "未安排原因", en: "Why nobody" },
];

/// What a file of a sheet says last: it binds nobody.
const CAUTION: Fixed = Fixed {
    zh: "测算结果，未通知任何人，不构成安排",
    en: "A what-if: nobody was told, nothing is promised",
};

/// A sheet as a file: its name without ending, and its bytes.
///
/// # Errors
/// A refusal when there is none that the actor may see.
pub async fn export_plan(
    ctx: &Ctx,
    actor: &Actor,
    (at, number): (RegionCode, i32),
    format: Format,
    lang: Lang,
) -> AppResult<(String, Vec<u8>)> {
    let (row, plan) = assignment(ctx, actor, at, number).await?;
    let sheet = Fixed { zh: "测算", en: "What-if" };
    let heads: Vec<String> = HEADS.iter().map(|h| h.get(lang).to_owned()).collect();
    let work = move || {
        let mut out = Out::begin(format, sheet.get(lang), &heads)?;
        for placed in &plan.served {
            out.row(&cells_of(placed, lang))?;
        }
        for left in &plan.left {
            out.row(&left_of(left, lang))?;
        }
        let mut last: [String; 10] = Default::default();
        CAUTION.get(lang).clone_into(&mut last[0]);
        out.row(&last)?;
        out.end()
    };
    Ok((row.title, tokio::task::spawn_blocking(work).await??))
}

fn cells_of(placed: &Placed, lang: Lang) -> [String; 10] {
    let words = |all: &[Bilingual]| all.iter().map(|w| w.get(lang)).collect::<Vec<_>>().join("\n");
    [
        placed.title.clone(),
        placed.owner.clone(),
        placed.region.full_name(),
        placed.expert.clone(),
        placed.offer_title.clone(),
        placed.score.to_string(),
        km(placed.apart).to_string(),
        words(&placed.fitting),
        words(&placed.against),
        String::new(),
    ]
}

fn left_of(left: &Left, lang: Lang) -> [String; 10] {
    let names = left.experts.join("、");
    let why = left.why.title().get(lang).to_owned();
    let why = if names.is_empty() { why } else { format!("{why}：{names}") };
    let mut cells: [String; 10] = Default::default();
    (cells[0], cells[1], cells[2]) = (left.title.clone(), left.owner.clone(), left.region.full_name());
    cells[9] = why;
    cells
}
