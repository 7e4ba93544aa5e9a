//! How texts are read: a table of what becomes of them.

use keqiao_search::text::stream::Stream;

/// The words of a text, divided by bars, as they stand in it.
fn words(text: &str) -> String {
    let stream = Stream::read_with_spans(text);
    let word = |r: std::ops::Range<usize>| &text[stream.spans[r.start].0 as usize..stream.spans[r.end - 1].1 as usize];
    stream.words().map(word).collect::<Vec<_>>().join("|")
}

#[test]
fn texts_are_cut_into_words_tokens_and_nothing_else() {
    for (text, cut) in [
        ("热泵烘干机节能40%", "热泵|烘干机|节能|40"),
        ("型号HC-05，电压3.3V", "型号|HC-05|电压|3.3V"),
        ("ＰＨ值７．５左右", "ＰＨ|值|７．５|左右"),
        ("  …… ！？ ", ""),
        ("", ""),
        ("pH 值-高", "pH|值|高"),
    ] {
        assert_eq!(words(text), cut, "{text}");
    }
}
