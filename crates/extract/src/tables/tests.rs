//! Tables built by hand, as the readers hand them over.

use keqiao_document::{Block, Cell, Document, Format, Paragraph, Table, TextBuilder};
use keqiao_facts::{Aspect, Measure, PublicKind, Report};
use keqiao_quantity::Kind;

use crate::Collector;

/// A document of paragraphs above one table; `→` in a cell covers the cell on its left, `↓` the cell above.
fn document(above: &[&str], rows: &[&[&str]]) -> Document {
    let mut text = TextBuilder::default();
    let mut blocks = Vec::new();
    for p in above {
        blocks.push(Block::Paragraph(Paragraph { span: text.push(p), page: None, heading: None }));
        text.separate('\n');
    }
    let mut cells: Vec<Cell> = Vec::new();
    for (r, row) in rows.iter().enumerate() {
        for (c, words) in row.iter().enumerate() {
            let (r, c) = (r as u32, c as u32);
            match *words {
                "→" => {
                    let left = cells.iter_mut().rev().find(|l| l.row == r).expect("a cell on the left");
                    left.column_span += 1;
                }
                "↓" => {
                    if let Some(above) = cells.iter_mut().find(|a| a.column == c && a.row + a.row_span == r) {
                        above.row_span += 1;
                    }
                }
                words => {
                    cells.push(Cell {
                        row: r,
                        column: c,
                        row_span: 1,
                        column_span: 1,
                        span: text.push(words),
                        page: None,
                    });
                    text.separate('\t');
                }
            }
        }
        text.separate('\n');
    }
    let table = Table { rows: rows.len() as u32, columns: rows[0].len() as u32, cells, ..Table::default() };
    blocks.push(Block::Table(table));
    Document { name: "t".into(), format: Format::Docx, text: text.finish(), blocks, pages: None }
}

fn read(document: &Document) -> Report {
    let mut report = Report { text: document.text.clone(), ..Report::default() };
    report.identity.fiscal_year = Some(2024);
    let mut facts = Collector::default();
    report.tables = super::tables(document, &report, &mut facts);
    report.facts = facts.finish();
    report
}

fn stated(report: &Report, measure: Measure, scope: &str) -> Vec<String> {
    report.facts.iter().filter(|f| f.measure == Some(measure) && f.scope == scope).map(|f| f.value.show()).collect()
}

#[test]
fn overall_table_comes_apart_in_two_halves() {
    let report = read(&document(
        &["收入支出决算总表", "单位：万元"],
        &[
            &["收入", "→", "支出", "→"],
            &["项目", "决算数", "项目", "决算数"],
            &["一、一般公共预算财政拨款收入", "1,200.00", "一、科学技术支出", "1,100.50"],
            &["八、其他收入", "3.00", "八、社会保障和就业支出", ""],
            &["本年收入合计", "1,203.00", "本年支出合计", "1,100.50"],
            &["总 计", "1,203.00", "总 计", "1,203.00"],
        ],
    ));
    assert_eq!(report.tables.len(), 2);
    let (left, right) = (&report.tables[0], &report.tables[1]);
    assert_eq!((left.kind, left.half, right.half), (Some(PublicKind::Overall), 0, 1));
    assert_eq!(left.columns[0].name, "决算数");
    assert_eq!(left.rows[0].label, "一般公共预算财政拨款收入");
    assert_eq!(report.words(left.rows[0].label_span.expect("a label")), "一般公共预算财政拨款收入");
    assert_eq!(right.rows[3].label, "总计");
    assert_eq!(stated(&report, Measure::GeneralIncome, ""), ["1200.00万元"]);
    assert_eq!(stated(&report, Measure::FunctionAllFunds, "206"), ["1100.50万元"]);
    assert_eq!(stated(&report, Measure::Total, ""), ["1203.00万元", "1203.00万元"]);
}

