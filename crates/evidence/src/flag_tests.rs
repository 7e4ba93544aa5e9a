//! What is flagged, and what just is not.

use super::*;
use crate::{EvidenceRow, FileNote, Taken};

fn stated(change: impl FnOnce(&mut EvidenceRow)) -> Stated {
    let mut row = EvidenceRow {
        kind: "training".into(),
        title: "茶园绿色防控技术培训".into(),
        started: "2026-03-02".into(),
        place: "下河村文化礼堂".into(),
        people: "48".into(),
        sessions: "1".into(),
        ..EvidenceRow::default()
    };
    change(&mut row);
    Stated::of(&row).unwrap()
}

fn today() -> Day {
    "2026-03-03".parse().unwrap()
}

fn kinds(stated: &Stated, around: &Around) -> Vec<FlagKind> {
    flags(stated, today(), around).into_iter().map(|f| f.kind).collect()
}

fn alone(stated: &Stated) -> Vec<FlagKind> {
    kinds(stated, &Around::default())
}

fn photo(hash: &str, day: &str, point: Option<Point>) -> FileNote {
    let taken = Taken { day: day.parse().ok(), time: String::new(), point };
    FileNote { hash: hash.into(), role: FileRole::Photo, name: "IMG_1.jpg".into(), size: 9, taken }
}

fn neighbour() -> Neighbour {
    Neighbour { id: EvidenceId::from(uuid::Uuid::from_u128(3)), title: "旧活动".into(), started: today() }
}

#[test]
fn an_ordinary_record_has_no_flag() {
    let mut plain = stated(|_| {});
    plain.files.push(photo("aa", "2026-03-02", Point::new(28_450_000, 119_920_000)));
    let around = Around {
        points: vec![Point::new(28_500_000, 119_900_000).unwrap()],
        people_before: vec![50, 50, 51],
        ..Around::default()
    };
    assert_eq!(kinds(&plain, &around), []);
}

#[test]
fn five_thousand_people_do_not_fit_a_village_hall() {
    let crowd = stated(|r| r.people = "5000".into());
    assert_eq!(alone(&crowd), [FlagKind::Figure, FlagKind::Venue]);
    let reason = &flags(&crowd, today(), &Around::default())[1].reason;
    assert!(reason.zh.contains("5000") && reason.zh.contains("800") && reason.zh.contains("文化礼堂"), "{}", reason.zh);
    assert_eq!(alone(&stated(|r| (r.people, r.sessions) = ("5000".into(), "20".into()))), [], "250 each");
    assert_eq!(alone(&stated(|r| (r.people, r.place) = ("500".into(), "县体育馆".into()))), [], "at the bound");
    assert_eq!(alone(&stated(|r| (r.people, r.place) = ("501".into(), "县体育馆".into()))), [FlagKind::Figure]);
}

#[test]
fn copies_name_the_record_they_repeat() {
    let mut copied = stated(|_| {});
    copied.files.push(photo("aa", "2026-03-02", None));
    copied.files.push(FileNote { role: FileRole::SignIn, ..photo("bb", "", None) });
    let same_file = ["aa", "bb", "cc"].map(|hash| (hash.to_owned(), neighbour())).to_vec();
    let around = Around { same_file, twins: vec![neighbour()], ..Around::default() };
    let found = flags(&copied, today(), &around);
    assert_eq!(
        found.iter().map(|f| f.kind).collect::<Vec<_>>(),
        [FlagKind::SamePhoto, FlagKind::SameFile, FlagKind::Twin]
    );
    assert!(found.iter().all(|f| f.other == Some(neighbour().id) && f.reason.zh.contains("旧活动")));
}

#[test]
fn photos_of_another_day_or_place_are_flagged() {
    let mut odd = stated(|_| {});
    odd.files.push(photo("aa", "2025-03-02", Point::new(30_250_000, 120_160_000)));
    let around = Around { points: vec![Point::new(28_450_000, 119_920_000).unwrap()], ..Around::default() };
    assert_eq!(kinds(&odd, &around), [FlagKind::PhotoDay, FlagKind::PhotoPlace]);
    assert_eq!(alone(&odd), [FlagKind::PhotoDay], "nothing is known of the place");
}

#[test]
fn days_to_come_and_long_ones_are_flagged() {
    assert_eq!(alone(&stated(|r| r.started = "2026-03-04".into())), [FlagKind::Future]);
    assert_eq!(alone(&stated(|r| r.started = "2026-03-03".into())), []);
    assert_eq!(alone(&stated(|r| (r.started, r.ended) = ("2026-01-01".into(), "2026-02-28".into()))), [FlagKind::Long]);
}

#[test]
fn the_fifth_round_number_in_a_row_is_noted() {
    let hundred = stated(|r| r.people = "100".into());
    let before = |n: &[i64]| Around { people_before: n.to_vec(), ..Around::default() };
    assert_eq!(kinds(&hundred, &before(&[100, 50, 150, 200])), [FlagKind::Round]);
    assert_eq!(kinds(&hundred, &before(&[100, 50, 150])), []);
    assert_eq!(kinds(&hundred, &before(&[100, 51, 150, 200, 50])), []);
    assert_eq!(kinds(&stated(|r| r.people = "48".into()), &before(&[100, 50, 150, 200])), []);
}
