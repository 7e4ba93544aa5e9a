//! Texts and the way back: spans into the printed text, locators a person can follow, and folded text that remembers
//! where every character came from. Knows nothing of files, numbers or rules.
//!
//! ```
//! use keqiao_source::Folded;
//! let folded = Folded::new("收入　６６１.66 万元", 0);
//! assert_eq!(folded.text(), "收入661.66万元");
//! let span = folded.span(6..12);
//! assert_eq!(span.of("收入　６６１.66 万元"), "６６１.66");
//! ```

mod chars;
mod fold;
mod locator;
mod span;

pub use chars::CharIndex;
pub use fold::{Folded, fold_char};
pub use locator::Locator;
pub use span::Span;
