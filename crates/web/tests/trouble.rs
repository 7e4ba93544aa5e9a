//! What users see when the machine fails: a clear page with an event number, and nothing lost.

use axum::http::StatusCode;
use keqiao_store::{Backend, ConnectionTrait, dump};

use crate::site::Site;

const SIGN_IN: (&str, &str) = ("/demo/sign-in", "role=reviewer");

#[tokio::test]
async fn a_database_gone_is_said_clearly_with_a_number() {
    let site = Site::demo().await;
    assert_eq!(site.get("/health/ready").await.status, StatusCode::OK);
    site.ctx.ctx.db.clone().close().await.unwrap();
    let answer = site.post(SIGN_IN.0, SIGN_IN.1).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.contains("数据库暂时没有应答"), "{}", answer.body);
    // The number is there; the cause is not.
    assert!(answer.body.split(|c: char| !c.is_ascii_hexdigit()).any(|word| word.len() == 32), "{}", answer.body);
    assert!(!answer.body.contains("pool") && !answer.body.contains("sqlx"), "{}", answer.body);
    assert_eq!(site.get("/health/ready").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(site.get("/health/live").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_full_disk_is_said_clearly_and_nothing_is_lost() {
    let site = Site::demo().await;
    if site.ctx.db.db.backend() != Backend::Sqlite {
        // A server's disk cannot be filled from here.
        return;
    }
    let key = site.sign_in_demo("reviewer").await;
    // SQLite then answers as it does when the disk is full: the file may not grow any more.
    pages_max(&site, 1).await;
    let mut answer = site.post(SIGN_IN.0, SIGN_IN.1).await;
    for _ in 0..2000 {
        if answer.status != StatusCode::SEE_OTHER {
            break;
        }
        answer = site.post(SIGN_IN.0, SIGN_IN.1).await;
    }
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.contains("磁盘已满"), "{}", answer.body);
    // Reading goes on, for those who are signed in too.
    assert_eq!(site.ask("GET", "/desk", &key, "text/plain", "").await.status, StatusCode::OK);
    assert_eq!(dump::damage(&site.ctx.db.db).await.unwrap(), None);
    // Room again: everything works again, without a restart.
    pages_max(&site, 1_000_000).await;
    assert_eq!(site.post(SIGN_IN.0, SIGN_IN.1).await.status, StatusCode::SEE_OTHER);
}

async fn pages_max(site: &Site, pages: u32) {
    let tx = site.ctx.begin().await.unwrap();
    tx.execute_unprepared(&format!("PRAGMA max_page_count = {pages}")).await.unwrap();
    tx.commit().await.unwrap();
}
