//! Profiles of scoring (口径): weights, formulas, bands by region and year. Data files, not code: a new region is a file in `profiles/`, named
//! once in `SHIPPED`. Every value says how certain it is and which rule it comes from; what nobody has read in an original is marked unverified
//! and must be shown so. What the proof-reader expects of a printed report is another thing (`keqiao_audit::Profile`).

use std::sync::LazyLock;

use keqiao_i18n::Bilingual;
use keqiao_quantity::Decimal;
use serde::{Deserialize, Serialize};

use crate::deviation::Limits;
use crate::light::Thresholds;
use crate::score::{Band, ExecutionWay, LevelRange, OverRule, ReverseWay, SatisfactionWay, is_partition};
use crate::weight::{NotApplicable, Split};
use crate::{Level1, Tree};

/// The files that ship. The first is the default; a file that extends another stands after it.
const SHIPPED: &[&str] = &[
    include_str!("../profiles/mof-2020.toml"),
    include_str!("../profiles/mof-2021-cost.toml"),
    include_str!("../profiles/hubei.toml"),
    include_str!("../profiles/chongqing.toml"),
    include_str!("../profiles/sichuan.toml"),
    include_str!("../profiles/zhejiang.toml"),
    include_str!("../profiles/shanghai.toml"),
    include_str!("../profiles/guangxi.toml"),
    include_str!("../profiles/integrated-system.toml"),
];

static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    let mut tables: Vec<toml::Table> = Vec::new();
    SHIPPED.iter().filter_map(|file| read(file, &mut tables).ok()).collect()
});

keqiao_base::coded! {
    /// How certain a value of a profile is.
    pub enum Certainty {
        /// Read in an official form or text, or recomputed on published numbers.
        Read = "A" => ("见于正式表样或文件，或经公开数据验算", "Read in an official form or text, or recomputed"),
        /// Read in a secondary source, or in software that a province runs.
        Secondary = "B" => ("见于二手资料，或在用的省级系统", "Read in a secondary source, or in software in use"),
        /// From memory; nobody has read it in an original.
        Unverified = "C" => ("未经核实，请对照文件原文后使用", "Not verified: compare with the original first"),
        /// Our own proposal.
        Ours = "D" => ("本系统的建议值，没有文件规定", "Our own proposal, prescribed nowhere"),
    }
}

/// A value with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stated<T> {
    /// The value.
    pub value: T,
    /// How certain.
    pub certainty: Certainty,
    /// The rule of `docs/rules-basis.md`.
    pub source: String,
    /// Nobody has read it in an original; so with every [`Certainty::Unverified`] and no other.
    #[serde(default)]
    pub unverified: bool,
}

/// One line of a table of points for a whole department or a project (PR-35, PR-36).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndexLine {
    /// First level.
    pub first: String,
    /// Second level.
    pub second: String,
    /// Third level.
    pub third: String,
    /// Points.
    pub points: Decimal,
}

/// A table of points with where it comes from.
pub type Index = Stated<Vec<IndexLine>>;

/// One profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Its code.
    pub name: String,
    /// Its name for people.
    pub title: Bilingual,
    /// What one should know before using it.
    pub note: Bilingual,
    /// Provinces by their short names (四川); none = the whole country.
    #[serde(default)]
    pub provinces: Vec<String>,
    /// First year that it holds for.
    #[serde(default)]
    pub from_year: Option<i32>,
    /// Which tree its form uses (PR-4).
    pub tree: Stated<Tree>,
    /// Weights (PR-9..11).
    pub split: Stated<Split>,
    /// Weights of a project without a branch of costs (PR-10).
    #[serde(default)]
    pub split_without_cost: Option<Stated<Split>>,
    /// To which branch the weight of satisfaction goes where it does not apply (PR-10).
    #[serde(default)]
    pub satisfaction_goes_to: Option<Stated<Level1>>,
    /// What becomes of weights that do not apply (PR-13).
    pub not_applicable: Stated<NotApplicable>,
    /// PR-16.
    pub reverse: Stated<ReverseWay>,
    /// PR-17.
    pub over: Stated<OverRule>,
    /// PR-18, best first.
    pub levels: Stated<Vec<LevelRange>>,
    /// PR-19.
    pub satisfaction: Stated<SatisfactionWay>,
    /// PR-20.
    pub execution: Stated<ExecutionWay>,
    /// PR-23, best first.
    pub bands: Stated<Vec<Band>>,
    /// Below this percentage of execution a reason is needed (PR-26).
    pub execution_rate_min: Stated<Decimal>,
    /// The last months of the periods that are monitored (PR-31).
    pub monitoring_months: Stated<Vec<u8>>,
    /// PR-32.
    pub lights: Stated<Thresholds>,
    /// Points of a department's evaluation (PR-35).
    #[serde(default)]
    pub department_index: Option<Index>,
    /// Points of a project's evaluation (PR-36).
    #[serde(default)]
    pub project_index: Option<Index>,
}

