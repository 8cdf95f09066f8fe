//! One outline compared with the courses: for each of its statements the best candidate that nobody has decided on, beside
//! what is accepted.

use std::collections::BTreeMap;

use credway_align::{Coverage, Engine, LikelyStatement, Limits, Progress, TaughtStatement};
use credway_model::{Course, Ctid, Standing, Strength};

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
    /// By statement at the end of the outline: its best candidate that nobody has decided on.
    pub(super) best: Vec<Option<Best>>,
    /// By statement at the end of the outline: the course statement accepted for it, as an index.
    pub(super) accepted: Vec<Option<usize>>,
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
    let is_open = |pair: &(Ctid, Ctid)| matches!(standings.get(pair), None | Some(Standing::Open));
    let mut best: BTreeMap<Ctid, Best> = BTreeMap::new();
    for candidate in candidates {
        let target = items[candidate.target].ctid;
        if !is_open(&(statements[candidate.query].id, target)) {
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
    let ids: Vec<Ctid> = statements.iter().map(|one| one.id).collect();
    let accepted = accepted(decided, &ids);
    let accepted = coverage.statements.iter().map(|statement| accepted.get(&statement.target).copied()).collect();
    Ok(Compared { coverage, best, accepted, likely })
}

/// For each statement of the outline the course statement accepted for it: in full before in part, then the first.
fn accepted(decided: &Decided, ids: &[Ctid]) -> BTreeMap<Ctid, usize> {
    let mut found: BTreeMap<Ctid, (Strength, usize)> = BTreeMap::new();
    for pair in &decided.pairs {
        let Standing::Accepted { strength, .. } = pair.standing else { continue };
        let Some(index) = ids.iter().position(|id| *id == pair.statement) else { continue };
        let best = found.entry(pair.target).or_insert((strength, index));
        if strength > best.0 || (strength == best.0 && index < best.1) {
            *best = (strength, index);
        }
    }
    found.into_iter().map(|(target, (_, index))| (target, index)).collect()
}
