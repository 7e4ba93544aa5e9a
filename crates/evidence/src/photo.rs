//! When and where a photo was taken, as its camera wrote it (EXIF). Shown to whoever records, to be confirmed; never put into a record
//! without them.

use std::io::Cursor;

use exif::{Exif, In, Reader, Tag, Value};
use keqiao_base::Day;
use serde::{Deserialize, Serialize};

use crate::Point;

/// What a camera wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// Hour and minute, `14:05`; empty when unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub time: String,
    /// The place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<Point>,
}

impl Taken {
    /// Whether the camera wrote nothing that helps.
    pub fn is_empty(&self) -> bool {
        *self == Taken::default()
    }
}

/// Reads what the camera wrote into a JPEG, PNG, HEIF, WebP or TIFF; nothing when it is another file, or damaged.
pub fn read(bytes: &[u8]) -> Taken {
    match Reader::new().read_from_container(&mut Cursor::new(bytes)) {
        Ok(exif) => {
            let (day, time) = moment(&exif);
            Taken { day, time, point: point(&exif) }
        }
        Err(_) => Taken::default(),
    }
}

/// The moment of the shot, in the time of the camera.
fn moment(exif: &Exif) -> (Option<Day>, String) {
    let written = [Tag::DateTimeOriginal, Tag::DateTimeDigitized, Tag::DateTime].into_iter().find_map(|tag| match exif
        .get_field(tag, In::PRIMARY)
        .map(|f| &f.value)
    {
        Some(Value::Ascii(lines)) => lines.first().and_then(|l| exif::DateTime::from_ascii(l).ok()),
        _ => None,
    });
    let Some(at) = written else { return (None, String::new()) };
    let day = Day::new(i32::from(at.year), u32::from(at.month), u32::from(at.day));
    match day {
        Some(_) if at.hour < 24 && at.minute < 60 => (day, format!("{:02}:{:02}", at.hour, at.minute)),
        _ => (day, String::new()),
    }
}

fn point(exif: &Exif) -> Option<Point> {
    let lat = coordinate(exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, b"S")?;
    let lon = coordinate(exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, b"W")?;
    Point::new(lat, lon)
}

/// Degrees, minutes, seconds as millionths of a degree; `negative` is the letter of the other half of the globe.
fn coordinate(exif: &Exif, tag: Tag, half: Tag, negative: &[u8]) -> Option<i64> {
    let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
    let mut micro: i128 = 0;
    for (part, seconds) in parts.iter().zip([3_600i128, 60, 1]) {
        if part.denom == 0 {
            return None;
        }
        micro += i128::from(part.num) * 1_000_000 * seconds / (i128::from(part.denom) * 3_600);
    }
    let micro = i64::try_from(micro).ok()?;
    let other = match exif.get_field(half, In::PRIMARY).map(|f| &f.value) {
        Some(Value::Ascii(lines)) => lines.first().is_some_and(|l| l.starts_with(negative)),
        _ => false,
    };
    Some(if other { -micro } else { micro })
}

#[cfg(test)]
mod tests {
    use exif::experimental::Writer;
    use exif::{Field, Rational};

    use super::*;

    fn photo(fields: &[Field]) -> Vec<u8> {
        let mut writer = Writer::new();
        fields.iter().for_each(|f| writer.push_field(f));
        let mut tiff = Cursor::new(Vec::new());
        writer.write(&mut tiff, false).unwrap();
        let mut exif = b"Exif\0\0".to_vec();
        exif.extend(tiff.into_inner());
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&[0xff, 0xd8, 0xff, 0xe1][..], &length, &exif, &[0xff, 0xd9]].concat()
    }

    fn field(tag: Tag, value: Value) -> Field {
        Field { tag, ifd_num: In::PRIMARY, value }
    }

    fn degrees(parts: [(u32, u32); 3]) -> Value {
        Value::Rational(parts.iter().map(|&(num, denom)| Rational { num, denom }).collect())
    }

    #[test]
    fn what_the_camera_wrote_is_read() {
        let taken = read(&photo(&[
            field(Tag::DateTimeOriginal, Value::Ascii(vec![b"2026:03:02 14:05:09".to_vec()])),
            field(Tag::GPSLatitude, degrees([(28, 1), (27, 1), (0, 1)])),
            field(Tag::GPSLatitudeRef, Value::Ascii(vec![b"N".to_vec()])),
            field(Tag::GPSLongitude, degrees([(119, 1), (5520, 100), (0, 1)])),
            field(Tag::GPSLongitudeRef, Value::Ascii(vec![b"E".to_vec()])),
        ]));
        assert_eq!(taken.day.unwrap().to_string(), "2026-03-02");
        assert_eq!(taken.time, "14:05");
        assert_eq!(taken.point, Point::new(28_450_000, 119_920_000));
    }

    #[test]
    fn what_cannot_be_is_left_out_and_no_bytes_break_the_reader() {
        let broken = photo(&[
            field(Tag::DateTimeOriginal, Value::Ascii(vec![b"0000:00:00 00:00:00".to_vec()])),
            field(Tag::GPSLatitude, degrees([(28, 0), (27, 1), (0, 1)])),
            field(Tag::GPSLongitude, degrees([(u32::MAX, 1), (0, 1), (0, 1)])),
        ]);
        assert!(read(&broken).is_empty());
        for cut in 0..broken.len() {
            assert!(read(&broken[..cut]).is_empty(), "{cut}");
        }
        assert!(read(b"%PDF-1.7").is_empty() && read(b"").is_empty());
    }
}
