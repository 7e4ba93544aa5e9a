//! `keqiao match`: measures the search on a judged set, and scores pairs of texts. It reads texts and queries only; the
//! judgements are the business of `train` and of whoever measures.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use keqiao_embedding::{Cache, Embedder, Kind, Model, Problem};
use keqiao_i18n::Lang;
use keqiao_search::Collection;
use keqiao_search::eval::{self, Entry, Rows, Unreadable};

use crate::command::assign::{self, AssignArgs};
use crate::command::train::{self, TrainArgs};
use crate::refusal::Refusal;

/// What `match` takes.
#[derive(Debug, Args)]
pub(crate) struct MatchArgs {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// 在评测集上逐条检索，写出 TREC 格式的结果 · Search every query of a judged set; write the run in the form of TREC
    Eval {
        /// 评测集目录，含 corpus.jsonl 和 queries.jsonl · The folder with corpus.jsonl and queries.jsonl
        #[arg(value_name = "SET")]
        set: PathBuf,
        /// keqiao match train 学到的权重 · Weights that `keqiao match train` learnt
        #[arg(long, value_name = "FILE")]
        weights: Option<PathBuf>,
        #[command(flatten)]
        how: How,
    },
    /// 从评判中学习排序权重，与现有排序交叉比较，胜出才启用 · Learn weights from judgements; taken only where they win
    Train(TrainArgs),
    /// 在名额、回避和路程限制下为全部需求安排专家，整体最优 · Give every demand its expert under places, conflicts and travel
    Assign(AssignArgs),
    /// 给每对文本打相似分，每行一个 · Score pairs of texts, one score a line
    Similar {
        /// 制表符分隔的文本对，首行为表头 · Pairs of texts, tab separated, with a heading
        #[arg(value_name = "PAIRS")]
        pairs: PathBuf,
        #[command(flatten)]
        how: How,
    },
}

#[derive(Debug, Args)]
struct How {
    /// 写入的文件 · The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    means: Means,
}

/// The model, if any.
#[derive(Debug, Args)]
pub(super) struct Means {
    /// 向量模型目录；none 表示只用全文检索 · The directory of an embedding model; none searches the words only
    #[arg(long, value_name = "none|DIR", default_value = "none")]
    model: PathBuf,
    /// 向量缓存目录，默认在模型目录内 · Where vectors are kept; inside the model's directory unless told
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(args: &MatchArgs, lang: Lang) -> Result<ExitCode, Refusal> {
    let (how, text) = match &args.act {
        Act::Assign(pairs) => return assign::run(pairs, lang),
        Act::Train(told) => return train::run(told, lang),
        Act::Eval { set, weights, how } => (how, eval_run(set, weights.as_deref(), how, lang)?),
        Act::Similar { pairs, how } => (how, similar(pairs, how, lang)?),
    };
    write(&how.out, &text)?;
    Ok(ExitCode::SUCCESS)
}

/// A judged set: its texts and queries, with their vectors where a model is there.
pub(super) struct Set {
    pub(super) corpus: Vec<Entry>,
    pub(super) queries: Vec<Entry>,
    pub(super) asked: Option<Rows>,
    pub(super) collection: Collection,
}

/// Reads a set; texts that have no vector yet are given one.
pub(super) fn open(set: &Path, means: &Means, lang: Lang) -> Result<Set, Refusal> {
    let corpus = entries(&set.join("corpus.jsonl"))?;
    let queries = entries(&set.join("queries.jsonl"))?;
    let mut vectors = Vectors::open(means, lang)?;
    let texts: Vec<String> = corpus.iter().map(Entry::whole).collect();
    let words: Vec<String> = queries.iter().map(|q| q.text.clone()).collect();
    let rows = vectors.rows(Kind::Passage, &texts)?;
    let asked = vectors.rows(Kind::Query, &words)?;
    let collection = eval::collection(&corpus, rows.as_ref());
    Ok(Set { corpus, queries, asked, collection })
}

fn eval_run(set: &Path, weights: Option<&Path>, how: &How, lang: Lang) -> Result<String, Refusal> {
    let learnt = weights.map(train::learnt).transpose()?;
    let mut set = open(set, &how.means, lang)?;
    if let Some(learnt) = learnt {
        set.collection.weights = learnt.weights;
    }
    Ok(eval::run(&set.collection, &set.corpus, &set.queries, set.asked.as_ref()))
}

fn similar(path: &Path, how: &How, lang: Lang) -> Result<String, Refusal> {
    let pairs = eval::pairs(&read(path)?).map_err(|e| unreadable(path, &e))?;
    let sides: Vec<String> = pairs.iter().flat_map(|(a, b)| [a.clone(), b.clone()]).collect();
    let rows = Vectors::open(&how.means, lang)?.rows(Kind::Query, &sides)?;
    Ok(eval::similar(&pairs, rows.as_ref()))
}

pub(super) fn write(path: &Path, text: &str) -> Result<(), Refusal> {
    fs::write(path, text).map_err(|e| unusable(path, &e.to_string()))
}

pub(super) fn read(path: &Path) -> Result<String, Refusal> {
    fs::read_to_string(path).map_err(|e| unusable(path, &e.to_string()))
}

fn entries(path: &Path) -> Result<Vec<Entry>, Refusal> {
    eval::entries(&read(path)?).map_err(|e| unreadable(path, &e))
}

/// The model and its cache, if a model was named.
struct Vectors {
    model: Option<(Model, Cache)>,
    lang: Lang,
}

impl Vectors {
    fn open(means: &Means, lang: Lang) -> Result<Vectors, Refusal> {
        if means.model.as_os_str() == "none" {
            return Ok(Vectors { model: None, lang });
        }
        let model = Model::open(&means.model).map_err(refusal)?;
        let kept = means.cache.clone().unwrap_or_else(|| means.model.join("vectors"));
        let cache = Cache::open(&kept, &model as &dyn Embedder).map_err(refusal)?;
        Ok(Vectors { model: Some((model, cache)), lang })
    }

    fn rows(&mut self, kind: Kind, texts: &[String]) -> Result<Option<Rows>, Refusal> {
        let Some((model, cache)) = &mut self.model else { return Ok(None) };
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (lang, all) = (self.lang, texts.len());
        let told = |done: usize| match lang {
            Lang::Zh => eprintln!("向量 {done}/{all}"),
            Lang::En => eprintln!("vectors {done}/{all}"),
        };
        let made = cache.embed(model, kind, &texts, told).map_err(refusal)?;
        let numbers = made.iter().flat_map(|v| v.vector().0).collect();
        Ok(Some(Rows { dim: model.dimensions(), numbers }))
    }
}

fn refusal(problem: Problem) -> Refusal {
    Refusal { message: problem.message }
}

pub(super) fn unreadable(path: &Path, e: &Unreadable) -> Refusal {
    let path = path.display();
    Refusal::new(
        format!("{path} 第 {} 行读不懂：{}", e.line, e.why),
        format!("line {} of {path} cannot be read: {}", e.line, e.why),
    )
}

fn unusable(path: &Path, why: &str) -> Refusal {
    let path = path.display();
    Refusal::new(format!("不能使用 {path}：{why}"), format!("cannot use {path}: {why}"))
}
