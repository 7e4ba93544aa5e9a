//! What is found and why.

use keqiao_search::explain::{Answer, explain};
use keqiao_search::index::facet::Choice;
use keqiao_search::{Collection, Document, Query};

pub(crate) fn offers() -> Vec<Document> {
    [
        (
            "热泵烘干机组",
            "设计了以空气源热泵为热源的烘干机组，烘干花椒、辣椒和菌菇，比燃煤烘房节能四成，型号 HD-300。",
            "农业工程",
        ),
        ("燃气烘干线改造", "为食品厂的天然气烘干线加装余热回收，用气减少三成。", "能源"),
        ("果园割草机", "研制了遥控割草机，坡度 35° 以内可以作业，割幅 80cm。", "农业工程"),
        ("污水处理站运行", "提供乡镇污水处理站的调试与运行服务，出水达到一级 A 标准。", "环境"),
        ("苹果霉心病检测", "用近红外光谱检测苹果霉心病，正确率 95%，适合分选线。", "农业工程"),
        ("电动机能效测试", "按 GB/T 1032 测试三相异步电动机的效率，功率 0.75kW 到 315kW。", "能源"),
    ]
    .into_iter()
    .zip(1..)
    .map(|((title, text, discipline), key)| Document {
        key,
        title: title.into(),
        text: text.into(),
        facets: vec![("discipline".into(), discipline.into())],
    })
    .collect()
}

fn keys(collection: &Collection, text: &str) -> Vec<u128> {
    collection.search(&Query { text, limit: 3, ..Query::default() }).hits.iter().map(|h| h.key).collect()
}

#[test]
fn a_demand_in_other_words_finds_the_offer() {
    let collection = Collection::build(&offers());
    assert_eq!(keys(&collection, "食品厂烘干用气太多")[0], 2);
    assert_eq!(keys(&collection, "果园除草费工")[0], 3);
}

#[test]
fn model_names_and_units_stay_whole() {
    let collection = Collection::build(&offers());
    assert_eq!(keys(&collection, "HD-300"), [1]);
    assert_eq!(keys(&collection, "ｈｄ－３００"), [1]);
    assert_eq!(keys(&collection, "80cm"), [3]);
    assert!(keys(&collection, "8").is_empty());
}

#[test]
fn slips_of_the_pen_and_pinyin_are_put_right() {
    let collection = Collection::build(&offers());
    let found = collection.search(&Query { text: "honggan", limit: 3, ..Query::default() });
    assert_eq!(found.corrections, [("honggan".to_owned(), "烘干".to_owned())]);
    assert!([1, 2].contains(&found.hits[0].key));
    assert_eq!(keys(&collection, "霉新病")[0], 5);
}

#[test]
fn traditional_characters_find_simplified_ones() {
    assert_eq!(keys(&Collection::build(&offers()), "電動機測試")[0], 6);
}

#[test]
fn facets_choose_and_are_counted() {
    let collection = Collection::build(&offers());
    let choice = Choice::from([("discipline".to_owned(), vec!["能源".to_owned()])]);
    let found = collection.search(&Query { text: "烘干", choice, limit: 5, ..Query::default() });
    assert_eq!(found.hits.iter().map(|h| h.key).collect::<Vec<_>>(), [2]);
    let all = collection.search(&Query { text: "烘干", limit: 5, ..Query::default() });
    assert_eq!(all.facets["discipline"], [("农业工程".to_owned(), 1), ("能源".to_owned(), 1)]);
    let unknown = Choice::from([("discipline".to_owned(), vec!["天文".to_owned()])]);
    assert_eq!(collection.search(&Query { text: "烘干", choice: unknown, limit: 5, ..Query::default() }).total, 0);
}

#[test]
fn vectors_find_what_words_do_not() {
    let mut collection = Collection::build(&offers());
    let rows: Vec<f32> = (0..6).flat_map(|i| (0..6).map(move |j| if i == j { 1.0 } else { 0.0 })).collect();
    collection.set_vectors(6, &rows);
    let vector = [0.0, 0.0, 0.0, 1.0, 0.0, 0.0];
    let query = Query { text: "村里的水塘发臭", vector: Some(&vector), limit: 1, ..Query::default() };
    assert_eq!(collection.search(&query).hits[0].key, 4);
    let wrong_length = Query { vector: Some(&vector[..3]), ..query };
    assert!(collection.search(&wrong_length).hits.iter().all(|h| h.dense.is_none()));
}

#[test]
fn reasons_name_shared_terms_and_where_they_stand() {
    let collection = Collection::build(&offers());
    let (query, text) = ("拖拉机和烘干设备费天然气", "燃气烘干设备改造，另有烘干机");
    let reasons = explain(&collection, query, text);
    let shared: Vec<_> = reasons.shared.iter().map(|s| (s.term.as_str(), s.answer)).collect();
    assert!(shared.contains(&("烘干", Answer::Same)), "{reasons:?}");
    assert!(shared.contains(&("天然气", Answer::Synonym)), "{reasons:?}");
    assert!(reasons.missing.contains(&"拖拉机".to_owned()));
    for s in &reasons.shared {
        assert_eq!(&query[s.query.0..s.query.1], s.term);
        assert!(s.places.iter().all(|&(from, to)| text.get(from..to).is_some_and(|t| !t.is_empty())));
    }
}

#[test]
fn a_text_of_the_discipline_where_the_term_is_at_home_stands_first() {
    let discipline = |name: &str| vec![("discipline".to_owned(), name.to_owned())];
    let said = |key, text: &str, name: &str| Document {
        key,
        text: text.into(),
        facets: discipline(name),
        ..Document::default()
    };
    let mut documents: Vec<Document> = (1..=20)
        .map(|key| said(key, &format!("第{key}种水泵的检修"), ["农业工程", "能源"][usize::from(key > 10)]))
        .collect();
    documents.push(said(21, "谷物烘干的测定", "能源"));
    documents.push(said(22, "谷物烘干的测定", "农业工程"));
    documents.extend((23..=27).map(|key| said(key, &format!("烘干机第{key}型的作业与保养以及常见问题"), "农业工程")));
    documents.push(Document { key: 20_000, text: "谷物烘干的测定".into(), ..Document::default() });
    let found = Collection::build(&documents).search(&Query { text: "烘干", limit: 30, ..Query::default() });
    let place = |key| found.hits.iter().position(|hit| hit.key == key).unwrap();
    assert!(place(22) < place(21) && place(21) < place(20_000), "{:?}", found.hits);
}
