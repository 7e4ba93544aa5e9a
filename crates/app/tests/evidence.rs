//! Evidence through its use cases: recorded, confirmed by another, lifted, voided, imported, undone, verified; and every refusal.

use keqiao_access::{Actor, StaffRole};
use keqiao_app::evidence::EvidenceRecord;
use keqiao_app::evidence::{self, EvidenceFilter, EvidenceSort, FileChosen, Raising, Recording, Standing, import};
use keqiao_app::fixture::TestCtx;
use keqiao_app::{AppError, AppResult, log, year};
use keqiao_base::{EvidenceId, FieldError, Kind};
use keqiao_evidence::{ActKind, Count, FileRole, FlagKind, Rung};
use keqiao_store::evidence::measure::{self, Quantity, Scope};
use keqiao_store::{ConnectionTrait, PageRequest};

use crate::year::{COUNTY, actor, finance, refused};

fn officer() -> Actor {
    actor(11, StaffRole::Officer, COUNTY)
}

fn colleague() -> Actor {
    actor(12, StaffRole::Officer, COUNTY)
}

fn reviewer() -> Actor {
    actor(13, StaffRole::Reviewer, COUNTY)
}

fn recording(change: &[(&str, &str)]) -> Recording {
    let mut cells: Vec<(String, String)> = [
        ("kind", "training"),
        ("title", "茶园绿色防控技术培训"),
        ("started", "2026-03-02"),
        ("place", "下河村文化礼堂"),
        ("people", "48"),
        ("sessions", "1"),
    ]
    .map(|(k, v)| (k.to_owned(), v.to_owned()))
    .to_vec();
    for (key, value) in change {
        cells.retain(|(k, _)| k != key);
        cells.push(((*key).to_owned(), (*value).to_owned()));
    }
    Recording { id: None, region: COUNTY.parse().unwrap(), cells, files: Vec::new() }
}

fn fields<T: std::fmt::Debug>(result: AppResult<T>) -> Vec<String> {
    match result {
        Err(AppError::Refusal(r)) => r.fields.into_iter().map(|FieldError { field, .. }| field).collect(),
        other => panic!("{other:?}"),
    }
}

async fn sent(ctx: &TestCtx, who: &Actor, role: FileRole, bytes: &[u8]) -> FileChosen {
    let mut incoming = ctx.files.begin(&*ctx.entropy, evidence::FILE_BYTES_MAX).await.unwrap();
    incoming.write(bytes).await.unwrap();
    let file = evidence::take(ctx, who, "../签到表\u{202e}.jpg", incoming).await.unwrap();
    assert_eq!(file.name, "签到表.jpg");
    FileChosen { role, hash: file.hash }
}

async fn people(ctx: &TestCtx, rung_min: Rung) -> measure::Sum {
    let scope = Scope { rung_min, ..Scope::year(COUNTY.parse().unwrap(), 2026) };
    measure::sum(ctx.db.db.read(), &scope, Quantity::Count(Count::People)).await.unwrap()
}

async fn sound(ctx: &TestCtx) {
    let verified = evidence::verify(ctx, None).await.unwrap();
    assert!(verified.whole(), "{verified:?}");
    assert!(log::verify(ctx, None).await.unwrap().outcome.is_ok());
}

