//! The books: imports that balance and those that do not, statements, public tables, years that follow each other.

use std::collections::HashMap;

use keqiao_accounts::checks::Verdict;
use keqiao_accounts::rounding::Rounding;
use keqiao_accounts::{TableKind, TableSet, UnitKind};
use keqiao_app::fixture::TestCtx;
use keqiao_app::money::import::{self, Report, State, Target};
use keqiao_app::money::{self, AskedTables, LedgerFilter, LedgerSort, MoneyFilter, StatementKind};
use keqiao_app::{AppResult, year};
use keqiao_base::{BookImportId, Fen, Kind, UnitId};
use keqiao_store::PageRequest;
use keqiao_store::money::{BookList, measure};
use serde_json::json;

use crate::year::{COUNTY, actor, finance, leader, project, refused, unit};

const HEAD: &str = "某单位支出明细账,,,,,,\n凭证日期,凭证号,功能科目,经济科目,项目,资金性质,借方金额,贷方金额,摘要\n";
const GOOD: &str = "2025-01-05,记-1,2060101,30101,,一般公共预算,80000.00,,工资
2025-01-05,记-1,2060101,30201,,一般公共预算,\"1,200.50\",,办公用品
2025-02-11,记-1,2060702 科普活动,30201,P01,,5000,,科普日
2025-02-12,记-2,2060702,30217,P01,,,200.50,退餐费
";

async fn set_up() -> (TestCtx, UnitId) {
    let ctx = TestCtx::new().await.unwrap();
    let office = unit(&ctx, "云汀县科学技术协会", UnitKind::Modelled).await;
    year::make_project(&ctx, &finance(), region(), 2025, &project(office, "P01")).await.unwrap();
    year::open(&ctx, &finance(), region(), 2025).await.unwrap();
    (ctx, office)
}

fn region() -> keqiao_access::RegionCode {
    COUNTY.parse().unwrap()
}

async fn begun(ctx: &TestCtx, unit: UnitId, list: BookList, text: &str) -> AppResult<BookImportId> {
    let file = ctx.files.put(&*ctx.entropy, text.as_bytes()).await.unwrap();
    let target = Target { list, region: region(), year: 2025, unit, source: "某财务软件".into() };
    import::begin(ctx, &finance(), &target, "明细账.csv", &file).await
}

async fn inspected(ctx: &TestCtx, unit: UnitId, text: &str, control: Option<Fen>) -> (BookImportId, Report) {
    let id = begun(ctx, unit, BookList::Ledger, text).await.unwrap();
    import::choose(ctx, &finance(), id, 1, &HashMap::new(), control).await.unwrap();
    let found = import::load(ctx, &finance(), id).await.unwrap();
    (id, serde_json::from_str(&found.report).unwrap())
}

async fn executed(ctx: &TestCtx, filter: MoneyFilter) -> (i64, u64) {
    let (amount, lines) = measure::executed(ctx.db.db.read(), region(), 2025, &filter).await.unwrap();
    (amount.get(), lines)
}

#[tokio::test]
async fn a_ledger_comes_in_whole_is_summed_and_taken_back() {
    let (ctx, office) = set_up().await;
    let text = format!("{HEAD}{GOOD}合计,,,,,,\"86,200.50\",200.50,\n");
    let (id, report) = inspected(&ctx, office, &text, Some(Fen::new(8_600_000))).await;
    assert_eq!((report.errors, report.amount.yuan().as_str()), (0, "86,000.00"), "{report:?}");
    assert_eq!(report.totals.len(), 2);
    assert_eq!(refused(import::run(&ctx, &leader(), id, 2).await).0, Kind::Forbidden);
    assert_eq!(refused(import::run(&ctx, &finance(), id, 1).await), (Kind::Conflict, "import.past"));
    import::run(&ctx, &finance(), id, 2).await.unwrap();
    assert_eq!(refused(import::run(&ctx, &finance(), id, 2).await), (Kind::Conflict, "import.past"));
    assert_eq!(executed(&ctx, MoneyFilter::default()).await, (8_600_000, 4));
    let filter = MoneyFilter { function: Some("20607".into()), economic: Some("302".into()), ..MoneyFilter::default() };
    assert_eq!(executed(&ctx, filter).await, (479_950, 2));
    assert_eq!(executed(&ctx, MoneyFilter { to_month: Some(1), ..MoneyFilter::default() }).await, (8_120_050, 2));
    let filter = LedgerFilter { words: "科普".into(), ..LedgerFilter::default() };
    let listed =
        money::ledger(&ctx, &leader(), (region(), 2025), &filter, (LedgerSort::Day, false), PageRequest::default())
            .await
            .unwrap();
    assert_eq!((listed.page.total, listed.total.yuan().as_str()), (1, "5,000.00"));
    // The same file again: every voucher is in the books, with no difference.
    let (again, report) = inspected(&ctx, office, &text, None).await;
    assert_eq!(report.vouchers.len(), 3);
    assert!(report.vouchers.iter().all(|v| v.file == v.books));
    assert_eq!(refused(import::run(&ctx, &finance(), again, 2).await), (Kind::Invalid, "money.unbalanced"));
    year::close(&ctx, &finance(), region(), 2025, 1, "").await.unwrap();
    assert_eq!(refused(import::undo(&ctx, &finance(), id, 3).await), (Kind::Conflict, "year.closed"));
    year::reopen(&ctx, &leader(), region(), 2025, 2, "导错了文件").await.unwrap();
    assert_eq!(import::undo(&ctx, &finance(), id, 3).await.unwrap(), 4);
    assert_eq!(executed(&ctx, MoneyFilter::default()).await, (0, 0));
    assert_eq!(import::load(&ctx, &finance(), id).await.unwrap().state, State::Undone);
    let again = inspected(&ctx, office, &text, None).await;
    import::run(&ctx, &finance(), again.0, 2).await.unwrap();
}

