//! What speaks for and against bringing a demand and an offer together, beside their words: one line per part, with whole points, made from
//! the values compared. The sum orders only what the search holds near.

use keqiao_base::{Day, coded};
use keqiao_i18n::Bilingual;
use keqiao_quantity::Decimal;
use serde::{Deserialize, Serialize};

use crate::listing::{Content, Demand, Offer};
use crate::place::{Reach, apart};
use crate::refine::{Criterion, Side};

coded! {
    /// What is compared.
    pub enum Part {
        /// Acceptance criteria against promises.
        Criterion = "criterion" => ("验收指标", "Criterion"),
        /// Discipline, industry, technology.
        Field = "field" => ("专业领域", "Field"),
        /// Where both are.
        Place = "place" => ("地点", "Place"),
        /// How ripe it is.
        Maturity = "maturity" => ("成熟度", "Maturity"),
        /// Price against budget.
        Price = "price" => ("价格", "Price"),
        /// Time against deadline.
        Time = "time" => ("时间", "Time"),
        /// Free places.
        Capacity = "capacity" => ("承接能力", "Capacity"),
        /// How both want to work together.
        Mode = "mode" => ("合作方式", "Cooperation"),
        /// Deals that were confirmed.
        Deals = "deals" => ("过往成效", "Past deals"),
    }
}

/// What each part counts when it speaks for a match; what speaks against counts the same, negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weights {
    /// A criterion met.
    pub criterion: i32,
    /// The same discipline, industry or technology, each.
    pub field: i32,
    /// In the same county; half in the same city.
    pub place: i32,
    /// Ripe enough.
    pub maturity: i32,
    /// Affordable.
    pub price: i32,
    /// In time.
    pub time: i32,
    /// Places are free.
    pub capacity: i32,
    /// A common way to work together.
    pub mode: i32,
    /// Confirmed deals before.
    pub deals: i32,
}

impl Weights {
    /// Those that hold until better ones are learned.
    pub const DEFAULT: Weights =
        Weights { criterion: 12, field: 8, place: 8, maturity: 8, price: 10, time: 6, capacity: 10, mode: 4, deals: 8 };
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What was compared.
    pub part: Part,
    /// Above nothing for, below nothing against.
    pub points: i32,
    /// In words.
    pub words: Bilingual,
}

/// One side and what is known of it besides its text.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// What it says.
    pub content: &'a Content,
    /// Its region, six digits.
    pub region: &'a str,
    /// The name of its region.
    pub place: &'a str,
}

/// What is known of who offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Demands in hand.
    pub taken: u32,
    /// Deals that both sides confirmed.
    pub deals: u64,
}

/// Every line, what weighs most first. Nothing where a side is of another kind.
pub fn fit(demand: &Known<'_>, offer: &Known<'_>, load: Load, today: Day, weights: &Weights) -> Vec<Reason> {
    let (Some(wants), Some(gives)) = (demand.content.demand(), offer.content.offer()) else { return Vec::new() };
    let mut reasons = criteria(wants, gives, weights.criterion);
    reasons.extend(fields(demand.content, offer.content, weights.field));
    reasons.push(place(demand, offer, gives.reach, weights.place));
    reasons.extend(maturity(wants, gives, weights.maturity));
    reasons.extend(price(wants, gives, weights.price));
    reasons.extend(time(wants, gives, today, weights.time));
    reasons.extend(capacity(gives, load.taken, weights.capacity));
    reasons.extend(mode(demand.content, offer.content, weights.mode));
    if load.deals > 0 {
        let n = load.deals;
        let (zh, en) = (format!("已有{n}项双方确认的成交"), format!("{n} deals confirmed by both sides"));
        reasons.push(Reason { part: Part::Deals, points: weights.deals, words: Bilingual::new(zh, en) });
    }
    reasons.retain(|r| r.points != 0);
    reasons.sort_by_key(|r| std::cmp::Reverse(r.points.abs()));
    reasons
}

/// The sum of the points.
pub fn points(reasons: &[Reason]) -> i32 {
    reasons.iter().map(|r| r.points).sum()
}

