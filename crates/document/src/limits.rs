//! Limits for what comes from outside. Every reader honours them.

use std::time::Duration;

/// Upper bounds; beyond them a file is refused (or cut, for pages) with a clear problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub file_bytes_max: u64,
    /// Bytes of all unpacked members of a container.
    pub unpacked_bytes_max: u64,
    /// Pages of a paged format.
    pub pages_max: usize,
    /// Characters of the printed text.
    pub text_chars_max: usize,
    /// Depth of nested tables, lists and groups.
    pub nesting_max: usize,
    /// Time for one file.
    pub time_max: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            file_bytes_max: 200 << 20,
            unpacked_bytes_max: 400 << 20,
            pages_max: 2_000,
            text_chars_max: 20_000_000,
            nesting_max: 64,
            time_max: Duration::from_secs(60),
        }
    }
}
