//! Where a span stands, in words a person can follow. Numbers count from one.

use serde::{Deserialize, Serialize};

/// The place of a span in its document. What a format does not know is absent (a text file has no pages).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Locator {
    /// Page of a paged format.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Paragraph, counted over the whole document; absent inside tables.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<u32>,
    /// Table, counted over the whole document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<u32>,
    /// Row in the table, header rows counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// Column in the table (grid column, so that spans count as what they cover).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
}
