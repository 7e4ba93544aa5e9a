//! What each role may and, as much, may not.

use keqiao_base::{AccountId, OrganisationId, SessionId, TokenId};

use super::*;
use crate::actor::Via;
use crate::role::AccountKind;

fn id(n: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(n)
}

fn region(code: &str) -> RegionCode {
    code.parse().unwrap()
}

fn holding(roles: &[(StaffRole, &str)]) -> Signed {
    let roles =
        roles.iter().map(|(role, code)| HeldRole { role: *role, region: region(code), association: None }).collect();
    Signed {
        account: AccountId::from(id(1)),
        login: "a".to_owned(),
        name: "A".to_owned(),
        kind: AccountKind::Staff,
        grade: Grade::None,
        roles,
        organisation: None,
        via: Via::Session(SessionId::from(id(2))),
        address: String::new(),
    }
}

fn actor(roles: &[(StaffRole, &str)]) -> Actor {
    Actor::Signed(Box::new(holding(roles)))
}

fn token(roles: &[(StaffRole, &str)], scopes: &[Scope]) -> Actor {
    let via = Via::Token(TokenId::from(id(3)), scopes.to_vec());
    Actor::Signed(Box::new(Signed { via, ..holding(roles) }))
}

const COUNTY: &str = "990101";
const OTHER_COUNTY: &str = "990102";
const CITY: &str = "990100";

/// Name, predicate at the county, and the roles that pass; every other role and the visitor must be refused.
type Row = (&'static str, fn(&Actor) -> bool, &'static [StaffRole]);

const TABLE: &[Row] = &[
    ("see_directory", see_directory, &[Officer, Reviewer, Leader]),
    ("see_entry", |a| see_entry(a, region(COUNTY)), &[Officer, Reviewer, Leader]),
    ("edit_entry", |a| edit_entry(a, region(COUNTY)), &[Officer]),
    ("edit_directory", edit_directory, &[Officer]),
    ("reveal_contacts", |a| reveal_contacts(a, region(COUNTY)), &[Officer]),
    ("import", import, &[Officer]),
    ("undo_import", |a| undo_import(a, region(COUNTY)), &[Officer]),
    ("export", export, &[Officer, Reviewer, Leader]),
    ("export_contacts", export_contacts, &[Officer]),
    ("use_desk", use_desk, &[Finance, Reviewer, Leader]),
    ("see_report", |a| see_report(a, region(COUNTY)), &[Finance, Reviewer, Leader]),
    ("upload_report", |a| upload_report(a, region(COUNTY)), &[Finance, Reviewer]),
    ("upload_reports", upload_reports, &[Finance, Reviewer]),
    ("remove_report", |a| remove_report(a, region(COUNTY)), &[Reviewer]),
    ("assign_finding", |a| assign_finding(a, region(COUNTY)), &[Finance, Reviewer]),
    ("comment", |a| comment(a, region(COUNTY)), &[Finance, Reviewer, Leader]),
    ("mark_fixed", |a| mark_fixed(a, region(COUNTY)), &[Finance, Reviewer]),
    ("judge_finding", |a| judge_finding(a, region(COUNTY)), &[Reviewer]),
    ("see_dashboards", see_dashboards, &[Finance, Reviewer, Leader]),
    ("see_years", see_years, &[Officer, Finance, Reviewer, Leader]),
    ("see_year", |a| see_year(a, region(COUNTY)), &[Officer, Finance, Reviewer, Leader]),
    ("keep_units", |a| keep_units(a, region(COUNTY)), &[Finance]),
    ("keep_projects", |a| keep_projects(a, region(COUNTY)), &[Officer, Finance]),
    ("open_year", |a| open_year(a, region(COUNTY)), &[Finance]),
    ("close_year", |a| close_year(a, region(COUNTY)), &[Finance]),
    ("reopen_year", |a| reopen_year(a, region(COUNTY)), &[Leader]),
    ("see_money", see_money, &[Finance, Reviewer, Leader]),
    ("see_books", |a| see_books(a, region(COUNTY)), &[Finance, Reviewer, Leader]),
    ("keep_books", |a| keep_books(a, region(COUNTY)), &[Finance]),
    ("see_performance", see_performance, &[Officer, Finance, Reviewer, Leader]),
    ("see_target", |a| see_target(a, region(COUNTY)), &[Officer, Finance, Reviewer, Leader]),
    ("keep_targets", |a| keep_targets(a, region(COUNTY)), &[Officer, Finance]),
    ("keep_some_targets", keep_some_targets, &[Officer, Finance]),
    ("review_target", |a| review_target(a, region(COUNTY)), &[Reviewer]),
    ("comment_target", |a| comment_target(a, region(COUNTY)), &[Officer, Finance, Reviewer, Leader]),
    ("follow_targets", |a| follow_targets(a, region(COUNTY)), &[Officer, Finance]),
    ("evaluate_self", |a| evaluate_self(a, region(COUNTY)), &[Officer, Finance]),
    ("evaluate_others", |a| evaluate_others(a, region(COUNTY)), &[Reviewer]),
    ("keep_tasks", |a| keep_tasks(a, region(COUNTY)), &[Officer, Finance, Reviewer]),
    ("confirm_task", |a| confirm_task(a, region(COUNTY)), &[Reviewer]),
    ("try_allocation", try_allocation, &[Finance, Reviewer, Leader]),
    ("see_evidence", see_evidence, &[Officer, Finance, Reviewer, Leader]),
    ("see_evidence_of", |a| see_evidence_of(a, region(COUNTY)), &[Officer, Finance, Reviewer, Leader]),
    ("record_evidence", |a| record_evidence(a, region(COUNTY)), &[Officer, Finance]),
    ("record_somewhere", record_somewhere, &[Officer, Finance]),
    (
        "confirm_evidence",
        |a| confirm_evidence(a, region(COUNTY), Some(AccountId::from(id(9)))),
        &[Officer, Finance, Reviewer],
    ),
    ("confirm_evidence (the machine's)", |a| confirm_evidence(a, region(COUNTY), None), &[Officer, Finance, Reviewer]),
    ("confirm_evidence (one's own)", |a| confirm_evidence(a, region(COUNTY), Some(AccountId::from(id(1)))), &[]),
    ("void_evidence", |a| void_evidence(a, region(COUNTY), Some(AccountId::from(id(9)))), &[Reviewer]),
    (
        "void_evidence (one's own)",
        |a| void_evidence(a, region(COUNTY), Some(AccountId::from(id(1)))),
        &[Officer, Finance, Reviewer],
    ),
    ("void_evidence (the machine's)", |a| void_evidence(a, region(COUNTY), None), &[Reviewer]),
    ("undo_evidence_import", |a| undo_evidence_import(a, region(COUNTY), AccountId::from(id(9))), &[Reviewer]),
    ("manage_accounts", manage_accounts, &[Administrator]),
    ("manage_account", |a| manage_account(a, Some(region(COUNTY)), &[]), &[Administrator]),
    ("grant_role", |a| grant_role(a, AccountId::from(id(9)), region(COUNTY)), &[Administrator]),
    ("verify_identity", |a| verify_identity(a, AccountId::from(id(9)), Some(region(COUNTY))), &[Officer]),
    ("check_identities", check_identities, &[Officer]),
    ("read_log", read_log, &[Leader, Administrator]),
    ("see_jobs", see_jobs, &[Administrator]),
];