fn criteria(demand: &Demand, offer: &Offer, weight: i32) -> Vec<Reason> {
    let wanted = &demand.parts.criteria;
    let said = wanted.iter().filter_map(|want| {
        let give = offer.promises.iter().find(|give| same_matter(want, give))?;
        let meets = meets(want, give)?;
        let verdict = if meets { ("，符合", ": met") } else { ("，不符合", ": not met") };
        let words = Bilingual::new(
            format!("对方要求{want}，能做到{give}{}", verdict.0),
            format!("asked {want}, promised {give}{}", verdict.1),
        );
        Some(Reason { part: Part::Criterion, points: if meets { weight } else { -weight }, words })
    });
    said.collect()
}

/// Of one quantity: the same unit, and one name holds the other or two hanzi in a row of it.
fn same_matter(want: &Criterion, give: &Criterion) -> bool {
    let signs: Vec<char> = want.name.chars().collect();
    let shared = signs.windows(2).any(|pair| give.name.contains(&pair.iter().collect::<String>()));
    want.unit == give.unit && want.side == give.side && (shared || want.name == give.name)
}

/// Whether every value that is promised is one that is wanted; nothing when a number cannot be read.
fn meets(want: &Criterion, give: &Criterion) -> Option<bool> {
    let (wanted, given): (Decimal, Decimal) = (want.value.parse().ok()?, give.value.parse().ok()?);
    Some(match want.side {
        Side::AtMost => given <= wanted,
        Side::AtLeast => given >= wanted,
    })
}

fn fields(demand: &Content, offer: &Content, weight: i32) -> Vec<Reason> {
    let pairs = [
        (&demand.discipline, &offer.discipline, "学科相同", "the same discipline"),
        (&demand.industry, &offer.industry, "行业相同", "the same industry"),
        (&demand.technology, &offer.technology, "技术领域相同", "the same field of technology"),
    ];
    let same = pairs.into_iter().filter(|(d, o, ..)| !d.is_empty() && d == o);
    same.map(|(_, _, zh, en)| Reason { part: Part::Field, points: weight, words: Bilingual::new(zh, en) }).collect()
}

fn place(demand: &Known<'_>, offer: &Known<'_>, reach: Reach, weight: i32) -> Reason {
    let apart = apart(demand.region, offer.region);
    let (from, to) = (offer.place, demand.place);
    let (points, zh, en) = match apart {
        _ if apart > reach => {
            let (zh, en) = (reach.title().zh, reach.title().en.to_lowercase());
            (-weight, format!("服务范围为{zh}，需求在{to}"), format!("serves {en} only; the demand is in {to}"))
        }
        Reach::County => (weight, format!("同在{to}"), format!("both in {to}")),
        Reach::City => (weight / 2, format!("同市：{from}—{to}"), format!("the same city: {from} and {to}")),
        Reach::Province | Reach::Country => (0, String::new(), String::new()),
    };
    Reason { part: Part::Place, points, words: Bilingual::new(zh, en) }
}

fn maturity(demand: &Demand, offer: &Offer, weight: i32) -> Option<Reason> {
    let (wanted, given) = (demand.maturity?, offer.maturity?);
    let (w, g) = (wanted.title(), given.title());
    let (points, zh, en) = if given >= wanted {
        (weight, "达到要求", "ripe enough")
    } else {
        (-weight, "尚未达到要求", "not ripe enough yet")
    };
    let words = Bilingual::new(
        format!("要求{}，现为{}，{zh}", w.zh, g.zh),
        format!("asked: {}; is: {}; {en}", w.en.to_lowercase(), g.en.to_lowercase()),
    );
    Some(Reason { part: Part::Maturity, points, words })
}

fn price(demand: &Demand, offer: &Offer, weight: i32) -> Option<Reason> {
    let (budget, price) = (demand.parts.budget?, offer.price?);
    let (zh, en, points) = if price.from > budget.to {
        ("最低报价超出预算", "the lowest price is above the budget", -weight)
    } else if price.to <= budget.to {
        ("报价在预算以内", "within the budget", weight)
    } else {
        ("报价与预算有交集", "price and budget overlap", weight / 2)
    };
    let (asked, has) = (price.wan(), budget.wan());
    let words = Bilingual::new(
        format!("{zh}（报价{asked}万元，预算{has}万元）"),
        format!("{en} (price {asked}, budget {has}, in 10,000 yuan)"),
    );
    Some(Reason { part: Part::Price, points, words })
}

fn time(demand: &Demand, offer: &Offer, today: Day, weight: i32) -> Option<Reason> {
    let (deadline, days) = (demand.parts.deadline?, i64::from(offer.days?));
    let left = today.until(deadline);
    let (points, zh, en) =
        if days <= left { (weight, "来得及", "in time") } else { (-weight, "来不及", "too late") };
    let words = Bilingual::new(
        format!("需{days}天，离{deadline}还有{left}天，{zh}"),
        format!("takes {days} days, {left} are left until {deadline}: {en}"),
    );
    Some(Reason { part: Part::Time, points, words })
}

