//! The machines of a cluster: a scheduler that hands out work, executors that do it. Their ports know no passwords: whoever reaches one can
//! have files of that machine read. They belong on this machine or in a network of their own.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::{SchedulerConfig, TaskDistributionPolicy};
use ballista_scheduler::scheduler_process::start_server;

use crate::Error;

/// How often an executor says that it is alive, in seconds.
const HEARTBEAT_SECONDS: u64 = 1;
/// After so many seconds of silence an executor counts as lost, and what it was doing is given to others.
const LOST_SECONDS: u64 = 8;
/// How often the scheduler looks for lost executors, in seconds.
const LOOK_SECONDS: u64 = 2;
/// How long an executor keeps what it worked out for others, in seconds.
const KEEP_SECONDS: u64 = 3_600;
/// How long an executor waits for its scheduler to appear, in seconds.
const CONNECT_SECONDS: u16 = 30;

/// Where a scheduler listens.
#[derive(Clone, Debug)]
pub struct Scheduler {
    /// Address and port.
    pub bind: SocketAddr,
    /// The name or address by which executors reach it; the address of `bind` when absent.
    pub host: Option<String>,
}

/// An executor.
#[derive(Clone, Debug)]
pub struct Executor {
    /// Address and port from which others fetch what it worked out; the port after it takes the scheduler's orders.
    pub bind: SocketAddr,
    /// The name or address by which others reach it; what the scheduler sees when absent.
    pub host: Option<String>,
    /// The scheduler's name or address.
    pub scheduler_host: String,
    /// The scheduler's port.
    pub scheduler_port: u16,
    /// Tasks at once; 0 for as many as there are processors.
    pub tasks: usize,
    /// Where it keeps what it worked out; a temporary folder when absent.
    pub folder: Option<PathBuf>,
}

/// Runs a scheduler until the process ends. What it knows is in memory: after a restart executors come back, questions are asked again.
///
/// # Errors
/// When the port is taken.
pub async fn run_scheduler(place: &Scheduler) -> Result<(), Error> {
    let config = SchedulerConfig {
        external_host: place.host.clone().unwrap_or_else(|| place.bind.ip().to_string()),
        bind_host: place.bind.ip().to_string(),
        bind_port: place.bind.port(),
        task_distribution: TaskDistributionPolicy::RoundRobin,
        executor_timeout_seconds: LOST_SECONDS,
        expire_dead_executor_interval_seconds: LOOK_SECONDS,
        no_executors_grace_period_seconds: LOST_SECONDS * 2,
        ..SchedulerConfig::default()
    };
    let cluster = BallistaCluster::new_from_config(&config).await.map_err(failed)?;
    start_server(cluster, place.bind, Arc::new(config)).await.map_err(failed)
}

/// Runs an executor until it is told to stop.
///
/// # Errors
/// When a port is taken, or the scheduler does not answer.
pub async fn run_executor(place: &Executor) -> Result<(), Error> {
    let temporary;
    let folder = match &place.folder {
        Some(folder) => folder.clone(),
        None => {
            temporary = tempfile::tempdir().map_err(Error::file(&std::env::temp_dir()))?;
            temporary.path().to_path_buf()
        }
    };
    let control = place.bind.port().checked_add(1).ok_or_else(|| failed("no port after this one"))?;
    let config = ExecutorProcessConfig {
        bind_host: place.bind.ip().to_string(),
        external_host: place.host.clone(),
        port: place.bind.port(),
        grpc_port: control,
        scheduler_host: place.scheduler_host.clone(),
        scheduler_port: place.scheduler_port,
        scheduler_connect_timeout_seconds: CONNECT_SECONDS,
        vcores: place.tasks,
        work_dir: Some(folder.display().to_string()),
        job_data_ttl_seconds: KEEP_SECONDS,
        job_data_clean_up_interval_seconds: KEEP_SECONDS / 6,
        executor_heartbeat_interval_seconds: HEARTBEAT_SECONDS,
        ..ExecutorProcessConfig::default()
    };
    start_executor_process(Arc::new(config)).await.map_err(failed)
}

fn failed(e: impl std::fmt::Display) -> Error {
    Error::Engine(vec![e.to_string()])
}
