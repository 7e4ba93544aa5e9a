//! Self-evaluation forms of projects: funds, goal, indicators with target, actual, weight and score.

use super::amount::{Amount, Rate};
use super::books::Books;
use super::entity::Project;
use super::page::{Page, Table};

/// One indicator of a form.
struct Indicator {
    kind: &'static str,
    second: &'static str,
    third: &'static str,
    target: String,
    actual: String,
    weight: i64,
    score: i64,
    reason: &'static str,
}

/// The self-evaluation of a project for the year of `b`.
pub(crate) fn write(b: &Books, project: &Project) -> Page {
    let mut page = Page::default();
    let (year, entity) = (b.year, b.entity.name);
    page.heading(1, format!("{entity}{year}年度项目支出绩效自评报告"));
    page.heading(2, "一、项目概况");
    let funds = funds(b, project);
    page.para(format!(
        "{year}年度“{}”项目由{entity}组织实施，全年预算{}万元，全年执行{}万元，执行率{}。项目主要内容是{}。",
        project.name,
        funds.0,
        funds.1,
        Rate::of(funds.1, funds.0),
        project.deed
    ));
    page.heading(2, "二、绩效自评表");
    let indicators = indicators(year);
    page.table(form(b, project, &indicators));
    page.heading(2, "三、绩效自评结论");
    let (points, hundredths) = total(b, project, &indicators);
    page.para(format!(
        "对照绩效指标，“{}”项目{year}年度自评得分为{points}.{hundredths:02}分，评价等级为优。",
        project.name
    ));
    page.heading(2, "四、存在问题和改进措施");
    page.para("部分活动集中在下半年开展，上半年执行进度偏慢。下一步将提前制定活动计划，按季度调度资金执行进度。");
    page
}

/// Budget and execution of the whole year.
fn funds(b: &Books, project: &Project) -> (Amount, Amount) {
    let cost = Amount(project.cost + i64::from(b.year - 2021) * 100);
    let executed = Amount(cost.0 - cost.0 % 37 - 41);
    (cost, executed)
}

/// The score of the execution rate: ten points, hundredths.
fn execution_score((budget, executed): (Amount, Amount)) -> i64 {
    (Rate::of(executed, budget).0 + 5) / 10
}

fn total(b: &Books, project: &Project, indicators: &[Indicator]) -> (i64, i64) {
    let hundredths = execution_score(funds(b, project)) + indicators.iter().map(|i| i.score * 100).sum::<i64>();
    (hundredths / 100, hundredths % 100)
}

fn indicators(year: i32) -> Vec<Indicator> {
    let n = i64::from(year - 2020);
    let row = |kind, second, third, target: String, actual: String, weight| Indicator {
        kind,
        second,
        third,
        target,
        actual,
        weight,
        score: weight,
        reason: "",
    };
    let mut rows = vec![
        row("产出指标", "数量指标", "举办科普活动", format!("≥{}场", 30 + n), format!("{}场", 32 + n), 15),
        row(
            "产出指标",
            "数量指标",
            "服务群众",
            format!("≥{}人次", 12_000 + 500 * n),
            format!("{}人次", 12_640 + 510 * n),
            15,
        ),
        row("产出指标", "质量指标", "活动计划完成率", "≥95%".into(), "98%".into(), 10),
        row("产出指标", "时效指标", "活动按期完成率", "≥90%".into(), "86%".into(), 10),
        row("成本指标", "经济成本指标", "单场活动成本", "≤0.80万元".into(), "0.76万元".into(), 10),
        row("效益指标", "社会效益指标", "公民科学素质知晓率", "≥70%".into(), "74%".into(), 20),
        row("满意度指标", "服务对象满意度指标", "参加群众满意度", "≥90%".into(), "95%".into(), 10),
    ];
    let late = &mut rows[3];
    late.score = 9;
    late.reason = "两场进乡村活动因汛期推迟，已在次年一季度补办";
    rows
}

fn form(b: &Books, project: &Project, indicators: &[Indicator]) -> Table {
    let text = |t: &str| t.to_owned();
    let mut t = Table { title: format!("{}年度项目支出绩效自评表", b.year), unit: "", rows: Vec::new() };
    t.rows.push(vec![
        text("项目名称"),
        text(project.name),
        text("主管部门"),
        text(b.entity.name),
        text(""),
        text(""),
        text(""),
        text(""),
    ]);
    let head = |cells: [&str; 8]| cells.map(text).to_vec();
    t.rows.push(head(["资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分", ""]));
    let (budget, executed) = funds(b, project);
    let score = execution_score((budget, executed));
    let rate = Rate::of(executed, budget).to_string();
    let score = format!("{}.{:02}", score / 100, score % 100);
    let money = [budget.to_string(), budget.to_string(), executed.to_string()];
    t.rows.push([&["年度资金总额".to_owned()][..], &money, &["10".into(), rate, score, String::new()]].concat());
    t.rows.push(head([
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ]));
    for i in indicators {
        let cells = [text(i.kind), text(i.second), text(i.third), i.target.clone(), i.actual.clone()];
        t.rows.push([&cells[..], &[i.weight.to_string(), i.score.to_string(), text(i.reason)]].concat());
    }
    let (points, hundredths) = total(b, project, indicators);
    let sum = format!("{points}.{hundredths:02}");
    t.rows.push([&["总分", "", "", "", "", "100"].map(text)[..], &[sum, String::new()]].concat());
    t
}
