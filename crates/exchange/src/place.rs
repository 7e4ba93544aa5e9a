//! How far apart two sides are, and how far an offer goes, by the levels of administration.

use keqiao_base::coded;

coded! {
    /// How far an offer goes; the order counts.
    pub enum Reach {
        /// The own county.
        County = "county" => ("本县（区）", "The own county"),
        /// The own city.
        City = "city" => ("本市", "The own city"),
        /// The own province.
        Province = "province" => ("本省", "The own province"),
        /// Everywhere.
        Country = "country" => ("全国", "Everywhere"),
    }
}

/// The smallest area of administration that holds both of two regions by their six digits.
pub fn apart(one: &str, other: &str) -> Reach {
    let same = |digits: usize| one.len() == 6 && other.len() == 6 && one.get(..digits) == other.get(..digits);
    match (same(6), same(4), same(2)) {
        (true, ..) => Reach::County,
        (_, true, _) => Reach::City,
        (.., true) => Reach::Province,
        _ => Reach::Country,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digits_say_how_far() {
        let apart = |other| apart("990101", other);
        assert_eq!(
            ["990101", "990102", "990201", "510812", "99", ""].map(apart),
            [Reach::County, Reach::City, Reach::Province, Reach::Country, Reach::Country, Reach::Country]
        );
    }
}
