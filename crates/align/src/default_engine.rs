//! The engines: the default one that every installation has (static table, small encoder, lexical score and learned combination,
//! all compiled in), and the deep one, which adds a sentence encoder from a model folder.

use credway_model::Probability;
use rayon::prelude::*;

use crate::bert::Bert;
use crate::bloom::bloom_level;
use crate::evidence::{Reading, evidence};
use crate::features::View;
use crate::hash::digest;
use crate::ranking::{Judged, Report, Row, SHORT_LIST, first_look, second_look, views};
use crate::scorer::{DEEP_SCORER, SCORER, Scorer, probability};
use crate::sides::Sides;
use crate::understanding::speaking;
use crate::{Cancelled, Candidate, Engine, FEATURES, Limits, PairReading, Progress, Ranked, Statement};

/// Statement ↔ statement without any file, service or download.
#[derive(Clone, Copy, Debug, Default)]
pub struct DefaultEngine;

impl DefaultEngine {
    /// The engine.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }
}

/// The default engine with the cosines of a sentence encoder beside its own numbers.
#[derive(Debug)]
pub struct DeepEngine(Bert);

impl DeepEngine {
    /// The engine with a model.
    #[must_use]
    pub const fn new(model: Bert) -> Self {
        Self(model)
    }
}

/// What both engines are made of.
#[derive(Clone, Copy)]
struct Parts<'a> {
    scorer: &'a Scorer,
    deep: Option<&'a Bert>,
}

/// The words of every statement.
fn readings<'a>(statements: &'a [Statement], sides: &Sides) -> Vec<Reading<'a>> {
    statements.par_iter().with_min_len(64).map(|statement| Reading::new(&statement.text, sides)).collect()
}

/// How many of a list the learned score looks at when `limit` are asked for.
fn short_list(limit: usize) -> usize {
    SHORT_LIST.max(limit)
}

/// Digest of what is compiled in.
fn embedded(scorer: &[u8]) -> String {
    digest(&[crate::table::bytes(), crate::encoder::bytes(), crate::wordpiece::vocabulary(), scorer])
}

impl Engine for DefaultEngine {
    fn name(&self) -> String {
        static NAME: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
            format!("default {}.{} ({})", env!("CARGO_PKG_VERSION"), SCORER.version, embedded(crate::scorer::bytes()))
        });
        NAME.clone()
    }

    fn confidence(&self) -> Probability {
        SCORER.confidence
    }

    fn rank(
        &self,
        queries: &[Statement],
        targets: &[Statement],
        limit: usize,
        progress: &dyn Progress,
    ) -> Result<Vec<Vec<Ranked>>, Cancelled> {
        Parts { scorer: &SCORER, deep: None }.rank(queries, targets, limit, progress)
    }

    fn crosswalk(
        &self,
        statements: &[Statement],
        targets: &[Statement],
        limits: Limits,
        progress: &dyn Progress,
    ) -> Result<Vec<Candidate>, Cancelled> {
        Parts { scorer: &SCORER, deep: None }.crosswalk(statements, targets, limits, progress)
    }

    fn read_pairs(
        &self,
        statements: &[Statement],
        targets: &[Statement],
        pairs: &[(usize, usize)],
        progress: &dyn Progress,
    ) -> Result<Vec<PairReading>, Cancelled> {
        Parts { scorer: &SCORER, deep: None }.read_pairs(statements, targets, pairs, progress)
    }

    fn weights(&self) -> [f64; FEATURES] {
        SCORER.log_odds_weights()
    }
}

impl Engine for DeepEngine {
    fn name(&self) -> String {
        let embedded = embedded(crate::scorer::deep_bytes());
        let version = env!("CARGO_PKG_VERSION");
        format!("deep {version}.{} ({embedded}, model {})", DEEP_SCORER.version, self.0.digest())
    }

    fn confidence(&self) -> Probability {
        DEEP_SCORER.confidence
    }

    fn rank(
        &self,
        queries: &[Statement],
        targets: &[Statement],
        limit: usize,
        progress: &dyn Progress,
    ) -> Result<Vec<Vec<Ranked>>, Cancelled> {
        Parts { scorer: &DEEP_SCORER, deep: Some(&self.0) }.rank(queries, targets, limit, progress)
    }