#[tokio::test]
async fn what_does_not_balance_is_refused_line_by_line_and_nothing_is_booked() {
    let (ctx, office) = set_up().await;
    let rows = "2025-01-05,记-1,2060101,30101,,,80000,,工资
2025-01-06,记-1,2060101,30101,,,1,,同号不同日
本月合计,,,,,,80000,,
2025-03-05,记-9,20607,30101,,,1,,款级科目
2024-03-05,记-9,2060702,30101,,,1,,去年
2025-03-06,记-10,2060702,30101,P77,,1,,没有的项目
2025-03-07,记-11,2060702,30101,,,0.005,,半分钱
";
    let (id, report) = inspected(&ctx, office, &format!("{HEAD}{rows}"), Some(Fen::new(1))).await;
    let said: Vec<_> = report.notes.iter().filter(|n| n.error).map(|n| (n.row, n.key.as_str())).collect();
    assert_eq!(
        said,
        [(6, "function"), (7, "day"), (8, "project"), (9, "amount"), (5, "amount"), (0, "amount"), (4, "voucher")]
    );
    assert_eq!(report.errors, 7);
    assert!(report.notes.iter().any(|n| n.message.zh.contains("相差-1.00元")));
    assert_eq!(refused(import::run(&ctx, &finance(), id, 2).await), (Kind::Invalid, "money.unbalanced"));
    assert_eq!(executed(&ctx, MoneyFilter::default()).await, (0, 0));
    let other = actor(5, keqiao_access::StaffRole::Finance, "990102");
    assert_eq!(refused(import::load(&ctx, &other, id).await).0, Kind::NotFound);
}

#[tokio::test]
async fn headings_say_the_unit_and_columns_are_remembered_by_source() {
    let (ctx, office) = set_up().await;
    let text = "日期,凭证号,功能科目,经济科目,列甲\n2025-01-05,记-1,2060101,30101,8.5\n";
    let id = begun(&ctx, office, BookList::Ledger, text).await.unwrap();
    let missing = import::choose(&ctx, &finance(), id, 1, &HashMap::new(), None).await;
    assert_eq!(refused(missing).1, "import.column_missing");
    import::choose(&ctx, &finance(), id, 1, &HashMap::from([(4, "amount".to_owned())]), None).await.unwrap();
    import::run(&ctx, &finance(), id, 2).await.unwrap();
    let next = begun(&ctx, office, BookList::Ledger, &text.replace("记-1", "记-2")).await.unwrap();
    import::choose(&ctx, &finance(), next, 1, &HashMap::new(), None).await.unwrap();
    let wan = "日期,凭证号,功能科目,经济科目,金额（万元）\n2025-01-07,记-3,2060101,30101,8.5\n";
    let (id, report) = inspected(&ctx, office, wan, None).await;
    assert_eq!((report.errors, report.amount.yuan().as_str()), (0, "85,000.00"));
    import::run(&ctx, &finance(), id, 2).await.unwrap();
    assert_eq!(executed(&ctx, MoneyFilter::default()).await.0, 8_500_850);
}

