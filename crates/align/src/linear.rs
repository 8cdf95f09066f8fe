//! A layer's matrix in whole numbers: y = W · x + b for every token, the same bits on every machine.
//!
//! W is kept as 16-bit steps with one scale an output; x is rounded to 14-bit steps with one scale a token. Products and sums
//! are then exact ([`crate::kernel`]); what remains in floating point is one multiplication by both scales and one addition.

use crate::kernel::{Packed, products};
use crate::lanes::LANES;

/// The largest step of an input.
const STEPS: f32 = 8_191.0;
/// Steps of the weights of one output add up to less than this, so that no sum of products can reach 2³¹.
const MOST_STEPS: f64 = 2_147_483_647.0 / 8_191.0;

/// A matrix with its bias.
#[derive(Clone, Debug)]
pub(crate) struct Linear {
    inputs: usize,
    outputs: usize,
    weights: Packed,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    /// From steps (outputs × inputs), a scale an output, and a bias an output or none at all.
    ///
    /// None when the lengths do not fit, the inputs are odd, or the sums could overflow.
    pub(crate) fn new(inputs: usize, steps: &[i16], scales: Vec<f32>, bias: Vec<f32>) -> Option<Self> {
        let outputs = scales.len();
        let fits = inputs > 0 && inputs.is_multiple_of(2) && steps.len() == inputs * outputs;
        let safe = |row: &[i16]| row.iter().map(|step| f64::from(step.unsigned_abs())).sum::<f64>() < MOST_STEPS;
        let whole = fits && (bias.is_empty() || bias.len() == outputs) && steps.chunks_exact(inputs).all(safe);
        whole.then(|| Self { inputs, outputs, weights: Packed::new(steps, inputs), scales, bias })
    }

    /// From weights in floating point (outputs × inputs).
    ///
    /// None as for [`Self::new`].
    pub(crate) fn rounded(inputs: usize, weights: &[f32], bias: Vec<f32>) -> Option<Self> {
        let (mut steps, mut scales) = (Vec::with_capacity(weights.len()), Vec::new());
        for row in weights.chunks_exact(inputs.max(1)) {
            let sum: f64 = row.iter().map(|weight| f64::from(weight.abs())).sum();
            let most = f64::from(row.iter().fold(0.0_f32, |most, weight| most.max(weight.abs())));
            // One step each may be lost to rounding up.
            let room = MOST_STEPS - f64::from(u32::try_from(inputs).ok()?);
            let scale = (sum / room).max(most / 32_767.0).max(f64::MIN_POSITIVE);
            #[expect(clippy::cast_possible_truncation, reason = "within 16 bits by the choice of the scale")]
            steps.extend(row.iter().map(|weight| (f64::from(*weight) / scale).round_ties_even() as i16));
            #[expect(clippy::cast_possible_truncation, reason = "a scale needs no more than f32")]
            scales.push(scale as f32);
        }
        Self::new(inputs, &steps, scales, bias)
    }

    /// W · x + b for tokens one after another; `out` is replaced.
    pub(crate) fn apply(&self, tokens: &[f32], room: &mut Room, out: &mut Vec<f32>) {
        let count = tokens.len() / self.inputs;
        room.steps.clear();
        room.scales.clear();
        for token in tokens.chunks_exact(self.inputs) {
            room.scales.push(round_to_steps(token, &mut room.steps));
        }
        let (panels, line) = (self.weights.panels(), self.weights.panels() * LANES);
        room.sums.resize(count * line, 0);
        products(&room.steps, &self.weights, 0..panels, &mut room.sums);
        out.clear();
        for (sums, scale) in room.sums.chunks_exact(line).zip(&room.scales) {
            #[expect(clippy::cast_precision_loss, reason = "24 bits of a sum are enough")]
            out.extend(sums.iter().zip(&self.scales).map(|(sum, weight)| *sum as f32 * (weight * scale)));
        }
        if !self.bias.is_empty() {
            for token in out.chunks_exact_mut(self.outputs) {
                for (value, bias) in token.iter_mut().zip(&self.bias) {
                    *value += bias;
                }
            }
        }
    }
}

