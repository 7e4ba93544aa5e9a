//! The same question asked of a cluster. The cluster repeats what a lost executor was doing; when it gives up all the same, or is silent
//! for too long, the whole question is asked again.

use std::time::Duration;

use ballista::prelude::{SessionConfigExt, SessionContextExt};
use ballista_core::config::{BALLISTA_CLIENT_IO_RETRIES_TIMES, BALLISTA_SCHEDULER_MAX_PARTITIONS_PER_TASK};
use datafusion::error::{DataFusionError, Result};
use datafusion::execution::SessionStateBuilder;
use datafusion::prelude::{SessionConfig, SessionContext};

use super::ask::{answered, checked, fit};
use crate::{Answer, Error, Question, Snapshot};

/// The pieces that the second half of the work (putting sums together) is cut into.
const PIECES: usize = 8;

/// How long one waits, and how often one asks.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// How often the question is asked before one gives up; at least once.
    pub attempts: u32,
    /// How long an attempt may take.
    pub attempt_time_max: Duration,
    /// How long one waits before asking again.
    pub pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Patience { attempts: 3, attempt_time_max: Duration::from_secs(300), pause: Duration::from_secs(3) }
    }
}

/// An answer of a cluster, with how it came about.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The answer.
    pub answer: Answer,
    /// What the attempts before it ended with; empty when the first one succeeded.
    pub failed: Vec<String>,
}

/// Asks a snapshot through the scheduler at `HOST:PORT`. Its executors must see the snapshot's files at the same paths.
///
/// # Errors
/// As [`crate::ask`], with what each attempt ended with.
pub async fn ask_cluster(
    snapshot: &Snapshot,
    question: &Question,
    scheduler: &str,
    patience: Patience,
) -> std::result::Result<Asked, Error> {
    let absent = fit(snapshot, question)?;
    let mut failed = Vec::new();
    loop {
        let attempt = tokio::time::timeout(patience.attempt_time_max, attempt(snapshot, question, scheduler)).await;
        let answer = attempt.unwrap_or_else(|_| {
            Err(DataFusionError::Execution(format!("no answer within {} s", patience.attempt_time_max.as_secs())))
        });
        match checked(answer, snapshot, question) {
            Ok(answer) => return Ok(Asked { answer: Answer { absent, ..answer }, failed }),
            Err(said) => failed.push(said),
        }
        if failed.len() >= patience.attempts as usize {
            return Err(Error::Engine(failed));
        }
        tokio::time::sleep(patience.pause).await;
    }
}

async fn attempt(snapshot: &Snapshot, question: &Question, scheduler: &str) -> Result<Answer> {
    let config = SessionConfig::new_with_ballista()
        .with_target_partitions(snapshot.manifest().parts.len().clamp(2, PIECES))
        // Small tasks: less is lost with an executor, and the others take it over evenly.
        .set_str(BALLISTA_SCHEDULER_MAX_PARTITIONS_PER_TASK, "1")
        .set_str(BALLISTA_CLIENT_IO_RETRIES_TIMES, "1")
        .with_ballista_job_name("keqiao rollup");
    let state = SessionStateBuilder::new().with_config(config).with_default_features().build();
    let ctx = SessionContext::remote_with_state(&format!("df://{scheduler}"), state).await?;
    answered(&ctx, snapshot, question).await
}
