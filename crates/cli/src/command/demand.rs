//! `keqiao demand refine`: a note becomes the parts of a demand, with what is still missing.

use std::fs;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use keqiao_base::{Clock, Day, SystemClock};
use keqiao_exchange::clarity::{self, POINTS_MAX};
use keqiao_exchange::refine::{NOTE_CHARS_MAX, Parts, Side, refine};
use keqiao_i18n::{Fixed, Lang};

use crate::command::print;
use crate::refusal::Refusal;

/// What `demand` takes.
#[derive(Debug, Args)]
pub(crate) struct DemandArgs {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// 把一句话、电话或走访记录整理成需求的各部分，并提示还缺什么 · Sort a note into the parts of a demand and say what is missing
    Refine {
        /// 文本文件；不写则读标准输入 · The text; standard input when absent
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
        /// 需求标题 · Title of the demand
        #[arg(long, default_value = "", value_name = "TEXT")]
        title: String,
        /// 记录的日期，如 2026-11-21；不写为今天 · The day of the note; today when absent
        #[arg(long, value_name = "DAY")]
        day: Option<Day>,
    },
}

/// Runs the command.
pub(crate) fn run(args: &DemandArgs, lang: Lang) -> Result<ExitCode, Refusal> {
    let Act::Refine { file, title, day } = &args.act;
    let mut note = String::new();
    let read = match file {
        Some(path) => fs::File::open(path).and_then(|f| bounded(f, &mut note)),
        None => bounded(io::stdin(), &mut note),
    };
    read.map_err(|e| Refusal::new(format!("读不了这段文字：{e}"), format!("the text cannot be read: {e}")))?;
    if note.chars().count() > NOTE_CHARS_MAX {
        let (zh, en) =
            (format!("文字超过{NOTE_CHARS_MAX}字，请分段。"), format!("more than {NOTE_CHARS_MAX} characters"));
        return Err(Refusal::new(zh, en));
    }
    let parts = refine(&note, day.unwrap_or_else(|| SystemClock.now().day()));
    print(|out| shown(out, title, &parts, lang))
}

/// As much as a note may hold, and one more to see that it is too much.
fn bounded(from: impl Read, into: &mut String) -> io::Result<usize> {
    from.take(NOTE_CHARS_MAX as u64 * 4 + 4).read_to_string(into)
}

fn shown(out: &mut dyn Write, title: &str, parts: &Parts, lang: Lang) -> io::Result<()> {
    let say = |zh, en| Fixed { zh, en }.get(lang);
    let mut line = |zh, en, words: &str| {
        let words = if words.is_empty() { say("（未说明）", "(not said)") } else { words };
        writeln!(out, "{}{words}", say(zh, en))
    };
    line("现状　　", "situation    ", &parts.situation)?;
    line("难题　　", "problem      ", &parts.problem)?;
    let criteria = parts.criteria.iter().map(|m| {
        let side = match m.side {
            Side::AtLeast => "≥",
            Side::AtMost => "≤",
        };
        format!("{} {side} {}{}", m.name, m.value, m.unit)
    });
    line("验收指标", "criteria     ", &criteria.collect::<Vec<_>>().join("；"))?;
    line("约束　　", "constraints  ", &parts.constraints.join("；"))?;
    let budget = parts.budget.map(|b| {
        let (from, to) = (b.from.yuan(), b.to.yuan());
        if from == to {
            format!("{from} {}", say("元", "yuan"))
        } else {
            format!("{from}–{to} {}", say("元", "yuan"))
        }
    });
    line("预算　　", "budget       ", &budget.unwrap_or_default())?;
    line("时限　　", "deadline     ", &parts.deadline.map(Day::code).unwrap_or_default())?;
    let lines = clarity::clarity(title, parts);
    writeln!(out, "\n{}{}/{POINTS_MAX}", say("清晰度 ", "clarity "), clarity::total(&lines))?;
    for l in &lines {
        let hint = l.hint.as_ref().map_or("", |h| h.get(lang));
        writeln!(out, "  {:>2}/{:<2} {}  {hint}", l.points, l.of, l.part.get(lang))?;
    }
    Ok(())
}
