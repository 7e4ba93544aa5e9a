//! Any bytes that begin like a PDF.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if data.starts_with(b"%PDF-") {
        keqiao_fuzz::read_and_check("a.pdf", data);
    } else {
        keqiao_fuzz::read_and_check("a.pdf", &[b"%PDF-1.4\n", data].concat());
    }
});
