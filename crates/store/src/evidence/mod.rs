//! Queries of evidence. A record, its acts in the chain and the sums by month change together or not at all. Lists are cut to regions here,
//! in the query.

pub mod act;
pub mod around;
pub mod import;
pub mod list;
pub mod measure;
mod month;
pub mod record;
pub mod stream;
pub mod upload;

use keqiao_access::RegionCode;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use crate::entity::evidence::Column;

pub use crate::entity::evidence::Model as Record;
pub use crate::entity::evidence_file::Model as RecordFile;
pub use crate::entity::evidence_import::{EvidenceImportState, Model as EvidenceImport};

/// Records of these associations and of those in their regions.
fn within(regions: &[RegionCode]) -> Condition {
    let one = |r: &RegionCode| Column::Region.between(r.first(), r.last());
    // Of no region, nothing: an empty "any" would be everything.
    regions.iter().map(one).fold(Condition::any().add(Expr::val(1).eq(0)), Condition::add)
}
