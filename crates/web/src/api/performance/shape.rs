//! How performance looks to programs. Values are decimals as text, money is in 元 as text.

use keqiao_app::performance::{GoalView, IndicatorContent, Monitoring, Standing, TargetShown, TargetView};
use keqiao_performance::stored::read;
use keqiao_quantity::Decimal;
use keqiao_store::performance::evaluation::{EvaluationRecord, EvaluationRow};
use keqiao_store::performance::target::TargetRow;
use keqiao_store::performance::task::Task;
use serde::Serialize;
use utoipa::ToSchema;

fn text(value: Decimal) -> String {
    value.normalize().to_string()
}

fn units(value: Option<i64>) -> Option<String> {
    value.map(|v| text(read(v)))
}

/// A target.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TargetJson {
    id: String,
    region: String,
    year: i32,
    project: Option<String>,
    name: String,
    state: String,
    version: i32,
    /// 执行中的版本；0 为没有 · The version that binds; 0 when none does.
    approved: i32,
    owner: String,
    revision: i32,
    updated_at: String,
}

impl From<TargetRow> for TargetJson {
    fn from(r: TargetRow) -> Self {
        TargetJson {
            id: r.id.to_string(),
            region: r.region.code(),
            year: r.year,
            project: r.project_id.map(|p| p.to_string()),
            name: r.name,
            state: r.state.code().to_owned(),
            version: r.version,
            approved: r.approved,
            owner: r.owner,
            revision: r.revision,
            updated_at: r.updated_at.iso(),
        }
    }
}

/// An indicator.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct IndicatorJson {
    id: String,
    level1: String,
    level2: String,
    name: String,
    operator: String,
    lower: Option<String>,
    upper: Option<String>,
    text: Option<String>,
    unit: String,
    weight: String,
    applies: bool,
    baseline: Option<String>,
    /// 取数规则 · Where the actual comes from.
    #[schema(value_type = Object)]
    measure: serde_json::Value,
}

impl From<IndicatorContent> for IndicatorJson {
    fn from(c: IndicatorContent) -> Self {
        let i = c.indicator;
        IndicatorJson {
            id: c.id.to_string(),
            level1: i.level1.code().to_owned(),
            level2: i.level2.code().to_owned(),
            name: i.name,
            operator: i.operator.code().to_owned(),
            lower: i.lower.map(text),
            upper: i.upper.map(text),
            text: i.text,
            unit: i.unit,
            weight: text(i.weight),
            applies: i.applies,
            baseline: i.baseline.map(text),
            measure: serde_json::to_value(&i.measure).unwrap_or_default(),
        }
    }
}

/// A target with the content of a version.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TargetWhole {
    #[serde(flatten)]
    target: TargetJson,
    /// 所示版本 · The version that is shown.
    shown: i32,
    goal: String,
    budget: String,
    profile: String,
    indicators: Vec<IndicatorJson>,
    /// 提交前须改正的问题代码 · Codes of what stands in the way of submitting it.
    objections: Vec<String>,
}

impl From<TargetShown> for TargetWhole {
    fn from(t: TargetShown) -> Self {
        TargetWhole {
            shown: t.version.number,
            goal: t.version.goal,
            budget: t.version.budget.to_string(),
            profile: t.version.profile,
            indicators: t.indicators.into_iter().map(IndicatorJson::from).collect(),
            objections: t.objections.iter().map(|o| o.code.to_owned()).collect(),
            target: t.target.into(),
        }
    }
}

/// An indicator's frozen figure and what its measure gives now.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StandingJson {
    indicator: String,
    name: String,
    /// 固定的数 · The frozen value.
    frozen: Option<String>,
    /// 截至月份 · Up to this month.
    month: Option<i32>,
    /// 依据的记录条数 · Rows behind it.
    rows: Option<i64>,
    /// 佐证链位置 · Where the evidence chain stood.
    chain: Option<i64>,
    /// 现在的数 · What the measure gives now.
    now: Option<String>,
    /// 两数不同的原因 · Why they differ.
    why_zh: Option<String>,
    /// In English.
    why_en: Option<String>,
}

impl From<Standing> for StandingJson {
    fn from(s: Standing) -> Self {
        let figure = s.figure.as_ref();
        StandingJson {
            indicator: s.content.id.to_string(),
            name: s.content.indicator.name,
            frozen: figure.and_then(|f| units(f.value)),
            month: figure.map(|f| f.month),
            rows: figure.map(|f| f.row_count),
            chain: figure.map(|f| f.chain),
            now: s.now.and_then(|a| a.value).map(text),
            why_zh: s.why.as_ref().map(|w| w.zh.clone()),
            why_en: s.why.map(|w| w.en),
        }
    }
}

