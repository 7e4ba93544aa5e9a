//! `/api/v1` of evidence: list, show, record, confirm, raise, void, for programs.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use keqiao_access::RegionCode;
use keqiao_app::evidence::{self, EvidenceFilter, EvidenceRecord, Raising, Recording, Shown, Standing};
use keqiao_base::{Day, EvidenceId, ImportId, ProjectId, Refusal};
use keqiao_evidence::{Flag, Kind, Rung};
use keqiao_i18n::Bilingual;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Cursor, Listed};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::key::{id_of, region_of, words_of};
use crate::state::App;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show))
        .routes(routes!(confirm))
        .routes(routes!(raise))
        .routes(routes!(void))
}

/// Which records.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Which {
    /// 名称、地点、主办单位中的文字 · Words in title, place or who held it.
    #[param(max_length = 100)]
    q: Option<String>,
    /// 类型 · Kind: training, lecture, activity, visit, exhibition, competition, publication, push, service, meeting, review, naming, facility,
    /// payment, deal, survey, other.
    #[param(value_type = Option<String>, pattern = "^(training|lecture|activity|visit|exhibition|competition|publication|push|service|meeting|review|naming|facility|payment|deal|survey|other)$")]
    kind: Option<Kind>,
    /// 登记科协的地区及其下辖 · Of this association's region and below.
    #[param(pattern = "^[1-9][0-9]{5}$")]
    region: Option<String>,
    /// 项目 · Project.
    #[param(value_type = Option<String>, pattern = "^[0-9a-f]{32}$")]
    project: Option<ProjectId>,
    /// 开始日期不早于 · First day on or after.
    #[param(value_type = Option<String>, format = Date)]
    since: Option<Day>,
    /// 开始日期不晚于 · First day on or before.
    #[param(value_type = Option<String>, format = Date)]
    until: Option<Day>,
    /// 证明等级不低于 · On this rung or higher: claimed, confirmed, filed, registered, paid, outcome.
    #[param(value_type = Option<String>, pattern = "^(claimed|confirmed|filed|registered|paid|outcome)$")]
    rung: Option<Rung>,
    /// 状态 · open, confirmed or voided; all that stand when absent.
    #[param(value_type = Option<String>, pattern = "^(open|confirmed|voided)$")]
    standing: Option<Standing>,
    /// 只要有疑点的 · Only with doubts.
    flagged: Option<bool>,
    /// 由哪次导入 · Brought in by this import.
    #[param(value_type = Option<String>, pattern = "^[0-9a-f]{32}$")]
    import: Option<ImportId>,
}

impl Which {
    fn filter(self) -> Result<EvidenceFilter, Refusal> {
        let region = self.region.map(|text| region_of(&text)).transpose()?;
        Ok(EvidenceFilter {
            regions: Vec::new(),
            region,
            kind: self.kind,
            project: self.project,
            since: self.since,
            until: self.until,
            rung_min: self.rung,
            standing: self.standing,
            flagged: self.flagged.unwrap_or(false),
            words: self.q.as_deref().map(words_of).transpose()?.filter(|q| !q.is_empty()),
            import: self.import,
        })
    }
}

/// 一条活动记录 · A record.
#[derive(Debug, Serialize, ToSchema)]
struct EvidenceJson {
    id: String,
    /// 登记科协的地区 · Region of the association.
    region: String,
    /// 类型 · Kind.
    kind: String,
    /// 名称 · Title.
    title: String,
    /// 开始日期 · First day.
    started: String,
    /// 结束日期 · Last day.
    ended: String,
    /// 地点 · Place.
    place: String,
    /// 主办单位 · Held by; empty: the association.
    held_by: String,
    /// 数量 · Counts by code: people, sessions, experts, organisations, copies, works, views, items, valid, satisfied.
    counts: BTreeMap<String, i64>,
    /// 金额（元） · Amount in yuan.
    money: String,
    /// 项目 · Project.
    project: Option<String>,
    /// 说明 · Remark.
    remark: String,
    /// 证明等级 · Rung: claimed, confirmed, filed, registered, paid, outcome.
    rung: String,
    /// 是否作废 · Whether it is void.
    voided: bool,
    /// 作废原因 · Why.
    void_reason: Option<String>,
    /// 疑点数 · Number of doubts.
    flags: i32,
    /// 文件数 · Number of files.
    files: i32,
    /// 登记人 · Recorded by.
    recorder: String,
    /// 登记时间 · Recorded at.
    recorded_at: String,
    /// 确认人 · Confirmed by.
    confirmer: Option<String>,
    /// 修订号 · Counts the acts on it.
    revision: i32,
}

