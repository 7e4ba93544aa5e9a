//! A page as collected: glyphs and ruling lines in points, origin at the upper left, text running left to right.

use kurbo::{Point, Vec2};

/// A glyph as the interpreter gives it, before the page is turned upright.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawGlyph {
    pub(super) c: char,
    pub(super) origin: Point,
    pub(super) along: Vec2,
    pub(super) up: Vec2,
    pub(super) run: u32,
}

/// One printed character.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glyph {
    pub(super) c: char,
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// Baseline.
    pub(super) base: f32,
    /// Font size.
    pub(super) size: f32,
    /// Which string of the content stream it came from.
    pub(super) run: u32,
}

/// A level or upright line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    /// Level (left to right) or upright.
    pub(super) level: bool,
    /// Height of a level line, or x of an upright one.
    pub(super) at: f32,
    /// Where it begins.
    pub(super) from: f32,
    /// Where it ends.
    pub(super) to: f32,
}

/// What was found on one page.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// From one.
    pub(super) number: u32,
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    /// Area covered by pictures, in square points.
    pub(super) image_area: f32,
    /// Glyphs seen, blanks included.
    pub(super) glyphs_drawn: usize,
    /// Glyphs that the font gives no character for.
    pub(super) glyphs_unmapped: usize,
    /// Glyphs drawn invisibly: the text layer that recognition puts over a scan.
    pub(super) glyphs_hidden: usize,
}

impl Glyph {
    pub(super) fn top(&self) -> f32 {
        self.base - 0.86 * self.size
    }

    pub(super) fn bottom(&self) -> f32 {
        self.base + 0.14 * self.size
    }

    pub(super) fn center(&self) -> (f32, f32) {
        ((self.x0 + self.x1) / 2.0, self.base - 0.36 * self.size)
    }
}

/// Quarter turns clockwise (as seen) that text of this direction has made; none for slanted text.
fn turns(along: Vec2) -> Option<usize> {
    let (x, y) = (along.x, along.y);
    match () {
        () if x.abs() >= 8.0 * y.abs() => Some(if x >= 0.0 { 0 } else { 2 }),
        () if y.abs() >= 8.0 * x.abs() => Some(if y > 0.0 { 1 } else { 3 }),
        () => None,
    }
}

impl Page {
    /// Turns the page so that most text runs left to right, and takes the glyphs over. Slanted text (watermarks) goes.
    pub(super) fn settle(&mut self, raw: Vec<RawGlyph>) {
        let mut count = [0usize; 4];
        for t in raw.iter().filter_map(|g| turns(g.along)) {
            count[t] += 1;
        }
        let main = (0..4).max_by_key(|&t| (count[t], 4 - t)).unwrap_or(0);
        let (w, h) = (f64::from(self.width), f64::from(self.height));
        let point = |p: Point| match main {
            1 => Point::new(p.y, w - p.x),
            2 => Point::new(w - p.x, h - p.y),
            3 => Point::new(h - p.y, p.x),
            _ => p,
        };
        self.glyphs = raw
            .iter()
            .filter_map(|g| {
                let turned = turns(g.along)?;
                let origin = point(g.origin);
                let along = point(g.origin + g.along) - origin;
                let up = point(g.origin + g.up) - origin;
                Some(upright(g, origin, along, up, turned == main))
            })
            .collect();
        for rule in &mut self.rules {
            *rule = rule.turned(main, self.width, self.height);
        }
        if main % 2 == 1 {
            std::mem::swap(&mut self.width, &mut self.height);
        }
    }
}

fn upright(g: &RawGlyph, origin: Point, along: Vec2, up: Vec2, main: bool) -> Glyph {
    let size = up.hypot() as f32;
    if main {
        let (x0, x1) = (origin.x as f32, (origin.x + along.x) as f32);
        return Glyph { c: g.c, x0: x0.min(x1), x1: x0.max(x1), base: origin.y as f32, size, run: g.run };
    }
    // Text turned against the page (a narrow column's head): each character stands upright in its own place.
    let middle = origin + along * 0.5 + up * 0.36;
    let (x, half) = (middle.x as f32, size / 2.0);
    Glyph { c: g.c, x0: x - half, x1: x + half, base: middle.y as f32 + 0.36 * size, size, run: g.run }
}

impl Rule {
    fn turned(self, turns: usize, w: f32, h: f32) -> Rule {
        let Rule { level, at, from, to } = self;
        match (turns, level) {
            (1, true) => Rule { level: false, at, from: w - to, to: w - from },
            (1, false) => Rule { level: true, at: w - at, from, to },
            (2, true) => Rule { level, at: h - at, from: w - to, to: w - from },
            (2, false) => Rule { level, at: w - at, from: h - to, to: h - from },
            (3, true) => Rule { level: false, at: h - at, from, to },
            (3, false) => Rule { level: true, at, from: h - to, to: h - from },
            _ => self,
        }
    }
}
