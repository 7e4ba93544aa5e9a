//! The finder: one index of everything listed, in the memory of each process. It is built from the database when the process starts, follows
//! what changes there (so several servers on one database find the same), and is built anew when too much of it is gone. It holds nothing that
//! is not stored; whoever shows a hit loads it and looks at its state again.

mod bands;
mod excerpt;
mod learnt;
mod number;
mod search;
mod shelf;
mod sync;
mod vectors;
mod wanted;

use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Instant;

use keqiao_base::Moment;
use keqiao_embedding::Embedder;
use keqiao_search::Searcher;
use tokio::sync::Notify;

use self::shelf::Shelf;
use self::sync::Pass;
use super::Quality;

pub use self::learnt::read as read_learnt;
pub use self::search::{Results, find};
pub use self::sync::{fill, run, sync};
pub use self::wanted::{FACETS, Wanted};

pub(crate) use self::vectors::model_of;

pub(super) use self::excerpt::{cut, whole};
pub(super) use self::learnt::path as learnt_path;
pub(super) use self::number::{percent, touches, weak};
pub(super) use self::search::{Ask, ask, asked, embedded};
pub(super) use self::shelf::{document, key_of, text_of};

/// The index of one process.
#[derive(Default)]
pub struct Finder {
    shelf: RwLock<Shelf>,
    searchers: Mutex<Vec<Searcher>>,
    model: OnceLock<Arc<dyn Embedder>>,
    /// When the model last failed for a search.
    failed: Mutex<Option<Instant>>,
    /// Held while changes are taken in, so that one pass runs at a time.
    pass: tokio::sync::Mutex<Pass>,
    /// Something waits for its vector.
    waiting: Notify,
    /// The public figures, and when they were made.
    pub(super) quality: tokio::sync::Mutex<Option<(Moment, Arc<Quality>)>>,
}

impl Finder {
    /// Whether vectors of meaning are compared, or words only.
    pub fn has_vectors(&self) -> bool {
        self.model.get().is_some()
    }

    /// Whether everything listed has been read since the start.
    pub fn is_ready(&self) -> bool {
        self.read().ready
    }

    /// Which ranking answers: kept with what people say of it.
    pub fn ranker(&self) -> &'static str {
        match (self.has_vectors(), self.read().learnt) {
            (true, false) => "words+vectors+fit/2",
            (true, true) => "words+vectors+fit/2 learnt",
            (false, false) => "words+fit/1",
            (false, true) => "words+fit/1 learnt",
        }
    }

    pub(super) fn read(&self) -> RwLockReadGuard<'_, Shelf> {
        self.shelf.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Shelf> {
        self.shelf.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lends a searcher, with the memory of earlier searches.
    fn searching<T>(&self, work: impl FnOnce(&mut Searcher) -> T) -> T {
        let lent = self.searchers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut searcher = lent.unwrap_or_default();
        let outcome = work(&mut searcher);
        self.searchers.lock().unwrap_or_else(PoisonError::into_inner).push(searcher);
        outcome
    }
}
