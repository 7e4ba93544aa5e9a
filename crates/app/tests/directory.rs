//! The directory: contacts masked, contacts shown and logged, revisions kept, imports brought in and taken back.

use keqiao_access::role::AccountKind;
use keqiao_access::{Actor, Grade, HeldRole, OrganisationKind, Signed, StaffRole, Via};
use keqiao_app::directory::import::{self, Report, State};
use keqiao_app::directory::{self, Asked, Format};
use keqiao_app::fixture::TestCtx;
use keqiao_app::{AppError, AppResult, jobs};
use keqiao_base::{AccountId, EntryId, ImportId, Kind, SessionId};
use keqiao_directory::{ListKind, ORGANISATION_KINDS, Organisation, Person, RelationKind};
use keqiao_i18n::Lang;
use keqiao_sheet::Sheet;
use keqiao_store::PageRequest;

const COUNTY: &str = "990101";
const OTHER_COUNTY: &str = "990102";

fn actor(n: u128, role: StaffRole, region: &str) -> Actor {
    let roles = vec![HeldRole { role, region: region.parse().unwrap(), association: None }];
    Actor::Signed(Box::new(Signed {
        account: AccountId::from(uuid::Uuid::from_u128(n)),
        login: format!("n{n}"),
        name: format!("干部{n}"),
        kind: AccountKind::Staff,
        grade: Grade::None,
        roles,
        organisation: None,
        via: Via::Session(SessionId::from(uuid::Uuid::from_u128(n))),
        address: String::new(),
    }))
}

fn officer() -> Actor {
    actor(1, StaffRole::Officer, COUNTY)
}

fn cells(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
}

async fn make(ctx: &TestCtx, pairs: &[(&str, &str)]) -> EntryId {
    directory::create::<Person>(ctx, &officer(), &cells(pairs), false).await.unwrap()
}

async fn find(ctx: &TestCtx, q: &str) -> Vec<Person> {
    let asked = Asked { q: q.to_owned(), ..Asked::default() };
    let page = directory::list::<Person>(ctx, &officer(), &asked, PageRequest::default()).await.unwrap();
    page.rows.into_iter().map(|l| l.entry).collect()
}

async fn work(ctx: &TestCtx) {
    let works = jobs::works();
    while jobs::step(ctx, &works).await.unwrap() {}
}

fn refused<T: std::fmt::Debug>(result: AppResult<T>) -> (Kind, &'static str) {
    match result {
        Err(AppError::Refusal(r)) => (r.kind, r.code),
        other => panic!("{other:?}"),
    }
}

/// Sends a file and has its rows checked with the suggested columns.
async fn checked(ctx: &TestCtx, list: ListKind, name: &str, bytes: &[u8]) -> ImportId {
    let file = ctx.files.put(&*ctx.entropy, bytes).await.unwrap();
    let id = import::begin(ctx, &officer(), list, COUNTY.parse().unwrap(), name, &file).await.unwrap();
    import::choose_columns(ctx, &officer(), id, &Default::default()).await.unwrap();
    work(ctx).await;
    id
}

async fn brought(ctx: &TestCtx, id: ImportId) -> import::ImportRecord {
    import::run(ctx, &officer(), id).await.unwrap();
    work(ctx).await;
    import::load(ctx, &officer(), id).await.unwrap()
}

#[test]
fn both_lists_of_kinds_of_organisations_are_the_same() {
    let here: Vec<_> = OrganisationKind::ALL.iter().map(|k| (k.code(), k.title())).collect();
    let there: Vec<_> = ORGANISATION_KINDS.iter().map(|c| (c.code, c.title)).collect();
    assert_eq!(here, there);
}

#[tokio::test]
async fn contacts_are_masked_and_every_look_is_in_the_log() {
    let ctx = TestCtx::new().await.unwrap();
    let id = make(&ctx, &[("name", "王小明"), ("phone", "13800001234"), ("region", COUNTY)]).await;
    assert_eq!(find(&ctx, "wxm").await[0].phone, "138••••1234");
    assert_eq!(directory::reveal::<Person>(&ctx, &officer(), id).await.unwrap().phone, "13800001234");
    let leader = actor(2, StaffRole::Leader, COUNTY);
    assert_eq!(refused(directory::reveal::<Person>(&ctx, &leader, id).await).0, Kind::Forbidden);
    let csv =
        directory::export::<Person>(&ctx, &leader, &Asked::default(), Format::Csv, Lang::Zh, false).await.unwrap();
    let csv = String::from_utf8(csv).unwrap();
    assert!(csv.contains("王小明") && csv.contains("138••••1234") && !csv.contains("13800001234"));
    let clear = directory::export::<Person>(&ctx, &leader, &Asked::default(), Format::Csv, Lang::Zh, true).await;
    assert_eq!(refused(clear).0, Kind::Forbidden);
    let clear =
        directory::export::<Person>(&ctx, &officer(), &Asked::default(), Format::Xlsx, Lang::Zh, true).await.unwrap();
    assert_eq!(Sheet::read("x", &clear).unwrap().cell(1, 2), "13800001234");
    let logged = keqiao_store::log::after(ctx.db.db.read(), 0).await.unwrap();
    let actions: Vec<_> = logged.iter().map(|e| e.act.action.as_str()).filter(|a| a.starts_with("contacts.")).collect();
    assert_eq!(actions, ["contacts.reveal", "contacts.export"]);
}

