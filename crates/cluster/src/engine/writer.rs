//! Takes a snapshot: rows in order of region, kind and day go into files by ranges of regions; the manifest comes last.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use datafusion::arrow::datatypes::SchemaRef;
use keqiao_access::RegionCode;
use keqiao_base::Moment;

use super::part::OpenPart;
use super::table::schema;
use crate::manifest::FORM;
use crate::row::is_code;
use crate::{ChainEnd, Error, MANIFEST, Manifest, Month, Part, Row, Shape, Totals};

/// Writes a snapshot, holding at most some hundred thousand rows in memory however many there are.
pub struct Writer {
    folder: PathBuf,
    shape: Shape,
    schema: SchemaRef,
    part_rows: u64,
    open: Option<OpenPart>,
    parts: Vec<Part>,
    totals: Totals,
    regions: BTreeMap<RegionCode, u64>,
    last: Option<Last>,
}

/// Where the last row stood.
struct Last {
    region: RegionCode,
    /// The region as a number: it changes seldom.
    number: i32,
    kind: String,
    day: i32,
}

impl Writer {
    /// Begins a snapshot in an empty or new folder. A file is closed at the end of a region once it has `part_rows` rows; a region of
    /// more than twice that goes on in the next file.
    ///
    /// # Errors
    /// `snapshot.unfit` when there is something in the folder already; or it cannot be made.
    pub fn create(folder: &Path, shape: Shape, part_rows: u64) -> Result<Writer, Error> {
        std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
        let mut entries = std::fs::read_dir(folder).map_err(Error::file(folder))?;
        if entries.next().is_some() {
            let shown = folder.display();
            return Err(Error::unfit(
                format!("目录 {shown} 不是空的。快照只写入空目录，以免新旧文件混在一起。"),
                format!(
                    "{shown} is not empty. A snapshot goes into an empty folder, so that old and new files do not mix."
                ),
            ));
        }
        Ok(Writer {
            folder: folder.to_path_buf(),
            schema: schema(&shape),
            totals: Totals::of(&shape),
            shape,
            part_rows: part_rows.max(1),
            open: None,
            parts: Vec::new(),
            regions: BTreeMap::new(),
            last: None,
        })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// `snapshot.unfit` when the row is out of order, is no row of this shape, or its numbers are too large to be added up exactly; or a
    /// file cannot be written.
    pub fn push(&mut self, row: &Row) -> Result<(), Error> {
        let month = self.check(row)?;
        let region = self.place(row)?;
        let part = match &mut self.open {
            Some(part) => part,
            none => {
                let name = format!("part-{:04}.parquet", self.parts.len() + 1);
                none.insert(OpenPart::begin(&self.folder, name, &self.schema, &self.shape, row.region)?)
            }
        };
        part.totals.add(row).and_then(|()| self.totals.add(row)).ok_or_else(|| {
            Error::unfit(
                "佐证数量合计超出可精确计算的范围，请检查是否有录入错误的超大数字。",
                "The counts are too large to be added up exactly. Look for numbers entered wrongly.",
            )
        })?;
        *self.regions.entry(row.region).or_default() += 1;
        part.push(row, region, month)
    }

    /// Ends the snapshot: the last file, then the manifest.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn finish(mut self, at: Moment, chain: ChainEnd) -> Result<Manifest, Error> {
        self.close_part()?;
        let path = self.folder.join(MANIFEST);
        let unfinished = self.folder.join(format!("{MANIFEST}.unfinished"));
        let Writer { shape: counts, parts, totals, regions, .. } = self;
        let manifest = Manifest { form: FORM, at, chain, counts, parts, totals, regions };
        let write = || {
            let mut file = File::create_new(&unfinished)?;
            file.write_all(serde_json::to_string_pretty(&manifest)?.as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&unfinished, &path)
        };
        write().map_err(Error::file(&path))?;
        Ok(manifest)
    }

    /// The row is one of this shape. Returns its month.
    fn check(&self, row: &Row) -> Result<Month, Error> {
        let fine = row.counts.len() == self.shape.counts().len() && is_code(&row.kind) && row.rung >= 0;
        Month::of_day(row.day).filter(|_| fine).ok_or_else(|| {
            Error::unfit(
                format!("{} 的一条佐证不合快照的格式（日期 {}，类型“{}”）。", row.region.code(), row.day, row.kind),
                format!("A record of {} does not fit (day {}, kind “{}”).", row.region.code(), row.day, row.kind),
            )
        })
    }

    /// The row comes after the last one; a full file is closed before it. Returns its region as a number.
    fn place(&mut self, row: &Row) -> Result<i32, Error> {
        let after =
            |last: &Last| (last.region, last.kind.as_str(), last.day) <= (row.region, row.kind.as_str(), row.day);
        match &mut self.last {
            Some(last) if !after(last) => {
                return Err(Error::unfit(
                    format!("佐证没有按地区、类型和日期排序（{} 处）。", row.region.code()),
                    format!("Rows are not in order of region, kind and day (at {}).", row.region.code()),
                ));
            }
            Some(last) if last.region == row.region => {
                if last.kind != row.kind {
                    last.kind.clone_from(&row.kind);
                }
                last.day = row.day;
            }
            last => {
                // Six digits always are a number.
                let number = row.region.code().parse().unwrap_or_default();
                *last = Some(Last { region: row.region, number, kind: row.kind.clone(), day: row.day });
            }
        }
        if let Some(part) = &self.open {
            let full = part.totals.rows >= self.part_rows && part.last != row.region;
            if full || part.totals.rows >= self.part_rows.saturating_mul(2) {
                self.close_part()?;
            }
        }
        Ok(self.last.as_ref().map_or(0, |last| last.number))
    }

    fn close_part(&mut self) -> Result<(), Error> {
        if let Some(part) = self.open.take() {
            self.parts.push(part.finish()?);
        }
        Ok(())
    }
}