#[tokio::test]
async fn a_budget_with_adjustments_needs_their_documents() {
    let (ctx, office) = set_up().await;
    let text = "功能科目,经济科目,项目,年初预算,调整数,依据文号\n2060702,,P01,50000,-2000,\n2060101,30101,,80000,,\n";
    let id = begun(&ctx, office, BookList::Budget, text).await.unwrap();
    import::choose(&ctx, &finance(), id, 1, &HashMap::new(), None).await.unwrap();
    assert_eq!(refused(import::run(&ctx, &finance(), id, 2).await).1, "money.unbalanced");
    let id = begun(&ctx, office, BookList::Budget, &text.replace("-2000,", "-2000,云财预〔2025〕3号")).await.unwrap();
    import::choose(&ctx, &finance(), id, 1, &HashMap::new(), None).await.unwrap();
    import::run(&ctx, &finance(), id, 2).await.unwrap();
    let seen = money::overview(&ctx, &leader(), region(), 2025).await.unwrap();
    assert_eq!((seen.all.initial.yuan(), seen.all.budget.yuan()), ("130,000.00".into(), "128,000.00".into()));
    let sum = measure::budget(ctx.db.db.read(), region(), 2025, &MoneyFilter::default(), true).await.unwrap();
    assert_eq!(sum, (Fen::new(13_000_000), 2));
}

#[tokio::test]
async fn public_tables_balance_and_a_year_closes_only_where_the_last_one_ended() {
    let (ctx, office) = set_up().await;
    let (id, _) = inspected(&ctx, office, &format!("{HEAD}{GOOD}"), None).await;
    import::run(&ctx, &finance(), id, 2).await.unwrap();
    let income = json!([{ "kind": "fiscal", "fund": "general", "function": "2060101", "amount": 9_000_000 }]);
    let state = |kind, revision, data| {
        let (ctx, finance) = (&ctx, finance());
        async move { money::save_statement(ctx, &finance, (region(), 2025), office, kind, revision, data).await }
    };
    assert_eq!(state(StatementKind::Income, 0, income.clone()).await.unwrap(), 1);
    assert_eq!(refused(state(StatementKind::Income, 0, income.clone()).await).0, Kind::Conflict);
    let wrong = json!([{ "kind": "other", "fund": "general", "function": "2060101", "amount": 1 }]);
    assert_eq!(refused(state(StatementKind::Income, 1, wrong).await).1, "statement.fund");
    let asked = AskedTables { set: TableSet::National, unit: None, wan: false, rounding: Rounding::Independent };
    let shown = money::tables(&ctx, &leader(), region(), 2025, &asked).await.unwrap();
    let bad = |v: Verdict| shown.checks.iter().filter(|c| c.verdict == v).map(|c| c.check.code()).collect::<Vec<_>>();
    assert!(bad(Verdict::Fail).is_empty(), "{:?}", bad(Verdict::Fail));
    assert_eq!(bad(Verdict::Lacking), ["CK-17"], "no year before");
    let overall = shown.tables.iter().find(|t| t.kind == TableKind::Overall).unwrap();
    assert_eq!(overall.at("out.closing", "amount").unwrap().yuan(), "4,000.00");
    let sheet = money::export_tables(&ctx, &leader(), (region(), 2025), &asked, keqiao_i18n::Lang::Zh).await.unwrap();
    assert!(keqiao_sheet::Sheet::read("x", &sheet).unwrap().cell(0, 0).contains("收入支出决算总表"));
    let officer = actor(6, keqiao_access::StaffRole::Officer, COUNTY);
    assert_eq!(refused(money::tables(&ctx, &officer, region(), 2025, &asked).await).0, Kind::Forbidden);

    year::close(&ctx, &finance(), region(), 2025, 1, "").await.unwrap();
    assert_eq!(refused(state(StatementKind::Income, 1, income).await).1, "year.closed");
    year::open(&ctx, &finance(), region(), 2026).await.unwrap();
    assert_eq!(refused(year::close(&ctx, &finance(), region(), 2026, 1, "").await).1, "year.continuity");
    money::carry_over(&ctx, &finance(), (region(), 2026), office, 0).await.unwrap();
    let opening = money::statement(&ctx, &leader(), (region(), 2026), office, StatementKind::Opening).await.unwrap();
    let sum: i64 = opening.data.as_array().unwrap().iter().map(|c| c["amount"].as_i64().unwrap()).sum();
    assert_eq!(sum, 400_000);
    year::close(&ctx, &finance(), region(), 2026, 1, "").await.unwrap();
}

