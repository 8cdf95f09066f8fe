//! Learning from reviewers: what an institution accepted and rejected shifts the scorer for its own crosswalks.
//!
//! log odds = bias + scale · shipped log odds + Σ weight · (number − mean) ÷ deviation, where bias 0, scale 1 and weights
//! 0 are the shipped scorer itself. They are fitted by logistic regression drawn toward these ([`fit`]): few decisions
//! change little. Whether what was learned is any good is found out on decisions it was not learned from ([`held_out`]);
//! where it is not better there, the caller is told so, and must not use it.
//!
//! It refuses to learn from few decisions, and it does not change which pairs are looked at, only how likely they are.

mod engine;
mod fit;
mod held_out;
mod quality;

use serde::{Deserialize, Serialize};

pub use engine::LearnedEngine;
pub use quality::{Quality, ReliabilityBin};

use crate::{FEATURE_NAMES, FEATURES, PairReading};

/// Fewer decisions than this teach nothing.
pub const LEAST_DECISIONS: usize = 60;
/// Of these, at least so many accepted and so many rejected.
pub const LEAST_OF_EACH: usize = 15;
/// They must come from at least so many courses, so that some can be held out.
pub const LEAST_GROUPS: usize = 5;

/// Numbers farther from their mean than this many deviations count as that far.
const FARTHEST: f64 = 4.0;

/// What an institution decided about a pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judgement {
    /// What the shipped engine measured of it.
    pub reading: PairReading,
    /// Number of its course: decisions on one course are held out together.
    pub group: usize,
    /// Number of its blueprint statement: candidates for one stand in one list.
    pub list: usize,
    /// Whether it was accepted, in full or in part.
    pub accepted: bool,
}

/// What was learned of one number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Learned {
    /// Name of the number, one of [`FEATURE_NAMES`].
    pub name: String,
    /// Mean over the decisions.
    pub mean: f64,
    /// Deviation over the decisions; 0 where it never varied.
    pub deviation: f64,
    /// What one deviation adds to the log odds, beyond what the shipped scorer makes of it.
    pub weight: f64,
}

/// A scorer shifted by an institution's decisions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LearnedScorer {
    /// What the shipped log odds are multiplied by; 1 where nothing was learned.
    pub scale: f64,
    /// What is added to all log odds; 0 where nothing was learned.
    pub bias: f64,
    /// By number, in the order of [`FEATURE_NAMES`].
    pub numbers: Vec<Learned>,
}

impl LearnedScorer {
    /// Whether it was learned on the numbers this program measures.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.numbers.iter().map(|number| number.name.as_str()).eq(FEATURE_NAMES)
    }

    /// Log odds of a pair as learned.
    #[must_use]
    pub fn log_odds(&self, reading: &PairReading) -> f64 {
        let numbers = self.numbers.iter().zip(reading.features);
        let shift = numbers.fold(0.0, |sum, (number, value)| sum + number.weight * number.standard(value));
        self.bias + self.scale * reading.log_odds + shift
    }
}

impl Learned {
    /// A value in deviations from the mean.
    fn standard(&self, value: f32) -> f64 {
        if self.deviation <= 0.0 {
            return 0.0;
        }
        ((f64::from(value) - self.mean) / self.deviation).clamp(-FARTHEST, FARTHEST)
    }
}

/// What was allowed to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Learning {
    /// Scale, bias and the weights of all numbers.
    Weights,
    /// Scale and bias alone: how likely, not in which order.
    Calibration,
}

/// What came of learning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// What was allowed to change: everything where that is better on held-out decisions, else the calibration alone.
    pub learning: Learning,
    /// What was learned from all decisions.
    pub scorer: LearnedScorer,
    /// How many were accepted.
    pub accepted: usize,
    /// How many were rejected.
    pub rejected: usize,
    /// How many courses they are about.
    pub groups: usize,
    /// In how many parts they were held out.
    pub folds: usize,
    /// The shipped scorer on all decisions.
    pub before: Quality,
    /// What is learned without a part, on that part, over all parts.
    pub after: Quality,
}

