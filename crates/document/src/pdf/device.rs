//! The device behind the interpreter: every glyph with its character, place and size, and every ruling line of one page.
//! Nothing is drawn, no image is decoded, no outline is made.

use std::sync::Arc;
use std::time::Instant;

use hayro_interpret::font::{Glyph as FontGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};

use super::page::{Page, RawGlyph, Rule};
use super::unicode;

/// Filled shapes up to this width are lines.
const LINE_WIDTH_MAX: f64 = 3.0;
/// Strokes wider than this are bars, not lines.
const STROKE_WIDTH_MAX: f64 = 6.0;
/// How far a line may lean and still count as level or upright.
const LEAN_MAX: f64 = 0.7;
/// Lines kept for one page; a page with more is a drawing, not a table.
const RULES_MAX: usize = 60_000;

/// Why reading stopped early; carried through the interpreter by unwinding, since it cannot be asked to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The time is used up.
    TooSlow,
    /// The text is longer than allowed.
    TooLarge,
}

/// What reading may cost.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    /// When to give up.
    pub(super) deadline: Instant,
    /// Characters that may still come.
    pub(super) chars_left: usize,
}

/// Collects one page.
pub(super) struct Collector<'b> {
    page: Page,
    raw: Vec<RawGlyph>,
    clips: Vec<Rect>,
    bounds: Rect,
    run: u32,
    calls: u32,
    budget: &'b mut Budget,
}

impl<'b> Collector<'b> {
    pub(super) fn new(number: u32, width: f32, height: f32, budget: &'b mut Budget) -> Self {
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let page = Page { number, width, height, ..Page::default() };
        Collector { page, raw: Vec::new(), clips: Vec::new(), bounds, run: 0, calls: 0, budget }
    }

