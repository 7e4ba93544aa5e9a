//! The numbers that Chinese reports print before headings: 第一部分, 附件1, 一、, （一）, 1., （1）, ①.

use keqiao_quantity::parse_numeral;

/// How a heading is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// 第一部分, 第3部分, 第二章
    Part,
    /// 附件, 附件1, 附表2
    Attachment,
    /// 一、
    Chinese,
    /// （一）
    ChineseBracket,
    /// 1. or 1、
    Arabic,
    /// （1）, 1）, ①
    ArabicBracket,
}

/// A printed number at the start of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Its style.
    pub style: Style,
    /// Its value.
    pub ordinal: Option<u32>,
    /// Bytes of the number itself: 一, （一）, 1, 第一部分, 附件1.
    pub printed: (usize, usize),
    /// Where the title begins.
    pub rest: usize,
}

impl Style {
    /// Level in the outline: see `keqiao_facts::Section::level`.
    pub(super) fn level(self) -> u8 {
        match self {
            Style::Part | Style::Attachment => 1,
            Style::Chinese => 2,
            Style::ChineseBracket => 3,
            Style::Arabic => 4,
            Style::ArabicBracket => 5,
        }
    }
}

const CHINESE: &str = "〇零一二三四五六七八九十百";

/// The number that a folded paragraph begins with.
pub(super) fn number(text: &str) -> Option<Number> {
    part(text).or_else(|| attachment(text)).or_else(|| bracketed(text)).or_else(|| plain(text))
}

fn part(text: &str) -> Option<Number> {
    let rest = text.strip_prefix('第')?;
    let digits = leading(rest, |c| CHINESE.contains(c) || c.is_ascii_digit());
    let after = &rest[digits.len()..];
    let word = ["部分", "章", "篇"].into_iter().find(|w| after.starts_with(w))?;
    let ordinal = value(digits)?;
    let end = '第'.len_utf8() + digits.len() + word.len();
    Some(Number { style: Style::Part, ordinal: Some(ordinal), printed: (0, end), rest: skip(text, end, "：、.") })
}

fn attachment(text: &str) -> Option<Number> {
    // Annexes are sometimes printed in brackets: （附件2）.
    let open = text.strip_prefix('（').map_or(0, |_| '（'.len_utf8());
    let word = ["附件", "附表", "附录"].into_iter().find(|w| text[open..].starts_with(w))?;
    let after = &text[open + word.len()..];
    let digits = leading(after, |c| CHINESE.contains(c) || c.is_ascii_digit() || c == '-');
    let next = after[digits.len()..].chars().next();
    // 附件2021年度…: the digits are a year, not a number.
    let year = digits.len() >= 4 && digits.chars().all(|c| c.is_ascii_digit()) && next.is_some_and(|c| c == '年');
    let digits = if year { "" } else { digits };
    let mut end = open + word.len() + digits.len();
    if open > 0 {
        end += text[end..].strip_prefix('）').map(|_| '）'.len_utf8())?;
    }
    let ordinal = digits.split('-').next().and_then(value);
    Some(Number { style: Style::Attachment, ordinal, printed: (0, end), rest: skip(text, end, "：、.") })
}

fn bracketed(text: &str) -> Option<Number> {
    let first = text.chars().next()?;
    if ('①'..='⑳').contains(&first) {
        let end = first.len_utf8();
        let ordinal = u32::from(first) - u32::from('①') + 1;
        return Some(Number {
            style: Style::ArabicBracket,
            ordinal: Some(ordinal),
            printed: (0, end),
            rest: skip(text, end, "、."),
        });
    }
    let open = if first == '（' { first.len_utf8() } else { 0 };
    let digits = leading(&text[open..], |c| CHINESE.contains(c) || c.is_ascii_digit());
    let close = open + digits.len();
    if !text[close..].starts_with('）') || digits.len() > 9 {
        return None;
    }
    let chinese = !digits.starts_with(|c: char| c.is_ascii_digit());
    if open == 0 && chinese {
        return None;
    }
    let style = if chinese { Style::ChineseBracket } else { Style::ArabicBracket };
    let end = close + '）'.len_utf8();
    Some(Number { style, ordinal: Some(value(digits)?), printed: (0, end), rest: skip(text, end, "、.") })
}

fn plain(text: &str) -> Option<Number> {
    let digits = leading(text, |c| CHINESE.contains(c) || c.is_ascii_digit());
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    let chinese = !digits.starts_with(|c: char| c.is_ascii_digit());
    let after = &text[digits.len()..];
    let sign = after.chars().next()?;
    let next = after[sign.len_utf8()..].chars().next();
    let signed = matches!(sign, '、' | '.') && !next.is_some_and(|c| c.is_ascii_digit() && sign == '.');
    // 9社会保障（类）…: the sign after the number was forgotten; only a code path is sure enough.
    let bare = !chinese
        && digits.len() <= 2
        && !sign.is_ascii()
        && after.chars().take(20).collect::<String>().contains("（类）");
    if !signed && !bare {
        return None;
    }
    let ordinal = value(digits).filter(|n| *n < 100)?;
    let style = if chinese { Style::Chinese } else { Style::Arabic };
    let rest = if signed { skip(text, digits.len(), "、.") } else { digits.len() };
    Some(Number { style, ordinal: Some(ordinal), printed: (0, digits.len()), rest })
}

fn leading(text: &str, accept: impl Fn(char) -> bool) -> &str {
    &text[..text.find(|c: char| !accept(c)).unwrap_or(text.len())]
}

fn skip(text: &str, from: usize, signs: &str) -> usize {
    text[from..].chars().take_while(|c| signs.contains(*c)).map(char::len_utf8).sum::<usize>() + from
}

fn value(digits: &str) -> Option<u32> {
    if digits.is_empty() {
        return None;
    }
    digits.parse().ok().or_else(|| parse_numeral(digits).and_then(|n| u32::try_from(n).ok()))
}

#[cfg(test)]
mod tests {
    use super::{Style, number};

    #[test]
    fn numbers_of_every_style_are_read() {
        for (text, style, ordinal, title) in [
            ("第一部分部门概况", Style::Part, Some(1), "部门概况"),
            ("第3部分名词解释", Style::Part, Some(3), "名词解释"),
            ("附件", Style::Attachment, None, ""),
            ("附表1：基本情况表", Style::Attachment, Some(1), "基本情况表"),
            ("附件2021年度自评报告", Style::Attachment, None, "2021年度自评报告"),
            ("（附件2）", Style::Attachment, Some(2), ""),
            ("十一、其他事项", Style::Chinese, Some(11), "其他事项"),
            ("（二）结构", Style::ChineseBracket, Some(2), "结构"),
            ("9、其他事项", Style::Arabic, Some(9), "其他事项"),
            ("1.总体", Style::Arabic, Some(1), "总体"),
            ("（3）科普", Style::ArabicBracket, Some(3), "科普"),
            ("2）科普", Style::ArabicBracket, Some(2), "科普"),
            ("②科普", Style::ArabicBracket, Some(2), "科普"),
            ("9科学技术（类）科学技术普及（款）", Style::Arabic, Some(9), "科学技术（类）科学技术普及（款）"),
        ] {
            let n = number(text).expect(text);
            assert_eq!((n.style, n.ordinal, &text[n.rest..]), (style, ordinal, title), "{text}");
        }
        for text in ["12.83万元", "2021年度", "3名", "第34届大赛", "一是加强", "2013299其他组织事务支出", "（不含）"]
        {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
