//! The rows of an import that somebody should look at, what is to be done with them, and the rows at fault as a file to correct.

use keqiao_access::{Actor, may};
use keqiao_base::{ImportId, Refusal};
use keqiao_directory::{ListKind, Organisation, Person};
use keqiao_i18n::Lang;
use keqiao_sheet::check::Note;
use keqiao_sheet::export::Xlsx;
use keqiao_sheet::{Record, Sheet};
use keqiao_store::directory::{ImportState, history, import};
use keqiao_store::{Page, PageRequest};

use super::{Counterpart, FileColumns, load, mine, past_that};
use crate::context::Ctx;
use crate::directory::Named;
use crate::error::AppResult;
use crate::files::FileHash;

/// One row to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// The number that the spreadsheet gives it.
    pub number: i32,
    /// The name in it.
    pub name: String,
    /// What is wrong.
    pub notes: Vec<Note>,
    /// What it may repeat.
    pub counterparts: Vec<Counterpart>,
    /// What is to be done: `new`, `skip`, `merge`.
    pub choice: String,
}

impl Looked {
    /// Whether there is an entry that it can be merged with.
    pub fn may_merge(&self) -> bool {
        self.counterparts.iter().any(|c| c.entry.is_some())
    }
}

/// Which rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// Those that cannot be imported.
    Faults,
    /// Those that may stand there already.
    Repeats,
}

/// A page of rows to look at.
///
/// # Errors
/// A refusal when there is no such import that who asks may see.
pub async fn rows(
    ctx: &Ctx,
    actor: &Actor,
    id: ImportId,
    which: Report,
    request: PageRequest,
) -> AppResult<Page<Looked>> {
    load(ctx, actor, id).await?;
    let page = import::rows_page(ctx.db.read(), id, which == Report::Faults, request).await?;
    let mut rows = Vec::with_capacity(page.rows.len());
    for row in page.rows {
        rows.push(Looked {
            number: row.number,
            name: row.name,
            notes: serde_json::from_str(&row.notes)?,
            counterparts: serde_json::from_str(&row.counterparts)?,
            choice: row.choice,
        });
    }
    Ok(Page { rows, total: page.total, request: page.request })
}

/// Says what is to be done with rows that may stand there already: with these, or with all.
///
/// # Errors
/// A refusal when the import is past that, or the choice is none.
pub async fn choose(ctx: &Ctx, actor: &Actor, id: ImportId, numbers: Option<&[i32]>, choice: &str) -> AppResult<()> {
    let import = mine(ctx, actor, id).await?;
    if import.state != ImportState::Preview {
        return Err(past_that());
    }
    if !matches!(choice, "new" | "skip" | "merge") {
        let (zh, en) = ("请选择合并、跳过或新建。", "Choose merge, skip or new.");
        return Err(Refusal::field("import.choice", "choice", zh, en).into());
    }
    let tx = ctx.begin().await?;
    import::choose(&tx, id, numbers, choice).await?;
    ctx.commit(tx).await
}

/// The entries that undoing left as they are.
///
/// # Errors
/// A refusal when there is no such import that who asks may see.
pub async fn kept(ctx: &Ctx, actor: &Actor, id: ImportId) -> AppResult<Vec<Named>> {
    load(ctx, actor, id).await?;
    let rows = history::kept(ctx.db.read(), id).await?;
    Ok(rows.iter().filter(|r| may::see_entry(actor, r.region)).map(Named::from).collect())
}

/// The rows at fault as a spreadsheet: as they were sent, with a last column that says what is wrong. Corrected, it can be imported.
///
/// # Errors
/// A refusal when who asks may not carry on with the import.
pub async fn faults_file(ctx: &Ctx, actor: &Actor, id: ImportId, lang: Lang) -> AppResult<Vec<u8>> {
    let import = mine(ctx, actor, id).await?;
    let faults: Vec<_> = import::all_rows(ctx.db.read(), id).await?.into_iter().filter(|r| r.at_fault).collect();
    let hash: FileHash = import.file.parse()?;
    let bytes = ctx.files.read(&hash).await?;
    let columns: FileColumns = serde_json::from_str(&import.columns)?;
    let make = move || -> AppResult<Vec<u8>> {
        let sheet = Sheet::read(&import.file_name, &bytes)?;
        let mut heads: Vec<String> =
            columns.columns.iter().map(|c| title(import.list, &c.key, lang).unwrap_or(&c.title).to_owned()).collect();
        heads.push(
            match lang {
                Lang::Zh => "问题（改好后可删去此列）",
                Lang::En => "What is wrong",
            }
            .to_owned(),
        );
        let mut out = Xlsx::begin(import.list.title().get(lang), &heads).map_err(anyhow::Error::new)?;
        for row in faults {
            let index = usize::try_from(row.number).unwrap_or(1).saturating_sub(1);
            let mut cells: Vec<String> = (0..columns.columns.len()).map(|c| sheet.cell(index, c).to_owned()).collect();
            let notes: Vec<Note> = serde_json::from_str(&row.notes)?;
            cells.push(
                notes
                    .iter()
                    .map(|n| format!("{}: {}", n.title.get(lang), n.message.get(lang)))
                    .collect::<Vec<_>>()
                    .join(" "),
            );
            out.row(&cells).map_err(anyhow::Error::new)?;
        }
        Ok(out.end().map_err(anyhow::Error::new)?)
    };
    tokio::task::spawn_blocking(make).await?
}

fn title(list: ListKind, key: &str, lang: Lang) -> Option<&'static str> {
    let column = match list {
        ListKind::People => Person::column(key),
        ListKind::Organisations => Organisation::column(key),
    };
    column.map(|c| c.title.get(lang))
}
