//! Profiles: weights, bands, table sets and thresholds by region × kind × year. Data files, not code.

use serde::Deserialize;

/// One profile. The default is the national one.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Its name, for `--profile`.
    pub name: String,
}

impl Profile {
    /// The profile of that name.
    pub fn named(name: &str) -> Option<Profile> {
        (name == "national").then(Profile::default)
    }

    /// The profile for a region and year, as far as the report says them.
    pub fn for_report(_province: Option<&str>, _year: Option<u16>) -> Profile {
        Profile::default()
    }
}
