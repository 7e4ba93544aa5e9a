//! Two orders of the same texts compared as a reader would: both draft into one list in turn (team draft), and each is
//! credited with what is useful of its own. Every draw is drafted with its opposite too, so equal orders always tie.

use crate::text::stream::hash;

/// Draws of a query; each is drafted twice, with the turns the other way round.
const DRAWS: u32 = 16;

/// How one order did against another, over many queries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Queries that the new order won.
    pub wins: u32,
    /// Queries that it lost.
    pub losses: u32,
    /// Queries with no difference.
    pub ties: u32,
}

impl Tally {
    /// Counts one query: two orders of places, the grade of every place, and the seed of the draws.
    pub fn count(&mut self, new: &[usize], old: &[usize], grades: &[f64], seed: u64, shown: usize) {
        let mut margin = 0.0;
        for draw in 0..DRAWS {
            let coins = hash([seed as u32, (seed >> 32) as u32, draw].into_iter());
            margin += draft(new, old, grades, coins, shown) + draft(new, old, grades, !coins, shown);
        }
        if margin.abs() < 1e-9 {
            self.ties += 1;
        } else if margin > 0.0 {
            self.wins += 1;
        } else {
            self.losses += 1;
        }
    }

    /// The chance that equal orders would part so far or farther: the sign test, both sides, exact. 1 where nothing parts.
    pub fn p(&self) -> f64 {
        let (n, most) = (self.wins + self.losses, self.wins.max(self.losses));
        // Terms of the binomial from the far end, by logarithms, since 2^-n soon is nothing.
        let mut log = -f64::from(n) * std::f64::consts::LN_2;
        let mut tail = 0.0;
        for k in (most..=n).rev() {
            tail += log.exp();
            log += f64::from(k).ln() - f64::from(n - k + 1).ln();
        }
        (2.0 * tail).min(1.0)
    }
}

/// What the new order gathers more than the old one in one draft.
fn draft(new: &[usize], old: &[usize], grades: &[f64], coins: u64, shown: usize) -> f64 {
    let mut taken = vec![false; grades.len()];
    let mut margin = 0.0;
    let mut listed = 0;
    for round in 0..shown.div_ceil(2) {
        let first = coins >> (round % 64) & 1 == 0;
        for turn in [first, !first] {
            let order = if turn { new } else { old };
            let Some(&pick) = order.iter().find(|&&at| !taken[at]) else { return margin };
            if listed == shown {
                return margin;
            }
            taken[pick] = true;
            listed += 1;
            margin += if turn { grades[pick] } else { -grades[pick] };
        }
    }
    margin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_test_is_exact() {
        let p = |wins, losses| Tally { wins, losses, ties: 3 }.p();
        assert_eq!(p(0, 0), 1.0);
        assert!((p(5, 0) - 0.0625).abs() < 1e-12);
        assert!((p(8, 2) - 0.109_375).abs() < 1e-12);
        assert!((p(2, 8) - p(8, 2)).abs() < 1e-15);
        assert!(p(3, 3) > 0.999 && p(900, 600) < 1e-10);
    }

    #[test]
    fn the_order_that_puts_the_useful_first_wins() {
        let grades = [0.0, 0.0, 0.0, 1.0];
        let (new, old) = ([3, 0, 1, 2], [0, 1, 2, 3]);
        let mut tally = Tally::default();
        tally.count(&new, &old, &grades, 7, 10);
        tally.count(&old, &new, &grades, 7, 10);
        tally.count(&new, &new, &grades, 7, 10);
        assert_eq!(tally, Tally { wins: 1, losses: 1, ties: 1 });
    }
}
