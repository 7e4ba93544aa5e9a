//! Two published final accounts, by their numbers alone: where they cannot balance, and the tables that follow from what does. No words of
//! the reports are here.

#![expect(clippy::unwrap_used, reason = "tests")]

use keqiao_accounts::checks::{Check, Verdict, run, run_all};
use keqiao_accounts::published::Published;
use keqiao_accounts::rounding::{plugged, to_wan};
use keqiao_accounts::{
    Books, Carried, Fund, Procurement, Received, RevenueKind, SpendingKind, Spent, TableKind, UnitKind, tables,
};
use keqiao_base::Fen;

/// 攀枝花 2019, as it is printed in 万元: chapters and glossary.
const PANZHIHUA: &str = "
grain 万元
T1 in.general = 661.64
T1 in.other = 0.02
T1 in.year = 661.66
T1 in.total = 661.70
T1 out.year = 633.35
T1 out.total = 661.70
T3 total year = 633.35
T3 total basic = 482.02
T3 total project = 151.34
T4 in.total total = 661.68
T4 out.total total = 661.68
T4 out.year general = 633.33
T5 total total = 633.33
T5 total basic = 482.00
T5 201 total = 1.28
T5 206 total = 507.44
T5 208 total = 95.68
T5 210 total = 0.18
T5 221 total = 28.75
T5 20132 total = 1.28
T5 2013299 total = 1.28
T5 20601 total = 199.97
T5 2060101 total = 194.97
T5 2060102 total = 5.00
T5 20607 total = 307.47
T5 2060701 total = 163.61
T5 2060702 total = 127.99
T5 2060799 total = 15.87
T6 staff = 408.04
T6 public = 73.96
T7 total executed = 14.98
T7 abroad executed = 0
T7 vehicles executed = 14.42
T7 purchase executed = 11.10
T7 running executed = 3.32
T7 reception executed = 0.56
count units = 1
count units.office = 1
say office.cost = 73.95
say procurement.total = 2.85
say procurement.goods = 2.85
count vehicles = 3
count vehicles.other = 2
count vehicles.special = 1
count vehicles.fiscal = 3
";

/// The income column of its attachment, in 元: fiscal money by 项 with the printed total.
const PANZHIHUA_INCOME: &str = "
grain 元
T1 in.general = 6616402.69
T1 in.other = 187.88
T1 in.year = 6616590.57
T2 total fiscal = 6616590.57
T2 total year = 6616590.57
T4 in.year total = 6616402.69
T4 in.year general = 6616402.69
";

/// 朝天 2021, in 万元.
const CHAOTIAN: &str = "
grain 万元
T1 in.general = 161.94
T1 in.year = 161.94
T1 out.206 = 141.65
T1 out.208 = 8.99
T1 out.210 = 4.84
T1 out.221 = 6.46
T1 out.year = 161.94
T2 total year = 161.94
T2 total fiscal = 161.94
T3 total year = 161.94
T3 total basic = 123.64
T3 total project = 38.30
T3 206 year = 141.65
T3 206 basic = 103.35
T3 206 project = 38.30
T3 208 year = 8.99
T3 208 basic = 8.99
T3 210 year = 4.84
T3 210 basic = 4.84
T3 221 year = 6.46
T3 221 basic = 6.46
T5 total basic = 123.64
T6 staff = 107.37
T6 public = 16.27
count units = 1
count units.office = 1
say office.cost = 16.27
say procurement.total = 0.5
say procurement.goods = 0.5
say procurement.sme = 0.5
count projects.all = 1
say project.1 = 10
say project.2 = 5
say project.3 = 16.3
";

fn verdict(check: Check, text: &str) -> Verdict {
    run(check, &Published::parse(text).unwrap()).verdict
}

