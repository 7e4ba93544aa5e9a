//! Times the assignment of made-up demands and experts: `cargo run --release -p keqiao-exchange --example assign -- 2000 500 [--pairs]`.
//! `--pairs` prints the problem instead (places, then pairs), for a solver of somebody else to check the worth.

use std::time::Instant;

use keqiao_exchange::assign::{Pair, Problem, prices, solve};

/// Numbers that look like chance and are the same every time (Lehmer).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % bound).unwrap_or(0)
    }
}

fn main() {
    let mut args = std::env::args().skip(1);
    let mut number = || args.next().and_then(|a| a.parse().ok());
    let (demands, experts) = (number().unwrap_or(2_000), number().unwrap_or(500));
    let mut dice = Dice(2026);
    // A few are known to all and fit everything well: the case that the capacity is there for.
    let famous: Vec<u32> = (0..experts).map(|e| if e < experts / 50 { 3_000 } else { dice.below(800) }).collect();
    let places = (0..experts).map(|_| 2 + dice.below(4)).collect();
    let pairs = (0..demands)
        .flat_map(|demand| (0..experts).map(move |expert| (demand, expert)))
        .map(|(demand, expert)| Pair {
            demand,
            expert,
            score: famous[expert] + dice.below(7_000),
            km: dice.below(200),
            conflict: dice.below(100) < 2,
        })
        .collect();
    let problem = Problem { demands, places, pairs, per_km: 8 };
    if args.next().is_some() {
        println!("{:?}", problem.places);
        for p in &problem.pairs {
            println!("{} {} {} {} {}", p.demand, p.expert, p.score, p.km, u8::from(p.conflict));
        }
        return;
    }
    let start = Instant::now();
    let found = solve(&problem).expect("a problem that makes sense");
    println!(
        "{demands} demands, {experts} experts: worth {}, served {}, {:?}",
        found.worth,
        found.served(),
        start.elapsed()
    );
    let start = Instant::now();
    println!("{:?} in {:?}", prices(&problem, &found), start.elapsed());
}