#[test]
fn codes_in_three_columns_are_joined() {
    let report = read(&document(
        &["收入决算表"],
        &[
            &["公开02表", "→", "→", "→", "→", "→", "→"],
            &["金额单位：万元", "→", "→", "→", "→", "→", "→"],
            &["项目", "→", "→", "→", "本年收入合计", "财政拨款收入", "其他收入"],
            &["功能分类科目编码", "→", "→", "科目名称", "↓", "↓", "↓"],
            &["类", "款", "项", "栏次", "1", "2", "3"],
            &["", "", "", "合计", "12.00", "11.00", "1.00"],
            &["206", "", "", "科学技术支出", "12.00", "11.00", "1.00"],
            &["206", "07", "", "科学技术普及", "12.00", "11.00", "1.00"],
            &["206", "07", "02", "科普活动", "12.00", "11.00", "1.00"],
        ],
    ));
    let table = &report.tables[0];
    assert_eq!(table.kind, Some(PublicKind::Income));
    assert_eq!(
        table.columns.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(),
        ["本年收入合计", "财政拨款收入", "其他收入"]
    );
    assert_eq!(
        table.rows.iter().map(|r| r.code.as_ref().map_or("", |c| c.0.as_str())).collect::<Vec<_>>(),
        ["", "206", "20607", "2060702"]
    );
    assert_eq!(table.rows[0].label, "合计");
    assert_eq!(stated(&report, Measure::FunctionIncome, "2060702"), ["12.00万元"]);
    assert_eq!(stated(&report, Measure::FiscalIncome, ""), ["11.00万元"]);
}

#[test]
fn economic_codes_side_by_side_come_apart() {
    let report = read(&document(
        &["一般公共预算财政拨款基本支出决算表", "单位：元"],
        &[
            &["科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数"],
            &["301", "工资福利支出", "80.00", "302", "商品和服务支出", "9.00"],
            &["30101", "基本工资", "80.00", "30201", "办公费", "9.00"],
            &["人员经费合计", "→", "80.00", "公用经费合计", "→", "9.00"],
        ],
    ));
    assert_eq!(report.tables.len(), 2);
    assert_eq!(report.tables[1].rows[1].code.as_ref().map(|c| c.0.as_str()), Some("30201"));
    assert_eq!(stated(&report, Measure::StaffCost, ""), ["80.00元"]);
    assert_eq!(stated(&report, Measure::PublicCost, ""), ["9.00元"]);
    assert_eq!(stated(&report, Measure::EconomicExpenditure, "30201"), ["9.00元"]);
}

#[test]
fn heads_of_several_levels_name_the_columns_of_three_public() {
    let report = read(&document(
        &["财政拨款“三公”经费支出决算表", "单位：万元"],
        &[
            &["财政拨款“三公”经费", "→", "→", "→", "→", "→"],
            &["合计", "→", "公务用车购置及运行费", "→", "→", "→"],
            &["↓", "↓", "小计", "→", "公务用车运行费", "→"],
            &["预算数", "决算数", "预算数", "决算数", "预算数", "决算数"],
            &["0.95", "", "0.95", "0.50", "0.95", "0.50"],
        ],
    ));
    let table = &report.tables[0];
    assert_eq!(table.columns[0].name, "合计·预算数");
    assert_eq!(table.columns[3].name, "公务用车购置及运行费·小计·决算数");
    let fact = report
        .facts
        .iter()
        .find(|f| f.measure == Some(Measure::Vehicles) && f.aspect == Aspect::Actual)
        .expect("a fact");
    assert_eq!(fact.value.show(), "0.50万元");
    assert_eq!(stated(&report, Measure::ThreePublic, ""), ["0.95万元"]);
}

#[test]
fn free_tables_keep_units_percent_and_aspects() {
    let report = read(&document(
        &["预算收支具体情况见下表："],
        &[
            &["代码", "科目名称", "财政拨款本年收入（元）", "占总收入百分比"],
            &["2060702", "科普活动", "1,279,964.59", " 19.34 "],
            &["", "合计", "6,616,402.69", "100.00"],
        ],
    ));
    let table = &report.tables[0];
    assert_eq!((table.kind, table.columns[0].name.as_str()), (None, "财政拨款本年收入"));
    let percent = report.facts.iter().find(|f| f.value.kind() == Kind::Percent).expect("a percent");
    assert_eq!(report.words(percent.span), "19.34");
    let report = read(&document(
        &[],
        &[
            &["项目", "年初预算数", "调整预算数", "支出决算数", "说明"],
            &["一、基本支出", "4,700.00", "4,800.00", "4,790.00", "追加人员经费100元"],
            &["合计", "4,700.00", "4,800.00", "4,790.00", ""],
        ],
    ));
    let aspects: Vec<Aspect> =
        report.facts.iter().filter(|f| f.measure == Some(Measure::BasicExpenditure)).map(|f| f.aspect).collect();
    assert_eq!(aspects, [Aspect::InitialBudget, Aspect::Budget, Aspect::Actual]);
}

