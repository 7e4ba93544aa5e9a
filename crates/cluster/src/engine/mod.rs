//! What runs the question: DataFusion over Parquet in this process, and Ballista over several machines. The only place that knows them.

mod ask;
mod batches;
mod distributed;
mod footer;
mod node;
mod part;
mod table;
mod writer;

pub use ask::ask;
pub use distributed::{Asked, Patience, ask_cluster};
pub use node::{Executor, Scheduler, run_executor, run_scheduler};
pub use writer::Writer;
