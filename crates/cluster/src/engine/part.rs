//! One file being written: rows go in, become columns in pieces of a bounded size, and come out as Parquet with size and hash.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, BooleanBuilder, Int32Builder, Int64Builder, StringBuilder};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::Compression;
use datafusion::parquet::file::properties::WriterProperties;
use keqiao_access::RegionCode;
use sha2::{Digest, Sha256};

use crate::{Error, Month, Part, Row, Shape, Totals};

/// Rows that become columns at once.
const PIECE_ROWS: usize = 8_192;
/// Rows of a row group: what is in memory while writing, and what is read at once.
const GROUP_ROWS: usize = 131_072;

/// A file being written.
pub(super) struct OpenPart {
    name: String,
    writer: ArrowWriter<Hashed<BufWriter<File>>>,
    schema: SchemaRef,
    columns: Columns,
    pub(super) first: RegionCode,
    pub(super) last: RegionCode,
    pub(super) totals: Totals,
}

impl OpenPart {
    /// Begins a file in the folder. There must be none of this name.
    pub(super) fn begin(
        folder: &Path,
        name: String,
        schema: &SchemaRef,
        shape: &Shape,
        first: RegionCode,
    ) -> Result<Self, Error> {
        let path = folder.join(&name);
        let file = File::create_new(&path).map_err(Error::file(&path))?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(GROUP_ROWS))
            .build();
        let writer = ArrowWriter::try_new(Hashed::new(BufWriter::new(file)), Arc::clone(schema), Some(properties));
        let writer = writer.map_err(|e| broken(&name, e))?;
        let columns = Columns::new(shape.counts().len());
        Ok(OpenPart {
            name,
            writer,
            schema: Arc::clone(schema),
            columns,
            first,
            last: first,
            totals: Totals::of(shape),
        })
    }

    /// Adds a row whose totals are added already.
    pub(super) fn push(&mut self, row: &Row, region: i32, month: Month) -> Result<(), Error> {
        self.columns.push(row, region, month);
        self.last = row.region;
        if self.columns.rows >= PIECE_ROWS { self.write_piece() } else { Ok(()) }
    }

    fn write_piece(&mut self) -> Result<(), Error> {
        let columns = self.columns.take();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns).map_err(|e| broken(&self.name, e))?;
        self.writer.write(&batch).map_err(|e| broken(&self.name, e))
    }

    /// Ends the file and brings it to the disk.
    pub(super) fn finish(mut self) -> Result<Part, Error> {
        if self.columns.rows > 0 {
            self.write_piece()?;
        }
        let OpenPart { name, writer, first, last, totals, .. } = self;
        let hashed = writer.into_inner().map_err(|e| broken(&name, e))?;
        let (bytes, sha256) = (hashed.bytes, hex::encode(hashed.hasher.finalize()));
        let file = hashed.inner.into_inner().map_err(|e| broken(&name, e))?;
        file.sync_all().map_err(|e| broken(&name, e))?;
        Ok(Part { file: name, first, last, bytes, sha256, totals })
    }
}

fn broken(name: &str, e: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::File { what: name.to_owned(), source: io::Error::other(e) }
}

/// The columns of the next piece, in the order of the schema.
struct Columns {
    rows: usize,
    region: Int32Builder,
    day: Int32Builder,
    month: Int32Builder,
    kind: StringBuilder,
    project: StringBuilder,
    rung: Int32Builder,
    voided: BooleanBuilder,
    counts: Vec<Int64Builder>,
}

impl Columns {
    fn new(counts: usize) -> Columns {
        Columns {
            rows: 0,
            region: Int32Builder::new(),
            day: Int32Builder::new(),
            month: Int32Builder::new(),
            kind: StringBuilder::new(),
            project: StringBuilder::new(),
            rung: Int32Builder::new(),
            voided: BooleanBuilder::new(),
            counts: (0..counts).map(|_| Int64Builder::new()).collect(),
        }
    }

    fn push(&mut self, row: &Row, region: i32, month: Month) {
        self.rows += 1;
        self.region.append_value(region);
        self.day.append_value(row.day);
        self.month.append_value(month.number());
        self.kind.append_value(&row.kind);
        self.project.append_option(row.project.map(|p| p.to_string()));
        self.rung.append_value(row.rung);
        self.voided.append_value(row.voided);
        for (column, count) in self.counts.iter_mut().zip(&row.counts) {
            column.append_option(*count);
        }
    }

    fn take(&mut self) -> Vec<ArrayRef> {
        self.rows = 0;
        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(self.region.finish()),
            Arc::new(self.day.finish()),
            Arc::new(self.month.finish()),
            Arc::new(self.kind.finish()),
            Arc::new(self.project.finish()),
            Arc::new(self.rung.finish()),
            Arc::new(self.voided.finish()),
        ];
        columns.extend(self.counts.iter_mut().map(|c| Arc::new(c.finish()) as ArrayRef));
        columns
    }
}

/// Counts and hashes what passes through.
struct Hashed<W> {
    inner: W,
    hasher: Sha256,
    bytes: u64,
}

impl<W> Hashed<W> {
    fn new(inner: W) -> Self {
        Hashed { inner, hasher: Sha256::new(), bytes: 0 }
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(data)?;
        self.hasher.update(&data[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
