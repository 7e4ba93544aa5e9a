//! A file on its way in.

use keqiao_base::{BatchId, Moment, UploadId, VersionId};
use sea_orm::entity::prelude::*;

keqiao_base::coded! {
    /// How far an upload is.
    pub enum UploadState {
        /// Bytes are still to come.
        Receiving = "open" => ("上传中", "Uploading"),
        /// All bytes are here; the report is on the desk.
        Received = "received" => ("已上传", "Uploaded"),
        /// The same file was on the desk already.
        Known = "known" => ("此前已上传", "Already on the desk"),
    }
}

/// One upload.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "upload")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UploadId,
    /// Its batch.
    pub batch_id: BatchId,
    /// What the user calls the file; never a path.
    pub file_name: String,
    /// Bytes in all.
    pub file_size: i64,
    /// SHA-256 that the browser told, to be compared.
    pub file_hash: Option<String>,
    /// How far it is.
    pub state: UploadState,
    /// The version that it became.
    pub version_id: Option<VersionId>,
    /// When it was begun.
    pub created_at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
