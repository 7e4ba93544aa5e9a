//! Fills a data folder with evidence and measures the sums over it: `cargo run -p keqiao-demo --example evidence -- DIR [RECORDS [DATABASE]]` (1,000,000
//! unless said otherwise; the folder is kept, and filled only once), or a database on PostgreSQL. Prints how long writing
//! took, and each sum, warm.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use keqiao_access::RegionCode;
use keqiao_app::settings::{ServeSettings, Told};
use keqiao_app::{AppResult, Ctx, evidence};
use keqiao_base::{Day, EvidenceId, Moment, ProjectId, SystemClock, SystemEntropy};
use keqiao_evidence::{Act, ActKind, Count, EvidenceRow, Kind, Source, Stated};
use keqiao_store::Db;
use keqiao_store::evidence::measure::{self, Quantity, Scope};
use keqiao_store::evidence::record::{self, NewRecord, Recorded};

/// Records in one transaction.
const PART: usize = 20_000;
/// Projects of each county.
const PROJECTS: usize = 12;

#[tokio::main]
async fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let Some(data) = args.next() else {
        eprintln!("evidence DIR [RECORDS [DATABASE]]");
        return ExitCode::from(2);
    };
    let records = args.next().and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    match run(data.into(), records, args.next()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(data: PathBuf, records: usize, database: Option<String>) -> AppResult<()> {
    let settings = ServeSettings::new(Told { data: Some(data), database, ..Told::default() }, true)?;
    let db = Db::open(&settings.database).await.map_err(anyhow::Error::new)?;
    db.migrate().await.map_err(anyhow::Error::new)?;
    let ctx = Ctx::new(db, Arc::new(SystemClock), Arc::new(SystemEntropy), settings.app)?;
    let province: RegionCode = "330000".parse().map_err(anyhow::Error::new)?;
    let counties: Vec<RegionCode> = province.below().into_iter().flat_map(RegionCode::below).collect();
    let whole = Scope::year(province, 2026);
    let there = measure::sum(ctx.db.read(), &whole, Quantity::Records).await?.value;
    if there == 0 {
        let begun = Instant::now();
        for part in 0..records.div_ceil(PART) {
            let from = part * PART;
            write(&ctx, &counties, from..records.min(from + PART)).await?;
        }
        println!("{records} records written in {:.1?}", begun.elapsed());
    }
    let people = Quantity::Count(Count::People);
    let county = counties[0];
    let day = |text: &str| text.parse::<Day>().unwrap_or(Day::first_of(2026));
    let scopes = [
        ("province, year, people", whole.clone()),
        ("province, year, training", Scope { kind: Some(Kind::Training), ..whole.clone() }),
        (
            "province, 2 January to 17 November",
            Scope { since: day("2026-01-02"), until: day("2026-11-17"), ..whole.clone() },
        ),
        ("province, ten days in May", Scope { since: day("2026-05-05"), until: day("2026-05-14"), ..whole.clone() }),
        ("county, year", Scope { regions: vec![county], ..whole.clone() }),
        ("county, one project", Scope { regions: vec![county], project: Some(project(0, 3)), ..whole.clone() }),
    ];
    for (name, scope) in &scopes {
        measure::sum(ctx.db.read(), scope, people).await?;
        let begun = Instant::now();
        let sum = measure::sum(ctx.db.read(), scope, people).await?;
        println!("{name}: {} over {} records in {:.1?}", sum.value, sum.rows, begun.elapsed());
    }
    let begun = Instant::now();
    let months = measure::by_month(ctx.db.read(), &whole, people).await?.len();
    println!("province by month ({months}) in {:.1?}", begun.elapsed());
    let begun = Instant::now();
    let verified = evidence::verify(&ctx, None).await?;
    println!("{} acts verified in {:.1?}: whole = {}", verified.acts, begun.elapsed(), verified.whole());
    Ok(())
}

fn project(county: usize, n: usize) -> ProjectId {
    let number = county * PROJECTS + n + 1;
    // Thirty-two digits are always an id.
    format!("{number:032x}").parse().unwrap_or_else(|_| ProjectId::new(&SystemClock, &SystemEntropy))
}

async fn write(ctx: &Ctx, counties: &[RegionCode], numbers: std::ops::Range<usize>) -> AppResult<()> {
    let mut new = Vec::with_capacity(numbers.len());
    for n in numbers {
        let at = n % counties.len();
        let kind = Kind::ALL[n / 7 % 3];
        let row = EvidenceRow {
            kind: kind.code().to_owned(),
            title: format!("活动{n}"),
            started: Day::first_of(2026).plus(i64::try_from(n * 31 % 365).unwrap_or(0)).code(),
            place: "镇农技站".to_owned(),
            people: (20 + n % 70).to_string(),
            sessions: "1".to_owned(),
            ..EvidenceRow::default()
        };
        let Ok(mut stated) = Stated::of(&row) else { return Err(anyhow::anyhow!("not sound: {row:?}").into()) };
        stated.project = Some(project(at, n % PROJECTS));
        let id = EvidenceId::new(&SystemClock, &SystemEntropy);
        let now = Moment::from_millis(1_790_000_000_000);
        let by = Recorded {
            region: counties[at],
            account: None,
            name: "压力测试".to_owned(),
            at: now,
            source: Source::Imported,
            import: None,
        };
        let record = record::row(id, &stated, &by, ("[]".to_owned(), 0));
        let detail = serde_json::to_string(&stated)?;
        let act = Act { at: now, account: None, name: by.name, evidence: id, what: ActKind::Recorded, detail };
        new.push(NewRecord { record, files: Vec::new(), act });
    }
    let tx = ctx.begin().await?;
    record::insert(&tx, new).await?;
    ctx.commit(tx).await
}
