//! Fills a data folder for measuring: `cargo run --release -p keqiao-demo --example load -- DIR [PEOPLE] [REPORTS]`. Then
//! `keqiao serve --demo --data DIR`, sign in, and `mixed.lua` beside this file with wrk.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use keqiao_app::settings::{ServeSettings, Told};
use keqiao_app::{AppResult, Ctx};
use keqiao_base::{SystemClock, SystemEntropy};
use keqiao_store::Db;

#[tokio::main]
async fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let Some(data) = args.next() else {
        eprintln!("load DIR [PEOPLE] [REPORTS]");
        return ExitCode::from(2);
    };
    let people = args.next().and_then(|n| n.parse().ok()).unwrap_or(50_000);
    let reports = args.next().and_then(|n| n.parse().ok()).unwrap_or(500);
    match load(data.into(), people, reports).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn load(data: PathBuf, people: usize, reports: usize) -> AppResult<()> {
    let settings = ServeSettings::new(Told { data: Some(data), ..Told::default() }, true)?;
    let db = Db::open(&settings.database).await.map_err(anyhow::Error::new)?;
    db.migrate().await.map_err(anyhow::Error::new)?;
    let ctx = Ctx::new(db, Arc::new(SystemClock), Arc::new(SystemEntropy), settings.app)?;
    keqiao_demo::people(&ctx, people).await?;
    keqiao_demo::work(&ctx, reports).await
}
