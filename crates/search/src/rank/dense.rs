//! Vectors of texts, if a model made any: centred, the directions that all texts share taken out, eight bits a number.

/// Vectors of the texts of a collection, by slot.
#[derive(Clone, Debug, Default)]
pub struct Vectors {
    /// Numbers in a vector.
    pub dim: usize,
    rows: Vec<i8>,
    scales: Vec<f32>,
    mean: Vec<f32>,
    shared: Vec<Vec<f32>>,
}

/// Directions taken out.
const SHARED_MAX: usize = 0;
/// Texts that the mean and the shared directions are learnt from.
const SAMPLE_MAX: usize = 20_000;

impl Vectors {
    /// Learns the mean and the shared directions from `rows` (each `dim` long) and stores all of them in order of slots.
    pub fn new(dim: usize, rows: &[f32]) -> Vectors {
        let mut vectors = Vectors { dim, ..Vectors::default() };
        let count = rows.len() / dim.max(1);
        let sample: Vec<&[f32]> = rows.chunks_exact(dim.max(1)).step_by(count.div_ceil(SAMPLE_MAX).max(1)).collect();
        let mut mean = vec![0.0; dim];
        for row in &sample {
            mean.iter_mut().zip(*row).for_each(|(m, x)| *m += x);
        }
        mean.iter_mut().for_each(|m| *m /= sample.len().max(1) as f32);
        vectors.mean = mean;
        for _ in 0..SHARED_MAX.min(dim) {
            let direction = vectors.strongest(&sample);
            vectors.shared.push(direction);
        }
        for row in rows.chunks_exact(dim.max(1)) {
            vectors.push(row);
        }
        vectors
    }

    /// The direction in which the sample differs most, by power iteration.
    fn strongest(&self, sample: &[&[f32]]) -> Vec<f32> {
        let centred: Vec<Vec<f32>> = sample.iter().step_by(sample.len().div_ceil(4000).max(1)).map(|r| self.plain(r)).collect();
        let mut direction: Vec<f32> = (0..self.dim).map(|i| 1.0 + (i % 7) as f32).collect();
        for _ in 0..30 {
            let mut next = vec![0.0; self.dim];
            for row in &centred {
                let along = dot(row, &direction);
                next.iter_mut().zip(row).for_each(|(n, x)| *n += along * x);
            }
            unit(&mut next);
            direction = next;
        }
        direction
    }

    /// A vector without the mean and the shared directions.
    fn plain(&self, row: &[f32]) -> Vec<f32> {
        let mut out: Vec<f32> = row.iter().zip(&self.mean).map(|(x, m)| x - m).collect();
        for direction in &self.shared {
            let along = dot(&out, direction);
            out.iter_mut().zip(direction).for_each(|(x, d)| *x -= along * d);
        }
        out
    }

    /// A vector as it is compared.
    pub fn prepare(&self, row: &[f32]) -> Vec<f32> {
        let mut out = self.plain(row);
        unit(&mut out);
        out
    }

    /// Appends the vector of the next slot; a vector of another length, or none, is like nothing.
    pub fn push(&mut self, row: &[f32]) {
        let row = if row.len() == self.dim { self.prepare(row) } else { vec![0.0; self.dim] };
        let most = row.iter().fold(0.0_f32, |m, x| m.max(x.abs()));
        let scale = if most > 0.0 && most.is_finite() { most / 127.0 } else { 0.0 };
        self.scales.push(scale);
        self.rows.extend(row.iter().map(|x| if scale > 0.0 { (x / scale).round() as i8 } else { 0 }));
    }

    /// How many vectors there are.
    pub fn len(&self) -> usize {
        self.scales.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.scales.is_empty()
    }

    /// A prepared query in eight bits with its scale.
    pub fn quantised(query: &[f32]) -> (Vec<i16>, f32) {
        let most = query.iter().fold(0.0_f32, |m, x| m.max(x.abs()));
        let scale = if most > 0.0 && most.is_finite() { most / 127.0 } else { 1.0 };
        (query.iter().map(|x| (x / scale).round() as i16).collect(), scale)
    }

    /// The likeness of a quantised query to the text of a slot, -1 to 1.
    pub fn likeness(&self, query: &(Vec<i16>, f32), slot: u32) -> f32 {
        let at = slot as usize * self.dim;
        let Some(row) = self.rows.get(at..at + self.dim) else { return 0.0 };
        let sum: i32 = row.iter().zip(&query.0).map(|(&a, &b)| i32::from(i16::from(a) * b)).sum();
        sum as f32 * query.1 * self.scales[slot as usize]
    }

    /// The likeness of two texts.
    pub fn between(&self, a: u32, b: u32) -> f32 {
        let at = a as usize * self.dim;
        let Some(row) = self.rows.get(at..at + self.dim) else { return 0.0 };
        let query: Vec<i16> = row.iter().map(|&x| i16::from(x)).collect();
        self.likeness(&(query, self.scales[a as usize]), b)
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.rows.capacity() + self.scales.capacity() * 4
    }
}

/// The inner product.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn unit(v: &mut [f32]) {
    let length = dot(v, v).sqrt();
    if length > 1e-9 {
        v.iter_mut().for_each(|x| *x /= length);
    }
}
