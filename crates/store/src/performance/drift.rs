//! What was done to evidence after a figure was read: why a frozen number and the present one differ.

use keqiao_evidence::ActKind;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::within;
use crate::entity::{evidence, evidence_act};
use crate::evidence::measure::Scope;

/// Acts on the evidence of a scope after a place in the chain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    /// Records that came in.
    pub recorded: i64,
    /// Records that were declared void.
    pub voided: i64,
    /// Records that climbed to a higher rung.
    pub raised: i64,
}

/// What was done after `chain` to evidence of this scope; rungs are left out of account, for records climb across them.
///
/// # Errors
/// When the database does not answer.
pub async fn since(db: &impl ConnectionTrait, scope: &Scope, chain: i64) -> Result<Drift, DbErr> {
    use evidence::Column as E;
    use evidence_act::Column as A;
    let condition = Condition::all()
        .add(within(E::Region, &scope.regions))
        .add(E::Started.between(scope.since, scope.until))
        .add_option(scope.kind.map(|k| E::Kind.eq(k)))
        .add_option(scope.project.map(|p| E::Project.eq(p)));
    let ids = evidence::Entity::find().select_only().column(E::Id).filter(condition).into_query();
    let query = evidence_act::Entity::find().select_only().column(A::What).column_as(A::Seq.count(), "n");
    let query = query.filter(A::Seq.gt(chain)).filter(A::Evidence.in_subquery(ids)).group_by(A::What);
    let rows: Vec<(ActKind, i64)> = query.into_tuple().all(db).await?;
    let count = |of: &[ActKind]| rows.iter().filter(|(what, _)| of.contains(what)).map(|(_, n)| n).sum();
    Ok(Drift {
        recorded: count(&[ActKind::Recorded]),
        voided: count(&[ActKind::Voided]),
        raised: count(&[ActKind::Raised, ActKind::Confirmed]),
    })
}
