//! Money: whole 分 inside, 元 or 万元 outside. Nothing is ever rounded on the way in.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use keqiao_i18n::Bilingual;
use serde::{Deserialize, Serialize};

/// An amount of money in 分 (a hundredth of a yuan).
///
/// What is read from outside is at most [`Fen::MAX`], so that a million of them can be added; beyond the bounds of 64 bits sums stay at
/// the bound instead of wrapping.
///
/// ```
/// use keqiao_base::Fen;
/// let paid = Fen::parse("￥1,234.5").unwrap();
/// assert_eq!(paid, Fen::new(123_450));
/// assert_eq!((paid.to_string(), paid.yuan(), paid.wan()), ("1234.50".into(), "1,234.50".into(), "0.12".into()));
/// assert!(Fen::parse("0.125").is_err(), "no half 分");
/// assert_eq!(Fen::parse("12.34万元").unwrap().yuan(), "123,400.00");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(i64);

#[cfg(feature = "sea-orm")]
crate::value_column!(Fen, i64, |v| v.get(), |raw| Ok::<_, std::convert::Infallible>(Fen::new(raw)));

impl Fen {
    /// Nothing.
    pub const ZERO: Fen = Fen(0);
    /// The largest amount that is read from outside: 900 亿元.
    pub const MAX: Fen = Fen(9_000_000_000_000);

    /// So many 分.
    pub const fn new(fen: i64) -> Fen {
        Fen(fen)
    }

    /// In 分.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Reads an amount as people and finance software write it: `1,234.50`, `-3`, `(3.00)`, `￥12`, `12.34万元`, full-width digits. Without a
    /// unit it is in 元.
    ///
    /// # Errors
    ///
    /// Says what is wrong: no number, parts of a 分, larger than [`Fen::MAX`].
    pub fn parse(text: &str) -> Result<Fen, Bilingual> {
        Fen::parse_in(text, 1)
    }

    /// The same for a column whose unit stands in its heading: `factor` 元 are one of it (10,000 for 万元). A unit in the text goes before it.
    ///
    /// # Errors
    ///
    /// As [`Fen::parse`].
    pub fn parse_in(text: &str, factor: u32) -> Result<Fen, Bilingual> {
        let not_a_number = || {
            Bilingual::new(
                "这不是金额。请只填数字，如 1234.50。",
                "This is not an amount. Write digits only, such as 1234.50.",
            )
        };
        let plain: String =
            text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '，' | '￥' | '¥')).map(half).collect();
        let (plain, factor) = match plain.strip_suffix('元').unwrap_or(&plain) {
            p if p.ends_with('万') => (p.trim_end_matches('万').to_owned(), 10_000),
            p if p.ends_with('亿') => (p.trim_end_matches('亿').to_owned(), 100_000_000),
            p if p.len() < plain.len() => (p.to_owned(), 1),
            p => (p.to_owned(), factor),
        };
        let (negative, digits) =
            match (plain.strip_prefix('-'), plain.strip_prefix('(').and_then(|p| p.strip_suffix(')'))) {
                (Some(rest), _) | (None, Some(rest)) => (true, rest),
                (None, None) => (false, plain.strip_prefix('+').unwrap_or(&plain)),
            };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all = |p: &str| p.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() && part.is_empty() || !all(whole) || !all(part) {
            return Err(not_a_number());
        }
        let too_large = || {
            Bilingual::new(
                "金额太大（超过900亿元）。请检查单位是否填错。",
                "The amount is too large (over 90 billion yuan). Check the unit.",
            )
        };
        let part = part.trim_end_matches('0');
        if whole.len() > 15 {
            return Err(too_large());
        }
        if part.len() > 12 {
            return Err(finer());
        }
        let number: i128 = format!("{whole}{part}").parse().map_err(|_| not_a_number())?;
        let scale = 10i128.pow(u32::try_from(part.len()).unwrap_or(0));
        let fen = number * i128::from(factor) * 100;
        if fen % scale != 0 {
            return Err(finer());
        }
        let fen = i64::try_from(fen / scale).ok().filter(|f| *f <= Fen::MAX.0).ok_or_else(too_large)?;
        Ok(Fen(if negative { -fen } else { fen }))
    }

    /// In 元 with both digits and commas: `1,234.50`.
    pub fn yuan(self) -> String {
        grouped(&self.to_string())
    }

    /// In 万元 with two digits, half up (away from zero): the way final accounts are published.
    pub fn wan(self) -> String {
        self.wan_rounded().to_string()
    }

    /// In hundredths of 万元, half up (away from zero), as an amount that prints as 万元: `12.35` 万元 is `Fen(1235)`.
    pub fn wan_rounded(self) -> Fen {
        let half = if self.0 < 0 { -5_000 } else { 5_000 };
        Fen(self.0.saturating_add(half) / 10_000)
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Without its sign.
    #[must_use]
    pub fn abs(self) -> Fen {
        Fen(self.0.saturating_abs())
    }
}

