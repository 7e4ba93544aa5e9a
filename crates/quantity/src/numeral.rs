//! Chinese numerals: 二十三, 一百零五, 三千六百万, 两, 〇.

/// Reads a whole Chinese numeral; `None` when a character is not part of one or the number is too large.
pub fn parse_numeral(text: &str) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    // A row of digits (二〇二一) is read digit by digit.
    if text.chars().count() > 1 && text.chars().all(|c| digit(c).is_some()) {
        return text.chars().try_fold(0u64, |n, c| n.checked_mul(10)?.checked_add(digit(c)?));
    }
    let (mut total, mut section, mut last) = (0u64, 0u64, None::<u64>);
    for c in text.chars() {
        if let Some(d) = digit(c) {
            last = Some(d);
        } else if let Some(unit) = small_unit(c) {
            section = section.checked_add(last.take().unwrap_or(1).checked_mul(unit)?)?;
        } else if let Some(unit) = large_unit(c) {
            section = section.checked_add(last.take().unwrap_or(0))?;
            total = total.checked_add(section)?.checked_mul(unit)?;
            section = 0;
        } else {
            return None;
        }
    }
    total.checked_add(section)?.checked_add(last.unwrap_or(0))
}

fn digit(c: char) -> Option<u64> {
    "〇零一二三四五六七八九".chars().position(|d| d == c).map(|i| (i as u64).saturating_sub(1)).or(match c {
        '两' => Some(2),
        _ => None,
    })
}

fn small_unit(c: char) -> Option<u64> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

fn large_unit(c: char) -> Option<u64> {
    match c {
        '万' => Some(10_000),
        '亿' => Some(100_000_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::parse_numeral;

    #[test]
    fn reads_what_officials_write() {
        for (text, value) in [
            ("十", 10),
            ("二十三", 23),
            ("一百零五", 105),
            ("三千六百万", 36_000_000),
            ("两", 2),
            ("二〇二一", 2021),
            ("十二", 12),
            ("一", 1),
            ("零", 0),
        ] {
            assert_eq!(parse_numeral(text), Some(value), "{text}");
        }
        assert_eq!(parse_numeral("三公"), None);
    }
}
