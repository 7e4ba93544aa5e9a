//! `keqiao rollup`: sums up a snapshot by region × indicator × month, in this process or through a cluster.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use keqiao_access::RegionCode;
use keqiao_base::{Kind, ProjectId};
use keqiao_cluster::{Answer, Depth, Month, Patience, Question, Snapshot, ask, ask_cluster};
use keqiao_i18n::{Bilingual, Lang};

use crate::refusal::Refusal;
use crate::running::block_on;
use crate::sink;

/// Counties named in the note on those that the snapshot knows nothing of.
const ABSENT_NAMED_MAX: usize = 20;

/// What `rollup` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RollupFormat {
    Csv,
    Json,
}

/// How finely regions are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DepthArg {
    County,
    City,
    Province,
}

/// What `rollup` takes.
#[derive(Debug, Args)]
pub(crate) struct RollupArgs {
    /// 快照目录，由 keqiao snapshot 生成 · Folder of the snapshot, made by keqiao snapshot
    #[arg(long, value_name = "DIR")]
    snapshot: PathBuf,
    /// 交给集群计算：调度节点地址；不写则在本机计算 · Ask the cluster of this scheduler; this process when absent
    #[arg(long, value_name = "HOST:PORT")]
    scheduler: Option<String>,
    /// 地区分到哪一级 · How finely regions are told apart
    #[arg(long, value_enum, default_value = "county", value_name = "LEVEL")]
    by: DepthArg,
    /// 只汇总这个地区及其下级 · Only this region with what lies in it
    #[arg(long, value_name = "CODE")]
    region: Option<String>,
    /// 起始月份，如 2026-01 · First month, such as 2026-01
    #[arg(long, value_name = "YYYY-MM")]
    from: Option<Month>,
    /// 截止月份 · Last month
    #[arg(long, value_name = "YYYY-MM")]
    to: Option<Month>,
    /// 只汇总这一类型的佐证 · Only this kind of evidence, by its code
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// 只汇总这个项目 · Only this project
    #[arg(long, value_name = "ID")]
    project: Option<ProjectId>,
    /// 只计证明等级不低于此的佐证，0 至 5 · Only evidence on this rung of the ladder or higher, 0 to 5
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(i32).range(0..=5))]
    rung_min: i32,
    /// 输出格式 · Format of the output
    #[arg(long, short, value_enum, default_value = "csv")]
    format: RollupFormat,
    /// 写入文件而不是标准输出 · Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(args: &RollupArgs, lang: Lang) -> Result<ExitCode, Refusal> {
    let question = args.question()?;
    let snapshot = Snapshot::open(&args.snapshot)?;
    block_on(async {
        let answer = match &args.scheduler {
            None => ask(&snapshot, &question).await?,
            Some(scheduler) => {
                let asked = ask_cluster(&snapshot, &question, scheduler, Patience::default()).await?;
                for said in &asked.failed {
                    let note = Bilingual::new(
                        format!("有一次没有算成，已重新计算：{said}"),
                        format!("one attempt failed and was made again: {said}"),
                    );
                    eprintln!("keqiao: {}", note.get(lang));
                }
                asked.answer
            }
        };
        tell_absent(&answer.absent, lang);
        args.write(&answer)
    })
}

/// Counties of which nothing is known must not be read as counties that did nothing.
fn tell_absent(absent: &[RegionCode], lang: Lang) {
    if absent.is_empty() {
        return;
    }
    let many = absent.len();
    let named = |between: &str| {
        let some = absent.iter().take(ABSENT_NAMED_MAX);
        some.map(|code| format!("{code} {}", code.name().unwrap_or_default())).collect::<Vec<_>>().join(between)
    };
    let (more_zh, more_en) = if many > ABSENT_NAMED_MAX { (" 等", ", …") } else { ("", "") };
    let note = Bilingual::new(
        format!("快照里没有 {many} 个县（市、区）的任何佐证，结果不含这些地区，不能当作 0：{}{more_zh}", named("、")),
        format!(
            "the snapshot holds no record of {many} counties; they are not in the answer, which does not mean 0: {}{more_en}",
            named(", ")
        ),
    );
    eprintln!("keqiao: {}", note.get(lang));
}

impl RollupArgs {
    fn question(&self) -> Result<Question, Refusal> {
        let region = self.region.as_deref().map(|text| {
            text.parse::<RegionCode>().map_err(|_| {
                let (zh, en) =
                    (format!("“{text}”不是六位地区代码。"), format!("“{text}” is no region code of six digits."));
                keqiao_base::Refusal::new(Kind::Invalid, "rollup.question", zh, en)
            })
        });
        let question = Question {
            depth: match self.by {
                DepthArg::County => Depth::County,
                DepthArg::City => Depth::City,
                DepthArg::Province => Depth::Province,
            },
            region: region.transpose()?,
            from: self.from,
            to: self.to,
            kind: self.kind.clone(),
            project: self.project,
            rung_min: self.rung_min,
        };
        question.check()?;
        Ok(question)
    }

    fn write(&self, answer: &Answer) -> Result<ExitCode, Refusal> {
        let mut out = sink::open(self.output.as_deref(), false)?;
        let written = match self.format {
            RollupFormat::Csv => answer.write_csv(&mut out),
            RollupFormat::Json => serde_json::to_writer_pretty(&mut out, answer)
                .map_err(std::io::Error::from)
                .and_then(|()| writeln!(out))
                .and_then(|()| out.flush()),
        };
        match written {
            // A reader who has seen enough (`| head`) is no failure.
            Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
                Err(Refusal::new(format!("结果不能写出：{e}"), format!("cannot write the output: {e}")))
            }
            _ => Ok(ExitCode::SUCCESS),
        }
    }
}
