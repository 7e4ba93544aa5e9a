//! Target forms: 项目支出绩效目标完成情况表, 绩效自评表 and their variants (PR-24, PR-25, PR-37).

use keqiao_quantity::Printed;
use keqiao_source::Span;

use crate::{CellText, Value};

/// Budget and execution of a form's head. Amounts in the form's unit (万元 unless it says otherwise).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormAmounts {
    /// Row: 年度资金总额, 财政拨款, 其他资金, 上年结转.
    pub label: String,
    /// 年初预算数
    pub initial: Option<(Value, Span)>,
    /// 全年预算数, or 预算数 where there is only one.
    pub budget: Option<(Value, Span)>,
    /// 全年执行数
    pub executed: Option<(Value, Span)>,
    /// 分值
    pub weight: Option<(Printed, Span)>,
    /// 执行率
    pub rate: Option<(Printed, Span)>,
    /// 得分
    pub score: Option<(Printed, Span)>,
}

/// A goal of the year: 预期目标 | 实际完成情况.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Goal {
    /// Planned.
    pub expected: Option<CellText>,
    /// Reached.
    pub actual: Option<CellText>,
}

/// One row of the indicator part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Indicator {
    /// 一级指标, filled down.
    pub level1: String,
    /// 二级指标, filled down.
    pub level2: String,
    /// 三级指标.
    pub level3: Option<CellText>,
    /// 年度指标值 / 预期指标值
    pub target: Option<CellText>,
    /// 实际完成值
    pub actual: Option<CellText>,
    /// 分值
    pub weight: Option<(Printed, Span)>,
    /// 得分
    pub score: Option<(Printed, Span)>,
    /// 偏差原因分析及改进措施
    pub reason: Option<CellText>,
    /// 分值 of the 一级指标, where the form prints one on this row.
    pub level1_weight: Option<(Printed, Span)>,
    /// 分值 of the 二级指标, where the form prints one on this row.
    pub level2_weight: Option<(Printed, Span)>,
}

/// One form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TargetForm {
    /// 项目名称 (from the form or from the heading above it).
    pub project: String,
    /// Where the project's name stands.
    pub project_span: Option<Span>,
    /// The heading printed above, folded.
    pub heading: String,
    /// Where the heading stands.
    pub heading_span: Option<Span>,
    /// The project that the heading names.
    pub heading_project: Option<String>,
    /// Rows of the funds block; the first is the total.
    pub amounts: Vec<FormAmounts>,
    /// Goals of the year.
    pub goals: Vec<Goal>,
    /// Indicators in order.
    pub indicators: Vec<Indicator>,
    /// Whether the form has a column for scores.
    pub scored: bool,
    /// Whether the form has a column for the reasons of deviations.
    pub has_reason_column: bool,
    /// 总分
    pub total: Option<(Printed, Span)>,
    /// 分值 on the row of the total.
    pub total_weight: Option<(Printed, Span)>,
    /// One statement of reasons for the whole form (偏差大或目标未完成原因分析).
    pub deviation: Option<CellText>,
    /// 等级 or conclusion word.
    pub grade: Option<CellText>,
    /// Everything.
    pub span: Option<Span>,
}
