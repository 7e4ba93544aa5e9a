//! Who asks: a visitor, or an account with its roles, through a signed-in browser, a key for programs, or the machine itself.
//! What an actor may do is in `may`.

use keqiao_base::{AccountId, OrganisationId, Refusal, SessionId, TokenId};
use serde::Serialize;

use crate::identity::Grade;
use crate::region::RegionCode;
use crate::role::{AccountKind, Scope, StaffRole};

/// A staff role with the association it is held at and that association's region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeldRole {
    /// The role.
    pub role: StaffRole,
    /// The region it is held for, with what lies below.
    pub region: RegionCode,
    /// The association in the directory, when it is known there.
    pub association: Option<OrganisationId>,
}

/// The way by which an account asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Via {
    /// A signed-in browser.
    Session(SessionId),
    /// A key for programs, limited to scopes.
    Token(TokenId, Vec<Scope>),
    /// The machine on behalf of an account: background jobs, the demo's seed, the command line.
    Machine,
}

/// An account that asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The account.
    pub account: AccountId,
    /// The name to sign in with.
    pub login: String,
    /// The name to show.
    pub name: String,
    /// Kind of account.
    pub kind: AccountKind,
    /// Grade of identity.
    pub grade: Grade,
    /// Staff roles.
    pub roles: Vec<HeldRole>,
    /// The organisation of the directory that a member acts for.
    pub organisation: Option<OrganisationId>,
    /// How it asks.
    pub via: Via,
    /// The network address it asks from; empty for the machine.
    pub address: String,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody that we know, with the network address.
    Visitor {
        /// Where the question comes from.
        address: String,
    },
    /// An account.
    Signed(Box<Signed>),
}

impl Actor {
    /// A visitor from an address.
    pub fn visitor(address: impl Into<String>) -> Self {
        Actor::Visitor { address: address.into() }
    }

    /// The account, when there is one.
    pub fn signed(&self) -> Option<&Signed> {
        match self {
            Actor::Visitor { .. } => None,
            Actor::Signed(signed) => Some(signed),
        }
    }

    /// The account, or the refusal that asks to sign in.
    pub fn must_sign_in(&self) -> Result<&Signed, Refusal> {
        self.signed().ok_or_else(Refusal::sign_in)
    }

    /// Turns the answer of a predicate of `may` into a refusal: `actor.must(may::import(actor))?`.
    pub fn must(&self, allowed: bool) -> Result<&Signed, Refusal> {
        let signed = self.must_sign_in()?;
        if allowed { Ok(signed) } else { Err(Refusal::forbidden()) }
    }

    /// The id of the account.
    pub fn account(&self) -> Option<AccountId> {
        self.signed().map(|s| s.account)
    }

    /// The network address.
    pub fn address(&self) -> &str {
        match self {
            Actor::Visitor { address } => address,
            Actor::Signed(signed) => &signed.address,
        }
    }

    /// Whether any of these roles is held at all, and the key (when it is one) has the scope.
    pub fn holds(&self, roles: &[StaffRole], scope: Scope) -> bool {
        self.signed().is_some_and(|s| s.within(scope) && s.roles.iter().any(|r| roles.contains(&r.role)))
    }

    /// Whether any of these roles is held for `region`, and the key (when it is one) has the scope.
    pub fn holds_at(&self, roles: &[StaffRole], scope: Scope, region: RegionCode) -> bool {
        self.signed().is_some_and(|s| {
            s.within(scope) && s.roles.iter().any(|r| roles.contains(&r.role) && r.region.contains(region))
        })
    }

    /// Whether it asks for the account itself.
    pub fn is(&self, account: AccountId, scope: Scope) -> bool {
        self.signed().is_some_and(|s| s.within(scope) && s.account == account)
    }

    /// The regions for which any of these roles is held: rows of a list are cut to them in the query. Regions that lie within
    /// another of the list are left out; an empty list means: nothing.
    pub fn regions(&self, roles: &[StaffRole], scope: Scope) -> Vec<RegionCode> {
        let Some(signed) = self.signed().filter(|s| s.within(scope)) else { return Vec::new() };
        let mut held: Vec<_> = signed.roles.iter().filter(|r| roles.contains(&r.role)).map(|r| r.region).collect();
        held.sort_unstable();
        held.dedup();
        let widest = |r: &RegionCode| !held.iter().any(|other| other != r && other.contains(*r));
        held.iter().copied().filter(widest).collect()
    }
}

impl Signed {
    /// Whether the way by which it asks allows the scope. A browser allows all.
    pub fn within(&self, scope: Scope) -> bool {
        match &self.via {
            Via::Session(_) | Via::Machine => true,
            Via::Token(_, scopes) => scopes.contains(&scope),
        }
    }

    /// Whether it asks from a signed-in browser: needed for what a stolen key must not do (password, keys, roles).
    pub fn in_person(&self) -> bool {
        !matches!(self.via, Via::Token(..))
    }

    /// The session, when it asks from a browser.
    pub fn session(&self) -> Option<SessionId> {
        match self.via {
            Via::Session(id) => Some(id),
            _ => None,
        }
    }
}
