//! What a list consists of: its columns, declared once; the template, the mapping, the checks, the forms and the exports follow it.

use keqiao_i18n::Fixed;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Value;

/// One column of a list.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The stable name: form field, API field, history.
    pub key: &'static str,
    /// The heading that people read.
    pub title: Fixed,
    /// Other headings that mean the same.
    pub synonyms: &'static [&'static str],
    /// What may stand in it.
    pub value: Value,
    /// Whether an entry must have it.
    pub required: bool,
    /// What the template says under the heading.
    pub hint: Fixed,
    /// What stands in the template's sample row.
    pub sample: &'static str,
}

impl Column {
    /// Whether it is shown masked, and in clear only to those who may see it.
    pub fn private(&self) -> bool {
        self.value.private()
    }
}

/// One row of a list, read: a person, a voucher line. All values are texts in their stored form; what is missing is the empty text.
pub trait Record: Clone + Default + Send + Sync + PartialEq + Serialize + DeserializeOwned + 'static {
    /// What the list is called: the name of the worksheet.
    const TITLE: Fixed;
    /// Its columns, in the order that people read.
    fn columns() -> &'static [Column];
    /// The stored value of a column.
    fn get(&self, key: &str) -> &str;
    /// Sets the stored value of a column; a key that is none of its columns changes nothing.
    fn set(&mut self, key: &str, value: String);

    /// The column with this key.
    fn column(key: &str) -> Option<&'static Column> {
        Self::columns().iter().find(|c| c.key == key)
    }

    /// The keys whose values differ.
    fn changed(&self, other: &Self) -> Vec<&'static Column> {
        Self::columns().iter().filter(|c| self.get(c.key) != other.get(c.key)).collect()
    }
}

/// Declares a record: per line field, value, need (`REQUIRED` or `OPTIONAL`), titles, synonyms, hints, sample. Expands to the struct, all of
/// whose fields are texts, and its [`Record`].
#[macro_export]
macro_rules! record {
    ($(#[$doc:meta])* $name:ident ($title_zh:literal, $title_en:literal);
     $($field:ident $value:expr, $need:ident, ($zh:literal, $en:literal), [$($also:literal),*], ($hint_zh:literal, $hint_en:literal), $sample:literal;)+) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, $crate::serde::Serialize, $crate::serde::Deserialize)]
        #[serde(crate = "keqiao_sheet::serde", default)]
        pub struct $name { $(#[doc = $zh] pub $field: String),+ }

        impl $crate::Record for $name {
            const TITLE: $crate::Fixed = $crate::Fixed { zh: $title_zh, en: $title_en };

            fn columns() -> &'static [$crate::Column] {
                const COLUMNS: &[$crate::Column] = &[$($crate::Column {
                    key: stringify!($field),
                    title: $crate::Fixed { zh: $zh, en: $en },
                    synonyms: &[$($also),*],
                    value: $value,
                    required: $crate::$need,
                    hint: $crate::Fixed { zh: $hint_zh, en: $hint_en },
                    sample: $sample,
                }),+];
                COLUMNS
            }

            fn get(&self, key: &str) -> &str {
                match key { $(stringify!($field) => &self.$field,)+ _ => "" }
            }

            fn set(&mut self, key: &str, value: String) {
                match key { $(stringify!($field) => self.$field = value,)+ _ => {} }
            }
        }
    };
}

/// The column must be filled in.
pub const REQUIRED: bool = true;
/// The column may be empty.
pub const OPTIONAL: bool = false;
