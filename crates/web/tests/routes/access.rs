//! Every address × every role, as the real router answers: `golden/access.txt`. An address without a row fails, and so does a row that
//! changed; `KEQIAO_GOLDEN=write cargo test -p keqiao-web access` writes the file anew, to be read before it is committed.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use axum::http::StatusCode;
use keqiao_access::Actor;
use keqiao_app::account::Account;
use keqiao_app::account::sign_up::{self, SignUp};
use keqiao_store::account as stored;

use crate::site::{Answer, Site};

const HEAD: &str = "\
# Who gets where. Made by tests/routes/access.rs from the answers of the real router.
# + let in (also: a form to correct)   - refused   ? asked to sign in   0 no such thing, for this one   ~ not understood, before anybody asked who
";
const ROLES: [&str; 8] =
    ["citizen", "member", "reviewer", "officer", "finance", "leader", "administrator", "neighbour"];

/// A form and a body that have what any address asks for, so that what decides is who asks.
const FORM: &str = "role=leader&region=990101&reason=%E5%B7%A5%E4%BD%9C%E9%9C%80%E8%A6%81&name=%E6%9F%90%E6%9F%90&lang=zh&title=t&days=1&revision=0&state=fixed&words=t&organisation=t";
const JSON: &str = r#"{"reason":"工作需要","name":"某某","organisation":"某单位","document":"passport","number":"E12345678",
    "login":"x","password":"x","kind":"citizen","region":"990101","anchor":null,"size":1,"text":"t","words":"t","revision":0,"state":"open",
    "other":"00000000000000000000000000000001","other_revision":0,"year":2026,"month":9,"values":{"name":"某某"},"columns":{},"choice":"skip","useful":true,"note":"t","to":"00000000000000000000000000000001"}"#;

/// The query that any address may ask for.
const QUERY: &str = "revision=0&list=people&region=990101&name=t.csv&offset=0&year=2026&month=9";
/// A form with a file.
const FILE: &str = "--part\r\nContent-Disposition: form-data; name=\"list\"\r\n\r\npeople\r\n\
    --part\r\nContent-Disposition: form-data; name=\"region\"\r\n\r\n990101\r\n\
    --part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"t.txt\"\r\n\r\nword\r\n--part--\r\n";

/// Content types and bodies, of which an address reads one.
const WRITTEN: [(&str, &str); 4] = [
    ("application/x-www-form-urlencoded", FORM),
    ("application/json", JSON),
    ("multipart/form-data; boundary=part", FILE),
    ("application/octet-stream", "word"),
];

/// Method and address of everything that the router answers: from the sources, and from the description of the interface.
async fn addresses(site: &Site) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    let description: serde_json::Value = serde_json::from_str(&site.get("/api/v1/openapi.json").await.body).unwrap();
    for (path, item) in description["paths"].as_object().unwrap() {
        for method in
            item.as_object().unwrap().keys().filter(|m| ["get", "post", "put", "patch", "delete"].contains(&m.as_str()))
        {
            found.insert((path.clone(), method.to_uppercase()));
        }
    }
    found
}

fn read_folder(folder: &Path, found: &mut BTreeSet<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_folder(&path, found);
        } else {
            read_source(&std::fs::read_to_string(&path).unwrap_or_default(), found);
        }
    }
}

