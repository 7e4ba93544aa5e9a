//! The description of the interface (OpenAPI 3.1, from the code) and its reader at `/api`.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;
use serde_json::Value;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Components, OpenApi};
use utoipa::{Modify, ToSchema};

use crate::asker::Asker;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

/// 出错说明（RFC 9457）· What went wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// 类型 · The kind, as a URN.
    pub r#type: String,
    /// 英文说明 · What is wrong, in English.
    pub title: String,
    /// 状态码 · The status.
    pub status: u16,
    /// 中文说明 · What is wrong, in Chinese.
    pub detail: String,
    /// 稳定代码 · The stable code.
    pub code: String,
    /// 需改正的栏 · Fields to correct.
    pub fields: Vec<FieldProblem>,
    /// 系统故障编号 · The number of a fault on our side.
    pub event: Option<String>,
}

/// 一栏的问题 · What is wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldProblem {
    /// 栏名 · The field.
    pub field: String,
    /// 中文 · In Chinese.
    pub zh: String,
    /// 英文 · In English.
    pub en: String,
}

/// Keys for programs are sent as `Authorization: Bearer kq_…`.
#[derive(Debug)]
pub struct Security;

impl Modify for Security {
    fn modify(&self, api: &mut OpenApi) {
        let bearer = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
        api.components.get_or_insert_with(Components::new).add_security_scheme("token", bearer);
    }
}

/// Adds to each operation the answers that every operation may give.
pub fn finished(api: OpenApi) -> Value {
    let mut api = serde_json::to_value(&api).unwrap_or_default();
    let problem = serde_json::json!({
        "description": "出错 · Problem",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    });
    for item in api["paths"].as_object_mut().into_iter().flat_map(|paths| paths.values_mut()) {
        for operation in item.as_object_mut().into_iter().flat_map(|item| item.values_mut()) {
            // Ids are written in one way everywhere.
            for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
                if parameter["in"] == "path" && (parameter["name"] == "id" || parameter["name"] == "link") {
                    parameter["schema"]["pattern"] = "^[0-9a-f]{32}$".into();
                }
            }
            if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
                for answer in responses.values_mut().filter_map(Value::as_object_mut) {
                    answer.entry("description").or_insert_with(|| "成功 · Done".into());
                }
                responses.entry("default").or_insert_with(|| problem.clone());
            }
        }
    }
    api
}

/// One operation as the reader shows it.
#[derive(Debug)]
struct Operation {
    method: String,
    path: String,
    summary: String,
    description: String,
    parameters: Vec<(String, String, String)>,
    body: Option<String>,
}

/// The operations of one area.
#[derive(Debug)]
struct Group {
    title: String,
    operations: Vec<Operation>,
}

#[derive(Template)]
#[template(path = "api.html")]
struct Reader {
    v: View,
    groups: Arc<Vec<Group>>,
}

/// `GET /api`: the description for people.
pub fn reader(api: Value) -> Router<App> {
    let groups = Arc::new(groups(&api));
    let show = move |asker: Asker| {
        let groups = groups.clone();
        async move { read(asker, groups) }
    };
    Router::new().route("/api", get(show))
}

fn read(asker: Asker, groups: Arc<Vec<Group>>) -> Response {
    page_with(&asker.view.clone(), &Reader { v: asker.view, groups })
}

fn groups(api: &Value) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (path, item) in api["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let title = text(&operation["tags"][0]);
            let shown = shown(method, path, operation);
            match groups.iter_mut().find(|g| g.title == title) {
                Some(group) => group.operations.push(shown),
                None => groups.push(Group { title, operations: vec![shown] }),
            }
        }
    }
    groups
}

fn shown(method: &str, path: &str, operation: &Value) -> Operation {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let parameters = parameters.map(|p| (text(&p["name"]), text(&p["in"]), text(&p["description"]))).collect();
    let content = operation["requestBody"]["content"].as_object().and_then(|c| c.iter().next());
    let body = content.map(|(kind, body)| {
        let name = text(&body["schema"]["$ref"]);
        format!("{kind} {}", name.rsplit('/').next().unwrap_or_default())
    });
    Operation {
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(&operation["summary"]),
        description: text(&operation["description"]),
        parameters,
        body,
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
