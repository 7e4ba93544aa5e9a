//! The directory of 云汀县 (Yunting), a county that does not exist: its people, organisations and how they belong together.

pub(crate) mod draw;
mod organisation;
mod person;
mod words;

use keqiao_directory::{Organisation, Person, RelationKind};

pub(crate) use draw::Draw;
pub(crate) use words::TOWNS;

/// The county.
pub(crate) const COUNTY: &str = "云汀县";
/// Its code; no real code begins with 99.
pub(crate) const REGION: &str = "990101";

/// A link from one entry to another, by their places in the lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// How they belong together.
    pub kind: RelationKind,
    /// The first: a person, or an organisation for the kinds between organisations.
    pub from: usize,
    /// The second, always an organisation.
    pub to: usize,
    /// Since when.
    pub since: String,
}

impl Link {
    fn between(kind: RelationKind, from: usize, to: usize, since: &str) -> Link {
        Link { kind, from, to, since: since.to_owned() }
    }
}

/// The whole directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directory {
    /// People.
    pub people: Vec<Person>,
    /// Organisations; the association comes first.
    pub organisations: Vec<Organisation>,
    /// Links from people.
    pub of_people: Vec<Link>,
    /// Links between organisations.
    pub of_organisations: Vec<Link>,
}

/// How many people stand in the directory of the demo.
pub const PEOPLE: usize = 1200;

/// The directory of the county with so many people, the same at every call.
pub fn directory(people: usize) -> Directory {
    let draw = draw::Draw::seed(20_260_101);
    let (organisations, of_organisations) = organisation::all(&draw);
    let (people, of_people) = person::all(&draw, people, &organisations);
    Directory { people, organisations, of_people, of_organisations }
}

/// A number that nobody has: no subscriber's number in the country begins with 0.
fn phone(n: usize) -> String {
    format!("0990-00{n:05}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use keqiao_directory::Entry;
    use keqiao_sheet::Places;

    use super::*;

    struct Here;

    impl Places for Here {
        fn code(&self, text: &str) -> Option<String> {
            (text == REGION).then(|| REGION.to_owned())
        }
        fn name(&self, _: &str) -> Option<String> {
            None
        }
    }

    /// Each value is in the form in which the directory itself would store it.
    fn faults<E: Entry>(entries: &[E]) -> Vec<String> {
        let of = |entry: &E| {
            E::columns()
                .iter()
                .filter_map(move |c| {
                    let stored = entry.get(c.key).to_owned();
                    let read =
                        if stored.is_empty() && !c.required { Ok(String::new()) } else { c.value.read(&stored, &Here) };
                    (read.as_ref() != Ok(&stored)).then(|| format!("{}: {stored:?} {read:?}", c.key))
                })
                .collect::<Vec<_>>()
        };
        entries.iter().flat_map(of).collect()
    }

    #[test]
    fn entries_are_such_as_the_directory_takes() {
        let all = directory(PEOPLE);
        assert_eq!((all.people.len(), all.organisations.len()), (1200, 162));
        assert_eq!(faults(&all.people), Vec::<String>::new());
        assert_eq!(faults(&all.organisations), Vec::<String>::new());
        let codes: Vec<_> = all.organisations.iter().map(|o| &o.credit_code).filter(|c| !c.is_empty()).collect();
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len(), "no code twice");
        let names: BTreeSet<_> = all.organisations.iter().map(|o| &o.name).collect();
        assert_eq!(names.len(), all.organisations.len(), "no name twice");
    }

    #[test]
    fn links_hold_and_each_stands_once() {
        let all = directory(PEOPLE);
        let mut seen = BTreeSet::new();
        for link in &all.of_people {
            assert!(link.from < all.people.len() && link.to < all.organisations.len());
            assert!(seen.insert((link.kind, link.from, link.to)), "{link:?} twice");
        }
        assert!(all.of_organisations.iter().all(|l| l.from != l.to && l.to < all.organisations.len()));
        assert_eq!(directory(PEOPLE), all);
    }
}
