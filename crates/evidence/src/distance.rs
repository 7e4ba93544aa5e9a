//! Points on the globe and how far apart they are.

use serde::{Deserialize, Serialize};

/// A point, in millionths of a degree (a tenth of a metre), so that no float is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Point {
    /// North of the equator, in millionths of a degree.
    pub lat: i64,
    /// East of Greenwich, in millionths of a degree.
    pub lon: i64,
}

impl Point {
    /// A point that can be: `None` beyond the globe, and for exactly 0/0, which cameras write when they do not know.
    pub fn new(lat: i64, lon: i64) -> Option<Point> {
        let fits = lat.abs() <= 90_000_000 && lon.abs() <= 180_000_000 && (lat, lon) != (0, 0);
        fits.then_some(Point { lat, lon })
    }

    /// Kilometres to another point, as the crow flies, whole.
    #[expect(clippy::float_arithmetic, reason = "a distance on the globe, not an amount; less than 20,038 km")]
    pub fn km(self, other: Point) -> i64 {
        let rad = |micro: i64| (micro as f64 / 1e6).to_radians();
        let (a, b) = (rad(self.lat), rad(other.lat));
        let lat = (b - a) / 2.0;
        let lon = (rad(other.lon) - rad(self.lon)) / 2.0;
        let h = lat.sin().powi(2) + a.cos() * b.cos() * lon.sin().powi(2);
        (2.0 * 6371.0 * h.sqrt().min(1.0).asin()).round() as i64
    }

    /// The middle of some points, coordinate by coordinate; one that lies far off does not move it.
    pub fn middle(points: &[Point]) -> Option<Point> {
        let of = |pick: fn(&Point) -> i64| {
            let mut all: Vec<i64> = points.iter().map(pick).collect();
            all.sort_unstable();
            all.get(all.len() / 2).copied()
        };
        Some(Point { lat: of(|p| p.lat)?, lon: of(|p| p.lon)? })
    }
}

/// `28.450000, 119.920000`
impl std::fmt::Display for Point {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let part = |micro: i64| {
            let sign = if micro < 0 { "-" } else { "" };
            format!("{sign}{}.{:06}", micro.abs() / 1_000_000, micro.abs() % 1_000_000)
        };
        write!(f, "{}, {}", part(self.lat), part(self.lon))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_map() {
        let (beijing, shanghai) =
            (Point::new(39_904_200, 116_407_400).unwrap(), Point::new(31_230_400, 121_473_700).unwrap());
        assert!((1_060..1_075).contains(&beijing.km(shanghai)), "{}", beijing.km(shanghai));
        assert_eq!(beijing.km(beijing), 0);
        assert_eq!(Point { lat: 0, lon: 0 }.km(Point { lat: 0, lon: 180_000_000 }), 20_015);
        assert_eq!((Point::new(0, 0), Point::new(91_000_000, 1)), (None, None));
        assert_eq!(Point { lat: -1_500_000, lon: 7 }.to_string(), "-1.500000, 0.000007");
        let far = Point { lat: 50_000_000, lon: 100_000_000 };
        assert_eq!(Point::middle(&[shanghai, far, shanghai]), Some(shanghai));
        assert_eq!(Point::middle(&[]), None);
    }
}
