//! Vectors of texts, if a model made any: centred (what all texts share says nothing), eight bits a
//! number, searched one by one. Long texts may have a vector for every few sentences as well.

/// Vectors of the texts of a collection, by slot.
#[derive(Clone, Debug, Default)]
pub struct Vectors {
    /// Numbers in a vector.
    pub dim: usize,
    rows: Vec<i8>,
    scales: Vec<f32>,
    mean: Vec<f32>,
}

/// Texts that the mean is learnt from.
const SAMPLE_MAX: usize = 20_000;

impl Vectors {
    /// Learns the mean from `rows` (each `dim` long) and stores all of them in order of slots.
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
        for row in rows.chunks_exact(dim.max(1)) {
            vectors.push(row);
        }
        vectors
    }

    /// Learns the mean from `rows` and stores none of them.
    pub fn learnt(dim: usize, rows: &[f32]) -> Vectors {
        Vectors { rows: Vec::new(), scales: Vec::new(), ..Vectors::new(dim, rows) }
    }

    /// A vector as it is compared.
    pub fn prepare(&self, row: &[f32]) -> Vec<f32> {
        let mut out: Vec<f32> = row.iter().zip(&self.mean).map(|(x, m)| x - m).collect();
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

    /// Sets the vector of a slot; slots before it that have none are like nothing.
    pub fn put(&mut self, slot: u32, row: &[f32]) {
        let slot = slot as usize;
        while self.len() < slot {
            self.push(&[]);
        }
        self.push(row);
        if self.len() > slot + 1 {
            let values = self.rows.split_off(self.rows.len() - self.dim);
            self.rows[slot * self.dim..(slot + 1) * self.dim].copy_from_slice(&values);
            self.scales.swap_remove(slot);
        }
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

    /// The prepared vector of a slot.
    pub fn row(&self, slot: u32) -> impl Iterator<Item = f32> + '_ {
        let at = slot as usize * self.dim;
        let scale = self.scales.get(slot as usize).copied().unwrap_or(0.0);
        self.rows.get(at..at + self.dim).unwrap_or(&[]).iter().map(move |&x| f32::from(x) * scale)
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.rows.capacity() + self.scales.capacity() * 4
    }
}

/// Vectors of parts of texts: the best part speaks for the text, together with the whole.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    vectors: Vectors,
    ends: Vec<u32>,
}

impl Parts {
    /// Takes `rows` of parts; `owners` gives the slot of each, in rising order.
    pub fn new(dim: usize, rows: &[f32], owners: &[u32]) -> Parts {
        let slots = owners.last().map_or(0, |&o| o as usize + 1);
        let mut ends = vec![0; slots];
        owners.iter().for_each(|&o| ends[o as usize] += 1);
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        Parts { vectors: Vectors::new(dim, rows), ends }
    }

    /// A query as the parts compare it.
    pub fn prepare(&self, query: &[f32]) -> (Vec<i16>, f32) {
        Vectors::quantised(&self.vectors.prepare(query))
    }

    /// The likeness of the best part of a text; `None` where it has no parts.
    pub fn likeness(&self, query: &(Vec<i16>, f32), slot: u32) -> Option<f32> {
        let end = *self.ends.get(slot as usize)?;
        let start = if slot == 0 { 0 } else { self.ends[slot as usize - 1] };
        (start..end).map(|part| self.vectors.likeness(query, part)).max_by(f32::total_cmp)
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

/// The cosine of two vectors, 0 where one of them is nothing.
pub fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let length = (dot(a, a) * dot(b, b)).sqrt();
    if length > 1e-9 { dot(a, b) / length } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_that_comes_late_stands_where_its_text_does() {
        let rows: [[f32; 2]; 3] = [[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]];
        let whole = Vectors::new(2, rows.as_flattened());
        let mut late = Vectors::learnt(2, rows.as_flattened());
        late.put(1, &rows[0]);
        late.put(4, &rows[1]);
        late.put(0, &rows[2]);
        assert_eq!(late.len(), 5);
        let like =
            |vectors: &Vectors, row: &[f32], slot| vectors.likeness(&Vectors::quantised(&vectors.prepare(row)), slot);
        assert!(like(&late, &rows[1], 4) > 0.99);
        assert!(like(&late, &rows[2], 0) > 0.99);
        assert_eq!(like(&late, &rows[1], 3), 0.0);
        assert_eq!(like(&late, &rows[0], 1), like(&whole, &rows[0], 0));
    }
}
