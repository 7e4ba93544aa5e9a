//! Any bytes as plain text and as Markdown.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    keqiao_fuzz::read_and_check("a.txt", data);
    keqiao_fuzz::read_and_check("a.md", data);
});
