//! Charts as SVG made on the server, with the table behind them. Positions across are per mille of the width, so a chart fills
//! any page without shrinking its type; all geometry is in whole numbers. What is counted is the caller's business.

use askama::Template;
use keqiao_i18n::Lang;

use crate::view::View;

/// How the numbers are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One row for each label, with its bar under it: for names.
    Bars,
    /// One column for each label: for years and months.
    Columns,
    /// One line for each series: for a course over time.
    Line,
    /// A line without axes, as high as a word.
    Spark,
}

/// One kind of number: in a stack, one part of each bar.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Colour and pattern: `1` to `6`, or `error`, `warning`, `info`.
    pub paint: &'static str,
}

/// The numbers of one label, in the order of the series.
#[derive(Clone, Debug)]
pub struct Row {
    /// What is counted.
    pub label: String,
    /// Where the label leads; empty when nowhere.
    pub href: String,
    /// Its numbers, none below zero.
    pub values: Vec<i64>,
}

/// A chart and the table behind it.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Unique on the page, of letters and digits: patterns are found by it.
    pub id: &'static str,
    /// How the numbers are drawn.
    pub shape: Shape,
    /// What the chart shows.
    pub title: String,
    /// The head of the column of labels.
    pub head: String,
    /// The kinds of numbers.
    pub series: Vec<Series>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A rectangle of the drawing: across in per mille, down in pixels.
struct Rect {
    x: String,
    y: i64,
    width: String,
    height: i64,
    paint: &'static str,
    tip: String,
}

/// A word of the drawing.
struct Word {
    x: String,
    y: i64,
    anchor: &'static str,
    class: &'static str,
    text: String,
    tip: String,
    href: String,
}

/// A line of the drawing, in a square of 1000 by 1000.
struct Path {
    points: String,
    paint: &'static str,
}

#[derive(Template)]
#[template(path = "parts/chart.html")]
struct Drawing<'a> {
    v: &'a View,
    chart: &'a Chart,
    height: i64,
    rects: Vec<Rect>,
    words: Vec<Word>,
    paths: Vec<Path>,
    /// Where the lines lie: top and height in pixels.
    frame: (i64, i64),
}

const ROW: i64 = 38;
const COLUMN: i64 = 150;
const HEAD: i64 = 22;
const FOOT: i64 = 22;
/// Half-widths of text that fit a phone.
const LABEL_HALVES: usize = 42;
const PHONE_HALVES: usize = 50;

impl Chart {
    /// The chart as a figure: drawing, legend, table.
    pub fn figure(&self, v: &View) -> String {
        let drawing = match self.shape {
            Shape::Bars => self.bars(v),
            Shape::Columns => self.columns(v),
            Shape::Line => self.line(v),
            Shape::Spark => self.spark(v),
        };
        drawing.render().unwrap_or_default()
    }

