//! Targets, figures, monitoring, evaluations, tasks: the year of one county, with everything that is refused on the way.

use keqiao_access::{Actor, StaffRole};
use keqiao_accounts::UnitKind;
use keqiao_app::evidence::{self, Recording};
use keqiao_app::fixture::TestCtx;
use keqiao_app::performance::evaluation::{self, EvaluationForm, RowForm};
use keqiao_app::performance::{self, IndicatorForm, NoteForm, Proof, StatementForm, TargetForm, TaskForm};
use keqiao_app::year::{self, must_be_open};
use keqiao_base::{Day, EvaluationId, Fen, Kind, ProjectId, TargetId};
use keqiao_performance::ex_ante::{Conclusion, Dimension, ExAnte};
use keqiao_performance::light::{Light, Likelihood, Milestone};
use keqiao_performance::task::{TaskKind, TaskState};
use keqiao_performance::{Indicator, Level2, Measure, Operator, Reached, TargetState};
use keqiao_store::PageRequest;
use keqiao_store::performance::task::TaskFilter;

use crate::year::{COUNTY, actor, finance, project, refused, unit};

pub fn officer() -> Actor {
    actor(21, StaffRole::Officer, COUNTY)
}

pub fn reviewer() -> Actor {
    actor(22, StaffRole::Reviewer, COUNTY)
}

fn second_reviewer() -> Actor {
    actor(23, StaffRole::Reviewer, COUNTY)
}

fn stranger() -> Actor {
    actor(24, StaffRole::Officer, "990102")
}

fn indicators() -> Vec<IndicatorForm> {
    let i = |level2, name: &str, operator, lower: i64, unit: &str, weight: i64| {
        Indicator::new(level2, name, operator, lower.into(), unit, weight.into())
    };
    let mut people = i(Level2::Quantity, "培训人次", Operator::AtLeast, 120, "人次", 30);
    people.measure = Measure::evidence("training", Some("people"));
    let mut sessions = i(Level2::Quantity, "培训场次", Operator::AtLeast, 3, "场", 20);
    sessions.measure = Measure::evidence("training", Some("sessions"));
    let mut literacy = i(Level2::SocialBenefit, "群众科学素质", Operator::Qualitative, 0, "", 30);
    (literacy.lower, literacy.text) = (None, Some("参训群众能独立运用所学技术".into()));
    let mut served = i(Level2::Served, "参训群众满意度", Operator::AtLeast, 90, "%", 10);
    served.measure = Measure::Satisfaction { project: None };
    let plain = |indicator| IndicatorForm { id: None, indicator, milestones: Vec::new() };
    let sessions = IndicatorForm {
        milestones: vec![Milestone { month: 6, value: 1.into() }, Milestone { month: 12, value: 3.into() }],
        ..plain(sessions)
    };
    vec![plain(people), sessions, plain(literacy), plain(served)]
}

fn form() -> TargetForm {
    TargetForm {
        name: "农技培训".into(),
        is_new: false,
        owner: None,
        description: "组织农民参加实用技术培训".into(),
        goal: "全年培训农民120人次".into(),
        budget: Fen::new(1_000_000),
        tree: keqiao_performance::Tree::Standard,
        profile: "mof-2020".into(),
        indicators: indicators(),
    }
}

/// A target that is begun and written, with its project.
async fn drafted(ctx: &TestCtx) -> (TargetId, ProjectId) {
    let office = unit(ctx, "云汀县科学技术协会", UnitKind::Modelled).await;
    let region = COUNTY.parse().unwrap();
    let project = year::make_project(ctx, &finance(), region, 2026, &project(office, "P01")).await.unwrap();
    let id = performance::begin(ctx, &officer(), region, 2026, Some(project), "mof-2020").await.unwrap();
    assert_eq!(performance::save(ctx, &officer(), id, 0, &form()).await.unwrap(), 1);
    (id, project)
}

