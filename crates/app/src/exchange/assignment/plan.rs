//! What a sheet says: by which settings it was made, who could serve whom and why, who stays without and why, what each constraint costs.

use keqiao_access::RegionCode;
use keqiao_base::{FieldError, ListingId, coded};
use keqiao_exchange::assign::Constraint;
use keqiao_exchange::choice::ListingKind;
use keqiao_exchange::place::Reach;
use keqiao_i18n::{Bilingual, Fixed};
use serde::{Deserialize, Serialize};

/// The most pairs that are declared.
const CONFLICTS_MAX: usize = 500;

/// By what a sheet was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Where the demands are.
    pub region: RegionCode,
    /// Demands or questions.
    pub kind: ListingKind,
    /// Codes; any when empty.
    pub discipline: String,
    /// See `discipline`.
    pub industry: String,
    /// See `discipline`.
    pub technology: String,
    /// Where the experts are; everywhere when it is `None`.
    pub from: Option<RegionCode>,
    /// Hours that one order takes.
    pub hours_each: u32,
    /// The most orders of one expert.
    pub places_max: u32,
    /// The longest way.
    pub km_max: u32,
    /// What a kilometre takes off a score.
    pub per_km: u32,
    /// Who must not meet.
    pub conflicts: Vec<Conflict>,
}

/// Two who must not meet, by their names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Whose demand it is.
    pub owner: String,
    /// Who offers.
    pub expert: String,
}

/// Pairs, one a line.
pub(super) fn conflicts(text: &str) -> Result<Vec<Conflict>, FieldError> {
    let fault = |zh: String, en: String| FieldError::new("conflicts", zh, en);
    let mut pairs = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (owner, expert) = line.split_once(['；', ';']).unwrap_or((line, ""));
        let (owner, expert) = (owner.trim().to_owned(), expert.trim().to_owned());
        if owner.is_empty() || expert.is_empty() {
            let short: String = line.chars().take(30).collect();
            return Err(fault(
                format!("“{short}”不是一对：请写“需求方；专家”，一行一对。"),
                format!("“{short}” is no pair: write “owner; expert”, one a line."),
            ));
        }
        pairs.push(Conflict { owner, expert });
    }
    if pairs.len() > CONFLICTS_MAX {
        return Err(fault(format!("最多 {CONFLICTS_MAX} 对。"), format!("At most {CONFLICTS_MAX} pairs.")));
    }
    Ok(pairs)
}

coded! {
    /// Why a demand stays without an expert.
    pub enum Why {
        /// Nothing near it is offered.
        NoOffer = "no_offer" => ("没有内容相近的所能", "Nothing near it is offered"),
        /// Those who offer do not come so far, or the way is too long.
        Far = "far" => ("能做的专家路程太远或不服务本地", "Those who could are too far away or do not come there"),
        /// Those who could must not.
        Conflict = "conflict" => ("能做的专家须回避", "Those who could must not meet its owner"),
        /// Those who could have no place left.
        Full = "full" => ("能做的专家名额已满", "Those who could have no place left"),
    }
}

/// A demand with its expert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// The demand.
    pub demand: ListingId,
    /// Its title.
    pub title: String,
    /// Whose it is.
    pub owner: String,
    /// Where it is.
    pub region: RegionCode,
    /// Who would serve it.
    pub expert: String,
    /// By which offer.
    pub offer: ListingId,
    /// Its title.
    pub offer_title: String,
    /// How well they fit, 0 to 10,000.
    pub score: u32,
    /// How far apart they are.
    pub apart: Reach,
    /// What speaks for it.
    pub fitting: Vec<Bilingual>,
    /// What speaks against it.
    pub against: Vec<Bilingual>,
}

/// A demand without an expert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// The demand.
    pub demand: ListingId,
    /// Its title.
    pub title: String,
    /// Whose it is.
    pub owner: String,
    /// Where it is.
    pub region: RegionCode,
    /// Why.
    pub why: Why,
    /// Who could, but for that; at most five.
    pub experts: Vec<String>,
}

/// An expert and how much is asked of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expert {
    /// The name.
    pub name: String,
    /// Where they are.
    pub region: RegionCode,
    /// Places they have.
    pub places: u32,
    /// Demands they would serve.
    pub given: u32,
    /// What one more place would add; 0 while one is left.
    pub more: i64,
}

/// What a constraint costs, lifted alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Which, by its place in the order places, conflict, travel.
    pub constraint: u8,
    /// Worth that is lost to it.
    pub worth: i64,
    /// Demands that go unserved because of it.
    pub unserved: usize,
}

impl Cost {
    /// What the constraint is called.
    pub fn title(&self) -> Fixed {
        match self.constraint {
            0 => Fixed { zh: "专家名额", en: "Places of experts" },
            1 => Fixed { zh: "回避关系", en: "Conflicts" },
            _ => Fixed { zh: "路程远近", en: "The way" },
        }
    }

    pub(super) fn of(price: keqiao_exchange::assign::Price) -> Cost {
        let constraint = match price.constraint {
            Constraint::Places => 0,
            Constraint::Conflict => 1,
            Constraint::Travel => 2,
        };
        Cost { constraint, worth: price.worth, unserved: price.unserved }
    }
}

/// A sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// By what it was made.
    pub settings: Settings,
    /// Demands with an expert, in the order of their titles.
    pub served: Vec<Placed>,
    /// Demands without.
    pub left: Vec<Left>,
    /// Experts, those of whom most is asked on top.
    pub experts: Vec<Expert>,
    /// What each constraint costs.
    pub costs: Vec<Cost>,
}

impl Plan {
    /// How many demands there are.
    pub fn demands(&self) -> usize {
        self.served.len() + self.left.len()
    }
}

/// How long the way is, roughly, by the smallest area that holds both: regions have no places on a map here.
pub(super) fn km(apart: Reach) -> u32 {
    match apart {
        Reach::County => 20,
        Reach::City => 80,
        Reach::Province => 250,
        Reach::Country => 1_000,
    }
}
