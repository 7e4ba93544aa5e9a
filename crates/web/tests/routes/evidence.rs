//! Evidence through its addresses: a minute on a phone without script, photos looked at, confirmed by another, voided, imported; hostile text.

use axum::http::{StatusCode, header};

use crate::site::{Answer, Site};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";
const HOSTILE: &str = "<script>alert(1)</script>\"'=1+1";

/// A form as a phone sends it: fields, then files (field, name, bytes as text).
async fn send(site: &Site, path: &str, key: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
    let mut body: Vec<u8> = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
    }
    for (field, name, bytes) in files {
        let head = format!(
            "--X\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: image/jpeg\r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend_from_slice(bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--X--\r\n");
    let request = axum::http::Request::post(path)
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, format!("keqiao_session={key}"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=X");
    site.send(request.body(body.into()).unwrap()).await
}

const FIELDS: [(&str, &str); 8] = [
    ("kind", "training"),
    ("region", "990101"),
    ("title", "茶园绿色防控技术培训"),
    ("started", "2026-03-02"),
    ("place", "下河村文化礼堂"),
    ("people", "48"),
    ("sessions", "1"),
    ("remark", ""),
];

fn fields<'a>(change: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all: Vec<(&str, &str)> = FIELDS.to_vec();
    for (key, value) in change {
        all.retain(|(k, _)| k != key);
        all.push((key, value));
    }
    all
}

fn place(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.headers[header::LOCATION].to_str().unwrap().to_owned()
}

/// A JPEG whose camera wrote 2026-03-01 10:20.
fn photo() -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x01\0\x32\x01\x02\0\x14\0\0\0\x1a\0\0\0\0\0\0\0".to_vec();
    tiff.extend(b"2026:03:01 10:20:30\0");
    let length = u16::try_from(tiff.len() + 8).unwrap().to_be_bytes();
    [&[0xff, 0xd8, 0xff, 0xe1][..], &length, b"Exif\0\0", &tiff, &[0xff, 0xd9]].concat()
}

#[tokio::test]
async fn a_phone_without_script_records_and_a_colleague_confirms() {
    let site = Site::demo().await;
    let (officer, reviewer) = (site.sign_in_demo("officer").await, site.sign_in_demo("reviewer").await);
    let kinds = site.ask("GET", "/evidence/new", &officer, FORM, "").await;
    assert!(kinds.body.contains("/evidence/new?kind=training") && !kinds.body.contains("again=1"), "{}", kinds.body);
    let blank = site.ask("GET", "/evidence/new?kind=training", &officer, FORM, "").await;
    assert!(
        blank.body.contains("name=\"people\"") && blank.body.contains("value=\"2026-03-02\""),
        "today stands there"
    );
    assert!(!blank.body.contains("name=\"views\""), "only what the kind needs");
    let record = place(&send(&site, "/evidence/new", &officer, &fields(&[]), &[("photo", "", b"")]).await);
    let page = site.ask("GET", &record, &reviewer, FORM, "").await;
    assert!(page.body.contains("茶园绿色防控技术培训") && page.body.contains("48") && page.body.contains("待确认"));
    assert!(page.body.contains("存证链校验一致"), "{}", page.body);
    let own = site.ask("POST", &format!("{record}/confirm"), &officer, FORM, "revision=1&words=").await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    place(&site.ask("POST", &format!("{record}/confirm"), &reviewer, FORM, "revision=1&words=").await);
    let stale = site.ask("POST", &format!("{record}/confirm"), &reviewer, FORM, "revision=1&words=x").await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let list = site.ask("GET", "/evidence?kind=training&standing=confirmed", &reviewer, FORM, "").await;
    assert!(list.body.contains("双方确认") && list.body.contains(&record), "{}", list.body);
    let again = site.ask("GET", "/evidence/new?kind=training&again=1", &officer, FORM, "").await;
    assert!(again.body.contains("value=\"下河村文化礼堂\"") && again.body.contains("value=\"48\""));
    for format in ["xlsx", "csv"] {
        let file = site.ask("GET", &format!("/evidence.{format}?kind=training"), &reviewer, FORM, "").await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(format == "xlsx" || file.body.contains("茶园绿色防控技术培训"), "{}", file.body);
    }
}