/// The same, approved; its revision.
async fn approved(ctx: &TestCtx) -> (TargetId, i32) {
    let (id, _) = drafted(ctx).await;
    performance::submit(ctx, &officer(), id, 1).await.unwrap();
    performance::review(ctx, &reviewer(), id, 2, true, "").await.unwrap();
    (id, 3)
}

async fn trained(ctx: &TestCtx, day: &str, people: i64) -> evidence::EvidenceRecord {
    let cells = [
        ("kind", "training"),
        ("title", &format!("茶园培训{people}")),
        ("started", day),
        ("place", "下河村"),
        ("people", &people.to_string()),
        ("sessions", "1"),
    ];
    let cells = cells.map(|(k, v)| (k.to_owned(), v.to_owned())).to_vec();
    let sent = Recording { id: None, region: COUNTY.parse().unwrap(), cells, files: Vec::new() };
    evidence::record(ctx, &officer(), &sent).await.unwrap()
}

#[tokio::test]
async fn a_target_binds_only_after_somebody_else_approved_it() {
    let ctx = TestCtx::new().await.unwrap();
    let (id, project) = drafted(&ctx).await;
    let region = COUNTY.parse().unwrap();
    let again = performance::begin(&ctx, &officer(), region, 2026, Some(project), "mof-2020").await;
    assert_eq!(refused(again), (Kind::Conflict, "target.there"));
    assert_eq!(refused(performance::save(&ctx, &officer(), id, 0, &form()).await), (Kind::Conflict, "conflict"));
    assert_eq!(refused(performance::save(&ctx, &stranger(), id, 1, &form()).await).0, Kind::NotFound);
    assert_eq!(refused(performance::save(&ctx, &reviewer(), id, 1, &form()).await).0, Kind::Forbidden);
    let mut light = form();
    light.indicators[0].indicator.weight = 29.into();
    light.goal.clear();
    performance::save(&ctx, &officer(), id, 1, &light).await.unwrap();
    let (objections, advice) = performance::check(&ctx, &officer(), id, &light).await.unwrap();
    let codes: Vec<&str> = objections.iter().map(|o| o.code).collect();
    assert_eq!(codes, ["target.goal", "weight.sum", "weight.sum"], "{advice:?}");
    assert_eq!(refused(performance::submit(&ctx, &officer(), id, 2).await), (Kind::Invalid, "target.unsound"));
    performance::save(&ctx, &officer(), id, 2, &form()).await.unwrap();
    performance::submit(&ctx, &officer(), id, 3).await.unwrap();
    assert_eq!(refused(performance::save(&ctx, &officer(), id, 4, &form()).await), (Kind::Conflict, "target.not_open"));
    assert_eq!(refused(performance::review(&ctx, &officer(), id, 4, true, "").await).0, Kind::Forbidden);
    assert_eq!(refused(performance::review(&ctx, &reviewer(), id, 4, false, " ").await).1, "words.missing");
    performance::review(&ctx, &reviewer(), id, 4, false, "满意度目标偏低").await.unwrap();
    performance::submit(&ctx, &officer(), id, 5).await.unwrap();
    assert_eq!(refused(performance::review(&ctx, &reviewer(), id, 5, true, "").await).0, Kind::Conflict, "stale");
    performance::review(&ctx, &reviewer(), id, 6, true, "").await.unwrap();
    let shown = performance::version(&ctx, &officer(), id, None).await.unwrap();
    assert_eq!((shown.target.approved, shown.target.state, shown.gate.len()), (1, TargetState::Approved, 0));
    assert_eq!(refused(performance::remove(&ctx, &officer(), id, 7).await).1, "target.not_open");
}

