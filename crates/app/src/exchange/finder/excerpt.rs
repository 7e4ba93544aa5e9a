//! A piece of a text around the words that were found in it.

use crate::exchange::card::Piece;

/// Characters before the first mark, and of every so many at most one.
const BEFORE: usize = 24;
const BEFORE_OF: usize = 3;

/// At most `chars_max` characters of a text around the first place; places are bytes within it, in any order. What stands on no boundary of
/// a character marks nothing.
pub(in crate::exchange) fn cut(text: &str, places: &[(usize, usize)], chars_max: usize) -> Vec<Piece> {
    let places = merged(text, places);
    let first = places.first().map_or(0, |p| p.0);
    let before =
        text[..first].char_indices().rev().take(BEFORE.min(chars_max / BEFORE_OF)).last().map_or(first, |(at, _)| at);
    // A text that is short from here on is shown from further ahead.
    let shown = text[before..].chars().count();
    let ahead = chars_max.saturating_sub(shown);
    let start = text[..before].char_indices().rev().take(ahead).last().map_or(before, |(at, _)| at);
    let end = text[start..].char_indices().nth(chars_max).map_or(text.len(), |(at, _)| start + at);
    let mut pieces = Vec::new();
    let mut push = |text: &str, marked: bool| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), marked });
        }
    };
    if start > 0 {
        push("…", false);
    }
    let mut at = start;
    for (from, to) in places.into_iter().filter(|(from, to)| *from >= start && *to <= end) {
        push(&text[at..from], false);
        push(&text[from..to], true);
        at = to;
    }
    push(&text[at..end], false);
    if end < text.len() {
        push("…", false);
    }
    pieces
}

/// The whole text with its places marked.
pub(in crate::exchange) fn whole(text: &str, places: &[(usize, usize)]) -> Vec<Piece> {
    cut(text, places, usize::MAX)
}

fn merged(text: &str, places: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let sound = |p: &&(usize, usize)| p.0 < p.1 && text.is_char_boundary(p.0) && text.is_char_boundary(p.1);
    let mut sorted: Vec<(usize, usize)> = places.iter().filter(sound).copied().collect();
    sorted.sort_unstable();
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (from, to) in sorted {
        match out.last_mut().filter(|last| from <= last.1) {
            Some(last) => last.1 = last.1.max(to),
            None => out.push((from, to)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(pieces: &[Piece]) -> String {
        pieces.iter().map(|p| if p.marked { format!("[{}]", p.text) } else { p.text.clone() }).collect()
    }

    #[test]
    fn what_was_found_stands_in_its_surroundings() {
        let text = "合作社有两条烘干线，烘干太费气";
        let places: Vec<(usize, usize)> = text.match_indices("烘干").map(|(at, s)| (at, at + s.len())).collect();
        assert_eq!(said(&whole(text, &places)), "合作社有两条[烘干]线，[烘干]太费气");
        assert_eq!(said(&cut(text, &places[1..], 9)), "…烘干线，[烘干]太费气");
        assert_eq!(said(&cut(text, &[], 5)), "合作社有两…");
        assert_eq!(
            said(&whole(text, &[(1, 4), (900, 901), (3, 3), (0, 6), (3, 9)])),
            "[合作社]有两条烘干线，烘干太费气"
        );
        assert_eq!(cut("", &[(0, 1)], 10), []);
    }

    #[test]
    fn a_long_text_is_cut_around_the_first_place() {
        let text = format!("{}烘干{}", "前".repeat(100), "后".repeat(100));
        let shown = said(&cut(&text, &[(300, 306)], 40));
        assert_eq!(shown, format!("…{}[烘干]{}…", "前".repeat(13), "后".repeat(25)));
    }

    proptest::proptest! {
        #[test]
        fn any_places_in_any_text(text in "[一-龥a-z😀，]{0,60}", places in proptest::collection::vec((0_usize..200, 0_usize..200), 0..6), most in 1_usize..50) {
            let shown: String = cut(&text, &places, most).iter().map(|p| p.text.as_str()).collect();
            proptest::prop_assert!(text.contains(shown.trim_matches('…')));
        }
    }
}