#[tokio::test]
async fn a_record_climbs_the_ladder_with_proof_and_another_persons_word() {
    let ctx = TestCtx::new().await.unwrap();
    let made = evidence::record(&ctx, &officer(), &recording(&[])).await.unwrap();
    assert_eq!((made.rung, made.flag_count), (0, 0));
    assert_eq!(refused(evidence::confirm(&ctx, &officer(), made.id, 1, "").await), (Kind::Forbidden, "evidence.own"));
    let raising = |rung| Raising { rung, number: String::new(), words: String::new(), files: Vec::new() };
    assert_eq!(fields(evidence::raise(&ctx, &officer(), made.id, 1, &raising(Rung::Paid)).await), ["rung"]);
    let confirmed = evidence::confirm(&ctx, &colleague(), made.id, 1, "").await.unwrap();
    assert_eq!((confirmed.rung(), confirmed.revision), (Rung::Confirmed, 2));
    assert_eq!(
        refused(evidence::confirm(&ctx, &reviewer(), made.id, 2, "").await),
        (Kind::Conflict, "evidence.confirmed")
    );
    assert_eq!(
        refused(evidence::raise(&ctx, &officer(), made.id, 1, &raising(Rung::Filed)).await),
        (Kind::Conflict, "conflict")
    );
    assert_eq!(fields(evidence::raise(&ctx, &officer(), made.id, 2, &raising(Rung::Filed)).await), ["file"]);
    let file = sent(&ctx, &officer(), FileRole::Document, b"contract").await;
    let filed = Raising { files: vec![file.clone()], ..raising(Rung::Filed) };
    assert_eq!(
        fields(evidence::raise(&ctx, &colleague(), made.id, 2, &filed).await),
        ["file"],
        "who only knows the hash has not sent the file",
    );
    let raised = evidence::raise(&ctx, &officer(), made.id, 2, &filed).await.unwrap();
    assert_eq!((raised.rung(), raised.file_count), (Rung::Filed, 1));
    let paid = Raising { number: "发票 12345678".to_owned(), ..raising(Rung::Paid) };
    evidence::raise(&ctx, &officer(), made.id, 3, &paid).await.unwrap();
    assert_eq!((people(&ctx, Rung::Paid).await.value, people(&ctx, Rung::Outcome).await.value), (48, 0));
    let shown = evidence::show(&ctx, &reviewer(), made.id).await.unwrap();
    let what: Vec<_> = shown.acts.iter().map(|e| e.act.what).collect();
    assert_eq!(what, [ActKind::Recorded, ActKind::Confirmed, ActKind::Raised, ActKind::Raised]);
    assert!(shown.whole && shown.may_void && !shown.may_confirm && !shown.may_raise);
    let (name, bytes) = evidence::download(&ctx, &reviewer(), made.id, 1).await.unwrap();
    assert_eq!((name.as_str(), bytes.as_slice()), ("签到表.jpg", b"contract".as_slice()));
    sound(&ctx).await;
}

#[tokio::test]
async fn what_is_void_stays_and_counts_nowhere() {
    let ctx = TestCtx::new().await.unwrap();
    let made = evidence::record(&ctx, &officer(), &recording(&[])).await.unwrap();
    assert_eq!(refused(evidence::void(&ctx, &colleague(), made.id, 1, "登记错了").await).0, Kind::Forbidden);
    assert_eq!(fields(evidence::void(&ctx, &officer(), made.id, 1, " 错 ").await), ["reason"]);
    let void = evidence::void(&ctx, &officer(), made.id, 1, "重复登记，以另一条为准").await.unwrap();
    assert_eq!(void.void_reason.as_deref(), Some("重复登记，以另一条为准"));
    for gone in [
        evidence::void(&ctx, &reviewer(), made.id, 2, "再作废一次").await,
        evidence::confirm(&ctx, &colleague(), made.id, 2, "").await,
    ] {
        assert_eq!(refused(gone), (Kind::Conflict, "evidence.voided"));
    }
    assert_eq!((people(&ctx, Rung::Claimed).await.value, people(&ctx, Rung::Claimed).await.chain), (0, 2));
    let filter = EvidenceFilter { standing: Some(Standing::Voided), ..EvidenceFilter::default() };
    let page =
        evidence::page(&ctx, &reviewer(), &filter, EvidenceSort::Day, true, PageRequest::default()).await.unwrap();
    assert_eq!(page.total, 1);
    sound(&ctx).await;
}

#[tokio::test]
async fn what_looks_wrong_is_flagged_and_confirmed_only_with_a_reason() {
    let ctx = TestCtx::new().await.unwrap();
    let photo = sent(&ctx, &officer(), FileRole::Photo, b"photo").await;
    let first = Recording { files: vec![photo.clone()], ..recording(&[]) };
    evidence::record(&ctx, &officer(), &first).await.unwrap();
    let second = Recording { files: vec![photo], ..recording(&[("people", "5000")]) };
    let made = evidence::record(&ctx, &officer(), &second).await.unwrap();
    let shown = evidence::show(&ctx, &officer(), made.id).await.unwrap();
    let kinds: Vec<_> = shown.flags.iter().map(|f| f.kind).collect();
    assert_eq!(kinds, [FlagKind::SamePhoto, FlagKind::Twin, FlagKind::Figure, FlagKind::Venue]);
    let before = evidence::show(&ctx, &officer(), shown.flags[0].other.unwrap()).await.unwrap();
    assert_eq!(before.used_again.iter().map(|n| n.id).collect::<Vec<_>>(), [made.id]);
    assert_eq!(fields(evidence::confirm(&ctx, &colleague(), made.id, 1, "好").await), ["words"]);
    evidence::confirm(&ctx, &colleague(), made.id, 1, "已电话核实，人数为全镇合计").await.unwrap();
    sound(&ctx).await;
}

