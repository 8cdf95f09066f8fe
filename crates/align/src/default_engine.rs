//! The engine every installation has: static table, lexical score and learned combination, all compiled in.

use credway_model::Probability;
use rayon::prelude::*;

use crate::bloom::bloom_level;
use crate::evidence::{Reading, evidence};
use crate::features::View;
use crate::hash::digest;
use crate::ranking::{Report, Row, SHORT_LIST, first_look, score_row, views};
use crate::scorer::{SCORER, Scorer};
use crate::sides::Sides;
use crate::{Cancelled, Candidate, Engine, Limits, Progress, Ranked, Statement};

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

/// How many of a list the learned score looks at when `limit` are asked for.
fn short_list(limit: usize) -> usize {
    SHORT_LIST.max(limit)
}

impl Engine for DefaultEngine {
    fn name(&self) -> String {
        static NAME: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
            let digest = digest(&[crate::table::bytes(), crate::wordpiece::vocabulary(), crate::scorer::bytes()]);
            format!("default {}.{} ({digest})", env!("CARGO_PKG_VERSION"), SCORER.version)
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
        let scorer = &*SCORER;
        let sides = Sides::new(queries, targets, &scorer.settings);
        let [view, _] = views(&sides);
        let rows = first_look(view, short_list(limit), &scorer.settings, &Report::new(progress, queries.len()))?;
        let ranked = |(query, row): (usize, &Row)| {
            let mut scored = score_row(view, query, row, scorer);
            scored.truncate(limit);
            let ranked = scored.iter().map(|scored| Ranked {
                target: scored.target as usize,
                probability: scorer.probability(scored.score),
            });
            ranked.collect()
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
        let scorer = &*SCORER;
        let sides = Sides::new(statements, targets, &scorer.settings);
        let [forth, back] = views(&sides);
        let report = Report::new(progress, statements.len() + targets.len());
        let rows = first_look(forth, short_list(limits.per_statement), &scorer.settings, &report)?;
        let columns = first_look(back, short_list(limits.per_target), &scorer.settings, &report)?;
        let pairs = Pairs { forth, back, rows: &rows, columns: &columns, scorer };
        let mut found = pairs.best(limits);
        found.sort_unstable_by(|one, other| {
            one.target.cmp(&other.target).then(other.score.total_cmp(&one.score)).then(one.statement.cmp(&other.statement))
        });
        found.dedup_by_key(|pair| (pair.target, pair.statement));
        let verbs = |side: &[Statement]| -> Vec<_> {
            side.iter().map(|statement| bloom_level(&statement.text).map(|(level, _)| level)).collect()
        };
        let (taught, asked) = (verbs(statements), verbs(targets));
        let candidate = |pair: &Pair| {
            let (query, target) = (pair.statement as usize, pair.target as usize);
            let probability = scorer.probability(pair.score);
            Candidate {
                query,
                target,
                probability,
                suggested: probability >= scorer.confidence,
                evidence: evidence(&Reading::new(&statements[query].text), &Reading::new(&targets[target].text)),
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
}

/// A pair with its score, the same from both directions.
#[derive(Clone, Copy)]
struct Pair {
    statement: u32,
    target: u32,
    score: f64,
}

/// Everything the score of a pair needs.
struct Pairs<'a> {
    forth: View<'a>,
    back: View<'a>,
    rows: &'a [Row],
    columns: &'a [Row],
    scorer: &'a Scorer,
}

impl Pairs<'_> {
    /// The mean of the scores seen from the statement and seen from the target: neither side's list decides alone.
    fn pair(&self, statement: u32, target: u32) -> Pair {
        let (query, other) = (statement as usize, target as usize);
        let settings = &self.scorer.settings;
        let forth = self.forth.features(query, other, &self.rows[query].statistics, settings);
        let back = self.back.features(other, query, &self.columns[other].statistics, settings);
        Pair { statement, target, score: f64::midpoint(self.scorer.score(&forth), self.scorer.score(&back)) }
    }

    /// The best few of every row and of every column; pairs good for both stand twice.
    fn best(&self, limits: Limits) -> Vec<Pair> {
        let rows = self.rows.par_iter().zip(0_u32..u32::MAX).with_min_len(16);
        let columns = self.columns.par_iter().zip(0_u32..u32::MAX).with_min_len(16);
        let mut all: Vec<Pair> = columns
            .flat_map_iter(|(column, target)| {
                let pairs = column.best.iter().map(|statement| self.pair(*statement, target)).collect();
                cut(pairs, limits.per_target)
            })
            .collect();
        all.par_extend(rows.flat_map_iter(|(row, statement)| {
            let pairs = row.best.iter().map(|target| self.pair(statement, *target)).collect();
            cut(pairs, limits.per_statement)
        }));
        all
    }
}

/// The best `limit` pairs.
fn cut(mut pairs: Vec<Pair>, limit: usize) -> Vec<Pair> {
    pairs.sort_unstable_by(|one, other| {
        let order = other.score.total_cmp(&one.score);
        order.then(one.statement.cmp(&other.statement)).then(one.target.cmp(&other.target))
    });
    pairs.truncate(limit);
    pairs
}
