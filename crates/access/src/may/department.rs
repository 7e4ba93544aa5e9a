//! A department's year: evidence, units and books, money, performance.

use keqiao_base::AccountId;

use crate::actor::{Actor, Signed};
use crate::region::RegionCode;
use crate::role::StaffRole::{Finance, Leader, Officer, Reviewer};
use crate::role::{Scope, StaffRole};

const EVIDENCE_READERS: &[StaffRole] = &[Officer, Finance, Reviewer, Leader];
const EVIDENCE_RECORDERS: &[StaffRole] = &[Officer, Finance];
const EVIDENCE_CONFIRMERS: &[StaffRole] = &[Officer, Finance, Reviewer];
const YEAR_READERS: &[StaffRole] = &[Officer, Finance, Reviewer, Leader];
const MONEY_READERS: &[StaffRole] = &[Finance, Reviewer, Leader];
const PERFORMANCE_READERS: &[StaffRole] = &[Officer, Finance, Reviewer, Leader];
const PERFORMANCE_WORKERS: &[StaffRole] = &[Officer, Finance];

// ---- Evidence ----

/// Open the records of what happened at all.
pub fn see_evidence(a: &Actor) -> bool {
    a.holds(EVIDENCE_READERS, Scope::EvidenceRead)
}

/// The regions whose records are listed.
pub fn evidence_regions(a: &Actor) -> Vec<RegionCode> {
    a.regions(EVIDENCE_READERS, Scope::EvidenceRead)
}

/// See one record with its files.
pub fn see_evidence_of(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(EVIDENCE_READERS, Scope::EvidenceRead, region)
}

/// Record what happened for an association; lift and add to its records.
pub fn record_evidence(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(EVIDENCE_RECORDERS, Scope::EvidenceWrite, region)
}

/// Record somewhere.
pub fn record_somewhere(a: &Actor) -> bool {
    a.holds(EVIDENCE_RECORDERS, Scope::EvidenceWrite)
}

/// The regions for which one may record.
pub fn record_regions(a: &Actor) -> Vec<RegionCode> {
    a.regions(EVIDENCE_RECORDERS, Scope::EvidenceWrite)
}

/// Confirm a record: never one's own; what nobody recorded (the machine did) any of them may.
pub fn confirm_evidence(a: &Actor, region: RegionCode, recorder: Option<AccountId>) -> bool {
    a.holds_at(EVIDENCE_CONFIRMERS, Scope::EvidenceWrite, region) && (recorder.is_none() || a.account() != recorder)
}

/// Declare a record void: whoever recorded it, or a reviewer.
pub fn void_evidence(a: &Actor, region: RegionCode, recorder: Option<AccountId>) -> bool {
    a.holds_at(&[Reviewer], Scope::EvidenceWrite, region)
        || (record_evidence(a, region) && recorder.is_some() && a.account() == recorder)
}

/// Take back an import of records: whoever brought it in, or a reviewer.
pub fn undo_evidence_import(a: &Actor, region: RegionCode, by: AccountId) -> bool {
    void_evidence(a, region, Some(by))
}

// ---- A department's year: units, projects, books ----

/// See units and projects, and whether years are open.
pub fn see_years(a: &Actor) -> bool {
    a.holds(YEAR_READERS, Scope::MoneyRead)
}

/// The regions whose units, projects and years are listed.
pub fn year_regions(a: &Actor) -> Vec<RegionCode> {
    a.regions(YEAR_READERS, Scope::MoneyRead)
}

/// See the units, projects and years of a department.
pub fn see_year(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(YEAR_READERS, Scope::MoneyRead, region)
}

/// Make or change units of a department.
pub fn keep_units(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(&[Finance], Scope::MoneyWrite, region)
}

/// Make or change projects of a department.
pub fn keep_projects(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(&[Finance, Officer], Scope::MoneyWrite, region)
}

/// The regions whose projects may be made or changed.
pub fn project_regions(a: &Actor) -> Vec<RegionCode> {
    a.regions(&[Finance, Officer], Scope::MoneyWrite)
}

