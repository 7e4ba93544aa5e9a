//! What each file says at its end: that it is whole, and that its columns and rows are those of the manifest. The hash says that a file is
//! the one that was written, not that what was written is a table of ours; the engine would fill columns it misses with nothing.

use std::fs::File;
use std::path::Path;

use datafusion::arrow::datatypes::{Schema, SchemaRef};
use datafusion::parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};

use super::table::schema;
use crate::{Error, Part, Snapshot};

/// Reads the end of every file.
///
/// # Errors
/// `snapshot.unfit` with the file that is cut off, has other columns, or other rows than the manifest says; or one cannot be opened.
pub(super) fn check(snapshot: &Snapshot) -> Result<(), Error> {
    let ours = schema(&snapshot.manifest().counts);
    snapshot.manifest().parts.iter().try_for_each(|part| check_part(&snapshot.path(part), part, &ours))
}

fn check_part(path: &Path, part: &Part, ours: &SchemaRef) -> Result<(), Error> {
    let name = &part.file;
    let file = File::open(path).map_err(Error::file(path))?;
    let footer = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()).map_err(|e| {
        Error::unfit(
            format!("快照文件 {name} 不是完整的 Parquet 文件（可能写到一半或被截断）：{e}。请重新复制或重新生成。"),
            format!(
                "{name} is no whole Parquet file (cut off, or never finished): {e}. Copy it again, or take it again."
            ),
        )
    })?;
    if let Some((zh, en)) = difference(ours, footer.schema()) {
        return Err(Error::unfit(
            format!("快照文件 {name} 的列与本程序的格式不同：{zh}。请用本程序重新生成快照。"),
            format!(
                "The columns of {name} are not those of this program: {en}. Take the snapshot again with this program."
            ),
        ));
    }
    let rows = u64::try_from(footer.metadata().file_metadata().num_rows()).unwrap_or_default();
    if rows != part.totals.rows {
        return Err(Error::unfit(
            format!("快照文件 {name} 有 {rows} 行，清单写的是 {} 行。请重新生成。", part.totals.rows),
            format!("{name} has {rows} rows, and the manifest says {}. Take the snapshot again.", part.totals.rows),
        ));
    }
    Ok(())
}

/// The first column that differs by name, type or place.
fn difference(ours: &Schema, theirs: &Schema) -> Option<(String, String)> {
    let many = ours.fields().len().max(theirs.fields().len());
    (0..many).find_map(|at| match (ours.fields().get(at), theirs.fields().get(at)) {
        (Some(our), Some(their)) if our.name() == their.name() && our.data_type() == their.data_type() => None,
        (Some(our), None) => Some((format!("缺少 {}", our.name()), format!("{} is missing", our.name()))),
        (None, Some(their)) => Some((format!("多出 {}", their.name()), format!("{} is too much", their.name()))),
        (our, their) => {
            let told = |field: Option<&std::sync::Arc<datafusion::arrow::datatypes::Field>>| {
                field.map(|f| format!("{} {}", f.name(), f.data_type())).unwrap_or_default()
            };
            let (our, their) = (told(our), told(their));
            Some((
                format!("第 {} 列应为 {our}，却是 {their}", at + 1),
                format!("column {} is {their}, not {our}", at + 1),
            ))
        }
    })
}
