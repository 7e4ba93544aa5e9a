//! The indicators of a form: one line of fields each, from what is stored or from what was typed, and back.

use keqiao_app::performance::{IndicatorContent, IndicatorForm, TargetForm};
use keqiao_base::{Fen, FieldError, ProjectId, Refusal};
use keqiao_performance::light::Milestone;
use keqiao_performance::{Indicator, Level2, Measure, Operator, Past, Tree};
use keqiao_quantity::Decimal;

use super::sent::{Sent, number};

/// The most lines that are read.
const LINES_MAX: usize = 200;

/// One indicator as its fields stand on the page.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) n: usize,
    pub(super) id: String,
    pub(super) level2: String,
    pub(super) name: String,
    pub(super) operator: String,
    pub(super) lower: String,
    pub(super) upper: String,
    pub(super) text: String,
    pub(super) unit: String,
    pub(super) weight: String,
    pub(super) applies: bool,
    pub(super) unit_cost: String,
    pub(super) baseline: String,
    pub(super) definition: String,
    /// Where the actual comes from: evidence, ledger, satisfaction, statement, or kept (what the fields cannot say).
    pub(super) from: String,
    pub(super) kind: String,
    pub(super) count: String,
    pub(super) rung: String,
    pub(super) function: String,
    /// Only of the target's own project.
    pub(super) own: bool,
    pub(super) milestones: String,
    /// The measure and the past as JSON: what the fields do not show goes there and back.
    pub(super) measure: String,
    pub(super) history: String,
    /// The past in words.
    pub(super) past: String,
}

impl Line {
    /// The fields of a stored indicator.
    pub(super) fn of(n: usize, content: &IndicatorContent) -> Line {
        let i = &content.indicator;
        let plain = |v: Option<Decimal>| v.map(|v| v.normalize().to_string()).unwrap_or_default();
        let mut line = Line {
            n,
            id: content.id.to_string(),
            level2: i.level2.code().to_owned(),
            name: i.name.clone(),
            operator: i.operator.code().to_owned(),
            lower: plain(i.lower),
            upper: plain(i.upper),
            text: i.text.clone().unwrap_or_default(),
            unit: i.unit.clone(),
            weight: plain(Some(i.weight)),
            applies: i.applies,
            unit_cost: i.unit_cost.map(|c| c.to_string()).unwrap_or_default(),
            baseline: plain(i.baseline),
            definition: i.definition.clone(),
            milestones: content
                .milestones
                .iter()
                .map(|m| format!("{}:{}", m.month, m.value.normalize()))
                .collect::<Vec<_>>()
                .join(" "),
            measure: serde_json::to_string(&i.measure).unwrap_or_default(),
            history: serde_json::to_string(&i.history).unwrap_or_default(),
            past: past(&i.history, &i.unit),
            ..Line::default()
        };
        line.show(&i.measure);
        line
    }

    /// An empty line at the end.
    pub(super) fn blank(n: usize) -> Line {
        Line {
            n,
            level2: Level2::Quantity.code().to_owned(),
            operator: Operator::AtLeast.code().to_owned(),
            from: "statement".to_owned(),
            applies: true,
            own: true,
            ..Line::default()
        }
    }

    /// Puts a measure into the fields.
    fn show(&mut self, measure: &Measure) {
        let code = |c: &Option<String>| c.clone().unwrap_or_default();
        match measure {
            Measure::Evidence { kind, count, project, region: None, rung_min } => {
                self.from = "evidence".to_owned();
                (self.kind, self.count, self.rung, self.own) =
                    (code(kind), code(count), code(rung_min), project.is_some());
            }
            Measure::Ledger { project, function, economic: None } => {
                self.from = "ledger".to_owned();
                (self.function, self.own) = (code(function), project.is_some());
            }
            Measure::Satisfaction { project } => {
                (self.from, self.own) = ("satisfaction".to_owned(), project.is_some());
            }
            Measure::Statement => self.from = "statement".to_owned(),
            _ => self.from = "kept".to_owned(),
        }
    }

