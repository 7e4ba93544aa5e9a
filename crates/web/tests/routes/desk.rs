//! The report desk through its addresses: upload, work through, stale forms, the ledger, other people's reports.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use keqiao_app::jobs;

use crate::site::{Answer, Site};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";
const REPORT: &str = "青岚县科学技术协会\n2023年度部门决算\n\n一、支出决算情况\n\n2023年支出合计100.00万元，其中：基本支出80.00万元，占70.0%；<script>alert(1)</script>项目支出20.00万元，占25.0%。\n";

/// Posts a form with a file, as a browser without script does.
async fn upload(site: &Site, path: &str, key: &str, name: &str, text: &str) -> Answer {
    let body = format!(
        "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n{text}\r\n--X--\r\n"
    );
    site.ask("POST", path, key, "multipart/form-data; boundary=X", &body).await
}

async fn work(site: &Site) {
    let works = jobs::works();
    while jobs::step(&site.ctx, &works).await.unwrap() {}
}

/// The first address in a page that begins with this.
fn address(page: &str, start: &str) -> String {
    let at = page.find(&format!("\"{start}")).unwrap_or_else(|| panic!("no {start} in {page}"));
    page[at + 1..].split(['"', '#', '?']).next().unwrap().to_owned()
}

async fn uploaded(site: &Site, key: &str) -> String {
    let sent = upload(site, "/desk/upload", key, "决算.txt", REPORT).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    work(site).await;
    address(&site.ask("GET", "/desk", key, FORM, "").await.body, "/desk/reports/")
}

#[tokio::test]
async fn a_report_goes_from_the_form_to_the_ledger_without_script() {
    let site = Site::demo().await;
    let (finance, reviewer) = (site.sign_in_demo("finance").await, site.sign_in_demo("reviewer").await);
    let report = uploaded(&site, &finance).await;
    let page = site.ask("GET", &report, &reviewer, FORM, "").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("青岚县科学技术协会") && page.body.contains("id=\"f1m1\""));
    assert!(!page.body.contains("<script>alert"), "what strangers wrote is text");
    let finding = address(&page.body, "/desk/findings/").trim_end_matches("/judge").to_owned();
    let finding = finding.trim_end_matches("/assign").to_owned();
    let judge = format!("{finding}/judge");
    let settled = site
        .ask("POST", &judge, &reviewer, FORM, "revision=0&state=accepted&reason=%E5%8F%A3%E5%BE%84&back=report")
        .await;
    assert_eq!(settled.status, StatusCode::SEE_OTHER, "{}", settled.body);
    assert!(settled.headers[header::LOCATION].to_str().unwrap().starts_with(&format!("{report}#f")));
    let ledger = site.ask("GET", "/desk/ledger?state=accepted", &finance, FORM, "").await;
    assert!(ledger.body.contains("口径"), "{}", ledger.body);
    for format in ["xlsx", "docx"] {
        let file =
            site.ask("GET", &format!("/desk/ledger/export?format={format}&state=accepted"), &finance, FORM, "").await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(file.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
    }
    for path in
        ["/desk/dashboard", "/desk/upload", "/desk?q=%E9%9D%92&sort=-errors", "/desk/ledger?rule=A&level=error&page=9"]
    {
        assert_eq!(site.ask("GET", path, &finance, FORM, "").await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn a_stale_form_is_shown_again_with_what_was_typed() {
    let site = Site::demo().await;
    let (finance, reviewer) = (site.sign_in_demo("finance").await, site.sign_in_demo("reviewer").await);
    let report = uploaded(&site, &finance).await;
    let page = site.ask("GET", &report, &reviewer, FORM, "").await.body;
    let at = page.find("/desk/findings/").unwrap();
    let finding = page[at..].split(['"', '/']).take(4).collect::<Vec<_>>().join("/");
    let taken = site.ask("POST", &format!("{finding}/assign"), &finance, FORM, "revision=0&to=me").await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let stale = site
        .ask("POST", &format!("{finding}/judge"), &reviewer, FORM, "revision=0&state=accepted&reason=my-own-words")
        .await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains("my-own-words") && stale.body.contains("钱如算"), "{}", stale.body);
    assert!(stale.body.contains("name=\"revision\" value=\"1\""), "{}", stale.body);
    let empty =
        site.ask("POST", &format!("{finding}/judge"), &reviewer, FORM, "revision=1&state=false_alarm&reason=").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn pieces_are_taken_in_order_and_refusals_are_json() {
    let site = Site::demo().await;
    let key = site.sign_in_demo("finance").await;
    let field = |answer: &Answer, name: &str| {
        let said: serde_json::Value = serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{}", answer.body));
        said[name].as_str().map_or_else(|| said[name].to_string(), str::to_owned)
    };
    let begun = site.ask("POST", "/desk/batches", &key, JSON, "{}").await;
    let batch = field(&begun, "id");
    let announce = format!(r#"{{"name":"a.txt","size":{}}}"#, REPORT.len());
    let announced = site.ask("POST", &format!("/desk/batches/{batch}/uploads"), &key, JSON, &announce).await;
    let upload = format!("/desk/uploads/{}", field(&announced, "id"));
    let put = async |offset: usize, to: usize| {
        let bytes = REPORT.as_bytes()[offset..to].to_vec();
        let request = Request::put(format!("{upload}?offset={offset}")).header("sec-fetch-site", "same-origin");
        let request = request.header(header::COOKIE, format!("keqiao_session={key}")).body(Body::from(bytes)).unwrap();
        site.send(request).await
    };
    assert_eq!(field(&put(0, 40).await, "received"), "40");
    assert_eq!(field(&put(90, 100).await, "received"), "40", "a gap is not taken");
    assert_eq!(field(&site.ask("GET", &upload, &key, JSON, "").await, "state"), "open");
    assert_eq!(field(&put(40, REPORT.len()).await, "state"), "received");
    let large = site
        .ask("POST", &format!("/desk/batches/{batch}/uploads"), &key, JSON, r#"{"name":"a","size":99999999999}"#)
        .await;
    assert_eq!((large.status, field(&large, "code")), (StatusCode::PAYLOAD_TOO_LARGE, "upload.too_large".to_owned()));
    let other = site.sign_in_demo("reviewer").await;
    assert_eq!(site.ask("GET", &upload, &other, JSON, "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_interface_for_programs_pages_and_refuses_like_the_pages() {
    let site = Site::demo().await;
    let key = site.sign_in_demo("finance").await;
    let report = uploaded(&site, &key).await;
    let id = report.rsplit('/').next().unwrap().to_owned();
    let list = site.ask("GET", "/api/v1/findings?limit=1", &key, JSON, "").await;
    let said: serde_json::Value = serde_json::from_str(&list.body).unwrap();
    assert_eq!(said["items"].as_array().map(Vec::len), Some(1), "{}", list.body);
    let next = said["next"].as_str().unwrap();
    let rest = site.ask("GET", &format!("/api/v1/findings?limit=9&cursor={next}"), &key, JSON, "").await;
    assert!(rest.body.contains("\"next\":null"), "{}", rest.body);
    assert_eq!(site.ask("GET", &format!("/api/v1/reports/{id}"), &key, JSON, "").await.status, StatusCode::OK);
    let neighbour = site.sign_in_demo("officer").await;
    assert_eq!(
        site.ask("GET", &format!("/api/v1/reports/{id}"), &neighbour, JSON, "").await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(site.ask("GET", "/api/v1/reports/nonsense", &key, JSON, "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.ask("GET", "/api/v1/reports?year=x", &key, JSON, "").await.status, StatusCode::BAD_REQUEST);
}
