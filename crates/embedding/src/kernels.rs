//! The arithmetic that candle does slowly on a processor, one loop each, written so that the compiler makes vector instructions of
//! it. `pulp` picks the widest set the machine has when the program runs, so one binary serves old and new processors.

use candle_core::{CpuStorage, InplaceOp1, InplaceOp2, Layout, Result, bail};
use pulp::Arch;

/// `x := x + bias`, row by row.
pub(crate) struct AddBias(pub(crate) Vec<f32>);

/// `x := gelu(x + bias)`, row by row; the exact form with the error function.
pub(crate) struct GeluBias(pub(crate) Vec<f32>);

/// Rows become shares of one: `x := exp(x·scale) / Σ exp(x·scale)`.
pub(crate) struct Softmax {
    pub(crate) width: usize,
    pub(crate) scale: f32,
}

/// `x := layer-norm(x + y + bias)`, row by row.
pub(crate) struct AddNorm {
    pub(crate) bias: Vec<f32>,
    pub(crate) norm: Norm,
}

/// The weights of a layer-norm.
pub(crate) struct Norm {
    pub(crate) weight: Vec<f32>,
    pub(crate) bias: Vec<f32>,
    pub(crate) epsilon: f32,
}

impl InplaceOp1 for AddBias {
    fn name(&self) -> &'static str {
        "add-bias"
    }

    fn cpu_fwd(&self, storage: &mut CpuStorage, layout: &Layout) -> Result<()> {
        let x = floats_mut(storage, layout)?;
        Arch::new().dispatch(|| {
            for row in x.chunks_exact_mut(self.0.len().max(1)) {
                row.iter_mut().zip(&self.0).for_each(|(v, b)| *v += b);
            }
        });
        Ok(())
    }
}

impl InplaceOp1 for GeluBias {
    fn name(&self) -> &'static str {
        "gelu-bias"
    }

    fn cpu_fwd(&self, storage: &mut CpuStorage, layout: &Layout) -> Result<()> {
        let x = floats_mut(storage, layout)?;
        Arch::new().dispatch(|| {
            for row in x.chunks_exact_mut(self.0.len().max(1)) {
                row.iter_mut().zip(&self.0).for_each(|(v, b)| *v = gelu(*v + b));
            }
        });
        Ok(())
    }
}

impl InplaceOp1 for Softmax {
    fn name(&self) -> &'static str {
        "softmax"
    }

    fn cpu_fwd(&self, storage: &mut CpuStorage, layout: &Layout) -> Result<()> {
        let x = floats_mut(storage, layout)?;
        Arch::new().dispatch(|| x.chunks_exact_mut(self.width.max(1)).for_each(|row| softmax(row, self.scale)));
        Ok(())
    }
}

impl InplaceOp2 for AddNorm {
    fn name(&self) -> &'static str {
        "add-norm"
    }

    fn cpu_fwd(&self, x: &mut CpuStorage, x_layout: &Layout, y: &CpuStorage, y_layout: &Layout) -> Result<()> {
        let (x, y) = (floats_mut(x, x_layout)?, floats(y, y_layout)?);
        let width = self.bias.len().max(1);
        Arch::new().dispatch(|| {
            for (row, added) in x.chunks_exact_mut(width).zip(y.chunks_exact(width)) {
                for ((v, a), b) in row.iter_mut().zip(added).zip(&self.bias) {
                    *v += a + b;
                }
                self.norm.row(row);
            }
        });
        Ok(())
    }
}

impl InplaceOp1 for Norm {
    fn name(&self) -> &'static str {
        "norm"
    }

    fn cpu_fwd(&self, storage: &mut CpuStorage, layout: &Layout) -> Result<()> {
        let x = floats_mut(storage, layout)?;
        Arch::new().dispatch(|| x.chunks_exact_mut(self.weight.len().max(1)).for_each(|row| self.row(row)));
        Ok(())
    }
}

impl Norm {
    #[inline(always)]
    #[expect(clippy::cast_precision_loss, reason = "the width of a row, at most some thousands")]
    fn row(&self, row: &mut [f32]) {
        let n = row.len() as f32;
        let mean = lanes(row, |v| v) / n;
        let variance = lanes(row, |v| (v - mean) * (v - mean)) / n;
        let inverse = 1.0 / (variance + self.epsilon).sqrt();
        for ((v, w), b) in row.iter_mut().zip(&self.weight).zip(&self.bias) {
            *v = (*v - mean) * inverse * w + b;
        }
    }
}

