//! The commands, a file each.

pub(crate) mod assign;
pub(crate) mod backup;
pub(crate) mod check;
#[cfg(feature = "cluster")]
pub(crate) mod cluster;
pub(crate) mod completions;
pub(crate) mod demand;
pub(crate) mod doctor;
pub(crate) mod explain;
pub(crate) mod extract;
pub(crate) mod matching;
pub(crate) mod migrate;
pub(crate) mod model;
#[cfg(feature = "cluster")]
pub(crate) mod rollup;
pub(crate) mod rules;
pub(crate) mod serve;
#[cfg(feature = "cluster")]
pub(crate) mod snapshot;
pub(crate) mod train;
pub(crate) mod verify_log;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use crate::refusal::Refusal;

/// Writes to standard output; a reader who has seen enough (`| head`) is no failure.
fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<ExitCode, Refusal> {
    let mut out = BufWriter::new(io::stdout());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => {
            Err(Refusal::new(format!("结果不能写出：{e}"), format!("cannot write the output: {e}")))
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}
