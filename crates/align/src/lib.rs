//! Alignment of statements: candidates with evidence and a calibrated probability, never facts; coverage of a
//! blueprint by weight; agreement of reviewers.
//!
//! Everything here is a function of its arguments. This crate refuses to know a clock, randomness, a file, a network or
//! a database: weights are compiled in, time is the caller's to take, and the same input gives the same bytes on every
//! machine and with any number of threads (whole-number vectors, fixed orders of addition, explicit tie-breaks).

mod agreement;
mod attention;
mod benchmark;
mod bert;
mod bloom;
mod bloom_verbs;
mod calibration;
mod change;
mod contribution;
mod coverage;
mod crosswalk_pairs;
mod encoder;
mod engine;
mod evidence;
mod exact;
mod features;
mod floats;
#[cfg(test)]
mod golden;
mod hash;
mod kernel;
mod lanes;
mod learning;
mod lexical;
mod likely;
mod linear;
mod nearest;
mod pair_reading;
mod ranking;
mod review_order;
mod scorer;
mod shipped_engine;
mod sides;
mod statement;
mod stem;
mod table;
mod training;
mod understanding;
mod vectors;
mod wordpiece;
mod words;

pub use agreement::{Agreement, Disagreement, agreements, kappa_words};
pub use benchmark::{AbstentionPoint, BENCHMARK_DEPTH, BenchmarkReport, LabelledStatement, benchmark, measured};
pub use bert::{Bert, ModelError, ModelFiles};
pub use bloom::bloom_level;
pub use calibration::ReliabilityPoint;
pub use change::{Became, ChangeMatch, ChangeNote, OutlineChange, OutlineLine, compare_outlines, differing_words};
pub use contribution::{Contribution, contributions, rare_words_in_common};
pub use coverage::{
    COVERAGE_FORMULA, Coverage, DomainCoverage, StandingPair, StatementCoverage, TaughtStatement, Weighting, coverage,
};
pub use engine::Engine;
pub use features::{FEATURE_NAMES, FEATURES};
pub use learning::{
    Judgement, LEAST_DECISIONS, LEAST_GROUPS, LEAST_OF_EACH, Learned, LearnedEngine, LearnedScorer, Learning, Lesson,
    Quality, ReliabilityBin, TooLittle, enough, learn,
};
pub use likely::{LIKELY_FORMULA, LikelyCoverage, LikelyStatement, likely_coverage};
pub use nearest::{NEAREST_DIMENSIONS, Near, nearest};
pub use pair_reading::PairReading;
pub use review_order::{ReviewedPair, WaitingPair, most_useful_first, usefulness};
pub use scorer::Settings;
pub use shipped_engine::ShippedEngine;
pub use statement::{Cancelled, Candidate, Limits, Progress, Ranked, Statement};
pub use training::{PairFeatures, PairOdds, crosswalk_odds, pair_features};
pub use understanding::{
    Abbreviation, Abbreviations, ListKind, Mention, Part, Scope, ScopeKind, StatementList, Understanding, Verb,
    speaking, things_named,
};
