//! A province's roll-up: evidence of all counties, summed by region × indicator × month.
//!
//! Here are a snapshot's rows, its manifest and its control totals, the question, its SQL, and the answer. What runs the question
//! is behind cargo features (off by default, for it is heavy): `embedded` is DataFusion in this process; `engine` is that and the
//! same question over Ballista on several machines. Reading records out of the database is `store`'s, turning them into rows `cli`'s.

mod answer;
mod coverage;
#[cfg(feature = "embedded")]
mod engine;
mod error;
mod exposure;
mod manifest;
mod month;
mod question;
mod row;
mod sql;
mod verify;

pub use answer::{Answer, Line};
#[cfg(feature = "engine")]
pub use engine::{Asked, Executor, Patience, Scheduler, ask_cluster, run_executor, run_scheduler};
#[cfg(feature = "embedded")]
pub use engine::{Writer, ask};
pub use error::Error;
pub use exposure::guard;
pub use manifest::{ChainEnd, MANIFEST, Manifest, Part, Totals};
pub use month::Month;
pub use question::{Depth, Question};
pub use row::{MONEY, RECORDS, Row, Shape};
pub use sql::{TABLE, count_column, select};
pub use verify::Snapshot;
