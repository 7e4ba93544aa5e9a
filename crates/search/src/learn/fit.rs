//! Weights for features: pairs of texts of one query, each counting as much as putting it right would change
//! nDCG, separated by logistic regression with a small ridge (what LambdaRank does, with a linear score and Newton's
//! steps). The score there was is one of the features and is not held down; what is learnt are corrections of it.

use crate::learn::case::{Case, discount};
use crate::rank::feature::Feature;

/// Texts of a query that make pairs.
const PAIRED: usize = 20;
/// What a weight costs, squared, for a feature that varies by one and in units of a query: many judgements can afford
/// more. Found by cross-validation.
const RIDGE: f64 = 0.01;
/// What even the score costs, so that texts that are fully separated do not drive it to infinity.
const RIDGE_SCORE: f64 = 1e-5;
/// How often the pairs are weighed anew in the order that was learnt.
const ROUNDS: usize = 2;
/// Newton's steps of a round, how often a step is halved, and the gain below which a step is the last.
const STEPS: usize = 20;
const HALVINGS: usize = 12;
const STILL: f64 = 1e-8;
/// The least that the score must count to be corrected by anything.
const SCORE_LEAST: f64 = 0.05;

/// What is added to the score for every feature, in their order; nothing where the score itself turns out to say nothing.
pub fn fit(cases: &[&Case]) -> Option<Vec<f64>> {
    let scales = scales(cases);
    let mut w = vec![0.0; scales.len() + 1];
    w[0] = 5.0;
    for _ in 0..ROUNDS {
        let pairs = pairs(cases, &scales, &w);
        descend(&pairs, &mut w, cases.len())?;
    }
    let sound = w.iter().all(|x| x.is_finite()) && w[0] > SCORE_LEAST;
    sound.then(|| w[1..].iter().zip(&scales).map(|(x, scale)| x / w[0] / scale).collect())
}

/// The scores of a case with corrections.
pub fn corrected(case: &Case, weights: &[f64]) -> Vec<f64> {
    let add = |at: usize| case.seen[at].iter().zip(weights).map(|(&x, w)| w * f64::from(x)).sum::<f64>();
    (0..case.base.len()).map(|at| case.base[at] + add(at)).collect()
}

/// How far each feature varies within a query, on average.
fn scales(cases: &[&Case]) -> Vec<f64> {
    let of = |feature: usize| {
        let vary = cases.iter().filter(|c| !c.seen.is_empty()).map(|case| {
            let values = case.seen.iter().map(|s| f64::from(s[feature]));
            let mean = values.clone().sum::<f64>() / case.seen.len() as f64;
            values.map(|v| (v - mean) * (v - mean)).sum::<f64>() / case.seen.len() as f64
        });
        (vary.sum::<f64>() / cases.len().max(1) as f64).sqrt().max(1e-6)
    };
    (0..Feature::ALL.len()).map(of).collect()
}

/// How the better of two texts differs from the worse, and what putting them right is worth.
struct Pair {
    apart: Vec<f64>,
    worth: f64,
}

fn pairs(cases: &[&Case], scales: &[f64], w: &[f64]) -> Vec<Pair> {
    let mut out = Vec::new();
    for case in cases.iter().filter(|c| c.ideal > 0.0) {
        let row = |at: usize| {
            let scaled = case.seen[at].iter().zip(scales).map(|(&x, scale)| f64::from(x) / scale);
            std::iter::once(case.base[at]).chain(scaled).collect::<Vec<f64>>()
        };
        let rows: Vec<Vec<f64>> = (0..case.base.len().min(PAIRED)).map(row).collect();
        let scores: Vec<f64> = rows.iter().map(|r| dot(r, w)).collect();
        let mut places = vec![0; rows.len()];
        case.order(&scores).into_iter().enumerate().for_each(|(place, at)| places[at] = place);
        for a in 0..rows.len() {
            for b in (0..rows.len()).filter(|&b| case.grades[a] > case.grades[b]) {
                let worth = (case.grades[a] - case.grades[b]) * (discount(places[a]) - discount(places[b])).abs();
                if worth > 0.0 {
                    let apart = rows[a].iter().zip(&rows[b]).map(|(x, y)| x - y).collect();
                    out.push(Pair { apart, worth: worth / case.ideal });
                }
            }
        }
    }
    out
}

