//! Learning from judgements: what separates is learnt, what does not is left alone, the same always teaches the same.

use keqiao_search::learn::interleave::Tally;
use keqiao_search::learn::train::QUERIES_MIN;
use keqiao_search::learn::{Judged, Learnt, TooFew, Unjudged, train};
use keqiao_search::rank::feature::Feature;
use keqiao_search::rank::kind::Kind;
use keqiao_search::rank::rerank::Rerank;
use keqiao_search::rank::weights::Weights;
use keqiao_search::{Collection, Document, Query};
use proptest::prelude::*;

const THINGS: [&str; 12] =
    ["花椒", "茶叶", "稻谷", "猪舍", "水泵", "果园", "鱼塘", "大棚", "锅炉", "砂石", "竹笋", "牛奶"];
const TASKS: [&str; 10] = ["烘干", "分选", "灭菌", "除尘", "灌溉", "检测", "包装", "运输", "冷藏", "防腐"];

/// Two texts for each thing and task: one says it briefly, the other repeats it in a long text and so has more of the words.
fn collection() -> Collection {
    let mut documents = Vec::new();
    for thing in THINGS {
        for task in TASKS {
            let key = documents.len() as u128;
            let brief = format!("{thing}{task}");
            let long =
                format!("{thing}{task}，{thing}{task}。以上所列各项均由本单位技术人员现场负责，随时联系，长期有效。");
            documents.push(Document { key, text: brief, ..Document::default() });
            documents.push(Document { key: key + 1, text: long, ..Document::default() });
        }
    }
    let mut collection = Collection::build(&documents);
    collection.weights.brief = [1.0, 0.0];
    collection
}

/// People find one of each two texts useful: the long one, or the brief one.
fn judged(long: bool) -> Vec<Judged> {
    let ask = |at: usize| {
        let text = format!("{}的{}用什么方法", THINGS[at / TASKS.len()], TASKS[at % TASKS.len()]);
        let grades =
            vec![(2 * at as u128, f32::from(u8::from(!long))), (2 * at as u128 + 1, f32::from(u8::from(long)))];
        Judged { text, grades, ..Judged::default() }
    };
    (0..THINGS.len() * TASKS.len()).map(ask).collect()
}

fn first(collection: &Collection, text: &str) -> u128 {
    collection.search(&Query { text, limit: 1, ..Query::default() }).hits[0].key
}

#[test]
fn what_separates_is_learnt_and_switched_on() {
    let mut collection = collection();
    let query = "水泵的防腐用什么方法";
    let before = first(&collection, query);
    // People want the other one than what comes first.
    let learnt = train(&collection, &judged(before.is_multiple_of(2)), Unjudged::Useless, "2026-11-22").unwrap();
    let outcome = &learnt.outcome[0];
    assert_eq!((outcome.kind, outcome.taken), (Kind::Question, true), "{outcome:?}");
    assert!(outcome.after > outcome.before && outcome.p < 0.01 && outcome.losses == 0, "{outcome:?}");
    let table = &learnt.weights.rerank.plain[&Kind::Question];
    assert!(table[&Feature::Length].abs() > 0.01, "{table:?}");
    assert!(learnt.weights.is_sound() && learnt.wins());
    collection.weights = learnt.weights;
    assert_eq!(first(&collection, query), before ^ 1);
}

#[test]
fn what_is_right_already_is_left_alone() {
    let collection = collection();
    let long = first(&collection, "水泵的防腐用什么方法") % 2 == 1;
    let learnt = train(&collection, &judged(long), Unjudged::Unknown, "").unwrap();
    assert!(!learnt.wins(), "{:?}", learnt.outcome);
    assert_eq!(learnt.weights, collection.weights);
}

#[test]
fn the_order_of_judgements_teaches_nothing() {
    let collection = collection();
    let mut other = judged(false);
    other.reverse();
    let learn = |judged: &[Judged]| train(&collection, judged, Unjudged::Useless, "2026-11-22");
    assert_eq!(learn(&judged(false)), learn(&other));
}

