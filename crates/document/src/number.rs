//! A number of a spreadsheet or chart as its number format shows it: decimals, thousands, percent. Exact decimals
//! throughout; binary noise (0.30000000000000004) never reaches the text.

use rust_decimal::{Decimal, RoundingStrategy};

/// Prints a stored value. An unusual format prints the value plainly.
pub(crate) fn show(value: f64, format: &str) -> String {
    match exact(value) {
        Some(decimal) => apply(decimal, format),
        None => value.to_string(),
    }
}

/// Prints a value that is stored as digits (charts); what is no number stays as it is.
pub(crate) fn show_text(value: &str, format: &str) -> String {
    match value.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => show(number, format),
        _ => value.trim().to_owned(),
    }
}

/// Fifteen significant digits: what Excel itself keeps.
fn exact(value: f64) -> Option<Decimal> {
    Decimal::from_scientific(&format!("{value:.14e}")).ok().map(|d| d.normalize())
}

fn apply(value: Decimal, format: &str) -> String {
    let sections: Vec<&str> = split_sections(format);
    let section = match sections.as_slice() {
        [_, _, zero, ..] if value.is_zero() => zero,
        [first, ..] => first,
        [] => "",
    };
    match Shape::of(section) {
        Some(shape) => shape.print(value),
        None => plain(value),
    }
}

fn plain(value: Decimal) -> String {
    let mut value = value.normalize();
    if value.is_zero() {
        value.set_sign_positive(true);
    }
    value.to_string()
}

fn split_sections(format: &str) -> Vec<&str> {
    let (mut quoted, mut from, mut sections) = (false, 0, Vec::new());
    for (at, c) in format.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ';' if !quoted => {
                sections.push(&format[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    sections.push(&format[from..]);
    sections
}

/// What a section of a number format asks for.
#[derive(Debug, Default)]
struct Shape {
    before: String,
    after: String,
    digits: bool,
    thousands: bool,
    percent: bool,
    decimals_min: u32,
    decimals_max: u32,
    /// Commas after the last digit: each divides by a thousand.
    scale: u32,
}

impl Shape {
    /// `None` for formats that are not shown here: General, text, dates, fractions, exponents.
    fn of(section: &str) -> Option<Shape> {
        let mut shape = Shape::default();
        let (mut point, mut commas) = (false, 0);
        let mut chars = section.chars();
        while let Some(c) = chars.next() {
            match c {
                '0' | '#' | '?' => {
                    shape.thousands |= commas > 0;
                    commas = 0;
                    // A lone ? only keeps room.
                    shape.digits |= c != '?';
                    if point {
                        shape.decimals_max += 1;
                        shape.decimals_min += u32::from(c == '0');
                    }
                }
                '.' if shape.digits || !point => point = true,
                ',' if shape.digits => commas += 1,
                '%' => {
                    shape.percent = true;
                    shape.literal('%');
                }
                '"' => chars.by_ref().take_while(|c| *c != '"').for_each(|c| shape.literal(c)),
                '\\' => chars.next().into_iter().for_each(|c| shape.literal(c)),
                '_' => drop(chars.next()),
                '*' => drop(chars.next()),
                '[' => {
                    let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    if inside.starts_with('h') || inside.starts_with('m') || inside.starts_with("DBNum") {
                        return None;
                    }
                    inside
                        .strip_prefix('$')
                        .and_then(|s| s.split('-').next())
                        .unwrap_or("")
                        .chars()
                        .for_each(|c| shape.literal(c));
                }
                '(' | ')' | ' ' | '+' | '-' | '￥' | '¥' | '$' => {
                    if !matches!(c, '(' | ')') {
                        shape.literal(c);
                    }
                }
                c if !c.is_ascii() => shape.literal(c),
                _ => return None,
            }
        }
        shape.scale = commas;
        // A zero section such as "-" has no digits: only its literals are shown.
        (shape.digits || !shape.before.trim().is_empty()).then_some(shape)
    }

    fn literal(&mut self, c: char) {
        if self.digits { self.after.push(c) } else { self.before.push(c) }
    }

    fn print(&self, value: Decimal) -> String {
        if !self.digits {
            return self.before.trim().to_owned();
        }
        let factor = Decimal::from(if self.percent { 100 } else { 1 });
        let Some(mut scaled) = value.abs().checked_mul(factor) else { return plain(value) };
        for _ in 0..self.scale.min(4) {
            scaled /= Decimal::ONE_THOUSAND;
        }
        let mut rounded = scaled
            .round_dp_with_strategy(self.decimals_max.min(20), RoundingStrategy::MidpointAwayFromZero)
            .normalize();
        if rounded.scale() < self.decimals_min.min(20) {
            rounded.rescale(self.decimals_min.min(20));
        }
        let mut digits = rounded.to_string();
        if self.thousands {
            digits = grouped(&digits);
        }
        let sign = if value.is_sign_negative() && !rounded.is_zero() { "-" } else { "" };
        format!("{sign}{}{digits}{}", self.before.trim_start(), self.after.trim_end())
    }
}

fn grouped(digits: &str) -> String {
    let whole = digits.find('.').unwrap_or(digits.len());
    let mut out = String::new();
    for (at, c) in digits.char_indices() {
        if at > 0 && at < whole && (whole - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::show;

    #[test]
    fn numbers_look_as_excel_shows_them() {
        for (value, format, shown) in [
            (0.1 + 0.2, "General", "0.3"),
            (1200.0, "0.00", "1200.00"),
            (2_940_051.235, "#,##0.00", "2,940,051.24"),
            (0.9671, "0.0%", "96.7%"),
            (0.967, "0%", "97%"),
            (-12.5, "#,##0.00_);(#,##0.00)", "-12.50"),
            (0.0, "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "-"),
            (0.0, "0.00", "0.00"),
            (12.0, "0.00\"万元\"", "12.00万元"),
            (12_345_678.0, "#,##0,", "12,346"),
            (12.5, "@", "12.5"),
            (141.65, "", "141.65"),
            (-0.001, "0.00", "0.00"),
            (1e300, "0.00", ""),
        ] {
            if value < 1e30 {
                assert_eq!(show(value, format), shown, "{value} {format}");
            } else {
                assert!(show(value, format).starts_with('1'));
            }
        }
    }
}
