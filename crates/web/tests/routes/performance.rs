//! Performance through its addresses: a target written, advised on, reviewed, monitored, evaluated, scored again, put right; stale forms; other
//! people's targets.

use axum::http::{StatusCode, header};

use crate::site::{Answer, Site};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

async fn post(site: &Site, key: &str, path: &str, body: &str) -> Answer {
    site.ask("POST", path, key, FORM, body).await
}

async fn get(site: &Site, key: &str, path: &str) -> Answer {
    site.ask("GET", path, key, FORM, "").await
}

fn location(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.headers[header::LOCATION].to_str().unwrap().to_owned()
}

/// The fields of a sound target.
fn fields(revision: i32, weight: &str) -> String {
    let mut all = format!(
        "revision={revision}&name=%E5%8E%BF%E7%A7%91%E5%8D%8F&goal=%E5%8A%9E%E5%A5%BD%E5%9F%B9%E8%AE%AD12%E5%9C%BA&budget=100000&tree=standard&profile=mof-2020"
    );
    for (n, (twig, name, w)) in
        [("quantity", "sessions", weight), ("social_benefit", "villages", "30"), ("served", "satisfied", "10")]
            .iter()
            .enumerate()
    {
        all.push_str(&format!(
            "&i{n}_name={name}&i{n}_level2={twig}&i{n}_operator=ge&i{n}_lower=12&i{n}_unit=x&i{n}_weight={w}&i{n}_from=evidence&i{n}_kind=training&i{n}_count=sessions&i{n}_own=0"
        ));
    }
    all
}

/// A target of the department that is written; its address.
async fn written(site: &Site, key: &str) -> String {
    let begun = post(site, key, "/performance/targets", "region=990101&year=2026&project=whole&profile=mof-2020").await;
    let edit = location(&begun);
    assert!(edit.ends_with("/edit"), "{edit}");
    let target = edit.trim_end_matches("/edit").to_owned();
    let saved = post(site, key, &edit, &fields(0, "50")).await;
    assert_eq!(location(&saved), target);
    target
}

async fn approved(site: &Site, officer: &str, reviewer: &str) -> String {
    let target = written(site, officer).await;
    location(&post(site, officer, &format!("{target}/submit"), "revision=1").await);
    location(&post(site, reviewer, &format!("{target}/review"), "revision=2&verdict=approve").await);
    target
}

