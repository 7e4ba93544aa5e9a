//! The chart part of an Office file (`chartN.xml`): title, series, categories and the values cached in it.

use quick_xml::events::Event;

use crate::flow::{ChartData, SeriesData};
use crate::number::show_text;
use crate::xml::{Steps, attribute, entity};

/// Which list of points is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Name,
    Category,
    Value,
}

#[derive(Default)]
struct ChartReader {
    chart: ChartData,
    series: Option<SeriesData>,
    role: Option<Role>,
    categories: Vec<(usize, String)>,
    values: Vec<(usize, String)>,
    format: String,
    index: usize,
    /// Only the innermost level of multi-level categories counts; it comes first.
    level: usize,
    in_title: bool,
    /// The element whose characters are wanted.
    open: Option<&'static str>,
    words: String,
}

/// Points beyond this are no chart of a report.
const POINTS_MAX: usize = 10_000;

pub(crate) fn parse(xml: &str) -> ChartData {
    let mut steps = Steps::new(xml);
    let mut reader = ChartReader::default();
    while let Some(event) = steps.next() {
        match event {
            Event::Start(e) => match e.name().as_ref() {
                // What hangs on single points, axes and trend lines is not the chart's data.
                "c:dLbls" | "c:catAx" | "c:valAx" | "c:dateAx" | "c:serAx" | "c:trendline" | "c:errBars"
                | "mc:Fallback" => steps.skip(&e),
                name => {
                    if name == "c:pt" {
                        reader.index = attribute(&e, "idx").and_then(|i| i.parse().ok()).unwrap_or(0);
                    }
                    reader.start(name);
                }
            },
            Event::Text(t) if reader.open.is_some() => reader.words.push_str(&t.xml10_content()),
            Event::CData(t) if reader.open.is_some() => reader.words.push_str(&t.xml10_content()),
            Event::GeneralRef(r) if reader.open.is_some() => reader.words.extend(entity(&r)),
            Event::End(e) => reader.end(e.name().as_ref()),
            _ => {}
        }
    }
    reader.chart
}

impl ChartReader {
    fn start(&mut self, name: &str) {
        match name {
            "c:title" if self.series.is_none() => self.in_title = true,
            "c:ser" => self.series = Some(SeriesData::default()),
            "c:tx" if self.series.is_some() => self.role = Some(Role::Name),
            "c:cat" | "c:xVal" => (self.role, self.level) = (Some(Role::Category), 0),
            "c:val" | "c:yVal" => self.role = Some(Role::Value),
            "c:lvl" => self.level += 1,
            "c:v" => self.want("c:v"),
            "c:formatCode" => self.want("c:formatCode"),
            "a:t" if self.in_title || self.role == Some(Role::Name) => self.want("a:t"),
            _ => {}
        }
    }

    fn want(&mut self, name: &'static str) {
        self.open = Some(name);
        self.words.clear();
    }

    fn end(&mut self, name: &str) {
        if self.open == Some(name) {
            self.open = None;
            let words = std::mem::take(&mut self.words);
            self.took(name, words);
        }
        match name {
            "c:title" => self.in_title = false,
            "c:tx" | "c:cat" | "c:xVal" | "c:val" | "c:yVal" => self.role = None,
            "c:ser" => self.end_series(),
            _ => {}
        }
    }

    fn took(&mut self, name: &str, words: String) {
        match (name, self.role) {
            ("c:formatCode", _) => self.format = words,
            ("a:t" | "c:v", None) if self.in_title => self.chart.title.get_or_insert_default().push_str(&words),
            ("a:t" | "c:v", Some(Role::Name)) => {
                if let Some(series) = &mut self.series {
                    series.name.get_or_insert_default().push_str(words.trim());
                }
            }
            ("c:v", Some(Role::Category)) if self.level <= 1 && self.categories.len() < POINTS_MAX => {
                let shown = show_text(&words, if self.format.is_empty() { "General" } else { &self.format });
                self.categories.push((self.index, shown.replace(['\n', '\t'], " ")));
            }
            ("c:v", Some(Role::Value)) if self.values.len() < POINTS_MAX => {
                self.values.push((self.index, show_text(&words, &self.format)));
            }
            _ => {}
        }
    }

    fn end_series(&mut self) {
        let Some(mut series) = self.series.take() else { return };
        let categories: std::collections::HashMap<usize, String> =
            std::mem::take(&mut self.categories).into_iter().collect();
        for (index, value) in std::mem::take(&mut self.values) {
            series.points.push((categories.get(&index).cloned(), value));
        }
        self.format.clear();
        if !series.points.is_empty() {
            self.chart.series.push(series);
        }
    }
}
