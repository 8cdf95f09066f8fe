//! What is compared and what comes of it: statements in, candidates out. A candidate is a proposal, never a fact.

use credway_model::{BloomLevel, EvidencePair, Probability};

/// A statement of a course or of a blueprint, with what stands above it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// The words that are compared.
    pub text: String,
    /// Titles above it (course and topic, or domain and objective), or the empty text.
    pub context: String,
}

/// One target of a query's ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Index of the target.
    pub target: usize,
    /// Calibrated probability that a qualified reviewer would accept the match.
    pub probability: Probability,
}

/// A pair the engine thinks worth a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Index of the course statement.
    pub query: usize,
    /// Index of the blueprint statement.
    pub target: usize,
    /// Calibrated probability that a qualified reviewer would accept the match.
    pub probability: Probability,
    /// Whether the probability reaches the engine's stated confidence.
    pub suggested: bool,
    /// Pieces of both texts that speak for it, in the order of the course statement; at most four.
    pub evidence: Vec<EvidencePair>,
    /// Depth the course statement's verb shows.
    pub taught: Option<BloomLevel>,
    /// Depth the blueprint statement's verb asks for.
    pub asked: Option<BloomLevel>,
}

/// How many candidates a crosswalk keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The best so many course statements of every blueprint statement.
    pub per_target: usize,
    /// The best so many blueprint statements of every course statement.
    pub per_statement: usize,
}

/// The caller stopped the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the alignment was stopped before it was done")]
pub struct Cancelled;

/// Where long work says how far it is, and asks whether to go on.
pub trait Progress: Sync {
    /// `done` of `total` steps are over; both grow with the work, their unit is a statement looked at.
    fn advance(&self, done: u64, total: u64);

    /// Whether the work should stop.
    fn cancelled(&self) -> bool {
        false
    }
}

/// A listener that does not care.
impl Progress for () {
    fn advance(&self, _done: u64, _total: u64) {}
}
