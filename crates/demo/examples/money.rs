//! Measures the books: `cargo run --release -p keqiao-demo --example money -- DIR [LINES [postgres://…]]`. An xlsx of so many lines (50,000) is inspected,
//! brought in and taken back; then four times as many lines are summed as indicators and public tables ask for them.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use keqiao_access::{Actor, Grade, HeldRole, RegionCode, Signed, StaffRole, Via};
use keqiao_accounts::rounding::Rounding;
use keqiao_accounts::{TableSet, UnitKind};
use keqiao_app::money::import::{self, List, Target};
use keqiao_app::money::{self, AskedTables, MoneyFilter, measure};
use keqiao_app::settings::{ServeSettings, Told};
use keqiao_app::year::{self, UnitForm};
use keqiao_app::{AppResult, Ctx, account};
use keqiao_base::{BookImportId, SystemClock, SystemEntropy, UnitId};
use keqiao_store::Db;

const YEAR: i32 = 2025;
const FUNCTIONS: [&str; 6] = ["2060701", "2060702", "2060799", "2080505", "2101101", "2210201"];
const ECONOMICS: [&str; 8] = ["30101", "30102", "30201", "30202", "30211", "30216", "30217", "30226"];

#[tokio::main]
async fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let Some(data) = args.next() else {
        eprintln!("money DIR [LINES [DATABASE]]");
        return ExitCode::from(2);
    };
    let lines = args.next().and_then(|n| n.parse().ok()).unwrap_or(50_000);
    match run(data.into(), lines, args.next()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// A file of so many lines whose vouchers begin at `from`.
fn file(lines: usize, from: usize) -> AppResult<Vec<u8>> {
    let heads = ["日期", "凭证号", "功能科目", "经济科目", "金额（元）", "摘要"].map(str::to_owned);
    let mut out = keqiao_sheet::export::Xlsx::begin("明细", &heads).map_err(anyhow::Error::new)?;
    for at in 0..lines {
        let (month, voucher) = (at % 12 + 1, from + at / 48);
        let (function, economic) = (FUNCTIONS[at % FUNCTIONS.len()], ECONOMICS[at / 7 % ECONOMICS.len()]);
        let cells = [
            format!("{YEAR}-{month:02}-{:02}", voucher % 27 + 1),
            format!("记-{voucher:05}"),
            function.to_owned(),
            economic.to_owned(),
            format!("{}.{:02}", at * 37 % 90_000, at % 100),
            format!("第{at}笔支出"),
        ];
        out.row(&cells).map_err(anyhow::Error::new)?;
    }
    Ok(out.end().map_err(anyhow::Error::new)?)
}

async fn run(data: PathBuf, lines: usize, database: Option<String>) -> AppResult<()> {
    let settings = ServeSettings::new(Told { data: Some(data), database, ..Told::default() }, true)?;
    let db = Db::open(&settings.database).await.map_err(anyhow::Error::new)?;
    db.migrate().await.map_err(anyhow::Error::new)?;
    let ctx = Ctx::new(db, Arc::new(SystemClock), Arc::new(SystemEntropy), settings.app)?;
    let tx = ctx.begin().await?;
    let ids = account::demo::seed(&ctx, &tx).await?;
    ctx.commit(tx).await?;
    let region: RegionCode = "990101".parse().map_err(anyhow::Error::new)?;
    let at = account::demo::ACCOUNTS.iter().position(|a| a.code == "finance").unwrap_or(0);
    let finance = Actor::Signed(Box::new(Signed {
        account: ids[at],
        login: "demo.finance".to_owned(),
        name: "财务".to_owned(),
        kind: account::demo::ACCOUNTS[at].kind,
        grade: Grade::Declared,
        roles: vec![HeldRole { role: StaffRole::Finance, region, association: None }],
        organisation: None,
        via: Via::Machine,
        address: String::new(),
    }));
    let form = UnitForm { name: "云汀县科学技术协会".to_owned(), kind: UnitKind::Modelled, active: true };
    let unit = year::make_unit(&ctx, &finance, region, &form).await?;
    year::open(&ctx, &finance, region, YEAR).await?;
    let told = |what: &str, from: Instant| println!("{what}: {} ms", from.elapsed().as_millis());

    let bytes = file(lines, 1)?;
    let begun = Instant::now();
    let id = bring(&ctx, &finance, (region, unit), &bytes, told).await?;
    told("xlsx inspected and booked", begun);
    let begun = Instant::now();
    import::undo(&ctx, &finance, id, 3).await?;
    told("taken back", begun);
    for part in 0..4 {
        bring(&ctx, &finance, (region, unit), &file(lines, part * 100_000 + 1)?, |_, _| ()).await?;
    }
    let filter = MoneyFilter { function: Some("20607".into()), economic: Some("302".into()), ..MoneyFilter::default() };
    for (what, filter) in [("executed, all", MoneyFilter::default()), ("executed, 20607 × 302", filter)] {
        let begun = Instant::now();
        let (sum, rows) = measure::executed(ctx.db.read(), region, YEAR, &filter).await?;
        println!("{rows} lines, {} yuan", sum.yuan());
        told(what, begun);
    }
    let begun = Instant::now();
    money::overview(&ctx, &finance, region, YEAR).await?;
    told("overview", begun);
    let asked = AskedTables { set: TableSet::Sichuan, unit: None, wan: true, rounding: Rounding::Plug };
    let begun = Instant::now();
    money::tables(&ctx, &finance, region, YEAR, &asked).await?;
    told("public tables with checks, plugged", begun);
    Ok(())
}

async fn bring(
    ctx: &Ctx,
    finance: &Actor,
    (region, unit): (RegionCode, UnitId),
    bytes: &[u8],
    told: impl Fn(&str, Instant),
) -> AppResult<BookImportId> {
    let file = ctx.files.put(&*ctx.entropy, bytes).await?;
    let target = Target { list: List::Ledger, region, year: YEAR, unit, source: "测".to_owned() };
    let begun = Instant::now();
    let id = import::begin(ctx, finance, &target, "明细.xlsx", &file).await?;
    told("columns read", begun);
    let begun = Instant::now();
    import::choose(ctx, finance, id, 1, &Default::default(), None).await?;
    told("inspected", begun);
    let begun = Instant::now();
    import::run(ctx, finance, id, 2).await?;
    told("booked", begun);
    Ok(id)
}
