//! Facts from any text and any Markdown.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    for name in ["a.txt", "a.md"] {
        if let Some(document) = keqiao_fuzz::read_and_check(name, text.as_bytes()) {
            let _ = keqiao_extract::extract(&document);
        }
    }
});
