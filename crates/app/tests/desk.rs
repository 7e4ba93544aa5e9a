//! The report desk: from upload to ledger, by several people, in several versions and years.

use futures_util::stream;
use keqiao_access::role::AccountKind;
use keqiao_access::{Actor, Grade, HeldRole, Signed, StaffRole, Via};
use keqiao_app::desk::{self, Judgement, LedgerFormat, ReportShown};
use keqiao_app::fixture::TestCtx;
use keqiao_app::{AppError, AppResult, jobs};
use keqiao_base::{AccountId, Kind, ReportId, SessionId};
use keqiao_i18n::Lang;
use keqiao_store::PageRequest;
use keqiao_store::desk::finding::{FindingFilter, FindingSort, FindingState};
use keqiao_store::desk::report::{CheckState, ReportFilter, ReportSort};
use keqiao_store::desk::upload::UploadState;

const COUNTY: &str = "990101";
const OTHER_COUNTY: &str = "990102";

/// A final account whose shares are wrong.
const FAULTY: &str = "青岚县科学技术协会\n2023年度部门决算\n\n一、支出决算情况\n\n2023年支出合计100.00万元，其中：基本支出80.00万元，占70.0%；项目支出20.00万元，占25.0%。\n";
/// The same, one share put right, the other changed to another wrong one, and a new slip.
const CORRECTED: &str = "青岚县科学技术协会\n2023年度部门决算\n\n一、支出决算情况\n\n2023年支出合计100.00万元，其中：基本支出80.00万元，占80.0%；项目支出20.00万元，占21.0%。\n\n二、收入决算情况\n\n2023年收入合计50.00万元，其中：财政拨款收入25.00万元，占60.0%。\n";

fn actor(n: u128, name: &str, role: StaffRole, region: &str) -> Actor {
    let roles = vec![HeldRole { role, region: region.parse().unwrap(), association: None }];
    Actor::Signed(Box::new(Signed {
        account: AccountId::from(uuid::Uuid::from_u128(n)),
        login: name.to_owned(),
        name: name.to_owned(),
        kind: AccountKind::Staff,
        grade: Grade::None,
        roles,
        organisation: None,
        via: Via::Session(SessionId::from(uuid::Uuid::from_u128(n))),
        address: String::new(),
    }))
}

fn finance() -> Actor {
    actor(1, "钱如算", StaffRole::Finance, COUNTY)
}

fn reviewer() -> Actor {
    actor(2, "林知远", StaffRole::Reviewer, COUNTY)
}

/// Uploads a file in pieces of seven bytes.
async fn upload(ctx: &TestCtx, who: &Actor, report: Option<ReportId>, name: &str, text: &str) -> desk::Progress {
    let batch = desk::begin_batch(ctx, who, None, report).await.unwrap().id;
    let begun = desk::begin_upload(ctx, who, batch, name, text.len() as u64, None).await.unwrap();
    let pieces: Vec<std::io::Result<Vec<u8>>> = text.as_bytes().chunks(7).map(|c| Ok(c.to_vec())).collect();
    desk::receive(ctx, who, begun.id, 0, stream::iter(pieces)).await.unwrap()
}

/// Does all jobs that wait.
async fn work(ctx: &TestCtx) {
    let works = jobs::works();
    while jobs::step(ctx, &works).await.unwrap() {}
}

/// Uploads, checks, and shows the report.
async fn checked(ctx: &TestCtx, report: Option<ReportId>, name: &str, text: &str) -> ReportShown {
    let done = upload(ctx, &finance(), report, name, text).await;
    work(ctx).await;
    let page = list(ctx).await;
    let id = done.report.filter(|id| page.iter().any(|r| r.0 == *id)).or(page.first().map(|r| r.0));
    desk::report(ctx, &finance(), id.unwrap()).await.unwrap()
}

async fn list(ctx: &TestCtx) -> Vec<(ReportId, String, i32)> {
    let request = PageRequest::default();
    let page = desk::page(ctx, &finance(), &ReportFilter::default(), ReportSort::Updated, true, request).await.unwrap();
    page.rows.into_iter().map(|r| (r.id, r.entity, r.version)).collect()
}

