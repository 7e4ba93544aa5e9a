//! From listings to a problem of `exchange::assign` and from its answer to a sheet: what is near by its words, what speaks for and against it, how
//! many places an expert has, who must not meet.

use std::collections::{BTreeMap, HashMap};

use keqiao_base::{AccountId, Day, Kind, ListingId, Refusal};
use keqiao_exchange::assign::{self, Assignment, Constraint, Pair, Problem, SCORE_MAX, SERVED, places_of};
use keqiao_exchange::choice::ListingKind;
use keqiao_exchange::fit::{self, Known, Load, Reason, Weights};
use keqiao_exchange::listing::Content;
use keqiao_exchange::place::{Reach, apart};
use keqiao_search::Key;
use keqiao_store::exchange::listing::Listing;
use tokio::time::Instant;

use super::plan::{Conflict, Cost, Expert, Left, Placed, Plan, Settings, Why, km};
use super::{EXPERTS_MAX, too_many};
use crate::error::AppResult;
use crate::exchange::card::content_of;
use crate::exchange::finder::{Ask, Finder, asked, key_of, text_of, touches, weak};
use crate::exchange::matching::place_of;

/// How many interests stand accepted, by offer.
pub(super) type Taken = HashMap<ListingId, i64>;

/// Offers that are looked at for a demand.
const CANDIDATES: usize = 100;
/// Points of the nearest, and what each place further counts less: as `matching` orders.
const FIRST: i32 = 100;
const STEP: i32 = 2;
/// From points to scores.
const SCALE: i32 = 40;
/// Names that are given where somebody could but for one thing.
const NAMES: usize = 5;

/// Whose an offer is: the account, or the name of who has none.
type Owner = (Option<AccountId>, String);

/// An expert: everything that one owner offers.
struct Side {
    listing: Listing,
    places: u32,
}

/// An offer that could serve a demand, as it stands to it.
struct Choice {
    expert: usize,
    offer: usize,
    score: u32,
    apart: Reach,
    /// Beyond the reach of the offer or the longest way.
    far: bool,
    /// They must not meet.
    conflict: bool,
}

impl Choice {
    /// What stands in the way, if anything.
    fn barred(&self) -> Option<Why> {
        if self.conflict { Some(Why::Conflict) } else { self.far.then_some(Why::Far) }
    }
}

/// Everything weighed, and the problem that it makes.
pub(super) struct Weighed {
    settings: Settings,
    demands: Vec<(Listing, Content)>,
    offers: Vec<(Listing, Content)>,
    experts: Vec<Side>,
    options: Vec<Vec<Choice>>,
    today: Day,
}

/// Weighs every demand against every expert who offers something near.
pub(super) fn weighed(
    finder: &Finder,
    settings: &Settings,
    demands: &[Listing],
    offers: Vec<Listing>,
    taken: &Taken,
    today: Day,
    until: Instant,
) -> AppResult<Weighed> {
    let offers: Vec<(Listing, Content)> = offers.into_iter().map(|l| (l.clone(), content_of(&l))).collect();
    let mut owners: BTreeMap<Owner, usize> = BTreeMap::new();
    let mut experts: Vec<Side> = Vec::new();
    let mut of_key: HashMap<Key, (usize, usize)> = HashMap::new();
    for (at, (listing, content)) in offers.iter().enumerate() {
        let free = free(settings, content, taken.get(&listing.id).copied().unwrap_or(0));
        let expert = *owners.entry((listing.owner_id, listing.owner.clone())).or_insert_with(|| {
            experts.push(Side { listing: listing.clone(), places: 0 });
            experts.len() - 1
        });
        let places = &mut experts[expert].places;
        *places = places.saturating_add(free).min(settings.places_max);
        of_key.insert(key_of(listing.id), (expert, at));
    }
    if experts.len() > EXPERTS_MAX {
        return Err(too_many("assignment.experts", ("专家", "experts"), EXPERTS_MAX).into());
    }
    let demands: Vec<(Listing, Content)> = demands.iter().map(|l| (l.clone(), content_of(l))).collect();
    let mut weighed = Weighed { settings: settings.clone(), demands, offers, experts, options: Vec::new(), today };
    for at in 0..weighed.demands.len() {
        if Instant::now() > until {
            let (zh, en) = (
                "测算超过了时限，没有保存。请按地区或领域缩小范围后再试。",
                "It took too long and nothing is kept: narrow it down by region or field.",
            );
            return Err(Refusal::new(Kind::Unavailable, "assignment.late", zh, en).into());
        }
        let options = weighed.options_of(finder, at, &of_key);
        weighed.options.push(options);
    }
    Ok(weighed)
}

