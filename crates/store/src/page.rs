//! Pages of a list: every list answers in pages from the database, never by loading all.

/// Which page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// The page, from 1.
    pub number: u64,
    /// Rows on a page, 1 to [`PageRequest::SIZE_MAX`].
    pub size: u64,
}

impl PageRequest {
    /// The most rows that a page holds.
    pub const SIZE_MAX: u64 = 200;
    /// Rows on a page when nobody says otherwise.
    pub const SIZE: u64 = 50;

    /// A page, with both numbers brought into bounds.
    pub fn new(number: u64, size: u64) -> Self {
        PageRequest { number: number.clamp(1, 1_000_000), size: size.clamp(1, Self::SIZE_MAX) }
    }

    /// Rows before this page.
    pub fn offset(self) -> u64 {
        (self.number - 1) * self.size
    }
}

impl Default for PageRequest {
    fn default() -> Self {
        PageRequest::new(1, Self::SIZE)
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows of this page.
    pub rows: Vec<T>,
    /// Rows in the whole list.
    pub total: u64,
    /// Which page this is.
    pub request: PageRequest,
}

impl<T> Page<T> {
    /// The number of the last page; 1 when the list is empty.
    pub fn last(&self) -> u64 {
        self.total.div_ceil(self.request.size).max(1)
    }

    /// The same page with other rows.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { rows: self.rows.into_iter().map(f).collect(), total: self.total, request: self.request }
    }
}
