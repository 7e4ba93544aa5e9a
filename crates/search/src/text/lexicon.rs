//! The own lexicon: function words, ways to ask, synonyms, the language of demands. Small, readable, in `data/`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::text::stream::{BREAK, Stream, hash};

/// What is known of words by hand.
pub struct Lexicon {
    function: HashSet<u64>,
    bounds: HashSet<u32>,
    synonyms: HashMap<u64, Vec<Vec<u32>>>,
    standard: HashMap<u64, Vec<u32>>,
    kinds: Vec<(Vec<u32>, u32)>,
    food: u32,
    manner: u32,
    asking: Vec<Vec<u32>>,
    demand: Vec<Vec<u32>>,
    demand_ends: Vec<Vec<u32>>,
    solution: Vec<Vec<u32>>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

/// The lexicon, read once.
pub fn lexicon() -> &'static Lexicon {
    &LEXICON
}

/// Units of a word as it stands in a data file.
fn units(word: &str) -> Vec<u32> {
    Stream::read(word).units
}

/// Lines of a data file without its remarks.
fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty())
}

impl Lexicon {
    fn read() -> Lexicon {
        let function_words: Vec<Vec<u32>> =
            lines(include_str!("../../data/function-words.txt")).flat_map(str::split_whitespace).map(units).collect();
        let bounds = "的和与及对是在等中为了以将从用有被或而并也其".chars().map(|c| c as u32).chain([BREAK]).collect();
        let mut synonyms: HashMap<u64, Vec<Vec<u32>>> = HashMap::new();
        let mut standard: HashMap<u64, Vec<u32>> = HashMap::new();
        for line in lines(include_str!("../../data/synonyms.txt")) {
            let group: Vec<Vec<u32>> = line.split_whitespace().map(units).collect();
            for (at, word) in group.iter().enumerate() {
                standard.entry(hash(word.iter().copied())).or_insert_with(|| group[0].clone());
                let others = group.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, w)| w.clone());
                synonyms.entry(hash(word.iter().copied())).or_default().extend(others);
            }
        }
        let mut kinds = Vec::new();
        let (mut food, mut manner) = (0, 0);
        for (bit, line) in lines(include_str!("../../data/question-types.txt")).enumerate() {
            match line.split_whitespace().next() {
                Some("food") => food = 1 << bit,
                Some("manner") => manner = 1 << bit,
                _ => {}
            }
            for word in line.split_whitespace().skip(1) {
                kinds.push((units(word), 1 << bit));
            }
        }
        let row = |words: &str| words.split_whitespace().map(units).collect();
        Lexicon {
            function: function_words.iter().map(|w| hash(w.iter().copied())).collect(),
            bounds,
            synonyms,
            standard,
            kinds,
            food,
            manner,
            asking: row(
                "什么 谁 哪 何时 何地 何处 何种 何人 为何 如何 多少 怎么 怎样 是否 能否 吗 呢 几个 几次 几年 多长 多高 多大 多远 多久",
            ),
            demand: row(
                "针对 为了 为解决 为提高 为克服 为降低 为改善 为实现 为满足 解决 克服 难题 寻求 急需 亟需 求购 需要一种 怎样才能",
            ),
            demand_ends: row("问题 不足 缺陷 困难 弊端 需求"),
            solution: row("提出 设计 研制 开发 构建 建立 采用 利用 提供 发明 公开 实现 研发 制备"),
        }
    }

    /// Whether a word carries no matter of its own.
    pub fn is_function(&self, word: u64) -> bool {
        self.function.contains(&word)
    }

    /// Whether a unit bounds a term: what follows or precedes it stands by itself.
    pub fn is_bound(&self, unit: u32) -> bool {
        self.bounds.contains(&unit)
    }

    /// Words that may stand for this one, as units.
    pub fn synonyms(&self, word: u64) -> &[Vec<u32>] {
        self.synonyms.get(&word).map_or(&[], Vec::as_slice)
    }

    /// The first of the group of synonyms that a word belongs to.
    pub fn standard(&self, word: u64) -> Option<&[u32]> {
        self.standard.get(&word).map(Vec::as_slice)
    }

    /// The kinds of question that a text asks, as bits: whatever words of theirs stand in it, however it is cut.
    pub fn kinds(&self, units: &[u32]) -> u32 {
        self.kinds.iter().filter(|(word, _)| contains(units, word)).fold(0, |kinds, (_, kind)| kinds | kind)
    }

    /// The kind of question that asks whether something may be eaten or drunk, as its bit.
    pub fn food(&self) -> u32 {
        self.food
    }

    /// The kind of question that asks how something is done, as its bit.
    pub fn manner(&self) -> u32 {
        self.manner
    }

    /// Whether a text asks for something.
    pub fn asks(&self, units: &[u32]) -> bool {
        self.asking.iter().any(|a| contains(units, a))
    }

    /// Whether a text speaks as a demand does: it names what is to be overcome.
    pub fn is_demand(&self, units: &[u32]) -> bool {
        let tail = &units[units.len().saturating_sub(5)..];
        units.len() >= 8
            && (self.demand.iter().any(|d| contains(units, d)) || self.demand_ends.iter().any(|e| contains(tail, e)))
    }

    /// Whether a text opens with what it does or makes, as a capability does.
    pub fn opens_with_solution(&self, units: &[u32]) -> bool {
        let head = &units[..units.len().min(16)];
        self.solution.iter().any(|s| contains(head, s))
    }
}

/// Whether `part` stands in `whole`.
pub fn contains(whole: &[u32], part: &[u32]) -> bool {
    !part.is_empty() && whole.windows(part.len()).any(|w| w == part)
}
