//! Target forms: recognises them among the document's tables and reads head, goals, indicators and scores. Columns are
//! found by their heads, rows of the head part by their labels; nothing depends on one province's layout.

mod facts;
mod head;
mod indicators;
mod rows;

use keqiao_document::{Block, Document, Table};
use keqiao_facts::{Report, TargetForm};
use keqiao_source::{Folded, Span};

use crate::Collector;
use head::Head;
use indicators::Columns;
use rows::{Row, rows};

/// All target forms; their numbers go to `facts` too.
pub(crate) fn forms(document: &Document, report: &Report, facts: &mut Collector) -> Vec<TargetForm> {
    let mut forms = Vec::new();
    for (i, block) in document.blocks.iter().enumerate() {
        let Block::Table(table) = block else { continue };
        let Some(rows) = rows(&document.text, table) else { continue };
        let above = headings(document, i, table);
        for part in split(&rows) {
            if let Some(mut form) = read(part, table) {
                name(&mut form, &above);
                facts::collect(&form, report, &document.text, facts);
                forms.push(form);
            }
        }
    }
    forms
}

/// A table that holds several forms is parted where a project's name comes again after indicators.
fn split(rows: &[Row]) -> Vec<&[Row]> {
    let (mut parts, mut from, mut indicators) = (Vec::new(), 0, false);
    for (i, row) in rows.iter().enumerate() {
        if indicators && row.filled().next().is_some_and(|c| c.text.starts_with("项目名称")) {
            parts.push(&rows[from..i]);
            (from, indicators) = (i, false);
        }
        indicators |= Columns::of(row).is_some();
    }
    parts.push(&rows[from..]);
    parts
}

/// Reads one form; `None` when the rows are no form.
fn read(rows: &[Row], table: &Table) -> Option<TargetForm> {
    let mut form = TargetForm { span: table.span, ..TargetForm::default() };
    let mut columns: Option<Columns> = None;
    let mut head = Head::default();
    for row in rows {
        if let Some(found) = Columns::of(row) {
            form.scored |= found.has_score();
            form.has_reason_column |= found.has_reason();
            columns = Some(found);
            continue;
        }
        if indicators::closing(row, columns.as_ref(), &mut form) {
            continue;
        }
        match &columns {
            Some(columns) => columns.read(row, &mut form),
            None => head.read(row, &mut form),
        }
    }
    columns?;
    // A list of indicators with neither targets nor scores (a menu, a definition) is no form.
    let alive = form.indicators.iter().any(|i| i.target.is_some() || i.actual.is_some() || i.score.is_some());
    alive.then_some(form)
}

/// Paragraphs right above the table, nearest first: its title, and the line that numbers it.
fn headings(document: &Document, at: usize, table: &Table) -> Vec<(String, Span)> {
    let fold = |span: Span| (Folded::new(span.of(&document.text), 0).text().to_owned(), span);
    let mut found: Vec<(String, Span)> = table.title.into_iter().map(fold).collect();
    for block in document.blocks[..at].iter().rev().take(4) {
        let Block::Paragraph(p) = block else { break };
        let (text, span) = fold(p.span);
        if text.ends_with('。') || text.chars().count() > 60 {
            break;
        }
        if found.iter().all(|f| f.1 != span) {
            found.push((text, span));
        }
    }
    found
}

/// Gives the form its heading, and its project's name where the form itself has none.
fn name(form: &mut TargetForm, above: &[(String, Span)]) {
    let Some((heading, span)) = above.iter().find(|(t, _)| is_heading(t)) else { return };
    form.heading.clone_from(heading);
    form.heading_span = Some(*span);
    form.heading_project = project_in(heading);
    if let Some(project) = form.heading_project.clone().filter(|_| form.project.is_empty()) {
        form.project = project;
        form.project_span = Some(*span);
    }
}

fn is_heading(text: &str) -> bool {
    ["自评", "绩效", "评价", "目标"].iter().any(|w| text.contains(w))
        && (text.contains('表') || text.contains("自评") || text.contains('（'))
}

/// `…自评（科普经费）`, `2023年度科普专项经费项目自评表`: the project that a heading names.
pub(crate) fn project_in(heading: &str) -> Option<String> {
    let dated = |s: &str| s.contains('年') && s.chars().count() < 9;
    if let Some(open) = heading.rfind('（') {
        let inner = heading[open + '（'.len_utf8()..].trim_end_matches('）');
        if heading.ends_with('）') && inner.chars().count() >= 3 && !dated(inner) && !inner.contains("单位") {
            return Some(inner.to_owned());
        }
    }
    let core = heading.split('（').next().unwrap_or(heading);
    let core =
        core.find("年度").or_else(|| core.find('年')).map_or(core, |y| &core[y..]).trim_start_matches(['年', '度']);
    let cut = ["绩效", "自评", "支出绩效"].iter().filter_map(|w| core.find(w)).min()?;
    let core = core[..cut].trim_end_matches("支出").trim_end_matches("项目").trim_end_matches("预算");
    let generic = ["", "部门", "整体", "部门整体", "单位", "单位整体", "财政", "市级", "县级", "区级", "部门预算"]
        .contains(&core);
    let named = ["经费", "资金", "费", "工程", "专项", "活动", "建设", "补助"].iter().any(|w| core.ends_with(w));
    (!generic && named && core.chars().count() >= 3).then(|| core.to_owned())
}