impl Profile {
    /// Every profile that ships, the default first.
    pub fn all() -> &'static [Profile] {
        &PROFILES
    }

    /// The profile with a code.
    pub fn named(name: &str) -> Option<&'static Profile> {
        PROFILES.iter().find(|p| p.name == name)
    }

    /// The profile of a province and year: its own, else the default of the country.
    pub fn of_province(province: &str, year: i32) -> Option<&'static Profile> {
        let fits = |p: &&Profile| {
            p.provinces.iter().any(|own| province.starts_with(own.as_str())) && p.from_year.is_none_or(|y| y <= year)
        };
        PROFILES.iter().find(fits).or_else(|| PROFILES.first())
    }

    /// The weights of a target with or without costs as a branch, with or without satisfaction (PR-10).
    pub fn split(&self, has_cost: bool, has_satisfaction: bool) -> Split {
        let stated = if has_cost { &self.split } else { self.split_without_cost.as_ref().unwrap_or(&self.split) };
        let mut split = stated.value.clone();
        if let (false, Some(to)) = (has_satisfaction, &self.satisfaction_goes_to)
            && let Some(weight) = split.level1.remove(&Level1::Satisfaction)
        {
            *split.level1.entry(to.value).or_default() += weight;
        }
        split
    }

    /// Where a reason is needed (PR-26).
    pub fn limits(&self) -> Limits {
        let over = self.over.value;
        Limits {
            exceeded: over.percent / Decimal::ONE_HUNDRED,
            exceeded_zero: over.from_zero,
            execution: self.execution_rate_min.value,
        }
    }

    /// Each value's name, certainty and source, in the order of the file; what people are shown beside the profile.
    pub fn provenance(&self) -> Vec<(Bilingual, Certainty, &str)> {
        fn one<'a, T>(zh: &str, en: &str, s: &'a Stated<T>) -> (Bilingual, Certainty, &'a str) {
            (Bilingual::new(zh, en), s.certainty, &s.source)
        }
        let mut list = vec![one("指标体系", "Tree", &self.tree), one("权重", "Weights", &self.split)];
        list.extend(self.split_without_cost.iter().map(|s| one("未设成本指标时的权重", "Weights without costs", s)));
        list.extend(
            self.satisfaction_goes_to
                .iter()
                .map(|s| one("未设满意度指标时分值去向", "Where the weight of satisfaction goes", s)),
        );
        list.extend([
            one("不适用指标的分值", "Weights that do not apply", &self.not_applicable),
            one("反向指标", "Reverse indicators", &self.reverse),
            one("超额完成", "Far over the target", &self.over),
            one("定性指标档次", "Levels", &self.levels),
            one("满意度计分", "Satisfaction", &self.satisfaction),
            one("预算执行计分", "Execution", &self.execution),
            one("评价等次", "Bands", &self.bands),
            one("须说明的执行率", "Execution that needs a reason", &self.execution_rate_min),
            one("监控月份", "Months of monitoring", &self.monitoring_months),
            one("执行进度预警", "Lights of the budget", &self.lights),
        ]);
        list.extend(self.department_index.iter().map(|s| one("部门整体评价分值", "Points of a department", s)));
        list.extend(self.project_index.iter().map(|s| one("项目评价分值", "Points of a project", s)));
        list
    }

    /// Values that nobody has read in an original.
    pub fn unverified(&self) -> Vec<Bilingual> {
        self.provenance().into_iter().filter(|(_, c, _)| *c == Certainty::Unverified).map(|(name, ..)| name).collect()
    }

    /// What is wrong with its numbers: bands and levels that leave a gap, weights that do not make a hundred.
    fn fault(&self) -> Option<String> {
        let sum = |s: &Split| {
            let branches: Decimal = s.level1.values().copied().sum();
            s.level1.is_empty() || s.execution + branches == Decimal::ONE_HUNDRED
        };
        let index = |i: &Option<Index>| {
            i.as_ref().is_none_or(|i| i.value.iter().map(|l| l.points).sum::<Decimal>() == Decimal::ONE_HUNDRED)
        };
        let levels = &self.levels.value;
        let joined = levels.windows(2).all(|pair| matches!(pair, [a, b] if a.from == b.to))
            && levels.first().is_some_and(|l| l.to == Decimal::ONE_HUNDRED)
            && levels.last().is_some_and(|l| l.from.is_zero());
        let checks = [
            (is_partition(&self.bands.value), "bands leave a gap"),
            (joined, "levels leave a gap"),
            (sum(&self.split.value), "weights do not make 100"),
            (self.split_without_cost.as_ref().is_none_or(|s| sum(&s.value)), "weights without cost do not make 100"),
            (index(&self.department_index) && index(&self.project_index), "points of an index do not make 100"),
        ];
        checks.iter().find(|(good, _)| !good).map(|(_, what)| (*what).to_owned())
    }
}

