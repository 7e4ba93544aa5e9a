//! Any bytes under any name.
#![no_main]

libfuzzer_sys::fuzz_target!(init: keqiao_fuzz::allow_known_panics(), |input: (u8, &[u8])| {
    let names = ["a.txt", "a.md", "a.html", "a.docx", "a.doc", "a.xls", "a.xlsx", "a.pdf", "a"];
    keqiao_fuzz::read_and_check(names[usize::from(input.0) % names.len()], input.1);
});