const ITEMS: &str = "单位,项目,功能科目,资金性质,金额（元）
云汀县科学技术协会,财政拨款收入,2060101,,\"1,200,000.50\"
云汀县科学技术协会,其他收入,2060101,,300
云汀县科学技术协会,年初结转,2060702 科普活动,一般公共预算,700
云汀县科学技术协会,编制数,,,14
云汀县科学技术协会,公务接待费预算,,,8000
云汀县科学技术协会,国内公务接待批次,,,12
云汀县科学技术协会,机要通信用车,,,1
";

#[tokio::test]
async fn income_and_other_data_come_in_as_one_table() {
    let (ctx, office) = set_up().await;
    let bring = |text: String| {
        let ctx = &ctx;
        async move { money::bring_items(ctx, &finance(), (region(), 2025), "数据.csv", text.into_bytes()).await }
    };
    let posts = json!({ "posts": 10, "staff": 9, "retired": 2 });
    let headcount = StatementKind::Headcount;
    money::save_statement(&ctx, &finance(), (region(), 2025), office, headcount, 0, posts).await.unwrap();
    let wrong = ITEMS.replace(",12\n", ",十二\n").replace("2060101,,300", "20601,,300").replace(",编制数", ",编制树");
    let (count, notes) = bring(wrong).await.unwrap();
    let said: Vec<_> = notes.iter().map(|n| (n.row, n.key.as_str())).collect();
    assert_eq!((count, said), (0, vec![(3, "function"), (5, "item"), (7, "value")]), "{notes:?}");
    let twice = format!("{ITEMS}云汀县科学技术协会,编制数,,,15\n,结余分配,,,1\n别的单位,结余分配,,,1\n");
    let said: Vec<_> = bring(twice).await.unwrap().1.iter().map(|n| (n.row, n.key.clone())).collect();
    assert_eq!(said, [(9, "item".to_owned()), (11, "unit".to_owned())], "one unit may be left out");
    assert_eq!(bring(ITEMS.to_owned()).await.unwrap(), (5, Vec::new()));
    let data = async |kind| money::statement(&ctx, &leader(), (region(), 2025), office, kind).await.unwrap().data;
    assert_eq!(data(headcount).await, json!({ "posts": 14, "staff": 9, "retired": 2 }), "the rest stays");
    assert_eq!(data(StatementKind::Income).await[0]["amount"], 120_000_050);
    assert_eq!(data(StatementKind::Income).await[1]["fund"], "other");
    assert_eq!(data(StatementKind::Opening).await[0]["function"], "2060702");
    assert_eq!(data(StatementKind::ThreePublic).await["batches"], 12);
    assert_eq!(data(StatementKind::Assets).await["vehicles"], json!([["courier", 1]]));
    assert_eq!(
        refused(money::bring_items(&ctx, &leader(), (region(), 2025), "x.csv", ITEMS.into()).await).0,
        Kind::Forbidden
    );
    assert_eq!(refused(bring("项目,金额\n".to_owned()).await).1, "items.nothing");
    let blank = money::items_template(&finance(), keqiao_i18n::Lang::Zh).await.unwrap();
    let sample = money::bring_items(&ctx, &finance(), (region(), 2025), "模板.xlsx", blank).await;
    assert_eq!(refused(sample).1, "items.nothing", "its sample is passed over");
    year::close(&ctx, &finance(), region(), 2025, 1, "").await.unwrap();
    assert_eq!(refused(bring(ITEMS.to_owned()).await).1, "year.closed");
}

#[tokio::test]
async fn a_full_code_list_judges_codes_and_a_bad_one_changes_nothing() {
    let (ctx, office) = set_up().await;
    let bring = |text: &'static str| {
        let ctx = &ctx;
        async move {
            let kind = keqiao_accounts::codes::CodeKind::Functional;
            money::bring_codes(ctx, &finance(), (region(), 2025), kind, "科目.csv", text.into()).await.unwrap()
        }
    };
    let (count, notes) = bring("科目编码,科目名称\n206,科学技术支出\n2060702,科普活动\n").await;
    assert!(count == 0 && notes[0].message.zh.contains("20607"));
    let (count, _) = bring("科目编码,科目名称\n206,科学技术支出\n20607,科学技术普及\n2060702,科普活动\n").await;
    assert_eq!(count, 3);
    let text =
        "日期,凭证号,功能科目,经济科目,金额\n2025-01-05,记-1,2060101,30101,1\n2025-01-05,记-2,科普活动,30101,1\n";
    let (_, report) = inspected(&ctx, office, text, None).await;
    let said: Vec<_> = report.notes.iter().map(|n| (n.row, n.error, n.key.as_str())).collect();
    assert_eq!(said, [(2, true, "function")], "{report:?}");
    assert!(money::codes(&ctx, &leader(), region(), 2025).await.unwrap().functional.full);
}
