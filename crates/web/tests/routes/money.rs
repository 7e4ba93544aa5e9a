//! The books through their addresses: opened, filled from a file, looked at, taken back; stale forms keep what was typed.

use axum::http::StatusCode;

use crate::site::{Answer, Site};

const FORM: &str = "application/x-www-form-urlencoded";

async fn form(site: &Site, path: &str, key: &str, fields: &str) -> Answer {
    site.ask("POST", path, key, FORM, fields).await
}

/// The value of a hidden field, or what stands in the first address that begins so.
fn after<'a>(page: &'a str, start: &str) -> &'a str {
    let at = page.find(start).unwrap_or_else(|| panic!("no {start} in {page}"));
    page[at + start.len()..].split(['"', '?', '#', '/']).next().unwrap()
}

async fn upload(site: &Site, key: &str, unit: &str, text: &str) -> Answer {
    let field =
        |name: &str, value: &str| format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let fields = [("list", "ledger"), ("region", "990101"), ("year", "2025"), ("unit", unit), ("source", "某软件")];
    let mut body: String = fields.map(|(n, v)| field(n, v)).concat();
    body += &format!(
        "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"ledger.csv\"\r\nContent-Type: text/csv\r\n\r\n{text}\r\n--X--\r\n"
    );
    site.ask("POST", "/money/import", key, "multipart/form-data; boundary=X", &body).await
}

