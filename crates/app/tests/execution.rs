//! Money that was really booked, as the lights of the budget (PR-32), the lights of goals measured by the ledger (PR-33) and the points for
//! execution (PR-20) see it: worked numbers from the file to the page.

use std::collections::HashMap;

use keqiao_accounts::UnitKind;
use keqiao_app::fixture::TestCtx;
use keqiao_app::money::import::{self, Target};
use keqiao_app::performance::evaluation;
use keqiao_app::performance::{self, IndicatorForm, TargetForm, TargetView};
use keqiao_app::year;
use keqiao_base::{Fen, Kind, ProjectId, TargetId, UnitId};
use keqiao_performance::light::Light;
use keqiao_performance::{Indicator, Level2, Measure, Operator, Tree};
use keqiao_store::money::BookList;

use crate::performance::{officer, reviewer};
use crate::year::{COUNTY, finance, project, refused, unit};

/// 48,000 yuan for the year: 50,000, and 2,000 taken off.
const BUDGET: &str = "功能科目,经济科目,项目,年初预算,调整数,依据文号\n2060702,,P01,50000,-2000,云财预〔2026〕3号\n";
const HEAD: &str = "凭证日期,凭证号,功能科目,经济科目,项目,借方金额,贷方金额\n";

async fn booked(ctx: &TestCtx, unit: UnitId, list: BookList, text: &str) {
    let file = ctx.files.put(&*ctx.entropy, text.as_bytes()).await.unwrap();
    let region = COUNTY.parse().unwrap();
    let target = Target { list, region, year: 2026, unit, source: "某财务软件".into() };
    let id = import::begin(ctx, &finance(), &target, "账.csv", &file).await.unwrap();
    import::choose(ctx, &finance(), id, 1, &HashMap::new(), None).await.unwrap();
    import::run(ctx, &finance(), id, 2).await.unwrap();
}

fn form(project: ProjectId) -> TargetForm {
    let i = |level2, name: &str, operator, lower: i64, unit: &str, weight: i64| {
        Indicator::new(level2, name, operator, lower.into(), unit, weight.into())
    };
    let mut printed = i(Level2::Quantity, "资料印制支出", Operator::AtLeast, 12_000, "元", 25);
    printed.measure = Measure::Ledger { project: Some(project), function: None, economic: Some("30202".into()) };
    let mut ceiling = i(Level2::OutputCost, "活动支出上限", Operator::AtMost, 48_000, "元", 25);
    ceiling.measure = Measure::Ledger { project: Some(project), function: None, economic: None };
    let mut known = i(Level2::SocialBenefit, "科普知晓率", Operator::AtLeast, 80, "%", 30);
    known.measure = Measure::Statement;
    let mut served = i(Level2::Served, "群众满意度", Operator::AtLeast, 90, "%", 10);
    served.measure = Measure::Satisfaction { project: None };
    let plain = |indicator| IndicatorForm { id: None, indicator, milestones: Vec::new() };
    TargetForm {
        name: "科普活动".into(),
        is_new: false,
        owner: None,
        description: "印制科普资料，举办科普活动".into(),
        goal: "全年印制科普资料并发放，举办科普活动".into(),
        budget: Fen::new(5_000_000),
        tree: Tree::Standard,
        profile: "mof-2020".into(),
        indicators: [printed, ceiling, known, served].map(plain).to_vec(),
    }
}

async fn set_up() -> (TestCtx, UnitId, TargetId) {
    let ctx = TestCtx::new().await.unwrap();
    let region = COUNTY.parse().unwrap();
    let office = unit(&ctx, "云汀县科学技术协会", UnitKind::Modelled).await;
    let of = year::make_project(&ctx, &finance(), region, 2026, &project(office, "P01")).await.unwrap();
    year::open(&ctx, &finance(), region, 2026).await.unwrap();
    let id = performance::begin(&ctx, &officer(), region, 2026, Some(of), "mof-2020").await.unwrap();
    performance::save(&ctx, &officer(), id, 0, &form(of)).await.unwrap();
    performance::submit(&ctx, &officer(), id, 1).await.unwrap();
    performance::review(&ctx, &reviewer(), id, 2, true, "").await.unwrap();
    (ctx, office, id)
}

