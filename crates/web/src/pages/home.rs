//! The first page: what this is for visitors, the people to be in the demo, where to go for those signed in.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use keqiao_app::account::demo::{ACCOUNTS, DemoAccount};
use keqiao_app::exchange;
use keqiao_app::performance::{self, Reminder};
use keqiao_i18n::Fixed;

use crate::asker::Asker;
use crate::failure::Answer;
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
    trials: Vec<Trial>,
    reminders: Vec<Reminder>,
}

impl Home {
    fn tone(&self, reminder: &Reminder) -> &'static str {
        if reminder.urgent { "error" } else { "info" }
    }
}

/// The most reminders on the first page.
const REMINDERS: usize = 12;

/// Somebody to be in the demo, a picture, and what one does as them.
struct Trial {
    account: &'static DemoAccount,
    icon: &'static str,
    text: Fixed,
}

async fn home(State(app): State<App>, asker: Asker) -> Answer {
    let shown = asker.view.demo && asker.view.who.is_none();
    let trials = if shown { ACCOUNTS.iter().map(trial).collect() } else { Vec::new() };
    let mut reminders = performance::reminders(&app.ctx, &asker.actor).await?;
    reminders.extend(exchange::reminders(&app.ctx, &asker.actor).await?);
    reminders.truncate(REMINDERS);
    Ok(page_with(&asker.view.clone(), &Home { v: asker.view, trials, reminders }))
}

fn trial(account: &'static DemoAccount) -> Trial {
    let (icon, zh, en) = match account.code {
        "finance" => {
            ("ledger", "看本单位报告的问题，上传修改稿", "See the findings in the own reports, upload corrections")
        }
        "reviewer" => {
            ("report", "上传报告，逐条核对问题，登记整改", "Upload reports, check findings, record what was fixed")
        }
        "officer" => ("people", "维护人员和机构，从 Excel 批量导入", "Keep people and bodies, import them from Excel"),
        "leader" => {
            ("chart", "看全县：哪些问题最多，整改到哪一步", "See the whole county: what is wrong, what is done")
        }
        "administrator" => {
            ("key", "管理账号和权限，查操作日志和后台任务", "Manage accounts and roles, read the log, watch jobs")
        }
        "neighbour" => (
            "building",
            "权限按地区划分：进来看看，本县的都看不到",
            "Rights end at the border: nothing of this county shows",
        ),
        "worker" => ("edit", "发布科技所能，看看谁需要，回应意向", "Offer what you can do, see who needs it"),
        "member" => ("building", "把难题说清楚，看谁能解决", "Say what is wrong, see who can solve it"),
        _ => ("home", "提一个想弄明白的问题，预约科普基地", "Ask a question, book a science base"),
    };
    Trial { account, icon, text: Fixed { zh, en } }
}
