//! The steps of an import in the background. A step that was interrupted is begun again; nothing of it was kept.

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use keqiao_access::RegionCode;
use keqiao_base::{AccountId, ImportId, Refusal};
use keqiao_directory::{ListKind, Organisation, Person};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_store::directory::{Import, ImportState, history, import};
use keqiao_store::job::ATTEMPTS_MAX;
use serde::{Deserialize, Serialize};

use super::{bring, inspect, undo};
use crate::context::Ctx;
use crate::error::{AppError, AppResult};
use crate::jobs::{Running, Work};

/// What is done in the background.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Step {
    /// The rows are checked.
    Check,
    /// The rows are brought in.
    Bring,
    /// What they did is taken back.
    Undo,
}

impl Step {
    /// Where the import stands meanwhile.
    pub(super) const fn running(self) -> ImportState {
        match self {
            Step::Check => ImportState::Checking,
            Step::Bring => ImportState::Importing,
            Step::Undo => ImportState::Undoing,
        }
    }

    /// What the log calls it.
    pub(super) const fn action(self) -> &'static str {
        match self {
            Step::Check => "import.check",
            Step::Bring => "import.bring",
            Step::Undo => "import.undo",
        }
    }
}

/// What a step needs to know.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Payload {
    /// Which import.
    pub import: ImportId,
    /// Which step.
    pub step: Step,
    /// By whom.
    pub account: Option<AccountId>,
    /// Their name now.
    pub name: String,
    /// The regions whose entries they may change.
    pub regions: Vec<RegionCode>,
}

impl Payload {
    pub(super) fn by(&self, ctx: &Ctx) -> history::By {
        history::By { account: self.account, name: self.name.clone(), at: ctx.now() }
    }
}

/// Carries imports on.
#[derive(Clone, Copy, Debug)]
pub struct ImportWork;

impl ImportWork {
    pub(super) const KIND: &'static str = "directory.import";
}

impl Work for ImportWork {
    fn kind(&self) -> &'static str {
        Self::KIND
    }

    fn title(&self) -> Fixed {
        Fixed { zh: "名录导入", en: "Directory import" }
    }

    fn run<'a>(&'a self, ctx: &'a Ctx, job: &'a Running) -> BoxFuture<'a, AppResult<()>> {
        async move {
            let payload: Payload = job.payload()?;
            let Some(import) = import::load(ctx.db.read(), payload.import).await? else { return Ok(()) };
            if import.state != payload.step.running() {
                // An earlier attempt got through, and only its end was not written down.
                return Ok(());
            }
            let id = import.id;
            let (context, task) = (ctx.clone(), payload.clone());
            // A task of its own: the step holds the one write connection, and whoever renews the lease waits for it.
            let outcome = tokio::spawn(async move { step(&context, import, &task).await }).await;
            ctx.progress.end(id);
            match outcome? {
                Err(AppError::Refusal(refusal)) => fail(ctx, &payload, refusal).await,
                Err(fault) if job.job.attempts >= ATTEMPTS_MAX => {
                    let (zh, en) = (
                        "系统出错，没有导入任何内容。请稍后重新上传，或联系系统管理员。",
                        "The system failed; nothing was imported. Try again later.",
                    );
                    fail(ctx, &payload, Refusal::new(keqiao_base::Kind::Unavailable, "import.failed", zh, en)).await?;
                    Err(fault)
                }
                other => other,
            }
        }
        .boxed()
    }
}

fn step<'a>(ctx: &'a Ctx, import: Import, payload: &'a Payload) -> BoxFuture<'a, AppResult<()>> {
    match (payload.step, import.list) {
        (Step::Check, ListKind::People) => inspect::run::<Person>(ctx, import, payload).boxed(),
        (Step::Check, ListKind::Organisations) => inspect::run::<Organisation>(ctx, import, payload).boxed(),
        (Step::Bring, ListKind::People) => bring::run::<Person>(ctx, import, payload).boxed(),
        (Step::Bring, ListKind::Organisations) => bring::run::<Organisation>(ctx, import, payload).boxed(),
        (Step::Undo, ListKind::People) => undo::run::<Person>(ctx, import, payload).boxed(),
        (Step::Undo, ListKind::Organisations) => undo::run::<Organisation>(ctx, import, payload).boxed(),
    }
}

/// The import stands as failed, with the reason; an undoing that failed stands as done, for what it did is still there.
async fn fail(ctx: &Ctx, payload: &Payload, refusal: Refusal) -> AppResult<()> {
    let tx = ctx.begin().await?;
    if let Some(mut row) = import::load(&tx, payload.import).await? {
        row.state = if payload.step == Step::Undo { ImportState::Done } else { ImportState::Failed };
        row.error = Some(serde_json::to_string::<Bilingual>(&refusal.message)?);
        import::save(&tx, row, payload.step.running()).await?;
    }
    ctx.commit(tx).await
}
