//! The parts of a workbook: the input is cut in two by its first zero byte; a part that starts with `<office` is read
//! as an OpenDocument sheet too.
#![no_main]

const BOOK: &[u8] = br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const BOOK_RELATIONS: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const RELATIONS: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

libfuzzer_sys::fuzz_target!(init: keqiao_fuzz::allow_known_panics(), |data: &[u8]| {
    let mut parts = data.splitn(2, |b| *b == 0);
    let (sheet, styles) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let mut members = vec![
        ("_rels/.rels", RELATIONS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", BOOK_RELATIONS),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    if !styles.is_empty() {
        members.push(("xl/styles.xml", styles));
    }
    keqiao_fuzz::read_and_check("a.xlsx", &keqiao_fuzz::container(&members));
    if data.starts_with(b"<office") {
        let mimetype: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
        keqiao_fuzz::read_and_check("a.ods", &keqiao_fuzz::container(&[("mimetype", mimetype), ("content.xml", data)]));
    }
});