#[tokio::test]
async fn another_county_sees_and_changes_nothing() {
    let ctx = TestCtx::new().await.unwrap();
    let id = make(&ctx, &[("name", "王小明"), ("region", COUNTY)]).await;
    let other = actor(3, StaffRole::Officer, OTHER_COUNTY);
    assert_eq!(refused(directory::load::<Person>(&ctx, &other, id).await).0, Kind::NotFound);
    assert_eq!(refused(directory::load::<Organisation>(&ctx, &officer(), id).await).0, Kind::NotFound);
    assert_eq!(refused(directory::edit::<Person>(&ctx, &other, id, 1, &[]).await).0, Kind::NotFound);
    let finance = actor(4, StaffRole::Finance, COUNTY);
    assert_eq!(refused(directory::load::<Person>(&ctx, &finance, id).await).0, Kind::Forbidden);
    let visitor = Actor::visitor("192.0.2.1");
    let listed = directory::list::<Person>(&ctx, &visitor, &Asked::default(), PageRequest::default()).await;
    assert_eq!(refused(listed).0, Kind::SignIn);
    let elsewhere =
        directory::create::<Person>(&ctx, &officer(), &cells(&[("name", "李四"), ("region", OTHER_COUNTY)]), false)
            .await;
    assert_eq!(refused(elsewhere), (Kind::Invalid, "directory.region"));
}

#[tokio::test]
async fn two_who_edit_at_once_do_not_overwrite_each_other() {
    let ctx = TestCtx::new().await.unwrap();
    let id = make(&ctx, &[("name", "王小明"), ("phone", "13800001234")]).await;
    directory::edit::<Person>(&ctx, &officer(), id, 1, &cells(&[("title", "教授")])).await.unwrap();
    let late = directory::edit::<Person>(&ctx, &officer(), id, 1, &cells(&[("title", "讲师")])).await;
    assert_eq!(refused(late).0, Kind::Conflict);
    let shown = directory::load::<Person>(&ctx, &officer(), id).await.unwrap();
    assert_eq!((shown.listed.entry.title.as_str(), shown.listed.revision), ("教授", 2));
    let past = directory::history::<Person>(&ctx, &officer(), id).await.unwrap();
    assert_eq!((past[0].differences[0].before.as_str(), past[0].differences[0].after.as_str()), ("", "教授"));
    let again =
        directory::create::<Person>(&ctx, &officer(), &cells(&[("name", "王小明"), ("phone", "13800001234")]), false)
            .await;
    assert_eq!(refused(again), (Kind::Invalid, "directory.duplicate"));
    directory::void::<Person>(&ctx, &officer(), id, 2).await.unwrap();
    assert!(find(&ctx, "王小明").await.is_empty());
    directory::restore::<Person>(&ctx, &officer(), id, 3).await.unwrap();
    assert_eq!(find(&ctx, "王小明").await.len(), 1);
}

#[tokio::test]
async fn links_and_merging() {
    let ctx = TestCtx::new().await.unwrap();
    let body = cells(&[("name", "样例科技有限公司"), ("kind", "企业")]);
    let body = directory::create::<Organisation>(&ctx, &officer(), &body, false).await.unwrap();
    let keep = make(&ctx, &[("name", "王小明"), ("fields", "机械")]).await;
    let gone = make(&ctx, &[("name", "王晓明"), ("fields", "机械、焊接"), ("title", "教授")]).await;
    directory::link::<Person>(&ctx, &officer(), gone, RelationKind::EmployedBy, body, ("2020-01-01", ""))
        .await
        .unwrap();
    let twice =
        directory::link::<Person>(&ctx, &officer(), gone, RelationKind::EmployedBy, body, ("2020-01-01", "")).await;
    assert_eq!(refused(twice).1, "directory.link");
    directory::merge::<Person>(&ctx, &officer(), keep, 1, (gone, 2)).await.unwrap();
    let shown = directory::load::<Person>(&ctx, &officer(), keep).await.unwrap();
    assert_eq!((shown.listed.entry.fields.as_str(), shown.listed.entry.title.as_str()), ("机械、焊接", "教授"));
    let links = directory::links::<Organisation>(&ctx, &officer(), body).await.unwrap();
    assert_eq!((links.len(), links[0].other.id, links[0].forward), (1, keep, false));
    assert!(find(&ctx, "王晓明").await.is_empty());
}

