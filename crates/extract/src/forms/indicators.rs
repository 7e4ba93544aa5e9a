//! The indicator part: which column is what, rows with their levels filled down, and the closing rows (总分, 等级,
//! 偏差原因).

use keqiao_facts::{CellText, Indicator, TargetForm};
use keqiao_quantity::Printed;
use keqiao_source::Span;

use super::rows::{FormCell, Row};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Level1,
    Level2,
    Level3,
    Target,
    Actual,
    Weight,
    Score,
    Reason,
    Note,
}

/// The columns of the indicator part, by grid column.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    found: Vec<(Column, usize)>,
}

fn column(head: &str) -> Option<Column> {
    let core = head.split('（').next().unwrap_or(head);
    let has = |words: &[&str]| words.iter().any(|w| core.contains(w));
    let is = |words: &[&str]| words.contains(&core);
    Some(if core.chars().count() > 22 {
        return None;
    } else if has(&["一级指标"]) {
        Column::Level1
    } else if has(&["二级指标"]) {
        Column::Level2
    } else if has(&["偏差", "未完成原因", "原因分析", "扣分原因", "改进措施", "原因说明"]) {
        Column::Reason
    } else if is(&["备注", "说明"]) {
        Column::Note
    } else if has(&["得分"]) || is(&["评分", "自评分"]) {
        Column::Score
    } else if is(&["分值", "权重", "标准分", "满分", "指标分值", "指标权重", "分值权重", "权重分值"])
    {
        Column::Weight
    } else if has(&["实际完成", "完成值", "实际值", "完成指标值"])
        || is(&["实际", "实际数", "完成情况", "实际情况", "全年实际", "实绩"])
    {
        Column::Actual
    } else if has(&["指标值", "目标值", "计划值", "预期值"])
        || is(&["计划", "计划数", "年度目标", "年初目标", "预期指标", "计划完成"])
    {
        Column::Target
    } else if has(&["三级指标", "四级指标"])
        || is(&["指标名称", "指标内容", "绩效指标", "具体指标", "服务内容", "工作内容", "指标", "绩效指标名称"])
    {
        Column::Level3
    } else {
        return None;
    })
}

impl Columns {
    /// The columns, when the row is the head of an indicator part.
    pub(super) fn of(row: &Row) -> Option<Columns> {
        let mut found: Vec<(Column, usize)> = Vec::new();
        for (cell, start) in row.cells.iter().zip(&row.starts) {
            if let Some(column) = column(&cell.text) {
                found.push((column, *start));
            }
        }
        let has = |c| found.iter().any(|f| f.0 == c);
        let named = has(Column::Level3) || (has(Column::Level1) && has(Column::Level2));
        let valued = has(Column::Target) || (has(Column::Weight) && has(Column::Score));
        (named && valued).then_some(Columns { found })
    }

    pub(super) fn has_score(&self) -> bool {
        self.first(Column::Score).is_some()
    }

    pub(super) fn has_reason(&self) -> bool {
        self.first(Column::Reason).is_some()
    }

    fn first(&self, column: Column) -> Option<usize> {
        self.found.iter().find(|f| f.0 == column).map(|f| f.1)
    }

    /// The weight column that belongs to the deepest level: the last one.
    fn weight(&self) -> Option<usize> {
        self.found.iter().rev().find(|f| f.0 == Column::Weight).map(|f| f.1)
    }

    /// A weight column between two levels belongs to the level left of it.
    fn level_weight(&self, level: Column) -> Option<usize> {
        let at = self.found.iter().position(|f| f.0 == level)?;
        let next = self.found.get(at + 1).filter(|f| f.0 == Column::Weight)?;
        (Some(next.1) != self.weight()).then_some(next.1)
    }

