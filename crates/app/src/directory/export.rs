//! Lists as files, exactly as filtered and sorted; and the templates for imports.

use keqiao_access::{Actor, may};
use keqiao_base::Refusal;
use keqiao_directory::Entry;
use keqiao_i18n::Lang;
use keqiao_sheet::export::{Csv, Xlsx};
use keqiao_sheet::template as blank;
use keqiao_store::directory::{EntryRow, entry};

use super::list::Asked;
use super::{Regions, masked, values};
use crate::context::Ctx;
use crate::error::{AppError, AppResult};
use crate::log;

/// Entries that are fetched at a time.
const PART: u64 = 1_000;
/// The most entries of one file; a spreadsheet holds as many.
const EXPORT_MAX: u64 = 200_000;

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A spreadsheet.
    Xlsx,
    /// A text table.
    Csv,
}

/// A file on its way out, in either form.
pub(crate) enum Out {
    Xlsx(Box<Xlsx>),
    Csv(Box<Csv<Vec<u8>>>),
}

impl Out {
    pub(crate) fn begin(format: Format, name: &str, heads: &[String]) -> AppResult<Out> {
        Ok(match format {
            Format::Xlsx => Out::Xlsx(Box::new(Xlsx::begin(name, heads).map_err(anyhow::Error::new)?)),
            Format::Csv => Out::Csv(Box::new(Csv::begin(Vec::new(), heads)?)),
        })
    }

    pub(crate) fn row(&mut self, cells: &[String]) -> AppResult<()> {
        match self {
            Out::Xlsx(out) => Ok(out.row(cells).map_err(anyhow::Error::new)?),
            Out::Csv(out) => Ok(out.row(cells)?),
        }
    }

    pub(crate) fn end(self) -> AppResult<Vec<u8>> {
        match self {
            Out::Xlsx(out) => Ok(out.end().map_err(anyhow::Error::new)?),
            Out::Csv(out) => Ok(out.end()?),
        }
    }
}

/// A list as a file. `clear`: with contacts in clear, of the regions where who asks may see them; that is in the log.
///
/// # Errors
/// A refusal when who asks may not export.
pub async fn export<T: Entry>(
    ctx: &Ctx,
    actor: &Actor,
    asked: &Asked,
    format: Format,
    lang: Lang,
    clear: bool,
) -> AppResult<Vec<u8>> {
    actor.must(if clear { may::export_contacts(actor) } else { may::export(actor) })?;
    let regions = if clear { may::contact_regions(actor) } else { may::directory_regions(actor) };
    let filter = asked.filter(T::KIND, regions)?;
    let (sort, order) = asked.order();
    let total = entry::count(ctx.db.read(), &filter).await?;
    if total > EXPORT_MAX {
        let (zh, en) = ("超过20万条，请先筛选再导出。", "More than 200,000 entries. Filter first.");
        return Err(Refusal::new(keqiao_base::Kind::TooLarge, "directory.export", zh, en).into());
    }
    if clear {
        let tx = ctx.begin().await?;
        let detail =
            serde_json::json!({ "list": T::KIND.code(), "entries": total, "filtered": *asked != Asked::default() });
        log::record(ctx, &tx, actor, "contacts.export", T::KIND.code(), detail).await?;
        ctx.commit(tx).await?;
    }
    let heads: Vec<String> = T::columns().iter().map(|c| c.title.get(lang).to_owned()).collect();
    let mut out = Out::begin(format, T::KIND.title().get(lang), &heads)?;
    let mut offset = 0;
    loop {
        let rows = entry::part(ctx.db.read(), &filter, sort, order.clone(), offset, PART).await?;
        offset += PART;
        let last = rows.len() < usize::try_from(PART).unwrap_or(usize::MAX) || offset >= EXPORT_MAX;
        out = tokio::task::spawn_blocking(move || write::<T>(out, &rows, lang, clear)).await??;
        if last {
            return tokio::task::spawn_blocking(move || out.end()).await?;
        }
    }
}

fn write<T: Entry>(mut out: Out, rows: &[EntryRow], lang: Lang, clear: bool) -> AppResult<Out> {
    for row in rows {
        let mut entry: T = values(row)?;
        if !clear {
            entry = masked(entry);
        }
        if entry.get("region").is_empty() {
            entry.set("region", row.region.code());
        }
        let show = |c: &keqiao_sheet::Column| c.value.show(entry.get(c.key), lang, &Regions(None));
        out.row(&T::columns().iter().map(show).collect::<Vec<_>>())?;
    }
    Ok(out)
}

/// The spreadsheet to fill in for an import.
///
/// # Errors
/// A refusal when who asks may not import.
pub async fn template<T: Entry>(actor: &Actor, lang: Lang) -> AppResult<Vec<u8>> {
    actor.must(may::import(actor))?;
    let made = tokio::task::spawn_blocking(move || blank::xlsx::<T>(lang)).await?;
    made.map_err(|e| AppError::Fault(e.into()))
}
