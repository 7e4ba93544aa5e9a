//! What is refused, at which field; what is written comes back.

use proptest::prelude::*;

use super::*;

fn training() -> EvidenceRow {
    EvidenceRow {
        kind: "training".into(),
        title: "茶园绿色防控技术培训".into(),
        started: "2026-03-02".into(),
        place: "下河村文化礼堂".into(),
        people: "48".into(),
        sessions: "1".into(),
        ..EvidenceRow::default()
    }
}

fn faults(change: impl FnOnce(&mut EvidenceRow)) -> Vec<String> {
    let mut row = training();
    change(&mut row);
    Stated::of(&row).unwrap_err().into_iter().map(|f| f.field).collect()
}

#[test]
fn each_fault_is_named_at_its_field() {
    assert_eq!(faults(|r| r.kind = "party".into()), ["kind"]);
    assert_eq!(faults(|r| r.title = "会".into()), ["title"]);
    assert_eq!(faults(|r| r.started = String::new()), ["started"]);
    assert_eq!(faults(|r| r.started = "1999-12-31".into()), ["started"]);
    assert_eq!(faults(|r| r.ended = "2026-03-01".into()), ["ended"]);
    assert_eq!(faults(|r| r.ended = "2027-03-03".into()), ["ended"]);
    assert_eq!(faults(|r| r.people = String::new()), ["people"]);
    assert_eq!(faults(|r| r.people = "0".into()), ["people"]);
    assert_eq!(faults(|r| r.people = "-1".into()), ["people"]);
    assert_eq!(faults(|r| r.people = "1e9".into()), ["people"]);
    assert_eq!(faults(|r| r.people = "99999999999999999999".into()), ["people"]);
    assert_eq!(faults(|r| r.views = "12".into()), ["views"], "a training has no views");
    assert_eq!(faults(|r| r.money = "-1".into()), ["money"]);
    assert_eq!(faults(|r| r.money = "0.001".into()), ["money"]);
    assert_eq!(faults(|r| r.place = String::new()), ["place"]);
    assert_eq!(faults(|r| (r.people, r.sessions) = (String::new(), String::new())), ["people", "sessions"]);
}

#[test]
fn surveys_hold_together() {
    let survey = |copies: &str, valid: &str, satisfied: &str| EvidenceRow {
        kind: "survey".into(),
        title: "全年满意度调查".into(),
        started: "2026-11-02".into(),
        copies: copies.into(),
        valid: valid.into(),
        satisfied: satisfied.into(),
        ..EvidenceRow::default()
    };
    let field = |row: &EvidenceRow| Stated::of(row).unwrap_err()[0].field.clone();
    assert_eq!(Stated::of(&survey("120", "100", "93")).unwrap().counts.get(Count::Satisfied), 93);
    assert!(Stated::of(&survey("", "100", "0")).is_ok(), "nobody was satisfied: that is an answer");
    assert_eq!(field(&survey("", "100", "")), "satisfied");
    assert_eq!(field(&survey("120", "100", "101")), "satisfied");
    assert_eq!(field(&survey("90", "100", "80")), "valid");
}

#[test]
fn every_kind_can_be_recorded_with_what_its_template_asks_for() {
    for kind in Kind::ALL {
        let template = Template::of(*kind);
        let mut row = EvidenceRow {
            kind: kind.code().into(),
            title: "活动".into(),
            started: "2026-03-02".into(),
            ..EvidenceRow::default()
        };
        row.place = if template.place == Need::No { String::new() } else { "科技馆".into() };
        row.money = if template.money == Need::Must { "1".into() } else { String::new() };
        row.remark = "说明是什么".into();
        template.counts.iter().filter(|f| f.must).for_each(|f| row.set(f.count.code(), "1".into()));
        let stated = Stated::of(&row).unwrap_or_else(|faults| panic!("{kind}: {faults:?}"));
        assert!(template.counts.iter().all(|f| f.plausible > 0), "{kind}");
        assert_eq!(Stated::of(&stated.row()), Ok(stated), "{kind}");
    }
}

#[test]
fn twins_are_known_however_they_are_spelt() {
    let one = Stated::of(&training()).unwrap();
    let spaced =
        EvidenceRow {
            title: " 茶园 绿色防控技术培训（".into(), place: "下河村·文化礼堂".into(), ..training()
        };
    assert_eq!(one.twin(), Stated::of(&spaced).unwrap().twin());
    let other_day = EvidenceRow { started: "2026-03-03".into(), ..training() };
    assert_ne!(one.twin(), Stated::of(&other_day).unwrap().twin());
}

proptest! {
    #[test]
    fn what_is_stated_comes_back_from_its_json(people in 1i64..1_000_000_000, sessions in 1i64..100, fen in 0i64..1_000_000_000_000) {
        let row = EvidenceRow {
            people: people.to_string(), sessions: sessions.to_string(), money: Fen::new(fen).to_string(), ..training()
        };
        let stated = Stated::of(&row).unwrap();
        let json = serde_json::to_string(&stated).unwrap();
        prop_assert_eq!(serde_json::from_str::<Stated>(&json).unwrap(), stated);
    }

    #[test]
    fn no_text_breaks_the_reader(texts in proptest::collection::vec(".{0,30}", 6)) {
        let row = EvidenceRow {
            kind: texts[0].clone(), title: texts[1].clone(), started: texts[2].clone(), ended: texts[3].clone(),
            people: texts[4].clone(), money: texts[5].clone(), ..training()
        };
        prop_assert!(Stated::of(&row).is_err() || !texts[1].is_empty());
    }
}
