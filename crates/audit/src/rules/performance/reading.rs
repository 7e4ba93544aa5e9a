//! How the rules of this family read cells of a target form: the number a cell gives, and whether an actual meets its
//! target. What is not certain is [`Verdict::Unknown`], never a guess.

use keqiao_facts::{CellText, Indicator, Report, TargetForm};
use keqiao_quantity::{Bound, Decimal, Interval, Kind, Printed, Unit, scan};
use keqiao_source::{Folded, Span};

/// Longest cell that is read as one value with words around it.
const VALUE_CHARS_MAX: usize = 40;

/// One number of a cell.
#[derive(Clone, Debug)]
pub(super) struct Amount {
    pub(super) value: Printed,
    pub(super) upper: Option<Printed>,
    pub(super) unit: Unit,
    pub(super) bound: Option<Bound>,
    pub(super) approx: bool,
    pub(super) per: Option<String>,
}

impl Amount {
    /// What the number may stand for, in base units.
    pub(super) fn interval(&self) -> Interval {
        let low = self.value.scaled(self.unit.factor);
        let high = self.upper.map_or(low, |u| u.scaled(self.unit.factor));
        let stretch = if self.approx { Decimal::new(11, 1) } else { Decimal::ONE };
        Interval { low: low.low, high: high.high.saturating_mul(stretch) }
    }

    /// Exactly what is printed, in base units.
    pub(super) fn exact(&self) -> Decimal {
        self.value.value().saturating_mul(self.unit.factor)
    }

    /// Upper end of a range, or the value itself.
    pub(super) fn top(&self) -> Decimal {
        self.upper.map_or(self.exact(), |u| u.value().saturating_mul(self.unit.factor))
    }

    /// Whether both count the same things, as far as the words say.
    pub(super) fn alike(&self, other: &Amount) -> bool {
        let occasions = |n: &str| ["次", "场", "场次", "期", "期次", "个次"].contains(&n);
        let (a, b) = (self.unit.base_name(), other.unit.base_name());
        self.unit.kind == other.unit.kind
            && self.per == other.per
            && (a == b
                || a.is_empty()
                || b.is_empty()
                || self.unit.kind != Kind::Count
                || (occasions(&a) && occasions(&b)))
    }
}

/// The numbers of a cell; a cell that is only a number with an operator counts too.
pub(super) fn amounts(text: &str) -> Vec<Amount> {
    let found: Vec<Amount> = scan(text)
        .into_iter()
        .filter(|n| !n.ordinal)
        .map(|n| Amount { value: n.value, upper: n.upper, unit: n.unit, bound: n.bound, approx: n.approx, per: n.per })
        .collect();
    if !found.is_empty() {
        return found;
    }
    let core = text.trim_start_matches(['≥', '≤', '>', '<', '=']);
    let bound = match text.chars().next() {
        Some('≥') => Some(Bound::AtLeast),
        Some('≤') => Some(Bound::AtMost),
        Some('>') => Some(Bound::MoreThan),
        Some('<') => Some(Bound::LessThan),
        _ => None,
    };
    Printed::parse(core)
        .map(|value| Amount { value, upper: None, unit: Unit::count(""), bound, approx: false, per: None })
        .into_iter()
        .collect()
}

/// How an actual stands to its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Not comparable with certainty.
    Unknown,
    /// Reached.
    Met,
    /// Not reached, whatever rounding allows.
    Missed,
    /// Actual ÷ target, for targets that are to be reached or surpassed.
    Surpassed(Decimal),
}

/// Compares target and actual of an indicator.
pub(super) fn verdict(indicator: &Indicator) -> Verdict {
    let Some((target, actual)) = comparable(indicator) else { return Verdict::Unknown };
    let reached = actual.interval();
    match target.bound {
        Some(Bound::AtMost | Bound::LessThan) if reached.low > target.top() => Verdict::Missed,
        Some(Bound::AtMost | Bound::LessThan) => Verdict::Met,
        None if wants_less(indicator) || is_duration(&target) => Verdict::Unknown,
        _ if reached.high < target.exact() => Verdict::Missed,
        _ => match actual.exact().checked_div(target.top()) {
            Some(ratio) if target.unit.kind != Kind::Percent && ratio > Decimal::ONE => Verdict::Surpassed(ratio),
            _ => Verdict::Met,
        },
    }
}

/// The one number of the target and the one number of the actual that answers it.
pub(super) fn comparable(indicator: &Indicator) -> Option<(Amount, Amount)> {
    let (target, actual) = (indicator.target.as_ref()?, indicator.actual.as_ref()?);
    if [target, actual].iter().any(|c| c.text.chars().count() > VALUE_CHARS_MAX) {
        return None;
    }
    let [target] = &amounts(&target.text)[..] else { return None };
    let answers: Vec<Amount> = amounts(&actual.text).into_iter().filter(|a| a.alike(target)).collect();
    let [answer] = &answers[..] else { return None };
    (answer.bound.is_none() && target.unit.kind != Kind::Points && target.per.is_none())
        .then(|| (target.clone(), answer.clone()))
}

