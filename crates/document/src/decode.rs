//! Bytes become text: UTF-8, UTF-16 and GB18030 (with GBK and GB2312 inside). A byte order mark of UTF-8 stays in the
//! text as a character, so that offsets count as in the file.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::{Problem, refuse};

/// Decoded text, and what was lost.
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) problem: Option<Problem>,
}

/// Decodes text; `None` when the bytes are not text.
pub(crate) fn text(bytes: &[u8]) -> Option<Decoded> {
    if let Some(encoding) = utf16(bytes) {
        return Some(lossy(encoding, bytes)).filter(|d| !looks_binary(&d.text));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (!looks_binary(text)).then(|| Decoded { text: text.to_owned(), problem: None });
    }
    // A stray broken byte in a UTF-8 file must not turn the whole file into another encoding.
    let utf8 = lossy(UTF_8, bytes);
    let good = utf8.text.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}').count();
    let decoded = if replaced(&utf8.text) <= good { utf8 } else { lossy(GB18030, bytes) };
    (!looks_binary(&decoded.text) && replaced(&decoded.text) * 10 <= decoded.text.chars().count()).then_some(decoded)
}

/// Decodes HTML: a declared character set other than the usual ones is honoured.
pub(crate) fn html(bytes: &[u8]) -> Option<Decoded> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let label = head.split("charset=").nth(1).map(|rest| {
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        rest[..rest.find(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c)).unwrap_or(rest.len())].to_owned()
    });
    let declared = label.and_then(|l| Encoding::for_label(l.as_bytes()));
    match declared {
        Some(encoding) if utf16(bytes).is_none() && ![UTF_8, UTF_16LE, UTF_16BE].contains(&encoding) => {
            let decoded = lossy(encoding, bytes);
            if decoded.problem.is_none() && std::str::from_utf8(bytes).is_err() { Some(decoded) } else { text(bytes) }
        }
        _ => text(bytes),
    }
}

/// Decodes a part of an Office file.
pub(crate) fn xml(bytes: &[u8]) -> String {
    let text = lossy(utf16(bytes).unwrap_or(UTF_8), bytes).text;
    text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned)
}

fn lossy(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, wrong) = encoding.decode_without_bom_handling(bytes);
    let problem = wrong.then(|| {
        let lost = replaced(&text).max(1);
        refuse::part_lost(&format!("{lost} 处文字编码有误"), &format!("{lost} places are wrongly encoded"))
    });
    Decoded { text: text.into_owned(), problem }
}

fn replaced(text: &str) -> usize {
    text.chars().filter(|c| *c == '\u{fffd}').count()
}

/// UTF-16 by its byte order mark, or by the zero bytes of line breaks and digits.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    if bytes.len() % 2 == 1 || bytes.len() < 4 {
        return None;
    }
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let count = |pair: [u8; 2]| sample.chunks_exact(2).filter(|c| *c == pair).count();
    let zeros = |at: usize| sample.chunks_exact(2).filter(|c| c[at] == 0).count();
    if count([0, 0]) > 0 {
        return None;
    }
    // 一 is U+4E00, so a zero may stand on the other side too.
    let (low, high) = (zeros(0), zeros(1));
    if high > low && (count([b'\n', 0]) > count([0, b'\n']) || high * 4 > sample.len()) {
        return Some(UTF_16LE);
    }
    (low > high && (count([0, b'\n']) > count([b'\n', 0]) || low * 4 > sample.len())).then_some(UTF_16BE)
}

/// Control characters do not stand in reports; a few come with bad exports.
fn looks_binary(text: &str) -> bool {
    let mut controls = 0;
    let mut all = 0;
    for c in text.chars().take(20_000) {
        all += 1;
        controls +=
            usize::from(c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{b}' | '\u{7}' | '\u{85}'));
    }
    controls * 50 > all
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn decodes_what_offices_write() {
        let words = "一、收入合计12.00万元。\n";
        let le: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = [0xfe, 0xff].into_iter().chain(words.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        let (gb, _, _) = encoding_rs::GB18030.encode(words);
        let mark = format!("\u{feff}{words}");
        assert_eq!(text(&le).expect("text").text, words);
        assert_eq!(text(&be).expect("text").text, mark);
        assert_eq!(text(&gb).expect("text").text, words);
        assert_eq!(text(mark.as_bytes()).expect("text").text, mark);
        let cut = text(&words.as_bytes()[..words.len() - 2]).expect("text");
        assert!(cut.problem.is_some() && cut.text.starts_with("一、收入"));
        assert!(text(&[0, 1, 2, 3, 4, 5, 0x80, 0x99]).is_none());
    }
}
