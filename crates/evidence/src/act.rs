//! The acts on evidence: recorded, confirmed, raised, added to, voided. Each is an entry of one chain; nothing of it is ever changed.

use keqiao_base::chain::Chained;
use keqiao_base::{AccountId, EvidenceId, Moment, coded};
use serde::Serialize;

coded! {
    /// What was done with a record.
    pub enum ActKind {
        /// It was written down; the detail is what it states.
        Recorded = "recorded" => ("登记", "recorded it"),
        /// Another person confirmed it.
        Confirmed = "confirmed" => ("确认", "confirmed it"),
        /// It was lifted to a higher rung, with proof.
        Raised = "raised" => ("提升证明等级", "raised its rung"),
        /// Files were added.
        Attached = "attached" => ("补充材料", "added files"),
        /// It was declared void, with the reason.
        Voided = "voided" => ("作废", "voided it"),
    }
}

/// One act, before it has its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Act {
    /// When.
    pub at: Moment,
    /// By which account; none for the machine.
    pub account: Option<AccountId>,
    /// The name they had then.
    pub name: String,
    /// On which record.
    pub evidence: EvidenceId,
    /// What was done.
    pub what: ActKind,
    /// More, as JSON text; exactly these bytes are hashed.
    pub detail: String,
}

/// An act in its place in the chain.
pub type Entry = keqiao_base::chain::Entry<Act>;

impl Chained for Act {
    const TAG: &'static [u8] = b"keqiao evidence 1";

    fn fields(&self) -> Vec<String> {
        vec![
            self.at.millis().to_string(),
            self.account.map(|id| id.to_string()).unwrap_or_default(),
            self.name.clone(),
            self.evidence.to_string(),
            self.what.code().to_owned(),
            self.detail.clone(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use keqiao_base::chain::{Anchor, Break, verify};

    use super::*;

    #[test]
    fn whoever_changes_an_act_breaks_the_chain_there() {
        let mut end = Anchor::default();
        let mut entries: Vec<Entry> = (1..=4)
            .map(|n| {
                let act = Act {
                    at: Moment::from_millis(n),
                    account: None,
                    name: "周敏".to_owned(),
                    evidence: EvidenceId::from(uuid::Uuid::from_u128(7)),
                    what: ActKind::Recorded,
                    detail: "{}".to_owned(),
                };
                let entry = end.follow(act);
                end = Anchor { seq: entry.seq, hash: entry.hash.clone() };
                entry
            })
            .collect();
        assert_eq!(verify(&entries, None).unwrap(), end);
        entries[2].act.detail = r#"{"people":5000}"#.to_owned();
        let broken = verify(&entries, None).unwrap_err();
        assert_eq!((broken.seq, broken.why), (3, Break::Changed));
        entries.remove(2);
        assert_eq!(verify(&entries, None).unwrap_err().why, Break::Missing);
    }
}
