//! A made-up province of any size, and the machines of a cluster: what the tests start and what measures.
//!
//! ```text
//! province make DIR ROWS [PARTS]                 # 183 counties × 12 projects, one year; ROWS rows of evidence
//! province ask DIR [HOST:PORT]                   # in this process, or through the scheduler there; three times, with times
//! province scheduler HOST:PORT
//! province executor HOST:PORT SCHEDULER FOLDER   # and the port after it
//! ```

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;

use keqiao_access::{RegionCode, RegionLevel};
use keqiao_base::{Clock, FixedClock, FixedEntropy, Moment, ProjectId};
use keqiao_cluster::{
    Answer, ChainEnd, Executor, Patience, Question, Row, Scheduler, Shape, Snapshot, Writer, ask, ask_cluster,
    run_executor, run_scheduler,
};
use sha2::{Digest, Sha256};

/// The kinds of evidence in the order of the alphabet, as in a snapshot; what each counts beside money.
const KINDS: [(&str, &[&str]); 17] = [
    ("activity", &["people", "sessions", "copies"]),
    ("competition", &["people", "works"]),
    ("deal", &["organisations"]),
    ("exhibition", &["people", "sessions"]),
    ("facility", &["items"]),
    ("lecture", &["people", "sessions", "experts"]),
    ("meeting", &["people", "sessions"]),
    ("naming", &["items"]),
    ("other", &["items"]),
    ("payment", &["people"]),
    ("publication", &["copies", "works"]),
    ("push", &["views", "works"]),
    ("review", &["items", "experts"]),
    ("service", &["people", "sessions", "experts"]),
    ("survey", &["copies", "valid", "satisfied"]),
    ("training", &["people", "sessions", "experts", "copies"]),
    ("visit", &["people", "organisations"]),
];
const COUNTS: [&str; 11] = [
    "people",
    "sessions",
    "experts",
    "organisations",
    "copies",
    "works",
    "views",
    "items",
    "valid",
    "satisfied",
    "money",
];
const PROJECTS: u64 = 12;
/// A question is asked so often: the first time files are read for the first time.
const ASKED_TIMES: usize = 3;

type Done = Result<(), Box<dyn Error>>;

#[tokio::main]
async fn main() -> Done {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["make", folder, rows] => make(Path::new(folder), rows.parse()?, 8),
        ["make", folder, rows, parts] => make(Path::new(folder), rows.parse()?, parts.parse()?),
        ["ask", folder] => measure(Path::new(folder), None).await,
        ["ask", folder, scheduler] => measure(Path::new(folder), Some(scheduler)).await,
        ["scheduler", bind] => Ok(run_scheduler(&Scheduler { bind: bind.parse()?, host: None }).await?),
        ["executor", bind, scheduler, folder] => {
            let (host, port) = scheduler.split_once(':').ok_or("HOST:PORT")?;
            let place = Executor {
                bind: bind.parse()?,
                host: None,
                scheduler_host: host.to_owned(),
                scheduler_port: port.parse()?,
                tasks: 1,
                folder: Some(PathBuf::from(folder)),
            };
            Ok(run_executor(&place).await?)
        }
        _ => Err("province make|ask|scheduler|executor".into()),
    }
}

/// Rows in order of region, kind and day; every number follows from the row's own number, so that the same command makes the same files.
fn make(folder: &Path, rows: u64, parts: u64) -> Done {
    let begun = Instant::now();
    let is_here = |code: &RegionCode| code.code().starts_with("51") && code.level() == RegionLevel::County;
    let counties: Vec<RegionCode> = RegionCode::all().map(|(code, _)| code).filter(is_here).collect();
    let clock = FixedClock::at(Moment::from_millis(1_767_225_600_000));
    let entropy = FixedEntropy::seed(183);
    let shape = Shape::new(COUNTS).ok_or("counts")?;
    let mut writer = Writer::create(folder, shape, rows / parts.max(1))?;
    let each = rows / counties.len() as u64;
    let more = rows % counties.len() as u64;
    let mut state = 20_261_121_u64;
    for (at, region) in (0..).zip(&counties) {
        let projects: Vec<ProjectId> = (0..PROJECTS).map(|_| ProjectId::new(&clock, &entropy)).collect();
        let here = each + u64::from(at < more);
        for n in 0..here {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // One kind after the other, each through the year: the order of a snapshot.
            let (kind, day) = (n * 17 / here, day(n * 17 % here * 365 / here));
            writer.push(&row(*region, usize::try_from(kind)?, day, state >> 16, &projects))?;
        }
    }
    let manifest = writer.finish(clock.now(), ChainEnd { seq: i64::try_from(rows)?, hash: "ab".repeat(32) })?;
    let bytes: u64 = manifest.parts.iter().map(|p| p.bytes).sum();
    println!(
        "made: {} counties, {} rows in {} files, {} KB, {} ms",
        counties.len(),
        manifest.totals.rows,
        manifest.parts.len(),
        bytes / 1000,
        begun.elapsed().as_millis()
    );
    Ok(())
}

