//! The learned combination: a weighted sum of a pair's numbers ranks; the pair's share of its short list says how sure.
//!
//! strength(q, t) = Σ weight · number · share(q, t) = e^strength(q, t) ÷ Σ over q's short list of e^strength ·
//! log odds(q, t) = a · ln share + b · best cosine of q's list + c · probability = 1 ÷ (1 + e^−log odds). In a crosswalk, where a pair is seen
//! from both sides, the mean of both log odds is calibrated once more. In a ranking, the best answer has log odds of its own, fitted on best
//! answers alone: where several targets are right they share the mass, and the best of them is surer than its share.
//!
//! The share is what carries over from one kind of framework to another: many near-equal targets leave each a small
//! one; the list's best cosine tells whether the subject is there at all, and leaves the order as it is. The figures come from `model/scorer.toml`, made by `tools/scorer/train.sh`; `model/SCORER_CARD.md` says from
//! what, and how well they carry over.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use credway_model::Probability;
use serde::Deserialize;

use crate::exact::{exponential, logistic, natural_logarithm};
use crate::features::{FEATURE_NAMES, FEATURES};

static TEXT: &str = include_str!("../model/scorer.toml");
static DEEP_TEXT: &str = include_str!("../model/scorer_deep.toml");

/// The embedded scorer.
#[expect(clippy::expect_used, reason = "compiled in; a test reads it")]
pub(crate) static SCORER: LazyLock<Scorer> =
    LazyLock::new(|| Scorer::read(TEXT).expect("the embedded scorer is whole"));

/// The scorer of the deep engine.
#[expect(clippy::expect_used, reason = "compiled in; a test reads it")]
pub(crate) static DEEP_SCORER: LazyLock<Scorer> =
    LazyLock::new(|| Scorer::read(DEEP_TEXT).expect("the embedded scorer of the deep engine is whole"));

/// The deep scorer file, for the digest of the weights.
pub(crate) fn deep_bytes() -> &'static [u8] {
    DEEP_TEXT.as_bytes()
}

/// The scorer file, for the digest of the weights.
pub(crate) fn bytes() -> &'static [u8] {
    TEXT.as_bytes()
}

/// Numbers that shape the features themselves.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Weight of the lexical score beside the cosine, both in deviations.
    pub lexical: f32,
    /// Weight of the encoder's cosine beside the static one, both in deviations.
    pub encoded: f32,
    /// Weight of the deep engine's cosine, in deviations; 0 in the default engine.
    pub deep: f32,
    /// Weight of the context's pieces in a statement's vector.
    pub context_vector: f32,
    /// What a stem of the context counts in the lexical score.
    pub context_term: f32,
    /// Usual mean and deviation of the cosine over a list of targets.
    pub cosine_prior: (f32, f32),
    /// Usual mean and deviation of the encoder's cosine.
    pub encoded_prior: (f32, f32),
    /// Usual mean and deviation of the deep engine's cosine.
    pub deep_prior: (f32, f32),
    /// Usual mean and deviation of the lexical score.
    pub lexical_prior: (f32, f32),
    /// How many targets the usual figures count as.
    pub prior_count: f32,
}

/// Log odds from the share and the list's best cosine: a · ln share + b · best cosine + c.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Odds {
    share: f64,
    cosine: f64,
    bias: f64,
}

/// Log odds of a pair of a crosswalk from the mean of those seen from both sides: mean · m + bias.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CrosswalkOdds {
    mean: f64,
    bias: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    confidence: f64,
    settings: Settings,
    weights: BTreeMap<String, f64>,
    odds: Odds,
    best: Odds,
    crosswalk: CrosswalkOdds,
}

/// Weights and calibration.
#[derive(Debug)]
pub(crate) struct Scorer {
    /// Version of the weights.
    pub(crate) version: u32,
    /// Probability below which the engine says "don't know".
    pub(crate) confidence: Probability,
    /// Numbers that shape the features.
    pub(crate) settings: Settings,
    weights: [f64; FEATURES],
    odds: Odds,
    best: Odds,
    crosswalk: CrosswalkOdds,
}

/// Why a scorer cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ScorerError {
    /// Not the form expected.
    #[error("the scorer cannot be read: {0}")]
    Form(#[from] toml::de::Error),
    /// Not one weight for each feature.
    #[error("the scorer's weights are not those of the features")]
    Weights,
    /// A probability outside 0 to 1, or odds that fall where they should rise.
    #[error("the scorer's confidence or odds are out of range")]
    Range,
}

