//! The library of indicators (指标库) for science associations: by kind of project, each with definition, unit, proof and measure. Data files
//! in `library/`; one picks a prototype and adapts it. Written from what associations publish; prescribed nowhere.

use std::sync::LazyLock;

use keqiao_i18n::Bilingual;
use keqiao_quantity::Decimal;
use serde::{Deserialize, Serialize};

use crate::{Indicator, Level1, Level2, Measure, Operator};

keqiao_base::coded! {
    /// What a project is about.
    pub enum ProjectKind {
        /// 科普活动
        Activities = "activities" => ("科普活动", "Science outreach events"),
        /// 科普大篷车、流动科技馆
        Caravan = "caravan" => ("科普大篷车、流动科技馆", "Science caravan and mobile museum"),
        /// 青少年科技创新
        Youth = "youth" => ("青少年科技创新", "Science for the young"),
        /// 学术交流
        Academic = "academic" => ("学术交流", "Academic exchange"),
        /// 金桥工程
        Goldbridge = "goldbridge" => ("金桥工程", "Golden Bridge projects"),
        /// 院士专家工作站
        Workstation = "workstation" => ("院士专家工作站", "Academician and expert stations"),
        /// 农技协与农村科普
        Rural = "rural" => ("农技协与农村科普", "Rural technical associations"),
        /// 百名专家连百村
        Experts = "experts" => ("百名专家连百村", "A hundred experts for a hundred villages"),
        /// 科技工作者服务
        Workers = "workers" => ("科技工作者服务", "Services for scientists and engineers"),
        /// 科普信息化
        Digital = "digital" => ("科普信息化", "Science online"),
        /// 科技馆运行
        Museum = "museum" => ("科技馆运行", "Running a science museum"),
        /// 决策咨询
        Counsel = "counsel" => ("决策咨询", "Advice to decision makers"),
        /// 学会能力建设
        Societies = "societies" => ("学会能力建设", "Capacity of societies"),
        /// 科普示范社区与基地
        Demonstration = "demonstration" => ("科普示范社区与基地", "Model communities and bases"),
        /// 科学素质监测
        Literacy = "literacy" => ("科学素质监测", "Science literacy"),
        /// 机关运行与保障
        Office = "office" => ("机关运行与保障", "Running the office"),
        /// 科技志愿服务
        Volunteers = "volunteers" => ("科技志愿服务", "Science volunteers"),
        /// 通用
        General = "general" => ("通用", "For every kind of project"),
    }
}

/// The files that ship, one for each kind of project.
const SHIPPED: &[&str] = &[
    include_str!("../library/activities.toml"),
    include_str!("../library/caravan.toml"),
    include_str!("../library/youth.toml"),
    include_str!("../library/academic.toml"),
    include_str!("../library/goldbridge.toml"),
    include_str!("../library/workstation.toml"),
    include_str!("../library/rural.toml"),
    include_str!("../library/experts.toml"),
    include_str!("../library/workers.toml"),
    include_str!("../library/digital.toml"),
    include_str!("../library/museum.toml"),
    include_str!("../library/counsel.toml"),
    include_str!("../library/societies.toml"),
    include_str!("../library/demonstration.toml"),
    include_str!("../library/literacy.toml"),
    include_str!("../library/office.toml"),
    include_str!("../library/volunteers.toml"),
    include_str!("../library/general.toml"),
];

static PROTOTYPES: LazyLock<Vec<Prototype>> = LazyLock::new(|| {
    let read = SHIPPED.iter().filter_map(|file| toml::from_str::<Shelf>(file).ok());
    read.flat_map(|shelf| shelf.indicator.into_iter().map(move |written| written.of(shelf.kind))).collect()
});

/// One file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shelf {
    kind: ProjectKind,
    indicator: Vec<Written>,
}

/// One indicator as it stands in a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    code: String,
    name: Bilingual,
    level2: Level2,
    unit: String,
    operator: Operator,
    #[serde(default)]
    hint: String,
    definition: Bilingual,
    evidence: Vec<String>,
    #[serde(default)]
    measure: Measure,
}