fn refused<T: std::fmt::Debug>(outcome: AppResult<T>) -> (Kind, &'static str) {
    match outcome {
        Err(AppError::Refusal(refusal)) => (refusal.kind, refusal.code),
        other => panic!("not refused: {other:?}"),
    }
}

fn settled(state: FindingState, reason: &str) -> Judgement {
    Judgement { state, reason: reason.to_owned() }
}

#[tokio::test]
async fn an_uploaded_report_is_checked_and_shown_with_its_findings() {
    let ctx = TestCtx::new().await.unwrap();
    let shown = checked(&ctx, None, "../决算.txt", FAULTY).await;
    assert_eq!(shown.report.entity, "青岚县科学技术协会");
    assert_eq!((shown.report.year, shown.report.state), (Some(2023), CheckState::Checked));
    assert_eq!(shown.versions[0].file_name, "决算.txt");
    assert_eq!(shown.findings.len(), 2, "{:?}", shown.findings);
    assert_eq!(usize::try_from(shown.report.open).unwrap(), shown.findings.len());
    assert!(shown.text.contains("id=\"f1m1\""));
}

#[tokio::test]
async fn an_upload_that_broke_off_goes_on_where_it_stopped() {
    let ctx = TestCtx::new().await.unwrap();
    let who = finance();
    let batch = desk::begin_batch(&ctx, &who, None, None).await.unwrap().id;
    let bytes = FAULTY.as_bytes();
    let begun = desk::begin_upload(&ctx, &who, batch, "a.txt", bytes.len() as u64, None).await.unwrap();
    let broken = stream::iter(vec![Ok(bytes[..50].to_vec()), Err(std::io::Error::other("the line broke"))]);
    let after = desk::receive(&ctx, &who, begun.id, 0, broken).await.unwrap();
    assert_eq!((after.received, after.state), (50, UploadState::Receiving));
    let wrong = stream::iter(vec![Ok(bytes[60..].to_vec())]);
    assert_eq!(desk::receive(&ctx, &who, begun.id, 60, wrong).await.unwrap().received, 50, "bytes were left out");
    assert_eq!(desk::progress(&ctx, &who, begun.id).await.unwrap().received, 50);
    let rest = stream::iter(vec![Ok(bytes[50..].to_vec())]);
    let done = desk::receive(&ctx, &who, begun.id, 50, rest).await.unwrap();
    assert_eq!((done.received, done.state), (bytes.len() as u64, UploadState::Received));
    assert_eq!(upload(&ctx, &who, None, "b.txt", FAULTY).await.state, UploadState::Known, "the same file again");
}

#[tokio::test]
async fn an_upload_whose_rest_never_comes_is_forgotten() {
    let ctx = TestCtx::new().await.unwrap();
    let who = finance();
    let batch = desk::begin_batch(&ctx, &who, None, None).await.unwrap().id;
    let begun = desk::begin_upload(&ctx, &who, batch, "a.txt", 9, None).await.unwrap();
    desk::receive(&ctx, &who, begun.id, 0, stream::iter(vec![Ok(b"half".to_vec())])).await.unwrap();
    keqiao_app::upkeep::once(&ctx).await.unwrap();
    assert_eq!(desk::progress(&ctx, &who, begun.id).await.unwrap().received, 4);
    ctx.clock.advance_seconds(3 * 86_400);
    keqiao_app::upkeep::once(&ctx).await.unwrap();
    assert_eq!(refused(desk::progress(&ctx, &who, begun.id).await).0, Kind::NotFound);
    assert_eq!(std::fs::read_dir(ctx.settings.data.join("uploads")).unwrap().count(), 0);
}

#[tokio::test]
async fn uploads_that_are_not_what_was_announced_are_refused() {
    let ctx = TestCtx::new().await.unwrap();
    let who = finance();
    let batch = desk::begin_batch(&ctx, &who, None, None).await.unwrap().id;
    assert_eq!(refused(desk::begin_upload(&ctx, &who, batch, "a", 0, None).await).1, "upload.empty");
    assert_eq!(refused(desk::begin_upload(&ctx, &who, batch, "a", 51 << 20, None).await).0, Kind::TooLarge);
    let hash = "0".repeat(64);
    let begun = desk::begin_upload(&ctx, &who, batch, "a", 3, Some(&hash)).await.unwrap();
    let body = || stream::iter(vec![Ok(b"abc".to_vec())]);
    assert_eq!(refused(desk::receive(&ctx, &who, begun.id, 0, body()).await).1, "upload.differs");
    let begun = desk::begin_upload(&ctx, &who, batch, "a", 2, None).await.unwrap();
    assert_eq!(refused(desk::receive(&ctx, &who, begun.id, 0, body()).await).1, "upload.differs");
    assert_eq!(refused(desk::progress(&ctx, &reviewer(), begun.id).await).0, Kind::NotFound, "somebody else's");
}

