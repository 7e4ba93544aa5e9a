//! Spreadsheet: the ledger of corrections (整改台账) that an office works through, the facts, and the printed tables.
//! Only rows are kept of each document.

use std::io::{self, Write};

use keqiao_diag::{Finding, Mark, Role};
use keqiao_document::Block;
use keqiao_extract::{printed_rows, table_name};
use keqiao_i18n::{Fixed, Lang};
use keqiao_quantity::{Decimal, Printed};
use rust_xlsxwriter::{Workbook, XlsxError};

use crate::checked::{Checked, Content, Tally};
use crate::render::Render;
use crate::render::facts::{aspect_word, bound_sign, direction_word, in_order};
use crate::render::json::View;
use crate::render::place;
use crate::render::sheet::{Cell, Head, Row, head, number, sheets, words, year};
use crate::wording;

const LEDGER: &[Head] = &[
    head("序号", "No.", 6.0),
    head("文件", "File", 24.0),
    head("单位", "Body", 24.0),
    head("年度", "Year", 7.0),
    head("级别", "Level", 7.0),
    head("规则", "Rule", 9.0),
    head("问题", "Finding", 48.0),
    head("所写", "Stated", 14.0),
    head("应为", "Computed", 14.0),
    head("位置", "Place", 22.0),
    head("原文", "Text", 40.0),
    head("建议", "Advice", 36.0),
    head("责任人", "Responsible", 10.0),
    head("整改期限", "Due", 11.0),
    head("整改情况", "What was done", 24.0),
];

const FACTS: &[Head] = &[
    head("文件", "File", 24.0),
    head("单位", "Body", 24.0),
    head("报告年度", "Report of", 9.0),
    head("指标", "Measure", 24.0),
    head("名称", "Label", 30.0),
    head("范围", "Scope", 24.0),
    head("年度", "Year", 7.0),
    head("比较年度", "Against", 9.0),
    head("口径", "Aspect", 10.0),
    head("方向", "Direction", 9.0),
    head("限定", "Bound", 7.0),
    head("数值", "Value", 14.0),
    head("上限", "Upper", 12.0),
    head("计量单位", "Unit", 10.0),
    head("约数", "Approx.", 7.0),
    head("位置", "Place", 22.0),
    head("原文", "Text", 40.0),
];

/// The renderer.
#[derive(Debug)]
pub struct Xlsx {
    lang: Lang,
    view: View,
    ledger: Vec<Row>,
    facts: Vec<Row>,
    tables: Vec<Row>,
}

/// The rows of one document.
#[derive(Debug, Default)]
pub struct Rows {
    ledger: Vec<Row>,
    facts: Vec<Row>,
    tables: Vec<Row>,
}

impl Xlsx {
    /// A renderer for one of the two commands: `check` brings the ledger, `extract` the tables.
    pub fn new(view: View, lang: Lang) -> Xlsx {
        Xlsx { lang, view, ledger: Vec::new(), facts: Vec::new(), tables: Vec::new() }
    }

    fn ledger_row(&self, checked: &Checked, content: &Content, finding: &Finding, done: String) -> Row {
        let lang = self.lang;
        let quotes = |role: Role| {
            let of = finding.marks.iter().filter(move |m: &&Mark| m.role == role);
            of.map(|m| place::quote(content, *m)).collect::<Vec<_>>()
        };
        let mut quoted = quotes(Role::Primary).join("；");
        let against = quotes(Role::Secondary);
        if !against.is_empty() {
            let label = Fixed { zh: "对照：", en: "compare: " }.get(lang);
            quoted = format!("{quoted}\n{label}{}", against.join("；"));
        }
        let place = content.places.of(finding.primary());
        let lines = place.line.map_or(String::new(), |l| match lang {
            Lang::Zh => format!("（文件第{l}行）"),
            Lang::En => format!(" (line {l})"),
        });
        vec![
            Cell::Blank,
            words(&checked.file),
            entity(content),
            year(content.report.identity.fiscal_year),
            words(wording::level(finding.level).get(lang)),
            words(&finding.code),
            words(finding.message.get(lang)),
            words(finding.stated.as_deref().unwrap_or("")),
            words(finding.computed.as_deref().unwrap_or("")),
            words(&format!("{}{lines}", place::words(&place, lang))),
            words(&quoted),
            words(finding.advice.get(lang)),
            Cell::Blank,
            Cell::Blank,
            words(&done),
        ]
    }