/// Whether less is better, as far as the names say: then a target without an operator says nothing certain.
fn wants_less(indicator: &Indicator) -> bool {
    let words = [
        "事故",
        "投诉",
        "违规",
        "违纪",
        "差错",
        "误差",
        "负面",
        "发生率",
        "下降",
        "降低",
        "减少",
        "缺陷",
        "死亡",
        "成本",
        "费",
        "超支",
        "逾期",
        "上访",
        "信访",
        "缺",
        "空置",
        "损耗",
        "失业",
        "返贫",
        "病",
        "亏损",
        "债",
        "火灾",
        "案件",
        "纠纷",
        "隐患",
        "压减",
        "控制",
        "偏差",
        "流失",
        "时间",
        "时长",
        "天数",
        "时限",
        "周期",
        "支出",
        "能耗",
    ];
    let name = name(indicator);
    words.iter().any(|w| name.contains(w)) || indicator.level2.contains("成本") || indicator.level2.contains("时效")
}

fn is_duration(amount: &Amount) -> bool {
    ["天", "小时", "分钟", "个工作日", "工作日", "个月", "年"].contains(&amount.unit.base_name().as_str())
}

/// Whether the form watches a year that is not over: its actuals are not results.
pub(super) fn is_monitoring(form: &TargetForm) -> bool {
    form.heading.contains("监控") || form.heading.contains("中期")
}

/// 三级指标.
pub(super) fn name(indicator: &Indicator) -> &str {
    indicator.level3.as_ref().map_or("", |c| c.text.as_str())
}

/// Whether the indicator asks how content people are.
pub(super) fn asks_satisfaction(indicator: &Indicator) -> bool {
    name(indicator).contains("满意") || indicator.level2.contains("满意") || indicator.level1.contains("满意")
}

/// Whether a cell gives a reason: not empty, not 无, not "no deviation".
pub(super) fn is_reason(text: &str) -> bool {
    let core = text.trim_matches(|c: char| matches!(c, '—' | '-' | '/' | '。' | '、' | '–' | '0'));
    let nothing = ["", "无", "没有", "否", "暂无", "未发生", "不适用", "已完成", "无偏差", "偏差小"].contains(&core);
    !nothing
        && !["无偏差", "未出现偏差", "未发生偏差", "不存在偏差", "没有偏差", "均按计划完成", "按计划完成"]
            .iter()
            .any(|w| core.contains(w))
}

/// Whether form or text give a reason for the deviation of an indicator.
pub(super) fn explained(report: &Report, form: &TargetForm, indicator: &Indicator) -> bool {
    let because = |t: &str| ["因", "受", "由于", "疫情", "推迟", "取消", "调整"].iter().any(|w| t.contains(w));
    let own = indicator.reason.iter().chain(&form.deviation).any(|c| is_reason(&c.text));
    let label = name(indicator);
    own || indicator.actual.as_ref().is_some_and(|c| because(&c.text))
        || (label.chars().count() >= 4
            && report.paragraphs.iter().any(|p| {
                let text = p.folded.text();
                text.find(label).is_some_and(|at| because(&text[at..]))
            }))
}

/// The words of a cell, cut where they are too long to be marked.
pub(super) fn tight(report: &Report, cell: &CellText) -> Span {
    tight_span(report, cell.span, 24)
}

/// The first `chars_max` characters of a stretch, without white space around them.
pub(super) fn tight_span(report: &Report, span: Span, chars_max: usize) -> Span {
    let words = report.words(span);
    if words.chars().count() <= chars_max {
        return span;
    }
    let folded = Folded::new(words, span.start as usize);
    let end = folded.text().char_indices().nth(chars_max).map_or(folded.text().len(), |(i, _)| i);
    folded.span(0..end)
}

/// Whether a form is about the department as a whole, not one project.
pub(super) fn is_overall(form: &TargetForm) -> bool {
    form.project.is_empty() && form.heading.contains("整体")
}

/// How a message names a form.
pub(super) fn title(form: &TargetForm) -> String {
    match (form.project.is_empty(), form.heading.is_empty()) {
        (false, _) => format!("“{}”", form.project),
        (true, false) => format!("“{}”", form.heading),
        (true, true) => "本表".into(),
    }
}

/// Two rows with the same span are one merged cell: each is counted once.
pub(super) fn distinct(cells: impl Iterator<Item = (Printed, Span)>) -> Vec<(Printed, Span)> {
    let mut seen: Vec<(Printed, Span)> = Vec::new();
    for cell in cells {
        if seen.last().is_none_or(|l| l.1 != cell.1) {
            seen.push(cell);
        }
    }
    seen
}
