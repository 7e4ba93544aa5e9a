//! `keqiao backup` and `keqiao restore`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use keqiao_app::backup::{self, Manifest};
use keqiao_base::{Clock, SystemClock};
use keqiao_i18n::{Bilingual, Lang};

use crate::refusal::Refusal;
use crate::running::{block_on, open, refusal};
use crate::told::PlaceArgs;

/// What `backup` takes.
#[derive(Debug, Args)]
pub(crate) struct BackupArgs {
    /// 备份文件；不写则按时间命名 · File to write; named by the time when absent
    #[arg(long, short, value_name = "FILE.zip")]
    output: Option<PathBuf>,
    /// 只校验一份已有的备份 · Only read a backup back
    #[arg(long, value_name = "FILE.zip", conflicts_with = "output")]
    verify: Option<PathBuf>,
    #[command(flatten)]
    place: PlaceArgs,
}

/// What `restore` takes.
#[derive(Debug, Args)]
pub(crate) struct RestoreArgs {
    /// 备份文件 · The backup
    #[arg(value_name = "FILE.zip")]
    backup: PathBuf,
    #[command(flatten)]
    place: PlaceArgs,
}

/// Takes a backup, also while the server runs.
pub(crate) fn save(args: &BackupArgs, lang: Lang) -> Result<ExitCode, Refusal> {
    if let Some(path) = &args.verify {
        let manifest = backup::verify(path).map_err(refusal)?;
        return Ok(told(&manifest, path, &Bilingual::new("备份完好", "the backup is whole"), lang));
    }
    let settings = args.place.settings()?;
    let path = args.output.clone().unwrap_or_else(|| {
        let (y, m, d, h, min, s) = SystemClock.now().china();
        PathBuf::from(format!("keqiao-{y:04}{m:02}{d:02}-{h:02}{min:02}{s:02}.zip"))
    });
    block_on(async {
        let ctx = open(&settings).await?;
        let manifest = backup::save(&ctx, &path).await.map_err(refusal)?;
        Ok(told(&manifest, &path, &Bilingual::new("已备份并读回核对", "saved, read back and found whole"), lang))
    })
}

/// Restores a backup into an empty place.
pub(crate) fn restore(args: &RestoreArgs, lang: Lang) -> Result<ExitCode, Refusal> {
    let settings = args.place.settings()?;
    block_on(async {
        let ctx = open(&settings).await?;
        let manifest = backup::restore(&ctx, &args.backup).await.map_err(refusal)?;
        Ok(told(&manifest, &settings.app.data, &Bilingual::new("已恢复", "restored"), lang))
    })
}

fn told(manifest: &Manifest, path: &Path, what: &Bilingual, lang: Lang) -> ExitCode {
    let rows: u64 = manifest.tables.iter().map(|t| t.rows).sum();
    let (tables, files, at) = (manifest.tables.len(), manifest.files.len(), manifest.at.minute());
    let counts = Bilingual::new(
        format!("{tables} 张表 {rows} 行，文件 {files} 个，时点 {at}"),
        format!("{tables} tables, {rows} rows, {files} files, as of {at}"),
    );
    println!("{}: {}\n  {}", what.get(lang), path.display(), counts.get(lang));
    ExitCode::SUCCESS
}