    /// A picture to those who listen, unless there are links in it.
    fn role(&self) -> &'static str {
        if self.rows.iter().all(|row| row.href.is_empty()) { "img" } else { "group" }
    }

    fn drawing<'a>(&'a self, v: &'a View, height: i64) -> Drawing<'a> {
        let (rects, words, paths) = (Vec::new(), Vec::new(), Vec::new());
        Drawing { v, chart: self, height, rects, words, paths, frame: (0, height) }
    }

    fn sum(row: &Row) -> i64 {
        row.values.iter().sum()
    }

    fn sum_max(&self) -> i64 {
        self.rows.iter().map(Chart::sum).max().unwrap_or(0).max(1)
    }

    fn value_max(&self) -> i64 {
        self.rows.iter().flat_map(|r| &r.values).copied().max().unwrap_or(0).max(1)
    }

    fn tip(&self, v: &View, row: &Row, at: usize) -> String {
        let name = self.series.get(at).map_or("", |s| s.name.as_str());
        let value = v.count(row.values.get(at).copied().unwrap_or(0));
        match v.lang {
            Lang::Zh => format!("{} · {name}：{value}", row.label),
            Lang::En => format!("{} · {name}: {value}", row.label),
        }
    }

    fn bars<'a>(&'a self, v: &'a View) -> Drawing<'a> {
        let rows = i64::try_from(self.rows.len()).unwrap_or(0);
        let mut out = self.drawing(v, rows * ROW);
        let max = self.sum_max();
        for (i, row) in (0i64..).zip(&self.rows) {
            let top = i * ROW;
            let (text, tip) = cut(&row.label, LABEL_HALVES);
            out.words.push(Word {
                x: "0".into(),
                y: top + 14,
                anchor: "start",
                class: "label",
                text,
                tip,
                href: row.href.clone(),
            });
            let text = v.count(Chart::sum(row));
            out.words.push(Word {
                x: "100%".into(),
                y: top + 14,
                anchor: "end",
                class: "value",
                text,
                tip: String::new(),
                href: String::new(),
            });
            let mut from = 0;
            for (at, (&value, series)) in row.values.iter().zip(&self.series).enumerate() {
                let width = share(value, max);
                if width > 0 {
                    let tip = self.tip(v, row, at);
                    out.rects.push(Rect {
                        x: percent(from),
                        y: top + 20,
                        width: percent(width),
                        height: 12,
                        paint: series.paint,
                        tip,
                    });
                }
                from += width;
            }
        }
        out
    }

    fn columns<'a>(&'a self, v: &'a View) -> Drawing<'a> {
        let mut out = self.drawing(v, HEAD + COLUMN + FOOT);
        let max = self.sum_max();
        let count = self.rows.len().max(1);
        let slot = 1000 / i64::try_from(count).unwrap_or(1000).max(1);
        // Numbers that would run into each other are left to the table; the tallest column keeps its own.
        let digits: usize = self.rows.iter().map(|row| v.count(Chart::sum(row)).chars().count() + 1).sum();
        for (i, row) in (0i64..).zip(&self.rows) {
            let middle = percent(i * slot + slot / 2);
            let mut floor = HEAD + COLUMN;
            for (at, (&value, series)) in row.values.iter().zip(&self.series).enumerate() {
                let height = COLUMN * share(value, max) / 1000;
                if height > 0 {
                    let (x, width, tip) = (percent(i * slot + slot / 5), percent(slot * 3 / 5), self.tip(v, row, at));
                    out.rects.push(Rect { x, y: floor - height, width, height, paint: series.paint, tip });
                }
                floor -= height;
            }
            let shown = digits <= PHONE_HALVES || Chart::sum(row) == max;
            let text = if shown { v.count(Chart::sum(row)) } else { String::new() };
            out.words.push(Word {
                x: middle.clone(),
                y: floor - 6,
                anchor: "middle",
                class: "value",
                text,
                tip: String::new(),
                href: String::new(),
            });
            out.words.push(self.under(row, middle, count));
        }
        out
    }

    /// The label under a column or a point, cut to what fits there on a phone.
    fn under(&self, row: &Row, x: String, count: usize) -> Word {
        let (text, tip) = cut(&row.label, (PHONE_HALVES / count).max(4));
        Word { x, y: HEAD + COLUMN + 16, anchor: "middle", class: "label", text, tip, href: row.href.clone() }
    }

    fn line<'a>(&'a self, v: &'a View) -> Drawing<'a> {
        let mut out = self.drawing(v, HEAD + COLUMN + FOOT);
        out.frame = (HEAD, COLUMN);
        out.paths = self.paths();
        let count = self.rows.len().max(1);
        let slot = 1000 / i64::try_from(count).unwrap_or(1000).max(1);
        for (i, row) in (0i64..).zip(&self.rows) {
            out.words.push(self.under(row, percent(i * slot + slot / 2), count));
        }
        let text = v.count(self.value_max());
        out.words.push(Word {
            x: "0".into(),
            y: 14,
            anchor: "start",
            class: "value",
            text,
            tip: String::new(),
            href: String::new(),
        });
        out
    }

    fn spark<'a>(&'a self, v: &'a View) -> Drawing<'a> {
        let mut out = self.drawing(v, 28);
        out.frame = (2, 24);
        out.paths = self.paths();
        out
    }

    fn paths(&self) -> Vec<Path> {
        let max = self.value_max();
        let slot = 1000 / i64::try_from(self.rows.len()).unwrap_or(1000).max(1);
        let path = |(at, series): (usize, &Series)| {
            let points: Vec<String> = (0i64..)
                .zip(&self.rows)
                .map(|(i, row)| {
                    let value = row.values.get(at).copied().unwrap_or(0);
                    format!("{},{}", i * slot + slot / 2, 1000 - share(value, max))
                })
                .collect();
            Path { points: points.join(" "), paint: series.paint }
        };
        self.series.iter().enumerate().map(path).collect()
    }
}

