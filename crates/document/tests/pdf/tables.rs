//! Tables: lines complete, missing, doubled, dashed, turned; over several pages.

use super::paper::Paper;
use super::{document, paragraphs, rows, tables};

const XS: [f32; 4] = [60.0, 200.0, 320.0, 440.0];

fn steps(from: f32, count: u8) -> Vec<f32> {
    (0..count).map(|n| from + f32::from(n) * 18.0).collect()
}

#[test]
fn a_ruled_table_keeps_its_title_unit_and_cells() {
    let page = Paper::new()
        .text(220.0, 80.0, 16.0, "支出决算表")
        .text(420.0, 96.0, 9.0, "单位：万元")
        .grid(
            &XS,
            &steps(100.0, 4),
            &[&["项目", "预算数", "决算数"], &["一、甲类支出", "12.00", "11.50"], &["合计", "", "11.50"]],
        )
        .text(60.0, 170.0, 9.0, "注：本表反映支出情况。");
    let document = document(&[page]);
    let found = tables(&document);
    assert_eq!(rows(&document, found[0]), ["项目|预算数|决算数", "一、甲类支出|12.00|11.50", "合计||11.50"]);
    assert_eq!(found[0].title.map(|t| t.of(&document.text)), Some("支出决算表"));
    assert_eq!(found[0].unit.map(|t| t.of(&document.text)), Some("单位：万元"));
    assert_eq!((found[0].header_rows, found[0].pages), (1, Some((1, 1))));
    assert_eq!(paragraphs(&document), ["支出决算表", "单位：万元", "注：本表反映支出情况。"]);
    let text: &str = &document.text;
    assert!(text.contains("项目\t预算数\t决算数\n一、甲类支出\t12.00\t11.50\n合计\t\t11.50\n注："));
    assert!(document.blocks.len() == 4 && document.pages == Some(1));
}

#[test]
fn heads_in_three_levels_span_what_the_lines_say() {
    let xs = [60.0, 140.0, 220.0, 300.0, 380.0];
    let mut page = Paper::wide();
    for (y, from, to) in
        [(100.0, 60.0, 380.0), (118.0, 140.0, 380.0), (136.0, 220.0, 380.0), (154.0, 60.0, 380.0), (172.0, 60.0, 380.0)]
    {
        page = page.fill(from, y - 0.25, to - from, 0.5);
    }
    for (x, from) in [(60.0, 100.0), (140.0, 100.0), (220.0, 118.0), (300.0, 136.0), (380.0, 100.0)] {
        page = page.fill(x - 0.25, from, 0.5, 172.0 - from);
    }
    page = page
        .text(70.0, 130.0, 9.0, "项目")
        .text(200.0, 112.0, 9.0, "三公经费")
        .text(150.0, 140.0, 9.0, "小计")
        .text(240.0, 130.0, 9.0, "公务用车")
        .text(230.0, 148.0, 9.0, "购置费")
        .text(310.0, 148.0, 9.0, "运行费")
        .words(&xs, &[154.0], &[&["本级", "3.00", "1.00", "2.00"]]);
    let document = document(&[page]);
    let table = tables(&document)[0];
    assert_eq!(rows(&document, table), ["项目|三公经费", "小计|公务用车", "购置费|运行费", "本级|3.00|1.00|2.00"]);
    assert_eq!((table.rows, table.columns, table.header_rows), (4, 4, 3));
    let head = table.cell(0, 3).expect("the head over three columns");
    assert_eq!((head.column, head.column_span, head.row_span), (1, 3, 1));
    assert_eq!(table.cell(2, 0).map(|c| c.row_span), Some(3));
}

#[test]
fn numbers_pushed_up_or_down_stay_in_their_row() {
    let ys = [100.0, 118.0, 154.0, 172.0];
    let page = Paper::new()
        .grid(&XS, &ys, &[&["项目", "预算数", "决算数"], &["名称很长要折成", "", ""], &["乙", "5.00", "6.00"]])
        .text(63.0, 142.0, 9.0, "两行的项目")
        .text(250.0, 124.0, 9.0, "7.00")
        .text(370.0, 151.0, 9.0, "8.00");
    let document = document(&[page]);
    assert_eq!(rows(&document, tables(&document)[0])[1], "名称很长要折成两行的项目|7.00|8.00");
}

