//! A way to sign in.

use keqiao_access::{AccountKind, Grade, RegionCode};
use keqiao_base::{AccountId, Moment, OrganisationId};
use sea_orm::entity::prelude::*;

keqiao_base::coded! {
    /// Whether an account may sign in.
    pub enum State {
        /// It may.
        Active = "active" => ("正常", "Active"),
        /// An administrator stopped it.
        Suspended = "suspended" => ("已停用", "Suspended"),
    }
}

/// One account.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccountId,
    /// What one signs in with, folded.
    pub login: String,
    /// The name to show.
    pub name: String,
    /// Kind.
    pub kind: AccountKind,
    /// Whether it may sign in.
    pub state: State,
    /// Where its holder lives or works.
    pub region: Option<RegionCode>,
    /// The organisation of the directory that it acts for.
    pub organisation_id: Option<OrganisationId>,
    /// The organisation as its holder wrote it.
    pub organisation_name: Option<String>,
    /// Grade of identity, as the steps give it.
    pub grade: Grade,
    /// Hash of the password (argon2id, PHC form); none when it signs in through a provider only.
    pub password: Option<String>,
    /// Secret of the second factor, base32.
    pub totp_secret: Option<String>,
    /// Whether the second factor is in force.
    pub totp_confirmed: bool,
    /// The last step taken of the second factor.
    pub totp_step: Option<i64>,
    /// Language chosen.
    pub language: Option<String>,
    /// Theme chosen.
    pub theme: Option<String>,
    /// Large type.
    pub large: bool,
    /// When it was made.
    pub created_at: Moment,
    /// When it last signed in.
    pub signed_in_at: Option<Moment>,
    /// Counts changes.
    pub revision: i64,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
