//! The log: every act of an account is in it, nobody changes it, and tampering shows.

use keqiao_access::Actor;
use keqiao_access::chain::Break;
use keqiao_app::account::first;
use keqiao_app::account::sign_up::SignUp;
use keqiao_app::fixture::TestCtx;
use keqiao_app::log::{self, Filter};
use keqiao_app::{AppError, account};
use keqiao_store::{ConnectionTrait, PageRequest};
use serde_json::json;

async fn write(ctx: &TestCtx, actor: &Actor, times: usize) {
    for n in 0..times {
        let tx = ctx.begin().await.unwrap();
        log::record(ctx, &tx, actor, "contacts.reveal", &format!("person:{n}"), json!({"field": "phone"}))
            .await
            .unwrap();
        ctx.commit(tx).await.unwrap();
    }
}

#[tokio::test]
async fn a_chain_is_whole_and_a_rolled_back_act_leaves_nothing() {
    let ctx = TestCtx::new().await.unwrap();
    let visitor = Actor::visitor("192.0.2.1");
    assert_eq!(log::verify(&ctx, None).await.unwrap().outcome.unwrap().seq, 0);
    write(&ctx, &visitor, 3).await;
    let tx = ctx.begin().await.unwrap();
    log::record(&ctx, &tx, &visitor, "contacts.reveal", "person:9", json!({})).await.unwrap();
    drop(tx);
    write(&ctx, &visitor, 1).await;
    let verified = log::verify(&ctx, None).await.unwrap();
    assert_eq!((verified.entries, verified.outcome.unwrap().seq), (4, 4));
}

#[tokio::test]
async fn writers_at_the_same_time_make_one_chain() {
    let ctx = TestCtx::new().await.unwrap();
    let writers = (0..8).map(|_| async {
        write(&ctx, &Actor::visitor("192.0.2.1"), 5).await;
    });
    futures_util::future::join_all(writers).await;
    let verified = log::verify(&ctx, None).await.unwrap();
    assert_eq!((verified.entries, verified.outcome.unwrap().seq), (40, 40));
}

#[tokio::test]
async fn entries_can_neither_be_changed_nor_deleted_and_forced_changes_show() {
    let ctx = TestCtx::new().await.unwrap();
    write(&ctx, &Actor::visitor("192.0.2.1"), 5).await;
    let anchor = log::verify(&ctx, None).await.unwrap().outcome.unwrap();
    let run = async |sql: &str| {
        let tx = ctx.begin().await.unwrap();
        let done = tx.execute_unprepared(sql).await;
        if done.is_ok() {
            tx.commit().await.unwrap();
        }
        done.map(|_| ())
    };
    assert!(run("UPDATE log SET detail = '{}' WHERE seq = 2").await.is_err());
    assert!(run("DELETE FROM log WHERE seq = 2").await.is_err());

    // Whoever owns the database can take the guards off: then the chain tells.
    let guards: &[&str] = match ctx.db.db.backend() {
        keqiao_store::Backend::Sqlite => &["DROP TRIGGER log_keeps", "DROP TRIGGER log_stays"],
        keqiao_store::Backend::Postgres => &["DROP TRIGGER log_keeps ON log"],
    };
    for guard in guards {
        run(guard).await.unwrap();
    }
    let broken = async |anchor| log::verify(&ctx, anchor).await.unwrap().outcome.unwrap_err();
    run("UPDATE log SET subject = 'person:77' WHERE seq = 3").await.unwrap();
    assert_eq!((broken(None).await.seq, broken(None).await.why), (3, Break::Changed));
    run("UPDATE log SET subject = 'person:2' WHERE seq = 3").await.unwrap();
    assert!(log::verify(&ctx, Some(anchor.clone())).await.unwrap().outcome.is_ok());
    run("DELETE FROM log WHERE seq = 5").await.unwrap();
    assert_eq!(broken(None).await.why, Break::Truncated, "the end that the database notes is gone");
    run("UPDATE log_end SET seq = 4, hash = (SELECT hash FROM log WHERE seq = 4)").await.unwrap();
    assert!(log::verify(&ctx, None).await.unwrap().outcome.is_ok(), "only an anchor kept elsewhere can tell now");
    assert_eq!(broken(Some(anchor)).await.why, Break::Truncated);
}

#[tokio::test]
async fn acts_are_found_by_those_who_may_read_and_by_nobody_else() {
    let ctx = TestCtx::new().await.unwrap();
    let visitor = Actor::visitor("192.0.2.1");
    let key = first::offer(&ctx).await.unwrap().unwrap();
    let form = SignUp {
        login: "root".to_owned(),
        name: "管理员甲".to_owned(),
        password: "春眠不觉晓处处闻啼鸟".to_owned(),
        region: "990101".to_owned(),
        ..SignUp::default()
    };
    let id = first::set_up(&ctx, &visitor, &key, &form).await.unwrap();
    let form = account::sign_in::SignIn { login: form.login, password: form.password, ..Default::default() };
    let key = account::sign_in::sign_in(&ctx, &visitor, &form).await.unwrap().key;
    let root = account::session::actor(&ctx, &key, "192.0.2.1").await.unwrap().unwrap();
    write(&ctx, &root, 2).await;

    let search = async |filter: Filter| log::search(&ctx, &root, filter, PageRequest::default()).await.unwrap();
    let page = search(Filter { account: Some(id), ..Filter::default() }).await;
    assert_eq!(
        page.rows.iter().map(|e| e.act.action.as_str()).collect::<Vec<_>>(),
        ["contacts.reveal", "contacts.reveal", "account.sign_in", "account.set_up"]
    );
    assert!(page.rows.iter().all(|e| e.act.name == "管理员甲" && e.act.address == "192.0.2.1"));
    assert_eq!(search(Filter { action: "account.".to_owned(), ..Filter::default() }).await.total, 2);
    assert_eq!(search(Filter { text: "person:1".to_owned(), ..Filter::default() }).await.total, 1);
    assert_eq!(search(Filter { text: "100%_".to_owned(), ..Filter::default() }).await.total, 0);
    assert_eq!(search(Filter { since: Some(ctx.now().plus_days(1)), ..Filter::default() }).await.total, 0);

    let refused = log::search(&ctx, &visitor, Filter::default(), PageRequest::default()).await;
    assert!(matches!(refused, Err(AppError::Refusal(r)) if r.code == "sign_in"));
}
