//! A text's vector, as floats and as bytes.

/// A text's vector, of length one.
#[derive(Clone, Debug, PartialEq)]
pub struct Vector(pub Vec<f32>);

impl Vector {
    /// Scaled to length one; a vector of zeros stays as it is.
    pub(crate) fn normalised(mut values: Vec<f32>) -> Vector {
        let length = values.iter().map(|v| v * v).sum::<f32>().sqrt();
        if length > 0.0 {
            values.iter_mut().for_each(|v| *v /= length);
        }
        Vector(values)
    }

    /// The cosine with another vector of the same model, −1 to 1.
    pub fn cosine(&self, other: &Vector) -> f32 {
        self.0.iter().zip(&other.0).map(|(a, b)| a * b).sum()
    }

    /// A byte for each value: a quarter of the memory; cosines differ by less than 0.005.
    pub fn quantised(&self) -> Quantised {
        let largest = self.0.iter().fold(0f32, |m, v| m.max(v.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "at most 127 by the choice of the scale; not a number becomes 0"
        )]
        let values = self.0.iter().map(|v| (v / scale).round() as i8).collect();
        Quantised { values, scale }
    }
}

/// A vector in bytes: each value is `values[i] * scale`.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantised {
    /// The values, −127 to 127.
    pub values: Box<[i8]>,
    /// What one step is worth.
    pub scale: f32,
}

impl Quantised {
    /// The floats again.
    pub fn vector(&self) -> Vector {
        Vector(self.values.iter().map(|v| f32::from(*v) * self.scale).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_keep_the_cosine() {
        let a = Vector::normalised((0..384).map(|i| (i as f32 * 0.37).sin()).collect());
        let b = Vector::normalised((0..384).map(|i| (i as f32 * 0.41).cos() + 0.3).collect());
        assert!((a.cosine(&a) - 1.0).abs() < 1e-5);
        assert!((a.cosine(&b) - a.quantised().vector().cosine(&b.quantised().vector())).abs() < 0.005);
        assert!((a.quantised().vector().cosine(&b) - a.cosine(&b)).abs() < 0.005);
    }

    #[test]
    fn zeros_and_no_numbers_do_no_harm() {
        let zero = Vector::normalised(vec![0.0; 8]);
        assert_eq!(zero.quantised().vector().cosine(&zero), 0.0);
        let none = Vector(vec![f32::NAN; 8]).quantised();
        assert_eq!(none.values.as_ref(), [0i8; 8]);
    }
}
