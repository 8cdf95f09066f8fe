//! Alignment of statements: candidates with evidence and a calibrated probability, never facts; coverage of a
//! blueprint by weight; agreement of reviewers.
//!
//! Everything here is a function of its arguments. This crate refuses to know a clock, randomness, a file, a network or
//! a database: weights are compiled in, time is the caller's to take, and the same input gives the same bytes on every
//! machine and with any number of threads (whole-number vectors, fixed orders of addition, explicit tie-breaks).

mod agreement;
mod benchmark;
mod bloom;
mod bloom_verbs;
mod coverage;
mod default_engine;
mod engine;
mod evidence;
mod exact;
mod features;
#[cfg(test)]
mod golden;
mod hash;
mod lexical;
mod likely;
mod ranking;
mod scorer;
mod sides;
mod statement;
mod stem;
mod table;
mod training;
mod vectors;
mod wordpiece;
mod words;

pub use agreement::{Agreement, Disagreement, agreements, kappa_words};
pub use benchmark::{AbstentionPoint, BENCHMARK_DEPTH, BenchmarkReport, LabelledStatement, benchmark};
pub use bloom::bloom_level;
pub use coverage::{
    COVERAGE_FORMULA, Coverage, DomainCoverage, StandingPair, StatementCoverage, TaughtStatement, Weighting, coverage,
};
pub use default_engine::DefaultEngine;
pub use engine::Engine;
pub use features::{FEATURE_NAMES, FEATURES};
pub use likely::{LIKELY_FORMULA, LikelyCoverage, LikelyStatement, likely_coverage};
pub use scorer::Settings;
pub use statement::{Cancelled, Candidate, Limits, Progress, Ranked, Statement};
pub use training::{PairFeatures, PairOdds, crosswalk_odds, pair_features};
