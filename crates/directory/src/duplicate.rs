//! Who may stand in the directory already: found by keys that both would have, then judged; near-linear in the number of entries.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use keqiao_base::coded;
use keqiao_sheet::{folded, organisation_key};

use crate::words::sound;
use crate::{Entry, ListKind};

/// How many entries under one key are looked at: an office's number may stand with hundreds.
const PER_KEY_MAX: usize = 20;

coded! {
    /// How sure it is that two entries mean the same.
    pub enum Certainty {
        /// May be the same.
        Possible = "possible" => ("可能重复", "Possibly the same"),
        /// Most likely the same.
        Likely = "likely" => ("很可能重复", "Probably the same"),
        /// The same.
        Certain = "certain" => ("重复", "The same"),
    }
}

coded! {
    /// Why two entries may mean the same.
    pub enum Reason {
        /// 统一社会信用代码相同
        Code = "code" => ("统一社会信用代码相同", "Same credit code"),
        /// 姓名和电话相同
        NameAndPhone = "name_and_phone" => ("名称和电话相同", "Same name and phone"),
        /// 名称和单位相同
        NameAndOrganisation = "name_and_organisation" => ("姓名和工作单位相同", "Same name and organisation"),
        /// 名称相同
        Name = "name" => ("名称相同", "Same name"),
        /// 读音相同
        Sound = "sound" => ("名称读音相同", "Names sound the same"),
        /// 一字之差
        OneSign = "one_sign" => ("名称只差一字", "Names differ in one character"),
        /// 电话或邮箱相同
        Contact = "contact" => ("电话或邮箱相同", "Same phone or e-mail"),
    }
}

/// What is compared of an entry.
#[derive(Clone, Debug, Default)]
pub struct Brief {
    name: String,
    sound: String,
    organisation: String,
    region: String,
    code: String,
    contacts: Vec<String>,
}

impl Brief {
    /// What is compared of this entry.
    pub fn of<T: Entry>(entry: &T) -> Brief {
        let name = entry.get("name");
        let phones = entry.get("phone").split('、');
        Brief {
            name: match T::KIND {
                ListKind::People => folded(name).to_lowercase().replace(' ', ""),
                ListKind::Organisations => organisation_key(name),
            },
            sound: sound(name),
            organisation: organisation_key(entry.get("organisation")),
            region: entry.get("region").to_owned(),
            code: entry.get("credit_code").to_owned(),
            contacts: phones.chain([entry.get("email")]).filter(|c| !c.is_empty()).map(str::to_owned).collect(),
        }
    }

    /// Where this entry's counterparts would be found. People of one name are many: their organisation or region narrows them.
    fn keys(&self) -> Vec<u64> {
        let place = if self.organisation.is_empty() { &self.region } else { &self.organisation };
        let mut keys: Vec<u64> = self.contacts.iter().map(|c| key("contact", c, "")).collect();
        if !self.code.is_empty() {
            keys.push(key("code", &self.code, ""));
        }
        keys.push(key("name", &self.name, ""));
        if !self.sound.is_empty() {
            keys.push(key("sound", &self.sound, place));
        }
        // Two names that differ in one sign share the name without it.
        let signs: Vec<char> = self.name.chars().collect();
        if signs.len() >= 3 {
            for gap in 0..signs.len().min(40) {
                let rest: String = signs.iter().enumerate().map(|(at, &c)| if at == gap { '*' } else { c }).collect();
                keys.push(key("gap", &rest, place));
            }
        }
        keys
    }

    /// Whether the two mean the same, why, and how sure that is.
    fn judge(&self, other: &Brief) -> Option<(Reason, Certainty)> {
        let contact = self.contacts.iter().any(|c| other.contacts.contains(c));
        let name = self.name == other.name;
        if !self.code.is_empty() && !other.code.is_empty() {
            // A code belongs to one body: two codes are two bodies, whatever their names.
            return (self.code == other.code).then_some((Reason::Code, Certainty::Certain));
        }
        let same_place = match (self.organisation.is_empty(), other.organisation.is_empty()) {
            (false, false) => Some(self.organisation == other.organisation),
            _ => None,
        };
        let region = self.region.is_empty() || other.region.is_empty() || self.region == other.region;
        let near = same_place == Some(true) || (same_place.is_none() && region);
        Some(match (name, contact) {
            (true, true) => (Reason::NameAndPhone, Certainty::Certain),
            (true, false) if same_place == Some(true) => (Reason::NameAndOrganisation, Certainty::Likely),
            (true, false) if same_place.is_none() && region => (Reason::Name, Certainty::Possible),
            (true, false) => return None,
            (false, contact) if near && self.sound == other.sound && !self.sound.is_empty() => {
                (Reason::Sound, if contact { Certainty::Likely } else { Certainty::Possible })
            }
            (false, contact) if near && one_sign_apart(&self.name, &other.name) => {
                (Reason::OneSign, if contact { Certainty::Likely } else { Certainty::Possible })
            }
            (false, true) => (Reason::Contact, Certainty::Possible),
            (false, false) => return None,
        })
    }
}