/// Σ f(v) in sixteen sums side by side: floats are added in the order that is written, so a single sum would go one by one.
#[inline(always)]
fn lanes(row: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0f32; 16];
    let (chunks, rest) = row.as_chunks::<16>();
    for chunk in chunks {
        sums.iter_mut().zip(chunk).for_each(|(s, v)| *s += f(*v));
    }
    sums.iter().sum::<f32>() + rest.iter().map(|v| f(*v)).sum::<f32>()
}

#[inline(always)]
fn softmax(row: &mut [f32], scale: f32) {
    let mut tops = [f32::NEG_INFINITY; 16];
    let (chunks, rest) = row.as_chunks::<16>();
    for chunk in chunks {
        tops.iter_mut().zip(chunk).for_each(|(t, v)| *t = if *v > *t { *v } else { *t });
    }
    let top = tops.iter().chain(rest).fold(f32::NEG_INFINITY, |m, v| m.max(*v));
    row.iter_mut().for_each(|v| *v = exp((*v - top) * scale));
    let inverse = 1.0 / lanes(row, |v| v);
    row.iter_mut().for_each(|v| *v *= inverse);
}

/// e to the power of `x`, for `x` from −87 to 88 (beyond, the value at the bound); within 3 units of the last digit.
#[inline(always)]
#[expect(
    clippy::cast_possible_truncation,
    clippy::excessive_precision,
    reason = "whole after rounding, and small; ln 2 in two parts"
)]
fn exp(x: f32) -> f32 {
    const ROUND: f32 = 12_582_912.0; // 1.5·2^23: adding it rounds to a whole number
    let x = if x > -87.0 { x } else { -87.0 };
    let x = if x < 88.0 { x } else { 88.0 };
    let n = (x * std::f32::consts::LOG2_E + ROUND) - ROUND;
    let r = x - n * 0.693_359_375 - n * -2.121_944_4e-4;
    let p = 1.987_569_1e-4;
    let p = p * r + 1.398_199_9e-3;
    let p = p * r + 8.333_452e-3;
    let p = p * r + 4.166_579_6e-2;
    let p = p * r + 1.666_666_5e-1;
    let p = p * r + 5.000_000_1e-1;
    let p = p * r * r + r + 1.0;
    p * f32::from_bits(((n as i32 + 127) << 23) as u32)
}

/// `x·Φ(x)`; the error function after Abramowitz and Stegun 7.1.26, within 1.5e-7.
#[inline(always)]
fn gelu(x: f32) -> f32 {
    let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let p = ((((1.061_405_4 * t - 1.453_152) * t + 1.421_413_7) * t - 0.284_496_74) * t + 0.254_829_6) * t;
    let tail = 0.5 * p * exp(-z * z);
    x * if x > 0.0 { 1.0 - tail } else { tail }
}

fn floats_mut<'a>(storage: &'a mut CpuStorage, layout: &Layout) -> Result<&'a mut [f32]> {
    match (storage, layout.contiguous_offsets()) {
        (CpuStorage::F32(all), Some((start, end))) => Ok(&mut all[start..end]),
        _ => bail!("expected floats in one piece"),
    }
}

fn floats<'a>(storage: &'a CpuStorage, layout: &Layout) -> Result<&'a [f32]> {
    match (storage, layout.contiguous_offsets()) {
        (CpuStorage::F32(all), Some((start, end))) => Ok(&all[start..end]),
        _ => bail!("expected floats in one piece"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_and_gelu_agree_with_the_exact_functions() {
        for i in -870..=880 {
            let x = i as f32 / 10.0;
            assert!((exp(x) / x.exp() - 1.0).abs() < 4e-7, "exp({x})");
        }
        assert!(exp(f32::NEG_INFINITY) < 1e-37);
        // Φ from its table: Φ(1) = 0.841345, Φ(2) = 0.977250.
        for (x, expected) in [(0.0, 0.0), (1.0, 0.841_345), (-1.0, -0.158_655), (2.0, 1.954_5), (-6.0, 0.0), (9.0, 9.0)]
        {
            assert!((gelu(x) - expected).abs() < 2e-6, "gelu({x}) = {}", gelu(x));
        }
    }

    #[test]
    fn softmax_shares_one() {
        let mut row: Vec<f32> = (0..37).map(|i| (i as f32).sin() * 40.0).collect();
        let expected: Vec<f32> = row.iter().map(|v| (v * 0.5).exp()).collect();
        let sum: f32 = expected.iter().sum();
        softmax(&mut row, 0.5);
        for (a, b) in row.iter().zip(&expected) {
            assert!((a - b / sum).abs() < 1e-6);
        }
    }
}
