//! What is broken, locked, too big or only a picture: always an answer, never a panic.

use std::time::Duration;

use keqiao_document::{Limits, ProblemKind, Read, read};
use proptest::prelude::*;

use super::paper::{Paper, print, print_with};

fn sample() -> Vec<u8> {
    let page = || {
        Paper::new()
            .text(220.0, 80.0, 16.0, "支出决算表")
            .grid(&[60.0, 200.0, 320.0], &[100.0, 118.0, 136.0], &[&["项目", "决算数"], &["合计", "11.50"]])
            .text(70.0, 200.0, 12.0, "本年支出合计11.50万元。")
    };
    print(&[page(), page()])
}

fn kinds(read: &Read) -> Vec<(ProblemKind, bool)> {
    read.problems.iter().map(|p| (p.kind, p.fatal)).collect()
}

#[test]
fn pictures_without_text_are_called_a_scan() {
    let image = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q";
    let scan = print(&[Paper::new().raw(image), Paper::new().raw(image)]);
    let outcome = read("scan.pdf", &scan, &Limits::default());
    assert!(outcome.document.is_none());
    assert_eq!(kinds(&outcome), [(ProblemKind::Scanned, true)]);
    let mixed = print(&[
        Paper::new().raw(image),
        Paper::new().text(70.0, 100.0, 12.0, &"本年收入".repeat(20)),
        Paper::new().text(70.0, 100.0, 12.0, &"本年支出".repeat(20)),
    ]);
    let outcome = read("mixed.pdf", &mixed, &Limits::default());
    assert_eq!(kinds(&outcome), [(ProblemKind::Scanned, false)]);
    assert!(outcome.problems[0].message.zh.contains("第 1 页"));
}

#[test]
fn blank_pages_and_fonts_without_codes_say_why_nothing_is_read() {
    assert_eq!(kinds(&read("a.pdf", &print(&[Paper::new()]), &Limits::default())), [(ProblemKind::Scanned, true)]);
    let private = Paper::new().text(70.0, 100.0, 12.0, &"\u{e001}\u{e002}".repeat(30));
    assert_eq!(kinds(&read("a.pdf", &print(&[private]), &Limits::default())), [(ProblemKind::Scanned, true)]);
    let some = Paper::new().text(70.0, 100.0, 12.0, &format!("\u{e001}\u{e002}{}", "本年收入".repeat(10)));
    assert_eq!(kinds(&read("a.pdf", &print(&[some]), &Limits::default())), [(ProblemKind::PartLost, false)]);
}

#[test]
fn a_locked_file_says_so() {
    let encrypt = "/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff> /U <00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff> >> /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]";
    let outcome = read("a.pdf", &print_with(&[Paper::new()], encrypt, ""), &Limits::default());
    assert_eq!(kinds(&outcome), [(ProblemKind::Encrypted, true)]);
}

#[test]
fn limits_hold() {
    let file = sample();
    let pages = read("a.pdf", &file, &Limits { pages_max: 1, ..Limits::default() });
    assert_eq!(kinds(&pages), [(ProblemKind::TooLarge, false)]);
    assert!(pages.document.is_some());
    let chars = read("a.pdf", &file, &Limits { text_chars_max: 5, ..Limits::default() });
    assert_eq!(kinds(&chars), [(ProblemKind::TooLarge, true)]);
    let slow = read("a.pdf", &file, &Limits { time_max: Duration::ZERO, ..Limits::default() });
    assert_eq!(kinds(&slow), [(ProblemKind::TooSlow, true)]);
}

#[test]
fn deep_nesting_and_loops_end() {
    let deep = Paper::new().raw(&"[".repeat(20_000)).raw(&"q ".repeat(50_000));
    let _ = read("a.pdf", &print(&[deep]), &Limits::default());
    let looped = String::from_utf8_lossy(&sample()).replace("/Kids [7 0 R 9 0 R]", "/Kids [2 0 R 7 0 R]");
    let _ = read("a.pdf", looped.as_bytes(), &Limits::default());
}

/// Every outcome says something: a document, or a problem in both languages.
fn answered(bytes: &[u8]) -> bool {
    let outcome = read("a.pdf", bytes, &Limits { time_max: Duration::from_secs(5), ..Limits::default() });
    outcome.document.is_some()
        || outcome.problems.iter().any(|p| p.fatal && !p.message.zh.is_empty() && !p.message.en.is_empty())
}

#[test]
fn every_tenth_truncation_is_answered() {
    let file = sample();
    for end in (0..file.len()).step_by(file.len() / 60) {
        let mut cut = b"%PDF-".to_vec();
        cut.extend(&file[..end]);
        assert!(answered(&cut), "cut at {end}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut file = b"%PDF-1.4\n".to_vec();
        file.extend(bytes);
        prop_assert!(answered(&file));
    }

    #[test]
    fn flipped_bits_are_answered(flips in proptest::collection::vec((any::<prop::sample::Index>(), 0u8..8), 1..40)) {
        let mut file = sample();
        for (at, bit) in flips {
            let at = at.index(file.len() - 8) + 8;
            file[at] ^= 1 << bit;
        }
        prop_assert!(answered(&file));
    }

    #[test]
    fn words_and_lines_anywhere_are_answered(
        words in proptest::collection::vec((-2000f32..2000.0, -2000f32..2000.0, -50f32..80.0), 0..40),
        lines in proptest::collection::vec((-2000f32..2000.0, -2000f32..2000.0, -900f32..900.0, any::<bool>()), 0..60),
    ) {
        let mut page = Paper::new();
        for (x, y, size) in words {
            page = page.text(x, y, size, "12.3收入%");
        }
        for (x, y, length, level) in lines {
            page = if level { page.line(x, y, x + length, y) } else { page.line(x, y, x, y + length) };
        }
        prop_assert!(answered(&print(&[page])));
    }
}

#[test]
fn a_file_without_its_end_is_called_incomplete() {
    let file = sample();
    let end = file.len() - 300;
    let outcome = read("a.pdf", &file[..end], &Limits::default());
    assert!(kinds(&outcome).contains(&(ProblemKind::Damaged, false)));
    assert!(outcome.document.is_some());
}
