//! Every fixture is read and compared with the rendering beside it. `KEQIAO_BLESS=1` writes the renderings anew.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use keqiao_document::{Block, Document, Limits, ProblemKind, Read, Table, read};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn fixtures() -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder()).expect("fixtures are in the repository");
    let mut paths: Vec<PathBuf> = entries
        .map(|e| e.expect("readable").path())
        .filter(|p| p.is_file() && !p.to_string_lossy().ends_with(".expected.txt"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|p| (p.file_name().expect("a file").to_string_lossy().into_owned(), std::fs::read(p).expect("readable")))
        .collect()
}

fn render(read: &Read) -> String {
    let mut out = String::new();
    for problem in &read.problems {
        let _ = writeln!(
            out,
            "{} {:?}: {}",
            if problem.fatal { "refused" } else { "problem" },
            problem.kind,
            problem.message.zh
        );
    }
    let Some(document) = &read.document else { return out };
    let _ = writeln!(out, "{:?}, pages {:?}", document.format, document.pages);
    for block in &document.blocks {
        render_block(&mut out, document, block);
    }
    out
}

fn render_block(out: &mut String, document: &Document, block: &Block) {
    let text = &*document.text;
    match block {
        Block::Paragraph(p) => {
            let heading = p.heading.map_or(String::new(), |h| format!("h{h} "));
            let page = p.page.map_or(String::new(), |p| format!(" (p. {p})"));
            let _ = writeln!(out, "{heading}¶ {}{page}", p.span.of(text).replace('\n', "⏎"));
        }
        Block::Table(t) => render_table(out, text, t),
        Block::Chart(c) => {
            let _ = writeln!(out, "chart {:?}", c.caption.map(|s| s.of(text)));
            for s in &c.series {
                let points: Vec<String> =
                    s.points.iter().map(|(c, v)| format!("{}={}", c.map_or("", |c| c.of(text)), v.of(text))).collect();
                let _ = writeln!(out, "  {}: {}", s.name.map_or("", |n| n.of(text)), points.join(" "));
            }
        }
    }
}

fn render_table(out: &mut String, text: &str, t: &Table) {
    let of = |s: Option<keqiao_source::Span>| s.map_or("-", |s| s.of(text));
    let _ = writeln!(
        out,
        "table {}x{} head {} title 「{}」 unit 「{}」",
        t.rows,
        t.columns,
        t.header_rows,
        of(t.title),
        of(t.unit)
    );
    for row in 0..t.rows {
        let cells: Vec<String> = t
            .row(row)
            .map(|c| {
                let spans = if (c.row_span, c.column_span) == (1, 1) {
                    String::new()
                } else {
                    format!("[{}x{}]", c.row_span, c.column_span)
                };
                format!("{}:{}{spans}", c.column, c.span.of(text).replace('\n', "⏎"))
            })
            .collect();
        let _ = writeln!(out, "  {}", cells.join(" | "));
    }
}

