//! Largest remainder: whole parts that add up to the whole.

use keqiao_quantity::Decimal;

/// Splits `pool` by shares that are not negative: each gets its quota rounded down, what is left goes one by one to the largest remainders,
/// to the earlier one where they are equal. None when there is nothing to share by.
pub fn largest_remainder(pool: u64, shares: &[Decimal]) -> Option<Vec<u64>> {
    let sum = shares.iter().try_fold(Decimal::ZERO, |sum, s| sum.checked_add(*s))?;
    if sum <= Decimal::ZERO || shares.iter().any(|s| *s < Decimal::ZERO) {
        return None;
    }
    let quota = |share: &Decimal| share.checked_div(sum)?.checked_mul(Decimal::from(pool));
    let quotas: Vec<Decimal> = shares.iter().map(quota).collect::<Option<_>>()?;
    let mut parts: Vec<u64> = quotas.iter().map(|q| u64::try_from(q.floor()).ok()).collect::<Option<_>>()?;
    let mut order: Vec<usize> =
        (0..parts.len()).filter(|at| shares.get(*at).is_some_and(|s| *s > Decimal::ZERO)).collect();
    order.sort_by_key(|at| std::cmp::Reverse(quotas.get(*at).map(Decimal::fract)));
    let given: u64 = parts.iter().sum();
    // Quotas carry 28 digits: their sum may miss the pool by a hair, never by a whole part for each body.
    for at in order.iter().cycle().take(usize::try_from(pool.saturating_sub(given)).ok()?) {
        if let Some(part) = parts.get_mut(*at) {
            *part += 1;
        }
    }
    (parts.iter().sum::<u64>() == pool).then_some(parts)
}
