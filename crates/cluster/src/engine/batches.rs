//! What the engine gives back becomes lines, sorted: how many machines there were, and which was first, leaves no trace.

use datafusion::arrow::array::{Array, Int64Array, StringArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::DataType;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::error::{DataFusionError, Result};
use keqiao_access::RegionCode;

use crate::{Line, Month, RECORDS, Shape};

/// The lines of an answer.
pub(super) fn lines(batches: &[RecordBatch], shape: &Shape) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    for batch in batches {
        lines_of(batch, shape, &mut lines)?;
    }
    lines.sort_unstable();
    Ok(lines)
}

fn lines_of(batch: &RecordBatch, shape: &Shape, lines: &mut Vec<Line>) -> Result<()> {
    let (regions, months, records) = (numbers(batch, "region")?, numbers(batch, "month")?, numbers(batch, RECORDS)?);
    let kinds = cast(column(batch, "kind")?, &DataType::Utf8)?;
    let kinds = kinds.as_any().downcast_ref::<StringArray>().ok_or_else(|| unexpected("kind"))?;
    let counts = shape
        .counts()
        .iter()
        .map(|code| Ok((code, numbers(batch, &format!("sum_{code}"))?, numbers(batch, &format!("n_{code}"))?)));
    let counts: Vec<_> = counts.collect::<Result<_>>()?;
    for at in 0..batch.num_rows() {
        let region: RegionCode = regions.value(at).to_string().parse().map_err(|_| unexpected("region"))?;
        let month = i32::try_from(months.value(at)).ok().and_then(Month::from_number);
        let month = month.ok_or_else(|| unexpected("month"))?;
        let mut line = |count: &str, records: i64, sum: i64| {
            lines.push(Line { region, kind: kinds.value(at).to_owned(), count: count.to_owned(), month, records, sum });
        };
        line(RECORDS, records.value(at), records.value(at));
        for (code, sums, ns) in &counts {
            // Nobody said this count: no line, which is not the same as a sum of nothing.
            if ns.value(at) > 0 {
                line(code, ns.value(at), sums.value(at));
            }
        }
    }
    Ok(())
}

fn column<'b>(batch: &'b RecordBatch, name: &str) -> Result<&'b dyn Array> {
    batch.column_by_name(name).map(AsRef::as_ref).ok_or_else(|| unexpected(name))
}

/// A column as 64-bit numbers, whichever width the engine chose.
fn numbers(batch: &RecordBatch, name: &str) -> Result<Int64Array> {
    let column = cast(column(batch, name)?, &DataType::Int64)?;
    column.as_any().downcast_ref::<Int64Array>().cloned().ok_or_else(|| unexpected(name))
}

fn unexpected(name: &str) -> DataFusionError {
    DataFusionError::Execution(format!("the engine's column `{name}` is not what was asked for"))
}
