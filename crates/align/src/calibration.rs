//! How honest stated probabilities are: by bins, by the expected calibration error, beside what perfectly honest ones would show on
//! so few answers, and after being calibrated on other answers of the same set.

use credway_model::Probability;

use crate::exact::natural_logarithm;
use crate::learning::recalibrated;
use crate::scorer::probability;

/// Bins of equal width.
const BINS: u16 = 10;
/// Parts that a set is dealt into: each is calibrated on the others.
const PARTS: usize = 5;
/// How often answers are drawn for the error of honest probabilities.
const DRAWS: usize = 200;

/// The best answer of a query: its probability, and whether it is right.
pub(crate) type Answer = (Probability, bool);

/// Answers whose probability lies between two bounds.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct ReliabilityPoint {
    /// From this probability on, 0 to 0.9.
    pub from: f64,
    /// How many answers.
    pub answers: usize,
    /// Mean probability stated, 0 to 1; 0 where there are none.
    pub stated: f64,
    /// Share that is right, 0 to 1; 0 where there are none.
    pub right: f64,
}

/// The answers by bins of a tenth.
pub(crate) fn reliability(answers: &[Answer]) -> Vec<ReliabilityPoint> {
    let mut sums = [(0_usize, 0.0, 0.0); BINS as usize];
    for (stated, right) in answers {
        let bin = &mut sums[usize::from((stated.steps() / (10_000 / BINS)).min(BINS - 1))];
        bin.0 += 1;
        bin.1 += stated.value();
        bin.2 += f64::from(u8::from(*right));
    }
    let point = |(bin, (answers, stated, right)): (u16, (usize, f64, f64))| {
        let count = count(answers.max(1));
        ReliabilityPoint {
            from: f64::from(bin) / f64::from(BINS),
            answers,
            stated: stated / count,
            right: right / count,
        }
    };
    (0..BINS).zip(sums).map(point).collect()
}

/// Expected calibration error: Σ over bins of answers · |stated − right| ÷ all answers; 0 to 1.
pub(crate) fn calibration_error(answers: &[Answer]) -> f64 {
    let off = |point: &ReliabilityPoint| count(point.answers) * (point.stated - point.right).abs();
    reliability(answers).iter().map(off).sum::<f64>() / count(answers.len().max(1))
}

/// The error that remains where every answer is right exactly as often as stated: the mean over drawn outcomes (fixed seed). A
/// measured error is no worse than honest as long as it is near this.
pub(crate) fn honest_error(answers: &[Answer]) -> f64 {
    let mut random = Random(20_261);
    let mut drawn = answers.to_vec();
    let mut sum = 0.0;
    for _ in 0..DRAWS {
        for (stated, right) in &mut drawn {
            *right = random.below(10_000) < u64::from(stated.steps());
        }
        sum += calibration_error(&drawn);
    }
    sum / count(DRAWS)
}

/// The error after the probabilities are calibrated as an institution's decisions calibrate them (scale and bias of the log odds, drawn
/// toward the shipped ones): each fifth of the answers by the other four. `kin` holds a number for each answer; equal ones share a part.
pub(crate) fn learned_error(answers: &[Answer], kin: &[usize]) -> f64 {
    let odds: Vec<(f64, bool)> = answers.iter().map(|(stated, right)| (log_odds(*stated), *right)).collect();
    let parts: Vec<usize> = kin.iter().map(|kin| kin % PARTS).collect();
    let learned = recalibrated(&odds, &parts, PARTS);
    let answers: Vec<Answer> =
        learned.iter().zip(answers).map(|(odds, (_, right))| (probability(*odds), *right)).collect();
    calibration_error(&answers)
}

/// The log odds of a probability, which is kept from 0 and 1 by half a step.
fn log_odds(stated: Probability) -> f64 {
    let value = stated.value().clamp(0.000_05, 0.999_95);
    natural_logarithm(value) - natural_logarithm(1.0 - value)
}

#[expect(clippy::cast_precision_loss, reason = "counts of answers are far below 2^52")]
fn count(number: usize) -> f64 {
    number as f64
}

/// `SplitMix64` (Steele, Lea, Flood 2014): a fixed sequence, the same everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number below `size`, which is not 0.
    pub(crate) fn below(&mut self, size: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % size
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(steps: u16, right: bool) -> Answer {
        (Probability::from_steps(steps), right)
    }

    /// `many` answers stated at `steps`, of which `share` of 100 are right.
    fn stated(steps: u16, share: usize, many: usize) -> Vec<Answer> {
        (0..many).map(|at| answer(steps, at * 37 % 100 < share)).collect()
    }

    #[test]
    fn calibration_error_by_hand() {
        // Bin 0.2–0.3: stated .25 twice, one right; bin 0.9–1: stated .95 once, right.
        let answers = [answer(2_500, true), answer(2_500, false), answer(9_500, true)];
        let error = calibration_error(&answers);
        assert!((error - (0.5 + 0.05) / 3.0).abs() < 1e-9, "{error}");
        let bins = reliability(&answers);
        assert_eq!((bins.len(), bins[2].answers, bins[9].right), (10, 2, 1.0));
        assert_eq!((calibration_error(&[]), learned_error(&[], &[])), (0.0, 0.0));
    }

    #[test]
    fn honest_ones_err_less_the_more_there_are() {
        let few = honest_error(&stated(3_000, 30, 100));
        let many = honest_error(&stated(3_000, 30, 10_000));
        // The mean distance of a drawn share from .3: √(2 · .3 · .7 ÷ (π · n)).
        assert!((few - 0.0366).abs() < 0.006, "{few}");
        assert!((many - 0.003_66).abs() < 0.000_6, "{many}");
    }

    #[test]
    fn probabilities_that_are_off_are_learned_from_the_other_parts() {
        let mut answers = stated(3_000, 60, 500);
        answers.extend(stated(7_000, 90, 500));
        let kin: Vec<usize> = (0..answers.len()).collect();
        assert!(calibration_error(&answers) > 0.2);
        assert!(learned_error(&answers, &kin) < 0.03, "{}", learned_error(&answers, &kin));
    }
}