fn row(region: RegionCode, kind: usize, day: i32, chance: u64, projects: &[ProjectId]) -> Row {
    let mut rest = chance;
    let mut pick = |n: u64| {
        let one = rest % n;
        rest /= n;
        one
    };
    let project = usize::try_from(pick(PROJECTS)).unwrap_or_default();
    let (voided, rung) = (pick(50) == 0, pick(5));
    let (many, money) = (pick(200) + 1, pick(2_000_000));
    let (kind, counted) = KINDS[kind];
    let count = |code: &str| match code {
        "money" => (money % 3 == 0).then_some(money),
        "sessions" => counted.contains(&code).then_some(1),
        "experts" => counted.contains(&code).then_some(many % 5),
        "views" => counted.contains(&code).then_some(many * 131),
        _ => counted.contains(&code).then_some(many),
    };
    let counts = COUNTS.map(|code| count(code).and_then(|n| i64::try_from(n).ok())).to_vec();
    Row {
        region,
        day,
        kind: kind.to_owned(),
        project: projects.get(project).copied(),
        rung: i32::try_from(rung).unwrap_or_default(),
        voided,
        counts,
    }
}

/// The day of 2026 with this number, from 0, in eight digits.
fn day(mut number: u64) -> i32 {
    let months = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    for (month, days) in (1..).zip(months) {
        if number < days {
            return 20_260_001 + month * 100 + i32::try_from(number).unwrap_or_default();
        }
        number -= days;
    }
    20_261_231
}

async fn measure(folder: &Path, scheduler: Option<&str>) -> Done {
    let (begun, cpu_begun) = (Instant::now(), cpu_ms());
    let snapshot = Snapshot::open(folder)?;
    println!("files checked: {} ms, {} of processor time", begun.elapsed().as_millis(), cpu_since(cpu_begun));
    let question = Question::default();
    for _ in 0..ASKED_TIMES {
        let (begun, cpu_begun) = (Instant::now(), cpu_ms());
        let answer = match scheduler {
            None => ask(&snapshot, &question).await?,
            Some(scheduler) => {
                let asked = ask_cluster(&snapshot, &question, scheduler, Patience::default()).await?;
                for said in &asked.failed {
                    println!("an attempt failed: {said}");
                }
                asked.answer
            }
        };
        println!(
            "{} rows, {} counties without a record, {} lines: {} ms, {} of processor time here; adds up to the control totals: {}; \
             answer {}",
            snapshot.manifest().totals.rows,
            answer.absent.len(),
            answer.lines.len(),
            begun.elapsed().as_millis(),
            cpu_since(cpu_begun),
            answer.agrees_with(snapshot.manifest()),
            digest(&answer)?
        );
    }
    Ok(())
}

/// So that answers of two runs can be told to be the same.
fn digest(answer: &Answer) -> Result<String, Box<dyn Error>> {
    let mut csv = Vec::new();
    answer.write_csv(&mut csv)?;
    Ok(hex::encode(&Sha256::digest(&csv)[..8]))
}

/// Processor time of this process so far, all threads, in steps of 10 ms; unknown where there is no `/proc`.
fn cpu_ms() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // After the name, which may hold anything, the 12th and 13th fields: in user mode and in the system, in hundredths of a second.
    let (_, after) = stat.rsplit_once(')')?;
    let fields: Vec<u64> = after.split_whitespace().skip(11).take(2).filter_map(|f| f.parse().ok()).collect();
    Some(fields.iter().sum::<u64>() * 10)
}

fn cpu_since(begun: Option<u64>) -> String {
    match (begun, cpu_ms()) {
        (Some(begun), Some(now)) => format!("{} ms", now - begun),
        _ => "unknown".to_owned(),
    }
}