/// Reads one file on top of the one that it extends; keeps its table for those that extend it.
fn read(file: &str, tables: &mut Vec<toml::Table>) -> Result<Profile, String> {
    let mut own: toml::Table = toml::from_str(file).map_err(|e| e.to_string())?;
    let mut table = match own.remove("extends") {
        None => toml::Table::new(),
        Some(toml::Value::String(base)) => tables
            .iter()
            .find(|t| t.get("name").and_then(toml::Value::as_str) == Some(&base))
            .cloned()
            .ok_or_else(|| format!("extends {base}, which does not stand before it"))?,
        Some(other) => return Err(format!("extends {other}")),
    };
    for personal in ["provinces", "from_year"] {
        table.remove(personal);
    }
    table.extend(own);
    if let Some((key, _)) = table.iter().find(|(_, v)| is_mismarked(v)) {
        return Err(format!("{key}: `unverified` must stand where the certainty is C, and nowhere else"));
    }
    tables.push(table.clone());
    let profile: Profile = table.try_into().map_err(|e: toml::de::Error| e.to_string())?;
    profile.fault().map_or(Ok(profile), Err)
}

fn is_mismarked(value: &toml::Value) -> bool {
    let Some(certainty) = value.get("certainty").and_then(toml::Value::as_str) else { return false };
    let marked = value.get("unverified").and_then(toml::Value::as_bool).unwrap_or(false);
    marked != (certainty == Certainty::Unverified.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_sound_profile_with_a_name_of_its_own() {
        let mut tables = Vec::new();
        for file in SHIPPED {
            if let Err(e) = read(file, &mut tables) {
                panic!("{e}\n{file}");
            }
        }
        let mut names: Vec<&str> = Profile::all().iter().map(|p| p.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), SHIPPED.len());
    }

    #[test]
    fn province_and_year_choose_and_the_ministry_is_the_rest() {
        let name = |province, year| Profile::of_province(province, year).map(|p| p.name.as_str());
        assert_eq!(name("湖北省", 2023), Some("hubei"));
        assert_eq!(name("四川", 2022), Some("sichuan"));
        assert_eq!(name("贵州", 2022), Some("mof-2020"));
        let split = Profile::named("hubei").map(|p| p.split(false, true).execution);
        assert_eq!(split, Some(20.into()));
    }

    #[test]
    fn weights_follow_from_which_branches_there_are() {
        let profile = Profile::named("mof-2021-cost").expect("it ships");
        let weights = |cost, satisfaction| {
            let split = profile.split(cost, satisfaction);
            let of = |l| split.level1.get(&l).copied().unwrap_or_default().to_string();
            [of(Level1::Cost), of(Level1::Output), of(Level1::Benefit), of(Level1::Satisfaction)].join(" ")
        };
        assert_eq!(weights(true, true), "20 40 20 10");
        assert_eq!(weights(true, false), "20 40 30 0");
        assert_eq!(weights(false, true), "0 50 30 10");
        assert_eq!(weights(false, false), "0 50 40 0");
    }

    #[test]
    fn what_nobody_has_read_is_said_to_be_unverified() {
        let unverified = |name| Profile::named(name).map(|p| p.unverified().len());
        assert_eq!(unverified("mof-2021-cost"), Some(7));
        assert_eq!(unverified("sichuan"), Some(0));
        let silent = SHIPPED[0].replace(", unverified = true", "");
        assert!(read(&silent, &mut Vec::new()).is_err_and(|e| e.contains("monitoring_months")));
        let unknown = SHIPPED[0].replace("from_year", "from_yaer");
        assert!(read(&unknown, &mut Vec::new()).is_err());
        let astray = SHIPPED[0].replace("red = 60", "red = 60, blue = 50");
        assert!(read(&astray, &mut Vec::new()).is_err());
        let gap = SHIPPED[0].replace("from = 60, to = 80", "from = 65, to = 80");
        assert!(read(&gap, &mut Vec::new()).is_err_and(|e| e.contains("levels")));
    }
}
