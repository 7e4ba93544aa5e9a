//! Puts headings into a tree: parents, extents, and what belongs to an attachment.

use keqiao_facts::Section;
use keqiao_source::Span;

/// A heading as read from one line.
#[derive(Debug)]
pub(super) struct Heading {
    /// Level, 1 is highest.
    pub level: u8,
    /// Printed number.
    pub number: String,
    /// Its value.
    pub ordinal: Option<u32>,
    /// Title, folded.
    pub title: String,
    /// Number and title.
    pub span: Span,
    /// Index of the paragraph.
    pub paragraph: u32,
    /// First byte of the paragraph.
    pub start: u32,
    /// Whether it opens or ends the attachments; `None` when it says nothing about that.
    pub attachment: Option<bool>,
}

/// The outline read so far.
#[derive(Debug, Default)]
pub(super) struct Tree {
    sections: Vec<Section>,
    /// Open sections, outermost first.
    open: Vec<u32>,
    attachment: bool,
    /// What was open, and whether it was an attachment, when the last attachment began.
    before: Option<(Vec<u32>, bool)>,
}

impl Tree {
    /// Opens a section.
    pub(super) fn push(&mut self, heading: Heading) {
        if heading.attachment == Some(true) {
            self.before = Some((self.open.clone(), self.attachment));
        } else {
            self.resume(&heading);
        }
        while let Some(&last) = self.open.last() {
            let section = &mut self.sections[last as usize];
            if section.level < heading.level {
                break;
            }
            section.extent.end = heading.start.max(section.extent.start);
            self.open.pop();
        }
        if let Some(attachment) = heading.attachment {
            self.attachment = attachment;
        }
        let index = u32::try_from(self.sections.len()).unwrap_or(u32::MAX);
        self.sections.push(Section {
            level: heading.level,
            number: heading.number,
            ordinal: heading.ordinal,
            title: heading.title,
            span: heading.span,
            parent: self.open.last().copied(),
            paragraph: heading.paragraph,
            extent: Span { start: heading.start, end: heading.start },
            attachment: self.attachment,
        });
        self.open.push(index);
    }

    /// A form printed in the middle of the text (附表1 between 一、 and 二、) is no attachment that ends it: when the next
    /// chapter goes on with the numbers from before, so does the outline.
    fn resume(&mut self, heading: &Heading) {
        let chapter = heading.level == 2 && heading.ordinal.is_some_and(|n| n > 1) && self.last_ordinal(2).is_none();
        let Some((open, attachment)) = self.before.take_if(|_| chapter) else { return };
        let goes_on = open.iter().any(|i| {
            let s = &self.sections[*i as usize];
            s.level == 2 && s.ordinal.map(|n| n + 1) == heading.ordinal
        });
        if goes_on {
            for index in std::mem::take(&mut self.open) {
                let section = &mut self.sections[index as usize];
                section.extent.end = heading.start.max(section.extent.start);
            }
            (self.open, self.attachment) = (open, attachment);
        }
    }

    /// A further line of the title of the section opened last (附件1, then the annex's name below it).
    pub(super) fn extend_title(&mut self, text: &str, span: Span) {
        if let Some(section) = self.sections.last_mut() {
            section.title.push_str(text);
            section.span = section.span.to(span);
        }
    }

    /// The innermost open section.
    pub(super) fn current(&self) -> Option<u32> {
        self.open.last().copied()
    }

    /// Level of the innermost open section, zero when none.
    pub(super) fn depth(&self) -> u8 {
        self.current().map_or(0, |i| self.sections[i as usize].level)
    }

    /// Ordinal of the open section of a level, or the last one closed inside the same parent.
    pub(super) fn last_ordinal(&self, level: u8) -> Option<u32> {
        let open = self.open.iter().map(|i| &self.sections[*i as usize]).find(|s| s.level == level);
        open.and_then(|s| s.ordinal)
    }

    /// All sections; those still open end with the document.
    pub(super) fn finish(mut self, end: usize) -> Vec<Section> {
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        for index in self.open {
            self.sections[index as usize].extent.end = end;
        }
        self.sections
    }
}
