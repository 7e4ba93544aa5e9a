//! Prose and outline: paragraphs with what they are for, and the sections they stand in.

use keqiao_source::{Folded, Span};

/// What a paragraph is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Running text.
    Body,
    /// A heading of the outline.
    Heading,
    /// A line of the table of contents.
    Contents,
    /// Caption of a figure or table.
    Caption,
    /// Note or source line under a table.
    Note,
}

/// A paragraph: its span, and its text folded with the way back.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// In the printed text.
    pub span: Span,
    /// Folded, for patterns; `folded.span(range)` leads back.
    pub folded: Folded,
    /// What it is for.
    pub role: Role,
    /// Index of the innermost section.
    pub section: Option<u32>,
    /// Page, where known.
    pub page: Option<u32>,
}

/// A section of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// 1 = part (第一部分, 附件), 2 = 一、, 3 = （一）, 4 = 1., 5 = （1）.
    pub level: u8,
    /// The printed number: 一, （二）, 3.; empty when unnumbered.
    pub number: String,
    /// Its value, when it has one.
    pub ordinal: Option<u32>,
    /// Title, folded, without the number.
    pub title: String,
    /// Number and title in the printed text.
    pub span: Span,
    /// Index of the enclosing section.
    pub parent: Option<u32>,
    /// Index of the paragraph of the heading.
    pub paragraph: u32,
    /// Everything from the heading to the next section of the same or a higher level.
    pub extent: Span,
    /// Whether the section belongs to an attachment (附件, 附表) and not to the body of the report.
    pub attachment: bool,
}
