//! The learned combination: a weighted sum of a pair's numbers, and the probability it stands for.
//!
//! The weights come from `model/scorer.toml`, made by `tools/scorer/train.sh`; `model/SCORER_CARD.md` says from what,
//! and how well they carry over. The probability is read off a rising line through the calibration's points, so no
//! exponential is needed and every machine gives the same figure.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use credway_model::Probability;
use serde::Deserialize;

use crate::features::{FEATURE_NAMES, FEATURES};

static TEXT: &str = include_str!("../model/scorer.toml");

/// The embedded scorer.
#[expect(clippy::expect_used, reason = "compiled in; a test reads it")]
pub(crate) static SCORER: LazyLock<Scorer> = LazyLock::new(|| Scorer::read(TEXT).expect("the embedded scorer is whole"));

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
    /// Weight of the context's pieces in a statement's vector.
    pub context_vector: f32,
    /// What a stem of the context counts in the lexical score.
    pub context_term: f32,
    /// Usual mean and deviation of the cosine over a list of targets.
    pub cosine_prior: (f32, f32),
    /// Usual mean and deviation of the lexical score.
    pub lexical_prior: (f32, f32),
    /// How many targets the usual figures count as.
    pub prior_count: f32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Calibration {
    score: Vec<f64>,
    probability: Vec<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    confidence: f64,
    bias: f64,
    settings: Settings,
    weights: BTreeMap<String, f64>,
    calibration: Calibration,
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
    bias: f64,
    weights: [f64; FEATURES],
    /// Points (score, probability), both rising.
    points: Vec<(f64, f64)>,
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
    /// The calibration does not rise, or leaves 0 to 1.
    #[error("the scorer's calibration does not rise from 0 to 1")]
    Calibration,
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
        let Calibration { score, probability } = file.calibration;
        let rising = score.windows(2).all(|two| two[0] < two[1]) && probability.is_sorted();
        if !rising || score.len() != probability.len() || score.is_empty() {
            return Err(ScorerError::Calibration);
        }
        if probability.iter().any(|value| Probability::new(*value).is_err()) {
            return Err(ScorerError::Calibration);
        }
        Ok(Self {
            version: file.version,
            confidence: Probability::new(file.confidence).map_err(|_| ScorerError::Calibration)?,
            settings: file.settings,
            bias: file.bias,
            weights,
            points: score.into_iter().zip(probability).collect(),
        })
    }

    /// The weighted sum of a pair's numbers; it has no unit, higher is more alike.
    pub(crate) fn score(&self, features: &[f32; FEATURES]) -> f64 {
        self.weights.iter().zip(features).fold(self.bias, |sum, (weight, value)| sum + weight * f64::from(*value))
    }

    /// The probability a score stands for: on the line between the two nearest points, flat outside them.
    pub(crate) fn probability(&self, score: f64) -> Probability {
        let above = self.points.partition_point(|point| point.0 <= score);
        let value = match (above.checked_sub(1).map(|below| self.points[below]), self.points.get(above)) {
            (Some(below), Some(above)) => below.1 + (above.1 - below.1) * (score - below.0) / (above.0 - below.0),
            (Some(last), None) => last.1,
            (None, Some(first)) => first.1,
            (None, None) => 0.0,
        };
        Probability::new(value.clamp(0.0, 1.0)).unwrap_or(Probability::from_steps(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_rise_with_the_score() {
        let steps: Vec<u16> =
            (-200..200).map(|score| SCORER.probability(f64::from(score) / 10.0).steps()).collect();
        assert!(steps.is_sorted());
        assert!(steps[0] < 500 && steps[399] > 5_000);
    }

    #[test]
    fn broken_files_are_refused() {
        assert!(matches!(Scorer::read("version = 1"), Err(ScorerError::Form(_))));
        let other = TEXT.replace("cosine_gap", "cosine_gasp");
        assert!(matches!(Scorer::read(&other), Err(ScorerError::Weights)));
        let (head, _) = TEXT.split_once("[calibration]").unwrap();
        let falling = format!("{head}[calibration]\nscore = [0.0, 1.0]\nprobability = [0.9, 0.1]\n");
        assert!(matches!(Scorer::read(&falling), Err(ScorerError::Calibration)));
    }
}
