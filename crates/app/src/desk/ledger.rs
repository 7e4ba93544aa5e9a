//! The rectification ledger of the findings that a filter chooses.

use keqiao_access::Actor;
use keqiao_i18n::Lang;
use keqiao_proofread::ledger::{Ledger, LedgerRow, TITLE, docx, xlsx};
use keqiao_proofread::render::place;
use keqiao_store::desk::finding::{self, Finding, FindingFilter, FindingSort, FindingState};
use keqiao_store::desk::report::Report;

use super::list::within;
use super::show::FindingShown;
use crate::context::Ctx;
use crate::error::AppResult;

/// Lines of a spreadsheet; more would not be worked through by anybody.
const SHEET_ROWS_MAX: u64 = 100_000;
/// Lines of a document: about 500 pages.
const DOCUMENT_ROWS_MAX: u64 = 3_000;

keqiao_base::coded! {
    /// What kind of file.
    pub enum LedgerFormat {
        /// A spreadsheet to work in.
        Xlsx = "xlsx" => ("Excel 表格", "Spreadsheet"),
        /// A document to sign and file.
        Docx = "docx" => ("Word 文档", "Document"),
    }
}

/// A ledger ready to be sent.
#[derive(Clone, Debug)]
pub struct LedgerMade {
    /// A name for the file.
    pub name: String,
    /// Its media type.
    pub kind: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether there were more lines than the format takes.
    pub cut: bool,
}

/// Makes the ledger, exactly as filtered.
///
/// # Errors
/// A refusal when the actor may not use the desk.
pub async fn ledger(
    ctx: &Ctx,
    actor: &Actor,
    filter: &FindingFilter,
    chosen: String,
    format: LedgerFormat,
    lang: Lang,
) -> AppResult<LedgerMade> {
    let most = match format {
        LedgerFormat::Xlsx => SHEET_ROWS_MAX,
        LedgerFormat::Docx => DOCUMENT_ROWS_MAX,
    };
    let mut found = finding::all(ctx.db.read(), &within(actor, filter)?, FindingSort::Report, false, most + 1).await?;
    let cut = found.len() as u64 > most;
    found.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    let rows = found.into_iter().map(|(finding, report)| row(finding, &report, lang)).collect::<AppResult<_>>()?;
    let (year, month, day, ..) = ctx.now().china();
    let made = match lang {
        Lang::Zh => format!("{year}年{month}月{day}日"),
        Lang::En => format!("{year}-{month:02}-{day:02}"),
    };
    let ledger = Ledger { made, chosen, rows };
    let write = move || match format {
        LedgerFormat::Xlsx => xlsx(&ledger, lang),
        LedgerFormat::Docx => docx(&ledger, lang),
    };
    let bytes = tokio::task::spawn_blocking(write).await??;
    let kind = match format {
        LedgerFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        LedgerFormat::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    };
    Ok(LedgerMade { kind, name: format!("{}-{year}{month:02}{day:02}.{format}", TITLE.get(lang)), bytes, cut })
}

fn row(finding: Finding, report: &Report, lang: Lang) -> AppResult<LedgerRow> {
    let shown = FindingShown::new(finding)?;
    let (finding, noted) = (&shown.finding, &shown.noted);
    let at = noted.places.first().map(|p| place::words(&p.place, lang)).unwrap_or_default();
    Ok(LedgerRow {
        entity: report.entity.clone(),
        year: report.year.and_then(|y| u16::try_from(y).ok()),
        version: finding.last_version,
        place: at,
        problem: noted.message.get(lang).to_owned(),
        stated: noted.stated.clone().unwrap_or_default(),
        computed: noted.computed.clone().unwrap_or_default(),
        basis: format!("{} {}", noted.code, noted.basis()),
        advice: noted.advice.get(lang).to_owned(),
        responsible: finding.assignee.clone().unwrap_or_default(),
        state: finding.state.title().get(lang).to_owned(),
        done: done(finding, report, lang),
        found: day(finding.created_at),
        judged: finding.judged_at.map(day).unwrap_or_default(),
    })
}

/// What was done, or why nothing is to be done, and who said so.
fn done(finding: &Finding, report: &Report, lang: Lang) -> String {
    let gone = finding.state == FindingState::Fixed && finding.last_version < report.version;
    let seen = match (gone, lang) {
        (false, _) => String::new(),
        (true, Lang::Zh) => format!("第 {} 版中已不再出现。", finding.last_version + 1),
        (true, Lang::En) => format!("No longer found in version {}. ", finding.last_version + 1),
    };
    let judge = finding.judge.as_ref().map_or(String::new(), |j| match lang {
        Lang::Zh => format!("（{j}）"),
        Lang::En => format!(" ({j})"),
    });
    format!("{seen}{}{judge}", finding.reason.as_deref().unwrap_or_default())
}

/// The day in China.
fn day(at: keqiao_base::Moment) -> String {
    let (year, month, day, ..) = at.china();
    format!("{year}-{month:02}-{day:02}")
}