/// Places that an offer still has: what is stated, by hours or at a time, without what is taken; as many as allowed when nothing is stated.
fn free(settings: &Settings, content: &Content, taken: i64) -> u32 {
    let Some(offer) = content.offer() else { return 0 };
    let by_hours = offer.hours.map(|hours| places_of(hours, settings.hours_each));
    let stated = [by_hours, offer.places].into_iter().flatten().min().unwrap_or(settings.places_max);
    stated.saturating_sub(u32::try_from(taken).unwrap_or(0))
}

impl Weighed {
    /// Of each expert the offer that fits a demand best.
    fn options_of(&self, finder: &Finder, at: usize, of_key: &HashMap<Key, (usize, usize)>) -> Vec<Choice> {
        let (listing, content) = &self.demands[at];
        let choice = BTreeMap::from([("kind".to_owned(), vec![ListingKind::Offer.code().to_owned()])]);
        let text = text_of(&listing.title, &content.body());
        let found = asked(finder, Ask { text, choice, limit: CANDIDATES, except: None }, None);
        let best = found.hits.first().map_or(0.0, |hit| hit.score);
        let near = found.hits.iter().filter(|hit| !weak(hit.score, best) && touches(hit, best));
        let mut options: BTreeMap<usize, Choice> = BTreeMap::new();
        for (place, hit) in (0..).zip(near) {
            let Some(&(expert, offer)) = of_key.get(&hit.key) else { continue };
            let option = self.option(at, expert, offer, place);
            let better = |had: &Choice| (option.barred().is_none(), option.score) > (had.barred().is_none(), had.score);
            if options.get(&expert).is_none_or(better) {
                options.insert(expert, option);
            }
        }
        options.into_values().collect()
    }

    fn option(&self, at: usize, expert: usize, offer: usize, place: i32) -> Choice {
        let (demand, gives) = (&self.demands[at].0, &self.offers[offer]);
        let points = FIRST - STEP * place + fit::points(&self.reasons(at, offer));
        let score = u32::try_from((points * SCALE).max(1)).unwrap_or(1).min(SCORE_MAX);
        let apart = apart(&demand.region.code(), &gives.0.region.code());
        let reach = gives.1.offer().map_or(Reach::Country, |o| o.reach);
        // A way that costs more than serving is worth is none, either.
        let cost = i64::from(self.settings.per_km) * i64::from(km(apart));
        let far = apart > reach || km(apart) > self.settings.km_max || cost >= SERVED + i64::from(score);
        Choice { expert, offer, score, apart, far, conflict: self.must_not_meet(demand, &gives.0) }
    }

    fn reasons(&self, at: usize, offer: usize) -> Vec<Reason> {
        let ((demand, wants), (offer, gives)) = (&self.demands[at], &self.offers[offer]);
        let (to, from) = (demand.region.code(), offer.region.code());
        let demand = Known { content: wants, region: &to, place: place_of(demand.region) };
        let offer = Known { content: gives, region: &from, place: place_of(offer.region) };
        fit::fit(&demand, &offer, Load::default(), self.today, &Weights::DEFAULT)
    }

    /// The same owner, the same organisation, or a pair that was declared.
    fn must_not_meet(&self, demand: &Listing, offer: &Listing) -> bool {
        let own = demand.owner_id.is_some() && demand.owner_id == offer.owner_id;
        let house = demand.organisation_id.is_some() && demand.organisation_id == offer.organisation_id;
        let declared = |c: &Conflict| c.owner == demand.owner && c.expert == offer.owner;
        own || house || self.settings.conflicts.iter().any(declared)
    }

    /// The problem; `way` counts, or is lifted: then nobody is too far, either.
    fn problem(&self, way: bool) -> Problem {
        let pair = |demand: usize, o: &Choice| Pair {
            demand,
            expert: o.expert,
            score: o.score,
            km: km(o.apart),
            conflict: o.conflict,
        };
        let pairs =
            self.options.iter().enumerate().flat_map(|(demand, options)| {
                options.iter().filter(move |o| !way || !o.far).map(move |o| pair(demand, o))
            });
        Problem {
            demands: self.demands.len(),
            places: self.experts.iter().map(|e| e.places).collect(),
            pairs: pairs.collect(),
            per_km: if way { self.settings.per_km } else { 0 },
        }
    }

