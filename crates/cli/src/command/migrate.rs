//! `keqiao migrate`: brings the tables up to date without starting the server.

use std::process::ExitCode;

use keqiao_i18n::{Fixed, Lang};
use keqiao_store::Db;

use crate::refusal::Refusal;
use crate::running::{block_on, unopened};
use crate::told::PlaceArgs;

/// Runs the command.
pub(crate) fn run(place: &PlaceArgs, lang: Lang) -> Result<ExitCode, Refusal> {
    let settings = place.settings()?;
    block_on(async {
        let db = Db::open(&settings.database).await.map_err(unopened)?;
        db.migrate().await.map_err(unopened)?;
        let word = Fixed { zh: "数据库已是最新", en: "the database is up to date" };
        let (number, name) = db.migrations().pop().unwrap_or_default();
        println!("{}: {number:04} {name}", word.get(lang));
        Ok(ExitCode::SUCCESS)
    })
}