#[test]
fn what_cannot_balance_is_said_with_its_numbers() {
    for (check, expected) in [
        (Check::Ck1, Verdict::Lacking),
        (Check::Ck3, Verdict::Pass),
        (Check::Ck5, Verdict::Lacking),
        (Check::Ck6, Verdict::Pass),
        (Check::Ck9, Verdict::Pass),
        (Check::Ck14, Verdict::Pass),
        (Check::Ck15, Verdict::Pass),
        (Check::Ck19, Verdict::Info),
        (Check::Ck23, Verdict::Pass),
        (Check::Ck24, Verdict::Pass),
    ] {
        assert_eq!(verdict(check, PANZHIHUA), expected, "{check}");
    }
    let rounded = run(Check::Ck5, &Published::parse(PANZHIHUA).unwrap());
    assert_eq!(
        (rounded.gaps.len(), rounded.gaps[0].verdict, rounded.gaps[0].off().wan()),
        (1, Verdict::Info, "-0.01".into())
    );
    let interest = run(Check::Ck13, &Published::parse(PANZHIHUA_INCOME).unwrap());
    assert_eq!((interest.verdict, interest.gaps[0].off()), (Verdict::Fail, Fen::new(18_788)));
    for (check, expected) in [
        (Check::Ck1, Verdict::Lacking),
        (Check::Ck4, Verdict::Pass),
        (Check::Ck5, Verdict::Lacking),
        (Check::Ck11, Verdict::Pass),
        (Check::Ck12, Verdict::Pass),
        (Check::Ck15, Verdict::Pass),
        (Check::Ck19, Verdict::Pass),
        (Check::Ck23, Verdict::Pass),
    ] {
        assert_eq!(verdict(check, CHAOTIAN), expected, "{check}");
    }
    let projects = run(Check::Ck21, &Published::parse(CHAOTIAN).unwrap());
    assert_eq!((projects.verdict, projects.gaps[0].off()), (Verdict::Fail, Fen::new(7_000_000)));
    assert!(projects.gaps[0].message(keqiao_accounts::Grain::Wan).zh.contains("38.30"));
}

/// 项, amount in 分, kind, and an economic code for basic spending; project spending by its own.
const GOLDEN: [(&str, i64, SpendingKind); 11] = [
    ("2013299", 1_278_000, SpendingKind::Project),
    ("2060101", 194_971_329, SpendingKind::Basic),
    ("2060102", 5_000_000, SpendingKind::Project),
    ("2060701", 163_610_000, SpendingKind::Basic),
    ("2060702", 127_996_459, SpendingKind::Project),
    ("2060799", 15_867_200, SpendingKind::Project),
    ("2080504", 64_294_700, SpendingKind::Basic),
    ("2080505", 30_187_400, SpendingKind::Basic),
    ("2081001", 1_195_030, SpendingKind::Project),
    ("2109901", 180_000, SpendingKind::Basic),
    ("2210201", 28_752_800, SpendingKind::Basic),
];

/// The books that its numbers in 元 allow: carried over 378.00, fiscal income 6,616,402.69, interest 187.88.
fn panzhihua() -> Books {
    let mut books = Books { year: 2019, units: vec![UnitKind::Modelled], ..Books::default() };
    let spend = |function: &str, economic: &str, fund, kind, amount| Spent {
        function: function.to_owned(),
        economic: economic.to_owned(),
        fund,
        kind,
        project: if kind == SpendingKind::Project { function.to_owned() } else { String::new() },
        amount: Fen::new(amount),
    };
    // Public costs (739,537.29 of fiscal money) stand within 机构运行 and 行政运行; all other basic spending is staff.
    let public = 73_953_729;
    for (function, amount, kind) in GOLDEN {
        match (function, kind) {
            ("2060101", _) => {
                books.spent.push(spend(function, "30201", Fund::General, kind, public));
                books.spent.push(spend(function, "30101", Fund::General, kind, amount - public));
            }
            (_, SpendingKind::Basic) => books.spent.push(spend(function, "30101", Fund::General, kind, amount)),
            ("2060702", _) => {
                books.spent.push(spend(function, "31013", Fund::General, kind, 11_100_000));
                books.spent.push(spend(function, "30201", Fund::General, kind, amount - 11_100_000));
            }
            _ => books.spent.push(spend(function, "30201", Fund::General, kind, amount)),
        }
    }
    books.spent.push(spend("2060101", "30201", Fund::Other, SpendingKind::Basic, 18_788));
    books.opening.push(Carried { fund: Fund::General, function: "2060101".into(), amount: Fen::new(37_800) });
    let received = |kind, fund, function: &str, amount| Received {
        kind,
        fund,
        function: function.into(),
        amount: Fen::new(amount),
    };
    books.received.push(received(RevenueKind::Fiscal, Fund::General, "2060101", 661_640_269));
    books.received.push(received(RevenueKind::Other, Fund::Other, "2060101", 18_788));
    books.last_closing = Some(Fen::new(37_800));
    books.office_cost = Fen::new(public);
    books.procurement = Procurement { goods: Fen::new(2_850_000), ..Procurement::default() };
    books
}

