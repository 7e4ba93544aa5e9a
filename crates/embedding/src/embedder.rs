//! What turns texts into vectors, wherever it runs.

use crate::problem::Problem;
use crate::vector::Vector;

/// What a text is for: some models put another prefix before what is sought than before what is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// What somebody looks for; also texts that are compared with each other.
    Query,
    /// What can be found.
    Passage,
}

/// Turns texts into vectors. It blocks: call it from a background job or a thread for blocking work.
pub trait Embedder: Send + Sync {
    /// Names the model and its version; vectors of different names must not be compared.
    fn name(&self) -> &str;

    /// One vector for each text, in order, of length one.
    ///
    /// # Errors
    /// When the model cannot be run or reached, or answers with something else.
    fn embed(&self, kind: Kind, texts: &[&str]) -> Result<Vec<Vector>, Problem>;
}
