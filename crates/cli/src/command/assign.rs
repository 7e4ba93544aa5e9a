//! `keqiao match assign`: gives each demand its expert from two tables, the whole at once, and says what each constraint costs.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use keqiao_exchange::assign::{self, Assignment, Constraint, Pair, Price, Problem, SCORE_MAX, Wrong};
use keqiao_i18n::{Fixed, Lang};
use keqiao_sheet::export::Csv;
use keqiao_sheet::{FILE_BYTES_MAX, Sheet};

use crate::command::print;
use crate::refusal::Refusal;

/// What `match assign` takes.
#[derive(Debug, Args)]
pub(crate) struct AssignArgs {
    /// 可对接的组合（xlsx 或 csv）：需求、专家、匹配分（0–10000）、距离（公里）、回避（是） · Who could serve whom
    #[arg(value_name = "PAIRS")]
    pairs: PathBuf,
    /// 专家名额（xlsx 或 csv）：专家、名额 · How many demands each expert takes
    #[arg(value_name = "PLACES")]
    places: PathBuf,
    /// 每公里从匹配分中扣多少 · What a kilometre takes off a score
    #[arg(long, default_value_t = 0, value_name = "POINTS")]
    per_km: u32,
}

/// The tables, read: names in the order of the problem.
#[derive(Debug, Default)]
struct Told {
    demands: Vec<String>,
    experts: Vec<String>,
    problem: Problem,
}

/// Runs the command.
pub(crate) fn run(args: &AssignArgs, lang: Lang) -> Result<ExitCode, Refusal> {
    let told = read(args)?;
    let wrong = |wrong| match wrong {
        Wrong::TooMany => Refusal::new("需求或专家过多。", "too many demands or experts"),
        Wrong::Pair(at) => {
            Refusal::new(format!("第{}个组合的数值不对。", at + 1), format!("pair {} makes no sense", at + 1))
        }
    };
    let found = assign::solve(&told.problem).map_err(wrong)?;
    let prices = assign::prices(&told.problem, &found).map_err(wrong)?;
    let done = print(|out| shown(out, &told, &found, lang))?;
    eprintln!("{}", summary(&told, &found, &prices, lang));
    Ok(done)
}

fn read(args: &AssignArgs) -> Result<Told, Refusal> {
    let mut told = Told::default();
    let mut experts = HashMap::new();
    let (path, sheet) = (&args.places, sheet(&args.places)?);
    let (name, places) = (column(&sheet, path, ["专家", "expert"])?, column(&sheet, path, ["名额", "places"])?);
    for row in 1..sheet.len() {
        let expert = sheet.cell(row, name).to_owned();
        if experts.insert(expert.clone(), told.experts.len()).is_some() {
            return Err(at(path, row, &format!("专家“{expert}”重复"), &format!("expert {expert} stands twice")));
        }
        told.experts.push(expert);
        told.problem.places.push(number(&sheet, path, row, places)?);
    }
    told.problem.per_km = args.per_km;
    let mut demands = HashMap::new();
    let (path, sheet) = (&args.pairs, self::sheet(&args.pairs)?);
    let [demand, expert, score] =
        [["需求", "demand"], ["专家", "expert"], ["匹配分", "score"]].map(|names| column(&sheet, path, names));
    let (demand, expert, score) = (demand?, expert?, score?);
    let (km, conflict) = (column(&sheet, path, ["距离", "km"]).ok(), column(&sheet, path, ["回避", "conflict"]).ok());
    for row in 1..sheet.len() {
        let named = sheet.cell(row, expert);
        let Some(expert) = experts.get(named).copied() else {
            return Err(at(path, row, &format!("名额表中没有专家“{named}”"), &format!("{named} has no places")));
        };
        let name = sheet.cell(row, demand);
        let demand = *demands.entry(name.to_owned()).or_insert_with(|| {
            told.demands.push(name.to_owned());
            told.demands.len() - 1
        });
        let km = km.map_or(Ok(0), |column| number(&sheet, path, row, column))?;
        let conflict = conflict.is_some_and(|c| matches!(sheet.cell(row, c).trim(), "是" | "1" | "yes" | "true"));
        let score = number(&sheet, path, row, score)?;
        if score > SCORE_MAX {
            return Err(at(path, row, "匹配分应为0至10000", "a score is 0 to 10000"));
        }
        told.problem.pairs.push(Pair { demand, expert, score, km, conflict });
    }
    told.problem.demands = told.demands.len();
    Ok(told)
}

