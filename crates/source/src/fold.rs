//! Folding: one way of writing for what is the same to a reader, with the way back.
//!
//! White space goes (Chinese needs none), full-width digits, letters and signs become half-width, ASCII brackets, commas
//! and colons become Chinese ones outside numbers, Word's bookmark marks vanish.

use std::ops::Range;

use crate::Span;

/// Text with one way of writing for each thing, and for each of its bytes the byte of the source it came from.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    text: String,
    /// For every byte of `text`: start and end of the source character.
    from: Vec<(u32, u32)>,
}

impl Folded {
    /// Folds `source`, which starts at byte `offset` of the printed text.
    pub fn new(source: &str, offset: usize) -> Self {
        let mut folded = Folded::default();
        folded.push(source, offset);
        folded
    }

    /// Appends another stretch of the printed text (a paragraph that a line break cut in two).
    pub fn push(&mut self, source: &str, offset: usize) {
        let mut skip_to = 0;
        for (at, c) in source.char_indices() {
            if at < skip_to {
                continue;
            }
            if c == '['
                && source[at..].starts_with("[bookmark:")
                && let Some(end) = source[at..].find(']')
            {
                skip_to = at + end + 1;
                continue;
            }
            if is_blank(c) {
                continue;
            }
            let next = source[at + c.len_utf8()..].chars().find(|c| !is_blank(*c));
            let last = self.text.chars().next_back();
            let digits =
                last.is_some_and(|c| c.is_ascii_digit()) && next.is_some_and(|c| fold_char(c).is_ascii_digit());
            let c2 = match fold_char(c) {
                ',' if !digits => '，',
                ':' if !digits => '：',
                ';' => '；',
                '(' => '（',
                ')' => '）',
                '?' => '？',
                '!' => '！',
                other => other,
            };
            let (start, end) = (offset + at, offset + at + c.len_utf8());
            let before = self.text.len();
            self.text.push(c2);
            let span = Span::new(start, end);
            self.from.resize(self.from.len() + self.text.len() - before, (span.start, span.end));
        }
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a range of the folded text stands in the printed text. An empty range gives an empty span.
    pub fn span(&self, range: Range<usize>) -> Span {
        let Some(&(start, _)) = self.from.get(range.start) else {
            let end = self.from.last().map_or(0, |f| f.1);
            return Span { start: end, end };
        };
        if range.is_empty() {
            return Span { start, end: start };
        }
        let end = self.from.get(range.end - 1).map_or(start, |f| f.1);
        Span { start, end: end.max(start) }
    }

    /// First byte of the folded text whose source lies at or after byte `at` of the printed text.
    pub fn position(&self, at: u32) -> usize {
        self.from.partition_point(|f| f.0 < at)
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{ad}' | '\u{7}')
}

/// One character folded by itself: full-width forms to half-width, look-alikes of minus, percent and wave to one.
pub fn fold_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '﹪' => '%',
        '−' | '﹣' => '-',
        '∼' | '〜' => '~',
        '﹙' => '(',
        '﹚' => ')',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::Folded;

    #[test]
    fn thousands_commas_stay_and_clause_commas_turn_chinese() {
        let f = Folded::new("收入 1,234.50元,占５％ (其中: a)", 0);
        assert_eq!(f.text(), "收入1,234.50元，占5%（其中：a）");
    }

    #[test]
    fn bookmarks_vanish_and_spans_find_the_way_back() {
        let source = "[bookmark: _Toc1][bookmark: x]一、 收入";
        let f = Folded::new(source, 10);
        assert_eq!(f.text(), "一、收入");
        let span = f.span(6..12);
        assert_eq!(&source[span.start as usize - 10..span.end as usize - 10], "收入");
    }
}