#[test]
fn open_sides_doubled_and_dashed_lines_make_the_same_table() {
    let words: [&[&str]; 3] = [&["项目", "预算数", "决算数"], &["甲", "1.00", "2.00"], &["乙", "3.00", "4.00"]];
    let ys = steps(100.0, 4);
    let mut open = Paper::new();
    let mut doubled = Paper::new();
    let mut dashed = Paper::new().raw("[2 1] 0 d");
    for &y in &ys {
        open = open.line(60.0, y, 440.0, y);
        doubled = doubled.line(60.0, y, 440.0, y).line(60.0, y + 1.8, 440.0, y + 1.8);
        for n in 0..127u8 {
            dashed = dashed.fill(60.0 + f32::from(n) * 3.0, y, 2.0, 0.5);
        }
        dashed = dashed.fill(438.0, y, 2.0, 0.5);
    }
    for &x in &XS {
        if x > 60.0 && x < 440.0 {
            open = open.line(x, 100.0, x, 154.0);
        }
        doubled = doubled.line(x, 100.0, x, 155.8).line(x + 1.8, 100.0, x + 1.8, 155.8);
        dashed = dashed.line(x, 100.0, x, 154.0);
    }
    for page in [open, doubled, dashed] {
        let document = document(&[page.words(&XS, &ys, &words)]);
        let table = tables(&document)[0];
        assert_eq!(rows(&document, table), ["项目|预算数|决算数", "甲|1.00|2.00", "乙|3.00|4.00"]);
        assert_eq!((table.columns, table.header_rows), (3, 1));
    }
}

#[test]
fn fills_behind_cells_are_not_lines() {
    let page = Paper::new().raw("0.9 g").fill(60.0, 100.0, 380.0, 18.0).raw("0 g").grid(
        &XS,
        &steps(100.0, 3),
        &[&["项目", "预算数", "决算数"], &["甲", "1.00", "2.00"]],
    );
    let document = document(&[page]);
    assert_eq!(rows(&document, tables(&document)[0]), ["项目|预算数|决算数", "甲|1.00|2.00"]);
}

#[test]
fn level_lines_alone_leave_the_columns_to_the_blanks() {
    let ys = steps(100.0, 6);
    let words: [&[&str]; 5] = [
        &["项目", "预算数", "决算数"],
        &["一、甲类支出", "1,200.00", ""],
        &["二、乙类支出", "3.00", "4.00"],
        &["三、丙类支出", "", "7.00"],
        &["合计", "1,203.00", "11.00"],
    ];
    let mut each = Paper::new();
    for &y in &ys {
        each = each.line(60.0, y, 440.0, y);
    }
    let three =
        Paper::new().line(60.0, 100.0, 440.0, 100.0).line(60.0, 118.0, 440.0, 118.0).line(60.0, 190.0, 440.0, 190.0);
    for page in [each, three] {
        let document = document(&[page.words(&XS, &ys, &words)]);
        let found = rows(&document, tables(&document)[0]);
        let expected = [
            "项目|预算数|决算数",
            "一、甲类支出|1,200.00|",
            "二、乙类支出|3.00|4.00",
            "三、丙类支出||7.00",
            "合计|1,203.00|11.00",
        ];
        assert_eq!(found, expected);
    }
}

#[test]
fn rows_without_lines_between_them_are_parted_by_their_numbers() {
    let ys = steps(100.0, 5);
    let mut page =
        Paper::new().line(60.0, 100.0, 440.0, 100.0).line(60.0, 118.0, 440.0, 118.0).line(60.0, 172.0, 440.0, 172.0);
    for &x in &XS {
        page = page.line(x, 100.0, x, 172.0);
    }
    let words: [&[&str]; 4] =
        [&["项目", "预算数", "决算数"], &["甲", "1.00", "2.00"], &["乙", "3.00", "4.00"], &["丙", "5.00", "6.00"]];
    let document = document(&[page.words(&XS, &ys, &words)]);
    assert_eq!(
        rows(&document, tables(&document)[0]),
        ["项目|预算数|决算数", "甲|1.00|2.00", "乙|3.00|4.00", "丙|5.00|6.00"]
    );
}

#[test]
fn turned_pages_read_as_they_are_seen() {
    // The page is upright on file and turned for viewing; the text is written upwards.
    let mut page = Paper::new().rotate(90);
    for x in [100.0, 118.0, 136.0] {
        page = page.line(x, 100.0, x, 500.0);
    }
    for y in [100.0, 300.0, 500.0] {
        page = page.line(100.0, y, 136.0, y);
    }
    page = page.text_up(112.0, 490.0, 9.0, "项目").text_up(112.0, 290.0, 9.0, "决算数");
    page = page.text_up(130.0, 490.0, 9.0, "甲").text_up(130.0, 290.0, 9.0, "12.34");
    let document = document(&[page]);
    assert_eq!(rows(&document, tables(&document)[0]), ["项目|决算数", "甲|12.34"]);
}

