//! The life of a listing: which act leads from where to where, how long it holds without a word, what speaks against listing it at once.

use keqiao_base::{Day, coded};

use crate::choice::{ListingAct, ListingKind, ListingState};

/// Days that a listing holds after its owner last confirmed it (`exchange.md` 4, failure 8: six to twelve months).
pub const fn term(kind: ListingKind) -> i64 {
    match kind {
        ListingKind::Offer => 365,
        ListingKind::Demand => 180,
        ListingKind::Question => 90,
    }
}

/// Days before its end at which the owner is asked.
pub const ASKED_BEFORE: i64 = 14;

/// Until when a listing holds that is confirmed today; a demand never past its own deadline.
pub fn valid_until(kind: ListingKind, today: Day, deadline: Option<Day>) -> Day {
    let end = today.plus(term(kind));
    deadline.filter(|d| *d >= today).map_or(end, |d| d.min(end))
}

/// Where an act leads; nothing when it cannot be done there.
pub fn next(from: ListingState, act: ListingAct) -> Option<ListingState> {
    use ListingAct as A;
    use ListingState as S;
    Some(match (from, act) {
        // What is listed stays so while it is changed: a new version stands at once, or waits when it raises doubts.
        (S::Draft | S::Returned | S::Listed | S::Expired, A::Changed) => from,
        // What waits is changed only where an officer asked for it (`clarify`).
        (S::Draft | S::Returned | S::Waiting | S::Listed | S::Expired, A::Submitted) => S::Waiting,
        (S::Draft | S::Returned | S::Waiting | S::Listed | S::Expired, A::Listed) => S::Listed,
        (S::Waiting, A::Returned) => S::Returned,
        (S::Draft | S::Returned | S::Waiting, A::Confirmed) => from,
        (S::Listed | S::Expired, A::Renewed) => S::Listed,
        (S::Listed, A::Expired) => S::Expired,
        (S::Draft | S::Returned | S::Waiting | S::Listed | S::Expired, A::Archived) => S::Archived,
        (S::Waiting | S::Listed, A::Asked) => from,
        (S::Waiting | S::Returned | S::Listed | S::Expired, A::Clarified) => from,
        // Nobody is left with questions that no longer matter, wherever the demand went.
        (S::Waiting | S::Returned | S::Listed | S::Expired | S::Archived | S::Frozen, A::Unasked) => from,
        (S::Listed | S::Waiting | S::Expired, A::Frozen) => S::Frozen,
        (S::Frozen, A::Appealed | A::Refused) => S::Frozen,
        (S::Frozen, A::Restored) => S::Listed,
        _ => return None,
    })
}

coded! {
    /// What makes an officer look before a listing is shown.
    pub enum Risk {
        /// Nobody vouched for the publisher, and nothing of theirs was passed before.
        NewPublisher = "new_publisher" => ("发布人首次发布，身份未经证明", "First listing of a publisher nobody vouched for"),
        /// Staff wrote it; its owner has not confirmed the text.
        Unconfirmed = "unconfirmed" => ("代为发布，本人尚未确认", "Written for somebody who has not confirmed it"),
        /// Very like another listing.
        Duplicate = "duplicate" => ("与已有信息高度相似", "Very like a listing that stands already"),
        /// The same text as offer and as demand, or of several publishers.
        Crossed = "crossed" => ("同一内容在不同发布人或供需两边出现", "The same text of several publishers, or on both sides"),
        /// Stock phrases.
        StockPhrases = "stock_phrases" => ("套话较多", "Stock phrases"),
        /// Title and text share nothing.
        Incoherent = "incoherent" => ("标题与正文对不上", "Title and text do not belong together"),
        /// Too many in a short time.
        Burst = "burst" => ("短时间内大量发布", "Many listings in a short time"),
        /// A phone number, an identity number or an address of mail in the public part.
        PersonalData = "personal_data" => ("公开内容中有电话、证件号或邮箱", "A phone number, id number or mail address in the public part"),
        /// Frozen or upheld against before.
        Record = "record" => ("发布人有被冻结的信息", "Something of this publisher was frozen before"),
    }
}

/// What is known of a publisher when something is handed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PublisherRecord {
    /// Vouched for or verified.
    pub vouched: bool,
    /// Listings that were passed before.
    pub passed: u64,
    /// Listings that stand frozen.
    pub frozen: u64,
    /// Listings handed in within the last day.
    pub last_day: u64,
    /// Whether it is written for somebody who has not confirmed it.
    pub unconfirmed: bool,
}

/// Listings that a publisher may hand in within a day before an officer looks.
pub const BURST: u64 = 10;

/// What speaks against listing at once; nothing means that it goes straight through.
pub fn risks(publisher: &PublisherRecord, doubts: &[Risk]) -> Vec<Risk> {
    let own = [
        (!publisher.vouched && publisher.passed == 0, Risk::NewPublisher),
        (publisher.unconfirmed, Risk::Unconfirmed),
        (publisher.frozen > 0, Risk::Record),
        (publisher.last_day > BURST, Risk::Burst),
    ];
    let mut all: Vec<Risk> = own.into_iter().filter(|(is, _)| *is).map(|(_, risk)| risk).collect();
    all.extend(doubts);
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trusted_publisher_goes_straight_through_and_nobody_else() {
        let trusted = PublisherRecord { vouched: true, ..PublisherRecord::default() };
        assert_eq!(risks(&trusted, &[]), []);
        assert_eq!(risks(&PublisherRecord { passed: 1, ..PublisherRecord::default() }, &[]), []);
        assert_eq!(risks(&PublisherRecord::default(), &[]), [Risk::NewPublisher]);
        assert_eq!(risks(&trusted, &[Risk::Duplicate, Risk::Duplicate]), [Risk::Duplicate]);
        let many = PublisherRecord { last_day: BURST + 1, frozen: 1, unconfirmed: true, ..trusted };
        assert_eq!(risks(&many, &[]), [Risk::Unconfirmed, Risk::Burst, Risk::Record]);
    }

    #[test]
    fn no_act_leads_out_of_the_archive_and_only_an_appeal_out_of_the_ice() {
        for &act in ListingAct::ALL {
            let stays = act == ListingAct::Unasked;
            assert_eq!(next(ListingState::Archived, act), stays.then_some(ListingState::Archived), "{act}");
            let leads = next(ListingState::Frozen, act);
            assert_eq!(leads == Some(ListingState::Listed), act == ListingAct::Restored, "{act}");
        }
        assert_eq!(next(ListingState::Draft, ListingAct::Frozen), None);
        assert_eq!(next(ListingState::Expired, ListingAct::Renewed), Some(ListingState::Listed));
    }

    #[test]
    fn a_demand_does_not_outlive_its_deadline() {
        let today = Day::new(2026, 11, 21).unwrap();
        let soon = Day::new(2026, 12, 31);
        assert_eq!(Some(valid_until(ListingKind::Demand, today, soon)), soon);
        assert_eq!(valid_until(ListingKind::Demand, today, None), today.plus(180));
        assert_eq!(valid_until(ListingKind::Demand, today, Day::new(2025, 1, 1)), today.plus(180));
    }
}
