//! The collection in memory: what every text says (forward), which texts hold a term (postings), which words there are.
//! Nothing here knows a query.

pub mod collection;
pub mod facet;
pub mod forward;
pub mod keys;
pub mod latest;
pub mod postings;
pub mod vocabulary;
