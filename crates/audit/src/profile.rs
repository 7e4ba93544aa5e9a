//! Profiles: weights, bands, table sets and thresholds by region × kind × year. Data files, not code: a new region is a
//! file in `profiles/`, named once in `SHIPPED`.

use std::sync::LazyLock;

use keqiao_facts::ReportKind;
use serde::Deserialize;

/// The files that ship. The first is the national one, which fits every report that no other fits.
const SHIPPED: &[&str] = &[
    include_str!("../profiles/national.toml"),
    include_str!("../profiles/sichuan.toml"),
    include_str!("../profiles/sichuan-2019.toml"),
    include_str!("../profiles/shanghai.toml"),
    include_str!("../profiles/hubei.toml"),
    include_str!("../profiles/zhejiang.toml"),
    include_str!("../profiles/chongqing.toml"),
];

static PROFILES: LazyLock<Vec<Profile>> =
    LazyLock::new(|| SHIPPED.iter().filter_map(|file| toml::from_str(file).ok()).collect());

/// One band of the conclusion: 优 from 90 points.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// 优, 良, 中, 差 …
    pub word: String,
    /// Fewest points of the band.
    pub min: u32,
}

/// One profile. A field that a file leaves out is empty: the rule that needs it then has nothing to judge.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Its name, for `--profile`.
    pub name: String,
    /// Provinces by their short names (四川); none = the whole country.
    #[serde(default)]
    pub provinces: Vec<String>,
    /// First fiscal year it holds for.
    #[serde(default)]
    pub from_year: Option<u16>,
    /// Last fiscal year it holds for.
    #[serde(default)]
    pub to_year: Option<u16>,
    /// Words that the outline of a final account must hold, each with its alternatives joined by `|`.
    #[serde(default)]
    pub parts: Vec<String>,
    /// Names of the public tables in their order.
    #[serde(default)]
    pub tables: Vec<String>,
    /// Terms that the glossary must explain, alternatives joined by `|`.
    #[serde(default)]
    pub glossary: Vec<String>,
    /// Chapters of a department's evaluation report, alternatives joined by `|`.
    #[serde(default)]
    pub evaluation_parts: Vec<String>,
    /// Bands of the conclusion, best first; none = not judged.
    #[serde(default)]
    pub bands: Vec<Band>,
    /// Points of 预算执行率.
    #[serde(default = "ten")]
    pub execution_weight: u32,
    /// An actual value from this percentage of its target on needs a reason.
    #[serde(default = "over_achievement")]
    pub over_achievement_percent: u32,
    /// Below this percentage of execution a reason is needed.
    #[serde(default = "execution_rate")]
    pub execution_rate_min: u32,
}

fn ten() -> u32 {
    10
}

fn over_achievement() -> u32 {
    130
}

fn execution_rate() -> u32 {
    90
}

impl Default for Profile {
    fn default() -> Self {
        PROFILES.first().cloned().unwrap_or_else(|| Profile {
            name: String::new(),
            provinces: Vec::new(),
            from_year: None,
            to_year: None,
            parts: Vec::new(),
            tables: Vec::new(),
            glossary: Vec::new(),
            evaluation_parts: Vec::new(),
            bands: Vec::new(),
            execution_weight: ten(),
            over_achievement_percent: over_achievement(),
            execution_rate_min: execution_rate(),
        })
    }
}

impl Profile {
    /// The profile for a region and year, as far as the report says them: that of the province and year, else the
    /// national one.
    pub fn for_report(province: Option<&str>, year: Option<u16>) -> Profile {
        let fits = |p: &&Profile| {
            let region = province.is_some_and(|own| p.provinces.iter().any(|x| x == own));
            let time =
                year.is_none_or(|y| p.from_year.is_none_or(|from| from <= y) && p.to_year.is_none_or(|to| y <= to));
            region && time
        };
        PROFILES.iter().find(fits).cloned().unwrap_or_default()
    }

    /// The profile with a name.
    pub fn named(name: &str) -> Option<Profile> {
        PROFILES.iter().find(|p| p.name == name).cloned()
    }

    /// Names of all profiles.
    pub fn names() -> impl Iterator<Item = &'static str> {
        PROFILES.iter().map(|p| p.name.as_str())
    }

    /// The words that the outline of a kind of report must hold.
    pub fn outline(&self, kind: ReportKind) -> &[String] {
        match kind {
            ReportKind::FinalAccount => &self.parts,
            ReportKind::DepartmentEvaluation => &self.evaluation_parts,
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PROFILES, Profile, SHIPPED};

    #[test]
    fn every_file_is_a_profile_with_a_name_of_its_own() {
        for file in SHIPPED {
            let profile: Profile = toml::from_str(file).expect(file);
            assert_eq!(PROFILES.iter().filter(|p| p.name == profile.name).count(), 1, "{}", profile.name);
        }
    }

    #[test]
    fn province_and_year_choose_and_the_country_is_the_rest() {
        assert_eq!(Profile::for_report(Some("四川"), Some(2022)).name, "sichuan");
        assert_eq!(Profile::for_report(Some("四川"), Some(2019)).name, "sichuan-2019");
        assert_eq!(Profile::for_report(Some("湖北"), Some(2023)).execution_weight, 20);
        assert_eq!(Profile::for_report(Some("贵州"), Some(2021)).name, "national");
        assert_eq!(Profile::for_report(None, None).name, "national");
    }
}