    /// The fields as they were typed.
    fn typed(n: usize, sent: &Sent) -> Line {
        let get = |key: &str| sent.get(&format!("i{n}_{key}")).to_owned();
        let history: Vec<Past> = serde_json::from_str(&get("history")).unwrap_or_default();
        Line {
            n,
            id: get("id"),
            level2: get("level2"),
            name: get("name"),
            operator: get("operator"),
            lower: get("lower"),
            upper: get("upper"),
            text: get("text"),
            past: past(&history, &get("unit")),
            unit: get("unit"),
            weight: get("weight"),
            applies: get("applies") != "0",
            unit_cost: get("unit_cost"),
            baseline: get("baseline"),
            definition: get("definition"),
            from: get("from"),
            kind: get("kind"),
            count: get("count"),
            rung: get("rung"),
            function: get("function"),
            own: get("own") != "0",
            milestones: get("milestones"),
            measure: get("measure"),
            history: get("history"),
        }
    }

    fn is_blank(&self) -> bool {
        self.name.is_empty() && self.lower.is_empty() && self.text.is_empty() && self.id.is_empty()
    }

    /// The indicator that the fields say.
    fn indicator(&self, project: Option<ProjectId>, faults: &mut Vec<FieldError>) -> IndicatorForm {
        let mut say = |result: Result<Option<Decimal>, Refusal>| match result {
            Ok(value) => value,
            Err(refusal) => {
                faults.extend(refusal.fields);
                None
            }
        };
        let field = |key: &str| format!("i{}_{key}", self.n);
        let mut num = |key: &str, text: &str| say(number(&field(key), text));
        let (lower, upper) = (num("lower", &self.lower), num("upper", &self.upper));
        let (weight, baseline) = (num("weight", &self.weight).unwrap_or_default(), num("baseline", &self.baseline));
        let unit_cost = match Fen::parse(&self.unit_cost) {
            _ if self.unit_cost.is_empty() => None,
            Ok(cost) => Some(cost),
            Err(message) => {
                faults.push(FieldError { field: field("unit_cost"), message });
                None
            }
        };
        let level2 = self.level2.parse().unwrap_or(Level2::Quantity);
        let operator = self.operator.parse().unwrap_or(Operator::AtLeast);
        let indicator = Indicator {
            level1: level2.level1(),
            level2,
            name: self.name.clone(),
            operator,
            lower: lower.filter(|_| operator != Operator::Qualitative),
            upper: upper.filter(|_| operator == Operator::Range),
            text: Some(self.text.clone()).filter(|t| !t.is_empty()),
            unit: self.unit.clone(),
            weight,
            applies: self.applies,
            unit_cost,
            baseline,
            history: serde_json::from_str(&self.history).unwrap_or_default(),
            definition: self.definition.clone(),
            measure: self.measured(project),
        };
        IndicatorForm { id: self.id.parse().ok(), indicator, milestones: self.stones(faults) }
    }

    /// The measure that the fields say; the stored one where they cannot.
    fn measured(&self, project: Option<ProjectId>) -> Measure {
        let some = |code: &str| Some(code.to_owned()).filter(|c| !c.is_empty());
        let project = project.filter(|_| self.own);
        match self.from.as_str() {
            "evidence" => Measure::Evidence {
                kind: some(&self.kind),
                count: some(&self.count),
                project,
                region: None,
                rung_min: some(&self.rung),
            },
            "ledger" => Measure::Ledger { project, function: some(&self.function), economic: None },
            "satisfaction" => Measure::Satisfaction { project },
            "kept" => serde_json::from_str(&self.measure).unwrap_or_default(),
            _ => Measure::Statement,
        }
    }

    /// `6:30 9:60`: by the end of June 30, by the end of September 60.
    fn stones(&self, faults: &mut Vec<FieldError>) -> Vec<Milestone> {
        let mut stones = Vec::new();
        for part in self.milestones.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | ';' | '；')) {
            let Some((month, value)) = part.split_once([':', '：']) else {
                if !part.is_empty() {
                    faults.push(self.bad_milestone());
                }
                continue;
            };
            match (month.trim_end_matches('月').parse::<u8>(), number("", value)) {
                (Ok(month), Ok(Some(value))) if (1..=12).contains(&month) => stones.push(Milestone { month, value }),
                _ => faults.push(self.bad_milestone()),
            }
        }
        stones
    }

    fn bad_milestone(&self) -> FieldError {
        let (zh, en) = ("请写成“月份:累计值”，如 6:30 9:60。", "Write month:value since January, such as 6:30 9:60.");
        FieldError::new(format!("i{}_milestones", self.n), zh, en)
    }
}

