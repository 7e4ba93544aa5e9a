//! The report as rules see it: typed facts with exact spans, the relations between them, public tables, target forms,
//! charts, outline and prose. Knows nothing of files; `extract` fills it, `audit` reads it.

mod catalogue;
mod chart;
mod codes;
mod fact;
mod form;
mod identity;
mod index;
mod prose;
mod relation;
mod report;
mod table;

pub use catalogue::Measure;
pub use chart::{ChartData, ChartPoint, ChartSeries};
pub use codes::{CodeEntry, CodeKind, CodeList};
pub use fact::{Aspect, Direction, Fact, FactId, Place, Value};
pub use form::{FormAmounts, Goal, Indicator, TargetForm};
pub use identity::{Identity, ReportKind};
pub use index::FactIndex;
pub use prose::{Paragraph, Role, Section};
pub use relation::{Breakdown, Change, Completion, Relations, Share, Whole};
pub use report::Report;
pub use table::{CellText, DataCell, DataColumn, DataRow, DataTable, PublicKind};
