//! The library is complete, valid and unique.

use std::collections::BTreeSet;

use super::*;

/// What a kind of evidence can count, by the words of the `evidence` crate.
fn is_evidence(kind: &str) -> bool {
    kind.parse::<keqiao_evidence::Kind>().is_ok()
}

fn is_sound(measure: &Measure) -> bool {
    match measure {
        Measure::Evidence { kind, count, project, region, rung_min } => {
            kind.as_deref().is_some_and(is_evidence)
                && count.as_deref().is_none_or(|c| c.parse::<keqiao_evidence::Count>().is_ok())
                && (project.is_none() && region.is_none() && rung_min.is_none())
        }
        Measure::Ledger { economic, .. } => economic.as_deref().is_none_or(|e| matches!(e.len(), 3 | 5)),
        Measure::Share { part, whole } => is_sound(part) && is_sound(whole),
        Measure::Satisfaction { .. } | Measure::Statement => true,
    }
}

#[test]
fn every_file_is_read_and_holds_its_own_kind() {
    for (file, kind) in SHIPPED.iter().zip(ProjectKind::ALL) {
        match toml::from_str::<Shelf>(file) {
            Ok(shelf) => {
                assert_eq!(shelf.kind, *kind);
                let prefix = format!("{kind}.");
                assert!(shelf.indicator.iter().all(|i| i.code.starts_with(&prefix)), "{kind}");
            }
            Err(e) => panic!("{kind}: {e}"),
        }
    }
    assert_eq!(SHIPPED.len(), ProjectKind::ALL.len());
}

#[test]
fn every_entry_is_complete_in_both_languages() {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for entry in Entry::all() {
        for text in [&entry.name, &entry.definition] {
            assert!(text.zh.chars().any(is_han), "{}: {}", entry.code, text.zh);
            assert!(!text.en.is_empty() && !text.en.chars().any(is_han), "{}: {}", entry.code, text.en);
        }
        assert!(entry.definition.zh.ends_with('。') && entry.definition.en.ends_with('.'), "{}", entry.code);
        assert!(entry.definition.zh.chars().count() >= 10, "{} says too little", entry.code);
        assert!(!entry.unit.is_empty() && !entry.evidence.is_empty(), "{}", entry.code);
        assert!(entry.evidence.iter().all(|k| is_evidence(k)), "{}: {:?}", entry.code, entry.evidence);
        assert!(is_sound(&entry.measure), "{}: {:?}", entry.code, entry.measure);
        assert_ne!(entry.operator, Operator::Qualitative, "{}: the library is measurable", entry.code);
    }
}

#[test]
fn there_are_enough_and_no_two_are_one() {
    let entries = Entry::all();
    assert!(entries.len() >= 150, "{}", entries.len());
    assert_eq!(entries.iter().map(|e| &e.code).collect::<BTreeSet<_>>().len(), entries.len());
    let names: BTreeSet<_> = entries.iter().map(|e| (e.kind, &e.name.zh)).collect();
    assert_eq!(names.len(), entries.len());
    let computed = entries.iter().filter(|e| !e.measure.is_stated()).count();
    assert!(computed >= 60, "{computed} are computed");
}

#[test]
fn each_kind_of_project_has_each_branch_and_each_twig_occurs() {
    for kind in ProjectKind::ALL.iter().filter(|k| **k != ProjectKind::General) {
        let own: Vec<&Entry> = Entry::all().iter().filter(|e| e.kind == *kind).collect();
        assert!(own.len() >= 7, "{kind} has {}", own.len());
        for level1 in [Level1::Output, Level1::Benefit, Level1::Satisfaction] {
            assert!(own.iter().any(|e| e.level1() == level1), "{kind} has no {level1}");
        }
        assert!(own.iter().any(|e| e.level2 == Level2::Quantity), "{kind} has no quantity");
    }
    for level2 in Level2::ALL {
        assert!(Entry::all().iter().any(|e| e.level2 == *level2), "no {level2}");
    }
}

#[test]
fn percentages_and_money_are_held_the_right_way() {
    for entry in Entry::all() {
        let cost = matches!(
            entry.level2,
            Level2::OutputCost | Level2::EconomicCost | Level2::SocialCost | Level2::EcologicalCost
        );
        assert!(!cost || entry.operator.is_reverse() || entry.operator == Operator::Equal, "{}", entry.code);
        assert!(
            entry.level1() != Level1::Satisfaction || entry.measure == (Measure::Satisfaction { project: None }),
            "{}",
            entry.code
        );
        let ledger = matches!(entry.measure, Measure::Ledger { .. });
        assert!(!ledger || entry.unit == "元", "{}: the ledger answers in 元", entry.code);
    }
}

#[test]
fn words_and_filters_find() {
    let codes = |search: Search<'_>| search.run().iter().map(|e| e.code.as_str()).collect::<Vec<_>>();
    let caravan = codes(Search { words: "大篷车", ..Search::default() });
    assert_eq!(caravan.first(), Some(&"caravan.trips"));
    assert_eq!(codes(Search { words: "Trips caravan", ..Search::default() }).first(), Some(&"caravan.trips"));
    assert!(codes(Search { words: "大篷车 没有这个词", ..Search::default() }).is_empty());
    let museum = Search { kind: Some(ProjectKind::Museum), level1: Some(Level1::Satisfaction), ..Search::default() };
    assert_eq!(codes(museum), ["museum.satisfaction", "general.satisfaction"]);
    let computed = Search { computed: true, level2: Some(Level2::Quantity), ..Search::default() }.run();
    assert!(!computed.is_empty() && computed.iter().all(|e| !e.measure.is_stated()));
    assert_eq!(Search::default().run().len(), Entry::all().len());
}

#[test]
fn a_draft_carries_everything_but_target_and_weight() {
    let draft = Entry::coded("activities.people").map(Entry::draft);
    let draft = draft.expect("it is in the library");
    assert_eq!((draft.lower, draft.weight), (None, Decimal::ZERO));
    assert_eq!(draft.measure, Measure::evidence("activity", Some("people")));
    assert_eq!((draft.level1, draft.unit.as_str()), (Level1::Output, "人次"));
}
