//! What tells texts of one kind apart: the directions in which their vectors vary, without the few that only name the
//! subject they all share (the illness, the crop) and without the many small ones that are noise. Learnt from the texts at
//! hand; not for ranking, where the subject is what is sought.
#![expect(clippy::float_arithmetic, reason = "vectors of a model are floats; they are compared, never published")]

use rayon::prelude::*;

use crate::rank::dense::{cosine, dot};

/// Of a hundred directions the first is a subject.
const SUBJECTS: usize = 100;
/// A fourth of the directions carries what is said.
const KEPT: usize = 4;
/// Turns of the iteration; the directions that matter stand still after far fewer.
const TURNS: usize = 40;
/// Texts that are learnt from.
const SAMPLE_MAX: usize = 8192;

/// The directions that tell texts apart, and those that name their subject.
#[derive(Clone, Debug, Default)]
pub struct Shade {
    mean: Vec<f32>,
    subjects: Vec<Vec<f32>>,
    directions: Vec<Vec<f32>>,
}

impl Shade {
    /// Learns from vectors of `dim` numbers, one after another.
    pub fn learn(dim: usize, numbers: &[f32]) -> Shade {
        let count = numbers.len() / dim.max(1);
        let step = count.div_ceil(SAMPLE_MAX).max(1);
        let mut rows: Vec<Vec<f32>> = numbers.chunks_exact(dim.max(1)).step_by(step).map(<[f32]>::to_vec).collect();
        let mut mean = vec![0.0; dim];
        rows.iter().for_each(|row| mean.iter_mut().zip(row).for_each(|(m, x)| *m += x / rows.len() as f32));
        rows.iter_mut().for_each(|row| row.iter_mut().zip(&mean).for_each(|(x, m)| *x -= m));
        let spread = spread(dim, &rows);
        let subjects = dim.div_ceil(SUBJECTS);
        let mut directions = directions(&spread, (dim / KEPT).min(rows.len() / 2));
        let subjects = directions.drain(..subjects.min(directions.len())).collect();
        Shade { mean, subjects, directions }
    }

    /// How alike two texts are in what tells texts apart, -1 to 1; by their plain cosine where too little was learnt.
    pub fn likeness(&self, a: &[f32], b: &[f32]) -> f32 {
        if !self.knows(a, b) {
            return cosine(a, b);
        }
        cosine(&self.within(&self.directions, a), &self.within(&self.directions, b))
    }

    /// How alike their subjects are, -1 to 1; 0 where too little was learnt.
    pub fn subject(&self, a: &[f32], b: &[f32]) -> f32 {
        if self.knows(a, b) { cosine(&self.within(&self.subjects, a), &self.within(&self.subjects, b)) } else { 0.0 }
    }

    fn knows(&self, a: &[f32], b: &[f32]) -> bool {
        !self.directions.is_empty() && a.len() == self.mean.len() && b.len() == self.mean.len()
    }

    fn within(&self, directions: &[Vec<f32>], row: &[f32]) -> Vec<f32> {
        let row: Vec<f32> = row.iter().zip(&self.mean).map(|(x, m)| x - m).collect();
        directions.iter().map(|d| dot(&row, d)).collect()
    }
}

/// How the numbers vary together: row by row of a square.
fn spread(dim: usize, rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    (0..dim)
        .into_par_iter()
        .map(|i| {
            let mut sums = vec![0.0; dim];
            rows.iter().for_each(|row| sums.iter_mut().zip(row).for_each(|(s, x)| *s += row[i] * x));
            sums
        })
        .collect()
}

/// The directions of the widest spread, the widest first: turned by the spread and set upright again, many times.
fn directions(spread: &[Vec<f32>], count: usize) -> Vec<Vec<f32>> {
    let dim = spread.len();
    let mut seed = 1_u64;
    let mut number = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 40) as f32 / (1_u64 << 24) as f32 - 0.5
    };
    let mut found: Vec<Vec<f32>> = (0..count).map(|_| (0..dim).map(|_| number()).collect()).collect();
    for _ in 0..TURNS {
        found = found.par_iter().map(|d| spread.iter().map(|row| dot(row, d)).collect()).collect();
        upright(&mut found);
    }
    found
}

/// Sets directions at right angles to those before them, of length one.
fn upright(directions: &mut [Vec<f32>]) {
    for at in 0..directions.len() {
        let (before, rest) = directions.split_at_mut(at);
        let this = &mut rest[0];
        for other in before {
            let shared = dot(this, other);
            this.iter_mut().zip(other.iter()).for_each(|(x, o)| *x -= shared * o);
        }
        let length = dot(this, this).sqrt();
        this.iter_mut().for_each(|x| *x = if length > 1e-9 { *x / length } else { 0.0 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shared_subject_does_not_make_two_texts_alike() {
        // The first number is the subject, by far the widest; the next few what is said; the others noise.
        let row = |n: usize| -> Vec<f32> {
            let at = |i: usize| {
                (crate::text::stream::hash([n as u32, i as u32].into_iter()) >> 40) as f32 / (1 << 23) as f32 - 1.0
            };
            (0..16).map(|i| at(i) * [9.0, 2.0, 1.5, 1.2].get(i).copied().unwrap_or(0.05)).collect()
        };
        let rows: Vec<f32> = (0..400).flat_map(row).collect();
        let shade = Shade::learn(16, &rows);
        let mut a = vec![0.0; 16];
        (a[0], a[1]) = (9.0, 2.0);
        let mut b = a.clone();
        b[1] = -2.0;
        let mut c = a.clone();
        c[0] = -9.0;
        assert!(cosine(&a, &b) > cosine(&a, &c), "by the plain cosine the subject decides");
        assert!(shade.likeness(&a, &b) < 0.0 && shade.likeness(&a, &c) > 0.9);
        assert!(shade.subject(&a, &b) > 0.9 && shade.subject(&a, &c) < -0.9);
    }

    #[test]
    fn too_little_to_learn_from_is_the_plain_cosine() {
        let shade = Shade::learn(3, &[1.0, 0.0, 0.0]);
        assert!(shade.likeness(&[1.0, 0.0, 0.0], &[1.0, 0.0, 0.0]) > 0.99);
        assert!(Shade::learn(0, &[]).likeness(&[], &[]).abs() < 1e-6);
        assert!(Shade::default().likeness(&[1.0], &[1.0, 2.0]).is_finite());
    }
}
