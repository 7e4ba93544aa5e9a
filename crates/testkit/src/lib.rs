//! Specs in readable Markdown. A spec holds prose and fenced `report` fragments; what a rule must find is bracketed in
//! the fragment: `收入合计⟦1,200.00万元⟧{A0101}`, with an optional level: `{A0101 warning}`. A fragment without marks must
//! stay silent. Only the spec's own rule (named in the marks, or by the file's name) is switched on.
//!
//! A fragment is read as plain text, or as Markdown when its fence says ```` ```report md ````: use Markdown for tables.
//! What follows a line `=== last year` is last year's report of the same body.
//! The first lines may set the report's identity: `@year 2021`, `@kind final_account`, `@province 四川`.

mod spec;

pub use spec::{Spec, run_specs};
