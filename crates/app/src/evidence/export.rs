//! The list as a file, exactly as filtered and sorted.

use keqiao_access::{Actor, RegionCode, may};
use keqiao_base::{Kind, Refusal};
use keqiao_evidence::EvidenceRow;
use keqiao_i18n::{Fixed, Lang};
use keqiao_sheet::Record as _;
use keqiao_store::evidence::Record;
use keqiao_store::evidence::list::{self, EvidenceFilter, EvidenceSort};

use super::list::within;
use crate::context::Ctx;
use crate::directory::{Format, Out, Regions};
use crate::error::AppResult;

/// Records that are fetched at a time.
const PART: u64 = 1_000;
/// The most records of one file.
const EXPORT_MAX: u64 = 200_000;

/// Columns beside those of the row.
const BESIDE: [Fixed; 8] = [
    Fixed { zh: "登记科协", en: "Association" },
    Fixed { zh: "证明等级", en: "Rung" },
    Fixed { zh: "状态", en: "Standing" },
    Fixed { zh: "疑点", en: "Flags" },
    Fixed { zh: "文件数", en: "Files" },
    Fixed { zh: "登记人", en: "Recorded by" },
    Fixed { zh: "登记时间", en: "Recorded at" },
    Fixed { zh: "确认人", en: "Confirmed by" },
];

/// The list as a file.
///
/// # Errors
/// A refusal when the actor may not see evidence, or there is too much.
pub async fn export(
    ctx: &Ctx,
    actor: &Actor,
    filter: &EvidenceFilter,
    (sort, descending): (EvidenceSort, bool),
    format: Format,
    lang: Lang,
) -> AppResult<Vec<u8>> {
    actor.must(may::see_evidence(actor))?;
    let filter = within(actor, filter)?;
    if list::count(ctx.db.read(), &filter).await? > EXPORT_MAX {
        let (zh, en) = ("超过20万条，请先筛选再导出。", "More than 200,000 records. Filter first.");
        return Err(Refusal::new(Kind::TooLarge, "evidence.export", zh, en).into());
    }
    let columns = EvidenceRow::columns().iter().map(|c| c.title);
    let heads: Vec<String> = columns.chain(BESIDE).map(|t| t.get(lang).to_owned()).collect();
    let mut out = Out::begin(format, EvidenceRow::TITLE.get(lang), &heads)?;
    let mut offset = 0;
    loop {
        let rows = list::part(ctx.db.read(), &filter, sort, descending, offset, PART).await?;
        offset += PART;
        let last = rows.len() < usize::try_from(PART).unwrap_or(usize::MAX) || offset >= EXPORT_MAX;
        out = tokio::task::spawn_blocking(move || write(out, &rows, lang)).await??;
        if last {
            return tokio::task::spawn_blocking(move || out.end()).await?;
        }
    }
}

fn write(mut out: Out, records: &[Record], lang: Lang) -> AppResult<Out> {
    for record in records {
        let row = record.stated(&[]).row();
        let shown = EvidenceRow::columns().iter().map(|c| c.value.show(row.get(c.key), lang, &Regions(None)));
        let standing = match (record.voided, record.rung) {
            (true, _) => list::Standing::Voided,
            (false, 0) => list::Standing::Open,
            (false, _) => list::Standing::Confirmed,
        };
        let beside = [
            RegionCode::full_name(record.region),
            record.rung().title().get(lang).to_owned(),
            standing.title().get(lang).to_owned(),
            record.flag_count.to_string(),
            record.file_count.to_string(),
            record.recorder.clone(),
            record.recorded_at.minute(),
            record.confirmer.clone().unwrap_or_default(),
        ];
        out.row(&shown.chain(beside).collect::<Vec<_>>())?;
    }
    Ok(out)
}
