//! One way of writing for characters that read the same: width, case, small figures. Character by character, so that
//! positions in the text as written stay known.

use std::sync::LazyLock;

/// Traditional characters with their simplified forms, sorted by the first.
static TRADITIONAL: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let lines = include_str!("../../data/traditional.txt").lines().filter(|line| !line.starts_with('#'));
    let pair = |word: &str| word.chars().next().zip(word.chars().nth(1));
    lines.flat_map(str::split_whitespace).filter_map(pair).collect()
});

/// What a character counts as when texts are compared.
///
/// ```
/// use keqiao_search::text::fold::fold;
/// assert_eq!(fold('Ａ'), 'a');
/// assert_eq!(fold('²'), '2');
/// assert_eq!(fold('　'), ' ');
/// ```
pub fn fold(c: char) -> char {
    let c = match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => char::from_u32(c as u32 - '⁴' as u32 + '4' as u32).unwrap_or(c),
        '₀'..='₉' => char::from_u32(c as u32 - '₀' as u32 + '0' as u32).unwrap_or(c),
        '①'..='⑨' => char::from_u32(c as u32 - '①' as u32 + '1' as u32).unwrap_or(c),
        '℃' | '℉' => '°',
        'µ' => 'μ',
        '‐' | '‑' | '–' | '−' => '-',
        _ => c,
    };
    match c {
        FIRST..=LAST => simplified(c),
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// The simplified form of every hanzi of the basic block, by its number.
static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut forms: Vec<char> = (FIRST..=LAST).collect();
    TRADITIONAL.iter().for_each(|&(from, to)| forms[from as usize - FIRST as usize] = to);
    forms
});

/// The first and last of the basic block of hanzi.
const FIRST: char = '\u{4e00}';
const LAST: char = '\u{9fff}';

/// The simplified form of a traditional character, itself where there is none in the table.
pub fn simplified(c: char) -> char {
    if (FIRST..=LAST).contains(&c) { SIMPLIFIED[c as usize - FIRST as usize] } else { c }
}

/// Whether texts in this script are written without spaces, so that every character counts by itself.
pub fn is_hanzi(c: char) -> bool {
    matches!(c as u32, 0x4e00..=0x9fff | 0x3400..=0x4dbf | 0xf900..=0xfaff | 0x3041..=0x30ff | 0x20000..=0x3134f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_and_form_fold() {
        let folded: String = "ＨＣ－０５　５ｃｍ² ℃ 機器學習".chars().map(fold).collect();
        assert_eq!(folded, "hc-05 5cm2 ° 机器学习");
    }

    #[test]
    fn the_table_is_sorted_and_maps_to_fixed_points() {
        assert!(TRADITIONAL.windows(2).all(|two| two[0].0 < two[1].0));
        assert!(TRADITIONAL.iter().all(|pair| (FIRST..=LAST).contains(&pair.0)));
        assert!(TRADITIONAL.iter().all(|&(_, to)| simplified(to) == to));
    }
}
