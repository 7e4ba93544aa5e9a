//! Any text as a web page.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let page = [b"<html>", data].concat();
    keqiao_fuzz::read_and_check("a.html", &page);
});
