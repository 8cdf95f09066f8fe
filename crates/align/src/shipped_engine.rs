//! The engines that come with the program: the default one that every installation has (static table, small encoder, lexical
//! score and learned combination, all compiled in), and the deep one, which adds a sentence encoder from a model folder.

use std::sync::LazyLock;

use credway_model::Probability;
use rayon::prelude::*;

use crate::bert::Bert;
use crate::bloom::bloom_level;
use crate::crosswalk_pairs::{Pair, Pairs, short_list};
use crate::evidence::{Reading, evidence};
use crate::hash::digest;
use crate::ranking::{Report, Row, first_look, second_look, views};
use crate::scorer::{DEEP_SCORER, SCORER, Scorer, probability};
use crate::sides::Sides;
use crate::understanding::speaking;
use crate::{Cancelled, Candidate, Engine, FEATURES, Limits, PairReading, Progress, Ranked, Statement};

/// Statement ↔ statement by numbers of the program's own, alone or with the cosines of a sentence encoder beside them.
#[derive(Debug)]
pub struct ShippedEngine {
    scorer: &'static Scorer,
    deep: Option<Bert>,
    name: String,
}

impl ShippedEngine {
    /// The default engine: without any file, service or download.
    #[must_use]
    pub fn plain() -> Self {
        static NAME: LazyLock<String> = LazyLock::new(|| {
            format!("default {}.{} ({})", env!("CARGO_PKG_VERSION"), SCORER.version, embedded(crate::scorer::bytes()))
        });
        Self { scorer: &SCORER, deep: None, name: NAME.clone() }
    }

    /// The deep engine, with a model.
    #[must_use]
    pub fn deep(model: Bert) -> Self {
        let embedded = embedded(crate::scorer::deep_bytes());
        let version = env!("CARGO_PKG_VERSION");
        let name = format!("deep {version}.{} ({embedded}, model {})", DEEP_SCORER.version, model.digest());
        Self { scorer: &DEEP_SCORER, deep: Some(model), name }
    }

    fn sides(&self, queries: &[Statement], targets: &[Statement]) -> Sides {
        Sides::new(queries, targets, &self.scorer.settings, self.deep.as_ref())
    }
}

/// The words of every statement.
fn readings<'a>(statements: &'a [Statement], sides: &Sides) -> Vec<Reading<'a>> {
    statements.par_iter().with_min_len(64).map(|statement| Reading::new(&statement.text, sides)).collect()
}

/// Digest of what is compiled in.
fn embedded(scorer: &[u8]) -> String {
    digest(&[crate::table::bytes(), crate::encoder::bytes(), crate::wordpiece::vocabulary(), scorer])
}

impl Engine for ShippedEngine {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn confidence(&self) -> Probability {
        self.scorer.confidence
    }

    fn weights(&self) -> [f64; FEATURES] {
        self.scorer.log_odds_weights()
    }

    fn rank(
        &self,
        queries: &[Statement],
        targets: &[Statement],
        limit: usize,
        progress: &dyn Progress,
    ) -> Result<Vec<Vec<Ranked>>, Cancelled> {
        let scorer = self.scorer;
        let sides = self.sides(queries, targets);
        let [view, _] = views(&sides, scorer.compares_words());
        let rows = first_look(view, short_list(limit), &scorer.settings, &Report::new(progress, queries.len()))?;
        let ranked = |(query, row): (usize, &Row)| {
            let judged = second_look(view, query, row, scorer);
            let best = judged.best.iter().take(limit);
            let mut list: Vec<Ranked> = best
                .map(|scored| Ranked { target: scored.target as usize, probability: probability(scored.log_odds) })
                .collect();
            if let Some(first) = list.first_mut() {
                first.probability = probability(judged.best_log_odds(scorer));
            }
            list
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
        let sides = self.sides(statements, targets);
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
        let sides = self.sides(statements, targets);
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
