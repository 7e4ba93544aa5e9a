//! Targets, figures, evaluations and tasks in both databases.

use keqiao_access::RegionCode;
use keqiao_base::{
    AccountId, Fen, FigureId, FixedClock, FixedEntropy, IndicatorId, Moment, ProjectId, TargetId, TaskId,
};
use keqiao_performance::{Level1, Level2, Operator, TargetState, Tree};
use keqiao_store::PageRequest;
use keqiao_store::fixture::TestDb;
use keqiao_store::performance::figure::{self, Figure, ProgressNote};
use keqiao_store::performance::target::{self, IndicatorRow, MilestoneRow, TargetFilter, TargetRow, VersionRow};
use keqiao_store::performance::task::{self, Task, TaskFilter, TaskKind, TaskState};

const NOW: Moment = Moment::from_millis(1_772_413_200_000);

fn region(code: &str) -> RegionCode {
    code.parse().unwrap()
}

struct Ids(FixedClock, FixedEntropy);

impl Ids {
    fn make<T>(&self, new: impl Fn(&FixedClock, &FixedEntropy) -> T) -> T {
        self.0.advance_seconds(1);
        new(&self.0, &self.1)
    }
}

fn ids() -> Ids {
    Ids(FixedClock::at(NOW), FixedEntropy::seed(9))
}

fn target(ids: &Ids, code: &str, project: Option<ProjectId>) -> TargetRow {
    TargetRow {
        id: ids.make(|c, e| TargetId::new(c, e)),
        region: region(code),
        year: 2026,
        project_id: project,
        name: "科普".into(),
        is_new: false,
        ex_ante: None,
        version: 1,
        approved: 0,
        state: TargetState::Draft,
        owner_id: ids.make(|c, e| AccountId::new(c, e)),
        owner: "陈岚".into(),
        revision: 0,
        created_at: NOW,
        updated_at: NOW,
    }
}

fn indicator(ids: &Ids, target: TargetId, position: i32) -> IndicatorRow {
    IndicatorRow {
        id: ids.make(|c, e| IndicatorId::new(c, e)),
        version: 1,
        target_id: target,
        position,
        level1: Level1::Output,
        level2: Level2::Quantity,
        name: format!("指标{position}"),
        operator: Operator::AtLeast,
        lower: Some(120_000),
        upper: None,
        words: None,
        unit: "场".into(),
        weight: 100_000,
        applies: true,
        unit_cost: Some(Fen::new(5_000)),
        baseline: None,
        history: "[]".into(),
        definition: String::new(),
        measure: r#"{"from":"statement"}"#.into(),
    }
}

fn version(target: TargetId) -> VersionRow {
    VersionRow {
        target_id: target,
        number: 1,
        state: TargetState::Draft,
        description: String::new(),
        goal: "目标".into(),
        budget: Fen::new(1_000_000),
        tree: Tree::Standard,
        profile: "mof-2020".into(),
        reason: String::new(),
        author_id: ids().make(|c, e| AccountId::new(c, e)),
        author: "陈岚".into(),
        submitter_id: None,
        submitter: None,
        submitted_at: None,
        reviewer_id: None,
        reviewer: None,
        review: None,
        reviewed_at: None,
        created_at: NOW,
    }
}

#[tokio::test]
async fn a_target_keeps_its_indicators_and_refuses_a_second_one_of_the_same_project() {
    let db = TestDb::new().await.unwrap();
    let ids = ids();
    let project = ids.make(|c, e| ProjectId::new(c, e));
    let row = target(&ids, "330106", Some(project));
    let tx = db.db.begin().await.unwrap();
    target::insert(&tx, row.clone()).await.unwrap();
    target::insert_version(&tx, version(row.id)).await.unwrap();
    let list: Vec<IndicatorRow> = (0..3).map(|at| indicator(&ids, row.id, at)).collect();
    let milestone = MilestoneRow { indicator_id: list[0].id, version: 1, month: 6, value: 60_000 };
    target::replace_indicators(&tx, row.id, 1, list.clone(), vec![milestone.clone()]).await.unwrap();
    target::replace_indicators(&tx, row.id, 1, list[..2].to_vec(), vec![milestone.clone()]).await.unwrap();
    tx.commit().await.unwrap();
    let read = db.db.read();
    assert_eq!(target::indicators(read, row.id, 1).await.unwrap(), list[..2]);
    assert_eq!(target::milestones(read, &list).await.unwrap(), [milestone]);
    assert_eq!(target::of(read, row.region, 2026, Some(project)).await.unwrap(), Some(row.clone()));
    assert_eq!(target::of(read, row.region, 2026, None).await.unwrap(), None);
    for second in [Some(project), None] {
        let whole = target(&ids, "330106", None);
        let tx = db.db.begin().await.unwrap();
        if second.is_none() {
            target::insert(&tx, whole).await.unwrap();
        }
        assert!(target::insert(&tx, target(&ids, "330106", second)).await.is_err(), "{second:?}");
    }
    let seen =
        |codes: &[&str]| TargetFilter { regions: codes.iter().map(|c| region(c)).collect(), ..TargetFilter::default() };
    let count =
        |filter| async move { target::page(db.db.read(), &filter, PageRequest::default()).await.unwrap().total };
    assert_eq!(count(seen(&["330000"])).await, 1);
    let read = TestDb::new().await.unwrap();
    assert_eq!(target::page(read.db.read(), &seen(&[]), PageRequest::default()).await.unwrap().total, 0);
}