#[tokio::test]
async fn an_approved_target_changes_by_a_version_with_a_reason_and_its_indicators_stay_themselves() {
    let ctx = TestCtx::new().await.unwrap();
    let (id, revision) = approved(&ctx).await;
    assert_eq!(refused(performance::change(&ctx, &officer(), id, revision, "").await).1, "words.missing");
    performance::change(&ctx, &officer(), id, revision, "上级追加任务").await.unwrap();
    let shown = performance::version(&ctx, &officer(), id, None).await.unwrap();
    let old = performance::version(&ctx, &officer(), id, Some(1)).await.unwrap();
    assert_eq!((shown.version.number, shown.target.approved), (2, 1));
    let ids = |s: &performance::TargetShown| s.indicators.iter().map(|i| i.id).collect::<Vec<_>>();
    assert_eq!(ids(&shown), ids(&old));
    let mut more = form();
    for (i, known) in more.indicators.iter_mut().zip(ids(&shown)) {
        i.id = Some(known);
    }
    more.indicators[0].indicator.lower = Some(200.into());
    performance::save(&ctx, &officer(), id, revision + 1, &more).await.unwrap();
    let target = |s: performance::TargetShown| s.indicators[0].indicator.lower;
    let leader = crate::year::leader();
    let seen = performance::version(&ctx, &leader, id, Some(1)).await.unwrap();
    assert_eq!(target(seen), Some(120.into()), "what was approved stands as it was");
    let seen = performance::version(&ctx, &leader, id, Some(2)).await.unwrap();
    assert_eq!(target(seen), Some(200.into()));
    assert_eq!(refused(performance::comment(&ctx, &stranger(), id, "看看").await).0, Kind::NotFound);
    performance::comment(&ctx, &leader, id, "进度如何？").await.unwrap();
}

#[tokio::test]
async fn a_new_project_is_evaluated_before_it_begins() {
    let ctx = TestCtx::new().await.unwrap();
    let (id, _) = drafted(&ctx).await;
    performance::save(&ctx, &officer(), id, 1, &TargetForm { is_new: true, ..form() }).await.unwrap();
    assert_eq!(refused(performance::submit(&ctx, &officer(), id, 2).await).1, "target.unsound");
    let sound = ExAnte {
        points: Dimension::ALL.iter().map(|d| (*d, 17.into())).collect(),
        conclusion: Some(Conclusion::Support),
        words: "确有需要".into(),
    };
    assert_eq!(refused(performance::save_ex_ante(&ctx, &officer(), id, 2, &sound).await).0, Kind::Forbidden);
    let incomplete = ExAnte { conclusion: None, ..sound.clone() };
    assert_eq!(refused(performance::save_ex_ante(&ctx, &reviewer(), id, 2, &incomplete).await).1, "ex_ante.unsound");
    performance::save_ex_ante(&ctx, &reviewer(), id, 2, &sound).await.unwrap();
    performance::submit(&ctx, &officer(), id, 3).await.unwrap();
}

#[tokio::test]
async fn a_frozen_figure_stays_when_its_evidence_is_voided_and_the_page_says_why() {
    let ctx = TestCtx::new().await.unwrap();
    let (id, _) = approved(&ctx).await;
    let first = trained(&ctx, "2026-01-20", 50).await;
    trained(&ctx, "2026-02-10", 70).await;
    trained(&ctx, "2026-03-01", 9).await;
    assert_eq!(performance::freeze(&ctx, &officer(), id, 2).await.unwrap(), 3);
    assert_eq!(performance::freeze(&ctx, &officer(), id, 2).await.unwrap(), 0, "nothing changed");
    evidence::void(&ctx, &officer(), first.id, first.revision, "重复登记的场次").await.unwrap();
    let standing = performance::standing(&ctx, &officer(), id).await.unwrap();
    let (figure, now) = (standing[0].figure.as_ref().unwrap(), standing[0].now.as_ref().unwrap());
    assert_eq!((figure.value, figure.row_count), (Some(1_200_000), 2));
    assert_eq!((now.value, now.rows), (Some(70.into()), 1));
    let why = standing[0].why.as_ref().unwrap();
    assert!(why.zh.contains("作废1条") && why.en.contains("1 voided"), "{why:?}");
    assert!(figure.chain < now.chain);
    ctx.clock.advance_seconds(60);
    assert_eq!(performance::freeze(&ctx, &officer(), id, 2).await.unwrap(), 2, "frozen again: the last one counts");
    assert!(performance::standing(&ctx, &officer(), id).await.unwrap()[0].why.is_none());
    assert_eq!(refused(performance::freeze(&ctx, &reviewer(), id, 2).await).0, Kind::Forbidden);
}

