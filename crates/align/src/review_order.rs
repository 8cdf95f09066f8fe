//! Which pair to look at next, so that most of the true alignments are found in the fewest looks.
//!
//! Four things go together. What the engine thinks of the pair. What was found so far about its course and its course
//! statement: where more was accepted than the engine expected, the rest goes up, where less, down. How much is learned
//! by looking: of two pairs alike otherwise, the one nearer to an even chance comes first. And diversity: a course
//! statement that has its match, and an objective that has one or stands in the queue with a better candidate, let
//! others go first. With q = logistic(log odds(p) + ln((accepted + k) ÷ (expected + k)) for the course + the same for the
//! statement), k being 10 and 3:
//!
//! value = (q + 0.1 · 4 q (1 − q)) ÷ (1 + 0.15 · (accepted for the objective + Σ q of its better candidates))
//!         ÷ (1 + 0.5 · accepted for the statement)
//!
//! The figures are round ones; `examples/review_simulation.rs` shows what they come to on known links.
//!
//! Everything is a function of what is waiting and what was said; nothing is remembered between two looks.

use std::collections::BTreeMap;

use crate::exact::{logistic, natural_logarithm};

/// Matches a course counts as having had beforehand, all of them expected.
const COURSE_PRIOR: f64 = 10.0;
/// The same for a course statement.
const STATEMENT_PRIOR: f64 = 3.0;
/// What being uncertain adds, as a share of a certain match.
const UNCERTAINTY: f64 = 0.1;
/// How much a match of the objective, found or to be expected, takes from its further candidates.
const DIVERSITY: f64 = 0.15;
/// How much a match of the course statement takes from its further candidates.
const MATCHED: f64 = 0.5;

/// A pair nobody has judged yet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WaitingPair {
    /// Number of the course statement.
    pub statement: usize,
    /// Number of its course.
    pub course: usize,
    /// Number of the blueprint statement.
    pub target: usize,
    /// The engine's probability, 0 to 1.
    pub probability: f64,
}

/// A pair that was judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReviewedPair {
    /// The pair as it waited.
    pub pair: WaitingPair,
    /// Whether it was accepted, in full or in part.
    pub accepted: bool,
}

/// What was expected and found of a course or statement.
#[derive(Clone, Copy, Default)]
struct Found {
    expected: f64,
    accepted: f64,
}

impl Found {
    fn add(&mut self, reviewed: &ReviewedPair) {
        self.expected += reviewed.pair.probability;
        self.accepted += f64::from(u8::from(reviewed.accepted));
    }

    /// What it adds to the log odds of what is left, as if `prior` matches had been expected and found before.
    fn shift(&self, prior: f64) -> f64 {
        natural_logarithm((self.accepted + prior) / (self.expected + prior))
    }
}

/// What a look at each waiting pair is worth, in the order given; higher comes first. No unit; at most 1.1.
#[must_use]
pub fn usefulness(waiting: &[WaitingPair], reviewed: &[ReviewedPair]) -> Vec<f64> {
    let mut courses: BTreeMap<usize, Found> = BTreeMap::new();
    let mut statements: BTreeMap<usize, Found> = BTreeMap::new();
    let mut matched: BTreeMap<usize, f64> = BTreeMap::new();
    for one in reviewed {
        courses.entry(one.pair.course).or_default().add(one);
        statements.entry(one.pair.statement).or_default().add(one);
        *matched.entry(one.pair.target).or_default() += f64::from(u8::from(one.accepted));
    }
    let likely = |pair: &WaitingPair| {
        let steady = pair.probability.clamp(1e-4, 1.0 - 1e-4);
        let odds = natural_logarithm(steady / (1.0 - steady));
        let shift = |found: Option<&Found>, prior| found.map_or(0.0, |found| found.shift(prior));
        logistic(
            odds + shift(courses.get(&pair.course), COURSE_PRIOR)
                + shift(statements.get(&pair.statement), STATEMENT_PRIOR),
        )
    };
    let likelihood: Vec<f64> = waiting.iter().map(likely).collect();
    let mut order: Vec<usize> = (0..waiting.len()).collect();
    order.sort_by(|one, other| {
        let by_target = waiting[*one].target.cmp(&waiting[*other].target);
        by_target
            .then(likelihood[*other].total_cmp(&likelihood[*one]))
            .then(place(&waiting[*one]).cmp(&place(&waiting[*other])))
    });
    let mut values = vec![0.0; waiting.len()];
    let (mut target, mut before) = (None, 0.0);
    for at in order {
        if target != Some(waiting[at].target) {
            target = Some(waiting[at].target);
            before = matched.get(&waiting[at].target).copied().unwrap_or_default();
        }
        let q = likelihood[at];
        let own = statements.get(&waiting[at].statement).map_or(0.0, |found| found.accepted);
        values[at] = (q + UNCERTAINTY * 4.0 * q * (1.0 - q)) / (1.0 + DIVERSITY * before) / (1.0 + MATCHED * own);
        before += q;
    }
    values
}

/// The waiting pairs by falling usefulness; equal ones in order of target and statement.
#[must_use]
pub fn most_useful_first(waiting: &[WaitingPair], reviewed: &[ReviewedPair]) -> Vec<usize> {
    let values = usefulness(waiting, reviewed);
    let mut order: Vec<usize> = (0..waiting.len()).collect();
    order.sort_by(|one, other| {
        values[*other].total_cmp(&values[*one]).then(place(&waiting[*one]).cmp(&place(&waiting[*other])))
    });
    order
}

fn place(pair: &WaitingPair) -> (usize, usize) {
    (pair.target, pair.statement)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(statement: usize, course: usize, target: usize, probability: f64) -> WaitingPair {
        WaitingPair { statement, course, target, probability }
    }

    #[test]
    fn what_was_said_moves_what_waits() {
        let waiting = [pair(0, 0, 0, 0.5), pair(1, 1, 1, 0.5), pair(2, 2, 2, 0.5)];
        assert_eq!(most_useful_first(&waiting, &[]), [0, 1, 2]);
        let said = |course, accepted| ReviewedPair { pair: pair(90 + course, course, 9, 0.4), accepted };
        // Course 2 does better than expected, course 0 worse.
        let order = most_useful_first(&waiting, &[said(2, true), said(2, true), said(0, false), said(0, false)]);
        assert_eq!(order, [2, 1, 0]);
        // Target 2 has its match.
        let matched = ReviewedPair { pair: pair(99, 9, 2, 1.0), accepted: true };
        let order = most_useful_first(&waiting, &[said(2, true), matched]);
        assert_eq!(order, [0, 1, 2]);
    }

    #[test]
    fn objectives_take_turns() {
        let waiting = [pair(0, 0, 0, 0.9), pair(1, 1, 0, 0.58), pair(2, 2, 1, 0.55)];
        assert_eq!(most_useful_first(&waiting, &[]), [0, 2, 1]);
    }

    #[test]
    fn it_does_not_depend_on_the_order_given() {
        let mut waiting =
            [pair(0, 0, 0, 0.9), pair(1, 0, 0, 0.62), pair(2, 1, 1, 0.62), pair(3, 1, 2, 0.0), pair(4, 1, 2, 1.0)];
        let named = |list: &[WaitingPair]| -> Vec<usize> {
            most_useful_first(list, &[]).into_iter().map(|at| list[at].statement).collect()
        };
        let first = named(&waiting);
        waiting.reverse();
        assert_eq!(named(&waiting), first);
    }
}
