//! Files as clerks and as attackers send them.

use rust_xlsxwriter::{Format, Formula, Workbook};

use keqiao_directory::{Organisation, Person};
use keqiao_sheet::{COLUMNS_MAX, ROWS_MAX, Record, Sheet, check, export, heading, mapping, template};

fn rows(sheet: &Sheet) -> Vec<Vec<&str>> {
    (0..sheet.len()).map(|r| sheet.row(r).iter().map(String::as_str).collect()).collect()
}

#[test]
fn csv_is_read_in_every_usual_encoding() {
    let text = "姓名,电话\r\n张三,13800000000\r\n";
    let expected = vec![vec!["姓名", "电话"], vec!["张三", "13800000000"]];
    let (gbk, ..) = encoding_rs::GBK.encode(text);
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let marked = ["\u{feff}", text].concat();
    let tabs = text.replace(',', "\t");
    for bytes in [text.as_bytes(), &gbk, &utf16, marked.as_bytes(), tabs.as_bytes(), text.replace(',', ";").as_bytes()]
    {
        assert_eq!(rows(&Sheet::read("a.csv", bytes).unwrap()), expected);
    }
}

#[test]
fn csv_rows_have_the_numbers_that_a_spreadsheet_shows() {
    let sheet = Sheet::read("a.csv", "姓名,备注\n\n张三,\"一\n二\"\n李四,\n\n\n王五,x".as_bytes()).unwrap();
    assert_eq!((sheet.cell(2, 0), sheet.cell(3, 0), sheet.cell(6, 0)), ("张三", "李四", "王五"));
}

#[test]
fn xlsx_numbers_dates_and_formulas_become_what_they_show() {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.write_number(0, 0, 13_800_000_000f64).unwrap();
    page.write_number(0, 1, 0.1).unwrap();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    page.write_number_with_format(0, 2, 45_000f64, &date).unwrap();
    page.write_formula(0, 3, Formula::new("=CMD()").set_result("13800000001")).unwrap();
    page.write_string(0, 4, "=1+1").unwrap();
    page.merge_range(1, 0, 1, 2, "merged", &Format::new()).unwrap();
    let sheet = Sheet::read("a.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(rows(&sheet), vec![vec!["13800000000", "0.1", "2023-03-15", "13800000001", "=1+1"], vec!["merged"]]);
}

#[test]
fn a_row_beyond_the_limit_is_refused_with_its_number() {
    let mut book = Workbook::new();
    book.add_worksheet().write_string(1_048_575, 0, "x").unwrap();
    let refusal = Sheet::read("a.xlsx", &book.save_to_buffer().unwrap()).unwrap_err();
    assert_eq!(refusal.code, "import.too_large");
    assert!(refusal.message.zh.contains("1048576"), "{}", refusal.message.zh);
    let many = "x\n".repeat(ROWS_MAX + 1);
    assert_eq!(Sheet::read("a.csv", many.as_bytes()).unwrap_err().code, "import.too_large");
    let wide = "x,".repeat(COLUMNS_MAX + 5) + "x";
    assert_eq!(Sheet::read("a.csv", wide.as_bytes()).unwrap_err().code, "import.too_large");
}

#[test]
fn what_is_no_table_is_refused() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let word = zip.finish().unwrap().into_inner();
    for (name, bytes, code) in [
        ("a.csv", &b""[..], "import.empty"),
        ("a.csv", b"\n\n , \n", "import.empty"),
        ("a.pdf", b"%PDF-1.7 ...", "import.type"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0", "import.type"),
        ("a.xlsx", &word, "import.type"),
        ("a.xlsx", b"PK\x03\x04 not a zip", "import.damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut off", "import.damaged"),
    ] {
        assert_eq!(Sheet::read(name, bytes).unwrap_err().code, code, "{name} {bytes:?}");
    }
}

#[test]
fn the_template_comes_back_filled_in() {
    fn there_and_back<T: Record>() {
        for lang in [keqiao_i18n::Lang::Zh, keqiao_i18n::Lang::En] {
            let sheet = Sheet::read("t.xlsx", &template::xlsx::<T>(lang).unwrap()).unwrap();
            let heading = heading::find(&sheet, T::columns());
            assert_eq!(heading.first_row, 1);
            let chosen = mapping::suggest(&sheet, &heading, T::columns(), &Default::default());
            assert_eq!(mapping::keys(&chosen), T::columns().iter().map(|c| Some(c.key)).collect::<Vec<_>>());
            assert!((1..sheet.len()).all(|r| check::passed_over(&sheet, r)));
        }
        let sample = T::columns().iter().map(|c| (c.key, c.sample));
        let (_, notes) = check::entry::<T>(sample, &check::NoPlaces);
        assert_eq!(notes, []);
    }
    there_and_back::<Person>();
    there_and_back::<Organisation>();
}

#[test]
fn exports_come_back_as_they_were_and_run_nothing() {
    let heads = vec!["姓名".to_owned(), "备注".to_owned()];
    let row = vec!["=HYPERLINK(\"http://example.org\")".to_owned(), "+86 <b>\"甲\",\r乙".to_owned()];
    let mut csv = export::Csv::begin(Vec::new(), &heads).unwrap();
    csv.row(&row).unwrap();
    let bytes = csv.end().unwrap();
    assert!(bytes.starts_with("\u{feff}姓名".as_bytes()));
    assert!(String::from_utf8_lossy(&bytes).contains("\"'=HYPERLINK"));
    let mut xlsx = export::Xlsx::begin("人员", &heads).unwrap();
    xlsx.row(&row).unwrap();
    for bytes in [bytes, xlsx.end().unwrap()] {
        let sheet = Sheet::read("a", &bytes).unwrap();
        assert_eq!(sheet.cell(1, 0), row[0]);
        assert!(sheet.cell(1, 1).starts_with("+86 <b>"));
    }
}