#[test]
fn the_yuan_level_golden_table_comes_out() {
    let books = panzhihua();
    let general = tables::one(&books, TableKind::General);
    for (code, amount, _) in GOLDEN {
        assert_eq!(general.at(code, "total"), Some(Fen::new(amount)), "{code}");
    }
    assert_eq!(general.at("total", "total").unwrap().yuan(), "6,333,329.18");
    let spending = tables::one(&books, TableKind::Spending);
    let all = ["year", "basic", "project"].map(|c| spending.at("total", c).unwrap().yuan());
    assert_eq!(all, ["6,333,517.06", "4,820,150.17", "1,513,366.89"]);
    let overall = tables::one(&books, TableKind::Overall);
    let both = ["in.total", "out.total", "out.closing"].map(|r| overall.at(r, "amount").unwrap().yuan());
    assert_eq!(both, ["6,616,968.57", "6,616,968.57", "283,451.51"], "2,123.51 and 281,328.00 are carried on");
    assert_eq!(both[0], overall.at("in.total", "amount").unwrap().yuan());
    for result in run_all(&Published::of(&books)) {
        assert!(matches!(result.verdict, Verdict::Pass | Verdict::NotApplicable), "{} {:?}", result.check, result.gaps);
    }
}

#[test]
fn what_is_printed_alone_misses_a_hundredth_and_the_plug_finds_it() {
    let books = panzhihua();
    let general = tables::one(&books, TableKind::General);
    let items: Fen = GOLDEN.iter().map(|(code, ..)| to_wan(general.at(code, "total").unwrap())).sum();
    assert_eq!((items.wan(), general.at("total", "total").unwrap().wan()), ("633.34".into(), "633.33".into()));
    assert_eq!(general.at("2060702", "total").unwrap().wan(), "128.00", "127.99 was printed");
    let (rounded, list) = plugged(&books);
    let general = tables::one(&rounded, TableKind::General);
    let items: Fen = GOLDEN.iter().map(|(code, ..)| general.at(code, "total").unwrap()).sum();
    assert_eq!((items.wan(), general.at("total", "total").unwrap().wan()), ("633.33".into(), "633.33".into()));
    assert!(!list.is_empty() && list.iter().all(|p| p.place.zh.contains("20")), "{list:?}");
    for result in run_all(&Published::of(&rounded)) {
        assert!(matches!(result.verdict, Verdict::Pass | Verdict::NotApplicable), "{} {:?}", result.check, result.gaps);
    }
}

/// 朝天 2021 in 万元 with two digits, as it states its items.
#[test]
fn the_tables_of_the_other_report_are_rebuilt_from_its_items() {
    let mut books = Books { year: 2021, units: vec![UnitKind::Administrative], ..Books::default() };
    let mut spend = |function: &str, economic: &str, kind, wan: i64| {
        let project = if kind == SpendingKind::Project { "列出的项目".to_owned() } else { String::new() };
        let (function, economic) = (function.to_owned(), economic.to_owned());
        books.spent.push(Spent {
            function,
            economic,
            fund: Fund::General,
            kind,
            project,
            amount: Fen::new(wan * 10_000),
        });
    };
    use SpendingKind::{Basic, Project};
    for (economic, wan) in [
        ("30201", 93),
        ("30207", 189),
        ("30209", 58),
        ("30211", 268),
        ("30213", 24),
        ("30217", 48),
        ("30239", 904),
        ("31002", 43),
    ] {
        spend("2060701", economic, Basic, wan);
    }
    for (function, economic, kind, wan) in [
        ("2060103", "30101", Basic, 641),
        ("2060701", "30101", Basic, 9_694 - 1_627),
        ("2080505", "30108", Basic, 899),
        ("2101101", "30110", Basic, 484),
        ("2210201", "30113", Basic, 646),
        ("2060702", "30201", Project, 500),
        ("2060799", "30201", Project, 3_330),
    ] {
        spend(function, economic, kind, wan);
    }
    books.received.push(Received {
        kind: RevenueKind::Fiscal,
        fund: Fund::General,
        function: "2060701".into(),
        amount: Fen::new(161_940_000),
    });
    books.last_closing = Some(Fen::ZERO);
    books.office_cost = Fen::new(16_270_000);
    let spending = tables::one(&books, TableKind::Spending);
    let all = ["year", "basic", "project"].map(|c| spending.at("total", c).unwrap().wan());
    assert_eq!(all, ["161.94", "123.64", "38.30"]);
    let six = tables::one(&books, TableKind::GeneralBasic);
    assert_eq!(["staff", "public"].map(|r| six.at(r, "amount").unwrap().wan()), ["107.37", "16.27"]);
    for class in [("206", "141.65"), ("208", "8.99"), ("210", "4.84"), ("221", "6.46")] {
        assert_eq!(spending.at(class.0, "year").unwrap().wan(), class.1);
    }
    for result in run_all(&Published::of(&books)) {
        assert!(matches!(result.verdict, Verdict::Pass | Verdict::NotApplicable), "{} {:?}", result.check, result.gaps);
    }
}