impl Scorer {
    fn read(text: &str) -> Result<Self, ScorerError> {
        let file: File = toml::from_str(text)?;
        let mut weights = [0.0; FEATURES];
        for (weight, name) in weights.iter_mut().zip(FEATURE_NAMES) {
            *weight = *file.weights.get(name).ok_or(ScorerError::Weights)?;
        }
        if file.weights.len() != FEATURES {
            return Err(ScorerError::Weights);
        }
        let falls = |odds: Odds| odds.share <= 0.0 || odds.cosine < 0.0;
        if falls(file.odds) || falls(file.best) || file.crosswalk.mean <= 0.0 {
            return Err(ScorerError::Range);
        }
        let confidence = Probability::new(file.confidence).map_err(|_| ScorerError::Range)?;
        let File { version, settings, odds, best, crosswalk, .. } = file;
        Ok(Self { version, confidence, settings, weights, odds, best, crosswalk })
    }

    /// Whether any weight lies on the comparison of words one by one.
    pub(crate) fn compares_words(&self) -> bool {
        let named = |name: &str| name == "words_query" || name == "words_target";
        FEATURE_NAMES.iter().zip(self.weights).any(|(name, weight)| named(name) && weight != 0.0)
    }

    /// Log odds that a pair of a crosswalk stands, given its log odds seen from both sides.
    pub(crate) fn crosswalk_log_odds(&self, forth: f64, back: f64) -> f64 {
        self.crosswalk.mean * f64::midpoint(forth, back) + self.crosswalk.bias
    }

    /// How strongly a pair's numbers speak for it; no unit, higher is stronger.
    pub(crate) fn strength(&self, features: &[f32; FEATURES]) -> f64 {
        self.weights.iter().zip(features).fold(0.0, |sum, (weight, value)| sum + weight * f64::from(*value))
    }

    /// What a unit of each number adds to the log odds of a pair of a crosswalk, all else equal.
    pub(crate) fn log_odds_weights(&self) -> [f64; FEATURES] {
        self.weights.map(|weight| weight * self.odds.share * self.crosswalk.mean)
    }

    /// Log odds of a pair, given its query's short list.
    pub(crate) fn log_odds(&self, strength: f64, list: ListTotals) -> f64 {
        self.odds.of(strength, list)
    }

    /// Log odds that the best answer of a query is right, for a list of its own.
    pub(crate) fn best_log_odds(&self, strength: f64, list: ListTotals) -> f64 {
        self.best.of(strength, list)
    }
}

impl Odds {
    fn of(self, strength: f64, list: ListTotals) -> f64 {
        self.share * (strength - list.mass) + self.cosine * f64::from(list.best_cosine) + self.bias
    }
}

/// What a query's short list comes to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ListTotals {
    /// ln Σ e^strength: what a pair's share is taken of.
    pub(crate) mass: f64,
    /// The best cosine: whether anything on the list is about the query's subject.
    pub(crate) best_cosine: f32,
}

/// ln Σ e^strength over a short list.
pub(crate) fn mass(strengths: &[f64]) -> f64 {
    let best = strengths.iter().copied().fold(f64::MIN, f64::max);
    let sum: f64 = strengths.iter().map(|strength| exponential(strength - best)).sum();
    if strengths.is_empty() { 0.0 } else { best + natural_logarithm(sum) }
}

/// The probability that log odds stand for.
pub(crate) fn probability(log_odds: f64) -> Probability {
    Probability::new(logistic(log_odds)).unwrap_or(Probability::from_steps(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_and_probabilities_rise() {
        let strengths = [3.0, 2.0, -1.0];
        let shares: f64 = strengths.iter().map(|strength| exponential(strength - mass(&strengths))).sum();
        assert!((shares - 1.0).abs() < 1e-12);
        let steps: Vec<u16> = (-200..200).map(|odds| probability(f64::from(odds) / 10.0).steps()).collect();
        assert!(steps.is_sorted() && steps[0] < 10 && steps[399] > 9_990);
        assert!(SCORER.confidence.value() > 0.1 && DEEP_SCORER.confidence.value() > 0.1);
    }

    #[test]
    fn broken_files_are_refused() {
        assert!(matches!(Scorer::read("version = 1"), Err(ScorerError::Form(_))));
        let other = TEXT.replace("cosine_text =", "cosine_tax =");
        assert!(matches!(Scorer::read(&other), Err(ScorerError::Weights)));
        let falling = TEXT.replace("\nshare = ", "\nshare = -");
        assert!(matches!(Scorer::read(&falling), Err(ScorerError::Range)));
    }
}
