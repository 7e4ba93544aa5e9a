//! Accounts in the browser: signing up and in, what every page of the area shows, keys for programs, and what must not work.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use keqiao_access::Scope;
use keqiao_app::account::{demo, session, token};

use crate::site::{Answer, Site};

const FORM: &str = "application/x-www-form-urlencoded";
const SIGN_UP: &str = "login=lihua&name=%E6%9D%8E%E5%8D%8E&password=correct+horse+battery&kind=citizen";

/// The key that an answer keeps in the browser.
fn key(answer: &Answer) -> String {
    let cookies = answer.headers.get_all(header::SET_COOKIE).iter().filter_map(|v| v.to_str().ok());
    let found = cookies.filter_map(|c| c.strip_prefix("keqiao_session=")).find_map(|c| c.split(';').next());
    found.unwrap_or_default().to_owned()
}

#[tokio::test]
async fn one_signs_up_signs_in_sees_the_account_and_signs_out() {
    let site = Site::new().await;
    let wrong = site.post("/sign-up", "login=x&password=short").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("id=\"password-fault\"") && wrong.body.contains("aria-invalid"));
    assert_eq!(site.post("/sign-up", SIGN_UP).await.status, StatusCode::SEE_OTHER);
    let wrong = site.post("/sign-in", "login=lihua&password=wrong").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("登录名或密码不正确") && key(&wrong).is_empty());
    let right = site.post("/sign-in", "login=lihua&password=correct+horse+battery&next=/account").await;
    assert_eq!((right.status, right.headers[header::LOCATION].as_bytes()), (StatusCode::SEE_OTHER, &b"/account"[..]));
    let cookie = right.headers.get_all(header::SET_COOKIE).iter().find(|c| c.as_bytes().starts_with(b"keqiao_session=")).unwrap();
    let cookie = cookie.to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"), "{cookie}");
    let key = key(&right);
    for path in ["/account", "/account/identity", "/account/security", "/account/sessions", "/account/tokens"] {
        for lang in ["zh", "en"] {
            let request = Request::get(path).header(header::COOKIE, format!("keqiao_session={key}; keqiao_lang={lang}"));
            let page = site.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert_eq!(page.body.matches("<h1>").count(), 1, "{path}");
            assert!(page.body.contains("李华") && page.body.contains("aria-current=\"page\""), "{path}");
        }
    }
    assert_eq!(site.ask("POST", "/sign-out", &key, FORM, "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.ask("GET", "/account", &key, FORM, "").await.headers[header::LOCATION], "/sign-in?next=%2Faccount");
}

#[tokio::test]
async fn nobody_is_led_off_the_site_by_signing_in() {
    let site = Site::new().await;
    site.post("/sign-up", SIGN_UP).await;
    for next in ["https://example.org/", "//example.org", "/\\example.org"] {
        let form = format!("login=lihua&password=correct+horse+battery&next={next}");
        assert_eq!(site.post("/sign-in", &form).await.headers[header::LOCATION], "/", "{next}");
    }
}

#[tokio::test]
async fn what_is_typed_is_shown_as_text() {
    let site = Site::new().await;
    let answer = site.post("/sign-in", "login=%3Cscript%3Ealert(1)%3C/script%3E&password=x").await;
    assert!(!answer.body.contains("<script>alert") && answer.body.contains("alert(1)"));
}

#[tokio::test]
async fn forged_cookies_and_keys_open_nothing() {
    let site = Site::demo().await;
    let good = site.sign_in_demo("officer").await;
    assert_eq!(site.ask("GET", "/account", &good, FORM, "").await.status, StatusCode::OK);
    for forged in ["x".repeat(43), good.to_uppercase(), format!("{good}x"), String::from("../../etc/passwd")] {
        let answer = site.ask("GET", "/account", &forged, FORM, "").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{forged}");
    }
    let bearer = |value: &str| {
        let request = Request::get("/api/v1/me").header(header::AUTHORIZATION, value.to_owned());
        request.header(header::COOKIE, format!("keqiao_session={good}")).body(Body::empty()).unwrap()
    };
    for header in ["Bearer kq_x", "Basic YTpi", "Bearer"] {
        // A header that passes the check of sites must not be joined with the cookie.
        assert_eq!(site.send(bearer(header)).await.status, StatusCode::UNAUTHORIZED, "{header}");
    }
}

#[tokio::test]
async fn a_key_for_programs_works_within_its_scopes() {
    let site = Site::demo().await;
    let session_key = site.sign_in_demo("administrator").await;
    let actor = session::actor(&site.ctx, &session_key, "127.0.0.1").await.unwrap().unwrap();
    let key = token::create(&site.ctx, &actor, "test", &[Scope::Account], 1).await.unwrap();
    let ask = async |path: &str| {
        let request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {key}"));
        site.send(request.body(Body::empty()).unwrap()).await
    };
    let me = ask("/api/v1/me").await;
    assert_eq!(me.status, StatusCode::OK);
    assert!(me.body.contains("\"administrator\"") && !me.body.contains("argon2"));
    let refused = ask("/api/v1/accounts").await;
    assert_eq!((refused.status, refused.headers[header::CONTENT_TYPE].as_bytes()), (StatusCode::FORBIDDEN, &b"application/problem+json"[..]));
    assert!(refused.body.contains("\"code\":\"forbidden\""));
}

#[tokio::test]
async fn a_long_list_is_read_piece_by_piece() {
    let site = Site::demo().await;
    let key = site.sign_in_demo("administrator").await;
    let mut path = "/api/v1/accounts?limit=3".to_owned();
    let mut logins = Vec::new();
    for _ in 0..10 {
        let piece: serde_json::Value = serde_json::from_str(&site.ask("GET", &path, &key, FORM, "").await.body).unwrap();
        logins.extend(piece["items"].as_array().unwrap().iter().map(|a| a["login"].as_str().unwrap().to_owned()));
        let Some(next) = piece["next"].as_str() else { break };
        path = format!("/api/v1/accounts?limit=3&cursor={next}");
    }
    assert_eq!(logins.len(), demo::ACCOUNTS.len() - 1, "all but the officer of the next county");
    logins.sort();
    logins.dedup();
    assert_eq!(logins.len(), demo::ACCOUNTS.len() - 1);
}

#[tokio::test]
async fn staff_pages_show_in_both_languages() {
    let site = Site::demo().await;
    let key = site.sign_in_demo("administrator").await;
    let accounts = site.ask("GET", "/admin/accounts", &key, FORM, "").await;
    assert_eq!(accounts.status, StatusCode::OK);
    assert!(accounts.body.contains("苏小禾") && !accounts.body.contains("邻小川"), "the next county is not shown");
    let at = accounts.body.find("/admin/accounts/").unwrap();
    let link: String = accounts.body[at..].chars().take_while(|c| *c != '"').collect();
    for path in [link.as_str(), "/admin/log", "/admin/accounts?q=nobody&kind=citizen"] {
        for lang in ["zh", "en"] {
            let request = Request::get(path).header(header::COOKIE, format!("keqiao_session={key}; keqiao_lang={lang}"));
            let page = site.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!((page.status, page.body.matches("<h1>").count()), (StatusCode::OK, 1), "{path}");
        }
    }
    let verified = site.ask("POST", "/admin/log/verify", &key, FORM, "anchor=").await;
    assert!(verified.body.contains("日志完整"));
    assert_eq!(site.ask("POST", "/admin/log/verify", &key, FORM, "anchor=nonsense").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let officer = site.sign_in_demo("officer").await;
    assert_eq!(site.ask("GET", "/identities", &officer, FORM, "").await.status, StatusCode::OK);
    assert_eq!(site.ask("GET", "/admin/accounts", &officer, FORM, "").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn preferences_are_kept_in_the_browser_and_on_the_account() {
    let site = Site::demo().await;
    let key = site.sign_in_demo("finance").await;
    let answer = site.ask("POST", "/preferences", &key, FORM, "back=/account&lang=en&theme=dark&large=1").await;
    let cookies: Vec<_> = answer.headers.get_all(header::SET_COOKIE).iter().map(|c| c.to_str().unwrap().to_owned()).collect();
    assert!(["keqiao_lang=en;", "keqiao_theme=dark;", "keqiao_large=1;"].iter().all(|want| cookies.iter().any(|c| c.starts_with(want))));
    let again = site.post("/demo/sign-in", "role=finance").await;
    assert!(again.headers.get_all(header::SET_COOKIE).iter().any(|c| c.as_bytes().starts_with(b"keqiao_lang=en")));
    let odd = site.post("/preferences", "back=//example.org&lang=%3Cx%3E&theme=evil").await;
    assert_eq!((odd.headers[header::LOCATION].as_bytes(), odd.headers.get(header::SET_COOKIE)), (&b"/"[..], None));
}