#[tokio::test]
async fn an_import_merges_skips_and_is_taken_back() {
    let ctx = TestCtx::new().await.unwrap();
    let known = make(&ctx, &[("name", "王小明"), ("phone", "13800001234"), ("title", "讲师")]).await;
    let file = "某某县人才表,,,\n姓名,手机,职称,邮箱\n王小明,13800001234,教授,\n李四,13900000001,,x\n<b>赵六</b>,13900000002,=1+1,a@example.org\n孙七,13900000003,,\n孙七,13900000003,,\n周八,1.39E+10,,\n";
    let id = checked(&ctx, ListKind::People, "人才.csv", file.as_bytes()).await;
    let import = import::load(&ctx, &officer(), id).await.unwrap();
    assert_eq!(
        (import.state, import.row_count, import.sound, import.at_fault, import.repeated),
        (State::Preview, 6, 4, 2, 2)
    );
    let faults = import::rows(&ctx, &officer(), id, Report::Faults, PageRequest::default()).await.unwrap();
    assert_eq!(
        faults.rows.iter().map(|r| (r.number, r.notes[0].title.zh.as_str())).collect::<Vec<_>>(),
        [(4, "电子邮箱"), (8, "联系电话")]
    );
    let repeats = import::rows(&ctx, &officer(), id, Report::Repeats, PageRequest::default()).await.unwrap();
    assert_eq!(
        repeats.rows.iter().map(|r| (r.number, r.choice.as_str())).collect::<Vec<_>>(),
        [(3, "merge"), (7, "skip")]
    );
    let correct = import::faults_file(&ctx, &officer(), id, Lang::Zh).await.unwrap();
    assert!(Sheet::read("x", &correct).unwrap().cell(2, 4).contains("科学记数法"));
    let done = brought(&ctx, id).await;
    assert_eq!((done.state, done.made, done.merged, done.skipped), (State::Done, 2, 1, 3));
    assert_eq!(directory::load::<Person>(&ctx, &officer(), known).await.unwrap().listed.entry.title, "教授");
    assert_eq!(find(&ctx, "赵六").await[0].title, "=1+1");
    assert_eq!(refused(import::run(&ctx, &officer(), id).await), (Kind::Conflict, "import.past"));
    assert_eq!(refused(import::discard(&ctx, &officer(), id).await), (Kind::Conflict, "import.past"), "it is in");

    let sun = directory::list::<Person>(
        &ctx,
        &officer(),
        &Asked { q: "孙七".into(), ..Asked::default() },
        PageRequest::default(),
    )
    .await
    .unwrap();
    directory::edit::<Person>(&ctx, &officer(), sun.rows[0].id, 1, &cells(&[("title", "工程师")])).await.unwrap();
    import::undo(&ctx, &officer(), id).await.unwrap();
    work(&ctx).await;
    let undone = import::load(&ctx, &officer(), id).await.unwrap();
    assert_eq!((undone.state, undone.kept), (State::Undone, 1));
    assert_eq!(directory::load::<Person>(&ctx, &officer(), known).await.unwrap().listed.entry.title, "讲师");
    assert!(find(&ctx, "赵六").await.is_empty());
    assert_eq!(find(&ctx, "孙七").await.len(), 1);
    let kept = import::kept(&ctx, &officer(), id).await.unwrap();
    assert_eq!(kept.iter().map(|k| k.id).collect::<Vec<_>>(), [sun.rows[0].id]);
}

#[tokio::test]
async fn many_people_come_in_by_one_transaction() {
    let ctx = TestCtx::new().await.unwrap();
    let mut file = "姓名,手机,工作单位,研究领域\n".to_owned();
    let (family, given) = ("赵钱孙李周吴郑王冯陈", "伟芳娜敏静丽强磊军洋");
    for n in 0..2_000u32 {
        let pick = |from: &str, n: u32| from.chars().nth(n as usize % 10).unwrap();
        let name: String = [pick(family, n), pick(given, n / 10), pick(given, n / 100)].iter().collect();
        file.push_str(&format!("{name},1380{n:07},样例单位{},领域{}\n", n % 97, n % 13));
    }
    let id = checked(&ctx, ListKind::People, "many.csv", file.as_bytes()).await;
    import::choose(&ctx, &officer(), id, None, "new").await.unwrap();
    let unwanted = checked(&ctx, ListKind::People, "again.csv", file.as_bytes()).await;
    import::discard(&ctx, &officer(), unwanted).await.unwrap();
    assert_eq!(refused(import::load(&ctx, &officer(), unwanted).await).0, Kind::NotFound, "thrown away with its rows");
    let done = brought(&ctx, id).await;
    assert_eq!((done.made, done.skipped), (2_000, 0));
    assert_eq!(find(&ctx, "13800001999").await.len(), 1);
    let of_import = Asked { import: id.to_string(), ..Asked::default() };
    let page = directory::list::<Person>(&ctx, &officer(), &of_import, PageRequest::default()).await.unwrap();
    assert_eq!(page.total, 2_000);
    import::undo(&ctx, &officer(), id).await.unwrap();
    work(&ctx).await;
    let page = directory::list::<Person>(&ctx, &officer(), &Asked::default(), PageRequest::default()).await.unwrap();
    assert_eq!(page.total, 0);
}
