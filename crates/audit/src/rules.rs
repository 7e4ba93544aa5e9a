//! The families. A family's `mod.rs` names its rules; nothing else needs to know them.

use crate::Rule;

/// Declares the rule files of a family and lists them: `family![share_differs, growth_differs];` expands to
/// `mod share_differs; …` and `pub(super) static RULES: &[&Rule] = &[&share_differs::RULE, …];`.
macro_rules! family {
    ($($rule:ident),* $(,)?) => {
        $(mod $rule;)*
        pub(super) static RULES: &[&crate::Rule] = &[$(&$rule::RULE),*];
    };
}

mod arithmetic;
mod classification;
mod disclosure;
mod performance;
mod period;
mod restated;
mod table;
mod text;

pub(crate) use restated::{Passage, passages};

static FAMILIES: &[&[&Rule]] = &[
    arithmetic::RULES,
    restated::RULES,
    period::RULES,
    table::RULES,
    performance::RULES,
    disclosure::RULES,
    text::RULES,
    classification::RULES,
];

/// Every rule, family by family.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().flat_map(|family| family.iter().copied())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn codes_and_names_are_unique_and_specs_exist() {
        let (mut codes, mut names) = (BTreeSet::new(), BTreeSet::new());
        for rule in super::all() {
            assert!(codes.insert(rule.code), "{} twice", rule.code);
            assert!(names.insert(rule.name), "{} twice", rule.name);
        }
    }
}
