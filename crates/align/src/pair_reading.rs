//! What an engine measured of one pair: the narrow door through which learning and explaining look at its inside.

use credway_model::Probability;

use crate::FEATURES;

/// A pair with the numbers behind its probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairReading {
    /// Index of the course statement.
    pub statement: usize,
    /// Index of the blueprint statement.
    pub target: usize,
    /// Log odds of the pair in its crosswalk: its probability is 1 ÷ (1 + e^−log odds).
    pub log_odds: f64,
    /// Its numbers, in the order of [`crate::FEATURE_NAMES`], each the mean of those seen from both sides.
    pub features: [f32; FEATURES],
}

impl PairReading {
    /// The probability its log odds stand for.
    #[must_use]
    pub fn probability(&self) -> Probability {
        crate::scorer::probability(self.log_odds)
    }
}