#[tokio::test]
async fn a_corrected_version_keeps_what_people_made_of_the_findings() {
    let ctx = TestCtx::new().await.unwrap();
    let before = checked(&ctx, None, "v1.txt", FAULTY).await;
    let (first, second) = (before.findings[0].finding.clone(), before.findings[1].finding.clone());
    desk::judge(&ctx, &reviewer(), second.id, 0, &settled(FindingState::Accepted, "口径不同")).await.unwrap();
    let after = checked(&ctx, None, "v2.txt", CORRECTED).await;
    assert_eq!(list(&ctx).await.len(), 1, "recognised as the same report");
    assert_eq!(after.report.version, 2);
    let compared = desk::compare(&ctx, &finance(), after.report.id, None, None).await.unwrap();
    let ids = |list: &[desk::FindingShown]| list.iter().map(|f| f.finding.id).collect::<Vec<_>>();
    assert_eq!(ids(&compared.fixed), [first.id]);
    assert_eq!(ids(&compared.remaining), [second.id]);
    assert_eq!(compared.new.len(), 1, "{:?}", compared.new);
    assert_eq!(compared.remaining[0].finding.state, FindingState::Accepted);
    assert_eq!(compared.fixed[0].finding.state, FindingState::Fixed);
    assert_eq!(after.report.open, 1);
}

#[tokio::test]
async fn nobody_overwrites_anybody() {
    let ctx = TestCtx::new().await.unwrap();
    let shown = checked(&ctx, None, "a.txt", FAULTY).await;
    let id = shown.findings[0].finding.id;
    let me = finance().account();
    let taken = desk::assign(&ctx, &finance(), id, 0, me).await.unwrap();
    assert_eq!((taken.assignee.as_deref(), taken.revision), (Some("钱如算"), 1));
    let stale = desk::judge(&ctx, &reviewer(), id, 0, &settled(FindingState::Accepted, "理由")).await;
    assert_eq!(refused(stale).0, Kind::Conflict);
    assert_eq!(desk::finding(&ctx, &reviewer(), id).await.unwrap().0.finding.state, FindingState::Open);
    desk::comment(&ctx, &finance(), id, "  已请财务核对\u{0}。 ").await.unwrap();
    let (found, _, comments) = desk::finding(&ctx, &reviewer(), id).await.unwrap();
    assert_eq!((found.finding.revision, found.finding.comments), (1, 1));
    assert_eq!(comments[0].words, "已请财务核对。");
}

#[tokio::test]
async fn who_is_checked_does_not_judge_and_neighbours_see_nothing() {
    let ctx = TestCtx::new().await.unwrap();
    let shown = checked(&ctx, None, "a.txt", FAULTY).await;
    let id = shown.findings[0].finding.id;
    let alarm = settled(FindingState::FalseAlarm, "不是错");
    assert_eq!(refused(desk::judge(&ctx, &finance(), id, 0, &alarm).await).0, Kind::Forbidden);
    let empty = settled(FindingState::FalseAlarm, " ");
    assert_eq!(refused(desk::judge(&ctx, &reviewer(), id, 0, &empty).await).1, "finding.reason");
    desk::judge(&ctx, &reviewer(), id, 0, &alarm).await.unwrap();
    let neighbour = actor(3, "邻小川", StaffRole::Reviewer, OTHER_COUNTY);
    assert_eq!(refused(desk::report(&ctx, &neighbour, shown.report.id).await).0, Kind::NotFound);
    assert_eq!(refused(desk::finding(&ctx, &neighbour, id).await).0, Kind::NotFound);
    let request = PageRequest::default();
    let all = ReportFilter { regions: vec![COUNTY.parse().unwrap()], ..ReportFilter::default() };
    let page = desk::page(&ctx, &neighbour, &all, ReportSort::Entity, false, request).await.unwrap();
    assert_eq!(page.total, 0, "the regions of the filter are the actor's own");
    let officer = actor(4, "苏小禾", StaffRole::Officer, COUNTY);
    assert_eq!(refused(desk::report(&ctx, &officer, shown.report.id).await).0, Kind::Forbidden);
    assert_eq!(refused(desk::begin_batch(&ctx, &officer, None, None).await).0, Kind::Forbidden);
}