fn capacity(offer: &Offer, taken: u32, weight: i32) -> Option<Reason> {
    let places = offer.places?;
    let free = places.saturating_sub(taken);
    let (points, zh, en) = if free > 0 {
        (weight, format!("还可承接{free}项（上限{places}项）"), format!("{free} of {places} places are free"))
    } else {
        (-weight, format!("已承接{taken}项，没有余量"), format!("{taken} in hand, no place is free"))
    };
    Some(Reason { part: Part::Capacity, points, words: Bilingual::new(zh, en) })
}

fn mode(demand: &Content, offer: &Content, weight: i32) -> Option<Reason> {
    if demand.modes.is_empty() || offer.modes.is_empty() {
        return None;
    }
    let shared = demand.modes.iter().find(|m| offer.modes.contains(m));
    let (points, words) = match shared {
        Some(m) => {
            let title = m.title();
            let (zh, en) = (format!("都接受{}", title.zh), format!("both accept {}", title.en.to_lowercase()));
            (weight, Bilingual::new(zh, en))
        }
        None => (-weight, Bilingual::new("合作方式没有交集", "no common way to work together")),
    };
    Some(Reason { part: Part::Mode, points, words })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choice::ListingKind;
    use crate::listing::Cells;

    fn content(kind: ListingKind, pairs: &[(&str, &str)]) -> Content {
        let cells = pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let (content, faults) = Content::read(kind, &Cells(cells));
        assert_eq!(faults, []);
        content
    }

    const DEMAND: &[(&str, &str)] = &[
        ("title", "烘干线耗气偏高"),
        ("problem", "太费气"),
        ("criteria", "含水率 ≤ 14 %\n每吨耗气 ≤ 25 方"),
        ("budget_from", "80000"),
        ("budget_to", "100000"),
        ("deadline", "2027-06-30"),
        ("maturity", "applied"),
        ("discipline", "416"),
        ("mode", "consulting"),
    ];

    fn said(offer: &[(&str, &str)], region: &str, load: Load) -> Vec<(Part, i32)> {
        let (demand, offer) = (content(ListingKind::Demand, DEMAND), content(ListingKind::Offer, offer));
        let demand = Known { content: &demand, region: "990101", place: "云汀县" };
        let offer = Known { content: &offer, region, place: "那边" };
        let today = Day::new(2026, 11, 21).unwrap();
        fit(&demand, &offer, load, today, &Weights::DEFAULT).into_iter().map(|r| (r.part, r.points)).collect()
    }

    #[test]
    fn what_fits_speaks_for_it() {
        let offer = [
            ("title", "烘干余热回收"),
            ("solves", "降低耗气"),
            ("promises", "出机含水率 ≤ 13.5 %\n耗气 ≤ 24.9 方"),
            ("maturity", "spread"),
            ("price_from", "60000"),
            ("price_to", "90000"),
            ("days", "60"),
            ("places", "3"),
            ("discipline", "416"),
            ("mode", "consulting"),
            ("reach", "city"),
        ];
        let reasons = said(&offer, "990101", Load { taken: 1, deals: 2 });
        assert!(reasons.iter().all(|(_, points)| *points > 0), "{reasons:?}");
        assert_eq!(reasons.len(), Part::ALL.len() + 1, "two criteria");
    }

    #[test]
    fn what_does_not_fit_speaks_against_it() {
        let offer = [
            ("title", "烘干余热回收"),
            ("solves", "降低耗气"),
            ("promises", "含水率 ≤ 15 %"),
            ("maturity", "trial"),
            ("price_from", "100000.01"),
            ("days", "300"),
            ("places", "1"),
            ("mode", "shares"),
            ("reach", "county"),
        ];
        let reasons = said(&offer, "990102", Load { taken: 1, deals: 0 });
        assert!(reasons.iter().all(|(_, points)| *points < 0), "{reasons:?}");
        assert_eq!(reasons.len(), 7);
    }

    #[test]
    fn what_was_not_said_is_not_held_against_anybody() {
        let offer = [("title", "烘干余热回收"), ("solves", "降低耗气")];
        assert_eq!(said(&offer, "510812", Load::default()), []);
    }
}
