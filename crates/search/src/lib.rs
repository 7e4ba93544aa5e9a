//! Finding and matching texts: reads Chinese as it is written, ranks what fits with its reasons, and notices what was
//! written before. Pure: no file, no clock, no database, no model; vectors come in as slices.
//!
//! ```
//! use keqiao_search::{Collection, Document, Query};
//! let offer = Document { key: 7, text: "设计了热泵烘干机,燃气消耗降低三成".into(), ..Document::default() };
//! let offers = Collection::build(&[offer]);
//! let found = offers.search(&Query { text: "烘干线用气太多", limit: 5, ..Query::default() });
//! assert_eq!(found.hits[0].key, 7);
//! ```

pub mod duplicate;
pub mod eval;
pub mod explain;
pub mod index;
pub mod learn;
pub mod rank;
pub mod shade;
pub mod similar;
pub mod text;

pub use index::collection::{Collection, Document, Key};
pub use rank::search::{Found, Hit, Query, Searcher};