/// Open a year for the first time.
pub fn open_year(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(&[Finance], Scope::MoneyWrite, region)
}

/// The regions whose years may be opened and closed.
pub fn open_regions(a: &Actor) -> Vec<RegionCode> {
    a.regions(&[Finance], Scope::MoneyWrite)
}

/// Close a year.
pub fn close_year(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(&[Finance], Scope::MoneyWrite, region)
}

/// Open a closed year again: who keeps the books does not; never from a program.
pub fn reopen_year(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(&[Leader], Scope::MoneyWrite, region) && a.signed().is_some_and(Signed::in_person)
}

// ---- Money ----

/// Open the books at all.
pub fn see_money(a: &Actor) -> bool {
    a.holds(MONEY_READERS, Scope::MoneyRead)
}

/// The regions whose books are shown.
pub fn money_regions(a: &Actor) -> Vec<RegionCode> {
    a.regions(MONEY_READERS, Scope::MoneyRead)
}

/// See budget, ledger and public tables of a department, and export them.
pub fn see_books(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(MONEY_READERS, Scope::MoneyRead, region)
}

/// Write into the books of a department: lines, statements, code lists, imports and taking them back.
pub fn keep_books(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(&[Finance], Scope::MoneyWrite, region)
}

/// The regions whose books may be written.
pub fn book_regions(a: &Actor) -> Vec<RegionCode> {
    a.regions(&[Finance], Scope::MoneyWrite)
}

// ---- Performance: targets, monitoring, evaluations, tasks ----

/// Open targets, monitoring, evaluations and tasks at all.
pub fn see_performance(a: &Actor) -> bool {
    a.holds(PERFORMANCE_READERS, Scope::PerformanceRead)
}

/// The regions whose targets, evaluations and tasks are listed.
pub fn performance_regions(a: &Actor) -> Vec<RegionCode> {
    a.regions(PERFORMANCE_READERS, Scope::PerformanceRead)
}

/// See the targets, evaluations and tasks of a department.
pub fn see_target(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(PERFORMANCE_READERS, Scope::PerformanceRead, region)
}

/// Draft, change and submit targets of a department; import last year's.
pub fn keep_targets(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(PERFORMANCE_WORKERS, Scope::PerformanceWrite, region)
}

/// The regions whose targets may be drafted.
pub fn target_regions(a: &Actor) -> Vec<RegionCode> {
    a.regions(PERFORMANCE_WORKERS, Scope::PerformanceWrite)
}

/// Draft targets somewhere.
pub fn keep_some_targets(a: &Actor) -> bool {
    a.holds(PERFORMANCE_WORKERS, Scope::PerformanceWrite)
}

/// Evaluate a project before it begins, return or approve a target: who drafts it does not.
pub fn review_target(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(&[Reviewer], Scope::PerformanceWrite, region)
}

/// Write a remark to a target.
pub fn comment_target(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(PERFORMANCE_READERS, Scope::PerformanceWrite, region)
}

/// Freeze figures, state values, say why a goal is behind.
pub fn follow_targets(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(PERFORMANCE_WORKERS, Scope::PerformanceWrite, region)
}

/// Fill in and submit a self-evaluation.
pub fn evaluate_self(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(PERFORMANCE_WORKERS, Scope::PerformanceWrite, region)
}

/// Evaluate for the department, and score again beside an evaluation: who is evaluated does not.
pub fn evaluate_others(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(&[Reviewer], Scope::PerformanceWrite, region)
}

/// Make tasks, and say what was done.
pub fn keep_tasks(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(&[Officer, Finance, Reviewer], Scope::PerformanceWrite, region)
}

/// Confirm that a task is done, or send it back.
pub fn confirm_task(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(&[Reviewer], Scope::PerformanceWrite, region)
}

/// Try out how money could be shared among lower levels.
pub fn try_allocation(a: &Actor) -> bool {
    a.holds(&[Finance, Reviewer, Leader], Scope::PerformanceRead)
}
