//! How money could be shared among lower levels (KP-2..5): a what-if sheet. Nothing is saved.

use keqiao_access::{Actor, may};
use keqiao_performance::allocation::{self, Row, Sharing};

use super::must_be_sound;
use crate::error::AppResult;

/// Shares out a pool by factors.
///
/// # Errors
/// A refusal when the actor may not, or with everything that stands in the way.
pub fn allocate(actor: &Actor, sharing: &Sharing) -> AppResult<Vec<Row>> {
    actor.must(may::try_allocation(actor))?;
    match allocation::allocate(sharing) {
        Ok(rows) => Ok(rows),
        Err(objections) => {
            must_be_sound("allocation.unsound", objections)?;
            Ok(Vec::new())
        }
    }
}
