//! Ids as types: one per stored thing, time-ordered (UUID version 7), so a list by id is a list by age.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Clock, Entropy};

/// Declares the ids. Each expands to a newtype over [`Uuid`] with `new`, `Display`, `FromStr`, serde and column support.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id, later than all ids of earlier milliseconds.
            pub fn new(clock: &dyn Clock, entropy: &dyn Entropy) -> Self {
                let mut random = [0u8; 10];
                entropy.fill(&mut random);
                let millis = u64::try_from(clock.now().millis()).unwrap_or(0);
                $name(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
            }

            /// The id as it stands in the database.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                $name(uuid)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_simple().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map($name)
            }
        }

        crate::column::uuid_column!($name);
    )+};
}

ids! {
    /// A way to sign in: a person, seen from the platform.
    AccountId;
    /// One signed-in browser.
    SessionId;
    /// A key for programs.
    TokenId;
    /// Somebody in the directory.
    PersonId;
    /// A body in the directory: enterprise, institute, society, association, station, base.
    OrganisationId;
    /// An entry of the directory, whichever list it stands in.
    EntryId;
    /// A link between two entries of the directory.
    RelationId;
    /// One step of somebody's identity: declared, vouched, verified.
    IdentityStepId;
    /// One file imported into the directory.
    ImportId;
    /// A report on the desk, with all its versions.
    ReportId;
    /// One uploaded file of a report.
    VersionId;
    /// A finding in a report, through its versions.
    FindingId;
    /// A remark under a finding.
    CommentId;
    /// A file on its way in.
    UploadId;
    /// A batch of uploads.
    BatchId;
    /// A piece of work for the background.
    JobId;
    /// What a user quotes when something went wrong on our side.
    EventId;
    /// 预算单位: one body whose money is kept apart: the association's office, its museum.
    UnitId;
    /// 项目: money for a purpose, with its targets.
    ProjectId;
    /// One budgeted amount.
    BudgetLineId;
    /// One entry of the ledger.
    LedgerLineId;
    /// One import of budget, ledger or other books.
    BookImportId;
    /// 佐证: a record of something that happened.
    EvidenceId;
    /// The targets of a project, or of the department, in one year.
    TargetId;
    /// One indicator of a target.
    IndicatorId;
    /// 数据 (平台产生的): a number that the platform computed, frozen with what is behind it.
    FigureId;
    /// A value that a person states and signs.
    StatementId;
    /// One evaluation: self, department's, or an independent one beside it.
    EvaluationId;
    /// 整改: a problem found, on its way to being put right.
    TaskId;
    /// 供需信息: an offer, a demand or a question.
    ListingId;
    /// What somebody says is wrong with a listing.
    ListingReportId;
    /// 意向: somebody wants to talk about a listing.
    InterestId;
    /// A search that somebody keeps.
    SavedSearchId;
    /// What somebody says of a match: useful or not.
    JudgementId;
    /// 科创工作室、服务机构、科普基地: who offers, with opening hours and places.
    StudioId;
    /// 预约: a visit to a base or a meeting with a studio.
    BookingId;
}

impl From<PersonId> for EntryId {
    fn from(id: PersonId) -> Self {
        EntryId(id.uuid())
    }
}

impl From<OrganisationId> for EntryId {
    fn from(id: OrganisationId) -> Self {
        EntryId(id.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FixedClock, FixedEntropy, Moment};

    #[test]
    fn later_ids_sort_later_and_print_back() {
        let clock = FixedClock::at(Moment::from_millis(1_700_000_000_000));
        let entropy = FixedEntropy::seed(7);
        let first = PersonId::new(&clock, &entropy);
        clock.advance_seconds(1);
        let second = PersonId::new(&clock, &entropy);
        assert!(first < second);
        assert_eq!(first.to_string().parse::<PersonId>().unwrap(), first);
        assert!("../etc/passwd".parse::<PersonId>().is_err());
    }
}
