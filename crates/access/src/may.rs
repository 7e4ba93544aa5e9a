//! Who may do what: one line each, over who asks and small facts of the thing. Use cases call these first; pages ask them what to
//! show. No query is here: lists are cut by `…_regions` in the query.

mod department;
mod exchange;
pub use department::*;
pub use exchange::*;

use keqiao_base::{AccountId, OrganisationId};

use crate::actor::{Actor, HeldRole, Signed};
use crate::identity::Grade;
use crate::region::RegionCode;
use crate::role::StaffRole::{Administrator, Finance, Leader, Officer, Reviewer};
use crate::role::{Scope, StaffRole};

const DIRECTORY_READERS: &[StaffRole] = &[Officer, Reviewer, Leader];
const DESK_READERS: &[StaffRole] = &[Finance, Reviewer, Leader];
const DESK_WORKERS: &[StaffRole] = &[Finance, Reviewer];

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
