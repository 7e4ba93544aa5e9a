//! Running text: lines, paragraphs, heads and feet of pages.

use super::paper::Paper;
use super::{document, paragraphs, tables};

/// Thirty-eight characters of prose, a full line at 12 points between the margins 70 and 526.
fn full(seed: &str) -> String {
    seed.chars().cycle().take(38).collect()
}

#[test]
fn indented_lines_begin_paragraphs_and_full_lines_go_on() {
    let body = full("本年收入比上年增加");
    let indented: String = body.chars().take(36).collect();
    let mut page = Paper::new().text(70.0, 100.0, 12.0, "一、收入情况");
    for (n, (x, words)) in [
        (94.0, indented.as_str()),
        (70.0, &body),
        (70.0, "主要是项目增加。"),
        (94.0, indented.as_str()),
        (70.0, "完成预算。"),
    ]
    .iter()
    .enumerate()
    {
        page = page.text(*x, 124.0 + n as f32 * 24.0, 12.0, words);
    }
    let document = document(&[page]);
    let expected =
        ["一、收入情况".to_owned(), format!("{indented}{body}主要是项目增加。"), format!("{indented}完成预算。")];
    assert_eq!(paragraphs(&document), expected);
    assert!(tables(&document).is_empty());
}

#[test]
fn order_is_by_place_not_by_stream() {
    let body = full("基本支出构成");
    let page = Paper::new()
        .text(70.0, 148.0, 12.0, "603.14万元，占二成；")
        .text(70.0, 124.0, 12.0, &body)
        .text(70.0, 172.0, 12.0, &body)
        .text(70.0, 196.0, 12.0, &body)
        .text(70.0, 220.0, 12.0, &body);
    let document = document(&[page]);
    assert!(paragraphs(&document)[0].starts_with(&format!("{body}603.14万元")));
}

#[test]
fn paragraphs_go_on_over_the_page_and_page_numbers_go() {
    let body = full("预算执行");
    let page = |n: u8, end: &str| {
        let mut page =
            Paper::new().text(250.0, 40.0, 9.0, "某某局部门决算").text(290.0, 810.0, 9.0, &format!("- {n} -"));
        for row in 0..5u8 {
            page = page.text(70.0, 600.0 + f32::from(row) * 24.0, 12.0, &body);
        }
        page.text(70.0, 720.0, 12.0, end)
    };
    let document = document(&[page(1, &body), page(2, &body), page(3, "完。")]);
    assert_eq!(paragraphs(&document).len(), 1);
    assert!(!document.text.contains("某某局") && !document.text.contains("- 2 -"));
}

#[test]
fn lines_of_a_contents_page_stay_apart() {
    let line = |n: &str| format!("{n}{}3", ".".repeat(60));
    let page = Paper::new()
        .text(70.0, 100.0, 12.0, &line("一、主要职能"))
        .text(70.0, 124.0, 12.0, &line("二、机构设置"))
        .text(70.0, 148.0, 12.0, &line("三、决算报表"));
    assert_eq!(paragraphs(&document(&[page])).len(), 3);
}

#[test]
fn imitated_bold_and_slanted_marks_do_not_double_or_disturb() {
    let page = Paper::new()
        .text(70.0, 100.0, 12.0, "收入合计12.00万元")
        .text(70.3, 100.0, 12.0, "收入合计12.00万元")
        .raw("BT /F0 60 Tf 0.7 0.7 -0.7 0.7 150 300 Tm <5185590d> Tj ET");
    assert_eq!(paragraphs(&document(&[page])), ["收入合计12.00万元"]);
}
