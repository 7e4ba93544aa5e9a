//! Paragraph styles: which are headings, and which carry automatic numbers.

use std::collections::HashMap;

use quick_xml::events::Event;

use crate::xml::{Steps, attribute, val};

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    number: Option<u32>,
    level: Option<usize>,
}

/// The styles of a document by id.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    styles: HashMap<String, Style>,
    default: Option<String>,
}

impl Styles {
    pub(crate) fn parse(xml: &str) -> Styles {
        let mut styles = Styles::default();
        let mut open: Option<(String, Style)> = None;
        let mut steps = Steps::new(xml);
        while let Some(event) = steps.next() {
            match event {
                Event::Start(e) => match (e.name().as_ref(), &mut open) {
                    ("w:style", _) => {
                        let id = attribute(&e, "w:styleId").unwrap_or_default();
                        let is_default = matches!(attribute(&e, "w:default").as_deref(), Some("1" | "true"));
                        if is_default && attribute(&e, "w:type").as_deref() == Some("paragraph") {
                            styles.default = Some(id.clone());
                        }
                        open = Some((id, Style::default()));
                    }
                    ("w:name", Some((_, style))) => style.name = val(&e).unwrap_or_default().to_lowercase(),
                    ("w:basedOn", Some((_, style))) => style.based_on = val(&e),
                    ("w:outlineLvl", Some((_, style))) => style.outline = val(&e).and_then(|v| v.parse().ok()),
                    ("w:numId", Some((_, style))) => style.number = val(&e).and_then(|v| v.parse().ok()),
                    ("w:ilvl", Some((_, style))) => style.level = val(&e).and_then(|v| v.parse().ok()),
                    _ => {}
                },
                Event::End(e) if e.name().as_ref() == "w:style" => styles.styles.extend(open.take()),
                _ => {}
            }
        }
        styles
    }

    /// The heading level that a style gives.
    pub(crate) fn heading(&self, id: Option<&str>) -> Option<u8> {
        self.chain(id).find_map(|style| {
            let by_name = style.name.strip_prefix("heading ").or_else(|| style.name.strip_prefix("标题 "));
            let by_name = by_name.and_then(|n| n.trim().parse().ok()).filter(|n| (1..=9).contains(n));
            let title = matches!(style.name.as_str(), "title" | "标题").then_some(1);
            style.outline.map(level).or(by_name.map(Some)).or(title.map(Some))
        })?
    }

    /// The number list and level that a style gives.
    pub(crate) fn number(&self, id: Option<&str>) -> Option<(u32, usize)> {
        let number = self.chain(id).find_map(|s| s.number)?;
        Some((number, self.chain(id).find_map(|s| s.level).unwrap_or(0)))
    }

    /// A style and those it is based on.
    fn chain(&self, id: Option<&str>) -> impl Iterator<Item = &Style> {
        let first = id.or(self.default.as_deref()).and_then(|id| self.styles.get(id));
        // Styles may be based on each other in a circle.
        std::iter::successors(first, |s| s.based_on.as_ref().and_then(|b| self.styles.get(b))).take(20)
    }
}

/// An outline level as stored (0–8, 9 = body text) as a heading level.
pub(crate) fn level(outline: u8) -> Option<u8> {
    (outline < 9).then(|| outline + 1)
}
