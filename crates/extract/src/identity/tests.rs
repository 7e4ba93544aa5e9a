//! Identities of small samples.

use keqiao_document::{Limits, read};
use keqiao_facts::{Identity, ReportKind};

fn identity(text: &str) -> Identity {
    let document = read("a.txt", text.as_bytes(), &Limits::default()).document.expect("text is read");
    crate::extract(&document).identity
}

#[test]
fn title_names_body_year_and_kind() {
    let i = identity(
        "云水市清江区财政局\n2022年度部门决算\n目录\n第一部分 概况\n第一部分 概况\n一、主要职能\n贯彻江西省的规定。与2021年度相比，支出增加。2021年度支出。2021年度。\n",
    );
    assert_eq!(i.entity.map(|e| e.0).as_deref(), Some("云水市清江区财政局"));
    assert_eq!((i.fiscal_year, i.kind), (Some(2022), ReportKind::FinalAccount));
    assert_eq!((i.region.as_deref(), i.province.as_deref()), (Some("江西省云水市清江区"), Some("江西")));
}

#[test]
fn fuller_name_in_a_form_is_taken_and_the_province_goes_to_the_region() {
    let i = identity(
        "清江区科学技术协会概况\n一、职能\n根据湖南省科学技术协会的安排。\n清江区科协2021年度决算情况说明\n一、收入\n2021年收入10.00万元，与2020年的9.00万元相比增加。\n\t湖南省云水市清江区科学技术协会\n",
    );
    assert_eq!(i.entity.map(|e| e.0).as_deref(), Some("云水市清江区科学技术协会"));
    assert_eq!(i.region.as_deref(), Some("湖南省云水市清江区"));
    assert_eq!((i.fiscal_year, i.kind), (Some(2021), ReportKind::FinalAccount));
}

#[test]
fn document_sign_gives_the_province_when_no_name_does() {
    let i = identity(
        "清江县残疾人联合会\n2023年度部门整体支出绩效自评报告\n一、概况\n依据《资金办法》（川财社〔2022〕12号）执行，2023年支出10.00万元。\n",
    );
    assert_eq!(i.province.as_deref(), Some("四川"));
    assert_eq!((i.fiscal_year, i.kind), (Some(2023), ReportKind::DepartmentEvaluation));
}

#[test]
fn few_placeholders_are_a_slip_and_many_a_template() {
    let blank = "XX年度XX局收入XXX万元，支出XXX万元。\n".repeat(4);
    assert_eq!(identity(&format!("XX局部门决算\n一、说明\n{blank}")).kind, ReportKind::Template);
    let real = "2020年度某县教育局收入10.00万元，支出9.00万元，结余1.00万元。\n".repeat(9);
    assert_eq!(
        identity(&format!("某县教育局2020年度部门决算\n一、说明\n{real}本部门对XX个项目开展了评价。\n")).kind,
        ReportKind::FinalAccount
    );
}
