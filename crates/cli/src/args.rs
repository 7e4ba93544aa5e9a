//! The command line. Help lines are bilingual, Chinese first: clap has one text for each option.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use keqiao_document::Limits;

use crate::command::backup::{BackupArgs, RestoreArgs};
use crate::command::demand::DemandArgs;
use crate::command::doctor::DoctorArgs;
use crate::command::matching::MatchArgs;
use crate::command::model::ModelArgs;
use crate::command::verify_log::VerifyLogArgs;
use crate::told::{PlaceArgs, ServeArgs};

/// 科桥：校对公开的部门决算、绩效自评等报告 · Proof-reads published reports of public bodies.
#[derive(Debug, Parser)]
#[command(name = "keqiao", version, max_term_width = 120, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// 输出语言，默认随系统 · Language of the output, by the locale when absent
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    pub(crate) lang: Option<LangArg>,
    /// 何时使用颜色 · When to use colours
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    pub(crate) color: ColorArg,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// 检查报告 · Check reports
    #[command(after_help = EXIT_CODES)]
    Check(CheckArgs),
    /// 提取报告中的数据和表格 · Extract the facts and tables of reports
    Extract(ExtractArgs),
    /// 列出全部规则 · List the rules
    Rules(RulesArgs),
    /// 解释一条规则 · Explain a rule
    Explain(ExplainArgs),
    /// 启动平台网站；不带参数只在本机访问 · Run the site; without options for this machine only
    Serve(ServeArgs),
    /// 升级数据库到本版本 · Bring the database up to date
    Migrate(PlaceArgs),
    /// 校验操作日志是否被改动 · Check that nobody tampered with the log
    VerifyLog(VerifyLogArgs),
    /// 备份数据库和文件，服务运行时也可以 · Save database and files, also while the server runs
    Backup(BackupArgs),
    /// 把备份恢复到空的数据目录或数据库 · Restore a backup into an empty folder or database
    Restore(RestoreArgs),
    /// 检查运行环境：数据库、磁盘、时钟、权限等 · Check the installation: database, disk, clock, permissions
    Doctor(DoctorArgs),
    /// 导入、查看语义检索用的向量模型 · Import and show models for search by meaning
    Model(ModelArgs),
    /// 评测检索与匹配 · Measure searching and matching
    Match(MatchArgs),
    /// 整理需求、提示还缺什么 · Sort out a demand and say what is missing
    Demand(DemandArgs),
    /// 把佐证写成快照（Parquet 文件），供全省汇总 · Write the evidence as a snapshot (Parquet), for a province's roll-up
    #[cfg(feature = "cluster")]
    Snapshot(crate::command::snapshot::SnapshotArgs),
    /// 按地区、指标、月份汇总快照 · Sum up a snapshot by region, indicator and month
    #[cfg(feature = "cluster")]
    Rollup(crate::command::rollup::RollupArgs),
    /// 集群的调度和计算节点，供多台机器分担汇总 · Scheduler and executors, to share a roll-up among machines
    #[cfg(feature = "cluster")]
    #[command(subcommand)]
    Cluster(crate::command::cluster::ClusterCommand),
    /// 生成命令行补全脚本 · Print a completion script
    Completions {
        /// 命令行程序 · Shell
        shell: clap_complete::Shell,
    },
}

const EXIT_CODES: &str = "退出码 · Exit codes:
  0  没有达到 --fail-on 级别的问题 · nothing at or above --fail-on
  1  有达到 --fail-on 级别的问题 · findings at or above --fail-on
  2  有文件不能读取，或参数有误 · a file could not be read, or a wrong argument";

/// The languages that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LangArg {
    Zh,
    En,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorArg {
    Auto,
    Always,
    Never,
}

/// What `check` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    Text,
    Json,
    Sarif,
    Html,
    Xlsx,
}

/// What `extract` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExtractFormat {
    Json,
    Csv,
    Xlsx,
    Text,
}

/// What `rules` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    Text,
    Json,
}

/// The level from which a finding makes the exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Error,
    Warning,
    Never,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// 输出格式 · Format of the output
    #[arg(long, short, value_enum, default_value = "text")]
    pub(crate) format: CheckFormat,
    /// 从哪一级起退出码为 1 · Level from which the exit code is 1
    #[arg(long, value_enum, default_value = "error", value_name = "LEVEL")]
    pub(crate) fail_on: FailOn,
    /// 只用这些规则：编号、编号开头或名称，可重复 · Only these rules: code, start of a code or name; repeatable
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) rule: Vec<String>,
    /// 不用这些规则，可重复 · Not these rules; repeatable
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) skip: Vec<String>,
    /// 地区口径，默认由报告判断 · Profile; by the report's region and year when absent
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// 上年报告，用于核对两年数据 · Last year's report, to compare the two years
    #[arg(long, value_name = "LAST_YEAR_REPORT")]
    pub(crate) against: Option<PathBuf>,
    /// 已说明的问题（TOML）· Findings that were answered for (TOML)
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) suppressions: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) input: InputArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ExtractArgs {
    /// 输出格式 · Format of the output
    #[arg(long, short, value_enum, default_value = "json")]
    pub(crate) format: ExtractFormat,
    #[command(flatten)]
    pub(crate) input: InputArgs,
}