#[tokio::test]
async fn lights_forecasts_and_what_people_say_to_them() {
    let ctx = TestCtx::new().await.unwrap();
    let (id, _) = approved(&ctx).await;
    let region = COUNTY.parse().unwrap();
    trained(&ctx, "2026-01-20", 6).await;
    trained(&ctx, "2026-02-10", 6).await;
    let seen = performance::monitoring(&ctx, &officer(), region, 2026, 2, true).await.unwrap();
    let goal = |at: usize| seen.targets[0].goals[at].clone();
    assert_eq!(seen.targets[0].target.id, id);
    // 12 of 20 that a sixth of the year asks for: 60 %, yellow. One of one session is not due before June.
    assert_eq!((goal(0).actual, goal(0).light), (Some(12.into()), Some(Light::Yellow)));
    assert_eq!(goal(1).light, Some(Light::Green));
    assert_eq!(goal(2).light, None, "set by hand");
    let forecast = goal(0).forecast.unwrap();
    assert_eq!((forecast.low, forecast.middle, forecast.high), (72.into(), 72.into(), 72.into()));
    assert_eq!(seen.targets[0].light, Some(Light::Red), "no money was executed");
    let note = NoteForm {
        light: Some(Light::Red),
        likelihood: Some(Likelihood::Possible),
        words: "雨季".into(),
        ..NoteForm::default()
    };
    let literacy = goal(2).content.id;
    performance::note(&ctx, &officer(), literacy, 2, 0, &note).await.unwrap();
    assert_eq!(refused(performance::note(&ctx, &officer(), literacy, 2, 0, &note).await).0, Kind::Conflict);
    let seen = performance::monitoring(&ctx, &officer(), region, 2026, 2, false).await.unwrap();
    assert_eq!(seen.targets[0].goals[2].light, Some(Light::Red));
    assert_eq!(refused(performance::monitoring(&ctx, &stranger(), region, 2026, 2, false).await).0, Kind::Forbidden);
    // The clock stands in March: February is what is held against the plan.
    let reminders = performance::reminders(&ctx, &officer()).await.unwrap();
    assert!(reminders.iter().any(|r| r.urgent && r.text.zh.contains("培训人次")), "{reminders:?}");
    assert!(performance::reminders(&ctx, &stranger()).await.unwrap().is_empty());
}

