//! Who may do what: one line each, over who asks and small facts of the thing. Use cases call these first; pages ask them what to
//! show. No query is here: lists are cut by `…_regions` in the query.

use keqiao_base::{AccountId, OrganisationId};

use crate::actor::{Actor, HeldRole, Signed};
use crate::identity::Grade;
use crate::region::RegionCode;
use crate::role::StaffRole::{Administrator, Finance, Leader, Officer, Reviewer};
use crate::role::{Scope, StaffRole};

const DIRECTORY_READERS: &[StaffRole] = &[Officer, Reviewer, Leader];
const EVIDENCE_READERS: &[StaffRole] = &[Officer, Finance, Reviewer, Leader];
const EVIDENCE_RECORDERS: &[StaffRole] = &[Officer, Finance];
const EVIDENCE_CONFIRMERS: &[StaffRole] = &[Officer, Finance, Reviewer];
const DESK_READERS: &[StaffRole] = &[Finance, Reviewer, Leader];
const DESK_WORKERS: &[StaffRole] = &[Finance, Reviewer];
const YEAR_READERS: &[StaffRole] = &[Officer, Finance, Reviewer, Leader];
const MONEY_READERS: &[StaffRole] = &[Finance, Reviewer, Leader];
const PERFORMANCE_READERS: &[StaffRole] = &[Officer, Finance, Reviewer, Leader];
const PERFORMANCE_WORKERS: &[StaffRole] = &[Officer, Finance];

// ---- The directory ----

/// Open the directory at all.
pub fn see_directory(a: &Actor) -> bool {
    a.holds(DIRECTORY_READERS, Scope::DirectoryRead)
}

/// The regions whose entries are listed.
pub fn directory_regions(a: &Actor) -> Vec<RegionCode> {
    a.regions(DIRECTORY_READERS, Scope::DirectoryRead)
}

/// See one entry.
pub fn see_entry(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(DIRECTORY_READERS, Scope::DirectoryRead, region)
}

/// Make or change an entry of a region.
pub fn edit_entry(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(&[Officer], Scope::DirectoryWrite, region)
}

/// The regions whose entries may be made or changed.
pub fn edit_regions(a: &Actor) -> Vec<RegionCode> {
    a.regions(&[Officer], Scope::DirectoryWrite)
}

/// Make or change entries somewhere.
pub fn edit_directory(a: &Actor) -> bool {
    a.holds(&[Officer], Scope::DirectoryWrite)
}

/// See phone and mail of an entry in clear (each look is in the log).
pub fn reveal_contacts(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(&[Officer], Scope::Contacts, region)
}

/// Import a file; each row must also pass [`edit_entry`].
pub fn import(a: &Actor) -> bool {
    a.holds(&[Officer], Scope::DirectoryWrite)
}

/// Undo an import made for a region.
pub fn undo_import(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(&[Officer], Scope::DirectoryWrite, region)
}

/// Export lists, contacts masked.
pub fn export(a: &Actor) -> bool {
    a.holds(DIRECTORY_READERS, Scope::DirectoryRead)
}

/// Export lists with contacts in clear, within [`contact_regions`].
pub fn export_contacts(a: &Actor) -> bool {
    a.holds(&[Officer], Scope::Contacts)
}

/// The regions whose contacts may be seen in clear.
pub fn contact_regions(a: &Actor) -> Vec<RegionCode> {
    a.regions(&[Officer], Scope::Contacts)
}

// ---- The report desk ----

/// Open the desk at all.
pub fn use_desk(a: &Actor) -> bool {
    a.holds(DESK_READERS, Scope::DeskRead)
}

/// The regions whose reports are listed.
pub fn desk_regions(a: &Actor) -> Vec<RegionCode> {
    a.regions(DESK_READERS, Scope::DeskRead)
}

/// See one report and its findings.
pub fn see_report(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(DESK_READERS, Scope::DeskRead, region)
}

/// Upload reports for a region, and corrected versions of them.
pub fn upload_report(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(DESK_WORKERS, Scope::DeskWrite, region)
}

/// Upload reports somewhere.
pub fn upload_reports(a: &Actor) -> bool {
    a.holds(DESK_WORKERS, Scope::DeskWrite)
}

/// The regions for which reports may be uploaded.
pub fn upload_regions(a: &Actor) -> Vec<RegionCode> {
    a.regions(DESK_WORKERS, Scope::DeskWrite)
}

