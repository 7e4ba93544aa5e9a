//! Values and scores as they stand in the database: whole ten-thousandths in 64 bits.

use keqiao_base::Refusal;
use keqiao_quantity::{Decimal, Printed};

/// A value as ten-thousandths; finer ones are rounded half up.
///
/// # Errors
/// A refusal when the value is beyond 900 billion.
pub fn stored(field: &str, value: Decimal) -> Result<i64, Refusal> {
    let most = Decimal::from(900_000_000_000_i64);
    let out = if value.abs() > most { None } else { units(value) };
    let (zh, en) = ("数值太大，请检查单位。", "The value is too large. Check its unit.");
    out.ok_or_else(|| Refusal::field("value.too_large", field, zh, en))
}

/// The value rounded to four places, without its point.
fn units(value: Decimal) -> Option<i64> {
    i64::try_from(Printed::round(value, 4).value().mantissa()).ok()
}

/// The value of so many ten-thousandths.
pub fn read(units: i64) -> Decimal {
    Decimal::new(units, 4).normalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_go_there_and_back() {
        for text in ["0", "-1.5", "96.8517", "900000000000", "12000"] {
            let value: Decimal = text.parse().unwrap();
            assert_eq!(read(stored("v", value).unwrap()), value.normalize(), "{text}");
        }
        assert_eq!(stored("v", "0.00005".parse().unwrap()).unwrap(), 1);
        assert_eq!(stored("v", "900000000001".parse().unwrap()).unwrap_err().code, "value.too_large");
    }
}