#[tokio::test]
async fn a_year_goes_from_the_form_to_the_public_tables_without_script() {
    let site = Site::demo().await;
    let (finance, leader) = (site.sign_in_demo("finance").await, site.sign_in_demo("leader").await);
    let scope = "region=990101&year=2025";
    let made = form(&site, "/money/units", &finance, &format!("{scope}&name=Office&kind=modelled")).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    assert_eq!(form(&site, "/money/years", &finance, scope).await.status, StatusCode::SEE_OTHER);
    let page = site.ask("GET", &format!("/money/projects?{scope}"), &finance, FORM, "").await;
    let unit = after(&page.body, "action=\"/money/units/").to_owned();
    let project = format!("{scope}&unit={unit}&code=P01&name=Science+day&budget=5000");
    assert_eq!(form(&site, "/money/projects", &finance, &project).await.status, StatusCode::SEE_OTHER);
    let twice = form(&site, "/money/projects", &finance, &project).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(twice.body.contains("value=\"Science day\""), "what was typed is still there");

    let sent = upload(
        &site,
        &finance,
        &unit,
        "日期,凭证号,功能科目,经济科目,项目,金额\n2025-03-01,记-1,2060702,30201,P01,1254\n2025-03-02,记-2,2060702,30202,P01,1254\n",
    )
    .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let import = sent.headers["location"].to_str().unwrap().to_owned();
    assert_eq!(site.ask("GET", &import, &leader, FORM, "").await.status, StatusCode::OK);
    let wrong = form(&site, &format!("{import}/columns"), &finance, "revision=1&control=9").await;
    assert_eq!(wrong.status, StatusCode::SEE_OTHER);
    let page = site.ask("GET", &import, &finance, FORM, "").await;
    assert!(page.body.contains("相差-2,499.00元"), "{}", page.body);
    assert_eq!(
        form(&site, &format!("{import}/run"), &finance, "revision=2").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(form(&site, &format!("{import}/columns"), &finance, "revision=2").await.status, StatusCode::SEE_OTHER);
    assert_eq!(form(&site, &format!("{import}/run"), &leader, "revision=3").await.status, StatusCode::FORBIDDEN);
    assert_eq!(form(&site, &format!("{import}/run"), &finance, "revision=3").await.status, StatusCode::SEE_OTHER);
    for (path, words) in [
        ("/money", "2,508.00"),
        ("/money/ledger", "记-1"),
        ("/money/ledger?month=4", "没有符合条件的记录"),
        ("/money/tables?in=yuan", "2,508.00"),
        ("/money/tables?rounding=plug", "承担尾差的数"),
        ("/money/tables?set=sichuan", "国有资本经营预算财政拨款支出决算表"),
        ("/money/codes?q=2060702", "科普活动"),
        ("/money/statements", "未填"),
        ("/money/years", "记账中"),
        ("/money/imports", "ledger.csv"),
    ] {
        let sign = if path.contains('?') { '&' } else { '?' };
        let page = site.ask("GET", &format!("{path}{sign}{scope}"), &leader, FORM, "").await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.body.contains(words), "{path}: {}", page.body);
    }
    let sent =
        upload(&site, &finance, &unit, "日期,凭证号,功能科目,经济科目,金额\n2025-03-01,记-9,2060702,30201,1\n").await;
    let unwanted = sent.headers["location"].to_str().unwrap().to_owned();
    assert!(site.ask("GET", &unwanted, &finance, FORM, "").await.body.contains("放弃这次导入"));
    assert!(!site.ask("GET", &unwanted, &leader, FORM, "").await.body.contains("放弃这次导入"));
    let discard = format!("{unwanted}/discard");
    assert_eq!(form(&site, &discard, &leader, "revision=1").await.status, StatusCode::FORBIDDEN);
    assert_eq!(form(&site, &discard, &finance, "revision=1").await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.ask("GET", &unwanted, &finance, FORM, "").await.status, StatusCode::NOT_FOUND);

    let sent =
        upload(&site, &finance, &unit, "日期,凭证号,功能科目,经济科目,金额\n2025-03-01,记-9,2060702,30201,1\n").await;
    let unwanted = format!("/api/v1{}", sent.headers["location"].to_str().unwrap());
    let discard = async |key, revision| {
        site.ask("DELETE", &format!("{unwanted}?revision={revision}"), key, FORM, "").await.status
    };
    assert_eq!(discard(&leader, 1).await, StatusCode::FORBIDDEN);
    assert_eq!(discard(&finance, 7).await, StatusCode::CONFLICT);
    assert_eq!(discard(&finance, 1).await, StatusCode::NO_CONTENT);
    assert_eq!(discard(&finance, 1).await, StatusCode::NOT_FOUND);

    let file = site.ask("GET", &format!("/money/tables/export?{scope}"), &leader, FORM, "").await;
    assert!(file.headers["content-type"].to_str().unwrap().contains("spreadsheet"));

    let state = async |key, items: &str| {
        let path = format!("/api/v1/money/statements?{scope}&name=items.csv");
        site.ask("POST", &path, key, "application/octet-stream", items).await
    };
    assert_eq!(state(&leader, "项目,金额（元）\n编制数,14\n").await.status, StatusCode::FORBIDDEN);
    let written = state(&finance, "项目,金额（元）\n编制数,14\n").await;
    assert_eq!((written.status, &*written.body), (StatusCode::OK, r#"{"statements":1,"notes":[]}"#));
    let wrong = state(&finance, "项目,金额（元）\n编制数,很多\n").await;
    assert!(wrong.body.starts_with(r#"{"statements":0,"notes":[{"row":2,"key":"value""#), "{}", wrong.body);

    let states = format!("/money/statements/{unit}/income");
    let income = format!("{scope}&revision=0&kind-0=fiscal&fund-0=general&function-0=2060702&amount-0=1500");
    assert_eq!(form(&site, &states, &finance, &income).await.status, StatusCode::SEE_OTHER);
    let stale = form(&site, &states, &finance, &income.replace("1500", "1600")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains("value=\"1600\""), "what was typed is still there");
    assert!(site.ask("GET", &format!("{states}?{scope}"), &leader, FORM, "").await.body.contains("1500.00"));

    assert_eq!(
        form(&site, "/money/years/close", &finance, &format!("{scope}&revision=1")).await.status,
        StatusCode::SEE_OTHER
    );
    let late = form(&site, &format!("{import}/undo"), &finance, "revision=4").await;
    assert!(late.status == StatusCode::CONFLICT && late.body.contains("已经关账"));
    let why = form(&site, "/money/years/reopen", &leader, &format!("{scope}&revision=2&reason=x")).await;
    assert_eq!(why.status, StatusCode::UNPROCESSABLE_ENTITY);
    let again = form(&site, "/money/years/reopen", &leader, &format!("{scope}&revision=2&reason=wrong+file")).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    assert_eq!(form(&site, &format!("{import}/undo"), &finance, "revision=4").await.status, StatusCode::SEE_OTHER);
}
