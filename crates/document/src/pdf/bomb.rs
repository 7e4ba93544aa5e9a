//! Streams that unpack to far more than they hold. The library unpacks a stream whole, so that this is looked at before.

use flate2::{Decompress, FlushDecompress, Status};

/// From this ratio of the first output to its input on, a stream is unpacked (and thrown away) to know its size; text
/// and fonts stay far below.
const RATIO_SUSPECT: u64 = 50;
const CHUNK_BYTES: usize = 4096;

/// Whether the compressed streams of a file unpack to more than `most` bytes together. A stream that begins with
/// ordinary density is taken to go on so, and is not unpacked: doing that for every stream would double the reading.
pub(super) fn unpacks_beyond(bytes: &[u8], most: u64) -> bool {
    let mut total = 0;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        if bytes[..at].ends_with(b"end") {
            continue;
        }
        let data = bytes[at + b"stream".len()..].trim_ascii_start();
        // A zlib header; other filters do not multiply by thousands.
        if data.first() == Some(&0x78) {
            total += unpacked(data, most - total);
            if total >= most {
                return true;
            }
        }
    }
    false
}

/// Bytes of one stream, up to `most`; zero for a stream that begins with ordinary density.
fn unpacked(data: &[u8], most: u64) -> u64 {
    let mut stream = Decompress::new(true);
    let mut chunk = [0; CHUNK_BYTES];
    loop {
        let taken = usize::try_from(stream.total_in()).unwrap_or(usize::MAX).min(data.len());
        let before = stream.total_out();
        let status = stream.decompress(&data[taken..], &mut chunk, FlushDecompress::None);
        let ordinary = before == 0 && stream.total_out() < stream.total_in().saturating_mul(RATIO_SUSPECT);
        if ordinary {
            return 0;
        }
        let stuck = stream.total_out() == before;
        if stuck || stream.total_out() >= most || !matches!(status, Ok(Status::Ok | Status::BufError)) {
            return stream.total_out();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::unpacks_beyond;

    fn file(content: &[u8]) -> Vec<u8> {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        packed.write_all(content).expect("memory takes it");
        let mut bytes = b"1 0 obj <</Filter/FlateDecode>> stream\r\n".to_vec();
        bytes.extend(packed.finish().expect("memory takes it"));
        bytes.extend(b"\nendstream endobj");
        bytes
    }

    #[test]
    fn zeros_by_the_million_are_a_bomb_and_words_are_not() {
        assert!(unpacks_beyond(&file(&vec![0; 3 << 20]), 1 << 20));
        assert!(!unpacks_beyond(&file(&vec![0; 1 << 10]), 1 << 20));
        let words: Vec<u8> = (0..200_000u32).flat_map(|i| i.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        assert!(!unpacks_beyond(&file(&words), 1 << 16));
        assert!(!unpacks_beyond(b"stream stream endstream stream\n\x78", 1));
    }
}
