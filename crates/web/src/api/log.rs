//! The log for programs: reading it piece by piece, following its chain.

use axum::Json;
use axum::extract::{Query, State};
use keqiao_access::chain::Entry;
use keqiao_app::log;
use keqiao_base::Refusal;
use keqiao_store::PageRequest;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Cursor, Listed};
use crate::asker::Asker;
use crate::failure::Failure;
use crate::key::{id_of, words_of};
use crate::state::App;

/// The operations of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(entries)).routes(routes!(verify_log))
}

/// 日志条目 · An entry of the log.
#[derive(Serialize, ToSchema)]
struct EntryShown {
    seq: i64,
    at: String,
    account: Option<String>,
    name: String,
    address: String,
    action: String,
    subject: String,
    /// JSON 文本 · JSON text.
    detail: String,
    hash: String,
}

impl From<Entry> for EntryShown {
    fn from(entry: Entry) -> Self {
        let Entry { seq, act, hash, .. } = entry;
        let account = act.account.map(|id| id.to_string());
        let (at, name, address) = (act.at.iso(), act.name, act.address);
        EntryShown {
            seq,
            at,
            account,
            name,
            address,
            action: act.action,
            subject: act.subject,
            detail: act.detail,
            hash,
        }
    }
}

/// 查找条件 · Which entries.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
struct LogQuery {
    /// 操作代码，或以点结尾 · An action, or its beginning with a dot at the end.
    #[param(max_length = 100)]
    action: String,
    /// 对象 · The thing, `kind:id`.
    #[param(max_length = 100)]
    subject: String,
    /// 姓名、对象、内容中的文字 · A part of name, thing or detail.
    #[param(max_length = 100)]
    q: String,
}

/// 操作日志 · The log, newest first.
#[utoipa::path(get, path = "/log", tag = "操作日志 · Log", params(LogQuery, Cursor), security(("token" = [])), responses((status = 200, body = Listed<EntryShown>)))]
async fn entries(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<LogQuery>,
    Query(cursor): Query<Cursor>,
) -> Result<Json<Listed<EntryShown>>, Failure> {
    let below = cursor.after()?.map(|key| id_of(&key)).transpose()?;
    let (action, subject, text) = (words_of(&query.action)?, words_of(&query.subject)?, words_of(&query.q)?);
    let filter = log::Filter { action, subject, text, below, ..Default::default() };
    let limit = cursor.limit().min(PageRequest::SIZE_MAX - 1);
    let page = log::search(&app.ctx, &asker.actor, filter, PageRequest::new(1, limit + 1)).await?;
    Ok(Json(Listed::of(page.rows, limit, |e| e.seq.to_string(), Into::into)))
}

/// 锚点 · An end of the log that was noted elsewhere.
#[derive(Deserialize, ToSchema)]
struct Noted {
    /// `序号:哈希` · `number:hash`
    #[serde(default)]
    anchor: Option<String>,
}

/// 校验结果 · What following the chain gave.
#[derive(Serialize, ToSchema)]
struct VerifiedShown {
    whole: bool,
    entries: u64,
    /// 末尾，抄存在别处 · The end, to be noted elsewhere.
    anchor: Option<String>,
    /// 断在何处 · Where it is broken first.
    broken_at: Option<i64>,
}

/// 校验日志 · Follow the chain of the log from its beginning.
#[utoipa::path(post, path = "/log/verify", tag = "操作日志 · Log", request_body = Noted, security(("token" = [])), responses((status = 200, body = VerifiedShown)))]
async fn verify_log(
    State(app): State<App>,
    asker: Asker,
    Json(noted): Json<Noted>,
) -> Result<Json<VerifiedShown>, Failure> {
    let anchor = noted.anchor.map(|text| text.parse()).transpose().map_err(|_| {
        let (zh, en) = ("锚点应为“序号:哈希”。", "An anchor is written number:hash.");
        Refusal::field("log.anchor", "anchor", zh, en)
    })?;
    let verified = log::verify_shown(&app.ctx, &asker.actor, anchor).await?;
    let (anchor, broken) = match verified.outcome {
        Ok(end) => (Some(end.to_string()), None),
        Err(broken) => (None, Some(broken.seq)),
    };
    Ok(Json(VerifiedShown { whole: broken.is_none(), entries: verified.entries, anchor, broken_at: broken }))
}
