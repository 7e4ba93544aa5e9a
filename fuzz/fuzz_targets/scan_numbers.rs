//! Numbers in any text; what is found lies in the text.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    for number in keqiao_quantity::scan(text) {
        assert!(text.get(number.range.clone()).is_some(), "{number:?} is not in the text");
    }
    let _ = keqiao_quantity::parse_numeral(text);
    let _ = keqiao_quantity::Printed::parse(text);
});