    fn unread_row(&self, checked: &Checked) -> Row {
        let message = checked.problems.first().map_or("", |p| p.message.get(self.lang));
        let mut row = vec![Cell::Blank; LEDGER.len()];
        row[1] = words(&checked.file);
        row[4] = words(Fixed { zh: "不能读取", en: "cannot be read" }.get(self.lang));
        row[6] = words(message);
        row
    }

    fn fact_rows(&self, checked: &Checked, content: &Content) -> Vec<Row> {
        let lang = self.lang;
        let row = |f: &keqiao_facts::Fact| {
            let measure = f.measure.map_or("", |m| Fixed { zh: m.zh(), en: m.en() }.get(lang));
            vec![
                words(&checked.file),
                entity(content),
                year(content.report.identity.fiscal_year),
                words(measure),
                words(&f.label),
                words(&f.scope),
                year(f.year),
                year(f.base_year),
                words(aspect_word(f.aspect, lang)),
                words(f.direction.map_or("", |d| direction_word(d, lang))),
                words(f.value.bound.map_or("", bound_sign)),
                number(f.value.printed),
                f.value.upper.map_or(Cell::Blank, number),
                words(&f.value.unit.name),
                words(if f.value.approx { Fixed { zh: "约", en: "yes" }.get(lang) } else { "" }),
                words(&place::words(&content.places.of(f.span), lang)),
                words(&place::quote(content, Mark { role: Role::Primary, span: f.clause })),
            ]
        };
        in_order(content).into_iter().map(row).collect()
    }
}

impl Render for Xlsx {
    type Part = Rows;

    fn part(&self, _ordinal: usize, checked: &Checked) -> Rows {
        let mut rows = Rows::default();
        let Some(content) = &checked.content else {
            rows.ledger.push(self.unread_row(checked));
            return rows;
        };
        let stand = checked.findings.iter().map(|f| self.ledger_row(checked, content, f, String::new()));
        let answered = checked.suppressed.iter().map(|s| {
            let done = match self.lang {
                Lang::Zh => format!("已说明：{}（{}）", s.reason, s.by),
                Lang::En => format!("suppressed: {} ({})", s.reason, s.by),
            };
            self.ledger_row(checked, content, &s.finding, done)
        });
        rows.ledger.extend(stand.chain(answered));
        rows.facts = self.fact_rows(checked, content);
        if self.view == View::Extract {
            rows.tables = table_rows(checked, content);
        }
        rows
    }

    fn take(&mut self, part: Rows, _out: &mut dyn Write) -> io::Result<()> {
        self.ledger.extend(part.ledger);
        self.facts.extend(part.facts);
        self.tables.extend(part.tables);
        Ok(())
    }

    fn finish(mut self, _total: &Tally, out: &mut dyn Write) -> io::Result<()> {
        let mut book = Workbook::new();
        self.fill(&mut book).map_err(io::Error::other)?;
        out.write_all(&book.save_to_buffer().map_err(io::Error::other)?)
    }
}

impl Xlsx {
    fn fill(&mut self, book: &mut Workbook) -> Result<(), XlsxError> {
        let name = |zh, en| Fixed { zh, en }.get(self.lang);
        if self.view == View::Check {
            for (n, row) in self.ledger.iter_mut().enumerate() {
                row[0] = Cell::Number(Decimal::from(n + 1));
            }
            sheets(book, name("整改台账", "Corrections"), LEDGER, &self.ledger, self.lang)?;
        }
        sheets(book, name("数据", "Facts"), FACTS, &self.facts, self.lang)?;
        if self.view == View::Extract {
            sheets(book, name("表格", "Tables"), &[], &self.tables, self.lang)?;
        }
        Ok(())
    }
}

fn table_rows(checked: &Checked, content: &Content) -> Vec<Row> {
    let mut rows = Vec::new();
    for block in &content.document.blocks {
        let Block::Table(table) = block else { continue };
        rows.push(vec![words(&table_name(table, &content.document.text)), words(&checked.file)]);
        for row in printed_rows(table, &content.document.text) {
            let cell = |w: &String| Printed::parse(w).filter(|_| !leading_zero(w)).map_or_else(|| words(w), number);
            rows.push(row.iter().map(cell).collect());
        }
        rows.push(Vec::new());
    }
    rows
}

/// Codes such as 01 are words.
fn leading_zero(words: &str) -> bool {
    words.len() > 1 && words.starts_with('0') && !words.starts_with("0.")
}

fn entity(content: &Content) -> Cell {
    words(content.report.identity.entity.as_ref().map_or("", |e| e.0.as_str()))
}
