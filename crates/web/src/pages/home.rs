//! The first page: what this is for visitors, the roles to try in the demo, where to go for those signed in.

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use keqiao_access::{AccountKind, StaffRole};
use keqiao_i18n::Fixed;

use crate::asker::Asker;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

/// `/`.
pub fn routes() -> Router<App> {
    Router::new().route("/", get(home))
}

#[derive(Template)]
#[template(path = "home/home.html")]
struct Home {
    v: View,
    roles: Vec<Trial>,
}

/// Code, icon, name, and what one sees of a role in the demo.
type Trial = (&'static str, &'static str, Fixed, Fixed);

async fn home(asker: Asker) -> Response {
    let roles = if asker.view.demo && asker.view.who.is_none() { trials() } else { Vec::new() };
    page_with(&asker.view.clone(), &Home { v: asker.view, roles })
}

fn trials() -> Vec<Trial> {
    let staff = |role: StaffRole, icon, zh, en| (role.code(), icon, role.title(), Fixed { zh, en });
    let kind = |kind: AccountKind, icon, zh, en| (kind.code(), icon, kind.title(), Fixed { zh, en });
    vec![
        staff(
            StaffRole::Reviewer,
            "report",
            "上传报告，逐条核对问题，登记整改",
            "Upload reports, check findings, record what was fixed",
        ),
        staff(
            StaffRole::Officer,
            "people",
            "维护人员和机构，从 Excel 批量导入",
            "Keep people and bodies, import them from Excel",
        ),
        staff(
            StaffRole::Finance,
            "ledger",
            "看本单位报告的问题，上传修改稿",
            "See findings in the own reports, upload corrections",
        ),
        staff(
            StaffRole::Leader,
            "chart",
            "看全县概览：哪些问题最多，整改到哪一步",
            "See the whole county: what is wrong, what is done",
        ),
        staff(
            StaffRole::Administrator,
            "key",
            "管理账号和权限，查操作日志和后台任务",
            "Manage accounts and roles, read the log, watch jobs",
        ),
        kind(AccountKind::ScienceWorker, "home", "看本人的账号和身份认证", "See the own account and identity"),
    ]
}