    /// The best answer for the whole, as a sheet.
    pub(super) fn solved(self) -> AppResult<Plan> {
        let problem = self.problem(true);
        let wrong = |wrong| anyhow::anyhow!("an assignment that makes no sense: {wrong:?}");
        let found = assign::solve(&problem).map_err(wrong)?;
        let lifted = assign::solve(&self.problem(false)).map_err(wrong)?;
        let mut prices = assign::prices(&problem, &found).map_err(wrong)?;
        // Those who are too far are not in the problem: what the way costs is seen against one that has them.
        for price in prices.iter_mut().filter(|p| p.constraint == Constraint::Travel) {
            price.worth = lifted.worth - found.worth;
            price.unserved = lifted.served().saturating_sub(found.served());
        }
        let costs = prices.into_iter().map(Cost::of).collect();
        let (mut served, mut left) = (Vec::new(), Vec::new());
        for (at, expert) in found.experts.iter().enumerate() {
            let option = expert.and_then(|e| self.options[at].iter().find(|o| o.expert == e));
            match option {
                Some(option) => served.push(self.placed(at, option)),
                None => left.push(self.left(at)),
            }
        }
        served.sort_by(|a, b| a.title.cmp(&b.title).then(a.demand.cmp(&b.demand)));
        left.sort_by(|a, b| a.why.cmp(&b.why).then_with(|| a.title.cmp(&b.title)));
        let experts = self.asked_of(&found);
        Ok(Plan { settings: self.settings, served, left, experts, costs })
    }

    fn placed(&self, at: usize, option: &Choice) -> Placed {
        let ((demand, _), (offer, _)) = (&self.demands[at], &self.offers[option.offer]);
        let (fitting, against): (Vec<Reason>, Vec<Reason>) =
            self.reasons(at, option.offer).into_iter().partition(|r| r.points > 0);
        Placed {
            demand: demand.id,
            title: demand.title.clone(),
            owner: demand.owner.clone(),
            region: demand.region,
            expert: offer.owner.clone(),
            offer: offer.id,
            offer_title: offer.title.clone(),
            score: option.score,
            apart: option.apart,
            fitting: fitting.into_iter().map(|r| r.words).collect(),
            against: against.into_iter().map(|r| r.words).collect(),
        }
    }

    fn left(&self, at: usize) -> Left {
        let options = &self.options[at];
        let why = if options.is_empty() {
            Why::NoOffer
        } else if options.iter().any(|o| o.barred().is_none()) {
            Why::Full
        } else if options.iter().any(|o| o.barred() == Some(Why::Conflict)) {
            Why::Conflict
        } else {
            Why::Far
        };
        let could = options.iter().filter(|o| o.barred().unwrap_or(Why::Full) == why);
        let (demand, _) = &self.demands[at];
        Left {
            demand: demand.id,
            title: demand.title.clone(),
            owner: demand.owner.clone(),
            region: demand.region,
            why,
            experts: could.take(NAMES).map(|o| self.experts[o.expert].listing.owner.clone()).collect(),
        }
    }

    /// Experts of whom anything could be asked, those of whom most is asked on top.
    fn asked_of(&self, found: &Assignment) -> Vec<Expert> {
        let mut given = vec![0_u32; self.experts.len()];
        found.experts.iter().flatten().for_each(|e| given[*e] += 1);
        let mut wanted = vec![false; self.experts.len()];
        self.options.iter().flatten().for_each(|o| wanted[o.expert] = true);
        let expert = |(at, side): (usize, &Side)| Expert {
            name: side.listing.owner.clone(),
            region: side.listing.region,
            places: side.places,
            given: given[at],
            more: found.more[at],
        };
        let all = self.experts.iter().enumerate().filter(|(at, _)| wanted[*at]);
        let mut experts: Vec<Expert> = all.map(expert).collect();
        experts
            .sort_by(|a, b| b.given.cmp(&a.given).then_with(|| b.more.cmp(&a.more)).then_with(|| a.name.cmp(&b.name)));
        experts
    }
}