#[test]
fn target_forms_are_left_to_their_own_reader() {
    let report = read(&document(&[], &[&["一级指标", "三级指标", "分值"], &["产出指标", "举办活动", "10"]]));
    assert!(report.tables.is_empty());
}

#[test]
fn numbered_rows_of_the_ministry_form_are_no_amounts() {
    let report = read(&document(
        &["收入支出决算总表"],
        &[
            &["公开01表", "→", "→", "→", "→", "→"],
            &["部门：某某局", "→", "→", "金额单位：万元", "→", "→"],
            &["收入", "→", "→", "支出", "→", "→"],
            &["项目", "行次", "金额", "项目", "行次", "金额"],
            &["栏次", "", "1", "栏次", "", "2"],
            &["一、一般公共预算财政拨款收入", "1", "120.00", "一、科学技术支出", "31", "110.00"],
            &["本年收入合计", "27", "120.00", "本年支出合计", "57", "110.00"],
            &["年初结转和结余", "29", "5.00", "年末结转和结余", "59", "15.00"],
            &["总计", "30", "125.00", "总计", "60", "125.00"],
            &["注：本表反映部门本年度的总收支和年末结转结余情况。", "→", "→", "→", "→", "→"],
        ],
    ));
    assert_eq!(report.tables.len(), 2);
    assert_eq!(report.tables[0].unit.as_ref().map(|u| u.name.as_str()), Some("万元"));
    assert_eq!(report.tables[1].rows[0].cells.len(), 1);
    assert_eq!(stated(&report, Measure::CarryOut, ""), ["15.00万元"]);
    assert_eq!(stated(&report, Measure::YearIncome, ""), ["120.00万元"]);
}

#[test]
fn budget_and_actual_over_the_items_of_three_public() {
    let report = read(&document(
        &["财政拨款“三公”经费支出决算表", "单位：万元"],
        &[
            &["预算数", "→", "→", "→", "→", "→", "决算数", "→", "→", "→", "→", "→"],
            &[
                "合计",
                "因公出国（境）费",
                "公务用车购置及运行费",
                "→",
                "→",
                "公务接待费",
                "合计",
                "因公出国（境）费",
                "公务用车购置及运行费",
                "→",
                "→",
                "公务接待费",
            ],
            &[
                "↓",
                "↓",
                "小计",
                "公务用车购置费",
                "公务用车运行费",
                "↓",
                "↓",
                "↓",
                "小计",
                "公务用车购置费",
                "公务用车运行费",
                "↓",
            ],
            &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"],
            &["9.00", "", "6.00", "", "6.00", "3.00", "7.00", "", "5.00", "", "5.00", "2.00"],
        ],
    ));
    let of = |m, a| {
        report
            .facts
            .iter()
            .filter(|f| f.measure == Some(m) && f.aspect == a)
            .map(|f| f.value.show())
            .collect::<Vec<_>>()
    };
    assert_eq!(of(Measure::ThreePublic, Aspect::Actual), ["7.00万元"]);
    assert_eq!(of(Measure::Vehicles, Aspect::Budget), ["6.00万元"]);
    assert_eq!(of(Measure::VehicleRunning, Aspect::Actual), ["5.00万元"]);
    assert_eq!(of(Measure::Reception, Aspect::Budget), ["3.00万元"]);
}

#[test]
fn tables_of_any_shape_are_read_without_panic() {
    for rows in [
        &[&[""][..]][..],
        &[&["1"]],
        &[&["合计", "1", "2"], &["", "", ""]],
        &[&["201", "06", "x"], &["→x", "12%", "-"]],
    ] {
        let _ = read(&document(&["表"], rows));
    }
    let mut odd = document(&[], &[&["项目", "金额"], &["合计", "5.00"]]);
    if let Some(Block::Table(t)) = odd.blocks.last_mut() {
        t.cells.push(Cell {
            row: 90,
            column: 90,
            row_span: u32::MAX,
            column_span: u32::MAX,
            span: t.cells[0].span,
            page: None,
        });
        t.header_rows = 70;
    }
    let _ = read(&odd);
}
