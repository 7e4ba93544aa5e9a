//! The table of contents: the lines between 目录 and the place where the first of its titles comes again, and lines with
//! dot leaders and page numbers.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::lines::Line;
use super::number::{Style, number};

static LEADER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(…|\.{3,}|·{3,}|—{3,}|-{4,})+\d{1,3}$").expect("checked by the tests"));
static PAGE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[^\d年月.\-]\d{1,3}$").expect("checked by the tests"));

/// Indices of the lines of the table of contents.
pub(super) fn contents(lines: &[Line]) -> BTreeSet<usize> {
    let mut found: BTreeSet<usize> = (0..lines.len()).filter(|i| LEADER.is_match(lines[*i].folded.text())).collect();
    let Some(start) = lines.iter().position(|l| is_head(l.folded.text())) else {
        return found;
    };
    found.insert(start);
    let mut seen = BTreeSet::new();
    let mut part = 0;
    for (i, line) in lines.iter().enumerate().skip(start + 1) {
        let text = line.folded.text();
        let Some(place) = place(text, &mut part) else {
            // An unnumbered title between the entries may be one; a sentence ends the contents.
            let more = lines.get(i + 1..i + 3).unwrap_or_default().iter().any(|l| number(l.folded.text()).is_some());
            if text.contains(['。', '，', '；']) || text.chars().count() > 50 || !more {
                break;
            }
            if seen.is_empty() || seen.contains(text) {
                break;
            }
            seen.insert(text.to_owned());
            found.insert(i);
            continue;
        };
        if text.contains(['。', '；']) || text.chars().count() > 60 || !seen.insert(place) {
            break;
        }
        found.insert(i);
    }
    found
}

fn is_head(text: &str) -> bool {
    matches!(text, "目录" | "目次" | "目錄")
}

/// Where an entry stands: part, style and ordinal. The same place for the second time is the body.
fn place(text: &str, part: &mut u32) -> Option<String> {
    let n = number(text)?;
    match n.style {
        Style::Part => *part = n.ordinal.unwrap_or(0),
        Style::Attachment => return Some(format!("附{}", without_page(text))),
        _ => {}
    }
    let title = if n.style.level() > 2 { without_page(text) } else { "" };
    Some(format!("{part}/{:?}/{}/{title}", n.style, n.ordinal.unwrap_or(0)))
}

/// An entry without dot leaders and page number.
pub(super) fn without_page(text: &str) -> &str {
    let text = LEADER.find(text).map_or(text, |m| &text[..m.start()]);
    match PAGE.find(text) {
        Some(m) if m.len() > 1 => text.trim_end_matches(|c: char| c.is_ascii_digit()),
        _ => text,
    }
}