#[tokio::test]
async fn what_a_camera_wrote_is_shown_before_it_is_recorded() {
    let site = Site::demo().await;
    let officer = site.sign_in_demo("officer").await;
    let photo = photo();
    let first = send(&site, "/evidence/new", &officer, &fields(&[]), &[("photo", "IMG_1.jpg", &photo)]).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.body);
    assert!(first.body.contains("2026-03-01 10:20") && first.body.contains("与所填日期不符"), "{}", first.body);
    let at = first.body.find("name=\"file\" value=\"").unwrap() + 19;
    let file = first.body[at..].split('"').next().unwrap().to_owned();
    let used =
        send(&site, "/evidence/new", &officer, &fields(&[("file", &file), ("use_day", "2026-03-01")]), &[]).await;
    assert!(used.body.contains("value=\"2026-03-01\"") && !used.body.contains("与所填日期不符"), "{}", used.body);
    let confirmed = fields(&[("file", &file), ("seen", "1")]);
    let record = place(&send(&site, "/evidence/new", &officer, &confirmed, &[]).await);
    let page = site.ask("GET", &record, &officer, FORM, "").await;
    assert!(
        page.body.contains("照片不是当天拍摄") && page.body.contains("2026-03-02"),
        "the typed day stands: {}",
        page.body
    );
    let shown = site.ask("GET", &format!("{record}/files/1"), &officer, FORM, "").await;
    assert_eq!(shown.headers[header::CONTENT_TYPE], "image/jpeg");
    let neighbour = site.sign_in_demo("neighbour").await;
    assert_eq!(site.ask("GET", &format!("{record}/files/1"), &neighbour, FORM, "").await.status, StatusCode::NOT_FOUND);
    let stolen =
        send(&site, "/evidence/new", &neighbour, &fields(&[("region", "990102"), ("file", &file), ("seen", "1")]), &[])
            .await;
    assert_eq!(stolen.status, StatusCode::UNPROCESSABLE_ENTITY, "who only knows the hash gets nothing");
}

