//! Texts become vectors, and near vectors are found: the only crate that knows candle and tokenizers. A model is a directory
//! (BERT or XLM-RoBERTa in safetensors) that [`Model`] runs here, or an address that [`Endpoint`] asks; both are an [`Embedder`].
//! [`Quantised`] vectors lie in a [`Vectors`] table that is searched as a whole, or in a [`Cache`] by the texts they came from.
//! What a near vector is worth beside shared words is decided by the search, not here.
//!
//! ```
//! use keqiao_embedding::{Vector, Vectors};
//!
//! let mut table = Vectors::new("a model", 3);
//! table.put(7, &Vector(vec![1.0, 0.0, 0.0]).quantised())?;
//! table.put(8, &Vector(vec![0.0, 1.0, 0.0]).quantised())?;
//! let nearest = table.nearest(&Vector(vec![0.9, 0.1, 0.0]).quantised(), 1, |_| true);
//! assert_eq!(nearest[0].key, 7);
//! # Ok::<(), keqiao_embedding::Problem>(())
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
mod table;
mod tokens;
mod vector;

pub use cache::Cache;
pub use embedder::{Embedder, Kind};
pub use endpoint::{Asked, Endpoint, Post};
pub use import::{Imported, import};
pub use model::Model;
pub use problem::Problem;
pub use settings::{Pooling, Use};
pub use table::{Key, Near, Vectors};
pub use vector::{Quantised, Vector};
