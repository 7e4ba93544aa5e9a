//! Where the output goes: standard output or a file, and whether it may be coloured.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use crate::args::ColorArg;
use crate::refusal::Refusal;

/// Opens the output.
pub(crate) fn open(path: Option<&Path>, binary: bool) -> Result<Box<dyn Write>, Refusal> {
    match path {
        Some(path) => {
            let file = File::create(path).map_err(|e| {
                Refusal::new(
                    format!("不能写入“{}”：{e}", path.display()),
                    format!("cannot write {}: {e}", path.display()),
                )
            })?;
            Ok(Box::new(BufWriter::new(file)))
        }
        None if binary && io::stdout().is_terminal() => Err(Refusal::new(
            "xlsx 不能显示在终端上，请用 -o 文件名.xlsx",
            "xlsx cannot be shown on a terminal; give -o FILE.xlsx",
        )),
        None => Ok(Box::new(BufWriter::new(io::stdout()))),
    }
}

/// Whether to colour: asked for, or a terminal that wants it (NO_COLOR, TERM=dumb and the like are honoured).
pub(crate) fn coloured(asked: ColorArg, path: Option<&Path>) -> bool {
    match asked {
        ColorArg::Always => true,
        ColorArg::Never => false,
        ColorArg::Auto => path.is_none() && anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never,
    }
}
