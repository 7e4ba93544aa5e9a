//! Texts become vectors: the only crate that knows candle and tokenizers. A model is a directory (BERT or XLM-RoBERTa in safetensors)
//! that [`Model`] runs here, or an address that [`Endpoint`] asks; both are an [`Embedder`]. [`Quantised`] vectors lie in a [`Cache`] by
//! the texts they came from. Finding what is near, and what that is worth beside shared words, is the search's.
//!
//! ```
//! use keqiao_embedding::Vector;
//!
//! let vector = Vector(vec![0.6, -0.8, 0.0]);
//! assert!(vector.quantised().vector().cosine(&vector) > 0.99);
//! ```
#![expect(
    clippy::float_arithmetic,
    reason = "vectors of a model are floats; no amount and no printed number passes here"
)]

mod bert;
mod cache;
mod embedder;
mod endpoint;
mod import;
mod kernels;
mod model;
mod problem;
#[cfg(test)]
mod sample;
mod settings;
mod tokens;
mod vector;

pub use cache::Cache;
pub use embedder::{Embedder, Kind};
pub use endpoint::{Asked, Endpoint, Post};
pub use import::{Imported, import};
pub use model::Model;
pub use problem::Problem;
pub use settings::{Pooling, Use};
pub use vector::{Quantised, Vector};
