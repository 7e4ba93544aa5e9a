//! Which column of a file is which column of the list: suggested from titles, from what was chosen last time, and from the values.

use std::collections::BTreeMap;

use keqiao_base::coded;

use crate::check::NoPlaces;
use crate::heading::{Heading, Named, bare, means};
use crate::{Column, Sheet, Value};

/// How many rows are looked at.
const ROWS_LOOKED_AT: usize = 60;

coded! {
    /// Why a column was suggested.
    pub enum Because {
        /// The title says so.
        Title = "title" => ("标题一致", "Same title"),
        /// The title holds the name.
        TitleInPart = "title_in_part" => ("标题相近", "Similar title"),
        /// So it was chosen for a file with this title before.
        Remembered = "remembered" => ("沿用上次的选择", "As last time"),
        /// The values look like it.
        Values = "values" => ("内容相符", "The values fit"),
        /// Nothing fits.
        Nothing = "nothing" => ("未识别", "Not recognised"),
    }
}

/// What is suggested for one column of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The title in the file.
    pub title: String,
    /// The key of the list's column; `None`: not imported.
    pub key: Option<&'static str>,
    /// Why.
    pub because: Because,
    /// The first values of the column.
    pub examples: Vec<String>,
}

/// What was chosen before: title without decoration → key, or the empty text for "not imported".
pub type Remembered = BTreeMap<String, String>;

/// A suggestion per column of the file; no key twice.
pub fn suggest(
    sheet: &Sheet,
    heading: &Heading,
    columns: &'static [Column],
    remembered: &Remembered,
) -> Vec<Suggestion> {
    let rows: Vec<usize> =
        (heading.first_row..sheet.len()).filter(|&r| !sheet.row(r).is_empty()).take(ROWS_LOOKED_AT).collect();
    let width = rows.iter().map(|&r| sheet.row(r).len()).max().unwrap_or(0).max(heading.titles.len());
    let mut out: Vec<Suggestion> = (0..width)
        .map(|c| Suggestion {
            title: heading.titles.get(c).cloned().unwrap_or_default(),
            key: None,
            because: Because::Nothing,
            examples: rows
                .iter()
                .map(|&r| sheet.cell(r, c))
                .filter(|t| !t.is_empty())
                .take(3)
                .map(str::to_owned)
                .collect(),
        })
        .collect();
    let mut offers: Vec<(u32, usize, &'static str, Because)> = Vec::new();
    for (at, suggestion) in out.iter().enumerate() {
        let before = remembered.get(&bare(&suggestion.title));
        for column in columns {
            if let Some((weight, because)) =
                weigh(sheet, &rows, at, &suggestion.title, before.map(String::as_str), column)
            {
                offers.push((weight, at, column.key, because));
            }
        }
    }
    // The surest first; among equals the leftmost column of the file.
    offers.sort_by_key(|&(weight, at, ..)| (std::cmp::Reverse(weight), at));
    for (_, at, key, because) in offers {
        let refused = remembered.get(&bare(&out[at].title)).is_some_and(String::is_empty);
        if out[at].key.is_none() && !refused && out.iter().all(|s| s.key != Some(key)) {
            out[at].key = Some(key);
            out[at].because = because;
        }
    }
    out
}

fn weigh(
    sheet: &Sheet,
    rows: &[usize],
    at: usize,
    title: &str,
    before: Option<&str>,
    column: &Column,
) -> Option<(u32, Because)> {
    if before == Some(column.key) {
        return Some((1000, Because::Remembered));
    }
    match means(title, column) {
        Some(Named::Exactly) if bare(title) == bare(column.title.zh) => Some((900, Because::Title)),
        Some(Named::Exactly) => Some((800, Because::Title)),
        Some(Named::InPart(length)) => Some((400 + u32::try_from(length).unwrap_or(0), Because::TitleInPart)),
        None => looks_like(sheet, rows, at, column).then_some((100, Because::Values)),
    }
}

/// Whether most values are such as only this column has.
fn looks_like(sheet: &Sheet, rows: &[usize], at: usize, column: &Column) -> bool {
    if !matches!(column.value, Value::Phones | Value::Email | Value::CreditCode | Value::Web | Value::Choice(_)) {
        return false;
    }
    let values: Vec<&str> = rows.iter().map(|&r| sheet.cell(r, at)).filter(|t| !t.is_empty()).collect();
    let fit = values.iter().filter(|v| column.value.read(v, &NoPlaces).is_ok_and(|s| !s.is_empty())).count();
    let web = matches!(column.value, Value::Web) && !values.iter().all(|v| v.starts_with("http"));
    // Numbers are codes for some choices, but far more often just numbers.
    let numbers =
        matches!(column.value, Value::Choice(_)) && values.iter().all(|v| v.bytes().all(|b| b.is_ascii_digit()));
    !values.is_empty() && fit * 10 >= values.len() * 8 && !web && !numbers
}

/// The keys alone, column by column.
pub fn keys(chosen: &[Suggestion]) -> Vec<Option<&'static str>> {
    chosen.iter().map(|s| s.key).collect()
}

/// What to remember of a choice.
pub fn remember(titles: &[String], keys: &[Option<&'static str>]) -> Remembered {
    let named = titles.iter().zip(keys).filter(|(t, _)| !bare(t).is_empty());
    named.map(|(t, k)| (bare(t), k.unwrap_or_default().to_owned())).collect()
}
