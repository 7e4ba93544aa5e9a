//! The address of a list: filters, sort and page as they stand in the query, and the links that change one of them. What is in
//! the list, and how it is sorted, is the database's business.

use std::borrow::Borrow;

use keqiao_store::PageRequest;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Letters, digits and `-_.` stand as they are in a query.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// One list as it is shown now.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    path: String,
    pairs: Vec<(String, String)>,
    sort: String,
    total: u64,
    page: u64,
    size: u64,
}

impl Listing {
    /// The list at a path with the query that came with the request. `sort` holds when the query names none; a column with `-` before it is
    /// sorted downwards. Unknown keys stay, empty ones go.
    pub fn new(path: &str, query: &str, sort: &str) -> Listing {
        let mut list = Listing {
            path: path.to_owned(),
            sort: sort.to_owned(),
            page: 1,
            size: PageRequest::SIZE,
            ..Listing::default()
        };
        for pair in query.split('&').take(50) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (key, value) = (decoded(key), decoded(value));
            match key.as_str() {
                "" => {}
                _ if value.is_empty() => {}
                "page" => list.page = value.parse().unwrap_or(1).clamp(1, 1_000_000),
                "sort" => list.sort = value,
                _ => list.pairs.push((key, value)),
            }
        }
        list
    }

    /// What the database is asked for: this page.
    pub fn request(&self) -> PageRequest {
        PageRequest::new(self.page, self.size)
    }

    /// The same with so many entries on a page.
    #[must_use]
    pub fn sized(self, size: u64) -> Listing {
        Listing { size, ..self }
    }

    /// The same with so many entries in all.
    #[must_use]
    pub fn of(mut self, total: u64) -> Listing {
        self.total = total;
        self.page = self.page.min(self.pages());
        self
    }

    /// The filter of a name, or nothing.
    pub fn get(&self, key: &str) -> &str {
        self.pairs.iter().find(|(k, _)| k == key).map_or("", |(_, v)| v)
    }

    /// Whether anything is filtered.
    pub fn filtered(&self) -> bool {
        !self.pairs.is_empty()
    }

    /// How it is sorted.
    pub fn sort(&self) -> &str {
        &self.sort
    }

    /// This page, from 1.
    pub fn page(&self) -> u64 {
        self.page
    }

    /// How many entries there are in all.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// How many pages there are; one when the list is empty.
    pub fn pages(&self) -> u64 {
        self.total.div_ceil(self.size.max(1)).max(1)
    }

    /// How many entries stand on the pages before.
    pub fn offset(&self) -> u64 {
        self.request().offset()
    }

    /// The number of the first entry on this page, 0 when there is none.
    pub fn first(&self) -> u64 {
        if self.total == 0 { 0 } else { self.offset() + 1 }
    }

    /// The number of the last entry on this page.
    pub fn last(&self) -> u64 {
        (self.offset() + self.size).min(self.total)
    }

    /// The numbers the pager shows: first, last and those around this one; `None` is a gap.
    pub fn window(&self) -> Vec<Option<u64>> {
        let mut shown = Vec::new();
        let mut before = 0;
        for n in 1..=self.pages() {
            if n == 1 || n == self.pages() || n.abs_diff(self.page) <= 2 {
                if n > before + 1 {
                    shown.push(None);
                }
                shown.push(Some(n));
                before = n;
            }
            if n > self.page + 2 && n < self.pages() {
                shown.extend([None, Some(self.pages())]);
                break;
            }
        }
        shown
    }

    /// The address of a page.
    pub fn page_href(&self, page: impl Borrow<u64>) -> String {
        self.address(&self.path, &self.sort, *page.borrow())
    }

    /// The address sorted by a column: upwards first, then downwards.
    pub fn sort_href(&self, column: &str) -> String {
        let sort = if self.sort == column { format!("-{column}") } else { column.to_owned() };
        self.address(&self.path, &sort, 1)
    }

    /// What `aria-sort` says of a column.
    pub fn aria_sort(&self, column: &str) -> &'static str {
        match self.sort.strip_prefix('-') {
            Some(down) if down == column => "descending",
            None if self.sort == column => "ascending",
            _ => "none",
        }
    }

    /// The list with the same filters under another path: for exports.
    pub fn at(&self, path: &str) -> String {
        self.address(path, &self.sort, 1)
    }

    fn address(&self, path: &str, sort: &str, page: u64) -> String {
        let mut pairs: Vec<(&str, &str)> = self.pairs.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        let number = page.to_string();
        if !sort.is_empty() {
            pairs.push(("sort", sort));
        }
        if page > 1 {
            pairs.push(("page", &number));
        }
        let mut out = path.to_owned();
        for (i, (key, value)) in pairs.into_iter().enumerate() {
            out.push(if i == 0 && !path.contains('?') { '?' } else { '&' });
            out.extend(utf8_percent_encode(key, QUERY));
            out.push('=');
            out.extend(utf8_percent_encode(value, QUERY));
        }
        out
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(query: &str) -> Listing {
        Listing::new("/people", query, "name").of(1234)
    }

    #[test]
    fn links_change_one_thing_and_keep_the_rest() {
        let list = list("q=%E6%9E%97+A&region=&page=3");
        assert_eq!(list.get("q"), "林 A");
        assert_eq!(list.page_href(4), "/people?q=%E6%9E%97%20A&sort=name&page=4");
        assert_eq!(list.sort_href("name"), "/people?q=%E6%9E%97%20A&sort=-name");
        assert_eq!(list.at("/people.xlsx"), "/people.xlsx?q=%E6%9E%97%20A&sort=name");
        assert_eq!((list.first(), list.last(), list.offset()), (101, 150, 100));
    }

    #[test]
    fn a_page_beyond_the_end_is_the_last() {
        assert_eq!(list("page=999").page(), 25);
        assert_eq!(list("page=0").page(), 1);
        assert_eq!(list("page=-5").page(), 1);
        assert_eq!(Listing::new("/p", "page=7", "").of(0).page(), 1);
    }

    #[test]
    fn the_pager_shows_ends_and_neighbours() {
        let some = |list: Listing| list.window().into_iter().map(|n| n.unwrap_or(0)).collect::<Vec<_>>();
        assert_eq!(some(list("page=1")), [1, 2, 3, 0, 25]);
        assert_eq!(some(list("page=12")), [1, 0, 10, 11, 12, 13, 14, 0, 25]);
        assert_eq!(some(list("page=25")), [1, 0, 23, 24, 25]);
        assert_eq!(some(Listing::new("/p", "", "").of(3)), [1]);
    }

    #[test]
    fn sorting_is_said_to_those_who_listen() {
        assert_eq!(list("sort=-age").aria_sort("age"), "descending");
        assert_eq!(list("sort=-age").aria_sort("name"), "none");
        assert_eq!(list("").aria_sort("name"), "ascending");
    }
}
