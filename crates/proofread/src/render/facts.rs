//! Facts as rows of words, for CSV, spreadsheets and the terminal.

use keqiao_facts::{Aspect, Direction, Fact};
use keqiao_i18n::{Fixed, Lang};
use keqiao_quantity::Bound;

use crate::checked::Content;

/// The facts by their place in the text.
pub fn in_order(content: &Content) -> Vec<&Fact> {
    let mut facts: Vec<&Fact> = content.report.facts.iter().collect();
    facts.sort_by_key(|f| (f.span.start, f.span.end));
    facts
}

/// The name in JSON and CSV of a direction.
pub fn direction_id(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "up",
        Direction::Down => "down",
        Direction::Flat => "flat",
    }
}

/// The name in JSON and CSV of an aspect.
pub fn aspect_id(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Actual => "actual",
        Aspect::InitialBudget => "initial_budget",
        Aspect::Budget => "budget",
        Aspect::Target => "target",
    }
}

/// A bound as a sign.
pub fn bound_sign(bound: Bound) -> &'static str {
    match bound {
        Bound::AtLeast => ">=",
        Bound::MoreThan => ">",
        Bound::AtMost => "<=",
        Bound::LessThan => "<",
    }
}

/// A direction in words.
pub fn direction_word(direction: Direction, lang: Lang) -> &'static str {
    match direction {
        Direction::Up => Fixed { zh: "增加", en: "up" },
        Direction::Down => Fixed { zh: "减少", en: "down" },
        Direction::Flat => Fixed { zh: "持平", en: "flat" },
    }
    .get(lang)
}

/// An aspect in words.
pub fn aspect_word(aspect: Aspect, lang: Lang) -> &'static str {
    match aspect {
        Aspect::Actual => Fixed { zh: "实际", en: "actual" },
        Aspect::InitialBudget => Fixed { zh: "年初预算", en: "initial budget" },
        Aspect::Budget => Fixed { zh: "预算", en: "budget" },
        Aspect::Target => Fixed { zh: "目标", en: "target" },
    }
    .get(lang)
}
