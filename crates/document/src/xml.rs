//! The few things that every pass over an Office XML part needs.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Steps through a part. Whatever is broken ends it, and is remembered.
pub(crate) struct Steps<'a> {
    reader: Reader<&'a [u8]>,
    pub(crate) broken: bool,
}

impl<'a> Steps<'a> {
    pub(crate) fn new(xml: &'a str) -> Steps<'a> {
        let mut reader = Reader::from_reader(xml.as_bytes());
        reader.config_mut().expand_empty_elements = true;
        Steps { reader, broken: false }
    }

    /// The next event; `None` at the end.
    pub(crate) fn next(&mut self) -> Option<Event<'a>> {
        match self.reader.read_event() {
            Ok(Event::Eof) => None,
            Ok(event) => Some(event),
            Err(_) => {
                self.broken = true;
                None
            }
        }
    }

    /// Skips everything inside an element that has just begun.
    pub(crate) fn skip(&mut self, element: &BytesStart<'_>) {
        let end = element.to_end().into_owned();
        self.broken |= self.reader.read_to_end(end.name()).is_err();
    }
}

/// An attribute's value by its qualified name.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok().flatten()?;
    match quick_xml::escape::unescape(&attribute.value) {
        Ok(value) => Some(value.into_owned()),
        Err(_) => Some(attribute.value.into_owned()),
    }
}

/// `w:val`.
pub(crate) fn val(element: &BytesStart<'_>) -> Option<String> {
    attribute(element, "w:val")
}

/// A switch such as `w:vanish`: on unless its value says off.
pub(crate) fn is_on(element: &BytesStart<'_>) -> bool {
    !matches!(val(element).as_deref(), Some("0" | "false" | "off" | "none"))
}

/// The characters of `&amp;`, `&#20013;` and their like.
pub(crate) fn entity(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c);
    }
    match reference.xml10_content().as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