impl Written {
    fn of(self, kind: ProjectKind) -> Prototype {
        let Written { code, name, level2, unit, operator, hint, definition, evidence, measure } = self;
        Prototype { code, kind, name, level2, unit, operator, hint, definition, evidence, measure }
    }
}

/// One indicator of the library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Prototype {
    /// Its code, `kind.name`; never used again for another.
    pub code: String,
    /// For which kind of project.
    pub kind: ProjectKind,
    /// 三级指标.
    pub name: Bilingual,
    /// 二级指标.
    pub level2: Level2,
    /// The unit.
    pub unit: String,
    /// How the actual is usually held against the target.
    pub operator: Operator,
    /// What targets are often like: `≥90%`; empty where they differ too much.
    pub hint: String,
    /// What exactly is counted, and by what it is known.
    pub definition: Bilingual,
    /// Kinds of evidence (their codes) that usually prove it.
    pub evidence: Vec<String>,
    /// Where the actual comes from; a statement where the platform cannot compute it.
    pub measure: Measure,
}

impl Prototype {
    /// Every prototype, by kind of project, in the order of the forms.
    pub fn all() -> &'static [Prototype] {
        &PROTOTYPES
    }

    /// The prototype with a code.
    pub fn coded(code: &str) -> Option<&'static Prototype> {
        PROTOTYPES.iter().find(|e| e.code == code)
    }

    /// 一级指标.
    pub fn level1(&self) -> Level1 {
        self.level2.level1()
    }

    /// A draft to adapt: no target yet, no weight.
    pub fn draft(&self) -> Indicator {
        let mut indicator =
            Indicator::new(self.level2, &self.name.zh, self.operator, Decimal::ZERO, &self.unit, Decimal::ZERO);
        indicator.lower = None;
        indicator.definition = self.definition.zh.clone();
        indicator.measure = self.measure.clone();
        indicator
    }

    /// How well a word fits: 3 in the name, 2 in the code or the kind, 1 in the definition, 0 nowhere.
    fn fits(&self, word: &str) -> u32 {
        let holds = |text: &str| text.to_lowercase().contains(word);
        let both = |text: &Bilingual| holds(&text.zh) || holds(&text.en);
        let kind = self.kind.title();
        match () {
            () if both(&self.name) => 3,
            () if holds(&self.code) || holds(kind.zh) || holds(kind.en) || holds(&self.unit) => 2,
            () if both(&self.definition) => 1,
            () => 0,
        }
    }
}

/// What one looks for; what is not said does not limit.
#[derive(Clone, Debug, Default)]
pub struct Search<'a> {
    /// Words in either language, all of which must occur.
    pub words: &'a str,
    /// Only for this kind of project, with those for every kind.
    pub kind: Option<ProjectKind>,
    /// Only of this branch.
    pub level1: Option<Level1>,
    /// Only of this twig.
    pub level2: Option<Level2>,
    /// Only those that the platform computes.
    pub computed: bool,
}

impl Search<'_> {
    /// What is found: the best first, in the order of the library where they are equal.
    pub fn run(&self) -> Vec<&'static Prototype> {
        let words: Vec<String> = self.words.split_whitespace().map(str::to_lowercase).collect();
        let mut found: Vec<(u32, &Prototype)> = PROTOTYPES
            .iter()
            .filter(|e| self.kind.is_none_or(|k| e.kind == k || e.kind == ProjectKind::General))
            .filter(|e| self.level1.is_none_or(|l| e.level1() == l) && self.level2.is_none_or(|l| e.level2 == l))
            .filter(|e| !self.computed || !e.measure.is_stated())
            .filter_map(|e| {
                let fits: Vec<u32> = words.iter().map(|w| e.fits(w)).collect();
                (!fits.contains(&0)).then(|| (fits.iter().sum(), e))
            })
            .collect();
        found.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
        found.into_iter().map(|(_, e)| e).collect()
    }
}

#[cfg(test)]
mod tests;
