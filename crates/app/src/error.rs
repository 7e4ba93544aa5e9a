//! What a use case may answer instead of a result: a refusal (the user's to correct) or a fault (ours).

use std::io;

use keqiao_base::{Kind, Refusal};
use keqiao_store::DbErr;

/// The answer of a use case.
pub type AppResult<T> = Result<T, AppError>;

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The user may not, or must correct. Shown as it is.
    #[error(transparent)]
    Refusal(#[from] Refusal),
    /// We or the machine failed. Logged under an event id; the user sees the id only.
    #[error("{0:#}")]
    Fault(anyhow::Error),
}

impl From<DbErr> for AppError {
    fn from(error: DbErr) -> Self {
        let text = error.to_string();
        if text.contains("database or disk is full") {
            return disk_full();
        }
        let gone = matches!(error, DbErr::Conn(_) | DbErr::ConnectionAcquire(_));
        let fault = anyhow::Error::new(error);
        AppError::Fault(if gone { fault.context("the database does not answer") } else { fault })
    }
}

impl From<io::Error> for AppError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => disk_full(),
            _ => AppError::Fault(error.into()),
        }
    }
}

impl From<serde_json::Error> for AppError {
    fn from(error: serde_json::Error) -> Self {
        AppError::Fault(error.into())
    }
}

impl From<tokio::task::JoinError> for AppError {
    fn from(error: tokio::task::JoinError) -> Self {
        AppError::Fault(error.into())
    }
}

impl From<anyhow::Error> for AppError {
    fn from(error: anyhow::Error) -> Self {
        AppError::Fault(error)
    }
}

fn disk_full() -> AppError {
    AppError::Refusal(Refusal::new(
        Kind::Unavailable,
        "disk_full",
        "服务器磁盘已满，这次没有保存，原有数据没有受影响。请通知系统管理员清理磁盘后再试。",
        "The server's disk is full. Nothing was saved and nothing was lost. Ask your administrator to free some space, then try again.",
    ))
}