/// A submitted self-evaluation of an approved target with a missed quantity, and its rows' reasons.
async fn evaluated(ctx: &TestCtx) -> EvaluationId {
    let (id, _) = approved(ctx).await;
    trained(ctx, "2026-01-20", 50).await;
    trained(ctx, "2026-02-10", 40).await;
    let shown = performance::version(ctx, &officer(), id, None).await.unwrap();
    let literacy = shown.indicators[2].id;
    let copied = StatementForm {
        reached: Some(Reached::Full),
        words: "参训群众能独立运用所学技术".into(),
        ..StatementForm::default()
    };
    assert_eq!(refused(performance::state(ctx, &officer(), literacy, 12, &copied).await).1, "actual.copied");
    let computed = shown.indicators[0].id;
    let typed = StatementForm { value: Some(200.into()), ..StatementForm::default() };
    assert_eq!(refused(performance::state(ctx, &officer(), computed, 12, &typed).await).1, "statement.computed");
    let honest = StatementForm {
        reached: Some(Reached::Full),
        words: "回访40户，36户已独立操作".into(),
        file: Some(("回访.txt".into(), ctx.files.put(&*ctx.entropy, b"40").await.unwrap())),
        ..StatementForm::default()
    };
    performance::state(ctx, &officer(), literacy, 12, &honest).await.unwrap();
    survey(ctx).await;
    let made = evaluation::begin_self(ctx, &officer(), id).await.unwrap();
    assert_eq!(refused(evaluation::begin_self(ctx, &officer(), id).await).1, "evaluation.there");
    let shown = evaluation::evaluation(ctx, &officer(), made).await.unwrap();
    let score = |at: usize| shown.rows[at].row.score;
    // 90 of 120: 30 × 0.75 = 22.5. Two of three sessions: 20 × 2 ÷ 3 = 13.33. 95 % satisfied: full.
    assert_eq!((score(0), score(1), score(2), score(3)), (Some(225_000), Some(133_300), None, Some(100_000)));
    let codes: Vec<&str> = shown.objections.iter().map(|o| o.code).collect();
    assert_eq!(codes, ["reason.missing", "reason.missing", "score.missing", "reason.execution", "evaluation.achieved"]);
    assert_eq!(refused(evaluation::submit(ctx, &officer(), made, 0).await).1, "evaluation.unsound");
    made
}

async fn survey(ctx: &TestCtx) {
    let cells = [
        ("kind", "survey"),
        ("title", "参训群众满意度调查"),
        ("started", "2026-02-20"),
        ("place", "下河村"),
        ("copies", "120"),
        ("valid", "100"),
        ("satisfied", "95"),
    ];
    let cells = cells.map(|(k, v)| (k.to_owned(), v.to_owned())).to_vec();
    let sent = Recording { id: None, region: COUNTY.parse().unwrap(), cells, files: Vec::new() };
    evidence::record(ctx, &officer(), &sent).await.unwrap();
}

fn written(literacy: i64) -> EvaluationForm {
    let row = |position, score: Option<i64>, reason: &str| RowForm {
        position,
        score: score.map(Into::into),
        reason: reason.into(),
    };
    EvaluationForm {
        achieved: "培训90人次".into(),
        problems: "场次不足".into(),
        suggestions: "提前排期".into(),
        execution_reason: "尾款次年支付".into(),
        rows: vec![
            row(0, Some(30), "雨季停课"),
            row(1, None, "雨季停课"),
            row(2, Some(literacy), ""),
            row(3, None, ""),
        ],
    }
}

#[tokio::test]
async fn a_self_evaluation_stands_with_reasons_and_is_scored_again_beside() {
    let ctx = TestCtx::new().await.unwrap();
    let id = evaluated(&ctx).await;
    // Reached in full allows 80 to 100 % of 30 points.
    assert_eq!(refused(evaluation::save(&ctx, &officer(), id, 0, &written(23)).await).1, "evaluation.scores");
    assert_eq!(refused(evaluation::save(&ctx, &reviewer(), id, 0, &written(27)).await).0, Kind::Forbidden);
    evaluation::save(&ctx, &officer(), id, 0, &written(27)).await.unwrap();
    assert_eq!(refused(evaluation::save(&ctx, &officer(), id, 0, &written(28)).await).0, Kind::Conflict);
    assert_eq!(refused(evaluation::begin_beside(&ctx, &reviewer(), id).await).1, "evaluation.not_submitted");
    evaluation::submit(&ctx, &officer(), id, 1).await.unwrap();
    let shown = evaluation::evaluation(&ctx, &officer(), id).await.unwrap();
    // Nothing was executed: 0 of 10. 22.50 + 13.33 + 27 + 10; what the clerk typed for a computed row is not taken.
    assert_eq!((shown.record.total, shown.record.band.as_str()), (728_300, "中"));
    assert_eq!(shown.result.map(|r| r.zh), Some("按比例压减".to_owned()));
    assert_eq!(refused(evaluation::save(&ctx, &officer(), id, 2, &written(28)).await).1, "evaluation.submitted");
    beside(&ctx, id).await;
}

