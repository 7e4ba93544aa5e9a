//! Text tables: UTF-8 with or without mark, UTF-16 as Excel's "Unicode text", else GB18030 (which holds GBK); comma, semicolon or tab.

use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};
use keqiao_base::Refusal;

use super::{Sheet, damaged, wrong_type};

pub(super) fn read(bytes: &[u8]) -> Result<Sheet, Refusal> {
    let mut text = decoded(bytes).ok_or_else(wrong_type)?;
    text.push('\n');
    let mut sheet = Sheet::default();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let (mut row, mut line) = (0, 1);
    while reader.read_record(&mut record).map_err(|_| damaged())? {
        // Empty lines are no records, and a record may hold line breaks: what is left over are the empty lines before it.
        let after = reader.position().line();
        let own = 1 + record.iter().flat_map(str::bytes).filter(|&b| b == b'\n').count();
        row += usize::try_from(after - line).unwrap_or(0).saturating_sub(own);
        line = after;
        for (column, cell) in record.iter().enumerate() {
            sheet.put(row, column, unescaped(cell))?;
        }
        row += 1;
    }
    Ok(sheet)
}

/// What our own export wrote before a sign that spreadsheets would take for a formula.
fn unescaped(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        _ => cell,
    }
}

/// The text, or `None` when it is no text in any of the encodings that are used here.
fn decoded(bytes: &[u8]) -> Option<String> {
    let encoding = match bytes {
        [0xef, 0xbb, 0xbf, ..] => UTF_8,
        [0xff, 0xfe, ..] => UTF_16LE,
        [0xfe, 0xff, ..] => UTF_16BE,
        _ if bytes.contains(&0) => return None,
        _ if std::str::from_utf8(bytes).is_ok() => UTF_8,
        _ => GB18030,
    };
    let (text, _, broken) = encoding.decode(bytes);
    // Binary files decode to something, too; their control signs give them away.
    let odd = text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')).count();
    (!broken && odd * 1000 <= text.len()).then(|| text.into_owned())
}

/// The sign that divides the most columns in the first lines.
fn delimiter(text: &str) -> u8 {
    let head: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).take(20).collect();
    [b',', b'\t', b';']
        .into_iter()
        .max_by_key(|&d| {
            let counts: Vec<usize> = head.iter().map(|l| l.bytes().filter(|&b| b == d).count()).collect();
            (counts.iter().filter(|&&c| c > 0).count(), counts.iter().sum::<usize>(), d == b',')
        })
        .unwrap_or(b',')
}
