//! Tables of a spec. The last word of a heading is the column's key (`分值 w` is `w`); a heading without an ASCII key is a remark. The column
//! `=` is what must come out.

use std::collections::BTreeMap;

/// One line of a table, by key.
#[derive(Debug)]
pub(crate) struct Line(BTreeMap<String, String>);

impl Line {
    /// What must come out.
    pub(crate) fn expected(&self) -> &str {
        self.text("=")
    }

    /// A cell as text.
    pub(crate) fn text(&self, key: &str) -> &str {
        self.0.get(key).map(String::as_str).unwrap_or_else(|| panic!("no column {key} in {self:?}"))
    }

    /// Whether the table has a column.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// A cell as anything that is parsed from text.
    pub(crate) fn get<T: std::str::FromStr>(&self, key: &str) -> T {
        self.text(key).parse().unwrap_or_else(|_| panic!("{key} is not readable in {self:?}"))
    }
}

/// Every line of every table of a page that has a column `=`.
pub(crate) fn lines(page: &str) -> Vec<Line> {
    let cells = |row: &str| -> Vec<String> {
        let row = row.trim();
        let row = row.strip_prefix('|').unwrap_or(row);
        row.strip_suffix('|').unwrap_or(row).split('|').map(|c| c.trim().to_owned()).collect()
    };
    let key = |c: &String| c.split_whitespace().next_back().filter(|k| k.is_ascii()).unwrap_or("").to_owned();
    let mut found = Vec::new();
    let mut keys: Option<Vec<String>> = None;
    for row in page.lines() {
        match (&keys, row.starts_with('|')) {
            (_, false) => keys = None,
            (None, true) => keys = Some(cells(row).iter().map(key).collect()),
            (Some(_), true) if row.contains("---") => {}
            (Some(keys), true) if keys.iter().any(|k| k == "=") => {
                found.push(Line(keys.iter().cloned().zip(cells(row)).filter(|(k, _)| !k.is_empty()).collect()));
            }
            (Some(_), true) => {}
        }
    }
    found
}