#[tokio::test]
async fn a_target_is_advised_on_as_one_types_and_nothing_typed_is_lost() {
    let site = Site::demo().await;
    let (officer, reviewer) = (site.sign_in_demo("officer").await, site.sign_in_demo("reviewer").await);
    let target = written(&site, &officer).await;
    let edit = get(&site, &officer, &format!("{target}/edit")).await;
    assert!(edit.body.contains("data-advice=\"") && edit.body.contains("value=\"villages\""), "{}", edit.body);
    assert!(edit.body.contains("name=\"name\" type=\"text\" value=\"县科协\""), "the name as it stands: {}", edit.body);
    let advised = post(&site, &officer, &format!("{target}/advice"), &fields(1, "49")).await;
    assert_eq!(advised.status, StatusCode::OK);
    assert!(advised.body.contains("id=\"advice\"") && advised.body.contains("应为50分"), "{}", advised.body);
    let unread = post(&site, &officer, &format!("{target}/advice"), &fields(1, "abc")).await;
    assert!(unread.body.contains("有的地方没有填对") && !unread.body.contains("没有发现问题"), "{}", unread.body);
    let kept = get(&site, &officer, &target).await;
    assert!(!kept.body.contains("应为50分"), "advice saves nothing");
    let bad = post(&site, &officer, &format!("{target}/edit"), &fields(1, "abc")).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.body.contains("value=\"abc\"") && bad.body.contains("i0_weight-fault"), "{}", bad.body);
    let stale = post(&site, &officer, &format!("{target}/edit"), &fields(0, "50")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains("value=\"villages\"") && stale.body.contains("name=\"revision\" value=\"1\""));
    let picked = post(&site, &officer, &format!("{target}/library"), "revision=1").await;
    assert_eq!(location(&picked), format!("{target}/edit"));
    let shelf = get(&site, &officer, &format!("{target}/library?q=%E5%9F%B9%E8%AE%AD")).await;
    assert!(shelf.body.matches("name=\"pick\"").count() > 3, "{}", shelf.body);
    assert_eq!(post(&site, &reviewer, &format!("{target}/edit"), &fields(2, "50")).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_target_goes_from_review_to_a_new_version() {
    let site = Site::demo().await;
    let (officer, reviewer) = (site.sign_in_demo("officer").await, site.sign_in_demo("reviewer").await);
    let target = written(&site, &officer).await;
    location(&post(&site, &officer, &format!("{target}/submit"), "revision=1").await);
    let silent = post(&site, &reviewer, &format!("{target}/review"), "revision=2&verdict=return&review=").await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let late =
        post(&site, &reviewer, &format!("{target}/review"), "revision=1&verdict=return&review=my-own-words").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("my-own-words"), "{}", late.body);
    location(&post(&site, &reviewer, &format!("{target}/review"), "revision=2&verdict=approve").await);
    let changed = post(&site, &officer, &format!("{target}/change"), "revision=3&reason=more").await;
    assert_eq!(location(&changed), format!("{target}/edit"));
    let old = get(&site, &reviewer, &format!("{target}?version=1")).await;
    assert_eq!(old.status, StatusCode::OK);
    location(&post(&site, &reviewer, &format!("{target}/comment"), "words=hm").await);
    for path in [
        "/performance",
        "/performance/monitoring?month=6&year=2026",
        "/performance/tasks",
        "/performance/evaluations",
        "/",
    ] {
        assert_eq!(get(&site, &officer, path).await.status, StatusCode::OK, "{path}");
    }
    let neighbour = site.sign_in_demo("neighbour").await;
    assert_eq!(get(&site, &neighbour, &target).await.status, StatusCode::NOT_FOUND);
    let administrator = site.sign_in_demo("administrator").await;
    assert_eq!(get(&site, &administrator, &target).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_evaluation_names_what_is_missing_and_a_task_waits_for_a_second_person() {
    let site = Site::demo().await;
    let (officer, reviewer) = (site.sign_in_demo("officer").await, site.sign_in_demo("reviewer").await);
    let target = approved(&site, &officer, &reviewer).await;
    location(&post(&site, &officer, &format!("{target}/freeze"), "month=6").await);
    let evaluation = location(&post(&site, &officer, &format!("{target}/evaluate"), "").await);
    let refused = post(&site, &officer, &evaluation, "revision=0&then=submit&achieved=done&problems=p").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert!(refused.body.contains("须填写偏差原因分析及改进措施"), "{}", refused.body);
    let rows = "r0_reason=rain&r1_reason=rain&r2_reason=rain";
    let stale = post(&site, &officer, &evaluation, &format!("revision=0&achieved=x&{rows}")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains(">rain<"), "{}", stale.body);
    let body = format!("revision=1&then=submit&achieved=done&problems=p&suggestions=s&execution_reason=later&{rows}");
    location(&post(&site, &officer, &evaluation, &body).await);
    let other = location(&post(&site, &reviewer, &format!("{evaluation}/beside"), "").await);
    assert_ne!(other, evaluation);
    assert!(get(&site, &officer, &evaluation).await.body.contains(&other));
    let accounts = get(&site, &officer, "/performance/tasks").await.body;
    let owner = accounts.split("name=\"owner\" required").nth(1).unwrap();
    let owner = owner.split("value=\"").nth(2).unwrap().split('"').next().unwrap();
    let missing =
        post(&site, &officer, "/performance/tasks", "region=990101&year=2026&finding=my-own-words&kind=self").await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(missing.body.contains("my-own-words"));
    let entered = format!("region=990101&year=2026&finding=late&measure=hurry&kind=self&due=2026-12-01&owner={owner}");
    let task = location(&post(&site, &reviewer, "/performance/tasks", &entered).await);
    let bare = site.ask("POST", &format!("{task}/done"), &officer, "multipart/form-data; boundary=X", "--X\r\nContent-Disposition: form-data; name=\"revision\"\r\n\r\n0\r\n--X\r\nContent-Disposition: form-data; name=\"proof\"\r\n\r\ndone-now\r\n--X--\r\n").await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bare.body.contains("done-now"), "{}", bare.body);
    let proved = site.ask("POST", &format!("{task}/done"), &officer, "multipart/form-data; boundary=X", "--X\r\nContent-Disposition: form-data; name=\"revision\"\r\n\r\n0\r\n--X\r\nContent-Disposition: form-data; name=\"proof\"\r\n\r\ndone\r\n--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nproof\r\n--X--\r\n").await;
    location(&proved);
    assert_eq!(
        post(&site, &officer, &format!("{task}/confirm"), "revision=1&verdict=agree").await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn money_is_shared_on_a_sheet_to_the_fen() {
    let site = Site::demo().await;
    let finance = site.sign_in_demo("finance").await;
    let sheet = get(&site, &finance, "/performance/allocation").await;
    assert_eq!(sheet.status, StatusCode::OK);
    let body = "pool=100&factors=a%0960%09x%0Ab%0940%09x&bodies=one%091%091%0Atwo%091%092%0Athree%091%093";
    let shared = post(&site, &finance, "/performance/allocation", body).await;
    assert_eq!(shared.status, StatusCode::OK, "{}", shared.body);
    assert!(shared.body.contains("26.67") && shared.body.contains("100.00"), "{}", shared.body);
    let missing = "pool=100&factors=a%09100%09x&bodies=one%091%0Atwo%09";
    let refused = post(&site, &finance, "/performance/allocation", missing).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("one\t1"), "what was typed is still there");
}

#[tokio::test]
async fn the_interface_for_programs_reads_and_writes_like_the_pages() {
    let site = Site::demo().await;
    let (officer, reviewer) = (site.sign_in_demo("officer").await, site.sign_in_demo("reviewer").await);
    let target = written(&site, &officer).await;
    let id = target.rsplit('/').next().unwrap();
    let read = async |key: &str, path: &str| -> serde_json::Value {
        let answer = site.ask("GET", path, key, JSON, "").await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    };
    let list = read(&officer, "/api/v1/performance/targets?year=2026").await;
    assert_eq!(list["items"][0]["id"], id, "{list}");
    let one = read(&officer, &format!("/api/v1/performance/targets/{id}")).await;
    assert_eq!((one["indicators"].as_array().map(Vec::len), &one["state"]), (Some(3), &serde_json::json!("draft")));
    let submit = format!("/api/v1/performance/targets/{id}/submit");
    let stale = site.ask("POST", &submit, &officer, JSON, r#"{"revision":0}"#).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.body);
    let sent = site.ask("POST", &submit, &officer, JSON, r#"{"revision":1}"#).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    let review = format!("/api/v1/performance/targets/{id}/review");
    let said = r#"{"revision":2,"approve":true,"words":""}"#;
    assert_eq!(site.ask("POST", &review, &officer, JSON, said).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.ask("POST", &review, &reviewer, JSON, said).await.status, StatusCode::OK);
    let month = read(&reviewer, "/api/v1/performance/monitoring?region=990101&year=2026&month=6").await;
    assert_eq!(month["targets"][0]["goals"][0]["light"], "red", "{month}");
    assert!(read(&officer, "/api/v1/performance/evaluations").await["items"].is_array());
    assert!(read(&officer, "/api/v1/performance/tasks").await["items"].is_array());
}