fn sheet(path: &Path) -> Result<Sheet, Refusal> {
    let cannot = |e: io::Error| {
        Refusal::new(format!("{}：读不了（{e}）", path.display()), format!("{}: cannot be read: {e}", path.display()))
    };
    if fs::metadata(path).map_err(cannot)?.len() > FILE_BYTES_MAX as u64 {
        return Err(Refusal::new(format!("{}：文件过大", path.display()), format!("{}: too large", path.display())));
    }
    let bytes = fs::read(path).map_err(cannot)?;
    Sheet::read(&path.to_string_lossy(), &bytes).map_err(|r| Refusal { message: r.message })
}

/// The column whose title begins with one of the names.
fn column(sheet: &Sheet, path: &Path, names: [&str; 2]) -> Result<usize, Refusal> {
    let titles = if sheet.is_empty() { &[][..] } else { sheet.row(0) };
    let found = titles.iter().position(|t| names.iter().any(|n| t.trim().to_lowercase().starts_with(n)));
    found.ok_or_else(|| {
        let (file, [zh, en]) = (path.display(), names);
        Refusal::new(format!("{file}：首行没有“{zh}”一列"), format!("{file}: no column “{en}” in the first row"))
    })
}

fn number(sheet: &Sheet, path: &Path, row: usize, column: usize) -> Result<u32, Refusal> {
    let text = sheet.cell(row, column).trim();
    let (zh, en) = (format!("“{text}”不是整数"), format!("{text} is no whole number"));
    text.parse().map_err(|_| at(path, row, &zh, &en))
}

fn at(path: &Path, row: usize, zh: &str, en: &str) -> Refusal {
    let (file, row) = (path.display(), row + 1);
    Refusal::new(format!("{file} 第{row}行：{zh}"), format!("{file}, row {row}: {en}"))
}

/// The table to standard output, what it cost to standard error.
fn shown(out: &mut dyn Write, told: &Told, found: &Assignment, lang: Lang) -> io::Result<()> {
    let heads = [("需求", "demand"), ("专家", "expert")].map(|(zh, en)| Fixed { zh, en }.get(lang).to_owned());
    let mut table = Csv::begin(out, &heads)?;
    for (demand, expert) in told.demands.iter().zip(&found.experts) {
        table.row(&[demand.clone(), expert.map_or_else(String::new, |e| told.experts[e].clone())])?;
    }
    table.end().map(drop)
}

fn summary(told: &Told, found: &Assignment, prices: &[Price], lang: Lang) -> String {
    let say = |zh, en| Fixed { zh, en }.get(lang);
    let mut lines = vec![format!("{}{}/{}", say("已安排 ", "served "), found.served(), told.demands.len())];
    for price in prices {
        let name = match price.constraint {
            Constraint::Places => say("名额有限", "few places"),
            Constraint::Conflict => say("回避", "conflicts"),
            Constraint::Travel => say("路程", "travel"),
        };
        let (worth, unserved) = (price.worth, price.unserved);
        lines.push(format!(
            "{name}{}{worth}{}{unserved}",
            say("：总分少 ", ": worth "),
            say("，未安排 ", " less, unserved ")
        ));
    }
    let wanted = found.more.iter().enumerate().filter(|(_, more)| **more > 0).max_by_key(|(_, more)| **more);
    if let Some((expert, more)) = wanted {
        let name = &told.experts[expert];
        let (zh, en) = ("，每增一个名额总分最多增加 ", ": one more place adds at most ");
        lines.push(format!("{}{name}{}{more}", say("名额最紧的专家：", "most wanted: "), say(zh, en)));
    }
    lines.join("\n")
}