#[test]
fn each_act_is_open_to_its_roles_and_to_nobody_else() {
    for (name, may, allowed) in TABLE {
        assert!(!may(&Actor::visitor("192.0.2.1")), "{name}: visitor");
        assert!(!may(&actor(&[])), "{name}: account without a role");
        for role in StaffRole::ALL {
            assert_eq!(may(&actor(&[(*role, COUNTY)])), allowed.contains(role), "{name}: {role}");
        }
    }
}

#[test]
fn a_city_reaches_its_counties_and_a_county_nothing_else() {
    let city = actor(&[(Officer, CITY)]);
    assert!(edit_entry(&city, region(COUNTY)) && edit_entry(&city, region(OTHER_COUNTY)));
    assert!(!edit_entry(&city, region("990000")) && !edit_entry(&city, region("330106")));
    let county = actor(&[(Officer, COUNTY)]);
    assert!(!edit_entry(&county, region(OTHER_COUNTY)) && !see_entry(&county, region(OTHER_COUNTY)));
    assert!(!edit_entry(&county, region(CITY)) && !reveal_contacts(&county, region(OTHER_COUNTY)));
    assert_eq!(directory_regions(&actor(&[(Officer, COUNTY), (Leader, CITY)])), [region(CITY)]);
    assert_eq!(contact_regions(&actor(&[(Officer, COUNTY), (Leader, CITY)])), [region(COUNTY)]);
}