impl Lesson {
    /// Whether it may be used: its log loss on held-out decisions is lower, and it orders them no worse, taken together
    /// and objective by objective.
    #[must_use]
    pub fn is_better(&self) -> bool {
        let close = |after: f64, before: f64| after >= before - 1e-9;
        let lists = match (self.after.reciprocal_rank, self.before.reciprocal_rank) {
            (Some(after), Some(before)) => close(after, before),
            _ => true,
        };
        self.after.log_loss < self.before.log_loss
            && close(self.after.average_precision, self.before.average_precision)
            && lists
    }
}

/// Why nothing can be learned yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{accepted} accepted and {rejected} rejected pairs of {groups} courses are too few to learn from: it takes \
     {LEAST_DECISIONS} decisions, at least {LEAST_OF_EACH} of each, on {LEAST_GROUPS} courses"
)]
pub struct TooLittle {
    /// How many were accepted.
    pub accepted: usize,
    /// How many were rejected.
    pub rejected: usize,
    /// How many courses they are about.
    pub groups: usize,
}

/// Whether so many decisions on so many courses are enough to learn from.
///
/// # Errors
/// [`TooLittle`] when they are not.
pub const fn enough(accepted: usize, rejected: usize, groups: usize) -> Result<(), TooLittle> {
    let few = accepted < LEAST_OF_EACH || rejected < LEAST_OF_EACH || accepted + rejected < LEAST_DECISIONS;
    if few || groups < LEAST_GROUPS { Err(TooLittle { accepted, rejected, groups }) } else { Ok(()) }
}

/// Learns from decisions; the same decisions in the same order give the same bytes on every machine.
///
/// # Errors
/// [`TooLittle`] when there are too few.
pub fn learn(judgements: &[Judgement]) -> Result<Lesson, TooLittle> {
    let accepted = judgements.iter().filter(|one| one.accepted).count();
    let rejected = judgements.len() - accepted;
    let groups = held_out::groups(judgements);
    enough(accepted, rejected, groups.len())?;
    let shipped: Vec<f64> = judgements.iter().map(|one| one.reading.log_odds).collect();
    let all: Vec<&Judgement> = judgements.iter().collect();
    let parts: Vec<usize> = judgements.iter().map(|one| groups.get(&one.group).copied().unwrap_or(0)).collect();
    let lesson = |learning| Lesson {
        learning,
        scorer: fit::fit(&all, learning),
        accepted,
        rejected,
        groups: groups.len(),
        folds: held_out::FOLDS,
        before: Quality::of(judgements, &shipped, &parts),
        after: Quality::of(judgements, &held_out::log_odds(judgements, &parts, held_out::FOLDS, learning), &parts),
    };
    let whole = lesson(Learning::Weights);
    if whole.is_better() {
        return Ok(whole);
    }
    let calibrated = lesson(Learning::Calibration);
    Ok(if calibrated.is_better() { calibrated } else { whole })
}

/// Log odds of answers as calibrated (scale and bias alone) on those of the other parts; `parts` gives the part of each, below `count`.
pub(crate) fn recalibrated(answers: &[(f64, bool)], parts: &[usize], count: usize) -> Vec<f64> {
    let judgement = |(log_odds, accepted): &(f64, bool)| Judgement {
        reading: PairReading { statement: 0, target: 0, log_odds: *log_odds, features: [0.0; FEATURES] },
        group: 0,
        list: 0,
        accepted: *accepted,
    };
    let judgements: Vec<Judgement> = answers.iter().map(judgement).collect();
    held_out::log_odds(&judgements, parts, count, Learning::Calibration)
}

/// Means and deviations of the numbers over some decisions.
#[expect(clippy::cast_precision_loss, reason = "numbers of decisions are small")]
fn unlearned(judgements: &[&Judgement]) -> LearnedScorer {
    let count = judgements.len().max(1) as f64;
    let number = |at: usize| {
        let values = || judgements.iter().map(move |one| f64::from(one.reading.features[at]));
        let mean = values().sum::<f64>() / count;
        let square = values().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count;
        let deviation = if square > 1e-12 { square.sqrt() } else { 0.0 };
        Learned { name: FEATURE_NAMES[at].to_owned(), mean: rounded(mean), deviation: rounded(deviation), weight: 0.0 }
    };
    LearnedScorer { scale: 1.0, bias: 0.0, numbers: (0..FEATURES).map(number).collect() }
}

/// To a millionth: what is kept and shown is what is used.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests;
