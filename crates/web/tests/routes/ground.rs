//! What holds for every address: headers, languages, failures, other sites' requests.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::site::Site;

#[tokio::test]
async fn the_home_page_comes_in_both_languages_with_its_guards() {
    let site = Site::new().await;
    let zh = site.get("/").await;
    assert_eq!(zh.status, StatusCode::OK);
    assert!(zh.body.contains("<html lang=\"zh-CN\"") && zh.body.contains("科桥"));
    let en =
        site.send(Request::get("/").header(header::ACCEPT_LANGUAGE, "en-GB,en").body(Body::empty()).unwrap()).await;
    assert!(en.body.contains("<html lang=\"en\""));
    let policy = zh.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"));
    assert_eq!(zh.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert!(!zh.body.contains("style=") && !zh.body.contains("onclick="), "the policy forbids inline style and script");
}

#[tokio::test]
async fn what_is_not_there_is_said_in_the_language_of_who_asks() {
    let site = Site::new().await;
    let page = site.get("/no-such-page").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.body.contains("没有找到"));
    let problem = site.get("/api/v1/no-such-thing").await;
    assert_eq!(problem.status, StatusCode::NOT_FOUND);
    assert_eq!(problem.headers[header::CONTENT_TYPE], "application/problem+json");
    assert!(problem.body.contains("\"code\":\"not_found\""));
}

#[tokio::test]
async fn a_change_from_another_site_is_stopped() {
    let site = Site::new().await;
    let request = Request::post("/preferences").header("sec-fetch-site", "cross-site").body(Body::empty()).unwrap();
    let answer = site.send(request).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.body.contains("cross_site"));
}

#[tokio::test]
async fn static_files_are_sent_once() {
    let site = Site::new().await;
    let first = site.get("/static/app.css").await;
    assert_eq!(first.status, StatusCode::OK);
    let tag = first.headers[header::ETAG].clone();
    let again = site
        .send(Request::get("/static/app.css").header(header::IF_NONE_MATCH, tag).body(Body::empty()).unwrap())
        .await;
    assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    assert_eq!(site.get("/static/../Cargo.toml").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/static/%2e%2e/Cargo.toml").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn health_says_whether_the_database_answers() {
    let site = Site::new().await;
    assert_eq!(site.get("/health/ready").await.status, StatusCode::OK);
    site.ctx.db.db.clone().close().await.unwrap();
    assert_eq!(site.get("/health/ready").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(site.get("/health/live").await.status, StatusCode::OK);
}

#[tokio::test]
async fn made_up_cookies_open_no_fresh_allowance() {
    let site = Site::limited(1).await;
    let mut refused = 0;
    for n in 0..60 {
        let cookie = format!("keqiao_session={n:043}");
        let request = Request::get("/").header(header::COOKIE, cookie).body(Body::empty()).unwrap();
        refused += u32::from(site.send(request).await.status == StatusCode::TOO_MANY_REQUESTS);
    }
    // One browser has a burst of 4, an address of 8 times that.
    assert!((20..60 - 4).contains(&refused), "{refused} of 60 refused");
}
