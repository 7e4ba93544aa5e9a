//! The body of a Word document (and its notes) as a flow: one pass over the events of the XML.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::numbering::Numbering;
use super::styles::{Styles, level};
use crate::container::Deadline;
use crate::flow::{Assembler, ChartData, GridCell, Piece};
use crate::xml::{Steps, attribute, entity, is_on, val};
use crate::{Limits, Problem};

#[derive(Default)]
struct Para {
    words: String,
    style: Option<String>,
    /// The paragraph's own outline level, over its style's.
    outline: Option<u8>,
    number: Option<u32>,
    level: Option<usize>,
    page: Option<u32>,
    /// Text boxes and charts anchored in it.
    after: Vec<Piece>,
    /// Its mark is deleted by a tracked change: the next paragraph goes on with it.
    joins_next: bool,
    in_properties: bool,
}

pub(crate) struct Body<'a> {
    styles: &'a Styles,
    numbering: &'a mut Numbering,
    assembler: Assembler,
    /// Open paragraphs: one inside another's text box.
    open: Vec<Para>,
    joined: String,
    page: Option<u32>,
    pages: Option<u32>,
    hidden: bool,
    in_text: bool,
    in_row_properties: bool,
    row_deleted: Vec<bool>,
}

impl<'a> Body<'a> {
    pub(crate) fn new(styles: &'a Styles, numbering: &'a mut Numbering, limits: &Limits, xml: &str) -> Body<'a> {
        Body {
            styles,
            numbering,
            assembler: Assembler::new(limits.nesting_max),
            open: Vec::new(),
            joined: String::new(),
            page: xml.contains("w:lastRenderedPageBreak").then_some(1),
            pages: None,
            hidden: false,
            in_text: false,
            in_row_properties: false,
            row_deleted: Vec::new(),
        }
    }

    /// Reads a part into the flow; says whether it is broken off.
    pub(crate) fn read(
        &mut self,
        xml: &str,
        charts: &mut HashMap<String, ChartData>,
        deadline: Deadline,
    ) -> Result<bool, Problem> {
        let mut steps = Steps::new(xml);
        let mut count = 0u32;
        while let Some(event) = steps.next() {
            count = count.wrapping_add(1);
            if count.is_multiple_of(1 << 16) {
                deadline.check()?;
            }
            match event {
                Event::Start(e) if self.is_skipped(&e) => steps.skip(&e),
                Event::Start(e) => self.start(&e, charts),
                Event::End(e) => self.end(e.name().as_ref()),
                Event::Text(t) if self.in_text => self.say(&t.xml10_content()),
                Event::CData(t) if self.in_text => self.say(&t.xml10_content()),
                Event::GeneralRef(r) if self.in_text => {
                    if let Some(c) = entity(&r) {
                        self.say(c.encode_utf8(&mut [0; 4]));
                    }
                }
                _ => {}
            }
        }
        while !self.open.is_empty() {
            self.end_paragraph();
        }
        Ok(steps.broken)
    }

    /// Notes stand on the pages that refer to them, which their part does not tell.
    pub(crate) fn begin_notes(&mut self) {
        self.flush_joined();
        self.pages = self.page.take();
    }

    /// The flow, and the number of pages where Word has left its page breaks.
    pub(crate) fn finish(mut self) -> (Vec<Piece>, Option<u32>) {
        self.flush_joined();
        (self.assembler.finish(), self.pages)
    }

    /// Deleted and moved-away text, earlier properties, pronunciation, and the second copy that Word keeps for old programs.
    fn is_skipped(&self, e: &BytesStart<'_>) -> bool {
        match e.name().as_ref() {
            "mc:Fallback" | "w:moveFrom" | "w:pPrChange" | "w:rPrChange" | "w:tblPrChange" | "w:tcPrChange"
            | "w:trPrChange" | "w:sectPrChange" | "w:tblGridChange" | "w:tblPrExChange" | "w:numberingChange"
            | "w:instrText" | "w:delText" | "w:delInstrText" | "w:rt" => true,
            "w:del" => !self.in_row_properties && !self.open.last().is_some_and(|p| p.in_properties),
            // Separators between text and notes.
            "w:footnote" | "w:endnote" => attribute(e, "w:type").is_some_and(|t| t != "normal"),
            _ => false,
        }
    }

    fn start(&mut self, e: &BytesStart<'_>, charts: &mut HashMap<String, ChartData>) {
        match e.name().as_ref() {
            "w:p" => {
                let words = std::mem::take(&mut self.joined);
                self.open.push(Para { words, ..Para::default() });
            }
            "w:pPr" => self.in_properties(true),
            "w:r" => self.hidden = false,
            "w:vanish" if !self.open.last().is_some_and(|p| p.in_properties) => self.hidden = is_on(e),
            "w:t" | "m:t" => self.in_text = !self.hidden,
            "w:tab" if !self.open.last().is_some_and(|p| p.in_properties) => self.say("\t"),
            "w:br" | "w:cr" => self.say("\n"),
            "w:noBreakHyphen" => self.say("-"),
            "w:sym" => self.say(symbol(e)),
            "w:lastRenderedPageBreak" => self.page = self.page.map(|p| p.saturating_add(1)),
            "w:txbxContent" => self.assembler.open_flow(),
            "c:chart" => {
                if let Some(mut chart) = attribute(e, "r:id").and_then(|id| charts.remove(&id)) {
                    chart.page = self.page;
                    self.anchor(vec![Piece::Chart(chart)]);
                }
            }
            "w:tbl" => self.assembler.open_table(false),
            "w:tr" => {
                self.assembler.open_row();
                self.row_deleted.push(false);
            }
            "w:trPr" => self.in_row_properties = true,
            "w:del" if self.in_row_properties => {
                if let Some(deleted) = self.row_deleted.last_mut() {
                    *deleted = true;
                }
            }
            "w:tc" => self.start_cell(),
            "w:gridSpan" | "w:vMerge" | "w:gridBefore" => self.cell_property(e),
            _ => self.paragraph_property(e),
        }
    }

    fn paragraph_property(&mut self, e: &BytesStart<'_>) {
        let Some(para) = self.open.last_mut().filter(|p| p.in_properties) else { return };
        match e.name().as_ref() {
            "w:pStyle" => para.style = val(e),
            "w:outlineLvl" => para.outline = val(e).and_then(|v| v.parse().ok()),
            "w:numId" => para.number = val(e).and_then(|v| v.parse().ok()),
            "w:ilvl" => para.level = val(e).and_then(|v| v.parse().ok()),
            "w:del" => para.joins_next = true,
            _ => {}
        }
    }

    fn start_cell(&mut self) {
        let column = match self.assembler.table().and_then(|grid| grid.rows.last()) {
            Some(row) => row.last().map_or(0, |c| c.column.unwrap_or(0) + c.column_span),
            None => 0,
        };
        self.assembler.open_cell(GridCell { column: Some(column), row_span: 1, column_span: 1, ..GridCell::default() });
    }

    fn cell_property(&mut self, e: &BytesStart<'_>) {
        let Some(cell) = self.assembler.cell() else {
            return self.row_indent(e);
        };
        match e.name().as_ref() {
            "w:gridSpan" => {
                cell.column_span = val(e).and_then(|v| v.parse().ok()).unwrap_or(1).clamp(1, crate::flow::COLUMNS_MAX)
            }
            "w:vMerge" => cell.continues = val(e).as_deref() != Some("restart"),
            _ => {}
        }
    }

    /// `w:gridBefore`: columns left out at the start of a row become an empty cell.
    fn row_indent(&mut self, e: &BytesStart<'_>) {
        if e.name().as_ref() != "w:gridBefore" {
            return;
        }
        let columns = val(e).and_then(|v| v.parse().ok()).unwrap_or(0).min(crate::flow::COLUMNS_MAX);
        if columns > 0
            && let Some(row) = self.assembler.table().and_then(|grid| grid.rows.last_mut())
        {
            row.push(GridCell { column: Some(0), row_span: 1, column_span: columns, ..GridCell::default() });
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "w:p" => self.end_paragraph(),
            "w:pPr" => self.in_properties(false),
            "w:t" | "m:t" => self.in_text = false,
            "w:r" => self.hidden = false,
            "w:txbxContent" => {
                self.flush_joined();
                let pieces = self.assembler.close_flow();
                self.anchor(pieces);
            }
            "w:trPr" => self.in_row_properties = false,
            "w:tc" => {
                self.flush_joined();
                let page = self.page;
                if let Some(cell) = self.assembler.cell() {
                    cell.page = cell.page.or(page);
                }
                self.assembler.close_cell();
            }
            "w:tr" if self.row_deleted.pop() == Some(true) => self.assembler.drop_row(),
            "w:tbl" => self.assembler.close_table(),
            _ => {}
        }
    }

    fn in_properties(&mut self, inside: bool) {
        if let Some(para) = self.open.last_mut() {
            para.in_properties = inside;
        }
    }

    fn say(&mut self, words: &str) {
        if self.hidden {
            return;
        }
        let page = self.page;
        if let Some(para) = self.open.last_mut() {
            para.page = para.page.or(page.filter(|_| !words.trim().is_empty()));
            para.words.push_str(words);
        }
    }

    /// Places what hangs on the open paragraph after it.
    fn anchor(&mut self, pieces: Vec<Piece>) {
        match self.open.last_mut() {
            Some(para) => para.after.extend(pieces),
            None => pieces.into_iter().for_each(|p| self.assembler.push(p)),
        }
    }

    fn end_paragraph(&mut self) {
        let Some(para) = self.open.pop() else { return };
        let page = para.page.or(self.page);
        if para.joins_next {
            self.joined = para.words;
        } else if !para.words.trim().is_empty() {
            let style = para.style.as_deref();
            let heading = match para.outline {
                Some(outline) => level(outline),
                None => self.styles.heading(style),
            };
            let by_style = self.styles.number(style);
            let number = para.number.or(by_style.map(|s| s.0)).filter(|n| *n > 0);
            let at = para.level.or(by_style.map(|s| s.1)).unwrap_or(0);
            let prefix = number.map(|n| self.numbering.count(n, at)).unwrap_or_default();
            let words = format!("{prefix}{}", para.words.trim_start());
            if let Some(cell) = self.assembler.cell() {
                cell.page = cell.page.or(page);
            }
            self.assembler.push(Piece::Words { words, heading, page });
        }
        para.after.into_iter().for_each(|p| self.assembler.push(p));
    }

    fn flush_joined(&mut self) {
        let words = std::mem::take(&mut self.joined);
        if !words.trim().is_empty() {
            self.assembler.push(Piece::Words { words, heading: None, page: self.page });
        }
    }
}

/// Ticked and empty boxes of the symbol fonts; other symbols are ornaments.
fn symbol(e: &BytesStart<'_>) -> &'static str {
    let code = attribute(e, "w:char").and_then(|c| u32::from_str_radix(&c, 16).ok()).map(|c| c & 0xff);
    match (attribute(e, "w:font").unwrap_or_default().as_str(), code) {
        ("Wingdings", Some(0xfe)) | ("Wingdings 2", Some(0x52 | 0x54)) => "☑",
        ("Wingdings", Some(0xa8 | 0x6f | 0x71)) | ("Wingdings 2", Some(0xa3)) => "□",
        ("Wingdings", Some(0xfc)) | ("Wingdings 2", Some(0x50)) => "√",
        _ => "",
    }
}
