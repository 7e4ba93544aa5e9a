//! What holds for any texts: scores are numbers, nothing depends on chance, adding and taking away leaves no trace.

use keqiao_search::explain::explain;
use keqiao_search::{Collection, Document, Query};
use proptest::prelude::*;

fn document(key: u128, text: String) -> Document {
    Document { key, text, ..Document::default() }
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "烘干", "热泵", "花椒", "的", "问题", "针对", "HC-05", "3.5mm", "，", "。", "污水", "处理", "苹果", "检测",
        " ", "𠮷", "é", "\u{0}", "設計", "吗",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|p| p.concat())
}

fn found(collection: &Collection, text: &str) -> Vec<(u128, u32)> {
    let found = collection.search(&Query { text, limit: 10, ..Query::default() });
    found.hits.iter().map(|h| (h.key, h.score.to_bits())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn scores_are_numbers_and_repeat(texts in prop::collection::vec(text(), 1..8), query in text()) {
        let documents: Vec<Document> = texts.into_iter().zip(0..).map(|(t, k)| document(k, t)).collect();
        let collection = Collection::build(&documents);
        let hits = collection.search(&Query { text: &query, limit: 10, ..Query::default() }).hits;
        prop_assert!(hits.iter().all(|h| h.score.is_finite()));
        prop_assert!(hits.windows(2).all(|w| w[0].score >= w[1].score));
        prop_assert_eq!(found(&collection, &query), found(&Collection::build(&documents), &query));
    }

    #[test]
    fn adding_and_taking_away_leaves_no_trace(texts in prop::collection::vec(text(), 1..6), extra in text(), query in text()) {
        let documents: Vec<Document> = texts.into_iter().zip(0..).map(|(t, k)| document(k, t)).collect();
        let mut collection = Collection::build(&documents);
        let before = found(&collection, &query);
        collection.add(&document(99, extra.clone()));
        prop_assert!(collection.remove(99));
        prop_assert!(!collection.remove(99));
        prop_assert_eq!(&before, &found(&collection, &query));
        collection.add(&document(0, extra));
        collection.add(&documents[0]);
        let again = found(&collection, &query);
        prop_assert_eq!(before, again);
    }

    #[test]
    fn reasons_point_into_both_texts(query in text(), told in text()) {
        let collection = Collection::build(&[document(1, told.clone())]);
        let reasons = explain(&collection, &query, &told);
        prop_assert!(reasons.covered <= 1.001);
        for s in reasons.shared {
            prop_assert_eq!(query.get(s.query.0..s.query.1), Some(s.term.as_str()));
            prop_assert!(s.places.iter().all(|&(a, b)| told.get(a..b).is_some()));
        }
    }
}

#[test]
fn a_text_is_found_at_once_and_gone_at_once() {
    let mut collection = Collection::default();
    assert!(found(&collection, "烘干").is_empty());
    collection.add(&document(5, "烘干花椒".into()));
    assert_eq!(found(&collection, "烘干").len(), 1);
    collection.remove(5);
    assert!(found(&collection, "烘干").is_empty());
    assert_eq!(collection.waste(), (1, 1));
}