/// Scratch space for [`Linear::apply`], kept from call to call.
#[derive(Default)]
pub(crate) struct Room {
    steps: Vec<i16>,
    scales: Vec<f32>,
    sums: Vec<i32>,
}

/// Appends a token's numbers in steps and returns what a step is worth.
fn round_to_steps(token: &[f32], steps: &mut Vec<i16>) -> f32 {
    // Adding and taking away 1.5 · 2²³ rounds to the nearest whole number, ties to even.
    const ROUNDER: f32 = 12_582_912.0;
    let most = largest(token);
    // Smaller numbers count as nothing, so that the division cannot run over.
    let inverse = if most > 1e-30 { STEPS / most } else { 0.0 };
    #[expect(clippy::cast_possible_truncation, reason = "within ±8,191 by the choice of the scale")]
    steps.extend(token.iter().map(|value| ((value * inverse + ROUNDER) - ROUNDER) as i16));
    most / STEPS
}

/// The largest absolute value.
fn largest(values: &[f32]) -> f32 {
    let mut most = [0.0_f32; LANES];
    let (parts, rest) = values.as_chunks::<LANES>();
    for part in parts {
        for (most, value) in most.iter_mut().zip(part) {
            *most = if value.abs() > *most { value.abs() } else { *most };
        }
    }
    most.iter().chain(rest).fold(0.0, |most, value| if value.abs() > most { value.abs() } else { most })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_those_of_floats_to_a_few_ten_thousandths() {
        let value = |at: u16| f32::from(at.wrapping_mul(40_503) >> 4) / 2_048.0 - 1.0;
        let (inputs, outputs) = (64, 37);
        let weights: Vec<f32> = (0..inputs * outputs).map(value).collect();
        let bias: Vec<f32> = (0..outputs).map(|at| value(at + 9)).collect();
        let tokens: Vec<f32> = (0..3 * inputs).map(|at| 3.0 * value(at + 77)).collect();
        let linear = Linear::rounded(usize::from(inputs), &weights, bias.clone()).unwrap();
        let mut out = Vec::new();
        linear.apply(&tokens, &mut Room::default(), &mut out);
        assert_eq!(out.len(), 3 * usize::from(outputs));
        for (token, given) in tokens.chunks(usize::from(inputs)).zip(out.chunks(usize::from(outputs))) {
            for ((row, bias), given) in weights.chunks(usize::from(inputs)).zip(&bias).zip(given) {
                let exact: f32 = row.iter().zip(token).map(|(a, b)| a * b).sum::<f32>() + bias;
                assert!((exact - given).abs() < 5e-3, "{exact} {given}");
            }
        }
    }

    #[test]
    fn steps_stay_within_their_bound() {
        for size in [0.0, 1e-38, 1e-31, 1e-29, 1.0, 1e30] {
            let mut steps = Vec::new();
            round_to_steps(&[size, -size, size / 2.0], &mut steps);
            assert!(steps.iter().all(|step| step.unsigned_abs() <= 8_191), "{size}: {steps:?}");
        }
    }

    #[test]
    fn what_could_overflow_or_does_not_fit_is_refused() {
        assert!(Linear::new(16, &[i16::MAX; 16], vec![1.0], Vec::new()).is_none());
        assert!(Linear::new(4, &[1; 8], vec![1.0], Vec::new()).is_none());
        assert!(Linear::new(3, &[1; 3], vec![1.0], Vec::new()).is_none());
        assert!(Linear::new(4, &[1; 4], vec![1.0], vec![0.0; 2]).is_none());
        assert!(Linear::new(4, &[1; 4], vec![1.0], Vec::new()).is_some());
    }
}