/// Take a report off the desk.
pub fn remove_report(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(&[Reviewer], Scope::DeskWrite, region)
}

/// Give a finding to somebody.
pub fn assign_finding(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(DESK_WORKERS, Scope::DeskWrite, region)
}

/// Write a remark under a finding.
pub fn comment(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(DESK_READERS, Scope::DeskWrite, region)
}

/// Mark a finding as fixed.
pub fn mark_fixed(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(DESK_WORKERS, Scope::DeskWrite, region)
}

/// Accept a finding with a reason, or call it a false alarm, or open it again: who is checked does not judge.
pub fn judge_finding(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(&[Reviewer], Scope::DeskWrite, region)
}

/// See the dashboards.
pub fn see_dashboards(a: &Actor) -> bool {
    a.holds(DESK_READERS, Scope::DeskRead)
}

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

// ---- Accounts ----

/// See and change the own account: name, language, sessions.
pub fn own_account(a: &Actor, account: AccountId) -> bool {
    a.is(account, Scope::Account)
}

/// Change what guards the own account (password, second factor, keys for programs): only from a browser.
pub fn guard_account(a: &Actor, account: AccountId) -> bool {
    own_account(a, account) && a.signed().is_some_and(Signed::in_person)
}

/// Open the list of accounts.
pub fn manage_accounts(a: &Actor) -> bool {
    a.holds(&[Administrator], Scope::Administration)
}

/// The regions whose accounts are listed.
pub fn account_regions(a: &Actor) -> Vec<RegionCode> {
    a.regions(&[Administrator], Scope::Administration)
}

/// Manage one account (unlock, suspend, reset link): its region and every region it holds a role for must be the administrator's,
/// so that nobody takes over an account that stands higher.
pub fn manage_account(a: &Actor, region: Option<RegionCode>, held: &[HeldRole]) -> bool {
    manage_accounts(a)
        && region
            .into_iter()
            .chain(held.iter().map(|h| h.region))
            .all(|r| a.holds_at(&[Administrator], Scope::Administration, r))
}

/// Grant or revoke a role for a region: never from a program, never to oneself.
pub fn grant_role(a: &Actor, to: AccountId, region: RegionCode) -> bool {
    a.holds_at(&[Administrator], Scope::Administration, region)
        && a.signed().is_some_and(|s| s.in_person() && s.account != to)
}

/// Vouch for somebody: a member acting for the same organisation, itself at least vouched for, or an officer of the region.
pub fn vouch(a: &Actor, who: AccountId, organisation: Option<OrganisationId>, region: Option<RegionCode>) -> bool {
    a.account() != Some(who) && (vouches_as_member(a, organisation) || vouches_as_officer(a, region))
}

fn vouches_as_member(a: &Actor, organisation: Option<OrganisationId>) -> bool {
    a.signed().is_some_and(|s| {
        s.within(Scope::Account)
            && s.grade >= Grade::Vouched
            && s.organisation.is_some()
            && s.organisation == organisation
    })
}

fn vouches_as_officer(a: &Actor, region: Option<RegionCode>) -> bool {
    region.is_some_and(|r| a.holds_at(&[Officer], Scope::DirectoryWrite, r))
}

/// Verify somebody by documents, or void a step: an officer of the region, never for oneself.
pub fn verify_identity(a: &Actor, who: AccountId, region: Option<RegionCode>) -> bool {
    a.account() != Some(who) && vouches_as_officer(a, region)
}

/// The regions whose identities an officer looks after.
pub fn identity_regions(a: &Actor) -> Vec<RegionCode> {
    a.regions(&[Officer], Scope::DirectoryWrite)
}

/// Open the list of identities that wait for a look.
pub fn check_identities(a: &Actor) -> bool {
    a.holds(&[Officer], Scope::DirectoryWrite)
}

// ---- The machine room ----

/// Search the log.
pub fn read_log(a: &Actor) -> bool {
    a.holds(&[Administrator, Leader], Scope::Administration)
}

/// The regions whose accounts' entries in the log are shown.
pub fn log_regions(a: &Actor) -> Vec<RegionCode> {
    a.regions(&[Administrator, Leader], Scope::Administration)
}

/// See and retry background jobs.
pub fn see_jobs(a: &Actor) -> bool {
    a.holds(&[Administrator], Scope::Administration)
}

#[cfg(test)]
#[path = "may_tests.rs"]
mod tests;
