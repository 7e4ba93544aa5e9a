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
    for prototype in Prototype::all() {
        for text in [&prototype.name, &prototype.definition] {
            assert!(text.zh.chars().any(is_han), "{}: {}", prototype.code, text.zh);
            assert!(!text.en.is_empty() && !text.en.chars().any(is_han), "{}: {}", prototype.code, text.en);
        }
        assert!(
            prototype.definition.zh.ends_with('。') && prototype.definition.en.ends_with('.'),
            "{}",
            prototype.code
        );
        assert!(prototype.definition.zh.chars().count() >= 10, "{} says too little", prototype.code);
        assert!(!prototype.unit.is_empty() && !prototype.evidence.is_empty(), "{}", prototype.code);
        assert!(prototype.evidence.iter().all(|k| is_evidence(k)), "{}: {:?}", prototype.code, prototype.evidence);
        assert!(is_sound(&prototype.measure), "{}: {:?}", prototype.code, prototype.measure);
        assert_ne!(prototype.operator, Operator::Qualitative, "{}: the library is measurable", prototype.code);
    }
}

#[test]
fn there_are_enough_and_no_two_are_one() {
    let prototypes = Prototype::all();
    assert!(prototypes.len() >= 150, "{}", prototypes.len());
    assert_eq!(prototypes.iter().map(|e| &e.code).collect::<BTreeSet<_>>().len(), prototypes.len());
    let names: BTreeSet<_> = prototypes.iter().map(|e| (e.kind, &e.name.zh)).collect();
    assert_eq!(names.len(), prototypes.len());
    let computed = prototypes.iter().filter(|e| !e.measure.is_stated()).count();
    assert!(computed >= 60, "{computed} are computed");
}

#[test]
fn each_kind_of_project_has_each_branch_and_each_twig_occurs() {
    for kind in ProjectKind::ALL.iter().filter(|k| **k != ProjectKind::General) {
        let own: Vec<&Prototype> = Prototype::all().iter().filter(|e| e.kind == *kind).collect();
        assert!(own.len() >= 7, "{kind} has {}", own.len());
        for level1 in [Level1::Output, Level1::Benefit, Level1::Satisfaction] {
            assert!(own.iter().any(|e| e.level1() == level1), "{kind} has no {level1}");
        }
        assert!(own.iter().any(|e| e.level2 == Level2::Quantity), "{kind} has no quantity");
    }
    for level2 in Level2::ALL {
        assert!(Prototype::all().iter().any(|e| e.level2 == *level2), "no {level2}");
    }
}

#[test]
fn percentages_and_money_are_held_the_right_way() {
    for prototype in Prototype::all() {
        let cost = matches!(
            prototype.level2,
            Level2::OutputCost | Level2::EconomicCost | Level2::SocialCost | Level2::EcologicalCost
        );
        assert!(
            !cost || prototype.operator.is_reverse() || prototype.operator == Operator::Equal,
            "{}",
            prototype.code
        );
        assert!(
            prototype.level1() != Level1::Satisfaction
                || prototype.measure == (Measure::Satisfaction { project: None }),
            "{}",
            prototype.code
        );
        let ledger = matches!(prototype.measure, Measure::Ledger { .. });
        assert!(!ledger || prototype.unit == "元", "{}: the ledger answers in 元", prototype.code);
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
    assert_eq!(Search::default().run().len(), Prototype::all().len());
}

#[test]
fn a_draft_carries_everything_but_target_and_weight() {
    let draft = Prototype::coded("activities.people").map(Prototype::draft);
    let draft = draft.expect("it is in the library");
    assert_eq!((draft.lower, draft.weight), (None, Decimal::ZERO));
    assert_eq!(draft.measure, Measure::evidence("activity", Some("people")));
    assert_eq!((draft.level1, draft.unit.as_str()), (Level1::Output, "人次"));
}