    /// The finished page, turned so that most of its text runs left to right.
    pub(super) fn finish(mut self) -> Page {
        self.page.settle(self.raw);
        self.page
    }

    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or(self.bounds)
    }

    fn push_clip(&mut self, rect: Rect) {
        let next = if rect.is_finite() { self.clip().intersect(rect) } else { self.clip() };
        self.clips.push(next);
    }

    /// Called for everything that is drawn, so that no page can go on for ever.
    fn tick(&mut self) {
        self.calls = self.calls.wrapping_add(1);
        if self.calls.is_multiple_of(256) && Instant::now() > self.budget.deadline {
            std::panic::resume_unwind(Box::new(Stop::TooSlow));
        }
    }

    /// A thin box becomes a line in the middle of it; what is clipped away is not seen.
    fn add_box(&mut self, rect: Rect) {
        let rect = rect.intersect(self.clip().inflate(LINE_WIDTH_MAX, LINE_WIDTH_MAX));
        let (w, h) = (rect.width(), rect.height());
        if !rect.is_finite() || w < 0.0 || h < 0.0 || self.page.rules.len() >= RULES_MAX {
            return;
        }
        let (cx, cy) = (rect.center().x as f32, rect.center().y as f32);
        // A dot belongs to a dotted line whose direction only its neighbours know.
        if h <= LINE_WIDTH_MAX && (w > h || w <= LINE_WIDTH_MAX) && w > 0.0 {
            self.page.rules.push(Rule { level: true, at: cy, from: rect.x0 as f32, to: rect.x1 as f32 });
        }
        if w <= LINE_WIDTH_MAX && (h > w || h <= LINE_WIDTH_MAX) && h > 0.0 {
            self.page.rules.push(Rule { level: false, at: cx, from: rect.y0 as f32, to: rect.y1 as f32 });
        }
    }

    fn add_segment(&mut self, a: Point, b: Point) {
        if (a.y - b.y).abs() <= LEAN_MAX || (a.x - b.x).abs() <= LEAN_MAX {
            let thin = Rect::from_points(a, b);
            self.add_box(thin.inflate(0.05, 0.05));
        }
    }

    fn add_filled(&mut self, path: &BezPath, transform: Affine) {
        let mut part: Option<Rect> = None;
        let mut straight = true;
        let grow = |part: &mut Option<Rect>, p: Point| {
            let p = transform * p;
            *part = Some(part.map_or(Rect::from_points(p, p), |r| r.union_pt(p)));
        };
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(p) => {
                    if let Some(done) = part.take().filter(|_| straight) {
                        self.add_box(done);
                    }
                    straight = true;
                    grow(&mut part, p);
                }
                PathEl::LineTo(p) => grow(&mut part, p),
                PathEl::QuadTo(..) | PathEl::CurveTo(..) => straight = false,
                PathEl::ClosePath => {}
            }
        }
        if let Some(done) = part.filter(|_| straight) {
            self.add_box(done);
        }
    }

    fn add_stroked(&mut self, path: &BezPath, transform: Affine, width: f32) {
        let scale = transform.determinant().abs().sqrt();
        if f64::from(width) * scale > STROKE_WIDTH_MAX {
            return;
        }
        let (mut start, mut last) = (Point::ZERO, Point::ZERO);
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(p) => {
                    start = transform * p;
                    last = start;
                }
                PathEl::LineTo(p) => {
                    let p = transform * p;
                    self.add_segment(last, p);
                    last = p;
                }
                PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => last = transform * p,
                PathEl::ClosePath => {
                    self.add_segment(last, start);
                    last = start;
                }
            }
        }
    }

    fn add_glyph(&mut self, glyph: &hayro_interpret::font::PositionedGlyph<'_>, outer: Affine, hidden: bool) {
        let transform = outer * glyph.transform();
        let advance = match &**glyph {
            FontGlyph::Outline(g) => g.advance_width(),
            FontGlyph::Type3(g) => g.advance_width(),
        };
        let advance = f64::from(advance.filter(|a| a.is_finite() && *a > 0.0).unwrap_or(500.0)).min(4000.0);
        let origin = transform * Point::ZERO;
        let along = (transform * Point::new(advance, 0.0)) - origin;
        let up = (transform * Point::new(0.0, 1000.0)) - origin;
        let middle = origin + along * 0.5 + up * 0.36;
        if !(middle.is_finite() && along.is_finite() && up.is_finite()) || up.hypot() < 0.5 {
            return;
        }
        if !self.clip().inflate(2.0, 2.0).contains(middle) {
            return;
        }
        self.page.glyphs_drawn += 1;
        self.page.glyphs_hidden += usize::from(hidden);
        let Some(text) = glyph.as_unicode() else {
            self.page.glyphs_unmapped += 1;
            return;
        };
        let text = match text {
            BfString::Char(c) => c.to_string(),
            BfString::String(s) => s,
        };
        let chars = text.chars().count().max(1) as f64;
        for (n, c) in text.chars().enumerate() {
            match unicode::printed(c) {
                unicode::Printed::Blank => {}
                unicode::Printed::Unknown => self.page.glyphs_unmapped += 1,
                unicode::Printed::Char(c) => {
                    let Some(left) = self.budget.chars_left.checked_sub(1) else {
                        std::panic::resume_unwind(Box::new(Stop::TooLarge));
                    };
                    self.budget.chars_left = left;
                    let step = along * (1.0 / chars);
                    self.raw.push(RawGlyph { c, origin: origin + step * n as f64, along: step, up, run: self.run });
                }
            }
        }
    }
}

impl<'a> Device<'a> for Collector<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.tick();
        match mode {
            DrawMode::Fill(_) => self.add_filled(path, props.transform),
            DrawMode::Stroke(s) | DrawMode::FillAndStroke(_, s) => {
                self.add_stroked(path, props.transform, s.line_width);
            }
            DrawMode::Invisible => {}
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        match mode {
            DrawMode::Fill(_) => {
                self.tick();
                self.add_box(props.transform.transform_rect_bbox(*rect));
            }
            _ => self.draw_path(&rect.to_path(0.1), props, mode),
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.push_clip(clip.path.bounding_box());
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.push_clip(*rect);
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn pop_transparency_group(&mut self) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.tick();
        self.run += 1;
        for glyph in run.glyphs() {
            self.add_glyph(glyph, props.transform, matches!(mode, DrawMode::Invisible));
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.tick();
        let size = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let place = props.transform.transform_rect_bbox(size).intersect(self.clip());
        if place.is_finite() {
            self.page.image_area += place.area() as f32;
            // Some writers draw their rules as one-pixel pictures.
            if place.width().min(place.height()) <= LINE_WIDTH_MAX {
                self.add_box(place);
            }
        }
    }
}

/// Interpreter settings that load what text needs and nothing else.
pub(super) fn settings() -> hayro_interpret::InterpreterSettings {
    hayro_interpret::InterpreterSettings { warning_sink: Arc::new(|_| {}), ..Default::default() }
}
