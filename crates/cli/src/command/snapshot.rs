//! `keqiao snapshot`: writes the evidence of the database as Parquet, for a province's roll-up. It holds no names and no words, only
//! region, kind, day, project, rung and numbers.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use keqiao_base::{Clock, SystemClock};
use keqiao_cluster::{ChainEnd, Error, MONEY, Manifest, Row, Shape, Writer};
use keqiao_evidence::Count;
use keqiao_i18n::{Bilingual, Lang};
use keqiao_store::DbErr;
use keqiao_store::evidence::{Record, stream};

use crate::refusal::Refusal;
use crate::running::{block_on, open};
use crate::told::PlaceArgs;

/// What `snapshot` takes.
#[derive(Debug, Args)]
pub(crate) struct SnapshotArgs {
    /// 写入哪个目录，须为空目录或尚不存在 · Folder to write into, empty or not there yet
    #[arg(long, short, value_name = "DIR")]
    output: PathBuf,
    /// 一个文件大约多少行；不拆开一个地区，除非它超过两倍 · Rows of a file, about; a region is split only beyond twice that
    #[arg(long, value_name = "N", default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(1..))]
    part_rows: u64,
    #[command(flatten)]
    place: PlaceArgs,
}

/// Why it broke off: the database, or the writing.
enum Broken {
    Db(DbErr),
    Writing(Error),
}

impl From<DbErr> for Broken {
    fn from(error: DbErr) -> Self {
        Broken::Db(error)
    }
}

/// Runs the command, also while the server runs.
pub(crate) fn run(args: &SnapshotArgs, lang: Lang) -> Result<ExitCode, Refusal> {
    let settings = args.place.settings()?;
    let counts = Count::ALL.iter().map(|count| count.code()).chain([MONEY]);
    // The codes of the domain are plain and differ from each other.
    let shape =
        Shape::new(counts).ok_or_else(|| Refusal::new("佐证的数量代码有误。", "The codes of the counts are wrong."))?;
    let mut writer = Writer::create(&args.output, shape, args.part_rows)?;
    block_on(async {
        let ctx = open(&settings).await?;
        let at = SystemClock.now();
        let end = stream::each(&ctx.db, |record| writer.push(&row(record)).map_err(Broken::Writing)).await;
        let end = end.map_err(|broken| match broken {
            Broken::Writing(error) => error.into(),
            Broken::Db(e) => Refusal::new(format!("数据库没有应答：{e}"), format!("the database does not answer: {e}")),
        })?;
        let manifest = writer.finish(at, ChainEnd { seq: end.seq, hash: end.hash })?;
        tell(&manifest, &args.output, lang);
        Ok(ExitCode::SUCCESS)
    })
}

/// A record as a row. What was not counted is 0 in the database and nothing here.
fn row(record: &Record) -> Row {
    let counts = record.counts();
    let some = |n: i64| (n != 0).then_some(n);
    let mut numbers: Vec<Option<i64>> = Count::ALL.iter().map(|count| some(counts.get(*count))).collect();
    numbers.push(some(record.money.get()));
    Row {
        region: record.region,
        // Ten characters, of which eight are digits.
        day: record.started.code().replace('-', "").parse().unwrap_or_default(),
        kind: record.kind.code().to_owned(),
        project: record.project,
        rung: record.rung,
        voided: record.voided,
        counts: numbers,
    }
}

fn tell(manifest: &Manifest, folder: &std::path::Path, lang: Lang) {
    let Manifest { chain, parts, totals, .. } = manifest;
    let (rows, voided, parts, seq) = (totals.rows, totals.voided, parts.len(), chain.seq);
    let said = Bilingual::new(
        format!(
            "快照已写入 {}：{rows} 条佐证（其中作废 {voided} 条），{parts} 个文件，截至存证链第 {seq} 号",
            folder.display()
        ),
        format!("snapshot in {}: {rows} records ({voided} void), {parts} files, chain up to {seq}", folder.display()),
    );
    println!("{}", said.get(lang));
}