    /// Reads a row of indicators. Empty level cells repeat what stands above.
    pub(super) fn read(&self, row: &Row, form: &mut TargetForm) {
        let at = |c: Column| self.first(c).and_then(|i| row.at(i));
        let words = |c: Column| at(c).map(FormCell::cell);
        let (target, actual) = (words(Column::Target), words(Column::Actual));
        let merged = target.as_ref().zip(actual.as_ref()).is_some_and(|(t, a)| t.span == a.span);
        let number = |i: Option<usize>| i.and_then(|i| row.at(i)).and_then(|c| number(&c.text, c.span));
        let score = number(self.first(Column::Score));
        if merged || (target.is_none() && actual.is_none() && score.is_none()) {
            return;
        }
        let above = form.indicators.last();
        let mut level1 = at(Column::Level1).map(|c| c.text.clone());
        let mut level2 = at(Column::Level2).map(|c| c.text.clone());
        let mut level3 = words(Column::Level3);
        if let Some(above) = above {
            let opened = level1.as_ref().is_some_and(|l| *l != above.level1);
            level1 = level1.or_else(|| Some(above.level1.clone()));
            if !opened {
                level3 = level3
                    .or_else(|| above.level3.clone().filter(|_| level2.as_ref().is_none_or(|l| *l == above.level2)));
                level2 = level2.or_else(|| Some(above.level2.clone()));
            }
        }
        let reason = words(Column::Reason).or_else(|| words(Column::Note));
        form.indicators.push(Indicator {
            level1: level1.unwrap_or_default(),
            level2: level2.unwrap_or_default(),
            level3,
            target,
            actual,
            weight: number(self.weight()),
            score,
            reason,
            level1_weight: number(self.level_weight(Column::Level1)),
            level2_weight: number(self.level_weight(Column::Level2)),
        });
    }

    /// Weight and score on the row of the total.
    fn total(&self, row: &Row, form: &mut TargetForm) {
        let number = |i: Option<usize>| i.and_then(|i| row.at(i)).and_then(|c| number(&c.text, c.span));
        let numbers: Vec<_> = row.filled().filter_map(|c| self::number(&c.text, c.span)).collect();
        // A short row's last cell reaches over all columns to its right: it is no weight then.
        let spread = self
            .weight()
            .and_then(|i| row.at(i))
            .zip(self.first(Column::Score).and_then(|i| row.at(i)))
            .is_some_and(|(a, b)| a.span == b.span);
        let score = number(self.first(Column::Score)).filter(|_| !spread);
        form.total = score.or(form.total);
        form.total_weight = number(self.weight()).filter(|_| score.is_some()).or(form.total_weight);
        // A ragged row: the score is its last number, and only a row with both tells which is the weight.
        if score.is_none() && !numbers.is_empty() {
            form.total = numbers.last().copied();
            form.total_weight = numbers.len().checked_sub(2).and_then(|i| numbers.get(i)).copied();
        }
    }
}

/// Rows that stand outside the indicators: total, grade, reasons for the whole form, remarks. Says whether it was one.
pub(super) fn closing(row: &Row, columns: Option<&Columns>, form: &mut TargetForm) -> bool {
    let Some(first) = row.filled().next() else { return true };
    let label = first.text.split('（').next().unwrap_or(&first.text).trim_end_matches('：');
    let second = row.filled().nth(1);
    let starts = |words: &[&str]| words.iter().any(|w| label.starts_with(w));
    if let Some(columns) = columns
        .filter(|_| ["总分", "合计", "总计", "总得分", "得分合计", "自评总分", "综合得分", "自评得分"].contains(&label))
    {
        columns.total(row, form);
        grade(row, form);
        return true;
    }
    if starts(&["偏差", "未完成原因", "目标未完成", "未完成绩效目标"]) && columns.is_some() && row.filled().count() == 2
    {
        form.deviation = second.map(FormCell::cell);
        return true;
    }
    if grade(row, form) && columns.is_some() {
        return true;
    }
    columns.is_some()
        && row.filled().count() <= 2
        && starts(&[
            "改进措施",
            "备注",
            "说明",
            "填表",
            "联系人",
            "其他需",
            "注：",
            "评价人",
            "填报",
            "自评结论",
            "结果应用",
        ])
}

/// `自评等级 | 优` anywhere in a row.
fn grade(row: &Row, form: &mut TargetForm) -> bool {
    let cells: Vec<&FormCell> = row.filled().collect();
    for (i, cell) in cells.iter().enumerate() {
        let label = cell.text.trim_end_matches('：');
        let named = label.ends_with("等级") || label.ends_with("等次") || label == "自评结果";
        if let Some(value) =
            cells.get(i + 1).filter(|v| named && v.text.chars().count() <= 5 && label.chars().count() < 10)
            && number(&value.text, value.span).is_none()
        {
            form.grade = Some(value.cell());
            return true;
        }
    }
    false
}

/// A number alone in folded words, with 分 or a percent sign after it. The span is that of the whole cell.
fn number(text: &str, span: Span) -> Option<(Printed, Span)> {
    let core = text.split('（').next().unwrap_or(text).trim_end_matches(['分', '%']);
    Printed::parse(core).map(|p| (p, span))
}

/// Whether a cell holds words and not only a dash.
pub(super) fn says(cell: &CellText) -> bool {
    !cell.text.chars().all(|c| matches!(c, '-' | '—' | '/' | '、' | '–'))
}
