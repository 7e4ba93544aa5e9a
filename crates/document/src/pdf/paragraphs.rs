//! Lines to paragraphs: a full line goes on in the next one, unless that is indented, set apart, or of another size.

use super::flow::{Column, Item, Role};
use super::lines::{Line, join};

/// The right margin is known when this many lines end there.
const FULL_LINES_MIN: usize = 3;

/// A block in reading order.
#[derive(Clone, Debug)]
pub(super) enum Part {
    /// Text, the page of its first line, and what it is for.
    Paragraph { text: String, page: u32, role: Role },
    /// A table.
    Table(super::table::RawTable),
}

/// Left and right margin of the text of a page, and the usual distance between lines.
#[derive(Clone, Copy, Debug)]
struct Block {
    left: f32,
    right: f32,
    pitch: f32,
    /// Usual font size.
    size: f32,
}

/// Reading order of the whole document.
pub(super) fn parts(pages: Vec<Column>) -> Vec<Part> {
    let shared = shared_block(&pages);
    let mut parts: Vec<Part> = Vec::new();
    let mut open: Option<(Line, Block)> = None;
    for page in pages {
        let block = own_block(&page, &shared);
        let mut fresh = true;
        for item in page.items {
            let (line, role) = match item {
                Item::Table(table) => {
                    parts.push(Part::Table(table));
                    (open, fresh) = (None, false);
                    continue;
                }
                Item::Line(line, role) => (line, role),
            };
            let goes_on = open.as_ref().is_some_and(|(last, of)| continues(last, *of, &line, block, fresh));
            match parts.last_mut() {
                Some(Part::Paragraph { text, role: r, .. })
                    if *r == role && (role == Role::Title && !fresh || role == Role::Text && goes_on) =>
                {
                    *text = join([std::mem::take(text), line.text()].into_iter());
                }
                _ => parts.push(Part::Paragraph { text: line.text(), page: page.number, role }),
            }
            open = (role == Role::Text).then_some((line, block));
            fresh = false;
        }
    }
    parts
}

/// Whether `next` belongs to the paragraph of `last`.
fn continues(last: &Line, of: Block, next: &Line, block: Block, new_page: bool) -> bool {
    let em = next.size.max(1.0);
    if (last.size - next.size).abs() > 0.12 * em {
        return false;
    }
    let indent = next.x0 - block.left;
    let short = of.right - last.x1;
    if !new_page && next.middle() - last.middle() > (2.1 * em).max(1.45 * block.pitch) {
        return false;
    }
    let (before, text) = (last.text(), next.text());
    if before.contains("………") || before.contains("......") || before.contains("······") {
        return false;
    }
    // A heading set on two centred lines.
    let middle = (block.left + block.right) / 2.0;
    let centered = |l: &Line| ((l.x0 + l.x1) / 2.0 - middle).abs() < em;
    if indent > 3.0 * em {
        return centered(last) && centered(next) && short < 4.0 * em && next.size > 1.1 * block.size;
    }
    if leads(&text) && (indent > 0.6 * em || short > 1.1 * em) {
        return false;
    }
    let ended = before.ends_with(['。', '；', '：', '！', '？', ':', ';']) && short > 1.3 * em;
    // What may not be cut (a number, a bracket with its word) goes to the next line whole and leaves a gap.
    let room = (2.6 * em).max(unbreakable(next) + 0.6 * em);
    // The indent of a first line is two characters; a line that begins left of it goes on.
    short <= room && !ended && indent < 1.1 * em && next.x0 < last.x0.max(of.left) + 1.1 * em
}

/// Width of the first piece of a line that cannot be cut.
fn unbreakable(line: &Line) -> f32 {
    let closing = |c: char| matches!(c, '）' | ')' | '%' | '％' | '，' | '。' | '；' | '、' | '：' | '”' | '》');
    let latin = |c: char| c.is_ascii() && !matches!(c, '(' | ')');
    let glyphs = &line.glyphs;
    let opens = glyphs.iter().take_while(|g| matches!(g.c, '（' | '(' | '“' | '《')).count();
    let mut end = opens + glyphs[opens..].iter().take_while(|g| latin(g.c)).count();
    if end == opens {
        end += 1;
    }
    end += glyphs[end.min(glyphs.len())..].iter().take_while(|g| closing(g.c)).count();
    let last = glyphs.get(end.min(glyphs.len()).saturating_sub(1));
    last.map_or(0.0, |g| (g.x1 - line.x0).min(9.0 * line.size))
}