#[tokio::test]
async fn a_form_sent_twice_is_recorded_once() {
    let ctx = TestCtx::new().await.unwrap();
    let id = EvidenceId::new(&*ctx.ctx.clock, &*ctx.ctx.entropy);
    let form = Recording { id: Some(id), ..recording(&[]) };
    evidence::record(&ctx, &officer(), &form).await.unwrap();
    let again = evidence::record(&ctx, &officer(), &form).await.unwrap();
    assert_eq!((again.id, people(&ctx, Rung::Claimed).await.rows), (id, 1));
    assert_eq!(refused(evidence::record(&ctx, &colleague(), &form).await).0, Kind::Conflict);
    let row = evidence::again(&ctx, &officer(), None).await.unwrap().unwrap();
    assert_eq!((row.title.as_str(), row.started.as_str(), row.people.as_str()), ("茶园绿色防控技术培训", "", "48"));
    assert_eq!(evidence::again(&ctx, &colleague(), None).await.unwrap(), None);
}

#[tokio::test]
async fn each_refusal_names_its_field_and_outsiders_see_nothing() {
    let ctx = TestCtx::new().await.unwrap();
    for (change, field) in [
        (("kind", "party"), "kind"),
        (("people", "四十八"), "people"),
        (("started", "2026-02-30"), "started"),
        (("place_region", "火星"), "place_region"),
        (("project", "KP-404"), "project"),
        (("money", "-3"), "money"),
        (("title", ""), "title"),
    ] {
        assert_eq!(fields(evidence::record(&ctx, &officer(), &recording(&[change])).await), [field]);
    }
    let elsewhere = Recording { region: "990102".parse().unwrap(), ..recording(&[]) };
    assert_eq!(refused(evidence::record(&ctx, &officer(), &elsewhere).await).0, Kind::Forbidden);
    let leader = actor(2, StaffRole::Leader, COUNTY);
    assert_eq!(refused(evidence::record(&ctx, &leader, &recording(&[])).await).0, Kind::Forbidden);
    assert_eq!(refused(evidence::record(&ctx, &Actor::visitor(""), &recording(&[])).await).0, Kind::SignIn);
    let made = evidence::record(&ctx, &officer(), &recording(&[])).await.unwrap();
    let neighbour = actor(20, StaffRole::Reviewer, "990102");
    assert_eq!(refused(evidence::show(&ctx, &neighbour, made.id).await).0, Kind::NotFound);
    assert_eq!(refused(evidence::void(&ctx, &neighbour, made.id, 1, "作废试试").await).0, Kind::NotFound);
    assert_eq!(refused(evidence::download(&ctx, &neighbour, made.id, 1).await).0, Kind::NotFound);
    let all = EvidenceFilter::default();
    let page = evidence::page(&ctx, &neighbour, &all, EvidenceSort::Day, true, PageRequest::default()).await.unwrap();
    assert_eq!(page.total, 0);
}

#[tokio::test]
async fn a_closed_year_takes_no_records_and_loses_none() {
    let ctx = TestCtx::new().await.unwrap();
    let county = COUNTY.parse().unwrap();
    let made = evidence::record(&ctx, &officer(), &recording(&[])).await.unwrap();
    year::open(&ctx, &finance(), county, 2026).await.unwrap();
    year::close(&ctx, &finance(), county, 2026, 1, "").await.unwrap();
    assert_eq!(refused(evidence::record(&ctx, &officer(), &recording(&[("people", "9")])).await).1, "year.closed");
    assert_eq!(refused(evidence::void(&ctx, &officer(), made.id, 1, "登记错了").await).1, "year.closed");
    evidence::confirm(&ctx, &colleague(), made.id, 1, "").await.unwrap();
    assert_eq!(people(&ctx, Rung::Confirmed).await.value, 48, "proof may still come in");
}

const SHEET: &str = "2026年活动台账\n类别,活动名称,时间,地点,人数,场次,经费,项目\n\
讲座,航天科普进校园,2026/2/5,云汀一中报告厅,320,1,1200,\n\
培训,食用菌栽培培训,2026-02-06,石桥镇文化站,56,1,,\n\
培训,食用菌栽培培训,2026-02-06,石桥镇文化站,56,1,,\n\
培训,没有人数,2026-02-07,石桥镇文化站,,1,,\n\
讲座,人数太多,2026-02-08,下河村文化礼堂,5000,1,,\n\
讲座,日期不对,2026-13-08,下河村文化礼堂,50,1,,\n\
讲座,没有的项目,2026-02-08,下河村文化礼堂,50,1,,KP-404\n";

