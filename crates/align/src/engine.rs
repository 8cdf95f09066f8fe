//! The door through which everything else asks for alignments, whichever engine stands behind it.

use credway_model::Probability;

use crate::{Cancelled, Candidate, FEATURES, Limits, PairReading, Progress, Ranked, Statement};

/// Something that compares statements. The same arguments give the same answer, whatever the machine and the number
/// of threads.
pub trait Engine: Send + Sync {
    /// Name, version and digest of the weights: what a proposal is signed with.
    fn name(&self) -> String;

    /// The probability below which the engine says "don't know".
    fn confidence(&self) -> Probability;

    /// For each query its best `limit` targets, best first.
    ///
    /// # Errors
    /// [`Cancelled`] when the caller stops it.
    fn rank(
        &self,
        queries: &[Statement],
        targets: &[Statement],
        limit: usize,
        progress: &dyn Progress,
    ) -> Result<Vec<Vec<Ranked>>, Cancelled>;

    /// The candidates of a crosswalk: the best few course statements of every blueprint statement together with the
    /// best few blueprint statements of every course statement; one candidate and one probability a pair; ordered by
    /// target, falling probability, query.
    ///
    /// # Errors
    /// [`Cancelled`] when the caller stops it.
    fn crosswalk(
        &self,
        statements: &[Statement],
        targets: &[Statement],
        limits: Limits,
        progress: &dyn Progress,
    ) -> Result<Vec<Candidate>, Cancelled>;

    /// What is measured of some pairs, in their order: the numbers behind their probability in the crosswalk of all
    /// `statements` and `targets`. A pair that names a statement or target that is not there is left out.
    ///
    /// # Errors
    /// [`Cancelled`] when the caller stops it.
    fn read_pairs(
        &self,
        statements: &[Statement],
        targets: &[Statement],
        pairs: &[(usize, usize)],
        progress: &dyn Progress,
    ) -> Result<Vec<PairReading>, Cancelled>;

    /// What one unit of each number adds to a pair's log odds, in the order of [`crate::FEATURE_NAMES`]; 0 for those
    /// that do not count.
    fn weights(&self) -> [f64; FEATURES];
}
