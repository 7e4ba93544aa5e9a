//! Excerpts: a line of the document with the words at fault underlined. Widths are columns of a terminal, where a
//! Chinese character takes two.

use keqiao_diag::{Mark, Role};
use keqiao_source::Span;
use unicode_width::UnicodeWidthChar;

/// Columns of a terminal that an excerpt may take.
const COLUMNS_MAX: usize = 96;
/// Columns kept free around the words when a line is cut.
const MARGIN: usize = 24;

/// Marks that fit one excerpt, all on one line of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cluster {
    /// The line in the text.
    line: Span,
    /// The marks, by start, cut to the line.
    marks: Vec<Mark>,
}

/// An excerpt ready to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// The words, `…` where the line was cut.
    pub(crate) words: String,
    /// First column, number of columns and role of each underline.
    pub(crate) underlines: Vec<(usize, usize, Role)>,
}

/// Groups marks into excerpts: the one with the primary mark first, the others as they stand in the text.
pub(crate) fn clusters(text: &str, marks: &[Mark]) -> Vec<Cluster> {
    let mut sorted: Vec<(Span, Mark)> = marks.iter().map(|m| (line_of(text, m.span), *m)).collect();
    sorted.sort_by_key(|(_, m)| (m.span.start, m.span.end));
    let mut clusters: Vec<Cluster> = Vec::new();
    for (line, mark) in sorted {
        let mark = Mark { span: cut(mark.span, line), ..mark };
        match clusters.last_mut() {
            Some(c) if c.line == line && c.fits(text, mark.span) => c.marks.push(mark),
            _ => clusters.push(Cluster { line, marks: vec![mark] }),
        }
    }
    clusters.sort_by_key(|c| !c.has(Role::Primary));
    clusters
}

impl Cluster {
    fn fits(&self, text: &str, span: Span) -> bool {
        let all = self.marks.iter().fold(span, |all, m| all.to(m.span));
        width(all.of(text)) + 2 * MARGIN / 3 <= COLUMNS_MAX
    }

    /// Whether a mark of this role is in it.
    pub(crate) fn has(&self, role: Role) -> bool {
        self.marks.iter().any(|m| m.role == role)
    }

    /// The mark that gives the place: the primary one, else the first.
    pub(crate) fn lead(&self) -> Span {
        let primary = self.marks.iter().find(|m| m.role == Role::Primary).or(self.marks.first());
        primary.map_or(self.line, |m| m.span)
    }

    /// Cuts the line around the marks.
    pub(crate) fn excerpt(&self, text: &str) -> Excerpt {
        let window = self.window(text);
        let mut words = String::new();
        if window.start > self.line.start {
            words.push('…');
        }
        let mut column = width(&words);
        let mut columns = Vec::new();
        for (at, c) in window.of(text).char_indices() {
            columns.push((window.start as usize + at, column));
            let shown = printable(c);
            column += width(shown.unwrap_or(c.encode_utf8(&mut [0; 4])));
            match shown {
                Some(s) => words.push_str(s),
                None => words.push(c),
            }
        }
        let end = column;
        if window.end < self.line.end {
            words.push('…');
        }
        let column_of = |byte: u32| {
            let at = columns.partition_point(|(b, _)| *b < byte as usize);
            columns.get(at).map_or(end, |(_, column)| *column)
        };
        let underline = |m: &Mark| {
            let (from, to) = (column_of(m.span.start), column_of(m.span.end));
            (from, to.saturating_sub(from).max(1), m.role)
        };
        Excerpt { words, underlines: self.marks.iter().map(underline).collect() }
    }