async fn beside(ctx: &TestCtx, id: EvaluationId) {
    assert_eq!(refused(evaluation::begin_beside(ctx, &officer(), id).await).0, Kind::Forbidden);
    let other = evaluation::begin_beside(ctx, &reviewer(), id).await.unwrap();
    assert_eq!(refused(evaluation::begin_beside(ctx, &reviewer(), id).await).1, "evaluation.there");
    let row =
        |position, score: &str, reason: &str| RowForm { position, score: score.parse().ok(), reason: reason.into() };
    let over = EvaluationForm { rows: vec![row(0, "30.01", "")], ..EvaluationForm::default() };
    assert_eq!(refused(evaluation::save(ctx, &reviewer(), other, 0, &over).await).1, "evaluation.scores");
    let mine = EvaluationForm {
        rows: vec![row(0, "22.5", ""), row(1, "13.33", ""), row(2, "24", ""), row(3, "10", "")],
        ..EvaluationForm::default()
    };
    assert_eq!(refused(evaluation::save(ctx, &second_reviewer(), other, 0, &mine).await).0, Kind::Forbidden);
    evaluation::save(ctx, &reviewer(), other, 0, &mine).await.unwrap();
    assert_eq!(refused(evaluation::submit(ctx, &reviewer(), other, 1).await).1, "evaluation.unsound");
    let said = EvaluationForm { rows: vec![row(2, "24", "回访样本偏少")], ..mine };
    evaluation::save(ctx, &reviewer(), other, 1, &said).await.unwrap();
    evaluation::submit(ctx, &reviewer(), other, 2).await.unwrap();
    let shown = evaluation::evaluation(ctx, &officer(), id).await.unwrap();
    let beside = &shown.beside[0];
    assert_eq!((beside.by, beside.differences.len()), ((-3).into(), 1));
    assert_eq!((beside.differences[0].position, beside.differences[0].by), (2, Some((-3).into())));
}

#[tokio::test]
async fn a_department_is_judged_by_the_table_of_points_of_its_profile() {
    let ctx = TestCtx::new().await.unwrap();
    let region = COUNTY.parse().unwrap();
    let by = |profile: &'static str| evaluation::begin_department(&ctx, &REVIEWER, region, 2026, profile, None);
    static REVIEWER: std::sync::LazyLock<Actor> = std::sync::LazyLock::new(reviewer);
    assert_eq!(refused(by("mof-2020").await).1, "evaluation.no_table");
    let id = by("sichuan").await.unwrap();
    let shown = evaluation::evaluation(&ctx, &reviewer(), id).await.unwrap();
    let all: i64 = shown.rows.iter().map(|r| r.row.weight).sum();
    assert_eq!(all, 1_000_000);
    let rows = shown.rows.iter().map(|r| RowForm {
        position: r.row.position,
        score: Some(keqiao_performance::stored::read(r.row.weight)),
        reason: String::new(),
    });
    let mut form = EvaluationForm { rows: rows.collect(), ..EvaluationForm::default() };
    form.rows[0].score = Some(3.into());
    evaluation::save(&ctx, &reviewer(), id, 0, &form).await.unwrap();
    assert_eq!(refused(evaluation::submit(&ctx, &reviewer(), id, 1).await).1, "evaluation.unsound");
    form.rows[0].reason = "目标与规划脱节".into();
    evaluation::save(&ctx, &reviewer(), id, 1, &form).await.unwrap();
    evaluation::submit(&ctx, &reviewer(), id, 2).await.unwrap();
    let shown = evaluation::evaluation(&ctx, &officer(), id).await.unwrap();
    assert_eq!((shown.record.total, shown.record.band.as_str()), (980_000, "优"));
}