#[test]
fn sideways_text_on_an_unturned_page_is_turned_for_reading() {
    let mut page = Paper::new();
    for x in [100.0, 118.0, 136.0] {
        page = page.line(x, 100.0, x, 500.0);
    }
    for y in [100.0, 300.0, 500.0] {
        page = page.line(100.0, y, 136.0, y);
    }
    page = page.text_up(112.0, 490.0, 9.0, "项目").text_up(112.0, 290.0, 9.0, "决算数");
    page = page.text_up(130.0, 490.0, 9.0, "甲").text_up(130.0, 290.0, 9.0, "12.34");
    let document = document(&[page]);
    assert_eq!(rows(&document, tables(&document)[0]), ["项目|决算数", "甲|12.34"]);
}

#[test]
fn a_table_over_three_pages_is_one_and_its_heads_are_kept_once() {
    let head: &[&str] = &["项目", "预算数", "决算数"];
    let first = Paper::new().text(220.0, 80.0, 16.0, "收入决算表").grid(
        &XS,
        &steps(700.0, 4),
        &[head, &["一、甲", "1.00", "2.00"], &["", "", ""]],
    );
    let second = Paper::new().text(220.0, 80.0, 16.0, "收入决算表（续）").grid(
        &XS,
        &steps(100.0, 3),
        &[head, &["二、乙", "3.00", "4.00"]],
    );
    let third = Paper::new().grid(&XS, &steps(60.0, 3), &[head, &["合计", "4.00", "6.00"]]);
    let document = document(&[first, second, third]);
    let found = tables(&document);
    assert_eq!(found.len(), 1);
    assert_eq!(
        rows(&document, found[0]),
        ["项目|预算数|决算数", "一、甲|1.00|2.00", "二、乙|3.00|4.00", "合计|4.00|6.00"]
    );
    assert_eq!(found[0].pages, Some((1, 3)));
    assert_eq!(found[0].cells.last().and_then(|c| c.page), Some(3));
    assert_eq!(paragraphs(&document), ["收入决算表"]);
}

#[test]
fn a_new_title_begins_a_new_table() {
    let table = |title: &str| {
        Paper::new().text(220.0, 80.0, 16.0, title).grid(
            &XS,
            &steps(100.0, 3),
            &[&["项目", "预算数", "决算数"], &["甲", "1.00", "2.00"]],
        )
    };
    let document = document(&[table("收入决算表"), table("支出决算表")]);
    let titles: Vec<&str> = tables(&document).iter().filter_map(|t| t.title).map(|t| t.of(&document.text)).collect();
    assert_eq!(titles, ["收入决算表", "支出决算表"]);
}

#[test]
fn two_halves_side_by_side_go_on_over_the_page() {
    let xs = [60.0, 90.0, 120.0, 220.0, 290.0, 320.0, 350.0, 450.0, 520.0];
    let head: &[&str] = &["类", "款", "科目名称", "决算数", "类", "款", "科目名称", "决算数"];
    let first = Paper::new().grid(
        &xs,
        &steps(700.0, 3),
        &[head, &["301", "01", "基本工资", "9.00", "302", "01", "办公费", "1.00"]],
    );
    let second =
        Paper::new().grid(&xs, &steps(100.0, 3), &[head, &["301", "02", "津贴", "", "302", "02", "印刷费", "0.50"]]);
    let document = document(&[first, second]);
    let found = rows(&document, tables(&document)[0]);
    assert_eq!(found[1..], ["301|01|基本工资|9.00|302|01|办公费|1.00", "301|02|津贴||302|02|印刷费|0.50"]);
}

#[test]
fn letter_spaced_words_and_numbers_in_pieces_are_whole() {
    let page = Paper::new()
        .grid(&XS, &steps(100.0, 3), &[&["项 目", "合  计", "决 算 数"], &["出 国 （ 境 ） 费", "", ""]])
        .text(240.0, 130.0, 9.0, "1,23")
        .text(258.0, 130.0, 9.0, "4.5")
        .text(271.5, 130.0, 9.0, "6");
    let document = document(&[page]);
    assert_eq!(rows(&document, tables(&document)[0]), ["项目|合计|决算数", "出国（境）费|1,234.56|"]);
}

#[test]
fn a_number_wider_than_its_cell_is_not_cut() {
    let page = Paper::new().grid(&XS, &steps(100.0, 3), &[&["项目", "预算数", "决算数"], &["甲", "", "2.00"]]).text(
        190.0,
        130.0,
        9.0,
        "123,456,789.12",
    );
    let document = document(&[page]);
    assert_eq!(rows(&document, tables(&document)[0])[1], "甲|123,456,789.12|2.00");
}
