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

static PRESETS: LazyLock<Vec<Preset>> =
    LazyLock::new(|| SHIPPED.iter().filter_map(|file| toml::from_str(file).ok()).collect());

/// A published set of factors.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preset {
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

impl Preset {
    /// Every preset that ships.
    pub fn all() -> &'static [Preset] {
        &PRESETS
    }

    /// The preset with a code.
    pub fn named(name: &str) -> Option<&'static Preset> {
        PRESETS.iter().find(|p| p.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_preset_and_given_weights_make_a_hundred() {
        for file in SHIPPED {
            if let Err(e) = toml::from_str::<Preset>(file) {
                panic!("{e}\n{file}");
            }
        }
        for preset in Preset::all() {
            let weights: Vec<Decimal> = preset.factors.iter().filter_map(|f| f.weight).collect();
            assert!(weights.is_empty() || weights.len() == preset.factors.len(), "{}", preset.name);
            assert!(weights.is_empty() || weights.iter().sum::<Decimal>() == Decimal::ONE_HUNDRED, "{}", preset.name);
        }
        assert_eq!(Preset::named("zhejiang-2015").and_then(|p| p.keep_percent), Some(60.into()));
    }
}
