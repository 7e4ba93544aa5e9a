//! Accounts from the outside: signing up and in, locks and ways back, second factor, sessions, keys, roles, identity.

use keqiao_access::identity::Grade;
use keqiao_access::{Actor, RegionCode, Scope, StaffRole, may, second_factor};
use keqiao_app::account::administer;
use keqiao_app::account::identity::{self, Seen};
use keqiao_app::account::role::{self, Grant};
use keqiao_app::account::sign_in::{self, SignIn, SignedIn};
use keqiao_app::account::sign_up::{self, SignUp};
use keqiao_app::account::{demo, factor, first, profile, recover, session, token};
use keqiao_app::directory;
use keqiao_app::fixture::TestCtx;
use keqiao_app::{AppError, AppResult};
use keqiao_base::{AccountId, Refusal};
use keqiao_directory::Organisation;

const PASSWORD: &str = "春眠不觉晓处处闻啼鸟";
const ADDRESS: &str = "192.0.2.1";

fn visitor() -> Actor {
    Actor::visitor(ADDRESS)
}

fn region(code: &str) -> RegionCode {
    code.parse().unwrap()
}

#[track_caller]
fn refused<T>(result: AppResult<T>) -> Refusal {
    match result {
        Err(AppError::Refusal(refusal)) => refusal,
        Err(AppError::Fault(fault)) => panic!("a fault: {fault:#}"),
        Ok(_) => panic!("it was not refused"),
    }
}

fn filled(login: &str) -> SignUp {
    SignUp {
        login: login.to_owned(),
        name: format!("姓{login}"),
        password: PASSWORD.to_owned(),
        kind: "science_worker".to_owned(),
        region: "990101".to_owned(),
        organisation: "云汀县农业技术推广站".to_owned(),
    }
}

async fn sign_up(ctx: &TestCtx, login: &str) -> AccountId {
    sign_up::sign_up(ctx, &visitor(), &filled(login)).await.unwrap()
}

async fn try_sign_in(ctx: &TestCtx, login: &str, password: &str) -> AppResult<SignedIn> {
    let form = SignIn { login: login.to_owned(), password: password.to_owned(), ..SignIn::default() };
    sign_in::sign_in(ctx, &visitor(), &form).await
}

async fn actor(ctx: &TestCtx, key: &str) -> Actor {
    session::actor(ctx, key, ADDRESS).await.unwrap().expect("the key opens a session")
}

async fn signed_in(ctx: &TestCtx, login: &str) -> Actor {
    let key = try_sign_in(ctx, login, PASSWORD).await.unwrap().key;
    actor(ctx, &key).await
}

/// The first administrator, of the county of the demo.
async fn administrator(ctx: &TestCtx) -> Actor {
    let key = first::offer(ctx).await.unwrap().unwrap();
    first::set_up(ctx, &visitor(), &key, &filled("root")).await.unwrap();
    signed_in(ctx, "root").await
}

async fn granted(ctx: &TestCtx, by: &Actor, to: AccountId, role: StaffRole, code: &str) -> AppResult<()> {
    let grant = Grant { role, region: region(code), association: None, reason: "任业务干部".to_owned() };
    role::grant(ctx, by, to, grant).await
}