/// What both reading commands take.
#[derive(Debug, Args)]
pub(crate) struct InputArgs {
    /// 文件、文件夹，或 -（标准输入）· Files, folders, or - for standard input
    #[arg(required = true, value_name = "FILE|DIR|-")]
    pub(crate) paths: Vec<PathBuf>,
    /// 写入文件而不是标准输出 · Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// 同时处理的文件数，默认为处理器数 · Files read at once; the number of processors when absent
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) jobs: Option<u16>,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

/// Limits for what comes from outside.
#[derive(Debug, Args)]
#[command(next_help_heading = "限制 · Limits")]
pub(crate) struct LimitArgs {
    /// 文件大小 · Size of a file [default: 200M]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    max_bytes: Option<u64>,
    /// 压缩格式解开后的大小 · Unpacked size of a container [default: 400M]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    max_unpacked: Option<u64>,
    /// 页数 · Pages [default: 2000]
    #[arg(long, value_name = "N")]
    max_pages: Option<usize>,
    /// 字符数 · Characters of text [default: 20000000]
    #[arg(long, value_name = "N")]
    max_chars: Option<usize>,
    /// 嵌套层数 · Nested tables, lists and groups [default: 64]
    #[arg(long, value_name = "N")]
    max_nesting: Option<usize>,
    /// 每个文件的时间 · Time for a file [default: 60s]
    #[arg(long, value_name = "TIME", value_parser = time)]
    timeout: Option<Duration>,
}

impl LimitArgs {
    /// The limits, defaults filled in.
    pub(crate) fn limits(&self) -> Limits {
        let d = Limits::default();
        Limits {
            file_bytes_max: self.max_bytes.unwrap_or(d.file_bytes_max),
            unpacked_bytes_max: self.max_unpacked.unwrap_or(d.unpacked_bytes_max),
            pages_max: self.max_pages.unwrap_or(d.pages_max),
            text_chars_max: self.max_chars.unwrap_or(d.text_chars_max),
            nesting_max: self.max_nesting.unwrap_or(d.nesting_max),
            time_max: self.timeout.unwrap_or(d.time_max),
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    /// 输出格式 · Format of the output
    #[arg(long, short, value_enum, default_value = "text")]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// 规则编号或名称 · Code or name of the rule
    #[arg(value_name = "CODE|NAME")]
    pub(crate) rule: String,
}

/// `200M`, `64K`, `1G` or plain bytes.
fn size(text: &str) -> Result<u64, String> {
    let (digits, shift) = match text
        .trim_end_matches(['B', 'b'])
        .split_at_checked(text.trim_end_matches(['B', 'b']).len().saturating_sub(1))
    {
        Some((n, "K" | "k")) => (n, 10),
        Some((n, "M" | "m")) => (n, 20),
        Some((n, "G" | "g")) => (n, 30),
        _ => (text, 0),
    };
    let n: u64 = digits.parse().map_err(|_| format!("“{text}” 不是大小，例：64K、200M、1G · not a size"))?;
    n.checked_mul(1 << shift).ok_or_else(|| format!("“{text}” 太大 · too large"))
}

/// `60`, `60s` or `2m`.
fn time(text: &str) -> Result<Duration, String> {
    let (digits, factor) = match text.split_at_checked(text.len().saturating_sub(1)) {
        Some((n, "s")) => (n, 1),
        Some((n, "m")) => (n, 60),
        _ => (text, 1),
    };
    let n: u64 = digits.parse().map_err(|_| format!("“{text}” 不是时间，例：30s、2m · not a time"))?;
    Ok(Duration::from_secs(n.saturating_mul(factor)))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use clap::CommandFactory;

    #[test]
    fn command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }

    #[test]
    fn sizes_and_times_take_suffixes() {
        assert_eq!(super::size("64K"), Ok(65_536));
        assert_eq!(super::size("2MB"), Ok(2 << 20));
        assert_eq!(super::size("17"), Ok(17));
        assert!(super::size("viel").is_err());
        assert!(super::size("99999999999G").is_err());
        assert_eq!(super::time("2m"), Ok(Duration::from_secs(120)));
        assert!(super::time("").is_err());
    }
}