/// Every `.route("…", get(…).post(…))` of a source.
fn read_source(source: &str, found: &mut BTreeSet<(String, String)>) {
    for call in source.split(".route(").skip(1) {
        let call = call.trim_start();
        let (path, rest) = if let Some(quoted) = call.strip_prefix('"') {
            quoted.split_once('"').unwrap()
        } else {
            assert!(call.starts_with("RETURN_PATH"), "an address that is no literal: {}", &call[..call.len().min(40)]);
            (keqiao_app::account::provider::RETURN_PATH, &call["RETURN_PATH".len()..])
        };
        let mut depth = 1;
        let end = rest.find(|c: char| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth == 0
        });
        let handlers = &rest[..end.unwrap()];
        for method in ["get", "post", "put", "patch", "delete"] {
            let called = format!("{method}(");
            if handlers
                .match_indices(&called)
                .any(|(at, _)| !handlers[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
            {
                found.insert((path.to_owned(), method.to_uppercase()));
            }
        }
    }
}

/// A county with an account for each role, and one more whose page the others try to open.
async fn county() -> (Site, String) {
    let site = Site::demo().await;
    let ctx = &site.ctx;
    let tx = ctx.begin().await.unwrap();
    for role in ROLES {
        // With a password nobody knows, what asks for the password again changes nothing.
        let account = stored::load_by_login(&tx, &format!("demo.{role}")).await.unwrap().unwrap();
        let hash = keqiao_app::account::hash::make(&*ctx.entropy, "nobody knows this").await.unwrap();
        stored::save(&tx, Account { password: Some(hash), ..account }).await.unwrap();
    }
    ctx.commit(tx).await.unwrap();
    let form = SignUp {
        login: "target".to_owned(),
        name: "某某".to_owned(),
        password: "春眠不觉晓处处闻啼鸟".to_owned(),
        kind: "science_worker".to_owned(),
        region: "990101".to_owned(),
        organisation: "某单位".to_owned(),
    };
    let target = sign_up::sign_up(ctx, &Actor::visitor("192.0.2.9"), &form).await.unwrap();
    (site, target.to_string())
}

fn sign(answer: &Answer) -> char {
    match answer.status {
        StatusCode::UNAUTHORIZED => '?',
        StatusCode::FORBIDDEN => '-',
        StatusCode::NOT_FOUND => '0',
        status if status.is_client_error() && answer.body.contains("unreadable") => '~',
        status if status.is_server_error() => '!',
        _ if answer.headers.get("location").is_some_and(|to| to.as_bytes().starts_with(b"/sign-in?")) => '?',
        _ => '+',
    }
}

/// How an address answers who has this key, given a body that it can read.
async fn asked_as(site: &Site, method: &str, path: &str, key: &str) -> char {
    if path.starts_with("/events") {
        return sign(&site.head_of(path, key).await);
    }
    let mut said = '~';
    for (kind, body) in WRITTEN {
        said = sign(&site.ask(method, path, key, kind, body).await);
        if said != '~' {
            break;
        }
    }
    said
}

#[tokio::test]
async fn every_address_answers_each_role_as_the_golden_file_says() {
    let (site, target) = county().await;
    let mut table = format!("{HEAD}{:60} visitor {}\n", "#", ROLES.join(" "));
    for (path, method) in addresses(&site).await {
        let asked = path
            .replace("{list}", "people")
            .replace("{id}", &target)
            .replace("{number}", "1")
            .replace("{link}", &target)
            .replace("{other}", &target)
            .replace("{key}", "x")
            .replace("{*path}", "app.css");
        // Addresses that read no query must not be given one: `/sign-in?…` would look like being sent there.
        let asked = if method == "GET" && !path.starts_with("/api/") { asked } else { format!("{asked}?{QUERY}") };
        let mut line = format!("{method:6} {path:53} ");
        for role in std::iter::once("").chain(ROLES) {
            // Live changes never end: the answer's head says enough, and it is asked for by its own test.
            let key = if role.is_empty() { String::new() } else { site.sign_in_demo(role).await };
            let width = if role.is_empty() { "visitor".len() } else { role.len() };
            write!(line, "{:width$} ", asked_as(&site, &method, &asked, &key).await).unwrap();
        }
        table.push_str(line.trim_end());
        table.push('\n');
    }
    assert!(!table.contains('!'), "a fault:\n{table}");
    let unread = table.lines().skip(2).filter(|l| l.contains('~')).collect::<Vec<_>>();
    assert!(unread.is_empty(), "nobody was asked who they are: give what these addresses read\n{}", unread.join("\n"));
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/access.txt");
    #[expect(clippy::disallowed_methods, reason = "tests are told here to write their golden file")]
    if std::env::var("KEQIAO_GOLDEN").as_deref() == Ok("write") {
        std::fs::write(&golden, &table).unwrap();
    }
    let kept = std::fs::read_to_string(&golden).unwrap_or_default();
    let differing: Vec<_> = table
        .lines()
        .filter(|l| !kept.lines().any(|k| k == *l))
        .chain(kept.lines().filter(|k| !table.lines().any(|l| l == *k)))
        .collect();
    assert!(
        differing.is_empty(),
        "rows that differ from golden/access.txt (see the head of this file):\n{}",
        differing.join("\n")
    );
}