#[tokio::test]
async fn one_signs_up_signs_in_and_out() {
    let ctx = TestCtx::new().await.unwrap();
    sign_up(&ctx, "lihua").await;
    let key = try_sign_in(&ctx, " LiHua ", PASSWORD).await.unwrap().key;
    let me = actor(&ctx, &key).await;
    assert_eq!(me.signed().unwrap().login, "lihua");
    assert_eq!(session::list(&ctx, &me).await.unwrap().len(), 1);
    session::sign_out(&ctx, &me).await.unwrap();
    assert!(session::actor(&ctx, &key, ADDRESS).await.unwrap().is_none());
    for odd in ["", "x", "../../etc/passwd", &"a".repeat(43)] {
        assert!(session::actor(&ctx, odd, ADDRESS).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_form_is_refused_field_by_field() {
    let ctx = TestCtx::new().await.unwrap();
    let form = SignUp { kind: "staff".to_owned(), region: "月球".to_owned(), ..SignUp::default() };
    let refusal = refused(sign_up::sign_up(&ctx, &visitor(), &form).await);
    let mut fields: Vec<_> = refusal.fields.iter().map(|f| f.field.as_str()).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["kind", "login", "name", "organisation", "password", "region"]);
    sign_up(&ctx, "lihua").await;
    assert_eq!(refused(sign_up::sign_up(&ctx, &visitor(), &filled("LIHUA")).await).code, "account.login_taken");
}

#[tokio::test]
async fn five_failures_lock_a_login_whether_it_exists_or_not() {
    let ctx = TestCtx::new().await.unwrap();
    sign_up(&ctx, "lihua").await;
    for login in ["lihua", "nobody"] {
        for _ in 0..4 {
            assert_eq!(refused(try_sign_in(&ctx, login, "wrong").await).code, "account.sign_in");
        }
        assert_eq!(refused(try_sign_in(&ctx, login, "wrong").await).code, "account.locked");
        assert_eq!(refused(try_sign_in(&ctx, login, PASSWORD).await).code, "account.locked", "the right password too");
    }
    ctx.clock.advance_seconds(15 * 60 + 1);
    assert!(try_sign_in(&ctx, "lihua", PASSWORD).await.is_ok());
    assert_eq!(refused(try_sign_in(&ctx, "lihua", "wrong").await).code, "account.sign_in", "the count began anew");
}

#[tokio::test]
async fn a_recovery_code_opens_a_locked_login_once() {
    let ctx = TestCtx::new().await.unwrap();
    sign_up(&ctx, "lihua").await;
    let me = signed_in(&ctx, "lihua").await;
    assert_eq!(refused(factor::renew_codes(&ctx, &me, "wrong").await).code, "account.password_wrong");
    let codes = factor::renew_codes(&ctx, &me, PASSWORD).await.unwrap();
    let lock = async || {
        for _ in 0..5 {
            refused(try_sign_in(&ctx, "lihua", "wrong").await);
        }
    };
    let with = |code: &str| SignIn {
        login: "lihua".to_owned(),
        password: PASSWORD.to_owned(),
        recovery: code.to_owned(),
        ..SignIn::default()
    };
    lock().await;
    assert_eq!(refused(sign_in::sign_in(&ctx, &visitor(), &with("aaaaa-aaaaa")).await).code, "account.locked");
    assert!(sign_in::sign_in(&ctx, &visitor(), &with(&codes[0])).await.is_ok());
    lock().await;
    assert_eq!(refused(sign_in::sign_in(&ctx, &visitor(), &with(&codes[0])).await).code, "account.locked", "used");
    assert_eq!(profile::recovery_codes_left(&ctx, &me).await.unwrap(), 9);
}

#[tokio::test]
async fn the_second_factor_is_asked_for_and_its_digits_work_once() {
    let ctx = TestCtx::new().await.unwrap();
    sign_up(&ctx, "lihua").await;
    let me = signed_in(&ctx, "lihua").await;
    let secret = factor::begin(&ctx, &me, PASSWORD).await.unwrap().secret;
    let digits = |ctx: &TestCtx| second_factor::digits(&secret, ctx.now()).unwrap();
    assert_eq!(refused(factor::confirm(&ctx, &me, "000000").await).code, "account.second_factor");
    let codes = factor::confirm(&ctx, &me, &digits(&ctx)).await.unwrap();
    assert_eq!(codes.len(), 10);

    let waiting = try_sign_in(&ctx, "lihua", PASSWORD).await.unwrap();
    assert!(waiting.waits);
    assert!(session::actor(&ctx, &waiting.key, ADDRESS).await.unwrap().is_none(), "the first step opens nothing");
    let step = async |key: &str, code: &str| sign_in::second_step(&ctx, &visitor(), key, code).await;
    assert_eq!(refused(step(&waiting.key, &digits(&ctx)).await).code, "account.second_factor", "used at enrolment");
    ctx.clock.advance_seconds(30);
    let opened = step(&waiting.key, &digits(&ctx)).await.unwrap();
    assert_ne!(opened.key, waiting.key);
    assert!(session::actor(&ctx, &opened.key, ADDRESS).await.unwrap().is_some());
    assert_eq!(refused(step(&waiting.key, &codes[0]).await).code, "account.sign_in_again", "finished already");

    let waiting = try_sign_in(&ctx, "lihua", PASSWORD).await.unwrap();
    assert!(step(&waiting.key, &codes[0]).await.is_ok(), "a recovery code in place of the phone");
    let waiting = try_sign_in(&ctx, "lihua", PASSWORD).await.unwrap();
    ctx.clock.advance_seconds(601);
    assert_eq!(refused(step(&waiting.key, &codes[1]).await).code, "account.sign_in_again", "too late");
}

#[tokio::test]
async fn sessions_are_seen_ended_and_run_out() {
    let ctx = TestCtx::new().await.unwrap();
    sign_up(&ctx, "lihua").await;
    sign_up(&ctx, "other").await;
    let (one, two, other) =
        (signed_in(&ctx, "lihua").await, signed_in(&ctx, "lihua").await, signed_in(&ctx, "other").await);
    let id = |a: &Actor| a.signed().unwrap().session().unwrap();
    assert_eq!(refused(session::end(&ctx, &other, id(&one)).await).code, "not_found", "not theirs");
    assert_eq!(session::end_others(&ctx, &one).await.unwrap(), 1);
    assert!(session::list(&ctx, &one).await.unwrap().iter().all(|s| s.id != id(&two)));
    let key = try_sign_in(&ctx, "lihua", PASSWORD).await.unwrap().key;
    ctx.clock.advance_seconds(6 * 86_400);
    assert!(session::actor(&ctx, &key, ADDRESS).await.unwrap().is_some());
    ctx.clock.advance_seconds(6 * 86_400);
    assert!(session::actor(&ctx, &key, ADDRESS).await.unwrap().is_some(), "used, so it lives on");
    ctx.clock.advance_seconds(8 * 86_400);
    assert!(session::actor(&ctx, &key, ADDRESS).await.unwrap().is_none());
}

#[tokio::test]
async fn a_new_password_ends_other_sessions() {
    let ctx = TestCtx::new().await.unwrap();
    sign_up(&ctx, "lihua").await;
    let (one, two) = (try_sign_in(&ctx, "lihua", PASSWORD).await.unwrap(), signed_in(&ctx, "lihua").await);
    let new = "夜来风雨声花落知多少";
    assert_eq!(refused(profile::change_password(&ctx, &two, "wrong", new).await).code, "account.password_wrong");
    assert_eq!(refused(profile::change_password(&ctx, &two, PASSWORD, "short").await).fields[0].field, "password");
    profile::change_password(&ctx, &two, PASSWORD, new).await.unwrap();
    assert!(session::actor(&ctx, &one.key, ADDRESS).await.unwrap().is_none());
    refused(try_sign_in(&ctx, "lihua", PASSWORD).await);
    assert!(try_sign_in(&ctx, "lihua", new).await.is_ok());
}

#[tokio::test]
async fn a_key_for_programs_narrows_and_is_revoked() {
    let ctx = TestCtx::new().await.unwrap();
    let root = administrator(&ctx).await;
    let who = sign_up(&ctx, "lihua").await;
    granted(&ctx, &root, who, StaffRole::Officer, "990101").await.unwrap();
    let me = signed_in(&ctx, "lihua").await;
    assert_eq!(refused(token::create(&ctx, &me, "", &[], 0).await).fields.len(), 3);
    let key = token::create(&ctx, &me, "省平台对接", &[Scope::DirectoryRead], 30).await.unwrap();
    let program = token::actor(&ctx, &key, ADDRESS).await.unwrap().unwrap();
    assert!(may::see_directory(&program) && !may::edit_directory(&program));
    let more = token::create(&ctx, &program, "再来一个", Scope::ALL, 30).await;
    assert_eq!(refused(more).code, "account.in_person", "a key makes no keys");
    assert!(token::actor(&ctx, "kq_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ADDRESS).await.unwrap().is_none());
    let id = token::list(&ctx, &me).await.unwrap()[0].id;
    assert_eq!(refused(token::revoke(&ctx, &root, id).await).code, "not_found");
    token::revoke(&ctx, &me, id).await.unwrap();
    assert!(token::actor(&ctx, &key, ADDRESS).await.unwrap().is_none());
    let key = token::create(&ctx, &me, "短期", &[Scope::DirectoryRead], 1).await.unwrap();
    ctx.clock.advance_seconds(86_401);
    assert!(token::actor(&ctx, &key, ADDRESS).await.unwrap().is_none(), "it ran out");
}

#[tokio::test]
async fn roles_are_granted_within_ones_region_and_never_to_oneself() {
    let ctx = TestCtx::new().await.unwrap();
    let root = administrator(&ctx).await;
    let who = sign_up(&ctx, "lihua").await;
    let root_id = root.account().unwrap();
    assert_eq!(refused(granted(&ctx, &root, root_id, StaffRole::Officer, "990101").await).code, "forbidden");
    assert_eq!(refused(granted(&ctx, &root, who, StaffRole::Officer, "990102").await).code, "forbidden");
    assert_eq!(refused(granted(&ctx, &visitor(), who, StaffRole::Officer, "990101").await).code, "sign_in");
    granted(&ctx, &root, who, StaffRole::Officer, "990101").await.unwrap();
    assert_eq!(refused(granted(&ctx, &root, who, StaffRole::Officer, "990101").await).code, "role.held");
    let me = signed_in(&ctx, "lihua").await;
    assert!(may::edit_entry(&me, region("990101")) && !may::edit_entry(&me, region("990102")));
    assert_eq!(refused(granted(&ctx, &me, root_id, StaffRole::Leader, "990101").await).code, "forbidden");
    role::revoke(&ctx, &root, who, StaffRole::Officer, region("990101")).await.unwrap();
    assert!(!may::edit_directory(&signed_in(&ctx, "lihua").await));
}

#[tokio::test]
async fn administrators_manage_what_stands_below_them_only() {
    let ctx = TestCtx::new().await.unwrap();
    let root = administrator(&ctx).await;
    let who = sign_up(&ctx, "lihua").await;
    let elsewhere = SignUp { region: "330106".to_owned(), ..filled("far") };
    let far = sign_up::sign_up(&ctx, &visitor(), &elsewhere).await.unwrap();
    let page = administer::list(&ctx, &root, Default::default(), Default::default()).await.unwrap();
    assert_eq!(page.total, 2);
    assert_eq!(refused(administer::show(&ctx, &root, far).await).code, "not_found");
    assert_eq!(refused(recover::make_link(&ctx, &root, far).await).code, "forbidden");
    let me = signed_in(&ctx, "lihua").await;
    assert_eq!(refused(administer::list(&ctx, &me, Default::default(), Default::default()).await).code, "forbidden");

    let key = try_sign_in(&ctx, "lihua", PASSWORD).await.unwrap().key;
    administer::suspend(&ctx, &root, who).await.unwrap();
    assert!(session::actor(&ctx, &key, ADDRESS).await.unwrap().is_none());
    assert_eq!(refused(try_sign_in(&ctx, "lihua", PASSWORD).await).code, "account.sign_in");
    administer::resume(&ctx, &root, who).await.unwrap();
    assert!(try_sign_in(&ctx, "lihua", PASSWORD).await.is_ok());
    assert_eq!(refused(administer::suspend(&ctx, &root, root.account().unwrap()).await).code, "forbidden");
}

#[tokio::test]
async fn a_reset_link_opens_once_for_a_day_and_lifts_the_lock() {
    let ctx = TestCtx::new().await.unwrap();
    let root = administrator(&ctx).await;
    let who = sign_up(&ctx, "lihua").await;
    let old = try_sign_in(&ctx, "lihua", PASSWORD).await.unwrap().key;
    for _ in 0..5 {
        refused(try_sign_in(&ctx, "lihua", "wrong").await);
    }
    let (first, second) =
        (recover::make_link(&ctx, &root, who).await.unwrap(), recover::make_link(&ctx, &root, who).await.unwrap());
    let new = "夜来风雨声花落知多少";
    assert_eq!(refused(recover::reset(&ctx, &visitor(), &first, new).await).code, "account.reset_gone", "replaced");
    recover::reset(&ctx, &visitor(), &second, new).await.unwrap();
    assert_eq!(refused(recover::reset(&ctx, &visitor(), &second, new).await).code, "account.reset_gone", "used");
    assert!(session::actor(&ctx, &old, ADDRESS).await.unwrap().is_none());
    assert!(try_sign_in(&ctx, "lihua", new).await.is_ok());
    let third = recover::make_link(&ctx, &root, who).await.unwrap();
    ctx.clock.advance_seconds(86_401);
    assert_eq!(refused(recover::check(&ctx, &third).await).code, "account.reset_gone", "too late");
}

#[tokio::test]
async fn identity_rises_step_by_step_and_keeps_no_number() {
    let ctx = TestCtx::new().await.unwrap();
    let root = administrator(&ctx).await;
    let (who, officer) = (sign_up(&ctx, "lihua").await, sign_up(&ctx, "officer").await);
    granted(&ctx, &root, officer, StaffRole::Officer, "990101").await.unwrap();
    let (me, officer) = (signed_in(&ctx, "lihua").await, signed_in(&ctx, "officer").await);
    assert_eq!(refused(identity::vouch(&ctx, &officer, who, "在职人员").await).code, "identity.not_declared");
    identity::declare(&ctx, &me, "李华", "云汀县农业技术推广站").await.unwrap();
    assert_eq!(refused(identity::declare(&ctx, &me, "李华", "别的单位").await).code, "identity.declared_already");
    assert_eq!(refused(identity::vouch(&ctx, &me, who, "我就是我本人").await).code, "forbidden");
    assert_eq!(refused(identity::vouch(&ctx, &root, who, "系统管理员说的").await).code, "forbidden");
    identity::vouch(&ctx, &officer, who, "单位来函，工号已核对").await.unwrap();
    let seen = |number: &str| Seen {
        document: "resident_card".to_owned(),
        number: number.to_owned(),
        reason: "当面核对原件".to_owned(),
    };
    assert_eq!(
        refused(identity::verify(&ctx, &officer, who, &seen("110105194912310021")).await).fields[0].field,
        "number"
    );
    identity::verify(&ctx, &officer, who, &seen("11010519491231002X")).await.unwrap();
    assert_eq!(profile::show(&ctx, &me).await.unwrap().grade, Grade::Verified);
    assert_eq!(refused(profile::change(&ctx, &me, "别人", "990101", "").await).code, "account.declared");
    assert_eq!(refused(identity::void(&ctx, &officer, who, "误").await).fields[0].field, "reason");
    identity::void(&ctx, &officer, who, "照片与本人不符").await.unwrap();
    assert_eq!(profile::show(&ctx, &me).await.unwrap().grade, Grade::Vouched);
    let steps = identity::history(&ctx, &me, who).await.unwrap();
    assert_eq!(steps.iter().map(|s| s.kind.code()).collect::<Vec<_>>(), ["declare", "vouch", "verify", "void"]);
    assert!(!format!("{steps:?}").contains("19491231"));
    assert_eq!(refused(identity::history(&ctx, &root, who).await).code, "forbidden");

    let twin = sign_up(&ctx, "twin").await;
    identity::declare(&ctx, &signed_in(&ctx, "twin").await, "李华", "云汀县农业技术推广站").await.unwrap();
    assert_eq!(
        refused(identity::verify(&ctx, &officer, twin, &seen("11010519491231002X")).await).code,
        "identity.number_known"
    );
}

#[tokio::test]
async fn the_set_up_link_opens_once_and_only_while_there_is_nobody() {
    let ctx = TestCtx::new().await.unwrap();
    let old = first::offer(&ctx).await.unwrap().unwrap();
    let key = first::offer(&ctx).await.unwrap().unwrap();
    assert_eq!(refused(first::check(&ctx, &old).await).code, "account.set_up_gone");
    assert_eq!(refused(first::check(&ctx, "").await).code, "account.set_up_gone");
    first::set_up(&ctx, &visitor(), &key, &filled("root")).await.unwrap();
    assert_eq!(refused(first::set_up(&ctx, &visitor(), &key, &filled("again")).await).code, "account.set_up_gone");
    assert_eq!(refused(first::check(&ctx, "").await).code, "account.set_up_gone");
    assert_eq!(first::offer(&ctx).await.unwrap(), None);
}

#[tokio::test]
async fn one_click_sign_in_is_for_the_demo_only() {
    let plain = TestCtx::new().await.unwrap();
    let tx = plain.begin().await.unwrap();
    demo::seed(&plain, &tx).await.unwrap();
    plain.commit(tx).await.unwrap();
    assert_eq!(refused(demo::sign_in(&plain, &visitor(), "officer", "").await).code, "not_found");
    assert_eq!(refused(try_sign_in(&plain, "demo.officer", "").await).code, "account.sign_in");

    let ctx = TestCtx::with(|s| s.demo = true).await.unwrap();
    let tx = ctx.begin().await.unwrap();
    demo::seed(&ctx, &tx).await.unwrap();
    ctx.commit(tx).await.unwrap();
    let key = demo::sign_in(&ctx, &visitor(), "officer", "").await.unwrap().key;
    assert!(may::edit_directory(&actor(&ctx, &key).await));
    assert_eq!(refused(demo::sign_in(&ctx, &visitor(), "root", "").await).code, "not_found");
}

#[tokio::test]
async fn members_of_one_organisation_vouch_for_each_other() {
    let ctx = TestCtx::new().await.unwrap();
    let root = administrator(&ctx).await;
    let officer = sign_up(&ctx, "officer").await;
    granted(&ctx, &root, officer, StaffRole::Officer, "990101").await.unwrap();
    let officer = signed_in(&ctx, "officer").await;
    let cells = [("name", "云汀县农业技术推广站"), ("kind", "企业"), ("region", "990101")];
    let cells: Vec<_> = cells.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let (first, second) = (sign_up(&ctx, "first").await, sign_up(&ctx, "second").await);
    let place = |who, name| identity::place(&ctx, &officer, who, name);
    assert_eq!(refused(place(first, "云汀县农业技术推广站").await).fields[0].field, "organisation");
    directory::create::<Organisation>(&ctx, &officer, &cells, false).await.unwrap();
    for who in [first, second] {
        place(who, "云汀县农业技术推广站").await.unwrap();
    }
    let me = signed_in(&ctx, "first").await;
    assert_eq!(refused(identity::place(&ctx, &me, second, "").await).code, "forbidden");
    for login in ["first", "second"] {
        let declared = signed_in(&ctx, login).await;
        identity::declare(&ctx, &declared, "李华", "云汀县农业技术推广站").await.unwrap();
    }
    let me = signed_in(&ctx, "first").await;
    assert_eq!(
        refused(identity::vouch(&ctx, &me, second, "同事，工号已核对").await).code,
        "forbidden",
        "not known itself"
    );
    identity::vouch(&ctx, &officer, first, "单位来函，工号已核对").await.unwrap();
    let me = signed_in(&ctx, "first").await;
    identity::vouch(&ctx, &me, second, "同事，工号已核对").await.unwrap();
    place(second, "").await.unwrap();
    assert_eq!(administer::show(&ctx, &root, second).await.unwrap().account.organisation_id, None);
}