impl From<EvidenceRecord> for EvidenceJson {
    fn from(r: EvidenceRecord) -> EvidenceJson {
        EvidenceJson {
            id: r.id.to_string(),
            region: r.region.to_string(),
            kind: r.kind.to_string(),
            counts: r.counts().some().map(|(count, n)| (count.to_string(), n)).collect(),
            rung: r.rung().to_string(),
            title: r.title,
            started: r.started.to_string(),
            ended: r.ended.to_string(),
            place: r.place,
            held_by: r.held_by,
            money: r.money.to_string(),
            project: r.project.map(|p| p.to_string()),
            remark: r.remark,
            voided: r.voided,
            void_reason: r.void_reason,
            flags: r.flag_count,
            files: r.file_count,
            recorder: r.recorder,
            recorded_at: r.recorded_at.iso(),
            confirmer: r.confirmer,
            revision: r.revision,
        }
    }
}

/// 疑点 · A doubt.
#[derive(Debug, Serialize, ToSchema)]
struct FlagJson {
    /// same_photo, same_file, twin, figure, venue, photo_day, photo_place, round, future, long
    kind: String,
    /// 中文说明 · Why, in Chinese.
    zh: String,
    /// 英文说明 · Why, in English.
    en: String,
    /// 另一条记录 · The other record.
    other: Option<String>,
}

impl From<Flag> for FlagJson {
    fn from(flag: Flag) -> FlagJson {
        let Bilingual { zh, en } = flag.reason;
        FlagJson { kind: flag.kind.to_string(), zh, en, other: flag.other.map(|id| id.to_string()) }
    }
}

/// 文件 · A file.
#[derive(Debug, Serialize, ToSchema)]
struct FileJson {
    number: i32,
    /// photo, sign_in, document, payment, other
    role: String,
    name: String,
    sha256: String,
    size: i64,
}

/// 一次办理 · An act, in its place in the chain.
#[derive(Debug, Serialize, ToSchema)]
struct ActJson {
    seq: i64,
    at: String,
    name: String,
    /// recorded, confirmed, raised, attached, voided
    what: String,
    /// 内容（JSON） · What it says; exactly these bytes are hashed.
    detail: String,
    prev: String,
    hash: String,
}

/// 一条记录的全部 · A record with everything that belongs to it.
#[derive(Debug, Serialize, ToSchema)]
struct EvidenceWhole {
    record: EvidenceJson,
    flags: Vec<FlagJson>,
    files: Vec<FileJson>,
    acts: Vec<ActJson>,
    /// 与存证链一致 · Whether it agrees with its chain.
    whole: bool,
}

impl From<Shown> for EvidenceWhole {
    fn from(s: Shown) -> EvidenceWhole {
        let file = |f: keqiao_store::evidence::RecordFile| FileJson {
            number: f.number,
            role: f.role.to_string(),
            name: f.name,
            sha256: f.hash,
            size: f.size,
        };
        let act = |e: keqiao_evidence::Entry| ActJson {
            seq: e.seq,
            at: e.act.at.iso(),
            name: e.act.name,
            what: e.act.what.to_string(),
            detail: e.act.detail,
            prev: e.prev,
            hash: e.hash,
        };
        EvidenceWhole {
            record: s.record.into(),
            flags: s.flags.into_iter().map(FlagJson::from).collect(),
            files: s.files.into_iter().map(file).collect(),
            acts: s.acts.into_iter().map(act).collect(),
            whole: s.whole,
        }
    }
}

/// 活动记录清单 · Records
#[utoipa::path(get, path = "/evidence", tag = "活动记录（佐证） Evidence", params(Which, Cursor), security(("token" = [])),
    responses((status = 200, body = Listed<EvidenceJson>)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(which): Query<Which>,
    Query(cursor): Query<Cursor>,
) -> Answer<Json<Listed<EvidenceJson>>> {
    let limit = cursor.limit();
    let after = cursor.after()?.map(|key| id_of(&key)).transpose()?;
    let rows = evidence::records_after(&app.ctx, &asker.actor, &which.filter()?, after, limit + 1).await?;
    Ok(Json(Listed::of(rows, limit, |r: &EvidenceRecord| r.id.to_string(), EvidenceJson::from)))
}

/// 一条记录及其文件、经过 · One record with files, doubts and acts
#[utoipa::path(get, path = "/evidence/{id}", tag = "活动记录（佐证） Evidence", params(("id" = String, Path)), security(("token" = [])),
    responses((status = 200, body = EvidenceWhole)))]
