//! Scores pairs: `similar PAIRS.tsv [VECTORS.f32]`; prints the area under the curve against the third column.
#![expect(clippy::float_arithmetic, reason = "measures of ranking")]

use keqiao_search::eval::{Rows, pairs, similar};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let table = std::fs::read_to_string(args.first().expect("a table of pairs")).expect("a readable file");
    let rows = args.get(1).map(|path| {
        let bytes = std::fs::read(path).expect("vectors");
        let numbers = bytes[8..].chunks_exact(4).map(|c| f32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect();
        Rows { dim: usize::from(bytes[4]) + 256 * usize::from(bytes[5]), numbers }
    });
    let scores: Vec<f32> =
        similar(&pairs(&table).expect("pairs"), rows.as_ref()).lines().map(|l| l.parse().expect("a score")).collect();
    let same: Vec<bool> = table.lines().skip(1).map(|l| l.ends_with('1')).collect();
    let (mut won, mut of) = (0.0, 0.0);
    for (a, _) in scores.iter().zip(&same).filter(|(_, s)| **s) {
        for (b, _) in scores.iter().zip(&same).filter(|(_, s)| !**s) {
            of += 1.0;
            won += if a > b {
                1.0
            } else if a == b {
                0.5
            } else {
                0.0
            };
        }
    }
    println!("AUC {:.4} of {} pairs", won / of, scores.len());
}
