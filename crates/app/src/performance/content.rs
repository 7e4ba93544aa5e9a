//! The content of a version: between the form, the plain values of `performance`, and the rows of the database.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, Fen, IndicatorId, Refusal, TargetId};
use keqiao_performance::light::Milestone;
use keqiao_performance::stored::{read, stored};
use keqiao_performance::{Indicator, Scope, Target, Tree};
use keqiao_store::ConnectionTrait;
use keqiao_store::performance::target::{self, IndicatorRow, MilestoneRow, TargetRow, VersionRow};

use super::measure::must_be_known;
use super::words;
use crate::context::Ctx;
use crate::error::AppResult;

/// The most indicators of a target.
const INDICATORS_MAX: usize = 200;

/// An indicator with its id and milestones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndicatorContent {
    /// Its id, which stays through the versions.
    pub id: IndicatorId,
    /// The indicator.
    pub indicator: Indicator,
    /// What must be reached by when.
    pub milestones: Vec<Milestone>,
}

/// An indicator as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndicatorForm {
    /// Its id; none for a new one.
    pub id: Option<IndicatorId>,
    /// The indicator.
    pub indicator: Indicator,
    /// What must be reached by when.
    pub milestones: Vec<Milestone>,
}

/// A version as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetForm {
    /// Name of the project, or of the department.
    pub name: String,
    /// Whether the project is new (PR-2).
    pub is_new: bool,
    /// Who answers for it; who asks when nobody is named.
    pub owner: Option<AccountId>,
    /// What the project does.
    pub description: String,
    /// 年度总体目标.
    pub goal: String,
    /// Budget of the year.
    pub budget: Fen,
    /// Which tree its form uses.
    pub tree: Tree,
    /// Code of the profile.
    pub profile: String,
    /// Indicators in the order of the form.
    pub indicators: Vec<IndicatorForm>,
}

impl TargetForm {
    /// The plain value, for checks and advice.
    pub fn target(&self, scope: Scope, year: i32) -> Target {
        Target {
            scope,
            year,
            name: self.name.clone(),
            description: self.description.clone(),
            goal: self.goal.clone(),
            budget: self.budget,
            tree: self.tree,
            profile: self.profile.clone(),
            indicators: self.indicators.iter().map(|i| i.indicator.clone()).collect(),
        }
    }
}

/// What a target hangs on.
pub(super) fn scope(target: &TargetRow) -> Scope {
    target.project_id.map_or(Scope::Department, Scope::Project)
}

/// The plain value of a stored version.
pub(super) fn plain(target: &TargetRow, version: &VersionRow, indicators: &[IndicatorContent]) -> Target {
    Target {
        scope: scope(target),
        year: target.year,
        name: target.name.clone(),
        description: version.description.clone(),
        goal: version.goal.clone(),
        budget: version.budget,
        tree: version.tree,
        profile: version.profile.clone(),
        indicators: indicators.iter().map(|i| i.indicator.clone()).collect(),
    }
}

/// The indicators of a version.
pub(super) async fn load(db: &impl ConnectionTrait, id: TargetId, version: i32) -> AppResult<Vec<IndicatorContent>> {
    let rows = target::indicators(db, id, version).await?;
    let milestones = target::milestones(db, &rows).await?;
    let with_milestones = |row: &IndicatorRow| -> AppResult<IndicatorContent> {
        let own = milestones.iter().filter(|m| m.indicator_id == row.id);
        let own = own.map(|m| Milestone { month: u8::try_from(m.month).unwrap_or(12), value: read(m.value) });
        Ok(IndicatorContent { id: row.id, indicator: from_row(row)?, milestones: own.collect() })
    };
    rows.iter().map(with_milestones).collect()
}

/// The indicator of a row.
pub(super) fn from_row(row: &IndicatorRow) -> AppResult<Indicator> {
    Ok(Indicator {
        level1: row.level1,
        level2: row.level2,
        name: row.name.clone(),
        operator: row.operator,
        lower: row.lower.map(read),
        upper: row.upper.map(read),
        text: row.words.clone(),
        unit: row.unit.clone(),
        weight: read(row.weight),
        applies: row.applies,
        unit_cost: row.unit_cost,
        baseline: row.baseline.map(read),
        history: serde_json::from_str(&row.history)?,
        definition: row.definition.clone(),
        measure: serde_json::from_str(&row.measure)?,
    })
}

/// Writes the indicators of a form as those of a version. An id that is not among `known` is given anew.
pub(super) async fn save(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    of: (TargetId, RegionCode),
    version: i32,
    forms: &[IndicatorForm],
    known: &[IndicatorId],
) -> AppResult<()> {
    let (id, region) = of;
    if forms.len() > INDICATORS_MAX {
        let (zh, en) = (format!("指标最多{INDICATORS_MAX}项。"), format!("At most {INDICATORS_MAX} indicators."));
        return Err(Refusal::field("target.too_many", "indicators", zh, en).into());
    }
    let (mut rows, mut milestones) = (Vec::new(), Vec::new());
    for (at, form) in forms.iter().enumerate() {
        let fresh = || IndicatorId::new(&*ctx.clock, &*ctx.entropy);
        let taken = |id: &IndicatorId| rows.iter().any(|r: &IndicatorRow| r.id == *id);
        let own = form.id.filter(|id| known.contains(id) && !taken(id)).unwrap_or_else(fresh);
        must_be_known(&format!("i{at}"), &form.indicator.measure, region)?;
        rows.push(row(own, id, version, at, &form.indicator)?);
        let mut months: Vec<u8> = Vec::new();
        for m in form.milestones.iter().filter(|m| (1..=12).contains(&m.month)) {
            if !months.contains(&m.month) {
                months.push(m.month);
                let value = stored(&format!("i{at}"), m.value)?;
                milestones.push(MilestoneRow { indicator_id: own, version, month: i32::from(m.month), value });
            }
        }
    }
    Ok(target::replace_indicators(db, id, version, rows, milestones).await?)
}

fn row(id: IndicatorId, target_id: TargetId, version: i32, at: usize, i: &Indicator) -> AppResult<IndicatorRow> {
    let field = format!("i{at}");
    let number = |v: Option<keqiao_quantity::Decimal>| v.map(|v| stored(&field, v)).transpose();
    let text = |t: &str, most| words(&field, t, most);
    Ok(IndicatorRow {
        id,
        version,
        target_id,
        position: i32::try_from(at).unwrap_or(i32::MAX),
        level1: i.level2.level1(),
        level2: i.level2,
        name: text(&i.name, 100)?,
        operator: i.operator,
        lower: number(i.lower)?,
        upper: number(i.upper)?,
        words: i.text.as_deref().map(|t| text(t, 500)).transpose()?.filter(|t| !t.is_empty()),
        unit: text(&i.unit, 20)?,
        weight: stored(&field, i.weight)?,
        applies: i.applies,
        unit_cost: i.unit_cost,
        baseline: number(i.baseline)?,
        history: serde_json::to_string(&i.history)?,
        definition: text(&i.definition, 1_000)?,
        measure: serde_json::to_string(&i.measure)?,
    })
}