#[cfg(test)]
mod tests {
    use keqiao_document::Limits;
    use keqiao_facts::{Aspect, Report};

    fn extract(text: &str) -> Report {
        let read = keqiao_document::read("a.txt", text.as_bytes(), &Limits::default());
        crate::extract(&read.document.expect("text"))
    }

    #[test]
    fn a_short_form_by_labels_and_levels_filled_down() {
        let text = "\t项目绩效目标完成情况表\n(2020年度)\n\n\t项目名称\n\t科普经费\n\n\t预算执行情况(万元)\n\t预算数:\n\t10.5\n\t执行数:\n\t9\n\n\t\n\t其中-财政拨款:\n\t10.5\n\t其中-财政拨款:\n\t9\n\n\t年度目标\n\t预期目标\n\t实际完成目标\n\n\t\n\t办活动\n\t办了\n\n\t绩效指标\n\t一级指标\n\t二级指标\n\t三级指标\n\t预期指标值\n\t实际完成指标值\n\n\t\n\t完成指标\n\t数量指标\n\t资料\n\t≥1万册\n\t1.2万册\n\n\t\n\t\n\t\n\t活动\n\t3场\n\t4场\n";
        let report = extract(text);
        let [form] = &report.forms[..] else { panic!("one form") };
        assert_eq!(form.project, "科普经费");
        assert_eq!(form.amounts.len(), 2);
        assert_eq!(form.amounts[0].budget.as_ref().map(|v| v.0.show()), Some("10.5万元".into()));
        assert_eq!(form.goals.len(), 1);
        assert_eq!(form.indicators.len(), 2);
        assert_eq!(form.indicators[1].level2, "数量指标");
        assert_eq!(form.indicators[1].actual.as_ref().map(|c| c.text.as_str()), Some("4场"));
        let facts: Vec<_> = report.facts.iter().filter(|f| f.scope == "科普经费").collect();
        assert!(facts.iter().any(|f| f.aspect == Aspect::Target && f.value.show() == "1万册"));
        assert!(facts.iter().any(|f| f.aspect == Aspect::Actual && f.span.of(text) == "9"));
    }

    #[test]
    fn a_scored_form_in_columns() {
        let text = "2022年项目支出绩效自评表\n项目名称\t活动经费\t主管部门\t县科协\n资金（万元）\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n年度资金总额\t50.00\t52.00\t49.88\t10\t95.92%\t9.59\n其他资金\t0.00\t0.00\t0.00\t—\t—\t—\n年度总体目标\t预期目标：开展活动\t实际完成情况：开展34场\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施\n产出指标\t数量指标\t活动\t≥30场\t34场\t50\t50\t\n满意度指标\t满意度\t群众\t≥90%\t96%\t40\t40\t无\n总分\t\t\t\t\t100\t99.59\t\n";
        let report = extract(text);
        let [form] = &report.forms[..] else { panic!("one form") };
        assert!(form.scored && form.has_reason_column);
        let total = &form.amounts[0];
        assert_eq!(total.budget.as_ref().map(|v| v.0.show()), Some("52.00万元".into()));
        assert_eq!(total.rate.map(|r| r.0.to_string()), Some("95.92".into()));
        assert_eq!(total.weight.map(|r| r.0.to_string()), Some("10".into()));
        assert_eq!(form.total.map(|t| t.0.to_string()), Some("99.59".into()));
        assert_eq!(form.total_weight.map(|t| t.0.to_string()), Some("100".into()));
        assert_eq!(form.goals[0].actual.as_ref().map(|c| c.text.as_str()), Some("开展34场"));
    }

    #[test]
    fn headings_name_projects() {
        for (heading, project) in [
            ("2021年部门预算项目绩效目标自评（科普经费）", Some("科普经费")),
            ("2023年度科普专项经费项目自评表", Some("科普专项经费")),
            ("项目绩效目标完成情况表（2019年度）", None),
            ("2022年部门整体支出绩效自评表", None),
        ] {
            assert_eq!(super::project_in(heading).as_deref(), project, "{heading}");
        }
    }
}
