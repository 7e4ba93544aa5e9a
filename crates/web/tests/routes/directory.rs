//! The directory in the browser, without script: an import from file to undoing, an entry from form to history, markup in every field.

use axum::http::{StatusCode, header};
use keqiao_app::jobs;

use crate::site::Site;

const FORM: &str = "application/x-www-form-urlencoded";

async fn work(site: &Site) {
    let works = jobs::works();
    while jobs::step(&site.ctx, &works).await.unwrap() {}
}

fn multipart(file: &str) -> String {
    let part =
        |name: &str, value: &str| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../\u{4eba}.csv\"\r\nContent-Type: text/csv\r\n\r\n";
    format!("{}{}{head}{file}\r\n--x--\r\n", part("list", "people"), part("region", "990101"))
}

/// The address that an answer sends to.
fn to(answer: &crate::site::Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.headers[header::LOCATION].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_clerk_imports_looks_and_undoes_without_script() {
    let site = Site::demo().await;
    let key = site.sign_in_demo("officer").await;
    for path in [
        "/directory/people",
        "/directory/organisations",
        "/directory/imports",
        "/directory/imports/new",
        "/directory/people/new",
    ] {
        let page = site.ask("GET", path, &key, FORM, "").await;
        assert_eq!((page.status, page.body.matches("<h1>").count()), (StatusCode::OK, 1), "{path}");
    }
    let file = "姓名,手机,邮箱\n王小明,13800000001,\n<script>alert(1)</script>甲,13800000002,x\n李四,13800000003,a@example.org\n";
    let sent = site.ask("POST", "/directory/imports", &key, "multipart/form-data; boundary=x", &multipart(file)).await;
    let here = to(&sent);
    let page = site.ask("GET", &here, &key, FORM, "").await;
    assert!(
        page.body.contains("column-0") && page.body.contains("标题一致") && !page.body.contains("../"),
        "{}",
        page.body
    );
    to(&site.ask("POST", &format!("{here}/columns"), &key, FORM, "column-0=name&column-1=phone&column-2=email").await);
    assert_eq!(site.ask("GET", &here, &key, FORM, "").await.headers["refresh"], "1");
    work(&site).await;
    let page = site.ask("GET", &here, &key, FORM, "").await;
    assert!(page.body.contains("name@example.org") && !page.body.contains("<script>alert"), "{}", page.body);
    to(&site.ask("POST", &format!("{here}/run"), &key, FORM, "").await);
    work(&site).await;
    let found = site.ask("GET", "/directory/people?q=wxm", &key, FORM, "").await;
    assert!(
        found.body.contains("王小明") && found.body.contains("138••••0001") && !found.body.contains("李四"),
        "{}",
        found.body
    );
    let csv = site.ask("GET", "/directory/people.csv?q=wxm", &key, FORM, "").await;
    assert!(csv.body.contains("王小明") && !csv.body.contains("李四"));
    to(&site.ask("POST", &format!("{here}/undo"), &key, FORM, "").await);
    work(&site).await;
    assert!(site.ask("GET", &here, &key, FORM, "").await.body.contains("已整批撤销"));
    assert!(!site.ask("GET", "/directory/people?q=wxm", &key, FORM, "").await.body.contains("王小明</a>"));
}

#[tokio::test]
async fn an_entry_is_made_changed_and_remembered_and_markup_stays_text() {
    let site = Site::demo().await;
    let key = site.sign_in_demo("officer").await;
    let wrong = site.ask("POST", "/directory/people", &key, FORM, "name=&phone=12").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("id=\"phone-fault\"") && wrong.body.contains("value=\"12\""), "{}", wrong.body);
    let markup = "%3Cimg+src%3Dx+onerror%3Dalert(1)%3E";
    let form = format!(
        "name={markup}a&title={markup}&organisation={markup}&bio={markup}&fields={markup}&phone=13800000001&region=990101"
    );
    let here = to(&site.ask("POST", "/directory/people", &key, FORM, &form).await);
    let page = site.ask("GET", &here, &key, FORM, "").await;
    assert!(page.body.contains("&#60;img") && !page.body.contains("<img src=x"), "{}", page.body);
    let edited =
        site.ask("POST", &here, &key, FORM, "revision=1&name=%E7%8E%8B%E4%BA%94&phone=&title=%E6%95%99%E6%8E%88").await;
    assert_eq!(to(&edited), here);
    let late = site.ask("POST", &here, &key, FORM, "revision=1&title=x").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let page = site.ask("GET", &here, &key, FORM, "").await;
    assert!(
        page.body.contains("王五")
            && page.body.contains("教授")
            && page.body.contains("<del>")
            && page.body.contains("138••••0001")
    );
    let clear = site.ask("POST", &format!("{here}/reveal"), &key, FORM, "").await;
    assert!(clear.body.contains("13800000001"));
    let leader = site.sign_in_demo("leader").await;
    assert_eq!(site.ask("POST", &format!("{here}/reveal"), &leader, FORM, "").await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.ask("GET", "/directory/people/not-an-id", &key, FORM, "").await.status.as_u16() / 100, 4);
}

#[tokio::test]
async fn programs_do_the_same() {
    let site = Site::demo().await;
    let key = site.sign_in_demo("officer").await;
    let json = "application/json";
    let made = site
        .ask("POST", "/api/v1/directory/people", &key, json, r#"{"values":{"name":"王小明","phone":"13800000001"}}"#)
        .await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let id = serde_json::from_str::<serde_json::Value>(&made.body).unwrap()["id"].as_str().unwrap().to_owned();
    let here = format!("/api/v1/directory/people/{id}");
    let changed = site.ask("PATCH", &here, &key, json, r#"{"revision":1,"values":{"title":"教授"}}"#).await;
    assert!(changed.body.contains("教授") && changed.body.contains("138••••0001"), "{}", changed.body);
    let list = site.ask("GET", "/api/v1/directory/people?q=wxm&limit=1", &key, json, "").await;
    assert!(list.body.contains("王小明"), "{}", list.body);
    let contacts = site.ask("POST", &format!("{here}/contacts"), &key, json, "").await;
    assert_eq!(contacts.body, r#"{"phone":"13800000001"}"#);
    let late = site.ask("DELETE", &format!("{here}?revision=1"), &key, json, "").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(site.ask("DELETE", &format!("{here}?revision=2"), &key, json, "").await.status, StatusCode::NO_CONTENT);
    let begun = site
        .ask(
            "POST",
            "/api/v1/imports?list=people&region=990101&name=a.csv",
            &key,
            "application/octet-stream",
            "姓名\n李四\n",
        )
        .await;
    assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.body);
}
