//! Zip containers (docx, xlsx, ods) opened with care: bounds on members, unpacked bytes, ratio and time hold before
//! any other library sees the content.

use std::io::{Cursor, Read};
use std::time::{Duration, Instant};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::{Limits, Problem, refuse};

const MEMBERS_MAX: usize = 20_000;
/// Office files of real reports stay far below; a bomb is a thousand times smaller than what it unpacks to.
const RATIO_MAX: u64 = 300;
/// Below this many unpacked bytes the ratio does not matter.
const RATIO_FROM_BYTES: u64 = 32 << 20;

/// When reading must have ended.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    end: Option<Instant>,
    time_max: Duration,
}

impl Deadline {
    pub(crate) fn new(limits: &Limits) -> Deadline {
        Deadline { end: Instant::now().checked_add(limits.time_max), time_max: limits.time_max }
    }

    pub(crate) fn check(self) -> Result<(), Problem> {
        match self.end {
            Some(end) if Instant::now() > end => Err(refuse::too_slow(self.time_max.as_secs())),
            _ => Ok(()),
        }
    }
}

pub(crate) struct Container<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    packed_bytes: u64,
    unpacked_bytes: u64,
    unpacked_bytes_max: u64,
    pub(crate) deadline: Deadline,
}

impl<'a> Container<'a> {
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Container<'a>, Problem> {
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| refuse::damaged("压缩结构不完整", "its zip structure is incomplete"))?;
        if zip.len() > MEMBERS_MAX {
            return Err(refuse::too_large("内部文件过多", "too many members inside"));
        }
        Ok(Container {
            zip,
            packed_bytes: bytes.len() as u64,
            unpacked_bytes: 0,
            unpacked_bytes_max: limits.unpacked_bytes_max,
            deadline: Deadline::new(limits),
        })
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    pub(crate) fn has_folder(&self, folder: &str) -> bool {
        self.zip.file_names().any(|n| n.is_ok_and(|n| n.starts_with(folder)))
    }

    /// Unpacks a member; `None` when there is none of that name.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Problem> {
        match self.zip.index_for_name(name) {
            Some(index) => self.unpack(index).map(Some),
            None => Ok(None),
        }
    }

    /// Unpacks a member as text; Office writes UTF-8, rarely UTF-16.
    pub(crate) fn xml(&mut self, name: &str) -> Result<Option<String>, Problem> {
        Ok(self.part(name)?.map(|bytes| crate::decode::xml(&bytes)))
    }

    /// Unpacks every member that the reading library will unpack, so that its limits are known to hold.
    pub(crate) fn verify(&mut self) -> Result<(), Problem> {
        for index in 0..self.zip.len() {
            let media = self.zip.name_for_index(index).is_some_and(|n| n.is_ok_and(|n| n.contains("/media/")));
            if !media {
                self.unpack(index)?;
            }
        }
        Ok(())
    }

    fn unpack(&mut self, index: usize) -> Result<Vec<u8>, Problem> {
        self.deadline.check()?;
        let left = self.unpacked_bytes_max.saturating_sub(self.unpacked_bytes);
        let file = self.zip.by_index(index).map_err(|e| match e {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => refuse::encrypted(),
            _ => refuse::damaged("内部文件打不开", "a member cannot be opened"),
        })?;
        let mut bytes = Vec::new();
        file.take(left.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|_| refuse::damaged("内部文件不完整", "a member is incomplete"))?;
        self.unpacked_bytes += bytes.len() as u64;
        if bytes.len() as u64 > left {
            return Err(refuse::too_large("解压后超过上限", "it unpacks to more than the limit"));
        }
        if self.unpacked_bytes > RATIO_FROM_BYTES && self.unpacked_bytes / RATIO_MAX > self.packed_bytes {
            return Err(refuse::too_large("压缩比异常，疑似压缩炸弹", "its compression ratio is that of a zip bomb"));
        }
        Ok(bytes)
    }
}
