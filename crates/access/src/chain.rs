//! The log of acts as a chain that shows tampering. How entries are stored and searched is not here.

use keqiao_base::chain::Chained;
use keqiao_base::{AccountId, Moment};
use serde::Serialize;

pub use keqiao_base::chain::{Anchor, Break, Broken, NotAnAnchor, ORIGIN, Verifier};

/// One entry of the log.
pub type Entry = keqiao_base::chain::Entry<Act>;

/// What happened, before it has its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Act {
    /// When.
    pub at: Moment,
    /// Which account; none for visitors and the machine.
    pub account: Option<AccountId>,
    /// The name of who acted, as it was then.
    pub name: String,
    /// From which network address; empty for the machine.
    pub address: String,
    /// What was done: a code such as `contacts.reveal`.
    pub action: String,
    /// To what: kind and id, such as `person:0190…`; may be empty.
    pub subject: String,
    /// More, as JSON text; exactly these bytes are hashed.
    pub detail: String,
}

impl Chained for Act {
    const TAG: &'static [u8] = b"keqiao log 1";

    fn fields(&self) -> Vec<String> {
        let account = self.account.map(|id| id.to_string()).unwrap_or_default();
        let texts = [&self.name, &self.address, &self.action, &self.subject, &self.detail];
        [self.at.millis().to_string(), account].into_iter().chain(texts.map(String::clone)).collect()
    }
}

/// Follows a whole log at once.
///
/// # Errors
/// Where it is broken.
pub fn verify<'a>(entries: impl IntoIterator<Item = &'a Entry>, anchor: Option<Anchor>) -> Result<Anchor, Broken> {
    keqiao_base::chain::verify(entries, anchor)
}

#[cfg(test)]
#[path = "chain_tests.rs"]
mod tests;
