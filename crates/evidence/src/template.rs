//! What a record of each kind consists of: which fields it has, which it must have, and how much of each is still plausible. The form,
//! the checks and the flags follow it.

use crate::{Count, Kind};

/// Whether a field is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It must be filled in.
    Must,
    /// It may be.
    May,
    /// It makes no sense here and is not asked for.
    No,
}

/// One count of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Which.
    pub count: Count,
    /// Whether it must be filled in.
    pub must: bool,
    /// The most that is plausible for one session (where the kind counts sessions), else for one record. D: our own judgement; more is
    /// flagged, never refused.
    pub plausible: i64,
}

/// What a record of a kind consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    /// The kind.
    pub kind: Kind,
    /// Its counts, the most telling first.
    pub counts: &'static [Field],
    /// Where it happened.
    pub place: Need,
    /// Money.
    pub money: Need,
    /// The most days that one record of it takes; more is flagged.
    pub days: i64,
}

const fn must(count: Count, plausible: i64) -> Field {
    Field { count, must: true, plausible }
}

const fn may(count: Count, plausible: i64) -> Field {
    Field { count, must: false, plausible }
}

impl Template {
    /// The template of a kind.
    pub const fn of(kind: Kind) -> Template {
        use Need::{May, Must, No};
        let (place, money, days) = match kind {
            Kind::Training | Kind::Lecture | Kind::Activity | Kind::Visit => (Must, May, 31),
            Kind::Exhibition => (Must, May, 200),
            Kind::Competition => (May, May, 200),
            Kind::Service => (Must, May, 93),
            Kind::Meeting => (Must, May, 10),
            Kind::Review => (May, May, 31),
            Kind::Facility => (Must, May, 366),
            Kind::Payment => (No, Must, 366),
            Kind::Survey => (May, No, 366),
            Kind::Other => (May, May, 366),
            Kind::Publication | Kind::Push | Kind::Naming | Kind::Deal => (No, May, 366),
        };
        Template { kind, counts: counts(kind), place, money, days }
    }

    /// One of its counts.
    pub fn field(&self, count: Count) -> Option<&'static Field> {
        self.counts.iter().find(|f| f.count == count)
    }
}

/// What a kind counts.
const fn counts(kind: Kind) -> &'static [Field] {
    use Count::{Copies, Experts, Items, Organisations, People, Satisfied, Sessions, Valid, Views, Works};
    match kind {
        Kind::Training => const { &[must(People, 500), must(Sessions, 60), may(Experts, 30), may(Copies, 5_000)] },
        Kind::Lecture => const { &[must(People, 3_000), must(Sessions, 60), may(Experts, 20), may(Copies, 5_000)] },
        Kind::Activity => {
            const {
                &[
                    must(People, 20_000),
                    must(Sessions, 100),
                    may(Copies, 50_000),
                    may(Organisations, 200),
                    may(Experts, 200),
                ]
            }
        }
        Kind::Visit => const { &[must(Sessions, 60), may(People, 200), may(Organisations, 50)] },
        Kind::Exhibition => const { &[must(People, 100_000), may(Sessions, 200), may(Items, 2_000)] },
        Kind::Competition => {
            const {
                &[
                    must(People, 20_000),
                    may(Works, 5_000),
                    may(Organisations, 500),
                    may(Sessions, 60),
                    may(Experts, 200),
                ]
            }
        }
        Kind::Publication => const { &[must(Works, 100), must(Copies, 500_000)] },
        Kind::Push => const { &[must(Works, 500), may(Views, 50_000_000)] },
        Kind::Service => {
            const { &[must(Sessions, 100), may(People, 1_000), may(Experts, 50), may(Organisations, 100)] }
        }
        Kind::Meeting => const { &[must(People, 1_000), must(Sessions, 30), may(Experts, 200), may(Works, 500)] },
        Kind::Review => const { &[must(Items, 500), must(Experts, 100)] },
        Kind::Naming => const { &[must(Items, 300)] },
        Kind::Facility => const { &[must(Items, 500)] },
        Kind::Payment => const { &[may(People, 2_000), may(Organisations, 500), may(Items, 500)] },
        Kind::Deal => const { &[must(Items, 50), may(Organisations, 20)] },
        Kind::Survey => const { &[must(Valid, 50_000), must(Satisfied, 50_000), may(Copies, 100_000)] },
        Kind::Other => const { &[may(People, 5_000), may(Sessions, 100), may(Items, 1_000), may(Organisations, 200)] },
    }
}
