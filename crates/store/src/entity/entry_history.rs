//! One change of an entry of the directory: what it was before, what it is after.

use keqiao_base::{AccountId, EntryId, ImportId, Moment};
use sea_orm::entity::prelude::*;

keqiao_base::coded! {
    /// What was done.
    pub enum DirectoryAct {
        /// Made by hand.
        Created = "created" => ("新建", "Created"),
        /// Changed by hand.
        Edited = "edited" => ("修改", "Edited"),
        /// Made by an import.
        Imported = "imported" => ("导入新增", "Made by an import"),
        /// Changed by an import.
        ImportMerged = "import_merged" => ("导入合并", "Changed by an import"),
        /// Took in another entry.
        Merged = "merged" => ("合并其他条目", "Took in another entry"),
        /// Went into another entry.
        MergedAway = "merged_away" => ("并入其他条目", "Went into another entry"),
        /// Taken out.
        Voided = "voided" => ("作废", "Voided"),
        /// Put back.
        Restored = "restored" => ("恢复", "Restored"),
        /// What an import did was taken back.
        ImportUndone = "import_undone" => ("撤销导入", "Import undone"),
        /// A link was made.
        Linked = "linked" => ("建立关系", "Link made"),
        /// A link was removed.
        Unlinked = "unlinked" => ("解除关系", "Link removed"),
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "entry_history")]
pub struct Model {
    /// In the order of changes.
    #[sea_orm(primary_key)]
    pub seq: i64,
    /// Whose.
    pub entry: EntryId,
    /// When.
    pub at: Moment,
    /// By whom; `None` for the platform itself.
    pub account: Option<AccountId>,
    /// The name they had then.
    pub account_name: String,
    /// What.
    pub act: DirectoryAct,
    /// The values before: JSON of all that changed.
    pub before: Option<String>,
    /// The values after: JSON of all that changed.
    pub after: Option<String>,
    /// In which import.
    pub import: Option<ImportId>,
    /// The revision that the entry had afterwards.
    pub revision: i32,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
