//! What runs the question: DataFusion over Parquet in this process, and Ballista over several machines. The only place that knows them.

mod ask;
mod batches;
#[cfg(feature = "engine")]
mod distributed;
mod footer;
#[cfg(feature = "engine")]
mod node;
mod part;
mod table;
mod writer;

pub use ask::ask;
#[cfg(feature = "engine")]
pub use distributed::{Asked, Patience, ask_cluster};
#[cfg(feature = "engine")]
pub use node::{Executor, Scheduler, run_executor, run_scheduler};
pub use writer::Writer;
