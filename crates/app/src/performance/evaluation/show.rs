//! One evaluation: its rows with where the actuals came from, what stands in the way of submitting it, and independent ones beside it.

use keqiao_access::Actor;
use keqiao_base::EvaluationId;
use keqiao_performance::deviation::contradictions;
use keqiao_performance::evaluation::{self as domain, Difference, EvaluationKind, Money, Row, differences};
use keqiao_performance::stored::read;
use keqiao_performance::task::result_use;
use keqiao_performance::{Indicator, Objection};
use keqiao_quantity::Decimal;
use keqiao_store::ConnectionTrait;
use keqiao_store::performance::evaluation::{self as records, EvaluationRecord, EvaluationRow};
use keqiao_store::performance::figure::{self, Figure, Statement};
use keqiao_store::performance::target::{self, TargetRow};

use super::super::profile;
use super::{fill, may_write, seen};
use crate::context::Ctx;
use crate::error::AppResult;

/// A row with what is behind its actual.
#[derive(Clone, Debug)]
pub struct RowShown {
    /// The row.
    pub row: EvaluationRow,
    /// The indicator as it stood; none in a table of points.
    pub indicator: Option<Indicator>,
    /// The figure that the actual is.
    pub figure: Option<Figure>,
    /// The statement that the actual is.
    pub statement: Option<Statement>,
}

/// An independent evaluation beside one, with where it differs.
#[derive(Clone, Debug)]
pub struct Beside {
    /// It.
    pub record: EvaluationRecord,
    /// Its rows.
    pub rows: Vec<EvaluationRow>,
    /// Where it differs.
    pub differences: Vec<Difference>,
    /// Its total less the first one's.
    pub by: Decimal,
}

/// An evaluation as it is shown.
#[derive(Clone, Debug)]
pub struct EvaluationShown {
    /// It.
    pub record: EvaluationRecord,
    /// Its target.
    pub target: Option<TargetRow>,
    /// The version's goal: 预期目标.
    pub goal: String,
    /// Its money block.
    pub money: Money,
    /// Its rows.
    pub rows: Vec<RowShown>,
    /// The one that it stands beside, with its rows.
    pub first: Option<(EvaluationRecord, Vec<EvaluationRow>)>,
    /// Those that stand beside it.
    pub beside: Vec<Beside>,
    /// What stands in the way of submitting it.
    pub objections: Vec<Objection>,
    /// What contradicts itself (PR-29): to be looked at, not in the way.
    pub warnings: Vec<Objection>,
    /// What the grade means for next year's money (PR-41); nothing without a band.
    pub result: Option<keqiao_i18n::Bilingual>,
    /// Whether the actor may write it.
    pub writes: bool,
}

/// One evaluation.
///
/// # Errors
/// A refusal when there is no such evaluation among those that the actor may see.
pub async fn evaluation(ctx: &Ctx, actor: &Actor, id: EvaluationId) -> AppResult<EvaluationShown> {
    let db = ctx.db.read();
    let record = seen(db, actor, id).await?;
    let rows = rows(db, id).await?;
    let money: Money = serde_json::from_str(&record.money)?;
    let scores: Vec<Option<Decimal>> = rows.iter().map(|r| r.row.score.map(read)).collect();
    let mut beside = Vec::new();
    for other in records::beside(db, id).await? {
        let theirs = records::rows(db, other.id).await?;
        let list: Vec<Option<Decimal>> = theirs.iter().map(|r| r.score.map(read)).collect();
        let by = read(other.total) - read(record.total);
        beside.push(Beside { differences: differences(&scores, &list), by, rows: theirs, record: other });
    }
    let first = match record.of_id {
        Some(of) => match records::load(db, of).await? {
            Some(first) => Some((first, records::rows(db, of).await?)),
            None => None,
        },
        None => None,
    };
    let (target, goal) = match record.target_id {
        Some(target_id) => {
            let version = target::version(db, target_id, record.target_version).await?;
            (target::load(db, target_id).await?, version.map(|v| v.goal).unwrap_or_default())
        }
        None => (None, String::new()),
    };
    let first_rows = first.as_ref().map(|(_, rows)| rows.as_slice());
    let objections = objections(&record, &rows, &money, first_rows)?;
    let limits = profile(&record.profile)?.limits();
    let plain: Vec<Row> = rows.iter().filter_map(RowShown::plain).collect();
    let unexplained = domain::unexplained(&plain, &limits);
    let warnings = match record.kind {
        EvaluationKind::SelfMade => {
            contradictions(read(record.total), &record.problems, &record.suggestions, unexplained)
        }
        _ => Vec::new(),
    };
    let place = profile(&record.profile)?.bands.value.iter().position(|b| b.word == record.band);
    let writes = may_write(actor, &record);
    let result = place.map(result_use);
    Ok(EvaluationShown { record, target, goal, money, rows, first, beside, objections, warnings, result, writes })
}

/// The rows of an evaluation with what is behind them.
pub(super) async fn rows(db: &impl ConnectionTrait, id: EvaluationId) -> AppResult<Vec<RowShown>> {
    let mut list = Vec::new();
    for row in records::rows(db, id).await? {
        let figure = match row.figure_id {
            Some(id) => figure::load(db, id).await?,
            None => None,
        };
        let statement = match row.statement_id {
            Some(id) => figure::statement(db, id).await?,
            None => None,
        };
        let indicator = row.indicator.as_deref().map(serde_json::from_str).transpose()?;
        list.push(RowShown { row, indicator, figure, statement });
    }
    Ok(list)
}

impl RowShown {
    /// The row as a plain value; nothing in a table of points.
    pub(super) fn plain(&self) -> Option<Row> {
        Some(Row {
            indicator: self.indicator.clone()?,
            actual: fill::actual(&self.row, self.figure.as_ref(), self.statement.as_ref()),
            score: self.row.score.map(read),
            reason: self.row.reason.clone(),
        })
    }
}

/// What stands in the way of submitting it.
pub(super) fn objections(
    record: &EvaluationRecord,
    rows: &[RowShown],
    money: &Money,
    first: Option<&[EvaluationRow]>,
) -> AppResult<Vec<Objection>> {
    let plain: Option<Vec<Row>> = rows.iter().map(RowShown::plain).collect();
    if let (Some(plain), EvaluationKind::SelfMade | EvaluationKind::Department) = (plain, record.kind) {
        let limits = profile(&record.profile)?.limits();
        let mut found = domain::objections(&plain, money, &record.execution_reason, &limits);
        if record.achieved.trim().is_empty() {
            let (zh, en) = ("请填写年度总体目标的实际完成情况。", "Say how far the goal of the year was reached.");
            found.push(Objection::whole("evaluation.achieved", zh, en));
        }
        return Ok(found);
    }
    let mut found = Vec::new();
    for (at, shown) in rows.iter().enumerate() {
        let (row, name) = (&shown.row, &shown.row.name);
        let own = first.and_then(|f| f.get(at)).map_or(Some(row.weight), |f| f.score);
        match row.score {
            None => found.push(Objection::at(
                at,
                "score.missing",
                format!("“{name}”还没有得分。"),
                format!("“{name}” has no score yet."),
            )),
            Some(score) if Some(score) != own && row.reason.trim().is_empty() => {
                let (zh, en) = match first {
                    Some(_) => ("与原评分不同", "differs from the first score"),
                    None => ("扣分", "loses points"),
                };
                let zh = format!("“{name}”{zh}，须写明理由。");
                found.push(Objection::at(at, "reason.missing", zh, format!("“{name}” {en}: say why.")));
            }
            Some(_) => {}
        }
    }
    Ok(found)
}
