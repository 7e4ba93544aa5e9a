//! The parts of a Word file: the input is cut in four by its first zero bytes.
#![no_main]

const RELATIONS: &[u8] = br#"<Relationships><Relationship Id="r1" Type="x/styles" Target="styles.xml"/><Relationship Id="r2" Type="x/numbering" Target="numbering.xml"/><Relationship Id="r3" Type="x/chart" Target="charts/chart1.xml"/></Relationships>"#;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let mut parts = data.splitn(4, |b| *b == 0);
    let mut part = || parts.next().unwrap_or_default();
    let file = keqiao_fuzz::container(&[
        ("word/document.xml", part()),
        ("word/charts/chart1.xml", part()),
        ("word/numbering.xml", part()),
        ("word/styles.xml", part()),
        ("word/_rels/document.xml.rels", RELATIONS),
    ]);
    keqiao_fuzz::read_and_check("a.docx", &file);
});
