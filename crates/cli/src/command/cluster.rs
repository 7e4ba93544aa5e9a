//! `keqiao cluster scheduler` and `keqiao cluster executor`: the machines that share a roll-up.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use keqiao_cluster::{Executor, Scheduler, guard, run_executor, run_scheduler};
use keqiao_i18n::{Bilingual, Lang};
use tracing_subscriber::EnvFilter;

use crate::refusal::Refusal;
use crate::running::block_on;

/// The two kinds of machines.
#[derive(Debug, Subcommand)]
pub(crate) enum ClusterCommand {
    /// 调度节点：分派工作 · The scheduler, which hands out work
    Scheduler(SchedulerArgs),
    /// 计算节点：读快照、做汇总；要在同一路径下看到快照 · An executor; it must see the snapshot at the same path
    Executor(ExecutorArgs),
}

/// What both take.
#[derive(Debug, Args)]
struct NodeArgs {
    /// 别的机器用什么名字或地址找到本机 · The name or address by which other machines reach this one
    #[arg(long, value_name = "HOST")]
    host: Option<String>,
    /// 确认处在专用的内部网络：集群端口没有口令 · The network is ours alone: the ports ask for no password
    #[arg(long)]
    trusted_network: bool,
}

/// What the scheduler takes.
#[derive(Debug, Args)]
pub(crate) struct SchedulerArgs {
    /// 监听地址 · Where to listen
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:50050")]
    bind: SocketAddr,
    #[command(flatten)]
    node: NodeArgs,
}

/// What an executor takes.
#[derive(Debug, Args)]
pub(crate) struct ExecutorArgs {
    /// 监听地址；还要用下一个端口 · Where to listen; the next port is used too
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:50051")]
    bind: SocketAddr,
    /// 调度节点 · The scheduler
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:50050")]
    scheduler: String,
    /// 同时做几件；0 为处理器数 · Tasks at once; 0 for the number of processors
    #[arg(long, value_name = "N", default_value_t = 0)]
    tasks: usize,
    /// 中间结果放在哪里，默认为临时目录 · Where to keep what was worked out; a temporary folder when absent
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    #[command(flatten)]
    node: NodeArgs,
}

/// Runs the command until it is told to stop.
pub(crate) fn run(command: &ClusterCommand, lang: Lang) -> Result<ExitCode, Refusal> {
    let (bind, node) = match command {
        ClusterCommand::Scheduler(args) => (args.bind, &args.node),
        ClusterCommand::Executor(args) => (args.bind, &args.node),
    };
    guard(bind, node.trusted_network)?;
    tracing_subscriber::fmt().with_env_filter(EnvFilter::new("warn")).with_writer(std::io::stderr).init();
    let said =
        Bilingual::new(format!("正在 {bind} 上工作，按 Ctrl-C 停止"), format!("at work on {bind}; Ctrl-C stops it"));
    eprintln!("keqiao: {}", said.get(lang));
    block_on(async {
        match command {
            ClusterCommand::Scheduler(args) => {
                let place = Scheduler { bind: args.bind, host: args.node.host.clone() };
                tokio::select! {
                    ended = run_scheduler(&place) => ended?,
                    _ = tokio::signal::ctrl_c() => {}
                }
            }
            ClusterCommand::Executor(args) => run_executor(&args.place()?).await?,
        }
        Ok(ExitCode::SUCCESS)
    })
}

impl ExecutorArgs {
    fn place(&self) -> Result<Executor, Refusal> {
        let parts = self.scheduler.rsplit_once(':').and_then(|(host, port)| Some((host, port.parse().ok()?)));
        let (host, port) = parts.ok_or_else(|| {
            let text = &self.scheduler;
            Refusal::new(format!("“{text}”不是 主机:端口。"), format!("“{text}” is not HOST:PORT."))
        })?;
        Ok(Executor {
            bind: self.bind,
            host: self.node.host.clone(),
            scheduler_host: host.to_owned(),
            scheduler_port: port,
            tasks: self.tasks,
            folder: self.folder.clone(),
        })
    }
}