#[tokio::test]
async fn what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost() {
    let site = Site::demo().await;
    let officer = site.sign_in_demo("officer").await;
    let sent = fields(&[("people", "四十八"), ("title", "一个很好的名称"), ("place", "")]);
    let refused = send(&site, "/evidence/new", &officer, &sent, &[("sign_in", "签到表.pdf", b"%PDF-1.4")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in ["一个很好的名称", "四十八", "people-fault", "place-fault", "签到表.pdf", "value=\"sign_in:"]
    {
        assert!(refused.body.contains(kept), "{kept}: {}", refused.body);
    }
    let elsewhere = send(&site, "/evidence/new", &officer, &fields(&[("region", "990102")]), &[]).await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
    let twice = fields(&[("id", "01890000000070008000000000000001")]);
    let one = place(&send(&site, "/evidence/new", &officer, &twice, &[]).await);
    assert_eq!(place(&send(&site, "/evidence/new", &officer, &twice, &[]).await), one, "sent twice, recorded once");
}

#[tokio::test]
async fn hostile_text_is_text_in_every_field() {
    let site = Site::demo().await;
    let (officer, reviewer) = (site.sign_in_demo("officer").await, site.sign_in_demo("reviewer").await);
    let name = format!("{HOSTILE}.txt").replace('"', "");
    let sent = fields(&[
        ("title", HOSTILE),
        ("place", HOSTILE),
        ("held_by", HOSTILE),
        ("remark", HOSTILE),
        ("title2", HOSTILE),
    ]);
    let record = place(&send(&site, "/evidence/new", &officer, &sent, &[("document", &name, b"x")]).await);
    let clean = |body: &str| !body.contains("<script>alert");
    for path in [
        record.as_str(),
        "/evidence",
        "/evidence?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/evidence/new?kind=training&again=1",
    ] {
        for key in [&officer, &reviewer] {
            let page = site.ask("GET", path, key, FORM, "").await;
            assert!(clean(&page.body), "{path}: {}", page.body);
        }
    }
    let saved = site.ask("GET", &format!("{record}/files/1"), &reviewer, FORM, "").await;
    assert!(saved.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
    let csv = site.ask("GET", "/evidence.csv", &reviewer, FORM, "").await;
    assert!(!csv.body.lines().any(|l| l.split(',').any(|cell| cell.starts_with('='))), "no cell runs");
    let words = "%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    let refused = site.ask("POST", &format!("{record}/void"), &officer, FORM, "revision=1&words=%3Cb").await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && !refused.body.contains("<b<"), "{}", refused.body);
    place(&site.ask("POST", &format!("{record}/void"), &officer, FORM, &format!("revision=1&words={words}")).await);
    let page = site.ask("GET", &record, &reviewer, FORM, "").await;
    assert!(clean(&page.body) && page.body.contains("已作废"));
    let english = site.ask("GET", &record, &reviewer, FORM, "").await;
    assert_eq!(english.status, StatusCode::OK);
}

#[tokio::test]
async fn proof_lifts_a_record_and_a_missing_one_is_named() {
    let site = Site::demo().await;
    let (officer, reviewer) = (site.sign_in_demo("officer").await, site.sign_in_demo("reviewer").await);
    let record = place(&send(&site, "/evidence/new", &officer, &fields(&[]), &[]).await);
    place(&site.ask("POST", &format!("{record}/confirm"), &reviewer, FORM, "revision=1").await);
    let proof = format!("{record}/proof");
    let missing = send(&site, &proof, &officer, &[("revision", "2"), ("rung", "registered")], &[]).await;
    assert!(
        missing.status == StatusCode::UNPROCESSABLE_ENTITY && missing.body.contains("请填写登记号或文号"),
        "{}",
        missing.body
    );
    place(
        &send(
            &site,
            &proof,
            &officer,
            &[("revision", "2"), ("rung", "registered"), ("number", "云科协〔2026〕3号")],
            &[],
        )
        .await,
    );
    place(
        &send(&site, &proof, &officer, &[("revision", "3"), ("rung", "")], &[("payment", "发票.pdf", b"%PDF")]).await,
    );
    let page = site.ask("GET", &record, &reviewer, FORM, "").await;
    assert!(
        page.body.contains("有官方登记号") && page.body.contains("云科协〔2026〕3号") && page.body.contains("发票.pdf")
    );
    let nobody = send(&site, &proof, &reviewer, &[("revision", "4"), ("rung", "outcome")], &[]).await;
    assert_eq!(nobody.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_list_kept_in_excel_comes_in_and_goes_out_again() {
    let site = Site::demo().await;
    let (officer, reviewer) = (site.sign_in_demo("officer").await, site.sign_in_demo("reviewer").await);
    let csv = "类别,活动名称,时间,地点,人数,场次\n讲座,航天<b>科普,2026-02-05,一中报告厅,320,1\n讲座,没有人数,2026-02-05,一中报告厅,,1\n";
    let sent =
        send(&site, "/evidence/imports", &officer, &[("region", "990101")], &[("file", "台账.csv", csv.as_bytes())])
            .await;
    let import = place(&sent);
    let page = site.ask("GET", &import, &officer, FORM, "").await;
    assert!(page.body.contains("请填写参加人次") && page.body.contains("确认导入"), "{}", page.body);
    let columns = site.ask("GET", &format!("{import}?step=columns"), &officer, FORM, "").await;
    assert!(columns.body.contains("name=\"column-0\""));
    let missing = site.ask("POST", &format!("{import}/columns"), &officer, FORM, "column-0=").await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", missing.body);
    place(&site.ask("POST", &format!("{import}/columns"), &officer, FORM, "column-0=kind").await);
    assert_eq!(site.ask("POST", &format!("{import}/run"), &reviewer, FORM, "").await.status, StatusCode::FORBIDDEN);
    place(&site.ask("POST", &format!("{import}/run"), &officer, FORM, "").await);
    let twice = site.ask("POST", &format!("{import}/run"), &officer, FORM, "").await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    let list = site.ask("GET", "/evidence", &reviewer, FORM, "").await;
    assert!(list.body.contains("航天&#60;b&#62;科普") && !list.body.contains("没有人数"), "{}", list.body);
    let why = site.ask("POST", &format!("{import}/undo"), &officer, FORM, "words=").await;
    assert_eq!(why.status, StatusCode::UNPROCESSABLE_ENTITY);
    place(
        &site
            .ask("POST", &format!("{import}/undo"), &officer, FORM, "words=%E5%AF%BC%E9%94%99%E4%BA%86%E8%A1%A8")
            .await,
    );
    assert!(!site.ask("GET", "/evidence", &reviewer, FORM, "").await.body.contains("航天"));
    assert!(site.ask("GET", "/evidence/imports", &reviewer, FORM, "").await.body.contains("已撤销"));
    let template = site.ask("GET", "/evidence/template.xlsx", &officer, FORM, "").await;
    assert_eq!(template.status, StatusCode::OK);
}

#[tokio::test]
async fn programs_do_what_pages_do() {
    let site = Site::demo().await;
    let (officer, reviewer) = (site.sign_in_demo("officer").await, site.sign_in_demo("reviewer").await);
    let body = r#"{"region":"990101","values":{"kind":"lecture","title":"科普讲座","started":"2026-03-01","place":"一中","people":"120","sessions":"1"}}"#;
    let made = site.ask("POST", "/api/v1/evidence", &officer, JSON, body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let made: serde_json::Value = serde_json::from_str(&made.body).unwrap();
    assert_eq!((made["counts"]["people"].as_i64(), made["rung"].as_str()), (Some(120), Some("claimed")));
    let path = format!("/api/v1/evidence/{}", made["id"].as_str().unwrap());
    let confirmed = site.ask("POST", &format!("{path}/confirmation"), &reviewer, JSON, r#"{"revision":1}"#).await;
    assert!(confirmed.body.contains("\"rung\":\"confirmed\""), "{}", confirmed.body);
    let raised = site
        .ask("POST", &format!("{path}/rung"), &officer, JSON, r#"{"revision":2,"rung":"paid","number":"凭证12"}"#)
        .await;
    assert!(raised.body.contains("\"rung\":\"paid\""), "{}", raised.body);
    let whole = site.ask("GET", &path, &reviewer, JSON, "").await;
    let whole: serde_json::Value = serde_json::from_str(&whole.body).unwrap();
    assert_eq!((whole["whole"].as_bool(), whole["acts"].as_array().map(Vec::len)), (Some(true), Some(3)));
    let list = site.ask("GET", "/api/v1/evidence?rung=paid&limit=1", &reviewer, JSON, "").await;
    assert!(list.body.contains("科普讲座") && list.body.contains("\"next\":null"), "{}", list.body);
    let void =
        site.ask("POST", &format!("{path}/void"), &reviewer, JSON, r#"{"revision":3,"words":"核实后并未举办"}"#).await;
    assert!(void.body.contains("\"voided\":true"), "{}", void.body);
    let bad = site
        .ask("POST", "/api/v1/evidence", &officer, JSON, r#"{"region":"990101","values":{"kind":"lecture"}}"#)
        .await;
    assert!(bad.status == StatusCode::UNPROCESSABLE_ENTITY && bad.body.contains("\"field\":\"title\""), "{}", bad.body);
}

#[tokio::test]
async fn pages_stand_in_both_languages() {
    let site = Site::demo().await;
    let officer = site.sign_in_demo("officer").await;
    let record = place(&send(&site, "/evidence/new", &officer, &fields(&[]), &[]).await);
    for path in [
        record.as_str(),
        "/evidence",
        "/evidence/new",
        "/evidence/new?kind=survey",
        "/evidence/imports",
        "/evidence/import",
    ] {
        let request = axum::http::Request::get(path)
            .header(header::COOKIE, format!("keqiao_session={officer}; keqiao_lang=en"))
            .body(axum::body::Body::empty());
        let page = site.send(request.unwrap()).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert_eq!(page.body.matches("<h1").count(), 1, "{path}");
        assert!(page.body.contains("lang=\"en\""), "{path}");
        assert!(!page.body.contains("style=\"") && !page.body.contains("onclick="), "{path}");
    }
}