/// Newton's steps, each halved until it leads downwards.
fn descend(pairs: &[Pair], w: &mut Vec<f64>, cases: usize) -> Option<()> {
    let mut stands = cost(pairs, w, cases);
    for _ in 0..STEPS {
        let mut step = newton(pairs, w, cases)?;
        let lower = (0..HALVINGS).find_map(|_| {
            let next: Vec<f64> = w.iter().zip(&step).map(|(w, s)| w - s).collect();
            step.iter_mut().for_each(|s| *s /= 2.0);
            let costs = cost(pairs, &next, cases);
            (costs < stands).then_some((next, costs))
        });
        let Some((next, costs)) = lower else { break };
        let gained = stands - costs;
        (*w, stands) = (next, costs);
        if gained < STILL {
            break;
        }
    }
    Some(())
}

/// What weights cost: pairs in the wrong order, and the weights themselves.
fn cost(pairs: &[Pair], w: &[f64], cases: usize) -> f64 {
    let wrong = |pair: &Pair| {
        let margin = dot(&pair.apart, w);
        pair.worth * ((-margin.abs()).exp().ln_1p() + (-margin).max(0.0))
    };
    let held: f64 = w.iter().skip(1).map(|x| RIDGE * x * x).sum::<f64>() + RIDGE_SCORE * w[0] * w[0];
    pairs.iter().map(wrong).sum::<f64>() / cases.max(1) as f64 + held
}

/// One step of Newton's: the slope solved by the curvature.
fn newton(pairs: &[Pair], w: &[f64], cases: usize) -> Option<Vec<f64>> {
    let d = w.len();
    let count = cases.max(1) as f64;
    let ridge = |at: usize| if at == 0 { RIDGE_SCORE } else { RIDGE };
    let mut slope: Vec<f64> = (0..d).map(|at| 2.0 * ridge(at) * w[at]).collect();
    let mut curve = vec![vec![0.0; d]; d];
    (0..d).for_each(|at| curve[at][at] = 2.0 * ridge(at));
    for pair in pairs {
        let wrong = 1.0 / (1.0 + dot(&pair.apart, w).exp());
        let (pull, bend) = (pair.worth * wrong / count, pair.worth * wrong * (1.0 - wrong) / count);
        for (i, x) in pair.apart.iter().enumerate() {
            slope[i] -= pull * x;
            curve[i].iter_mut().zip(&pair.apart).for_each(|(c, y)| *c += bend * x * y);
        }
    }
    solve(curve, slope)
}

/// Solves a system of equations by elimination; `None` where it has no single answer.
fn solve(mut m: Vec<Vec<f64>>, mut y: Vec<f64>) -> Option<Vec<f64>> {
    let n = y.len();
    for at in 0..n {
        let pivot = (at..n).max_by(|&a, &b| m[a][at].abs().total_cmp(&m[b][at].abs()))?;
        m.swap(at, pivot);
        y.swap(at, pivot);
        if m[at][at].is_nan() || m[at][at].abs() <= 1e-12 {
            return None;
        }
        for below in at + 1..n {
            let factor = m[below][at] / m[at][at];
            let (upper, lower) = m.split_at_mut(below);
            lower[0].iter_mut().zip(&upper[at]).for_each(|(x, u)| *x -= factor * u);
            y[below] -= factor * y[at];
        }
    }
    for at in (0..n).rev() {
        let known: f64 = (at + 1..n).map(|j| m[at][j] * y[j]).sum();
        y[at] = (y[at] - known) / m[at][at];
    }
    Some(y)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_are_solved_or_refused() {
        let x = solve(vec![vec![0.0, 2.0], vec![1.0, 1.0]], vec![4.0, 5.0]).unwrap();
        assert!((x[0] - 3.0).abs() < 1e-9 && (x[1] - 2.0).abs() < 1e-9);
        assert_eq!(solve(vec![vec![1.0, 1.0], vec![1.0, 1.0]], vec![1.0, 2.0]), None);
        assert_eq!(solve(vec![vec![f64::NAN]], vec![1.0]), None);
    }
}