#[test]
fn too_few_judgements_are_said_to_be_too_few() {
    let collection = collection();
    let few: Vec<Judged> = judged(true).into_iter().take(QUERIES_MIN - 1).collect();
    assert_eq!(train(&collection, &few, Unjudged::Unknown, ""), Err(TooFew { most: QUERIES_MIN - 1 }));
    assert_eq!(train(&collection, &[], Unjudged::Unknown, ""), Err(TooFew { most: 0 }));
    assert_eq!(train(&Collection::default(), &judged(true), Unjudged::Unknown, ""), Err(TooFew { most: 0 }));
    let odd =
        vec![Judged { vector: Some(vec![f32::NAN]), grades: vec![(7, f32::NAN), (7, 9e9)], ..Judged::default() }; 99];
    assert_eq!(train(&collection, &odd, Unjudged::Useless, ""), Err(TooFew { most: 0 }));
}

#[test]
fn weights_are_readable_and_wrong_ones_are_refused() {
    let weights = Weights::default();
    let text = serde_json::to_string(&weights).unwrap();
    assert!(text.contains("\"question\":{") && text.contains("\"crowd\":"), "{text}");
    assert_eq!(serde_json::from_str::<Weights>(&text).unwrap(), weights);
    for wrong in [
        r#"{"wrod":1}"#,
        r#"{"rerank":{"hybrid":{"riddle":{}}}}"#,
        r#"{"rerank":{"hybrid":{"words":{"colour":1}}}}"#,
        r#"{"rerank":{"other":{}}}"#,
    ] {
        assert!(serde_json::from_str::<Weights>(wrong).is_err(), "{wrong}");
    }
    for wrong in [f32::NAN, f32::INFINITY, 1e9] {
        let mut rerank = Rerank::none();
        rerank.plain.entry(Kind::Words).or_default().insert(Feature::Crowd, wrong);
        assert!(!Weights { rerank, ..Weights::default() }.is_sound());
        assert!(!Weights { dense: [0.0, wrong, 0.0], ..Weights::default() }.is_sound());
    }
    assert!(weights.is_sound());
}

#[test]
fn what_is_kept_comes_back() {
    let learnt = train(&collection(), &judged(false), Unjudged::Unknown, "2026-11-22").unwrap();
    let text = serde_json::to_string(&learnt).unwrap();
    assert_eq!(serde_json::from_str::<Learnt>(&text).unwrap(), learnt);
    assert_eq!((learnt.trained.queries, learnt.trained.judgements, learnt.trained.vectors), (120, 240, false));
}

proptest! {
    #[test]
    fn an_order_against_itself_always_ties(
        grades in prop::collection::vec(0_u8..4, 0..30),
        seed: u64,
        shown in 0_usize..12,
    ) {
        let order: Vec<usize> = (0..grades.len()).rev().collect();
        let grades: Vec<f64> = grades.into_iter().map(f64::from).collect();
        let mut tally = Tally::default();
        tally.count(&order, &order, &grades, seed, shown);
        prop_assert_eq!(tally, Tally { ties: 1, ..Tally::default() });
    }

    #[test]
    fn what_one_order_wins_the_other_loses(
        rows in prop::collection::vec((0_u8..4, any::<u32>()), 0..30),
        seed: u64,
    ) {
        let grades: Vec<f64> = rows.iter().map(|r| f64::from(r.0)).collect();
        let old: Vec<usize> = (0..rows.len()).collect();
        let mut new = old.clone();
        new.sort_by_key(|&at| rows[at].1);
        let (mut there, mut back) = (Tally::default(), Tally::default());
        there.count(&new, &old, &grades, seed, 10);
        back.count(&old, &new, &grades, seed, 10);
        prop_assert_eq!((there.wins, there.losses, there.ties), (back.losses, back.wins, back.ties));
        prop_assert!((0.0..=1.0).contains(&there.p()));
    }
}