async fn at(ctx: &TestCtx, month: u8) -> TargetView {
    let region = COUNTY.parse().unwrap();
    performance::monitoring(ctx, &officer(), region, 2026, month, false).await.unwrap().targets.remove(0)
}

#[tokio::test]
async fn the_lights_of_a_budget_follow_what_was_booked() {
    let (ctx, office, _) = set_up().await;
    assert_eq!(at(&ctx, 2).await.money.budget, Fen::new(5_000_000), "no budget was booked: the target says it");
    booked(&ctx, office, BookList::Budget, BUDGET).await;
    let rows = "2026-01-09,记-1,2060702,30202,P01,5000,\n2026-02-11,记-2,2060702,30201,P01,,200.50\n";
    booked(&ctx, office, BookList::Ledger, &format!("{HEAD}{rows}")).await;
    // 4,799.50 of 48,000 after two months: 4,799.50 × 1,200 ÷ (48,000 × 2) = 59.99 %, red.
    let two = at(&ctx, 2).await;
    assert_eq!((two.money.budget, two.money.executed), (Fen::new(4_800_000), Fen::new(479_950)));
    assert_eq!((two.money.pace.map(|p| p.round_dp(2)), two.money.light), ("59.99".parse().ok(), Some(Light::Red)));
    // Half a yuan more is 60 % to the fen: yellow. Without February's refund January stands at 125 %: green.
    booked(&ctx, office, BookList::Ledger, &format!("{HEAD}2026-02-20,记-3,2060702,30201,P01,0.5,\n")).await;
    let two = at(&ctx, 2).await;
    assert_eq!((two.money.pace, two.money.light), (Some(60.into()), Some(Light::Yellow)));
    let one = at(&ctx, 1).await;
    assert_eq!((one.money.pace, one.money.light), (Some(125.into()), Some(Light::Green)));
    // A basic line and a line of another code are not of the goal: 5,000 of 12,000 × 2 ÷ 12 is 250 %.
    let goal = &two.goals[0];
    assert_eq!((goal.actual, goal.rows), (Some(5_000.into()), 1));
    assert_eq!(goal.progress.and_then(|p| p.percent), Some(250.into()));
    let by_may = at(&ctx, 12).await;
    assert_eq!(by_may.goals[0].light, Some(Light::Red), "5,000 of 12,000: 41.67 %");
    assert_eq!(two.goals[1].light, Some(Light::Green), "a ceiling that the pace keeps");
    assert_eq!(by_may.money.light, Some(Light::Red), "10 % of the year's money");
}

#[tokio::test]
async fn the_points_for_execution_come_from_the_ledger_and_the_adjusted_budget() {
    let (ctx, office, id) = set_up().await;
    booked(&ctx, office, BookList::Budget, BUDGET).await;
    let rows = "2026-01-09,记-1,2060702,30202,P01,12000,\n2026-02-11,记-2,2060702,30201,P01,30950.40,\n";
    booked(&ctx, office, BookList::Ledger, &format!("{HEAD}{rows}")).await;
    let made = evaluation::begin_self(&ctx, &officer(), id).await.unwrap();
    let shown = evaluation::evaluation(&ctx, &officer(), made).await.unwrap();
    let money = shown.money.fiscal;
    assert_eq!(
        (money.initial.get(), money.budget.get(), money.executed.get()),
        (5_000_000, 4_800_000, 4_295_040),
        "initial, adjusted, executed"
    );
    // 42,950.40 of 48,000 is 89.48 %: 10 × 0.89480 = 8.948, half up 8.95; under 90 % a reason is asked for.
    assert_eq!(shown.record.execution_score, 89_500);
    assert!(shown.objections.iter().any(|o| o.code == "reason.execution"), "{:?}", shown.objections);
    // 12,000 of 12,000 in full; 42,950.40 under the ceiling of 48,000 in full.
    assert_eq!((shown.rows[0].row.score, shown.rows[1].row.score), (Some(250_000), Some(250_000)));
    // 300 more are 90.1 %: 9.01, and no reason.
    booked(&ctx, office, BookList::Ledger, &format!("{HEAD}2026-03-01,记-4,2060702,30201,P01,300,\n")).await;
    evaluation::refill(&ctx, &officer(), made, shown.record.revision).await.unwrap();
    let shown = evaluation::evaluation(&ctx, &officer(), made).await.unwrap();
    assert_eq!(shown.record.execution_score, 90_100);
    assert!(shown.objections.iter().all(|o| o.code != "reason.execution"));
}