#[test]
fn a_role_held_elsewhere_adds_nothing_here() {
    let mixed = actor(&[(Officer, OTHER_COUNTY), (Leader, COUNTY)]);
    assert!(see_entry(&mixed, region(COUNTY)) && !edit_entry(&mixed, region(COUNTY)));
}

#[test]
fn a_closed_year_is_opened_by_a_person_of_its_region() {
    let leader = actor(&[(Leader, COUNTY)]);
    assert!(reopen_year(&leader, region(COUNTY)) && !reopen_year(&leader, region(OTHER_COUNTY)));
    assert!(!reopen_year(&token(&[(Leader, COUNTY)], &[Scope::MoneyWrite]), region(COUNTY)));
    assert!(!close_year(&token(&[(Finance, COUNTY)], &[Scope::MoneyRead]), region(COUNTY)));
    assert!(close_year(&token(&[(Finance, COUNTY)], &[Scope::MoneyWrite]), region(COUNTY)));
}

#[test]
fn a_key_narrows_and_never_widens() {
    let reading = token(&[(Officer, COUNTY)], &[Scope::DirectoryRead]);
    assert!(see_entry(&reading, region(COUNTY)));
    assert!(!edit_entry(&reading, region(COUNTY)) && !reveal_contacts(&reading, region(COUNTY)) && !import(&reading));
    assert!(contact_regions(&reading).is_empty());
    let all = token(&[(Finance, COUNTY)], Scope::ALL);
    assert!(use_desk(&all) && !see_directory(&all) && !judge_finding(&all, region(COUNTY)));
    let nothing = token(&[(Administrator, COUNTY), (Officer, COUNTY)], &[]);
    assert!(TABLE.iter().all(|(_, may, _)| !may(&nothing)));
}

#[test]
fn a_key_never_changes_what_guards_an_account() {
    let me = AccountId::from(id(1));
    let key = token(&[(Administrator, COUNTY)], Scope::ALL);
    assert!(own_account(&key, me) && !guard_account(&key, me));
    assert!(!grant_role(&key, AccountId::from(id(9)), region(COUNTY)));
    assert!(guard_account(&actor(&[]), me) && !guard_account(&actor(&[]), AccountId::from(id(9))));
}

#[test]
fn nobody_grants_to_oneself_or_above() {
    let administrator = actor(&[(Administrator, COUNTY)]);
    let (me, other) = (AccountId::from(id(1)), AccountId::from(id(9)));
    assert!(!grant_role(&administrator, me, region(COUNTY)));
    assert!(
        !grant_role(&administrator, other, region(CITY)) && !grant_role(&administrator, other, region(OTHER_COUNTY))
    );
    let higher = HeldRole { role: Leader, region: region("990000"), association: None };
    assert!(
        !manage_account(&administrator, Some(region(COUNTY)), std::slice::from_ref(&higher)),
        "a reset link would take it over"
    );
    assert!(!manage_account(&administrator, None, &[higher]));
    assert!(manage_account(&administrator, None, &[]));
}

#[test]
fn only_those_who_are_known_vouch_and_never_for_themselves() {
    let house = OrganisationId::from(id(5));
    let (me, other) = (AccountId::from(id(1)), AccountId::from(id(9)));
    let member = |grade, organisation| Actor::Signed(Box::new(Signed { grade, organisation, ..holding(&[]) }));
    assert!(vouch(&member(Grade::Vouched, Some(house)), other, Some(house), None));
    assert!(!vouch(&member(Grade::Vouched, Some(house)), me, Some(house), None));
    assert!(!vouch(&member(Grade::Declared, Some(house)), other, Some(house), None));
    assert!(!vouch(&member(Grade::Verified, Some(OrganisationId::from(id(6)))), other, Some(house), None));
    assert!(!vouch(&member(Grade::Verified, None), other, None, None));
    let officer = actor(&[(Officer, COUNTY)]);
    assert!(vouch(&officer, other, None, Some(region(COUNTY))) && !vouch(&officer, me, None, Some(region(COUNTY))));
    assert!(!vouch(&officer, other, None, Some(region(OTHER_COUNTY))) && !vouch(&officer, other, None, None));
    assert!(!verify_identity(&officer, me, Some(region(COUNTY))));
}

#[test]
fn a_refusal_asks_visitors_to_sign_in_and_others_not() {
    let visitor = Actor::visitor("192.0.2.1");
    assert_eq!(visitor.must(see_directory(&visitor)).unwrap_err().code, "sign_in");
    let citizen = actor(&[]);
    assert_eq!(citizen.must(see_directory(&citizen)).unwrap_err().code, "forbidden");
}