#[tokio::test]
async fn a_task_needs_proof_and_a_second_person_and_comes_back_next_year() {
    let ctx = TestCtx::new().await.unwrap();
    let region = COUNTY.parse().unwrap();
    let owner = demo_owner(&ctx).await;
    let sent = TaskForm {
        kind: TaskKind::Monitoring,
        finding: "培训场次不足".into(),
        measure: "六月底前补办两场".into(),
        owner,
        due: "2026-06-30".parse::<Day>().unwrap(),
        target: None,
        evaluation: None,
        indicator: None,
    };
    assert_eq!(
        refused(performance::make_task(&ctx, &crate::year::leader(), region, 2026, &sent).await).0,
        Kind::Forbidden
    );
    let empty = TaskForm { finding: " ".into(), ..sent.clone() };
    assert_eq!(refused(performance::make_task(&ctx, &officer(), region, 2026, &empty).await).1, "words.missing");
    let id = performance::make_task(&ctx, &officer(), region, 2026, &sent).await.unwrap();
    let proof = Proof { words: "已补办两场".into(), ..Proof::default() };
    assert_eq!(refused(performance::task_done(&ctx, &officer(), id, 0, &proof).await).1, "task.proof");
    let proof = Proof { evidence: Some(trained(&ctx, "2026-02-20", 30).await.id), ..proof };
    performance::task_done(&ctx, &officer(), id, 0, &proof).await.unwrap();
    assert_eq!(refused(performance::task_done(&ctx, &officer(), id, 1, &proof).await).0, Kind::Conflict);
    assert_eq!(refused(performance::confirm_task(&ctx, &officer(), id, 1, true, "").await).0, Kind::Forbidden);
    performance::confirm_task(&ctx, &reviewer(), id, 1, false, "缺签到表").await.unwrap();
    let task = performance::task(&ctx, &officer(), id).await.unwrap();
    assert_eq!((task.state, task.measure.ends_with("缺签到表")), (TaskState::Open, true));
    assert_eq!(performance::carry(&ctx, &officer(), region, 2027).await.unwrap(), 1);
    assert_eq!(performance::carry(&ctx, &officer(), region, 2027).await.unwrap(), 0, "carried once");
    performance::task_done(&ctx, &officer(), id, 2, &proof).await.unwrap();
    performance::confirm_task(&ctx, &reviewer(), id, 3, true, "").await.unwrap();
    let of = |year| TaskFilter { year: Some(year), ..TaskFilter::default() };
    let tally = performance::tally(&ctx, &officer(), &of(2026)).await.unwrap();
    assert_eq!((tally.found, tally.settled, tally.open), (1, 1, 0));
    proved_by_a_file(&ctx, &sent).await;
    let next = performance::tasks(&ctx, &officer(), &of(2027), PageRequest::default()).await.unwrap();
    assert_eq!(next.rows[0].carried_from, Some(id));
}

/// A file that proves a task is read by those who may see the task.
async fn proved_by_a_file(ctx: &TestCtx, sent: &TaskForm) {
    let id = performance::make_task(ctx, &officer(), COUNTY.parse().unwrap(), 2025, sent).await.unwrap();
    assert_eq!(refused(performance::task_file(ctx, &officer(), id).await).0, Kind::NotFound, "there is none yet");
    let file = ctx.files.put(&*ctx.entropy, b"proof").await.unwrap();
    let proof = Proof { words: "已补签到表".into(), evidence: None, file: Some(("签到表.pdf".into(), file)) };
    performance::task_done(ctx, &officer(), id, 0, &proof).await.unwrap();
    let (name, bytes) = performance::task_file(ctx, &crate::year::leader(), id).await.unwrap();
    assert_eq!((name.as_str(), bytes.as_slice()), ("签到表.pdf", b"proof".as_slice()));
    assert_eq!(refused(performance::task_file(ctx, &stranger(), id).await).0, Kind::NotFound);
}