/// A goal of a month.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct GoalJson {
    indicator: String,
    name: String,
    due: Option<String>,
    actual: Option<String>,
    light: Option<String>,
    forecast_low: Option<String>,
    forecast: Option<String>,
    forecast_high: Option<String>,
}

impl From<GoalView> for GoalJson {
    fn from(g: GoalView) -> Self {
        let round = |v: Decimal| text(v.round_dp(4));
        GoalJson {
            indicator: g.content.id.to_string(),
            name: g.content.indicator.name,
            due: g.progress.map(|p| round(p.due)),
            actual: g.actual.map(round),
            light: g.light.map(|l| l.code().to_owned()),
            forecast_low: g.forecast.map(|f| round(f.low)),
            forecast: g.forecast.map(|f| round(f.middle)),
            forecast_high: g.forecast.map(|f| round(f.high)),
        }
    }
}

/// A target of a month.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LightsJson {
    target: String,
    name: String,
    budget: String,
    executed: String,
    /// 均衡进度的百分比 · In percent of a steady pace.
    pace: Option<String>,
    money: Option<String>,
    light: Option<String>,
    goals: Vec<GoalJson>,
}

impl From<TargetView> for LightsJson {
    fn from(t: TargetView) -> Self {
        LightsJson {
            target: t.target.id.to_string(),
            name: t.target.name,
            budget: t.money.budget.to_string(),
            executed: t.money.executed.to_string(),
            pace: t.money.pace.map(|p| text(p.round_dp(2))),
            money: t.money.light.map(|l| l.code().to_owned()),
            light: t.light.map(|l| l.code().to_owned()),
            goals: t.goals.into_iter().map(GoalJson::from).collect(),
        }
    }
}

/// A department's year after some months.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MonitoringJson {
    region: String,
    year: i32,
    month: u8,
    targets: Vec<LightsJson>,
}

impl From<Monitoring> for MonitoringJson {
    fn from(m: Monitoring) -> Self {
        let targets = m.targets.into_iter().map(LightsJson::from).collect();
        MonitoringJson { region: m.region.code(), year: m.year, month: m.month, targets }
    }
}

/// An evaluation.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EvaluationJson {
    id: String,
    region: String,
    year: i32,
    kind: String,
    name: String,
    state: String,
    target: Option<String>,
    /// 复评对象 · The evaluation that this one stands beside.
    beside: Option<String>,
    total: String,
    band: String,
    evaluator: String,
    revision: i32,
}

impl From<EvaluationRecord> for EvaluationJson {
    fn from(e: EvaluationRecord) -> Self {
        EvaluationJson {
            id: e.id.to_string(),
            region: e.region.code(),
            year: e.year,
            kind: e.kind.code().to_owned(),
            name: e.name,
            state: e.state.code().to_owned(),
            target: e.target_id.map(|t| t.to_string()),
            beside: e.of_id.map(|t| t.to_string()),
            total: text(read(e.total)),
            band: e.band,
            evaluator: e.evaluator,
            revision: e.revision,
        }
    }
}

/// A row of an evaluation.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EvaluationRowJson {
    position: i32,
    level1: String,
    level2: String,
    name: String,
    weight: String,
    actual: Option<String>,
    score: Option<String>,
    /// 为何须说明原因 · Why a reason is needed: missed, exceeded.
    why: Option<String>,
    reason: String,
}

impl From<EvaluationRow> for EvaluationRowJson {
    fn from(r: EvaluationRow) -> Self {
        EvaluationRowJson {
            position: r.position,
            level1: r.level1,
            level2: r.level2,
            name: r.name,
            weight: text(read(r.weight)),
            actual: units(r.value).or_else(|| r.reached.map(|l| l.code().to_owned())),
            score: units(r.score),
            why: r.why.map(|w| w.code().to_owned()),
            reason: r.reason,
        }
    }
}

/// A task.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TaskJson {
    id: String,
    region: String,
    year: i32,
    kind: String,
    finding: String,
    measure: String,
    owner: String,
    due: String,
    state: String,
    proof: String,
    carried_from: Option<String>,
    revision: i32,
}

impl From<Task> for TaskJson {
    fn from(t: Task) -> Self {
        TaskJson {
            id: t.id.to_string(),
            region: t.region.code(),
            year: t.year,
            kind: t.kind.code().to_owned(),
            finding: t.finding,
            measure: t.measure,
            owner: t.owner,
            due: t.due_day.to_string(),
            state: t.state.code().to_owned(),
            proof: t.proof,
            carried_from: t.carried_from.map(|id| id.to_string()),
            revision: t.revision,
        }
    }
}
