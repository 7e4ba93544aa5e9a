//! Who serves whom, all at once: demands and experts with few places, so that the best known are not asked for everything (KP-1, 百名专家
//! 连百村 and service orders). The whole is solved, not one demand after the other; the answer is optimal and its duals say what a further
//! place of an expert would be worth.
//!
//! One demand takes one place: hours are turned into places before (`places_of`). Demands that take different numbers of hours would
//! make this a problem without a quick optimal answer.

use std::cmp::Reverse;

/// Worth of serving a demand at all, in the unit of scores: more than any single score, so that nobody goes without for the sake of a
/// better fit elsewhere.
pub const SERVED: i64 = 10_000;
/// The best score.
pub const SCORE_MAX: u32 = 10_000;
/// The most demands and experts that are solved at once.
pub const SIDE_MAX: usize = 20_000;

/// An expert who could serve a demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Which demand.
    pub demand: usize,
    /// Which expert.
    pub expert: usize,
    /// How well they fit, 0 to [`SCORE_MAX`].
    pub score: u32,
    /// How far the way is, in kilometres.
    pub km: u32,
    /// They must not meet: same firm, family, a dispute, declared by either.
    pub conflict: bool,
}

/// What is to be solved.
#[derive(Clone, Debug, Default)]
pub struct Problem {
    /// How many demands there are.
    pub demands: usize,
    /// Places of each expert.
    pub places: Vec<u32>,
    /// Who could serve whom; a pair that is not here cannot be.
    pub pairs: Vec<Pair>,
    /// What a kilometre takes off a score.
    pub per_km: u32,
}

/// What was solved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The expert of each demand; none where nobody is left.
    pub experts: Vec<Option<usize>>,
    /// The sum of what the chosen pairs are worth.
    pub worth: i64,
    /// What one more place of each expert would add; 0 for those who have a place left.
    pub more: Vec<i64>,
}

impl Assignment {
    /// How many demands are served.
    pub fn served(&self) -> usize {
        self.experts.iter().flatten().count()
    }
}

/// What stands between a problem and a better answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// Experts have few places.
    Places,
    /// Some must not meet.
    Conflict,
    /// The way counts.
    Travel,
}

/// What a constraint costs: how much better the answer would be without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// Which.
    pub constraint: Constraint,
    /// Worth that is lost to it.
    pub worth: i64,
    /// Demands that go unserved because of it.
    pub unserved: usize,
}

/// Why a problem cannot be solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// More demands or experts than [`SIDE_MAX`].
    TooMany,
    /// A pair names a demand or an expert that is not there, or its score is beyond [`SCORE_MAX`].
    Pair(usize),
}

/// Places that hours give when each order takes so many.
pub fn places_of(hours: u32, hours_each: u32) -> u32 {
    hours / hours_each.max(1)
}

/// Solves a problem; optimal, and the same answer for the same problem.
///
/// # Errors
/// When a pair makes no sense or there is too much of it.
pub fn solve(problem: &Problem) -> Result<Assignment, Wrong> {
    check(problem)?;
    Ok(solved(problem, None))
}

/// What each constraint costs, each lifted alone.
///
/// # Errors
/// As [`solve`].
pub fn prices(problem: &Problem, found: &Assignment) -> Result<Vec<Price>, Wrong> {
    check(problem)?;
    let price = |constraint| {
        let without = solved(problem, Some(constraint));
        Price {
            constraint,
            worth: without.worth - found.worth,
            unserved: without.served().saturating_sub(found.served()),
        }
    };
    Ok([Constraint::Places, Constraint::Conflict, Constraint::Travel].map(price).to_vec())
}

fn check(problem: &Problem) -> Result<(), Wrong> {
    if problem.demands > SIDE_MAX || problem.places.len() > SIDE_MAX {
        return Err(Wrong::TooMany);
    }
    let sense = |p: &Pair| p.demand < problem.demands && p.expert < problem.places.len() && p.score <= SCORE_MAX;
    match problem.pairs.iter().position(|p| !sense(p)) {
        Some(at) => Err(Wrong::Pair(at)),
        None => Ok(()),
    }
}

/// A demand's way to an expert and its cost (what it is worth, negative).
type Edge = (usize, i64);