/// Words that begin a paragraph of their own: （一）, 1., 第一条, 注：
fn leads(text: &str) -> bool {
    let mut chars = text.chars();
    let (first, second) = (chars.next().unwrap_or(' '), chars.next().unwrap_or(' '));
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    match first {
        '（' | '(' => numeral(second),
        '注' => matches!(second, '：' | ':'),
        '第' => numeral(second),
        c if numeral(c) => matches!(second, '、' | '.' | '．') || numeral(second) && chars.next() == Some('、'),
        _ => false,
    }
}

/// Text lines of a page with their ends.
fn text_lines(page: &Column) -> impl Iterator<Item = &Line> {
    page.items.iter().filter_map(|i| match i {
        Item::Line(l, Role::Text) if l.glyphs.len() >= 4 => Some(l),
        _ => None,
    })
}

/// Margins by page width (upright and landscape pages have their own), from all pages together.
fn shared_block(pages: &[Column]) -> impl Fn(f32) -> Block + use<> {
    let mut widths: Vec<(i32, Vec<(f32, f32)>)> = Vec::new();
    for page in pages {
        let key = page.width as i32 / 8;
        let ends = text_lines(page).map(|l| (l.x0, l.x1));
        match widths.iter_mut().find(|w| w.0 == key) {
            Some(w) => w.1.extend(ends),
            None => widths.push((key, ends.collect())),
        }
    }
    let blocks: Vec<(i32, Block)> = widths
        .into_iter()
        .map(|(key, ends)| {
            let left = edge(ends.iter().map(|e| e.0).collect(), false).unwrap_or(90.0);
            let right = edge(ends.iter().map(|e| e.1).collect(), true).unwrap_or(key as f32 * 8.0 - 90.0);
            (key, Block { left, right, pitch: 0.0, size: 0.0 })
        })
        .collect();
    move |width: f32| {
        let key = width as i32 / 8;
        let known = blocks.iter().find(|b| b.0 == key).map(|b| b.1);
        known.unwrap_or(Block { left: 0.15 * width, right: 0.85 * width, pitch: 0.0, size: 0.0 })
    }
}

/// The outermost place where several lines end.
fn edge(mut ends: Vec<f32>, right: bool) -> Option<f32> {
    ends.sort_by(f32::total_cmp);
    if right {
        ends.reverse();
    }
    let near = |n: usize| ends[n..].iter().take_while(|e| (*e - ends[n]).abs() <= 7.0).count();
    let known = (0..ends.len()).find(|&n| near(n) >= FULL_LINES_MIN);
    known.or((!ends.is_empty()).then_some(0)).map(|n| ends[n])
}

fn own_block(page: &Column, shared: impl Fn(f32) -> Block) -> Block {
    let mut block = shared(page.width);
    let sides = |f: fn(&Line) -> f32| text_lines(page).map(f).collect::<Vec<f32>>();
    let count = |ends: &[f32], at: f32| ends.iter().filter(|e| (**e - at).abs() <= 7.0).count();
    let (left, right) = (sides(|l| l.x0), sides(|l| l.x1));
    if let Some(at) = edge(left.clone(), false).filter(|at| count(&left, *at) >= FULL_LINES_MIN) {
        // Where every line is a first line, the indent is not the margin.
        let indented = at > block.left && at - block.left < 40.0;
        block.left = if indented { block.left } else { at };
    }
    // Short lines may end alike by chance (a table of contents), so a margin far from the others' needs more of them.
    let known = |at: &f32| count(&right, *at) >= if (at - block.right).abs() < 40.0 { FULL_LINES_MIN + 1 } else { 9 };
    if let Some(at) = edge(right.clone(), true).filter(known) {
        block.right = at;
    }
    let middles = sides(Line::middle);
    let mut steps: Vec<f32> = middles.windows(2).map(|w| w[1] - w[0]).filter(|d| *d > 1.0).collect();
    steps.sort_by(f32::total_cmp);
    block.pitch = steps.get(steps.len() / 2).copied().unwrap_or(0.0);
    let mut sizes = sides(|l| l.size);
    sizes.sort_by(f32::total_cmp);
    block.size = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
    block
}