#[tokio::test]
async fn a_spreadsheet_is_looked_at_brought_in_and_taken_back_whole() {
    let ctx = TestCtx::new().await.unwrap();
    let file = ctx.files.put(&*ctx.ctx.entropy, SHEET.as_bytes()).await.unwrap();
    let county = COUNTY.parse().unwrap();
    let id = import::begin(&ctx, &officer(), county, "台账.csv", &file).await.unwrap();
    let looked = import::inspect(&ctx, &officer(), id).await.unwrap();
    let wrong: Vec<_> =
        looked.rows.iter().filter(|r| r.stated.is_none()).map(|r| (r.row, r.notes[0].key.as_str())).collect();
    assert_eq!(wrong, [(6, "people"), (8, "started"), (9, "project")]);
    assert_eq!((looked.rows.len(), looked.sound(), looked.flagged()), (7, 4, 2));
    assert_eq!(looked.rows[2].flags[0].kind, FlagKind::Twin, "a row of the same file");
    assert_eq!(refused(import::bring(&ctx, &actor(2, StaffRole::Leader, COUNTY), id).await).0, Kind::Forbidden);
    assert_eq!(import::bring(&ctx, &officer(), id).await.unwrap(), 4);
    assert_eq!(refused(import::bring(&ctx, &officer(), id).await), (Kind::Conflict, "import.past"));
    let sum = people(&ctx, Rung::Claimed).await;
    assert_eq!((sum.value, sum.rows), (320 + 56 + 56 + 5000, 4));
    sound(&ctx).await;
    let twice = import::begin(&ctx, &officer(), county, "台账.csv", &file).await.unwrap();
    assert_eq!(import::inspect(&ctx, &officer(), twice).await.unwrap().flagged(), 4, "all of it is there already");
    assert_eq!(refused(import::discard(&ctx, &colleague(), twice).await).0, Kind::Forbidden, "not theirs");
    import::discard(&ctx, &officer(), twice).await.unwrap();
    assert_eq!(refused(import::load(&ctx, &officer(), twice).await).0, Kind::NotFound);
    assert_eq!(refused(import::discard(&ctx, &officer(), id).await), (Kind::Conflict, "import.past"), "it is in");
    assert_eq!(fields(import::undo(&ctx, &officer(), id, "").await), ["reason"]);
    assert_eq!(refused(import::undo(&ctx, &colleague(), id, "导错了文件").await).0, Kind::Forbidden);
    assert_eq!(import::undo(&ctx, &officer(), id, "导错了文件").await.unwrap(), 4);
    assert_eq!(people(&ctx, Rung::Claimed).await.rows, 0);
    assert_eq!(refused(import::undo(&ctx, &officer(), id, "导错了文件").await), (Kind::Conflict, "import.past"));
    sound(&ctx).await;
}

/// Writes past the program, as somebody with the database file in hand would.
async fn tamper(ctx: &TestCtx, sql: &str) {
    let tx = ctx.db.db.begin().await.unwrap();
    tx.execute_unprepared(sql).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn whoever_writes_past_the_program_is_found_out() {
    for (sql, chain, records, totals, sums) in [
        ("UPDATE evidence SET people = 480", true, false, true, false),
        ("UPDATE evidence SET voided = TRUE", true, true, false, false),
        ("UPDATE evidence SET rung = 4", true, true, false, false),
        ("UPDATE evidence_month SET people = 480", true, true, true, false),
        ("UPDATE evidence_act SET detail = '{}'", false, true, true, true),
        ("DELETE FROM evidence_act WHERE seq = 1", false, true, true, true),
    ] {
        let ctx = TestCtx::new().await.unwrap();
        let made: EvidenceRecord = evidence::record(&ctx, &officer(), &recording(&[])).await.unwrap();
        sound(&ctx).await;
        tamper(&ctx, sql).await;
        let found = evidence::verify(&ctx, None).await.unwrap();
        assert!(!found.whole(), "{sql}");
        assert_eq!(found.outcome.is_ok(), chain, "{sql}");
        assert_eq!(
            (found.differing.is_empty(), found.totals_agree, found.wrong_sums == 0),
            (records, totals, sums),
            "{sql}"
        );
        if sql.contains("people = 480") && sql.contains("evidence SET") {
            assert!(!evidence::show(&ctx, &officer(), made.id).await.unwrap().whole);
        }
    }
}