    fn crosswalk(
        &self,
        statements: &[Statement],
        targets: &[Statement],
        limits: Limits,
        progress: &dyn Progress,
    ) -> Result<Vec<Candidate>, Cancelled> {
        Parts { scorer: &DEEP_SCORER, deep: Some(&self.0) }.crosswalk(statements, targets, limits, progress)
    }

    fn read_pairs(
        &self,
        statements: &[Statement],
        targets: &[Statement],
        pairs: &[(usize, usize)],
        progress: &dyn Progress,
    ) -> Result<Vec<PairReading>, Cancelled> {
        Parts { scorer: &DEEP_SCORER, deep: Some(&self.0) }.read_pairs(statements, targets, pairs, progress)
    }

    fn weights(&self) -> [f64; FEATURES] {
        DEEP_SCORER.log_odds_weights()
    }
}

impl Parts<'_> {
    fn rank(
        &self,
        queries: &[Statement],
        targets: &[Statement],
        limit: usize,
        progress: &dyn Progress,
    ) -> Result<Vec<Vec<Ranked>>, Cancelled> {
        let scorer = self.scorer;
        let sides = Sides::new(queries, targets, &scorer.settings, self.deep);
        let [view, _] = views(&sides, scorer.compares_words());
        let rows = first_look(view, short_list(limit), &scorer.settings, &Report::new(progress, queries.len()))?;
        let ranked = |(query, row): (usize, &Row)| {
            let judged = second_look(view, query, row, scorer);
            let best = judged.best.iter().take(limit);
            best.map(|scored| Ranked { target: scored.target as usize, probability: probability(scored.log_odds) })
                .collect()
        };
        Ok(rows.par_iter().enumerate().with_min_len(16).map(ranked).collect())
    }

    fn crosswalk(
        &self,
        statements: &[Statement],
        targets: &[Statement],
        limits: Limits,
        progress: &dyn Progress,
    ) -> Result<Vec<Candidate>, Cancelled> {
        let scorer = self.scorer;
        let sides = Sides::new(statements, targets, &scorer.settings, self.deep);
        let found = Pairs::new(&sides, scorer, limits, progress)?.best(limits);
        let verbs = |side: &[Statement]| -> Vec<_> {
            let levels = side.par_iter().with_min_len(64);
            levels.map(|statement| bloom_level(&statement.text).map(|(level, _)| level)).collect()
        };
        let (taught, asked) = (verbs(statements), verbs(targets));
        let (taught_words, asked_words) = (readings(statements, &sides), readings(targets, &sides));
        let candidate = |pair: &Pair| {
            let (query, target) = (pair.statement as usize, pair.target as usize);
            let probability = probability(scorer.crosswalk_log_odds(pair.forth, pair.back));
            Candidate {
                query,
                target,
                probability,
                suggested: probability >= scorer.confidence,
                evidence: speaking(
                    evidence(&taught_words[query], &asked_words[target], &sides),
                    &statements[query].text,
                    &targets[target].text,
                ),
                taught: taught[query],
                asked: asked[target],
            }
        };
        let mut candidates: Vec<Candidate> = found.par_iter().with_min_len(16).map(candidate).collect();
        candidates.sort_by(|one, other| {
            one.target
                .cmp(&other.target)
                .then(other.probability.cmp(&one.probability))
                .then(one.query.cmp(&other.query))
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
        let scorer = self.scorer;
        let sides = Sides::new(statements, targets, &scorer.settings, self.deep);
        let looked = Pairs::new(&sides, scorer, Limits { per_target: 1, per_statement: 1 }, progress)?;
        let there = pairs.iter().filter(|(query, target)| *query < statements.len() && *target < targets.len());
        let reading = |(statement, target): &(usize, usize)| {
            let [forth, back] = [looked.numbers(0, *statement, *target), looked.numbers(1, *target, *statement)];
            let mut features = forth.0;
            for (feature, seen_back) in features.iter_mut().zip(back.0) {
                *feature = f32::midpoint(*feature, seen_back);
            }
            let log_odds = scorer.crosswalk_log_odds(forth.1, back.1);
            PairReading { statement: *statement, target: *target, log_odds, features }
        };
        Ok(there.map(reading).collect())
    }
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
    fn numbers(&self, direction: usize, query: usize, target: usize) -> ([f32; FEATURES], f64) {
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