fn finer() -> Bilingual {
    Bilingual::new(
        "金额不能精确到分（小数位太多）。请填原始金额，不要填四舍五入前的计算值。",
        "The amount has parts of a fen. Put the amount that was booked, not a computed one.",
    )
}

/// Full-width digits and signs as half-width ones.
fn half(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '−' | '–' | '—' => '-',
        c => c,
    }
}

/// Commas after every three digits before the point.
fn grouped(number: &str) -> String {
    let (sign, rest) = number.strip_prefix('-').map_or(("", number), |r| ("-", r));
    let (whole, part) = rest.split_once('.').unwrap_or((rest, "00"));
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out.push('.');
    out.push_str(part);
    out
}

/// In 元 with two digits and no commas: what is stored in files and sent to programs.
impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        f.pad(&format!("{sign}{}.{:02}", fen / 100, fen % 100))
    }
}

impl Add for Fen {
    type Output = Fen;
    fn add(self, other: Fen) -> Fen {
        Fen(self.0.saturating_add(other.0))
    }
}

impl Sub for Fen {
    type Output = Fen;
    fn sub(self, other: Fen) -> Fen {
        Fen(self.0.saturating_sub(other.0))
    }
}

impl Neg for Fen {
    type Output = Fen;
    fn neg(self) -> Fen {
        Fen(self.0.saturating_neg())
    }
}

impl AddAssign for Fen {
    fn add_assign(&mut self, other: Fen) {
        *self = *self + other;
    }
}

impl SubAssign for Fen {
    fn sub_assign(&mut self, other: Fen) {
        *self = *self - other;
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Fen>>(amounts: I) -> Fen {
        amounts.fold(Fen::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_they_are_written() {
        for (written, fen) in [
            ("0", 0),
            ("1,234.50", 123_450),
            ("１２．５", 1_250),
            ("-0.01", -1),
            ("(3.00)", -300),
            ("¥ 12元", 1_200),
            ("12.3456万", 12_345_600),
            ("1.5亿元", 15_000_000_000),
            (".5", 50),
            ("7.000000", 700),
        ] {
            assert_eq!(Fen::parse(written), Ok(Fen(fen)), "{written}");
        }
        for written in ["", "-", "一百", "1.2.3", "0.001", "1e5", "12%", "99999999999999999999", "=1+1", "1-2"] {
            assert!(Fen::parse(written).is_err(), "{written}");
        }
        assert_eq!(Fen::parse_in("1.279964", 10_000).unwrap(), Fen(1_279_964));
        assert_eq!(Fen::parse_in("100元", 10_000).unwrap(), Fen(10_000));
    }

    #[test]
    fn printed_forms_round_half_away_from_zero() {
        assert_eq!(Fen(127_996_459).wan(), "128.00");
        assert_eq!(Fen(-5_000).wan(), "-0.01");
        assert_eq!(Fen(-4_999).wan(), "0.00");
        assert_eq!(Fen(-123_456_789).yuan(), "-1,234,567.89");
        assert_eq!(Fen(7).yuan(), "0.07");
    }
}
