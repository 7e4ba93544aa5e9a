//! A target (绩效目标): what the money of a project, or of the department, must bring in a year. Drafted, submitted, returned or approved;
//! after approval it changes only by a new version with a reason (PR-1).

use keqiao_base::{Fen, ProjectId};
use serde::{Deserialize, Serialize};

use crate::{Indicator, Tree};

keqiao_base::coded! {
    /// How far a version of a target is.
    pub enum TargetState {
        /// Being written.
        Draft = "draft" => ("编制中", "Draft"),
        /// With the reviewer.
        Submitted = "submitted" => ("审核中", "In review"),
        /// Sent back with comments.
        Returned = "returned" => ("已退回", "Returned"),
        /// Approved: it binds.
        Approved = "approved" => ("已批复", "Approved"),
    }
}

impl TargetState {
    /// Whether its content may be changed.
    pub const fn is_open(self) -> bool {
        matches!(self, TargetState::Draft | TargetState::Returned)
    }
}

/// What a target hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The whole department (部门整体).
    Department,
    /// One project.
    Project(ProjectId),
}

/// The content of one version of a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// What it hangs on.
    pub scope: Scope,
    /// The year.
    pub year: i32,
    /// Name of the project, or of the department.
    pub name: String,
    /// What the project does: names that indicators must be about (PR-5).
    pub description: String,
    /// 年度总体目标.
    pub goal: String,
    /// Budget of the year.
    pub budget: Fen,
    /// Which tree its form uses.
    pub tree: Tree,
    /// Code of the profile that scores it.
    pub profile: String,
    /// Its indicators, in the order of the form.
    pub indicators: Vec<Indicator>,
}
