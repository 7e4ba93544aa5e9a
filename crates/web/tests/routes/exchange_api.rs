//! The exchange through `/api/v1`, as a program uses it: a note becomes a demand, is handed in, found, matched with reasons, judged; drafts and
//! contacts are nobody else's.

use axum::http::StatusCode;
use keqiao_app::exchange::finder;
use serde_json::{Value, json};

use crate::site::Site;

const JSON: &str = "application/json";
const NOTE: &str =
    "合作社有两条烘干线，烘干太费气，每吨耗气不超过25方，含水率不超过14%，预算8到10万元，明年6月底前完成";

struct Program<'s> {
    site: &'s Site,
    key: String,
}

impl Program<'_> {
    async fn ask(&self, method: &str, path: &str, body: &Value, expected: StatusCode) -> Value {
        let path = format!("/api/v1/exchange/{path}");
        let answer = self.site.ask(method, &path, &self.key, JSON, &body.to_string()).await;
        assert_eq!(answer.status, expected, "{method} {path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap_or_default()
    }

    async fn read(&self, path: &str) -> Value {
        self.ask("GET", path, &Value::Null, StatusCode::OK).await
    }

    /// Begins a draft and hands it in; gives its id.
    async fn publish(&self, sent: &Value) -> String {
        let draft = self.ask("POST", "own", sent, StatusCode::CREATED).await;
        let id = draft["listing"]["id"].as_str().unwrap().to_owned();
        let path = format!("listings/{id}/submission?revision={}", draft["listing"]["revision"]);
        let done = self.ask("POST", &path, sent, StatusCode::OK).await;
        assert_eq!(done["state"], "listed", "{done}");
        id
    }
}

fn offer() -> Value {
    json!({
        "kind": "offer", "region": "990101", "phone": "13900000000", "modes": ["consulting"],
        "values": {
            "title": "谷物烘干线余热回收改造", "form": "service", "maturity": "applied",
            "solves": "烘干线耗气高，用余热回收把每吨耗气降下来，含水率照样合格", "promises": "含水率 ≤ 13.5 %",
            "price_from": "60000", "price_to": "90000", "note": "随手记"
        }
    })
}

#[tokio::test]
async fn a_program_publishes_finds_matches_and_judges() {
    let site = Site::demo().await;
    let officer = Program { site: &site, key: site.sign_in_demo("officer").await };
    let reviewer = Program { site: &site, key: site.sign_in_demo("reviewer").await };
    let visitor = Program { site: &site, key: String::new() };
    let refined = officer.ask("POST", "refinement", &json!({ "note": NOTE }), StatusCode::OK).await;
    assert_eq!(refined["values"]["budget_to"], "100,000.00", "{refined}");
    assert!(refined["values"]["criteria"].as_str().unwrap().contains("含水率 ≤ 14 %"), "{refined}");
    let mut values = refined["values"].clone();
    values["title"] = json!("烘干线耗气偏高");
    let demand = officer.publish(&json!({ "kind": "demand", "region": "990101", "values": values })).await;
    let offered = reviewer.publish(&offer()).await;
    finder::sync(&site.ctx).await.unwrap();

    let found = visitor.read("listings?q=%E7%83%98%E5%B9%B2&kind=offer").await;
    assert_eq!((found["items"][0]["listing"]["id"].as_str(), found["total"].as_u64()), (Some(&*offered), Some(1)));
    assert!(found["facets"].get("owner").is_none());
    let first = visitor.read("listings?limit=1").await;
    let second = visitor.read(&format!("listings?limit=1&cursor={}", first["next"].as_str().unwrap())).await;
    assert_ne!(first["items"][0]["listing"]["id"], second["items"][0]["listing"]["id"]);
    assert!(second["next"].is_null());
    visitor.ask("GET", "listings?cursor=%25", &Value::Null, StatusCode::NOT_FOUND).await;

    let shown = visitor.read(&format!("listings/{offered}")).await;
    assert_eq!(shown["values"]["promises"], "含水率 ≤ 13.5 %");
    assert!(!shown.to_string().contains("13900000000"), "how to reach somebody opens after mutual interest only");
    assert!(shown["values"].get("note").is_none(), "a note is its writer's");
    assert_eq!(reviewer.read(&format!("listings/{offered}")).await["values"]["note"], "随手记");

    let matches = officer.read(&format!("listings/{demand}/matches")).await;
    assert_eq!(matches["kind"], "offer");
    let best = &matches["items"][0];
    assert_eq!(best["listing"]["id"].as_str(), Some(&*offered));
    assert!(
        best["reasons"].as_array().unwrap().iter().any(|r| r["part"] == "criterion" && r["points"].as_i64() > Some(0))
    );
    let judged = format!("listings/{demand}/matches/{offered}");
    officer.ask("PUT", &judged, &json!({ "useful": true }), StatusCode::NO_CONTENT).await;
    let why = officer.ask("PUT", &judged, &json!({ "useful": false }), StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(why["fields"][0]["field"], "reason", "{why}");
    let ask = json!({ "words": "想上门看看", "phone": "13800000000", "own": demand });
    officer.ask("POST", &format!("listings/{offered}/interests"), &ask, StatusCode::NO_CONTENT).await;
    officer.ask("POST", &format!("listings/{offered}/interests"), &ask, StatusCode::CONFLICT).await;
}

#[tokio::test]
async fn drafts_are_ones_own_and_what_is_wrong_is_said() {
    let site = Site::demo().await;
    let officer = Program { site: &site, key: site.sign_in_demo("officer").await };
    let citizen = Program { site: &site, key: site.sign_in_demo("citizen").await };
    let visitor = Program { site: &site, key: String::new() };
    let sent = json!({ "kind": "demand", "region": "990101", "values": { "title": "短" } });
    let draft = officer.ask("POST", "own", &sent, StatusCode::CREATED).await;
    let path = format!("listings/{}", draft["listing"]["id"].as_str().unwrap());
    assert_eq!(officer.read("own").await["items"][0]["title"], "短");
    assert_eq!(citizen.read("own").await["items"], json!([]));
    for other in [&citizen, &visitor] {
        other.ask("GET", &path, &Value::Null, StatusCode::NOT_FOUND).await;
    }
    for other in ["?revision=0", "/submission?revision=0"] {
        let method = if other.starts_with('/') { "POST" } else { "PUT" };
        citizen.ask(method, &format!("{path}{other}"), &sent, StatusCode::NOT_FOUND).await;
        visitor.ask(method, &format!("{path}{other}"), &sent, StatusCode::UNAUTHORIZED).await;
    }
    citizen.ask("GET", &format!("{path}/matches"), &Value::Null, StatusCode::NOT_FOUND).await;
    let wrong =
        officer.ask("POST", &format!("{path}/submission?revision=0"), &sent, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert!(wrong["fields"].as_array().unwrap().len() >= 2, "{wrong}");
    officer.ask("PUT", &format!("{path}?revision=9"), &sent, StatusCode::CONFLICT).await;
    let unknown = json!({ "kind": "gift" });
    assert_eq!(
        officer.ask("POST", "own", &unknown, StatusCode::UNPROCESSABLE_ENTITY).await["fields"][0]["field"],
        "kind"
    );
    for note in [String::new(), "字".repeat(3_001)] {
        officer.ask("POST", "refinement", &json!({ "note": note }), StatusCode::UNPROCESSABLE_ENTITY).await;
    }
}
