//! Glyphs to lines of text. Order comes from places on the page, never from the content stream; characters of different
//! fonts stand on one line when their heights overlap, whatever their baselines.

use super::page::Glyph;
use super::unicode::is_han;

/// Blanks wider than this (in ems) between Latin letters or digits are word spaces.
const SPACE_EMS: f32 = 0.22;
/// Blanks wider than this part what stands on one line into pieces.
const PIECE_EMS: f32 = 1.4;

/// One line, glyphs from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) x0: f32,
    pub(super) x1: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
    /// Size of most of its glyphs.
    pub(super) size: f32,
}

/// Gathers glyphs into lines, top to bottom.
pub(super) fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.x0.total_cmp(&b.x0)));
    // First, what shares a baseline.
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row) if row.last().is_some_and(|g| (g.base - glyph.base).abs() <= 0.35) => row.push(glyph),
            _ => rows.push(vec![glyph]),
        }
    }
    // Then rows whose heights overlap by half; the longest row of a line says where the line is.
    rows.sort_by(|a, b| extent(a).middle().total_cmp(&extent(b).middle()));
    let mut lines: Vec<(Extent, usize, Vec<Glyph>)> = Vec::new();
    for row in rows {
        let place = extent(&row);
        let home =
            lines.iter_mut().rev().take(4).find(|(e, _, others)| e.same_line(place) && !overprints(others, &row));
        match home {
            Some((e, longest, glyphs)) => {
                if row.len() > *longest {
                    (*e, *longest) = (place, row.len());
                }
                glyphs.extend(row);
            }
            None => lines.push((place, row.len(), row)),
        }
    }
    let mut lines: Vec<Line> = lines.into_iter().map(|(_, _, glyphs)| Line::new(glyphs)).collect();
    lines.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
    lines
}

/// Where a row of glyphs stands.
#[derive(Clone, Copy, Debug)]
struct Extent {
    top: f32,
    bottom: f32,
}

impl Extent {
    fn middle(self) -> f32 {
        (self.top + self.bottom) / 2.0
    }

    fn same_line(self, other: Extent) -> bool {
        let shared = self.bottom.min(other.bottom) - self.top.max(other.top);
        let smaller = (self.bottom - self.top).min(other.bottom - other.top);
        shared >= 0.55 * smaller
    }
}

/// The extent of most of a row's glyphs.
fn extent(row: &[Glyph]) -> Extent {
    let size = usual_size(row);
    let main = row.iter().filter(|g| (g.size - size).abs() <= 0.15 * size);
    main.fold(Extent { top: f32::MAX, bottom: f32::MIN }, |e, g| Extent {
        top: e.top.min(g.top()),
        bottom: e.bottom.max(g.bottom()),
    })
}

fn usual_size(row: &[Glyph]) -> f32 {
    let mut sizes: Vec<f32> = row.iter().map(|g| g.size).collect();
    let middle = sizes.len() / 2;
    if sizes.is_empty() {
        return 0.0;
    }
    *sizes.select_nth_unstable_by(middle, f32::total_cmp).1
}

/// Two rows that would print over each other are two lines set too tight, unless they print the same (imitated bold).
fn overprints(a: &[Glyph], b: &[Glyph]) -> bool {
    let clash = |x: &Glyph, y: &Glyph| {
        let shared = x.x1.min(y.x1) - x.x0.max(y.x0);
        shared > 0.5 * (x.x1 - x.x0).min(y.x1 - y.x0) && x.c != y.c
    };
    let shown = b.iter().take(64);
    let clashes = shown.filter(|y| a.iter().any(|x| clash(x, y))).count();
    clashes * 2 > b.len().min(64)
}

impl Line {
    /// A line of glyphs in any order; glyphs printed twice to look bold count once.
    pub(super) fn new(mut glyphs: Vec<Glyph>) -> Line {
        glyphs.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
        for g in glyphs {
            let twice =
                |k: &Glyph| k.c == g.c && (k.x0 - g.x0).abs() < 0.15 * g.size && (k.base - g.base).abs() < 0.2 * g.size;
            if !kept.iter().rev().take(3).any(twice) {
                kept.push(g);
            }
        }
        let size = usual_size(&kept);
        let fold = |from: f32, f: fn(f32, f32) -> f32, of: fn(&Glyph) -> f32| kept.iter().map(of).fold(from, f);
        Line {
            x0: fold(f32::MAX, f32::min, |g| g.x0),
            x1: fold(f32::MIN, f32::max, |g| g.x1),
            top: fold(f32::MAX, f32::min, Glyph::top),
            bottom: fold(f32::MIN, f32::max, Glyph::bottom),
            size,
            glyphs: kept,
        }
    }

    pub(super) fn middle(&self) -> f32 {
        (self.top + self.bottom) / 2.0
    }

