//! Outlines of small samples.

use keqiao_document::{Limits, read};
use keqiao_facts::Role;

use super::outline;

fn shape(text: &str) -> (Vec<String>, Vec<(Role, Option<String>)>) {
    let document = read("a.txt", text.as_bytes(), &Limits::default()).document.expect("text is read");
    let (sections, paragraphs) = outline(&document);
    let titles =
        sections.iter().map(|s| format!("{}{}|{}", s.level, if s.attachment { "附" } else { "" }, s.title)).collect();
    let roles = paragraphs.iter().map(|p| (p.role, p.section.map(|s| sections[s as usize].title.clone()))).collect();
    (titles, roles)
}

#[test]
fn parts_chapters_and_attachments_nest() {
    let (titles, roles) = shape(
        "第一部分部门概况\n一、职能\n（一）主要职能。\n1.开展活动，促进交流。\n第二部分 情况说明\n1、 收入支出决算总体情况说明\n收入10.00万元。\n\
         2、收入决算情况说明\n收入10.00万元。\n三、支出决算情况说明\n第四部分附件\n附件1\n\n某县科学技术协会\n2020年度自评报告\n一、概况\n",
    );
    assert_eq!(
        titles,
        [
            "1|部门概况",
            "2|职能",
            "3|主要职能",
            "1|情况说明",
            "2|收入支出决算总体情况说明",
            "2|收入决算情况说明",
            "2|支出决算情况说明",
            "1附|附件",
            "1附|某县科学技术协会2020年度自评报告",
            "2附|概况",
        ]
    );
    assert_eq!(roles[3], (Role::Body, Some("主要职能".to_owned())));
    assert_eq!(roles[6], (Role::Body, Some("收入支出决算总体情况说明".to_owned())));
}

#[test]
fn contents_end_where_the_body_begins() {
    let (titles, roles) = shape(
        "某县2020年度部门决算\n目  录\n第一部分 概况\n一、职能\n第二部分 说明\n一、收入情况\n第一部分 概况\n一、职能\n正文在此，很长。\n第二部分 说明\n一、收入情况\n",
    );
    assert_eq!(roles.iter().filter(|r| r.0 == Role::Contents).count(), 5);
    assert_eq!(titles, ["1|概况", "2|职能", "1|说明", "2|收入情况"]);
}

#[test]
fn unnumbered_title_before_a_new_list_is_a_part() {
    let (titles, _) =
        shape("某区科协概况\n一、职能\n职能在此。\n二、机构\n某区科协2020年度决算情况说明\n\n一、总体情况\n");
    assert_eq!(titles, ["1|某区科协概况", "2|职能", "2|机构", "1|某区科协2020年度决算情况说明", "2|总体情况"]);
}

#[test]
fn soft_broken_sentence_is_one_paragraph() {
    let text =
        "2020年支出12.00万元，其中：基本支出\n10.00万元，占83.33%；项目支出2.00万元。\n图1：结构图\n注：四舍五入。\n";
    let document = read("a.txt", text.as_bytes(), &Limits::default()).document.expect("text is read");
    let (_, paragraphs) = outline(&document);
    assert_eq!(paragraphs.len(), 3);
    assert!(paragraphs[0].folded.text().contains("基本支出10.00万元"));
    assert_eq!(
        paragraphs[0].span.of(text),
        "2020年支出12.00万元，其中：基本支出\n10.00万元，占83.33%；项目支出2.00万元。"
    );
    assert_eq!((paragraphs[1].role, paragraphs[2].role), (Role::Caption, Role::Note));
}

#[test]
fn run_in_heading_opens_a_section_and_stays_body() {
    let (titles, roles) =
        shape("一、概况\n（一）机构组成。某科协是人民团体。\n1．主要内容。打造示范社区1个。\n（二）存在问题。无\n");
    assert_eq!(titles, ["2|概况", "3|机构组成", "4|主要内容", "3|存在问题"]);
    assert_eq!(roles[1].0, Role::Body);
}

#[test]
fn form_in_the_middle_does_not_end_the_body() {
    let (titles, _) = shape("一、概况\n说明在此。\n附表1：情况表\n\n二、目标\n说明在此。\n附件1\n一、概况\n");
    assert_eq!(titles, ["2|概况", "1附|情况表", "2|目标", "1附|", "2附|概况"]);
}
