//! Money executed, as the measure of an indicator and as the budget's light need it.

use keqiao_base::Fen;
use keqiao_store::ConnectionTrait;

use super::measure::{Period, Wanted};
use crate::error::AppResult;

/// Money executed from January to the end of a month, and the lines behind it.
pub(super) async fn executed(_db: &impl ConnectionTrait, _period: Period, _wanted: &Wanted) -> AppResult<(Fen, i64)> {
    Ok((Fen::ZERO, 0))
}
