//! The snapshot as a table: its columns, and how the engine comes to its files.

use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::error::{DataFusionError, Result};

use crate::sql::count_column;
use crate::{Shape, Snapshot};

/// The columns of a snapshot: what is grouped by and filtered by, then each count.
pub(crate) fn schema(shape: &Shape) -> SchemaRef {
    let mut fields = vec![
        Field::new("region", DataType::Int32, false),
        Field::new("day", DataType::Int32, false),
        Field::new("month", DataType::Int32, false),
        Field::new("kind", DataType::Utf8, false),
        Field::new("project", DataType::Utf8, true),
        Field::new("rung", DataType::Int32, false),
        Field::new("voided", DataType::Boolean, false),
    ];
    fields.extend(shape.counts().iter().map(|code| Field::new(count_column(code), DataType::Int64, true)));
    Arc::new(Schema::new(fields))
}

/// The files of the snapshot, these and no others, as one table. The columns are ours, not what the files say: a file that differs fails.
pub(crate) fn table(snapshot: &Snapshot) -> Result<ListingTable> {
    let urls = snapshot.paths().map(|path| {
        // As an address, so that `*` and `?` in the name of a folder are no patterns.
        let url = url::Url::from_file_path(&path)
            .map_err(|()| DataFusionError::Configuration(format!("not a whole path: {}", path.display())))?;
        ListingTableUrl::try_new(url, None)
    });
    let options = ListingOptions::new(Arc::new(ParquetFormat::new())).with_file_extension(".parquet");
    let config = ListingTableConfig::new_with_multi_paths(urls.collect::<Result<_>>()?)
        .with_listing_options(options)
        .with_schema(schema(&snapshot.manifest().counts));
    ListingTable::try_new(config)
}