    /// The stretch of the line that is shown.
    fn window(&self, text: &str) -> Span {
        if width(self.line.of(text)) <= COLUMNS_MAX {
            return self.line;
        }
        let covered = self.marks.iter().skip(1).fold(self.marks[0].span, |all, m| all.to(m.span));
        let room = COLUMNS_MAX.saturating_sub(width(covered.of(text)));
        let before = Span { start: self.line.start, end: covered.start };
        let mut left = 0;
        let mut start = covered.start;
        for (at, c) in before.of(text).char_indices().rev() {
            left += char_width(c);
            if left > MARGIN.max(room / 2) || left > room {
                break;
            }
            start = before.start + u32::try_from(at).unwrap_or(0);
        }
        let mut used = 0;
        let mut end = start;
        for c in (Span { start, end: self.line.end }).of(text).chars() {
            used += char_width(c);
            if used > COLUMNS_MAX {
                break;
            }
            end += u32::try_from(c.len_utf8()).unwrap_or(0);
        }
        Span { start, end }
    }
}

/// The line of the text in which a span begins, without white space around it.
fn line_of(text: &str, span: Span) -> Span {
    let at = text.floor_char_boundary(span.start as usize);
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let end = text[at..].find('\n').map_or(text.len(), |n| at + n);
    let line = &text[start..end];
    let lead = (line.len() - line.trim_start().len()).min(at - start);
    Span::new(start + lead, start + line.trim_end().len().max(lead))
}

fn cut(span: Span, line: Span) -> Span {
    let start = span.start.clamp(line.start, line.end);
    Span { start, end: span.end.clamp(start, line.end) }
}

/// What is printed in place of a character that would upset the columns.
fn printable(c: char) -> Option<&'static str> {
    match c {
        '\t' => Some("  "),
        c if c.is_control() => Some(" "),
        _ => None,
    }
}

fn char_width(c: char) -> usize {
    printable(c).map_or_else(|| c.width().unwrap_or(0), str::len)
}

/// Columns that words take.
pub(crate) fn width(words: &str) -> usize {
    words.chars().map(char_width).sum()
}

#[cfg(test)]
mod tests {
    use keqiao_diag::{Mark, Role};
    use keqiao_source::Span;

    use super::{COLUMNS_MAX, clusters, width};

    fn mark(text: &str, words: &str, role: Role) -> Mark {
        let at = text.find(words).expect("stands there");
        Mark { role, span: Span::new(at, at + words.len()) }
    }

    #[test]
    fn underline_counts_two_columns_for_chinese() {
        let text = "前文\n  收入12.00万元，占87%。\n";
        let found = clusters(text, &[mark(text, "12.00万元", Role::Secondary), mark(text, "占87%", Role::Primary)]);
        assert_eq!(found.len(), 1);
        let excerpt = found[0].excerpt(text);
        assert_eq!(excerpt.words, "收入12.00万元，占87%。");
        assert_eq!(excerpt.underlines, [(4, 9, Role::Secondary), (15, 5, Role::Primary)]);
    }

    #[test]
    fn long_line_is_cut_around_the_words() {
        let text = format!("{}占87%{}", "甲".repeat(300), "乙".repeat(300));
        let found = clusters(&text, &[mark(&text, "占87%", Role::Primary)]);
        let excerpt = found[0].excerpt(&text);
        assert!(excerpt.words.starts_with('…') && excerpt.words.ends_with('…'));
        assert!(width(&excerpt.words) <= COLUMNS_MAX + 2);
        let (from, _, _) = excerpt.underlines[0];
        let before: String = excerpt.words.split('占').next().expect("a first part").into();
        assert_eq!(width(&before), from);
    }

    #[test]
    fn marks_far_apart_have_their_own_excerpts() {
        let text = format!("共86个{}共87个", "，".repeat(200));
        let found = clusters(&text, &[mark(&text, "共87个", Role::Primary), mark(&text, "共86个", Role::Secondary)]);
        assert_eq!(found.len(), 2);
        assert!(found[0].has(Role::Primary));
    }

    #[test]
    fn span_beyond_the_text_does_no_harm() {
        let found = clusters("短", &[Mark { role: Role::Primary, span: Span::new(100, 200) }]);
        assert_eq!(found[0].excerpt("短").words, "短");
    }
}