#[test]
fn fixtures_are_read_as_expected() {
    let mut wrong = String::new();
    for (name, bytes) in fixtures() {
        let got = render(&read(&name, &bytes, &Limits::default()));
        let path = folder().join(format!("{name}.expected.txt"));
        if option_env!("KEQIAO_BLESS").is_some() {
            std::fs::write(&path, &got).expect("writable");
            continue;
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if got != expected {
            let _ = writeln!(wrong, "{name}:");
            for pair in expected
                .lines()
                .map(Some)
                .chain(std::iter::repeat(None))
                .zip(got.lines().map(Some).chain(std::iter::repeat(None)))
            {
                match pair {
                    (None, None) => break,
                    (a, b) if a == b => {}
                    (a, b) => {
                        let _ = writeln!(wrong, "  - {}\n  + {}", a.unwrap_or(""), b.unwrap_or(""));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn spans_lie_in_the_text() {
    for (name, bytes) in fixtures() {
        if let Some(document) = read(&name, &bytes, &Limits::default()).document {
            check_spans(&name, &document);
        }
    }
}

fn check_spans(name: &str, document: &Document) {
    let inside = |span: keqiao_source::Span| assert!(document.text.get(span.range()).is_some(), "{name}: {span:?}");
    for block in &document.blocks {
        match block {
            Block::Paragraph(p) => inside(p.span),
            Block::Table(t) => {
                t.cells.iter().for_each(|c| inside(c.span));
                assert!(t.cells.is_sorted_by_key(|c| (c.row, c.column)), "{name}: {t:?}");
                assert!(
                    t.cells.iter().all(|c| c.row + c.row_span <= t.rows && c.column + c.column_span <= t.columns),
                    "{name}: {t:?}"
                );
            }
            Block::Chart(c) => c.series.iter().flat_map(|s| &s.points).for_each(|p| inside(p.1)),
        }
    }
}

#[test]
fn cut_and_bent_files_do_no_harm() {
    for (name, bytes) in fixtures() {
        for eighth in 0..8 {
            let cut = &bytes[..bytes.len() * eighth / 8];
            if let Some(document) = read(&name, cut, &Limits::default()).document {
                check_spans(&name, &document);
            }
        }
        let step = (bytes.len() / 40).max(1);
        for at in (0..bytes.len()).step_by(step) {
            let mut bent = bytes.clone();
            bent[at] ^= 0x55;
            if let Some(document) = read(&name, &bent, &Limits::default()).document {
                check_spans(&name, &document);
            }
        }
    }
}

fn refusal(name: &str, bytes: &[u8], limits: &Limits) -> Option<ProblemKind> {
    let read = read(name, bytes, limits);
    assert!(read.problems.iter().all(|p| !p.message.zh.is_empty() && !p.message.en.is_empty()));
    read.problems.first().filter(|p| p.fatal && read.document.is_none()).map(|p| p.kind)
}

#[test]
fn what_is_not_read_is_named() {
    let limits = Limits::default();
    for (name, bytes, kind) in [
        ("a.docx", &b""[..], ProblemKind::Empty),
        ("a.png", b"\x89PNG\r\n\x1a\n", ProblemKind::UnknownFormat),
        ("a.jpg", b"\xff\xd8\xff\xe0", ProblemKind::UnknownFormat),
        ("a.rar", b"Rar!\x1a\x07", ProblemKind::UnknownFormat),
        ("a.doc", b"{\\rtf1 }", ProblemKind::UnknownFormat),
        ("a.bin", b"\x00\x01\x02\x03\x04\x05\x06\x07", ProblemKind::UnknownFormat),
        ("a.docx", b"PK\x03\x04cut off", ProblemKind::Damaged),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1cut off", ProblemKind::Damaged),
    ] {
        assert_eq!(refusal(name, bytes, &limits), Some(kind), "{name}");
    }
    let small = Limits { file_bytes_max: 8, ..limits };
    assert_eq!(refusal("a.txt", "收入合计12.00万元".as_bytes(), &small), Some(ProblemKind::TooLarge));
    let short = Limits { text_chars_max: 3, ..limits };
    assert_eq!(refusal("a.txt", "收入合计12.00万元".as_bytes(), &short), Some(ProblemKind::TooLarge));
    let narrow = Limits { unpacked_bytes_max: 100, ..limits };
    let (name, bytes) = fixtures().into_iter().find(|f| f.0.ends_with(".docx")).expect("a docx");
    assert_eq!(refusal(&name, &bytes, &narrow), Some(ProblemKind::TooLarge));
}

fn zipped(members: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("in memory");
        std::io::Write::write_all(&mut writer, bytes).expect("in memory");
    }
    writer.finish().expect("in memory").into_inner()
}

#[test]
fn containers_are_told_apart_and_bombs_refused() {
    let limits = Limits::default();
    let ofd = zipped(&[("OFD.xml", b"<ofd:OFD/>".to_vec())]);
    assert_eq!(refusal("a.ofd", &ofd, &limits), Some(ProblemKind::UnknownFormat));
    let said = read("a.ofd", &ofd, &limits).problems.remove(0).message;
    assert!(said.zh.contains("请导出为 PDF 或 Word") && said.en.contains("Export it as PDF or Word"), "{said:?}");
    let bomb = zipped(&[("word/document.xml", vec![b' '; 64 << 20])]);
    assert_eq!(refusal("a.docx", &bomb, &limits), Some(ProblemKind::TooLarge));
    let bomb = zipped(&[("xl/workbook.xml", b"<workbook/>".to_vec()), ("xl/media.xml", vec![b' '; 64 << 20])]);
    assert_eq!(refusal("a.xlsx", &bomb, &limits), Some(ProblemKind::TooLarge));
    assert_eq!(refusal("a.docx", &zipped(&[("word/other.xml", Vec::new())]), &limits), Some(ProblemKind::Damaged));
    assert_eq!(refusal("a.zip", &zipped(&[("a.txt", Vec::new())]), &limits), Some(ProblemKind::UnknownFormat));
}

#[test]
fn deep_nesting_is_bounded() {
    let deep = "<w:tbl><w:tr><w:tc>".repeat(5_000);
    let xml = format!(
        "<w:document><w:body>{deep}<w:p><w:r><w:t>收入</w:t></w:r></w:p>{}</w:body></w:document>",
        "</w:tc></w:tr></w:tbl>".repeat(5_000)
    );
    let document =
        read("a.docx", &zipped(&[("word/document.xml", xml.into_bytes())]), &Limits::default()).document.expect("read");
    assert!(document.text.contains("收入"));
    let html =
        format!("<html>{}收入{}", "<table><tr><td><div>".repeat(3_000), "</div></td></tr></table>".repeat(3_000));
    let document = read("a.html", html.as_bytes(), &Limits::default()).document.expect("read");
    assert!(document.text.contains("收入"));
    let list = format!("{}收入", "> - ".repeat(3_000));
    assert!(read("a.md", list.as_bytes(), &Limits::default()).document.is_some());
}

#[test]
fn broken_sheet_costs_only_itself() {
    let book = br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="good" sheetId="1" r:id="rId1"/><sheet name="bad" sheetId="2" r:id="rId2"/></sheets></workbook>"#;
    let relations = br#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/a.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/b.xml"/></Relationships>"#;
    let package = br#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let good = r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>收入</t></is></c><c r="B1"><v>12.5</v></c></row></sheetData></worksheet>"#;
    let bad = r#"<worksheet><dimension ref="B2:A1"/><sheetData><row r="1"><c r="?"><v>1</v></c></row></sheetData></worksheet>"#;
    let file = zipped(&[
        ("_rels/.rels", package.to_vec()),
        ("xl/workbook.xml", book.to_vec()),
        ("xl/_rels/workbook.xml.rels", relations.to_vec()),
        ("xl/worksheets/a.xml", good.into()),
        ("xl/worksheets/b.xml", bad.into()),
    ]);
    let read = read("a.xlsx", &file, &Limits::default());
    assert!(
        read.problems.iter().any(|p| p.kind == ProblemKind::PartLost && p.message.zh.contains("bad")),
        "{:?}",
        read.problems
    );
    assert!(read.document.expect("the good sheet").text.contains("收入\t12.5"));
}

#[test]
fn old_names_of_wps_are_followed() {
    for (fixture, name) in [("old.doc", "a.wps"), ("old.xls", "a.et")] {
        let bytes = std::fs::read(folder().join(fixture)).expect("a fixture");
        let read = read(name, &bytes, &Limits::default());
        assert!(
            read.document.is_some() && read.problems.iter().all(|p| p.kind != ProblemKind::WrongExtension),
            "{name}"
        );
    }
}

#[test]
fn wrong_name_is_said_and_bytes_are_followed() {
    let (_, bytes) = fixtures().into_iter().find(|f| f.0.ends_with(".xlsx")).expect("an xlsx");
    let read = read("report.pdf", &bytes, &Limits::default());
    assert!(read.document.is_some());
    assert!(read.problems.iter().any(|p| p.kind == ProblemKind::WrongExtension && !p.fatal));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_bytes_do_no_harm(bytes: Vec<u8>, name in "[a-z]\\.(txt|md|html|docx|doc|xlsx)") {
        let _ = read(&name, &bytes, &Limits::default());
    }

    #[test]
    fn any_markup_does_no_harm(text in "(<(/?(table|tr|td|td rowspan=0|td colspan=9|p|b|li|ol))>|\\||-|\n|收入|12\\.0| |#|\\*){0,60}") {
        for name in ["a.md", "a.html", "a.txt"] {
            if let Some(document) = read(name, text.as_bytes(), &Limits::default()).document {
                check_spans(name, &document);
            }
        }
    }
}
