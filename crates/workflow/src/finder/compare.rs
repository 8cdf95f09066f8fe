//! One outline compared with the courses: for each of its statements the best candidate that nobody has rejected.

use std::collections::BTreeMap;

use credway_align::{Coverage, Engine, LikelyStatement, Limits, Progress, TaughtStatement};
use credway_model::{Course, Ctid, Standing};

use super::Decided;
use super::outline::Outline;
use crate::WorkflowError;
use crate::crosswalk_data::{course_statements, engine_statements};

/// How many candidates are looked at: a few for each statement of the outline, in case the best was rejected.
const LIMITS: Limits = Limits { per_target: 5, per_statement: 1 };

/// The best candidate of a statement.
#[derive(Clone, Copy, Debug)]
pub(super) struct Best {
    /// Index of the course statement.
    pub(super) statement: usize,
    /// Probability that a reviewer would accept it, 0 to 1.
    pub(super) probability: f64,
}

/// An outline compared.
pub(super) struct Compared {
    /// What decisions cover.
    pub(super) coverage: Coverage,
    /// By statement at the end of the outline: its best candidate.
    pub(super) best: Vec<Option<Best>>,
    /// The same as the formula takes it.
    pub(super) likely: Vec<LikelyStatement>,
}

/// Compares.
pub(super) fn compare(
    engine: &dyn Engine,
    courses: &[Course],
    outline: &Outline,
    decided: &Decided,
    progress: &dyn Progress,
) -> Result<Compared, WorkflowError> {
    let statements = course_statements(courses);
    let items = outline.blueprint.items();
    let candidates = engine
        .crosswalk(&engine_statements(&statements), &outline.targets(), LIMITS, progress)
        .map_err(|_| WorkflowError::Cancelled)?;
    let standings = decided.by_pair();
    let rejected = |statement: Ctid, target: Ctid| {
        matches!(standings.get(&(statement, target)), Some(Standing::Rejected | Standing::Disputed))
    };
    let mut best: BTreeMap<Ctid, Best> = BTreeMap::new();
    for candidate in candidates {
        let target = items[candidate.target].ctid;
        if rejected(statements[candidate.query].id, target) {
            continue;
        }
        let found = Best { statement: candidate.query, probability: candidate.probability.value() };
        // They come by falling probability within a target.
        best.entry(target).or_insert(found);
    }
    let taught: Vec<TaughtStatement> = statements
        .iter()
        .map(|one| TaughtStatement { statement: one.id, course: one.course.ctid, assessed: one.assessed() })
        .collect();
    let coverage = outline.covered(&taught, &decided.pairs);
    let best: Vec<Option<Best>> =
        coverage.statements.iter().map(|statement| best.get(&statement.target).copied()).collect();
    let likely = coverage
        .statements
        .iter()
        .zip(&best)
        .map(|(statement, best)| LikelyStatement {
            share: statement.share.unwrap_or(0.0),
            accepted: statement.score,
            probability: best.map_or(0.0, |best| best.probability),
        })
        .collect();
    Ok(Compared { coverage, best, likely })
}
