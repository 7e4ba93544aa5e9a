//! A record of something that happened, as it stands after all acts on it.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, Day, EvidenceId, Fen, ImportId, Moment, ProjectId};
use keqiao_evidence::{Kind, Source};
use sea_orm::entity::prelude::*;

/// One record.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EvidenceId,
    /// The region of the association whose record it is.
    pub region: RegionCode,
    /// What happened.
    pub kind: Kind,
    /// What it was called.
    pub title: String,
    /// First day.
    pub started: Day,
    /// Last day.
    pub ended: Day,
    /// Where, in words.
    pub place: String,
    /// The region of the place.
    pub place_region: RegionCode,
    /// Who held it; empty: the association.
    pub held_by: String,
    /// 参加人次
    pub people: i64,
    /// 场次
    pub sessions: i64,
    /// 专家人次
    pub experts: i64,
    /// 单位数
    pub organisations: i64,
    /// 份数
    pub copies: i64,
    /// 作品数
    pub works: i64,
    /// 阅读量
    pub views: i64,
    /// 数量
    pub items: i64,
    /// 有效问卷
    pub valid: i64,
    /// 其中满意
    pub satisfied: i64,
    /// Money, in 分.
    pub money: Fen,
    /// The project that paid for it.
    pub project: Option<ProjectId>,
    /// More, in words.
    pub remark: String,
    /// The rung of the ladder, 0 to 5.
    pub rung: i32,
    /// Whether it was declared void; then it counts nowhere.
    pub voided: bool,
    /// Why.
    pub void_reason: Option<String>,
    /// How it came in.
    pub source: Source,
    /// By which import.
    pub import: Option<ImportId>,
    /// What records of the same thing share.
    pub twin: String,
    /// What looked wrong when it was recorded: JSON of flags.
    pub flags: String,
    /// How many flags.
    pub flag_count: i32,
    /// How many files.
    pub file_count: i32,
    /// Who recorded it; none for the machine.
    pub recorder_id: Option<AccountId>,
    /// Their name then.
    pub recorder: String,
    /// When.
    pub recorded_at: Moment,
    /// Who confirmed it.
    pub confirmer_id: Option<AccountId>,
    /// Their name then.
    pub confirmer: Option<String>,
    /// When.
    pub confirmed_at: Option<Moment>,
    /// Counts the acts on it; a write made from an older one is refused.
    pub revision: i32,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
