//! X0715: a character that is probably wrong.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "X0715",
    name: "wrong-character",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "疑似错别字", en: "A character that is probably wrong" },
    why: Fixed {
        zh: "常见的同音、形近错字。词表见数据文件，只作提示。",
        en: "Characters often confused by sound or shape. The list is data; findings are only notes.",
    },
    source: "TX-11",
    check,
};

/// Wrong, right, and the words in which the wrong one is right.
static PAIRS: LazyLock<Vec<(&str, &str, Vec<&str>)>> = LazyLock::new(|| {
    include_str!("../../../data/wrong-characters.csv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut fields = line.split(',');
            let unless = |f: &'static str| f.split('|').filter(|w| !w.is_empty()).collect();
            Some((fields.next()?, fields.next()?, fields.next().map(unless).unwrap_or_default()))
        })
        .collect()
});

fn check(cx: &Context<'_>, out: &mut Sink) {
    for folded in cx.printed() {
        let text = folded.text();
        out.judge();
        for (wrong, right, unless) in PAIRS.iter() {
            for (at, _) in text.match_indices(wrong) {
                let fine = |word: &&str| text.match_indices(word).any(|(i, w)| i <= at && at + wrong.len() <= i + w.len());
                if unless.iter().any(fine) {
                    continue;
                }
                out.report(
                    folded.span(at..at + wrong.len()),
                    Bilingual::new(format!("“{wrong}”疑为“{right}”"), format!("“{wrong}” is probably “{right}”")),
                    Bilingual::new("请核对用字。", "Check the character."),
                );
            }
        }
    }
}
