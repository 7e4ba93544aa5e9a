//! Sets of factors that were published: data, to begin from.

use std::sync::LazyLock;

use keqiao_i18n::Bilingual;
use keqiao_quantity::Decimal;
use serde::Deserialize;

use super::Factor;
use crate::profile::Certainty;

const SHIPPED: &[&str] = &[
    include_str!("../../allocation/sichuan-2020.toml"),
    include_str!("../../allocation/yunnan.toml"),
    include_str!("../../allocation/zhejiang-2015.toml"),
];

static FACTOR_SETS: LazyLock<Vec<FactorSet>> =
    LazyLock::new(|| SHIPPED.iter().filter_map(|file| toml::from_str(file).ok()).collect());

/// A published set of factors.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactorSet {
    /// Its code.
    pub name: String,
    /// Its name for people.
    pub title: Bilingual,
    /// How certain it is.
    pub certainty: Certainty,
    /// The rule of `docs/rules-basis.md`.
    pub source: String,
    /// Its factors.
    pub factors: Vec<Factor>,
    /// Only the best of this percentage get something.
    #[serde(default)]
    pub keep_percent: Option<Decimal>,
}

impl FactorSet {
    /// Every set that ships.
    pub fn all() -> &'static [FactorSet] {
        &FACTOR_SETS
    }

    /// The set with a code.
    pub fn named(name: &str) -> Option<&'static FactorSet> {
        FACTOR_SETS.iter().find(|p| p.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_factor_set_and_given_weights_make_a_hundred() {
        for file in SHIPPED {
            if let Err(e) = toml::from_str::<FactorSet>(file) {
                panic!("{e}\n{file}");
            }
        }
        for factor_set in FactorSet::all() {
            let weights: Vec<Decimal> = factor_set.factors.iter().filter_map(|f| f.weight).collect();
            assert!(weights.is_empty() || weights.len() == factor_set.factors.len(), "{}", factor_set.name);
            assert!(
                weights.is_empty() || weights.iter().sum::<Decimal>() == Decimal::ONE_HUNDRED,
                "{}",
                factor_set.name
            );
        }
        assert_eq!(FactorSet::named("zhejiang-2015").and_then(|p| p.keep_percent), Some(60.into()));
    }
}
