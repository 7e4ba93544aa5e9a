//! The directory in both databases: found by any word, cut by region, written against the revision, undone in one go.

use keqiao_access::RegionCode;
use keqiao_base::{EntryId, FixedClock, FixedEntropy, ImportId, Moment};
use keqiao_directory::{Entry, ListKind, Organisation, Person, query, words};
use keqiao_store::directory::entry::{self, Filter, Sort};
use keqiao_store::directory::{DirectoryAct, State, history};
use keqiao_store::fixture::TestDb;
use keqiao_store::{ConnectionTrait, PageRequest};
use sea_orm::sea_query::Order;

const NOW: Moment = Moment::from_millis(1_772_413_200_000);

fn region(code: &str) -> RegionCode {
    code.parse().unwrap()
}

fn ids() -> impl FnMut() -> EntryId {
    let (clock, entropy) = (FixedClock::at(NOW), FixedEntropy::seed(5));
    move || {
        clock.advance_seconds(1);
        EntryId::new(&clock, &entropy)
    }
}

fn person(name: &str, phone: &str, organisation: &str, fields: &str) -> Person {
    Person {
        name: name.into(),
        phone: phone.into(),
        organisation: organisation.into(),
        fields: fields.into(),
        ..Person::default()
    }
}

async fn names(db: &impl ConnectionTrait, filter: &Filter) -> Vec<String> {
    let page = entry::page(db, filter, Sort::Name, Order::Asc, PageRequest::default()).await.unwrap();
    assert_eq!(page.total as usize, page.rows.len());
    page.rows.into_iter().map(|r| r.name).collect()
}

#[tokio::test]
async fn entries_are_found_by_any_word_and_only_within_the_region() {
    let db = TestDb::new().await.unwrap();
    let mut id = ids();
    let people = [
        (person("王小明", "13800000001", "样例科技有限公司", "人工智能"), "330106"),
        (person("单伟", "13800000002", "王氏研究所", "机械工程、人工智能（应用）"), "330203"),
        (person("李四", "0571-80000000", "甲医院", "儿科"), "330106"),
    ];
    let body =
        Organisation { name: "样例科技有限公司".into(), kind: "enterprise".into(), ..Organisation::default() };
    let tx = db.db.begin().await.unwrap();
    let rows = people.iter().map(|(p, r)| (entry::row(id(), p, region(r), None, NOW).unwrap(), words::of(p))).collect();
    entry::insert(&tx, rows).await.unwrap();
    entry::insert(&tx, vec![(entry::row(id(), &body, region("330106"), None, NOW).unwrap(), words::of(&body))])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let all = Filter::of(ListKind::People, vec![region("330000")]);
    assert_eq!(names(db.db.read(), &all).await, ["李四", "单伟", "王小明"]);
    for (typed, expected) in [
        ("王", &["王小明", "单伟"][..]),
        ("小明", &["王小明"]),
        ("wxm", &["王小明"]),
        ("wangx", &["王小明"]),
        ("shan", &["单伟"]),
        ("dw", &["单伟"]),
        ("138", &["单伟", "王小明"]),
        ("样例 科技", &["王小明"]),
        ("05718", &["李四"]),
        ("无此人", &[]),
        ("\"' OR *:", &[]),
    ] {
        let filter = Filter { terms: query::terms(typed), ..all.clone() };
        assert_eq!(names(db.db.read(), &filter).await, expected, "{typed}");
    }
    let field = |f: &str| Filter { field: words::field_word(f), ..all.clone() };
    assert_eq!(names(db.db.read(), &field("人工智能")).await, ["王小明"]);
    assert_eq!(names(db.db.read(), &field("人工智能（应用）")).await, ["单伟"]);
    assert_eq!(names(db.db.read(), &Filter { region: Some(region("330200")), ..all.clone() }).await, ["单伟"]);
    assert_eq!(names(db.db.read(), &Filter::of(ListKind::People, vec![region("330106")])).await, ["李四", "王小明"]);
    assert!(names(db.db.read(), &Filter::of(ListKind::People, vec![])).await.is_empty());
    let bodies = Filter { kind: "enterprise".into(), ..Filter::of(ListKind::Organisations, vec![region("330000")]) };
    assert_eq!(names(db.db.read(), &bodies).await, ["样例科技有限公司"]);
    let first = entry::after(db.db.read(), &all, None, 2).await.unwrap();
    let rest = entry::after(db.db.read(), &all, Some(first[1].id), 2).await.unwrap();
    assert_eq!((first.len(), rest.len()), (2, 1));
}