#[tokio::test]
async fn the_ledger_is_exactly_what_is_filtered() {
    let ctx = TestCtx::new().await.unwrap();
    let shown = checked(&ctx, None, "a.txt", FAULTY).await;
    let id = shown.findings[0].finding.id;
    desk::judge(&ctx, &reviewer(), id, 0, &settled(FindingState::FalseAlarm, "四舍五入")).await.unwrap();
    let filter = FindingFilter { state: Some(FindingState::FalseAlarm), ..FindingFilter::default() };
    let request = PageRequest::default();
    let page = desk::findings(&ctx, &finance(), &filter, FindingSort::Level, true, request).await.unwrap();
    assert_eq!(page.rows.iter().map(|(f, _)| f.id).collect::<Vec<_>>(), [id]);
    for format in [LedgerFormat::Xlsx, LedgerFormat::Docx] {
        let made = desk::ledger(&ctx, &finance(), &filter, "状态：误报".into(), format, Lang::Zh).await.unwrap();
        let read = keqiao_document::read(&made.name, &made.bytes, &keqiao_document::Limits::default());
        let text = read.document.unwrap().text;
        assert!(text.contains("四舍五入") && text.contains("误报"), "{text}");
        assert_eq!(text.matches("青岚县科学技术协会").count(), 1, "{text}");
    }
    let figures = desk::dashboard(&ctx, &finance(), &FindingFilter::default()).await.unwrap();
    assert_eq!(figures.rules.iter().map(|r| (r.findings, r.wrong)).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1)), (2, 1));
    assert_eq!(figures.entities, [("青岚县科学技术协会".to_owned(), 2, 1)]);
}

#[tokio::test]
async fn last_years_report_is_held_against_this_one_even_when_it_comes_later() {
    let ctx = TestCtx::new().await.unwrap();
    let this = checked(&ctx, None, "2023.txt", FAULTY).await;
    assert_eq!(this.last_year, None);
    upload(&ctx, &finance(), None, "2022.txt", &FAULTY.replace("2023", "2022")).await;
    work(&ctx).await;
    let this = desk::report(&ctx, &finance(), this.report.id).await.unwrap();
    assert!(this.last_year.is_some());
    assert_eq!(this.report.version, 1);
    assert_eq!(
        this.findings.iter().filter(|f| f.finding.state == FindingState::Open).count(),
        2,
        "checked twice, found once"
    );
}

#[tokio::test]
async fn what_cannot_be_read_is_said_and_replaces_nothing() {
    let ctx = TestCtx::new().await.unwrap();
    let broken = checked(&ctx, None, "坏.docx", "PK\u{3}\u{4}broken").await;
    assert_eq!(broken.report.state, CheckState::Unreadable);
    assert!(!broken.summary.problems.is_empty());
    let good = checked(&ctx, None, "好.txt", FAULTY).await;
    let again = checked(&ctx, Some(good.report.id), "坏2.docx", "PK\u{3}\u{4}broken too").await;
    assert_eq!((again.report.version, again.report.state), (1, CheckState::Checked));
    assert_eq!(again.findings.len(), 2);
    assert_eq!(again.versions.len(), 2);
}

#[tokio::test]
async fn a_report_that_was_taken_off_is_gone_with_its_findings() {
    let ctx = TestCtx::new().await.unwrap();
    let shown = checked(&ctx, None, "a.txt", FAULTY).await;
    assert_eq!(refused(desk::take_off(&ctx, &finance(), shown.report.id).await).0, Kind::Forbidden);
    desk::take_off(&ctx, &reviewer(), shown.report.id).await.unwrap();
    assert_eq!(list(&ctx).await.len(), 0);
    let all = FindingFilter::default();
    let page = desk::findings(&ctx, &finance(), &all, FindingSort::Rule, false, PageRequest::default()).await.unwrap();
    assert_eq!(page.total, 0);
}
