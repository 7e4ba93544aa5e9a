//! What people write, as it is kept.

use keqiao_base::Refusal;

/// Characters of a text that must be there.
const SAID_MAX: usize = 4_000;

/// Whether nobody sees a sign: control signs, and those that turn the direction of writing, by which `gpj.exe` reads as a picture.
pub(crate) fn unseen(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text as it is kept: trimmed, without signs that nobody sees.
pub(crate) fn words(field: &str, text: &str, chars_max: usize) -> Result<String, Refusal> {
    // No database takes a NUL in a text, and no reader can see the others.
    let kept: String = text.chars().filter(|c| !unseen(*c)).collect();
    let kept = kept.trim();
    if kept.chars().count() > chars_max {
        let zh = format!("最多 {chars_max} 字，请删减。");
        return Err(Refusal::field(
            "words.too_long",
            field,
            zh,
            format!("At most {chars_max} characters. Shorten it."),
        ));
    }
    Ok(kept.to_owned())
}

/// The same for a text that must be there.
pub(crate) fn said(field: &str, text: &str, zh: &'static str, en: &'static str) -> Result<String, Refusal> {
    let kept = words(field, text, SAID_MAX)?;
    if kept.is_empty() { Err(Refusal::field("words.missing", field, zh, en)) } else { Ok(kept) }
}