/// The past in words.
fn past(history: &[Past], unit: &str) -> String {
    let year = |p: &Past| {
        let target = p.target.map(|t| format!(" / {}", t.normalize())).unwrap_or_default();
        format!("{}: {}{target}{unit}", p.year, p.actual.normalize())
    };
    history.iter().map(year).collect::<Vec<_>>().join(" · ")
}

/// The lines that were typed, those to be removed left out.
pub(super) fn typed(sent: &Sent) -> Vec<Line> {
    let lines = (0..LINES_MAX).filter(|n| sent.all(&format!("i{n}_name")).next().is_some());
    let lines = lines.filter(|n| sent.get(&format!("i{n}_remove")) != "1").map(|n| Line::typed(n, sent));
    lines.filter(|l| !l.is_blank()).enumerate().map(|(n, line)| Line { n, ..line }).collect()
}

/// The target that a form says.
///
/// # Errors
/// A refusal that names every field that cannot be read.
pub(super) fn target(sent: &Sent, lines: &[Line], project: Option<ProjectId>) -> Result<TargetForm, Refusal> {
    let mut faults = Vec::new();
    let budget = match Fen::parse(sent.get("budget")) {
        _ if sent.get("budget").is_empty() => Fen::ZERO,
        Ok(budget) => budget,
        Err(message) => {
            faults.push(FieldError { field: "budget".to_owned(), message });
            Fen::ZERO
        }
    };
    let indicators = lines.iter().map(|l| l.indicator(project, &mut faults)).collect();
    if !faults.is_empty() {
        return Err(Refusal::fields("target.invalid", faults));
    }
    Ok(TargetForm {
        name: sent.get("name").to_owned(),
        is_new: sent.get("is_new") == "1",
        owner: sent.get("owner").parse().ok(),
        description: sent.get("description").to_owned(),
        goal: sent.get("goal").to_owned(),
        budget,
        tree: sent.get("tree").parse().unwrap_or(Tree::Standard),
        profile: sent.get("profile").to_owned(),
        indicators,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&str, &str)]) -> Sent {
        Sent::new(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn lines_go_to_the_page_and_back() {
        let typed_in = sent(&[
            ("budget", "12.5万"),
            ("i0_name", "培训人次"),
            ("i0_level2", "quantity"),
            ("i0_operator", "ge"),
            ("i0_lower", "１，２００"),
            ("i0_unit", "人次"),
            ("i0_weight", "30"),
            ("i0_from", "evidence"),
            ("i0_kind", "training"),
            ("i0_count", "people"),
            ("i0_own", "0"),
            ("i0_milestones", "6月:500 9：900"),
            ("i1_name", ""),
            ("i2_name", "去掉的"),
            ("i2_remove", "1"),
        ]);
        let lines = typed(&typed_in);
        let form = target(&typed_in, &lines, None).unwrap();
        assert_eq!((form.budget, form.indicators.len()), (Fen::new(12_500_000), 1));
        let i = &form.indicators[0];
        assert_eq!((i.indicator.lower, i.milestones.len()), (Some(1200.into()), 2));
        assert_eq!(i.indicator.measure, Measure::evidence("training", Some("people")));
        let id = "0".repeat(32).parse().unwrap();
        let content = IndicatorContent { id, indicator: i.indicator.clone(), milestones: i.milestones.clone() };
        let line = Line::of(0, &content);
        let mut faults = Vec::new();
        assert_eq!(line.indicator(None, &mut faults).indicator, i.indicator);
        assert_eq!((line.milestones.as_str(), faults), ("6:500 9:900", vec![]));
    }

    #[test]
    fn what_cannot_be_read_is_named_field_by_field() {
        let typed_in = sent(&[("budget", "十万"), ("i0_name", "x"), ("i0_lower", "abc"), ("i0_milestones", "13:1")]);
        let refusal = target(&typed_in, &typed(&typed_in), None).unwrap_err();
        let fields: Vec<&str> = refusal.fields.iter().map(|f| f.field.as_str()).collect();
        assert_eq!(fields, ["budget", "i0_lower", "i0_milestones"]);
    }
}
