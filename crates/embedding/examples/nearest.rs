//! How long the nearest of many vectors take: `nearest [NUMBER]` fills a table with made-up vectors of 384 values and searches it,
//! with and without a filter, on as many threads as there are processors and on one.

use std::error::Error;
use std::time::{Duration, Instant};

use keqiao_embedding::{Key, Quantised, Vectors};

fn main() -> Result<(), Box<dyn Error>> {
    let n: u32 = std::env::args().nth(1).map_or(Ok(200_000), |n| n.parse())?;
    let mut state = 1u64;
    let mut vector = || {
        let mut byte = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8 as i8
        };
        Quantised { values: (0..384).map(|_| byte()).collect(), scale: 1e-3 }
    };
    let mut table = Vectors::new("made up", 384);
    for i in 0..n {
        table.put(Key::from(i), &vector())?;
    }
    let queries: Vec<Quantised> = (0..50).map(|_| vector()).collect();
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    let all = |key: Key| key < Key::MAX;
    let tenth = |key: Key| key.is_multiple_of(10);
    told("all threads", &queries, |q| table.nearest(q, 100, all).len());
    told("all threads, a tenth passes", &queries, |q| table.nearest(q, 100, tenth).len());
    told("one thread", &queries, |q| one.install(|| table.nearest(q, 100, all).len()));
    let many: Vec<Quantised> = queries.iter().cycle().take(320).cloned().collect();
    let started = Instant::now();
    let found = table.nearest_each(&many, 100, |_, key| all(key));
    println!("{} together, all threads: {:?} each", found.len(), started.elapsed() / 320);
    let started = Instant::now();
    let bytes = table.to_bytes();
    let written = started.elapsed();
    let started = Instant::now();
    let again = Vectors::from_bytes(&bytes, "made up").ok_or("not whole")?;
    println!("{} MB: to bytes {written:?}, from bytes {:?}", bytes.len() >> 20, started.elapsed());
    assert_eq!(again.len(), table.len());
    Ok(())
}

fn told(how: &str, queries: &[Quantised], search: impl Fn(&Quantised) -> usize) {
    let mut times: Vec<Duration> = queries
        .iter()
        .map(|q| {
            let started = Instant::now();
            assert_eq!(search(q), 100);
            started.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!("{how}: median {:?}, least {:?}, most {:?}", times[times.len() / 2], times[0], times[times.len() - 1]);
}