#[tokio::test]
async fn the_same_budget_goes_in_once() {
    let (ctx, office, _) = set_up().await;
    booked(&ctx, office, BookList::Budget, BUDGET).await;
    let file = ctx.files.put(&*ctx.entropy, BUDGET.as_bytes()).await.unwrap();
    let region = COUNTY.parse().unwrap();
    let target = Target { list: BookList::Budget, region, year: 2026, unit: office, source: String::new() };
    let id = import::begin(&ctx, &finance(), &target, "再来.csv", &file).await.unwrap();
    import::choose(&ctx, &finance(), id, 1, &HashMap::new(), None).await.unwrap();
    let found = import::load(&ctx, &finance(), id).await.unwrap();
    let report: import::Report = serde_json::from_str(&found.report).unwrap();
    let said: Vec<_> = report.notes.iter().filter(|n| n.error).map(|n| (n.row, n.key.as_str())).collect();
    assert_eq!(said, [(2, "amount"), (2, "adjusted")]);
    assert_eq!(refused(import::run(&ctx, &finance(), id, 2).await), (Kind::Invalid, "money.unbalanced"));
    // Another adjustment of the same code, by another document, is another line.
    let more = "功能科目,经济科目,项目,年初预算,调整数,依据文号\n2060702,,P01,,-2000,云财预〔2026〕9号\n";
    booked(&ctx, office, BookList::Budget, more).await;
    assert_eq!(at(&ctx, 2).await.money.budget, Fen::new(4_600_000));
    // What was only looked at is thrown away by whoever began it, and by nobody else.
    let colleague = crate::year::actor(77, keqiao_access::StaffRole::Finance, COUNTY);
    assert_eq!(refused(import::discard(&ctx, &colleague, id, 2).await).0, Kind::Forbidden);
    assert_eq!(refused(import::discard(&ctx, &finance(), id, 1).await), (Kind::Conflict, "import.past"));
    import::discard(&ctx, &finance(), id, 2).await.unwrap();
    assert_eq!(refused(import::load(&ctx, &finance(), id).await).0, Kind::NotFound);
}

#[tokio::test]
async fn no_target_is_left_out_however_many_there_are() {
    let (ctx, office, _) = set_up().await;
    let region = COUNTY.parse().unwrap();
    for n in 0..205 {
        let form = year::ProjectForm { name: format!("项目{n:03}"), ..project(office, &format!("Q{n:03}")) };
        let of = year::make_project(&ctx, &finance(), region, 2026, &form).await.unwrap();
        performance::begin(&ctx, &officer(), region, 2026, Some(of), "mof-2020").await.unwrap();
    }
    let seen = performance::monitoring(&ctx, &officer(), region, 2026, 2, false).await.unwrap();
    assert_eq!(seen.targets.len(), 206);
    assert_eq!(performance::targets_of(&ctx, &officer(), region, 2026).await.unwrap().len(), 206);
}
