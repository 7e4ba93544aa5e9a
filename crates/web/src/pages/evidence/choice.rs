//! Which records the query of a page chooses, the options of its filters, and how a record's state is shown.

use keqiao_access::{Actor, RegionCode, may};
use keqiao_app::evidence::{EvidenceFilter, EvidenceRecord, Standing};
use keqiao_evidence::{Kind, Rung};

use crate::listing::Listing;
use crate::view::View;

/// Code and title, for a field that chooses.
pub(super) type Options = Vec<(String, String)>;

/// The records that a list chooses.
pub(super) fn filter(l: &Listing) -> EvidenceFilter {
    let words: String = l.get("q").chars().filter(|c| !c.is_control()).take(100).collect();
    EvidenceFilter {
        regions: Vec::new(),
        region: l.get("region").parse().ok(),
        kind: l.get("kind").parse().ok(),
        project: l.get("project").parse().ok(),
        since: l.get("since").parse().ok(),
        until: l.get("until").parse().ok(),
        rung_min: l.get("rung").parse().ok(),
        standing: l.get("standing").parse().ok(),
        flagged: l.get("flagged") == "1",
        words: Some(words).filter(|w| !w.is_empty()),
        import: l.get("import").parse().ok(),
    }
}

/// The kinds.
pub(super) fn kinds(v: &View) -> Options {
    Kind::ALL.iter().map(|k| (k.code().to_owned(), v.f(k.title()).to_owned())).collect()
}

/// The standings.
pub(super) fn standings(v: &View) -> Options {
    Standing::ALL.iter().map(|s| (s.code().to_owned(), v.f(s.title()).to_owned())).collect()
}

/// The rungs above one.
pub(super) fn rungs_above(v: &View, rung: Rung) -> Options {
    let title = |r: &Rung| format!("{} {}", r.number(), v.f(r.title()));
    Rung::ALL.iter().filter(|r| **r > rung).map(|r| (r.code().to_owned(), title(r))).collect()
}

/// Regions to filter by: those whose records one sees and the ones right below.
pub(super) fn regions(actor: &Actor) -> Options {
    with_below(may::evidence_regions(actor))
}

/// Associations to record for.
pub(super) fn own_regions(actor: &Actor) -> Options {
    with_below(may::record_regions(actor))
}

fn with_below(regions: Vec<RegionCode>) -> Options {
    let all = regions.into_iter().flat_map(|r| std::iter::once(r).chain(r.below()));
    all.map(|r| (r.code(), r.full_name())).collect()
}

/// The tone of the badge of a record's rung.
pub(super) fn tone(record: &EvidenceRecord) -> &'static str {
    match (record.voided, record.rung) {
        (true, _) => "error",
        (false, 0) => "quiet",
        (false, 1) => "info",
        (false, _) => "good",
    }
}

/// What the badge says.
pub(super) fn standing(record: &EvidenceRecord, v: &View) -> String {
    match (record.voided, record.rung) {
        (true, _) => v.f(Standing::Voided.title()).to_owned(),
        (false, 0) => v.f(Standing::Open.title()).to_owned(),
        (false, n) => format!("{n} {}", v.f(record.rung().title())),
    }
}

/// The counts of a record in words: `参加人次 48人次 · 场次 1场`.
pub(super) fn counts(record: &EvidenceRecord, v: &View) -> String {
    let one = |(count, n): (keqiao_evidence::Count, i64)| {
        format!("{} {}{}", v.f(count.title()), v.count(n), v.t(count.unit().zh, ""))
    };
    record.counts().some().map(one).collect::<Vec<_>>().join(" · ")
}

/// The days of a record.
pub(super) fn days(record: &EvidenceRecord) -> String {
    if record.started == record.ended {
        record.started.to_string()
    } else {
        format!("{} – {}", record.started, record.ended)
    }
}
