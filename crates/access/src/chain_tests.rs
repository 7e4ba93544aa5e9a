//! What a tampered chain shows.

use proptest::prelude::*;

use super::*;

fn act(n: i64) -> Act {
    Act {
        at: Moment::from_millis(n * 1000),
        account: None,
        name: "李华".to_owned(),
        address: "192.0.2.1".to_owned(),
        action: "contacts.reveal".to_owned(),
        subject: format!("person:{n}"),
        detail: "{}".to_owned(),
    }
}

fn chain(length: i64) -> Vec<Entry> {
    let mut end = Anchor::default();
    (1..=length)
        .map(|n| {
            let entry = end.follow(act(n));
            end = Anchor { seq: entry.seq, hash: entry.hash.clone() };
            entry
        })
        .collect()
}

fn broken(entries: &[Entry]) -> (i64, Break) {
    let broken = verify(entries, None).unwrap_err();
    (broken.seq, broken.why)
}

#[test]
fn a_whole_chain_gives_its_end() {
    let entries = chain(5);
    let end = verify(&entries, None).unwrap();
    assert_eq!((end.seq, &end.hash), (5, &entries[4].hash));
    assert_eq!(end.to_string().parse::<Anchor>(), Ok(end.clone()));
    assert_eq!(verify(&[], None), Ok(Anchor::default()));
    assert!("5:abc".parse::<Anchor>().is_err());
}

#[test]
fn tampering_is_named() {
    let mut changed = chain(5);
    changed[2].act.subject = "person:9".to_owned();
    assert_eq!(broken(&changed), (3, Break::Changed));

    let mut missing = chain(5);
    missing.remove(2);
    assert_eq!(broken(&missing), (4, Break::Missing));

    let mut swapped = chain(5);
    swapped.swap(1, 2);
    assert_eq!(broken(&swapped), (3, Break::Missing));

    // Somebody takes one out and numbers and hashes the next anew, but not all the rest.
    let mut sewn = chain(5);
    let before = Anchor { seq: 2, hash: sewn[1].hash.clone() };
    sewn[2] = before.follow(act(7));
    assert_eq!(broken(&sewn), (4, Break::Reordered));
}

#[test]
fn cutting_off_the_end_shows_against_an_anchor() {
    let entries = chain(5);
    let anchor = verify(&entries, None).unwrap();
    assert_eq!(verify(&entries[..3], None).unwrap().seq, 3, "without an anchor nobody can know");
    let cut = verify(&entries[..3], Some(anchor.clone())).unwrap_err();
    assert_eq!((cut.seq, cut.why), (4, Break::Truncated));
    assert_eq!(verify(&[], Some(anchor.clone())).unwrap_err().why, Break::Truncated);

    // A log written anew from the beginning is whole in itself, but not ours.
    let mut end = Anchor::default();
    let forged: Vec<Entry> = (1..=6)
        .map(|n| {
            let entry = end.follow(act(n + 1));
            end = Anchor { seq: entry.seq, hash: entry.hash.clone() };
            entry
        })
        .collect();
    assert!(verify(&forged, None).is_ok());
    assert_eq!(verify(&forged, Some(anchor)).unwrap_err(), Broken { seq: 5, why: Break::Truncated });
}

proptest! {
    /// Any change of any one field of any one entry is noticed.
    #[test]
    fn any_changed_field_is_noticed(at in 0usize..6, field in 0usize..9, text in "[a-z:{}\u{4e00}-\u{4e10}]{1,12}", number in 100i64..10_000) {
        let mut entries = chain(6);
        let before = entries[at].clone();
        let entry = &mut entries[at];
        match field {
            0 => entry.seq = number,
            1 => entry.act.at = Moment::from_millis(number),
            2 => entry.act.account = Some(keqiao_base::AccountId::from(uuid::Uuid::from_u128(7))),
            3 => entry.act.name = text,
            4 => entry.act.address = text,
            5 => entry.act.action = text,
            6 => entry.act.subject = text,
            7 => entry.act.detail = text,
            _ => entry.prev = text,
        }
        prop_assume!(entries[at] != before);
        prop_assert!(verify(&entries, None).is_err());
    }
}
