//! How well log odds foretell decisions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fit::loss;
use super::held_out::FOLDS;
use super::{Judgement, rounded};
use crate::exact::logistic;

/// Widths of probability by which forecasts are compared with decisions.
const BINS: usize = 5;

/// Forecasts between two probabilities, and what was decided.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReliabilityBin {
    /// How many decisions.
    pub decisions: usize,
    /// Mean probability forecast, 0 to 1; 0 where there are none.
    pub forecast: f64,
    /// Share accepted, 0 to 1; 0 where there are none.
    pub accepted: f64,
}

/// How well a scorer foretells decisions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quality {
    /// Mean of −ln(probability given to what was decided); 0 is perfect, 0.693 a coin.
    pub log_loss: f64,
    /// Average precision of the accepted in falling order of probability, 0 to 1: of each held-out part, whose decisions
    /// were judged by one scorer, and of these the mean, weighted by how many each accepted.
    pub average_precision: f64,
    /// Mean over objectives, with accepted and rejected candidates both, of 1 ÷ rank of the first accepted; absent where
    /// there is no such objective.
    pub reciprocal_rank: Option<f64>,
    /// Mean distance of forecast from share accepted over the bins, weighted by decisions, 0 to 1.
    pub calibration_error: f64,
    /// From 0–20 % to 80–100 %.
    pub reliability: Vec<ReliabilityBin>,
}

impl Quality {
    /// Of some log odds, one for each decision; `parts` gives the held-out part of each.
    #[expect(clippy::cast_precision_loss, reason = "numbers of decisions are small")]
    pub(super) fn of(judgements: &[Judgement], log_odds: &[f64], parts: &[usize]) -> Self {
        let count = judgements.len().max(1) as f64;
        let signed = judgements.iter().zip(log_odds);
        let losses: f64 = signed.map(|(one, odds)| loss(if one.accepted { *odds } else { -odds })).sum();
        let reliability = reliability(judgements, log_odds);
        let off = |bin: &ReliabilityBin| bin.decisions as f64 * (bin.forecast - bin.accepted).abs();
        Self {
            log_loss: rounded(losses / count),
            average_precision: rounded(average_precision(judgements, log_odds, parts)),
            reciprocal_rank: reciprocal_rank(judgements, log_odds).map(rounded),
            calibration_error: rounded(reliability.iter().map(off).sum::<f64>() / count),
            reliability,
        }
    }
}

/// Falling odds; among equals the rejected first, so that a tie is no merit.
fn falling(judgements: &[Judgement], log_odds: &[f64], among: &mut [usize]) {
    among.sort_by(|one, other| {
        let odds = log_odds[*other].total_cmp(&log_odds[*one]);
        odds.then(judgements[*one].accepted.cmp(&judgements[*other].accepted))
    });
}

#[expect(clippy::cast_precision_loss, reason = "numbers of decisions are small")]
fn average_precision(judgements: &[Judgement], log_odds: &[f64], parts: &[usize]) -> f64 {
    let (mut accepted, mut sum) = (0.0, 0.0);
    for held in 0..FOLDS {
        let mut order: Vec<usize> = (0..judgements.len()).filter(|at| parts[*at] == held).collect();
        falling(judgements, log_odds, &mut order);
        let mut found = 0.0;
        for (rank, at) in order.iter().enumerate() {
            if judgements[*at].accepted {
                found += 1.0;
                sum += found / (rank + 1) as f64;
            }
        }
        accepted += found;
    }
    if accepted > 0.0 { sum / accepted } else { 0.0 }
}

#[expect(clippy::cast_precision_loss, reason = "numbers of decisions are small")]
fn reciprocal_rank(judgements: &[Judgement], log_odds: &[f64]) -> Option<f64> {
    let mut lists: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, judgement) in judgements.iter().enumerate() {
        lists.entry(judgement.list).or_default().push(at);
    }
    let (mut sum, mut count) = (0.0, 0.0);
    for list in lists.values_mut() {
        let accepted = list.iter().filter(|at| judgements[**at].accepted).count();
        if accepted == 0 || accepted == list.len() {
            continue;
        }
        falling(judgements, log_odds, list);
        let first = list.iter().position(|at| judgements[*at].accepted).unwrap_or(0);
        sum += 1.0 / (first + 1) as f64;
        count += 1.0;
    }
    (count > 0.0).then(|| sum / count)
}

#[expect(clippy::cast_precision_loss, reason = "numbers of decisions are small")]
fn reliability(judgements: &[Judgement], log_odds: &[f64]) -> Vec<ReliabilityBin> {
    let mut sums = [(0_usize, 0.0, 0.0); BINS];
    for (judgement, odds) in judgements.iter().zip(log_odds) {
        let probability = logistic(*odds);
        let within = |bin: &usize| probability < (bin + 1) as f64 / BINS as f64;
        let bin = (0..BINS - 1).find(within).unwrap_or(BINS - 1);
        sums[bin].0 += 1;
        sums[bin].1 += probability;
        sums[bin].2 += f64::from(u8::from(judgement.accepted));
    }
    let bin = |(decisions, forecast, accepted): (usize, f64, f64)| {
        let count = decisions.max(1) as f64;
        ReliabilityBin { decisions, forecast: rounded(forecast / count), accepted: rounded(accepted / count) }
    };
    sums.into_iter().map(bin).collect()
}