    /// Its words. Blanks next to Chinese characters are typesetting, not words, unless they are wide and the line is
    /// not letter-spaced.
    pub(super) fn text(&self) -> String {
        let spacing = self.letter_spacing();
        let mut text = String::with_capacity(self.glyphs.len() * 3);
        for (n, g) in self.glyphs.iter().enumerate() {
            if let Some(before) = n.checked_sub(1).map(|i| self.glyphs[i]) {
                let gap = g.x0 - before.x1;
                let han = is_han(before.c) || is_han(g.c);
                let least = if han { PIECE_EMS } else { SPACE_EMS } * g.size.max(before.size);
                if gap > least + spacing {
                    text.push(' ');
                }
            }
            text.push(g.c);
        }
        text
    }

    /// The usual gap between neighbouring Chinese characters, when the line is set wide (“合　计”).
    fn letter_spacing(&self) -> f32 {
        let pairs = self.glyphs.windows(2);
        let mut gaps: Vec<f32> = pairs.map(|p| p[1].x0 - p[0].x1).filter(|g| g.is_finite()).collect();
        if gaps.is_empty() {
            return 0.0;
        }
        let middle = gaps.len() / 2;
        let usual = *gaps.select_nth_unstable_by(middle, f32::total_cmp).1;
        if usual > 0.15 * self.size { usual } else { 0.0 }
    }

    /// Pieces parted by wide blanks: what might stand in columns.
    pub(super) fn pieces(&self) -> Vec<Line> {
        let spacing = self.letter_spacing();
        let mut pieces: Vec<Vec<Glyph>> = Vec::new();
        for g in &self.glyphs {
            match pieces.last_mut() {
                Some(piece) if piece.last().is_some_and(|l| g.x0 - l.x1 <= PIECE_EMS * g.size + spacing) => {
                    piece.push(*g)
                }
                _ => pieces.push(vec![*g]),
            }
        }
        pieces.into_iter().map(Line::new).collect()
    }
}

/// The words of a cell: its lines from top to bottom. Chinese and numbers are cut anywhere, so lines join without a
/// blank; only Latin words keep theirs.
pub(super) fn cell_text(glyphs: Vec<Glyph>) -> String {
    join(lines(glyphs).iter().map(|l| tight(&l.text())))
}

/// Joins printed lines to one.
pub(super) fn join(lines: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    for line in lines {
        let (last, first) = (text.chars().next_back(), line.chars().next());
        if last.is_some_and(|c| c.is_ascii_alphabetic() || c == ',') && first.is_some_and(|c| c.is_ascii_alphabetic()) {
            text.push(' ');
        }
        text.push_str(&line);
    }
    text
}

/// In a cell even wide blanks beside Chinese characters are letter-spacing (“因 公 出 国”).
fn tight(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let keep = |n: usize| {
        let beside = |i: Option<usize>| i.and_then(|i| chars.get(i)).is_some_and(|c| is_han(*c));
        chars[n] != ' ' || !(beside(n.checked_sub(1)) || beside(n.checked_add(1)))
    };
    (0..chars.len()).filter(|&n| keep(n)).map(|n| chars[n]).collect()
}

#[cfg(test)]
mod tests {
    use super::{Glyph, cell_text, lines};

    fn print(text: &str, x: f32, base: f32, size: f32, step: f32) -> Vec<Glyph> {
        let place =
            |(n, c)| Glyph { c, x0: x + n as f32 * step, x1: x + n as f32 * step + size.min(step), base, size, run: 0 };
        text.chars().enumerate().filter(|(_, c)| *c != ' ').map(place).collect()
    }

    #[test]
    fn baselines_a_point_apart_are_one_line() {
        let mut glyphs = print("12.50", 60.0, 101.5, 12.0, 6.0);
        glyphs.extend(print("收入合计", 10.0, 100.0, 12.0, 12.0));
        glyphs.extend(print("万元。", 92.0, 100.0, 12.0, 12.0));
        glyphs.extend(print("下一行", 10.0, 118.0, 12.0, 12.0));
        let texts: Vec<String> = lines(glyphs).iter().map(|l| l.text()).collect();
        assert_eq!(texts, ["收入合计12.50万元。", "下一行"]);
    }

    #[test]
    fn letter_spaced_words_close_up() {
        assert_eq!(cell_text(print("合 计", 0.0, 10.0, 10.0, 12.0)), "合计");
        assert_eq!(cell_text(print("出 国 （ 境 ） 费 用", 0.0, 10.0, 10.0, 10.0)), "出国（境）费用");
    }

    #[test]
    fn imitated_bold_is_read_once() {
        let mut glyphs = print("总计", 0.0, 10.0, 10.0, 10.0);
        glyphs.extend(print("总计", 0.4, 10.0, 10.0, 10.0));
        assert_eq!(cell_text(glyphs), "总计");
    }
}
