//! The faces of a result, a file each. They show the document around a finding, which `diag` does not know. What only a
//! terminal shows is in `cli`.

pub mod facts;
pub mod html;
pub mod json;
pub mod place;
pub mod sarif;
pub(crate) mod sheet;
pub mod xlsx;

use std::io::{self, Write};

use crate::checked::{Checked, Tally};

/// One output format.
pub trait Render: Sync {
    /// What is kept of a document until its turn comes.
    type Part: Send;

    /// Whether the output says, for a person to see, which files could not be read; else standard error does.
    const TELLS_PROBLEMS: bool = false;

    /// Renders a document, which are counted from one; runs in parallel.
    fn part(&self, ordinal: usize, checked: &Checked) -> Self::Part;

    /// What stands before the documents.
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Takes the rendered documents in order.
    fn take(&mut self, part: Self::Part, out: &mut dyn Write) -> io::Result<()>;

    /// What stands after them.
    fn finish(self, total: &Tally, out: &mut dyn Write) -> io::Result<()>;
}
