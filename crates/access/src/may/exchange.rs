//! The exchange: what is public everybody sees; owners keep their own; officers of a region look after what belongs there.

use keqiao_base::AccountId;

use crate::actor::{Actor, Signed};
use crate::region::RegionCode;
use crate::role::Scope;
use crate::role::StaffRole::{Leader, Officer};

/// Publish, show interest, keep searches, judge matches, book: whoever has an account.
pub fn publish(a: &Actor) -> bool {
    a.signed().is_some_and(|s| s.within(Scope::ExchangeWrite))
}

/// Publish for somebody who cannot.
pub fn publish_for(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(&[Officer], Scope::ExchangeWrite, region)
}

/// Publish for others somewhere.
pub fn publish_for_others(a: &Actor) -> bool {
    a.holds(&[Officer], Scope::ExchangeWrite)
}

/// Change, renew, put away a listing; answer interests in it: its owner, or who wrote it for an owner without an account.
pub fn keep_listing(a: &Actor, owner: Option<AccountId>, publisher: AccountId) -> bool {
    let who = owner.unwrap_or(publisher);
    a.signed().is_some_and(|s| s.within(Scope::ExchangeWrite) && s.account == who)
        || (owner.is_some() && a.is(publisher, Scope::ExchangeWrite) && publish_for_others(a))
}

/// Confirm a text that somebody else wrote, or appeal against an officer: the owner alone.
pub fn own_listing(a: &Actor, owner: Option<AccountId>) -> bool {
    owner.is_some_and(|owner| a.is(owner, Scope::ExchangeWrite))
}

/// Pass, return, freeze listings; decide on reports about them; never one's own.
pub fn review_listing(a: &Actor, region: RegionCode, owner: Option<AccountId>, publisher: AccountId) -> bool {
    a.holds_at(&[Officer], Scope::ExchangeWrite, region)
        && a.account() != Some(publisher)
        && (owner.is_none() || a.account() != owner)
}

/// Open the officers' desk of the exchange.
pub fn review_listings(a: &Actor) -> bool {
    a.holds(&[Officer, Leader], Scope::ExchangeRead)
}

/// The regions whose listings wait there.
pub fn review_regions(a: &Actor) -> Vec<RegionCode> {
    a.regions(&[Officer, Leader], Scope::ExchangeRead)
}

/// See a listing that is not public: officers and leaders of its region.
pub fn see_hidden_listing(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(&[Officer, Leader], Scope::ExchangeRead, region)
}

/// See what fits a listing: whose it is, who wrote it, officers and leaders of its region.
pub fn see_matches(a: &Actor, region: RegionCode, owner: Option<AccountId>, publisher: AccountId) -> bool {
    let own = owner.is_some_and(|owner| a.is(owner, Scope::ExchangeRead)) || a.is(publisher, Scope::ExchangeRead);
    own || see_hidden_listing(a, region)
}

/// Work out who could serve whom in a region, and read what others worked out there.
pub fn plan_assignment(a: &Actor, region: RegionCode) -> bool {
    a.holds_at(&[Officer, Leader], Scope::ExchangeWrite, region)
}

/// The regions where one does.
pub fn assignment_regions(a: &Actor) -> Vec<RegionCode> {
    a.regions(&[Officer, Leader], Scope::ExchangeWrite)
}

/// Work it out somewhere.
pub fn plan_assignments(a: &Actor) -> bool {
    a.holds(&[Officer, Leader], Scope::ExchangeWrite)
}

/// Keep a studio: who made it.
pub fn keep_studio(a: &Actor, owner: AccountId) -> bool {
    a.is(owner, Scope::ExchangeWrite)
}

/// Open or return a studio.
pub fn review_studio(a: &Actor, region: RegionCode, owner: AccountId) -> bool {
    a.holds_at(&[Officer], Scope::ExchangeWrite, region) && a.account() != Some(owner)
}

/// Whether somebody asks from a browser: what is shown after mutual interest is not for programs.
pub fn open_layer(a: &Actor) -> bool {
    a.signed().is_some_and(Signed::in_person)
}
