//! What a form states, as facts: amounts of its head, numbers of targets and actuals.

use keqiao_facts::{Aspect, CellText, Fact, FactId, Place, Report, TargetForm, Value};
use keqiao_quantity::{Printed, Unit, scan};
use keqiao_source::{Folded, Span};

use crate::Collector;

/// Collects the facts of one form.
pub(super) fn collect(form: &TargetForm, report: &Report, text: &str, facts: &mut Collector) {
    let mut push = |label: String, aspect: Aspect, value: Value, span: Span, clause: Span| {
        facts.push(Fact {
            id: FactId(0),
            measure: None,
            label,
            aspect,
            scope: form.project.clone(),
            year: report.identity.fiscal_year,
            label_year: None,
            base_year: None,
            value,
            direction: None,
            span,
            clause,
            place: Place::Form,
            section: None,
            paragraph: None,
        });
    };
    for row in &form.amounts {
        let sides =
            [(&row.initial, Aspect::InitialBudget), (&row.budget, Aspect::Budget), (&row.executed, Aspect::Actual)];
        for (amount, aspect) in sides {
            if let Some((value, span)) = amount {
                push(row.label.clone(), aspect, value.clone(), *span, *span);
            }
        }
    }
    for indicator in &form.indicators {
        let label = indicator.level3.as_ref().map(|c| c.text.clone()).unwrap_or_default();
        let sides = [(&indicator.target, Aspect::Target), (&indicator.actual, Aspect::Actual)];
        for (cell, aspect) in sides {
            for (value, span) in cell.iter().flat_map(|c| numbers(c, text)) {
                push(label.clone(), aspect, value, span, span);
            }
        }
    }
    for goal in &form.goals {
        for (cell, aspect) in [(&goal.expected, Aspect::Target), (&goal.actual, Aspect::Actual)] {
            for (value, span) in cell.iter().flat_map(|c| numbers(c, text)) {
                push(String::new(), aspect, value, span, span);
            }
        }
    }
}

/// Numbers in a cell; a cell that is nothing but a number counts too.
fn numbers(cell: &CellText, text: &str) -> Vec<(Value, Span)> {
    let folded = Folded::new(cell.span.of(text), cell.span.start as usize);
    let found: Vec<(Value, Span)> =
        scan(folded.text()).iter().map(|n| (Value::from(n), folded.span(n.range.clone()))).collect();
    if !found.is_empty() {
        return found;
    }
    let bare = Printed::parse(folded.text()).map(|printed| Value {
        printed,
        upper: None,
        unit: Unit::count(""),
        bound: None,
        approx: false,
        per: None,
        spelled: false,
        ordinal: false,
    });
    bare.map(|v| (v, cell.span)).into_iter().collect()
}