#[tokio::test]
async fn a_stale_write_changes_nothing() {
    let db = TestDb::new().await.unwrap();
    let ids = ids();
    let row = target(&ids, "330106", None);
    let tx = db.db.begin().await.unwrap();
    target::insert(&tx, row.clone()).await.unwrap();
    assert!(target::save(&tx, TargetRow { name: "一".into(), ..row.clone() }, 0).await.unwrap());
    assert!(!target::save(&tx, TargetRow { name: "二".into(), ..row.clone() }, 0).await.unwrap());
    assert_eq!(target::load(&tx, row.id).await.unwrap().map(|r| (r.name, r.revision)), Some(("一".into(), 1)));
    let note = ProgressNote {
        indicator_id: ids.make(|c, e| IndicatorId::new(c, e)),
        month: 6,
        light: None,
        cause: None,
        likelihood: None,
        words: "雨季".into(),
        account_id: row.owner_id,
        account: row.owner.clone(),
        revision: 0,
        updated_at: NOW,
    };
    let says = |words: &str| ProgressNote { words: words.into(), ..note.clone() };
    assert!(figure::note(&tx, says("一"), 0).await.unwrap());
    assert!(!figure::note(&tx, says("二"), 0).await.unwrap(), "somebody said something in the meantime");
    assert!(figure::note(&tx, says("三"), 1).await.unwrap());
    let notes = figure::notes(&tx, &[note.indicator_id], 6).await.unwrap();
    assert_eq!(notes.iter().map(|n| (n.words.as_str(), n.revision)).collect::<Vec<_>>(), [("三", 2)]);
}

#[tokio::test]
async fn figures_stand_beside_each_other_and_tasks_are_carried_once() {
    let db = TestDb::new().await.unwrap();
    let ids = ids();
    let tx = db.db.begin().await.unwrap();
    let first = Figure {
        id: ids.make(|c, e| FigureId::new(c, e)),
        indicator_id: ids.make(|c, e| IndicatorId::new(c, e)),
        region: region("330106"),
        year: 2026,
        month: 6,
        measure: "{}".into(),
        value: Some(420_000),
        row_count: 7,
        chain: 12,
        account_id: ids.make(|c, e| AccountId::new(c, e)),
        account: "陈岚".into(),
        created_at: NOW,
    };
    let later = Figure {
        id: ids.make(|c, e| FigureId::new(c, e)),
        value: Some(410_000),
        created_at: NOW.plus_days(1),
        ..first.clone()
    };
    figure::insert(&tx, first.clone()).await.unwrap();
    figure::insert(&tx, later.clone()).await.unwrap();
    assert_eq!(figure::of(&tx, &[first.indicator_id]).await.unwrap(), [later, first.clone()]);
    let task = |year, carried_from| Task {
        id: ids.make(|c, e| TaskId::new(c, e)),
        region: region("330106"),
        year,
        kind: TaskKind::Monitoring,
        target_id: None,
        evaluation_id: None,
        indicator_id: Some(first.indicator_id),
        finding: "进度偏慢".into(),
        measure: String::new(),
        owner_id: first.account_id,
        owner: "陈岚".into(),
        due_day: NOW.day(),
        state: TaskState::Open,
        proof: String::new(),
        evidence_id: None,
        file_hash: None,
        file_name: None,
        done_at: None,
        confirmer: None,
        carried_from,
        revision: 0,
        created_at: NOW,
        updated_at: NOW,
    };
    let old = task(2025, None);
    task::insert(&tx, old.clone()).await.unwrap();
    assert_eq!(task::unsettled(&tx, old.region, 2025).await.unwrap(), std::slice::from_ref(&old));
    task::insert(&tx, task(2026, Some(old.id))).await.unwrap();
    assert_eq!(task::unsettled(&tx, old.region, 2025).await.unwrap(), []);
    let mine = TaskFilter { regions: vec![old.region], owner: Some(first.account_id), ..TaskFilter::default() };
    assert_eq!(task::states(&tx, &mine).await.unwrap().len(), 2);
}
