//! The pairs of a crosswalk: every pair looked at from both sides, and the best few of each statement and target.

use rayon::prelude::*;

use crate::features::View;
use crate::ranking::{Judged, Report, Row, SHORT_LIST, first_look, second_look, views};
use crate::scorer::Scorer;
use crate::sides::Sides;
use crate::{Cancelled, FEATURES, Limits, Progress};

/// How many of a list the learned score looks at when `limit` are asked for.
pub(crate) fn short_list(limit: usize) -> usize {
    SHORT_LIST.max(limit)
}

/// A pair with its log odds seen from both sides.
#[derive(Clone, Copy)]
pub(crate) struct Pair {
    /// Index of the course statement.
    pub(crate) statement: u32,
    /// Index of the blueprint statement.
    pub(crate) target: u32,
    /// Log odds seen from the statement.
    pub(crate) forth: f64,
    /// Log odds seen from the target.
    pub(crate) back: f64,
}

impl Pair {
    /// Neither side's list decides alone.
    fn sum(&self) -> f64 {
        self.forth + self.back
    }
}

/// Everything the log odds of a pair need, from statements to targets and back.
pub(crate) struct Pairs<'a> {
    views: [View<'a>; 2],
    looked: [Vec<Row>; 2],
    judged: [Vec<Judged>; 2],
    scorer: &'a Scorer,
}

impl<'a> Pairs<'a> {
    /// Looks at every pair from both sides.
    pub(crate) fn new(
        sides: &'a Sides,
        scorer: &'a Scorer,
        limits: Limits,
        progress: &dyn Progress,
    ) -> Result<Self, Cancelled> {
        let [forth, back] = views(sides, scorer.compares_words());
        let report = Report::new(progress, sides.queries.joint.len() + sides.targets.joint.len());
        let looked = [
            first_look(forth, short_list(limits.per_statement), &scorer.settings, &report)?,
            first_look(back, short_list(limits.per_target), &scorer.settings, &report)?,
        ];
        let judge = |view, looked: &[Row]| -> Vec<Judged> {
            let rows = looked.par_iter().enumerate().with_min_len(16);
            rows.map(|(query, row)| second_look(view, query, row, scorer)).collect()
        };
        let judged = [judge(forth, &looked[0]), judge(back, &looked[1])];
        Ok(Self { views: [forth, back], looked, judged, scorer })
    }

    /// The log odds of a pair seen from one side.
    fn seen(&self, direction: usize, from: u32, to: u32) -> f64 {
        self.numbers(direction, from as usize, to as usize).1
    }

    /// The numbers of a pair seen from one side, and its log odds.
    pub(crate) fn numbers(&self, direction: usize, query: usize, target: usize) -> ([f32; FEATURES], f64) {
        let statistics = &self.looked[direction][query].statistics;
        let features = self.views[direction].features(query, target, statistics);
        let strength = self.scorer.strength(&features);
        (features, self.scorer.log_odds(strength, self.judged[direction][query].totals))
    }

    /// The best few of every statement and of every target, each pair once, in order of target, falling odds,
    /// statement.
    pub(crate) fn best(&self, limits: Limits) -> Vec<Pair> {
        let mut found = self.best_of(0, limits.per_statement);
        found.extend(self.best_of(1, limits.per_target));
        found.sort_unstable_by(|one, other| {
            let order = one.target.cmp(&other.target).then(other.sum().total_cmp(&one.sum()));
            order.then(one.statement.cmp(&other.statement))
        });
        found.dedup_by_key(|pair| (pair.target, pair.statement));
        found
    }

    fn best_of(&self, direction: usize, limit: usize) -> Vec<Pair> {
        let lists = self.judged[direction].par_iter().zip(0_u32..u32::MAX).with_min_len(16);
        let best = lists.flat_map_iter(|(judged, from)| {
            let pairs = judged.best.iter().map(|scored| {
                let (here, there) = (scored.log_odds, self.seen(1 - direction, scored.target, from));
                if direction == 0 {
                    Pair { statement: from, target: scored.target, forth: here, back: there }
                } else {
                    Pair { statement: scored.target, target: from, forth: there, back: here }
                }
            });
            cut(pairs.collect(), limit)
        });
        best.collect()
    }
}

/// The best `limit` pairs.
fn cut(mut pairs: Vec<Pair>, limit: usize) -> Vec<Pair> {
    pairs.sort_unstable_by(|one, other| {
        let order = other.sum().total_cmp(&one.sum());
        order.then(one.statement.cmp(&other.statement)).then(one.target.cmp(&other.target))
    });
    pairs.truncate(limit);
    pairs
}