async fn show(State(app): State<App>, asker: Asker, Path(id): Path<String>) -> Answer<Json<EvidenceWhole>> {
    Ok(Json(evidence::show(&app.ctx, &asker.actor, id_of(&id)?).await?.into()))
}

/// 要登记的内容 · What is to be recorded.
#[derive(Debug, Deserialize, ToSchema)]
struct RecordJson {
    /// 编号；重发同一编号只登记一次 · Id; sent twice, it is recorded once.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    id: Option<EvidenceId>,
    /// 登记科协的地区 · Region of the association.
    #[schema(value_type = String)]
    region: RegionCode,
    /// 各栏 · Fields: kind, title, started, ended, place, place_region, held_by, people, sessions, …, money, project, remark.
    #[serde(default)]
    values: BTreeMap<String, String>,
}

/// 登记 · Record something that happened
#[utoipa::path(post, path = "/evidence", tag = "活动记录（佐证） Evidence", request_body = RecordJson, security(("token" = [])),
    responses((status = 201, body = EvidenceJson)))]
async fn create(
    State(app): State<App>,
    asker: Asker,
    Json(sent): Json<RecordJson>,
) -> Answer<(StatusCode, Json<EvidenceJson>)> {
    let cells = sent.values.into_iter().collect();
    let recording = Recording { id: sent.id, region: sent.region, cells, files: Vec::new() };
    let made = evidence::record(&app.ctx, &asker.actor, &recording).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// 依据与说明 · A word, with the revision it was made from.
#[derive(Debug, Deserialize, ToSchema)]
struct WordsJson {
    /// 所依据的修订号 · The revision it was made from.
    revision: i32,
    /// 核实情况，或作废原因 · What was checked, or why it is void.
    #[serde(default)]
    #[schema(max_length = 1000)]
    words: String,
}

/// 确认（不能确认自己登记的） · Confirm a record; never one's own
#[utoipa::path(post, path = "/evidence/{id}/confirmation", tag = "活动记录（佐证） Evidence", params(("id" = String, Path)),
    request_body = WordsJson, security(("token" = [])), responses((status = 200, body = EvidenceJson)))]
async fn confirm(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
    Json(sent): Json<WordsJson>,
) -> Answer<Json<EvidenceJson>> {
    let done = evidence::confirm(&app.ctx, &asker.actor, id_of(&id)?, sent.revision, &sent.words).await?;
    Ok(Json(done.into()))
}

/// 证明 · Proof for a higher rung.
#[derive(Debug, Deserialize, ToSchema)]
struct RaiseJson {
    /// 所依据的修订号 · The revision it was made from.
    revision: i32,
    /// 提升到 · filed, registered, paid or outcome.
    #[serde(default)]
    rung: String,
    /// 登记号、发票号或凭证号 · Number.
    #[serde(default)]
    number: String,
    /// 回访情况 · The call-back.
    #[serde(default)]
    words: String,
}

/// 提升证明等级 · Raise a record to a higher rung
#[utoipa::path(post, path = "/evidence/{id}/rung", tag = "活动记录（佐证） Evidence", params(("id" = String, Path)),
    request_body = RaiseJson, security(("token" = [])), responses((status = 200, body = EvidenceJson)))]
async fn raise(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
    Json(sent): Json<RaiseJson>,
) -> Answer<Json<EvidenceJson>> {
    let unknown = |_| Refusal::field("evidence.invalid", "rung", "请选择证明等级。", "Choose a rung.");
    // Whether there is such a record comes first.
    evidence::show(&app.ctx, &asker.actor, id_of(&id)?).await?;
    let raising = Raising {
        rung: sent.rung.parse().map_err(unknown)?,
        number: sent.number,
        words: sent.words,
        files: Vec::new(),
    };
    Ok(Json(evidence::raise(&app.ctx, &asker.actor, id_of(&id)?, sent.revision, &raising).await?.into()))
}

/// 作废 · Declare a record void; it stays, with the reason
#[utoipa::path(post, path = "/evidence/{id}/void", tag = "活动记录（佐证） Evidence", params(("id" = String, Path)),
    request_body = WordsJson, security(("token" = [])), responses((status = 200, body = EvidenceJson)))]
async fn void(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
    Json(sent): Json<WordsJson>,
) -> Answer<Json<EvidenceJson>> {
    Ok(Json(evidence::void(&app.ctx, &asker.actor, id_of(&id)?, sent.revision, &sent.words).await?.into()))
}