fn solved(problem: &Problem, without: Option<Constraint>) -> Assignment {
    let nobody = problem.places.len();
    // To be served by nobody costs nothing and has room for all, so every demand finds an end.
    let mut edges: Vec<Vec<Edge>> = vec![vec![(nobody, 0)]; problem.demands];
    for pair in &problem.pairs {
        if pair.conflict && without != Some(Constraint::Conflict) {
            continue;
        }
        let way = if without == Some(Constraint::Travel) { 0 } else { i64::from(problem.per_km) * i64::from(pair.km) };
        let worth = SERVED + i64::from(pair.score) - way;
        if worth > 0 {
            edges[pair.demand].push((pair.expert, -worth));
        }
    }
    let mut room: Vec<usize> = problem.places.iter().map(|p| *p as usize).collect();
    if without == Some(Constraint::Places) {
        room.fill(problem.demands);
    }
    room.push(usize::MAX);
    let mut state = State::new(edges, room);
    for demand in 0..problem.demands {
        state.place(demand);
    }
    let worth = -state.of.iter().map(|(_, cost)| cost).sum::<i64>();
    let experts = state.of.iter().map(|(e, _)| Some(*e).filter(|e| *e != nobody)).collect();
    state.price.truncate(nobody);
    Assignment { experts, worth, more: state.price.iter().map(|v| -v).collect() }
}

/// Shortest augmenting paths with potentials (Jonker and Volgenant), for experts with several places.
struct State {
    edges: Vec<Vec<Edge>>,
    /// Places left.
    room: Vec<usize>,
    /// The expert of each demand placed so far, and what that costs.
    of: Vec<Edge>,
    /// Demands of each expert.
    held: Vec<Vec<usize>>,
    /// Potential of each expert: never positive, 0 while there is room.
    price: Vec<i64>,
    far: Vec<i64>,
    /// The demand through which an expert is nearest, and its cost there.
    by: Vec<(usize, i64)>,
    done: Vec<bool>,
}

const NOBODY_YET: usize = usize::MAX;

impl State {
    fn new(edges: Vec<Vec<Edge>>, room: Vec<usize>) -> State {
        let (demands, experts) = (edges.len(), room.len());
        State {
            edges,
            room,
            of: vec![(NOBODY_YET, 0); demands],
            held: vec![Vec::new(); experts],
            price: vec![0; experts],
            far: vec![i64::MAX; experts],
            by: vec![(NOBODY_YET, 0); experts],
            done: vec![false; experts],
        }
    }

    /// Gives a demand its expert, moving others along the cheapest path.
    fn place(&mut self, demand: usize) {
        self.far.fill(i64::MAX);
        self.done.fill(false);
        self.reach(demand, 0);
        let mut scanned = Vec::new();
        let (end, least) = loop {
            let open = (0..self.far.len()).filter(|e| !self.done[*e] && self.far[*e] < i64::MAX);
            // Of equals the one with room, then the first: the path ends sooner, and always in the same way.
            let nearest = open.min_by_key(|e| (self.far[*e], Reverse(self.room[*e] > 0), *e));
            let next = nearest.unwrap_or(self.room.len() - 1);
            if self.room[next] > 0 {
                break (next, self.far[next]);
            }
            self.done[next] = true;
            scanned.push(next);
            for at in 0..self.held[next].len() {
                let moved = self.held[next][at];
                let own = self.of[moved].1 - self.price[next];
                self.reach(moved, self.far[next] - own);
            }
        };
        for expert in scanned {
            self.price[expert] += self.far[expert] - least;
        }
        self.turn(demand, end);
    }

    /// Notes what is nearer through a demand.
    fn reach(&mut self, demand: usize, base: i64) {
        for &(expert, cost) in &self.edges[demand] {
            let far = base + cost - self.price[expert];
            if !self.done[expert] && far < self.far[expert] {
                (self.far[expert], self.by[expert]) = (far, (demand, cost));
            }
        }
    }