#[tokio::test]
async fn a_write_with_an_old_revision_changes_nothing() {
    let db = TestDb::new().await.unwrap();
    let before = person("王小明", "", "", "");
    let row = entry::row(ids()(), &before, region("330106"), None, NOW).unwrap();
    let tx = db.db.begin().await.unwrap();
    entry::insert(&tx, vec![(row.clone(), words::of(&before))]).await.unwrap();
    let after = Person { name: "王大明".into(), ..before };
    let changed = entry::with_values(row.clone(), &after, row.region).unwrap();
    assert!(entry::save(&tx, changed.clone(), Some(&after)).await.unwrap());
    assert!(!entry::save(&tx, changed, Some(&after)).await.unwrap());
    tx.commit().await.unwrap();
    let find =
        |typed: &str| Filter { terms: query::terms(typed), ..Filter::of(ListKind::People, vec![region("330000")]) };
    assert_eq!(names(db.db.read(), &find("大明")).await, ["王大明"]);
    assert!(names(db.db.read(), &find("小明")).await.is_empty());
    assert_eq!(entry::load(db.db.read(), row.id).await.unwrap().unwrap().revision, 2);
}

#[tokio::test]
async fn an_import_is_taken_out_except_what_was_changed_since() {
    let db = TestDb::new().await.unwrap();
    let mut id = ids();
    let import = ImportId::from(id().uuid());
    let people: Vec<Person> = (0..450).map(|n| person(&format!("人员{n}"), "", "", "")).collect();
    let tx = db.db.begin().await.unwrap();
    let rows: Vec<_> = people
        .iter()
        .map(|p| (entry::row(id(), p, region("330106"), Some(import), NOW).unwrap(), words::of(p)))
        .collect();
    let made: Vec<_> = rows.iter().map(|(r, _)| r.clone()).collect();
    entry::insert(&tx, rows).await.unwrap();
    let by = history::By { account: None, name: "test".into(), at: NOW };
    let change = |id| history::NewChange {
        entry: id,
        act: DirectoryAct::Imported,
        before: None,
        after: None,
        import: Some(import),
        revision: 1,
    };
    history::append(&tx, &by, made.iter().map(|r| change(r.id)).collect()).await.unwrap();
    entry::touch(&tx, made[7].id, NOW.plus_seconds(5)).await.unwrap();
    let later = NOW.plus_seconds(10);
    assert_eq!(entry::void_import(&tx, import, later).await.unwrap(), 449);
    history::append_voided(&tx, &history::By { at: later, ..by }, import).await.unwrap();
    tx.commit().await.unwrap();
    let found = Filter { terms: query::terms("人员"), ..Filter::of(ListKind::People, vec![region("330000")]) };
    assert_eq!(names(db.db.read(), &found).await, [made[7].name.clone()]);
    let kept: Vec<_> = history::kept(db.db.read(), import).await.unwrap().into_iter().map(|r| r.id).collect();
    assert_eq!(kept, [made[7].id]);
    let voided = entry::load(db.db.read(), made[8].id).await.unwrap().unwrap();
    assert_eq!((voided.state, voided.revision), (State::Voided, 2));
    assert_eq!(history::of(db.db.read(), made[8].id).await.unwrap().len(), 2);
    assert_eq!(Person::KIND, ListKind::People);
}