/// An account of the county that may answer for a task.
async fn demo_owner(ctx: &TestCtx) -> keqiao_base::AccountId {
    let tx = ctx.begin().await.unwrap();
    keqiao_app::account::demo::seed(ctx, &tx).await.unwrap();
    ctx.commit(tx).await.unwrap();
    let region = COUNTY.parse().unwrap();
    performance::accounts(ctx, &officer(), region).await.unwrap().first().unwrap().0
}

#[tokio::test]
async fn nothing_of_a_closed_year_moves_but_its_evaluation() {
    let ctx = TestCtx::new().await.unwrap();
    let (id, revision) = approved(&ctx).await;
    let region = COUNTY.parse().unwrap();
    year::open(&ctx, &finance(), region, 2026).await.unwrap();
    year::close(&ctx, &finance(), region, 2026, 1, "").await.unwrap();
    assert!(must_be_open(ctx.db.db.read(), region, 2026).await.is_err());
    for result in [
        performance::change(&ctx, &officer(), id, revision, "调整").await,
        performance::freeze(&ctx, &officer(), id, 12).await.map(drop),
        performance::begin(&ctx, &officer(), region, 2026, None, "mof-2020").await.map(drop),
    ] {
        assert_eq!(refused(result), (Kind::Conflict, "year.closed"));
    }
    evaluation::begin_self(&ctx, &officer(), id).await.unwrap();
}

const REPORT: &str = "青岚县科学技术协会2023年度部门决算

2023年，科普讲座场次26场。

项目支出绩效自评表

项目名称\t科普经费
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
产出指标\t数量指标\t大篷车巡展\t40-60次\t20次\t20\t10\t雨季
\t质量指标\t展品完好率\t≥95%\t96%\t30\t30\t
\t数量指标\t2．科普讲座场次（场）\t≥20场\t\t0\t0\t
效益指标\t社会效益指标\t科学素质\t显著提高\t有所提高\t30\t24\t
满意度指标\t服务对象满意度指标\t群众满意度\t≥90%\t93%\t10\t10\t
";

#[tokio::test]
async fn last_years_report_becomes_this_years_draft() {
    let ctx = TestCtx::new().await.unwrap();
    let (_, project) = drafted(&ctx).await;
    let region = COUNTY.parse().unwrap();
    let bytes = REPORT.as_bytes().to_vec();
    let file = ctx.files.put(&*ctx.entropy, &bytes).await.unwrap();
    assert_eq!(refused(performance::inspect(&ctx, &reviewer(), "a.txt", &file).await).0, Kind::Forbidden);
    let former = performance::inspect(&ctx, &officer(), "a.txt", &file).await.unwrap();
    assert_eq!(former.year, Some(2023));
    assert!(!former.forms.is_empty() && !former.forms[0].indicators.is_empty(), "{former:?}");
    let file = (former.file.as_str(), "a.txt");
    let brought =
        performance::bring(&ctx, &officer(), region, 2026, file, "mof-2020", &[(0, None), (0, Some(project))])
            .await
            .unwrap();
    assert_eq!((brought.targets.len(), brought.indicators), (1, former.forms[0].indicators.len()));
    let shown = performance::version(&ctx, &officer(), brought.targets[0], None).await.unwrap();
    let past =
        |at: usize| shown.indicators[at].indicator.history.iter().map(|p| (p.year, p.actual)).collect::<Vec<_>>();
    assert_eq!((past(0), past(3)), (vec![(2023, 20.into())], vec![]));
    // 群众满意度 has its own past in the form; 科普讲座场次, written with a number and a remark, gets that of the sentence.
    let lectures = shown.indicators.iter().find(|i| i.indicator.name.contains("讲座")).unwrap();
    let past_of: Vec<_> = lectures.indicator.history.iter().map(|p| (p.year, p.actual)).collect();
    assert_eq!(past_of, [(2023, 26.into())], "{:?}", former.facts);
    let late = performance::bring(&ctx, &officer(), region, 2023, file, "mof-2020", &[(0, None)]).await;
    assert_eq!(refused(late).1, "import.year");
}
