//! The fit: logistic regression drawn toward the shipped scorer, by Newton's method with a fixed number of steps.
//!
//! It makes Σ ln(1 + e^−(±log odds)) + ½ · pull · (Σ weight² + (scale − 1)²) + ½ · bias pull · bias² least. The sum is
//! convex, so there is one answer; a step that would make it larger is halved. Sums are taken in the order given.

use super::{Judgement, Learned, LearnedScorer, Learning, rounded, unlearned};
use crate::FEATURES;
use crate::exact::{exponential, logistic, natural_logarithm};

/// How strongly weights and scale are drawn back: as much as so many decisions at even odds would say (times ¼).
const PULL: f64 = 8.0;
/// How strongly the bias is: how many pairs are accepted at all differs between institutions.
const BIAS_PULL: f64 = 1.0;
/// Steps of Newton's method; it is where it stays after six or seven.
const STEPS: usize = 15;
/// Numbers fitted: scale, bias, a weight for each number of a pair.
const SIZE: usize = FEATURES + 2;

type Vector = [f64; SIZE];

/// A decision as the fit sees it.
struct Row {
    inputs: Vector,
    shipped: f64,
    sign: f64,
}

/// What these decisions teach. Where only the calibration may change, the numbers are as if they never varied.
pub(super) fn fit(judgements: &[&Judgement], learning: Learning) -> LearnedScorer {
    let mut scorer = unlearned(judgements);
    let mut rows: Vec<Row> = judgements.iter().map(|one| row(&scorer.numbers, one)).collect();
    if learning == Learning::Calibration {
        rows.iter_mut().for_each(|row| row.inputs[2..].fill(0.0));
    }
    let mut at: Vector = [0.0; SIZE];
    let mut least = cost(&rows, &at);
    for _ in 0..STEPS {
        let Some(step) = newton(&rows, &at) else { break };
        let mut length = 1.0;
        for _ in 0..12 {
            let next = moved(&at, &step, length);
            let found = cost(&rows, &next);
            if found < least {
                (at, least) = (next, found);
                break;
            }
            length /= 2.0;
        }
    }
    scorer.scale = rounded(1.0 + at[0]);
    scorer.bias = rounded(at[1]);
    for (number, weight) in scorer.numbers.iter_mut().zip(&at[2..]) {
        number.weight = rounded(*weight);
    }
    scorer
}

fn row(numbers: &[Learned], judgement: &Judgement) -> Row {
    let mut inputs = [0.0; SIZE];
    inputs[0] = judgement.reading.log_odds;
    inputs[1] = 1.0;
    for ((input, number), value) in inputs[2..].iter_mut().zip(numbers).zip(judgement.reading.features) {
        *input = number.standard(value);
    }
    Row { inputs, shipped: judgement.reading.log_odds, sign: if judgement.accepted { 1.0 } else { -1.0 } }
}

fn pull(at: usize) -> f64 {
    if at == 1 { BIAS_PULL } else { PULL }
}

fn log_odds(row: &Row, at: &Vector) -> f64 {
    row.inputs.iter().zip(at).fold(row.shipped, |sum, (input, value)| sum + input * value)
}

/// ln(1 + e^−margin).
pub(super) fn loss(margin: f64) -> f64 {
    if margin < 0.0 {
        -margin + natural_logarithm(1.0 + exponential(margin))
    } else {
        natural_logarithm(1.0 + exponential(-margin))
    }
}

fn cost(rows: &[Row], at: &Vector) -> f64 {
    let losses: f64 = rows.iter().map(|row| loss(row.sign * log_odds(row, at))).sum();
    at.iter().enumerate().fold(losses, |sum, (index, value)| sum + 0.5 * pull(index) * value * value)
}

fn moved(at: &Vector, step: &Vector, length: f64) -> Vector {
    let mut next = *at;
    for (value, step) in next.iter_mut().zip(step) {
        *value -= length * step;
    }
    next
}

/// The full step: curvature⁻¹ · slope.
fn newton(rows: &[Row], at: &Vector) -> Option<Vector> {
    let mut slope: Vector = [0.0; SIZE];
    let mut curve = [[0.0; SIZE]; SIZE];
    for (index, value) in at.iter().enumerate() {
        slope[index] = pull(index) * value;
        curve[index][index] = pull(index);
    }
    for row in rows {
        let margin = row.sign * log_odds(row, at);
        let miss = logistic(-margin);
        let bend = miss * (1.0 - miss);
        for one in 0..SIZE {
            slope[one] -= row.sign * miss * row.inputs[one];
            for (value, input) in curve[one].iter_mut().zip(&row.inputs[..=one]) {
                *value += bend * row.inputs[one] * input;
            }
        }
    }
    solve(curve, slope)
}

/// Solves a symmetric positive system by Cholesky's factors; `None` where rounding leaves it not positive.
fn solve(mut curve: [[f64; SIZE]; SIZE], mut right: Vector) -> Option<Vector> {
    for one in 0..SIZE {
        for other in 0..=one {
            let mut sum = curve[one][other];
            for (left, below) in curve[one][..other].iter().zip(&curve[other][..other]) {
                sum -= left * below;
            }
            if one == other {
                if sum <= 0.0 {
                    return None;
                }
                curve[one][one] = sum.sqrt();
            } else {
                curve[one][other] = sum / curve[other][other];
            }
        }
    }
    for one in 0..SIZE {
        for at in 0..one {
            right[one] -= curve[one][at] * right[at];
        }
        right[one] /= curve[one][one];
    }
    for one in (0..SIZE).rev() {
        for at in one + 1..SIZE {
            right[one] -= curve[at][one] * right[at];
        }
        right[one] /= curve[one][one];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_are_solved() {
        let mut curve = [[0.0; SIZE]; SIZE];
        for (at, row) in curve.iter_mut().enumerate() {
            row[at] = 4.0;
            if at > 0 {
                row[at - 1] = 1.0;
            }
        }
        // Every row but the first and last holds 1, 4, 1; with all ones the right side is 6, at the ends 5.
        let mut right = [6.0; SIZE];
        (right[0], right[SIZE - 1]) = (5.0, 5.0);
        for value in solve(curve, right).unwrap() {
            assert!((value - 1.0).abs() < 1e-12);
        }
        curve[1][1] = -1.0;
        assert_eq!(solve(curve, right), None);
    }

    #[test]
    fn losses_do_not_overflow() {
        for (margin, expected) in [(0.0, std::f64::consts::LN_2), (800.0, 0.0), (-500.0, 500.0)] {
            assert!((loss(margin) - expected).abs() < 1e-9, "{margin}");
        }
    }
}
