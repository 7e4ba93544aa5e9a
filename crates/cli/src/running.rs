//! What the commands around the server share: a runtime, an open and migrated database, a context, refusals in one shape.

use std::future::Future;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use keqiao_app::settings::ServeSettings;
use keqiao_app::{AppError, Ctx};
use keqiao_base::{SystemClock, SystemEntropy};
use keqiao_store::{Db, OpenError};

use crate::refusal::Refusal;

/// Runs an asynchronous command to its end.
pub(crate) fn block_on(work: impl Future<Output = Result<ExitCode, Refusal>>) -> Result<ExitCode, Refusal> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|e| Refusal::new(format!("无法启动：{e}"), format!("cannot start: {e}")))?;
    runtime.block_on(work)
}

/// Opens the database and brings it up to date.
pub(crate) async fn open(settings: &ServeSettings) -> Result<Ctx, Refusal> {
    private_folder(&settings.app.data)?;
    let db = Db::open(&settings.database).await.map_err(unopened)?;
    db.migrate().await.map_err(unopened)?;
    Ctx::new(db, Arc::new(SystemClock), Arc::new(SystemEntropy), settings.app.clone()).map_err(refusal)
}

/// Makes the data folder, when absent, for this account alone: it holds personal data.
fn private_folder(data: &Path) -> Result<(), Refusal> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let shown = data.display();
    builder.create(data).map_err(|e| {
        Refusal::new(format!("无法建立数据目录 {shown}：{e}"), format!("cannot make the data folder {shown}: {e}"))
    })
}

/// Its text stands in both languages already.
pub(crate) fn unopened(error: OpenError) -> Refusal {
    let text = error.to_string();
    Refusal::new(text.clone(), text)
}

/// The answer of a use case as the command line shows it.
pub(crate) fn refusal(error: AppError) -> Refusal {
    match error {
        AppError::Refusal(refusal) => Refusal { message: refusal.message },
        // An operator at a terminal is the one who can do something about it: the whole chain is shown.
        AppError::Fault(fault) => {
            Refusal::new(format!("没有成功：{fault:#}"), format!("it did not succeed: {fault:#}"))
        }
    }
}

impl From<keqiao_base::Refusal> for Refusal {
    fn from(refusal: keqiao_base::Refusal) -> Self {
        Refusal { message: refusal.message }
    }
}

#[cfg(feature = "cluster")]
impl From<keqiao_cluster::Error> for Refusal {
    fn from(error: keqiao_cluster::Error) -> Self {
        Refusal { message: error.told() }
    }
}
