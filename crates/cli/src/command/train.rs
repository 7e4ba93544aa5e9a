//! `keqiao match train`: learns from judgements how to correct the order of the first hits, says on which kinds of query
//! the learnt order won, and writes the weights with where they come from, to be read by people and by `match eval`.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use keqiao_app::exchange::{self, finder};
use keqiao_i18n::{Bilingual, Fixed, Lang};
use keqiao_search::eval;
use keqiao_search::learn::train::QUERIES_MIN;
use keqiao_search::learn::{Learnt, Outcome, TooFew, Unjudged, train};
use keqiao_search::rank::kind::Kind;

use crate::command::matching::{Means, open, read, unreadable, write};
use crate::refusal::Refusal;
use crate::running::{self, block_on};
use crate::told::PlaceArgs;

/// What `match train` takes: a judged set, or nothing for what people said of matches in this installation.
#[derive(Debug, Args)]
pub(crate) struct TrainArgs {
    /// 评测集目录，含 corpus.jsonl、queries.jsonl 和 qrels.tsv；不写则用本系统中的匹配评价学习，胜出时写入数据目录的 ranking.toml · The folder with
    /// corpus.jsonl, queries.jsonl and qrels.tsv; without it, what people said of matches here, written to ranking.toml in the data folder
    #[arg(value_name = "SET", requires = "out")]
    set: Option<PathBuf>,
    /// 写入的文件 · The file to write
    #[arg(long, value_name = "FILE", requires = "set")]
    out: Option<PathBuf>,
    /// 代替 qrels.tsv 的评判表：查询、文本、分值（0–10），制表符分隔，首行为表头 · A table of judgements instead of qrels.tsv
    #[arg(long, value_name = "FILE", requires = "set")]
    judgements: Option<PathBuf>,
    /// 未评判的文本一律不计，而不当作无用 · Leave out texts that nobody judged, instead of counting them as useless
    #[arg(long, requires = "set")]
    judged_only: bool,
    /// 写入结果的日期 · The day to write into the result
    #[arg(long, value_name = "DATE", default_value = "", requires = "set")]
    on: String,
    #[command(flatten)]
    means: Means,
    #[command(flatten)]
    place: PlaceArgs,
}

/// Runs the command.
pub(crate) fn run(args: &TrainArgs, lang: Lang) -> Result<ExitCode, Refusal> {
    match args.set.as_ref().zip(args.out.as_ref()) {
        Some((set, out)) => of_set(args, set, out, lang),
        None => of_installation(&args.place, lang),
    }
}

fn of_set(args: &TrainArgs, set: &Path, out: &Path, lang: Lang) -> Result<ExitCode, Refusal> {
    let path = args.judgements.clone().unwrap_or_else(|| set.join("qrels.tsv"));
    let table = read(&path)?;
    let set = open(set, &args.means, lang)?;
    let judged = eval::judged(&set.corpus, &set.queries, set.asked.as_ref(), &table);
    let judged = judged.map_err(|e| unreadable(&path, &e))?;
    let unjudged = if args.judged_only { Unjudged::Unknown } else { Unjudged::Useless };
    let learnt = train(&set.collection, &judged, unjudged, &args.on).map_err(|few| too_few(&few))?;
    let text = toml::to_string(&learnt).map_err(|e| Refusal::new(e.to_string(), e.to_string()))?;
    write(out, &text)?;
    eprint!("{}", summary(&learnt, lang));
    Ok(ExitCode::SUCCESS)
}

fn of_installation(place: &PlaceArgs, lang: Lang) -> Result<ExitCode, Refusal> {
    let settings = place.settings()?;
    block_on(async {
        let ctx = running::open(&settings).await?;
        let lesson = exchange::learn(&ctx).await.map_err(running::refusal)?.map_err(|few| too_few(&few))?;
        eprint!("{}", summary(&lesson.learnt, lang));
        if let Some(path) = lesson.written {
            let path = path.display();
            let said = Bilingual::new(
                format!("已写入 {path}，服务重新启动后启用；删除该文件即恢复原有排序。"),
                format!(
                    "written to {path}: a server uses it when it starts again; without the file the order is as it was"
                ),
            );
            eprintln!("{}", said.get(lang));
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// Reads what `match train` wrote.
pub(super) fn learnt(path: &Path) -> Result<Learnt, Refusal> {
    finder::read_learnt(path).map_err(|refused| Refusal { message: refused.message })
}

fn too_few(few: &TooFew) -> Refusal {
    let most = few.most;
    Refusal::new(
        format!("评判太少，未写入任何文件：每类查询至少要有{QUERIES_MIN}条可供学习，现在最多的一类有{most}条。"),
        format!(
            "too few judgements, nothing was written: a kind of query needs {QUERIES_MIN} that teach something; the most that any has is {most}"
        ),
    )
}

fn summary(learnt: &Learnt, lang: Lang) -> String {
    let say = |zh, en| Fixed { zh, en }.get(lang);
    let mut out = String::new();
    for told in &learnt.outcome {
        let Outcome { queries, before, after, wins, losses, ties, p, taken, .. } = told;
        let name = kind(told.kind).get(lang);
        let verdict = if *taken { say("启用", "taken") } else { say("不启用", "not taken") };
        let _ = match lang {
            Lang::Zh => writeln!(
                out,
                "{name}：{queries}条，nDCG@10 {before:.4} → {after:.4}，交叉比较胜{wins}负{losses}平{ties}，p={p:.4}，{verdict}"
            ),
            Lang::En => writeln!(
                out,
                "{name}: {queries} queries, nDCG@10 {before:.4} → {after:.4}, interleaved: {wins} won, {losses} lost, {ties} tied, p={p:.4}, {verdict}"
            ),
        };
    }
    if !learnt.wins() {
        out += say("没有一类胜出，权重不变。\n", "Nothing won; the weights are as they were.\n");
    }
    out
}

fn kind(kind: Kind) -> Fixed {
    match kind {
        Kind::Brief => Fixed { zh: "短文本", en: "brief texts" },
        Kind::Demand => Fixed { zh: "需求", en: "demands" },
        Kind::Question => Fixed { zh: "提问", en: "questions" },
        Kind::Phrase => Fixed { zh: "单个术语", en: "single terms" },
        Kind::Words => Fixed { zh: "题名或词组", en: "titles and lists of words" },
    }
}
