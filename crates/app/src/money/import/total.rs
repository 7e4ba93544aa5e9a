//! Rows that are no lines but totals: what they say is compared with the lines above them.

use keqiao_base::Fen;

/// What a total row adds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Total {
    /// 合计, 总计, 本年累计: every line above.
    All,
    /// 本月合计, 小计: the lines since the last total row.
    Since,
}

/// Whether a row is a total, by its first words.
pub(super) fn of_row(cells: &[String]) -> Option<Total> {
    cells.iter().filter(|c| !c.is_empty()).take(4).find_map(|cell| {
        let word: String = cell.chars().filter(|c| !c.is_whitespace() && !matches!(c, ':' | '：')).collect();
        match word.as_str() {
            "合计" | "总计" | "累计" | "本年累计" | "本年合计" | "全年合计" => Some(Total::All),
            "本月合计" | "本日合计" | "小计" | "本页合计" => Some(Total::Since),
            _ => None,
        }
    })
}

/// An amount as spreadsheets give it: a computed cell may show `1234.5600000000001`, which is 1234.56 and not finer than a 分. Only what lies
/// beyond nine decimals is dropped.
pub(super) fn plain(text: &str) -> String {
    let text = text.trim();
    let Some((whole, part)) = text.split_once('.') else { return text.to_owned() };
    if part.len() <= 9 || !part.bytes().all(|b| b.is_ascii_digit()) {
        return text.to_owned();
    }
    let (negative, digits) = whole.strip_prefix('-').map_or((false, whole), |d| (true, d));
    let Ok(number) = format!("{digits}{}", &part[..9]).parse::<i128>() else { return text.to_owned() };
    let up = i128::from(part.as_bytes()[9] >= b'5');
    // Half a billionth either way is the noise of binary numbers; anything more is refused further on.
    let number = number + up;
    let sign = if negative { "-" } else { "" };
    format!("{sign}{}.{:09}", number / 1_000_000_000, number % 1_000_000_000)
}

/// The factor of a column whose heading names its unit: 10,000 for 万元, 1 otherwise.
pub(super) fn factor(title: &str) -> u32 {
    let title: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    if title.contains("万元") { 10_000 } else { 1 }
}

/// The amount of a cell in a column of a unit.
pub(super) fn amount(text: &str, factor: u32) -> Option<Fen> {
    if text.is_empty() { Some(Fen::ZERO) } else { Fen::parse_in(&plain(text), factor).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_noise_of_spreadsheets_goes_and_real_parts_of_a_fen_stay() {
        assert_eq!(plain("1234.5600000000001"), "1234.560000000");
        assert_eq!(plain("-0.30000000000000004"), "-0.300000000");
        assert_eq!(plain("12.99999999999999"), "13.000000000");
        assert_eq!(plain("12.345"), "12.345");
        assert_eq!(amount("1234.5600000000001", 1), Some(Fen::new(123_456)));
        assert_eq!(amount("12.345", 1), None);
        assert_eq!(amount("1.279964", 10_000), Some(Fen::new(1_279_964)));
        assert_eq!((factor("金额（万元）"), factor("金额 (元)")), (10_000, 1));
    }

    #[test]
    fn totals_are_known_by_their_first_words() {
        let row = |text: &str| of_row(&text.split(',').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(row(",本月合计,100"), Some(Total::Since));
        assert_eq!(row("合 计,,100"), Some(Total::All));
        assert_eq!(row("2025-01-01,记-1,合计打印费"), None);
    }
}