/// So many thousandths of the greatest; what is not nothing is seen.
fn share(value: i64, max: i64) -> i64 {
    if value <= 0 {
        return 0;
    }
    let share = i128::from(value) * 1000 / i128::from(max);
    i64::try_from(share).unwrap_or(1000).clamp(4, 1000)
}

/// Thousandths as `12.5%`.
fn percent(mille: i64) -> String {
    format!("{}.{}%", mille / 10, mille % 10)
}

/// A label cut to so many half-widths, and the whole of it when it was cut.
fn cut(label: &str, halves: usize) -> (String, String) {
    let wide = |c: char| if c.is_ascii() { 1 } else { 2 };
    if label.chars().map(wide).sum::<usize>() <= halves {
        return (label.to_owned(), String::new());
    }
    let mut room = halves.saturating_sub(2);
    let short: String = label
        .chars()
        .take_while(|&c| {
            let fits = wide(c) <= room;
            room = room.saturating_sub(wide(c));
            fits
        })
        .collect();
    (format!("{short}…"), label.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(shape: Shape) -> Chart {
        let series =
            vec![Series { name: "错误".into(), paint: "error" }, Series { name: "提示".into(), paint: "info" }];
        let row = |label: &str, values| Row { label: label.into(), href: String::new(), values };
        let rows = vec![row("云川县科学技术协会", vec![3, 9]), row("<b>", vec![0, 1]), row("空", vec![0, 0])];
        Chart { id: "t", shape, title: "问题".into(), head: "单位".into(), series, rows }
    }

    #[test]
    fn every_shape_has_its_table_and_escapes_labels() {
        for shape in [Shape::Bars, Shape::Columns, Shape::Line] {
            let html = chart(shape).figure(&View::sample(Lang::Zh));
            assert!(html.contains("role=\"img\"") && html.contains("<table"), "{html}");
            assert!(!html.contains("<b>"), "{html}");
            assert!(!html.contains("style="), "the content security policy forbids it: {html}");
        }
    }

    #[test]
    fn long_labels_are_cut_and_kept_whole_beside() {
        let long = "云川县农村专业技术协会联合会".to_owned();
        assert_eq!(cut(&long, 12), ("云川县农村…".to_owned(), long.clone()));
        assert_eq!(cut("2024", 4), ("2024".to_owned(), String::new()));
    }

    #[test]
    fn shares_stay_inside_and_small_ones_are_seen() {
        assert_eq!(share(0, 10), 0);
        assert_eq!(share(10, 10), 1000);
        assert_eq!(share(1, i64::MAX), 4);
        assert_eq!(percent(125), "12.5%");
    }

    #[test]
    fn an_empty_chart_does_not_divide_by_nothing() {
        for shape in [Shape::Bars, Shape::Columns, Shape::Line, Shape::Spark] {
            let empty = Chart { rows: Vec::new(), ..chart(shape) };
            assert!(empty.figure(&View::sample(Lang::En)).contains("figure"));
        }
    }
}
