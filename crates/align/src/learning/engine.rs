//! An engine with an institution's learned scorer over it.

use std::sync::Arc;

use credway_model::Probability;

use super::LearnedScorer;
use crate::scorer::probability;
use crate::{Cancelled, Candidate, Engine, FEATURES, Limits, PairReading, Progress, Ranked, Statement};

/// The shipped engine finds the candidates of a crosswalk; the learned scorer says how likely they are. Rankings without
/// a crosswalk ([`Engine::rank`]) stay the shipped engine's.
#[derive(Clone)]
pub struct LearnedEngine {
    shipped: Arc<dyn Engine>,
    scorer: LearnedScorer,
    version: u32,
}

impl LearnedEngine {
    /// What was learned, in its version, over the engine it was learned on; `None` where it was learned on other numbers.
    #[must_use]
    pub fn new(shipped: Arc<dyn Engine>, scorer: LearnedScorer, version: u32) -> Option<Self> {
        scorer.fits().then_some(Self { shipped, scorer, version })
    }
}

impl Engine for LearnedEngine {
    fn name(&self) -> String {
        format!("{} + learned {}", self.shipped.name(), self.version)
    }

    fn confidence(&self) -> Probability {
        self.shipped.confidence()
    }

    fn rank(
        &self,
        queries: &[Statement],
        targets: &[Statement],
        limit: usize,
        progress: &dyn Progress,
    ) -> Result<Vec<Vec<Ranked>>, Cancelled> {
        self.shipped.rank(queries, targets, limit, progress)
    }

    fn crosswalk(
        &self,
        statements: &[Statement],
        targets: &[Statement],
        limits: Limits,
        progress: &dyn Progress,
    ) -> Result<Vec<Candidate>, Cancelled> {
        let mut candidates = self.shipped.crosswalk(statements, targets, limits, progress)?;
        let pairs: Vec<(usize, usize)> = candidates.iter().map(|one| (one.query, one.target)).collect();
        let readings = self.shipped.read_pairs(statements, targets, &pairs, progress)?;
        let confidence = self.confidence();
        for (candidate, reading) in candidates.iter_mut().zip(&readings) {
            candidate.probability = probability(self.scorer.log_odds(reading));
            candidate.suggested = candidate.probability >= confidence;
        }
        candidates.sort_by(|one, other| {
            let order = one.target.cmp(&other.target).then(other.probability.cmp(&one.probability));
            order.then(one.query.cmp(&other.query))
        });
        Ok(candidates)
    }

    fn read_pairs(
        &self,
        statements: &[Statement],
        targets: &[Statement],
        pairs: &[(usize, usize)],
        progress: &dyn Progress,
    ) -> Result<Vec<PairReading>, Cancelled> {
        let mut readings = self.shipped.read_pairs(statements, targets, pairs, progress)?;
        for reading in &mut readings {
            reading.log_odds = self.scorer.log_odds(reading);
        }
        Ok(readings)
    }

    fn weights(&self) -> [f64; FEATURES] {
        let mut weights = self.shipped.weights();
        for (weight, number) in weights.iter_mut().zip(&self.scorer.numbers) {
            let learned = if number.deviation > 0.0 { number.weight / number.deviation } else { 0.0 };
            *weight = *weight * self.scorer.scale + learned;
        }
        weights
    }
}
