//! Sharing out a pool of money by factors (KP-5): `share = Σ weight × own value ÷ sum of all values`, in whole 分 by largest remainder, so
//! that the amounts are the pool. Every factor, weight, value and share is in the result. A missing value is no zero: it blocks.

mod check;
mod factor_set;
mod remainder;

pub use factor_set::FactorSet;
pub use remainder::largest_remainder;

use keqiao_base::Fen;
use keqiao_quantity::Decimal;
use serde::{Deserialize, Serialize};

use crate::Objection;

/// By what is shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    /// The group it stands in: 客观因素, 绩效因素.
    pub group: String,
    /// Its name.
    pub zh: String,
    /// In English.
    pub en: String,
    /// What its values count.
    pub unit: String,
    /// In percent of the pool; empty in a set whose source names none.
    #[serde(default)]
    pub weight: Option<Decimal>,
    /// Everybody has the same; no values are asked for (KP-3).
    #[serde(default)]
    pub equal: bool,
}

/// Who gets a share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Name.
    pub name: String,
    /// One value for each factor, in their order; of an equal factor it is not read.
    pub values: Vec<Option<Decimal>>,
}

/// What is asked: a pool, factors, bodies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sharing {
    /// The money to share out.
    pub pool: Fen,
    /// By what.
    pub factors: Vec<Factor>,
    /// Among whom.
    pub bodies: Vec<Body>,
    /// Only the best of this percentage of the bodies get something (KP-4); who ties with the last of them does too.
    #[serde(default)]
    pub keep_percent: Option<Decimal>,
}

/// One factor of one body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its value; 1 for an equal factor.
    pub value: Decimal,
    /// The sum of all values.
    pub of: Decimal,
    /// Value ÷ sum × weight, in percent of the pool.
    pub percent: Decimal,
}

/// What one body gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Which body, by its place.
    pub body: usize,
    /// One part for each factor.
    pub parts: Vec<Part>,
    /// The sum of its parts, in percent.
    pub percent: Decimal,
    /// Its rank by that sum; equal sums have equal ranks.
    pub rank: usize,
    /// Whether it is among those who get something.
    pub kept: bool,
    /// The money.
    pub amount: Fen,
}

/// Shares out the pool (KP-5). Rows stand in the order of the bodies; their amounts add up to the pool.
///
/// # Errors
///
/// Everything that stands in the way at once: weights that do not make 100, missing or negative values, a factor that nobody has.
pub fn allocate(sharing: &Sharing) -> Result<Vec<Row>, Vec<Objection>> {
    let objections = check::objections(sharing);
    if !objections.is_empty() {
        return Err(objections);
    }
    let value = |body: &Body, at: usize| match sharing.factors.get(at) {
        Some(factor) if factor.equal => Decimal::ONE,
        _ => body.values.get(at).copied().flatten().unwrap_or(Decimal::ZERO),
    };
    let sums: Vec<Decimal> = (0..sharing.factors.len())
        .map(|at| sharing.bodies.iter().fold(Decimal::ZERO, |sum, b| sum.saturating_add(value(b, at))))
        .collect();
    let mut rows: Vec<Row> = sharing
        .bodies
        .iter()
        .enumerate()
        .map(|(body, of)| {
            let parts: Vec<Part> = sharing
                .factors
                .iter()
                .zip(&sums)
                .enumerate()
                .map(|(at, (factor, sum))| part(factor.weight.unwrap_or_default(), value(of, at), *sum))
                .collect();
            let percent = parts.iter().fold(Decimal::ZERO, |sum, p| sum.saturating_add(p.percent));
            Row { body, parts, percent, rank: 0, kept: true, amount: Fen::ZERO }
        })
        .collect();
    rank(&mut rows, sharing.keep_percent);
    let shares: Vec<Decimal> = rows.iter().map(|r| if r.kept { r.percent } else { Decimal::ZERO }).collect();
    let pool = u64::try_from(sharing.pool.get()).unwrap_or(0);
    let amounts = largest_remainder(pool, &shares).ok_or_else(|| vec![check::nothing_to_share_by()])?;
    for (row, amount) in rows.iter_mut().zip(amounts) {
        row.amount = Fen::new(i64::try_from(amount).unwrap_or(i64::MAX));
    }
    Ok(rows)
}

fn part(weight: Decimal, value: Decimal, of: Decimal) -> Part {
    let percent = weight.checked_mul(value).and_then(|p| p.checked_div(of)).unwrap_or(Decimal::ZERO);
    Part { value, of, percent }
}

/// Ranks by percent and keeps the best; who has the same as the last one kept is kept too.
fn rank(rows: &mut [Row], keep_percent: Option<Decimal>) {
    let mut falling: Vec<Decimal> = rows.iter().map(|r| r.percent).collect();
    falling.sort_by(|a, b| b.cmp(a));
    let least = keep_percent.and_then(|percent| {
        let bodies = Decimal::from(falling.len()).saturating_mul(percent) / Decimal::ONE_HUNDRED;
        let count = usize::try_from(bodies.floor()).unwrap_or(usize::MAX).clamp(1, falling.len().max(1));
        falling.get(count - 1).copied()
    });
    for row in rows {
        row.rank = 1 + falling.iter().take_while(|p| **p > row.percent).count();
        row.kept = least.is_none_or(|l| row.percent >= l);
    }
}

#[cfg(test)]
mod tests;