fn key(sort: &str, text: &str, place: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (sort, text, place).hash(&mut hasher);
    hasher.finish()
}

fn one_sign_apart(a: &str, b: &str) -> bool {
    let signs = a.chars().count();
    signs >= 3 && signs == b.chars().count() && a.chars().zip(b.chars()).filter(|(x, y)| x != y).count() == 1
}

/// A counterpart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match<Id> {
    /// Which entry.
    pub id: Id,
    /// Why.
    pub reason: Reason,
    /// How sure.
    pub certainty: Certainty,
}

/// Entries by their keys.
#[derive(Clone, Debug)]
pub struct Index<Id> {
    entries: Vec<(Id, Brief)>,
    by_key: HashMap<u64, Vec<u32>>,
}

impl<Id> Default for Index<Id> {
    fn default() -> Self {
        Index { entries: Vec::new(), by_key: HashMap::new() }
    }
}

impl<Id: Copy + PartialEq> Index<Id> {
    /// Takes an entry in.
    pub fn add(&mut self, id: Id, brief: Brief) {
        let at = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        for key in brief.keys() {
            let bucket = self.by_key.entry(key).or_default();
            if bucket.len() < PER_KEY_MAX {
                bucket.push(at);
            }
        }
        self.entries.push((id, brief));
    }

    /// The counterparts of an entry, the surest first; at most five.
    pub fn find(&self, brief: &Brief) -> Vec<Match<Id>> {
        let mut seen: Vec<u32> = brief.keys().iter().filter_map(|k| self.by_key.get(k)).flatten().copied().collect();
        seen.sort_unstable();
        seen.dedup();
        let mut found: Vec<Match<Id>> = seen
            .into_iter()
            .filter_map(|at| self.entries.get(at as usize))
            .filter_map(|(id, other)| {
                brief.judge(other).map(|(reason, certainty)| Match { id: *id, reason, certainty })
            })
            .collect();
        found.sort_by_key(|m| std::cmp::Reverse(m.certainty));
        found.truncate(5);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Organisation, Person};

    fn person(name: &str, phone: &str, organisation: &str) -> Person {
        Person {
            name: name.into(),
            phone: phone.into(),
            organisation: organisation.into(),
            region: "330100".into(),
            ..Person::default()
        }
    }

    #[test]
    fn people_are_compared_by_name_sound_phone_and_organisation() {
        let known = person("王小明", "13800000000", "样例科技有限公司");
        let mut index = Index::default();
        index.add(1, Brief::of(&known));
        for (other, expected) in [
            (person("王小明", "13800000000", ""), Some((Reason::NameAndPhone, Certainty::Certain))),
            (person("王小明", "", "样例科技有限责任公司"), Some((Reason::NameAndOrganisation, Certainty::Likely))),
            (person("王小明", "", ""), Some((Reason::Name, Certainty::Possible))),
            (person("王小明", "", "别的公司"), None),
            (person("王晓明", "", "样例科技有限公司"), Some((Reason::Sound, Certainty::Possible))),
            (person("王小朋", "13800000000", "样例科技有限公司"), Some((Reason::OneSign, Certainty::Likely))),
            (person("李四", "13800000000", "样例科技有限公司"), Some((Reason::Contact, Certainty::Possible))),
            (person("李四", "13900000000", "样例科技有限公司"), None),
        ] {
            let found = index.find(&Brief::of(&other)).first().map(|m| (m.reason, m.certainty));
            assert_eq!(found, expected, "{} {} {}", other.name, other.phone, other.organisation);
        }
    }

    #[test]
    fn organisations_with_two_codes_are_two() {
        let body = |name: &str, code: &str| Organisation {
            name: name.into(),
            credit_code: code.into(),
            ..Organisation::default()
        };
        let mut index = Index::default();
        index.add(1, Brief::of(&body("样例（科技）有限公司", "91350100M000100Y43")));
        let find = |o: &Organisation| index.find(&Brief::of(o)).first().map(|m| m.reason);
        assert_eq!(find(&body("改了名的公司", "91350100M000100Y43")), Some(Reason::Code));
        assert_eq!(find(&body("样例科技有限责任公司", "")), Some(Reason::Name));
        assert_eq!(find(&body("样例科技有限公司", "91330000000000000X")), None);
    }

    #[test]
    fn many_who_share_one_number_stay_quick() {
        let mut index = Index::default();
        for n in 0..3_000u32 {
            index.add(n, Brief::of(&person(&format!("人员{n}"), "0571-80000000", "同一单位")));
        }
        assert!(index.find(&Brief::of(&person("人员2999", "0571-80000000", "同一单位"))).len() <= 5);
    }
}