    /// Moves everybody on the path one step on.
    fn turn(&mut self, demand: usize, end: usize) {
        self.room[end] -= 1;
        let mut expert = end;
        loop {
            let (moved, cost) = self.by[expert];
            let (before, _) = std::mem::replace(&mut self.of[moved], (expert, cost));
            self.held[expert].push(moved);
            if moved == demand {
                return;
            }
            self.held[before].retain(|d| *d != moved);
            expert = before;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn problem() -> impl Strategy<Value = Problem> {
        (1usize..6, prop::collection::vec(0u32..3, 1..4), 0u32..40).prop_flat_map(|(demands, places, per_km)| {
            let experts = places.len();
            let pair = (0..demands, 0..experts, 0u32..=SCORE_MAX, 0u32..300, prop::bool::weighted(0.2))
                .prop_map(|(demand, expert, score, km, conflict)| Pair { demand, expert, score, km, conflict });
            let all = prop::collection::vec(pair, 0..15);
            (Just(demands), Just(places), all, Just(per_km)).prop_map(|(demands, places, pairs, per_km)| Problem {
                demands,
                places,
                pairs,
                per_km,
            })
        })
    }

    fn worth(problem: &Problem, pair: &Pair) -> i64 {
        SERVED + i64::from(pair.score) - i64::from(problem.per_km) * i64::from(pair.km)
    }

    /// Every way there is, one demand after the other.
    fn best(problem: &Problem, demand: usize, places: &mut Vec<u32>) -> i64 {
        if demand == problem.demands {
            return 0;
        }
        let mut found = best(problem, demand + 1, places);
        for pair in problem.pairs.iter().filter(|p| p.demand == demand && !p.conflict) {
            if places[pair.expert] > 0 {
                places[pair.expert] -= 1;
                found = found.max(worth(problem, pair) + best(problem, demand + 1, places));
                places[pair.expert] += 1;
            }
        }
        found
    }

    proptest! {
        #[test]
        fn no_other_way_is_better(problem in problem()) {
            let found = solve(&problem).unwrap();
            prop_assert_eq!(found.worth, best(&problem, 0, &mut problem.places.clone()));
            let mut places = problem.places.clone();
            let mut sum = 0;
            for (demand, expert) in found.experts.iter().enumerate().filter_map(|(d, e)| e.map(|e| (d, e))) {
                prop_assert!(places[expert] > 0, "more than there are places");
                places[expert] -= 1;
                let chosen = problem.pairs.iter().filter(|p| p.demand == demand && p.expert == expert && !p.conflict);
                sum += chosen.map(|p| worth(&problem, p)).max().unwrap();
            }
            prop_assert_eq!(sum, found.worth);
        }

        #[test]
        fn one_more_place_is_worth_at_most_what_it_says(problem in problem()) {
            let found = solve(&problem).unwrap();
            for expert in 0..problem.places.len() {
                let mut roomier = problem.clone();
                roomier.places[expert] += 1;
                let gain = solve(&roomier).unwrap().worth - found.worth;
                prop_assert!(0 <= gain && gain <= found.more[expert], "{gain} beyond {}", found.more[expert]);
            }
        }

        #[test]
        fn a_constraint_lifted_never_makes_it_worse(problem in problem()) {
            let found = solve(&problem).unwrap();
            prop_assert!(prices(&problem, &found).unwrap().iter().all(|p| p.worth >= 0));
        }
    }

    #[test]
    fn the_best_known_is_not_asked_for_everything() {
        // Both fit the first expert best; she has one place, and the second demand loses more by going elsewhere.
        let pair = |demand, expert, score| Pair { demand, expert, score, km: 0, conflict: false };
        let pairs = vec![pair(0, 0, 9_000), pair(0, 1, 8_500), pair(1, 0, 8_800), pair(1, 1, 2_000)];
        let problem = Problem { demands: 2, places: vec![1, 1], pairs, per_km: 0 };
        let found = solve(&problem).unwrap();
        assert_eq!((found.experts.clone(), found.worth), (vec![Some(1), Some(0)], 37_300));
        let lifted = prices(&problem, &found).unwrap();
        assert_eq!(lifted[0], Price { constraint: Constraint::Places, worth: 500, unserved: 0 });
        assert_eq!(found.more[0], 500);
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        let pair = Pair { demand: 3, expert: 0, score: 1, km: 0, conflict: false };
        let problem = Problem { demands: 1, places: vec![1], pairs: vec![pair], per_km: 0 };
        assert_eq!(solve(&problem), Err(Wrong::Pair(0)));
        assert_eq!(places_of(20, 8), 2);
    }
}
