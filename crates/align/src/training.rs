//! What the scorer is trained from: the numbers of every pair on the queries' short lists. The engine itself does not
//! use this; `examples/pair_features.rs` does.

use rayon::prelude::*;

use crate::bert::Bert;
use crate::crosswalk_pairs::Pairs;
use crate::features::FEATURES;
use crate::ranking::{Report, first_look, views};
use crate::scorer::{DEEP_SCORER, SCORER, Settings};
use crate::sides::Sides;
use crate::{Cancelled, Limits, Progress, Statement};

/// A target on a query's short list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairFeatures {
    /// Index of the target.
    pub target: usize,
    /// Its numbers, in the order of [`crate::FEATURE_NAMES`].
    pub features: [f32; FEATURES],
}

impl Settings {
    /// The settings the embedded scorer was made with.
    #[must_use]
    pub fn embedded() -> Self {
        SCORER.settings.clone()
    }

    /// The settings the deep engine's scorer was made with.
    #[must_use]
    pub fn embedded_deep() -> Self {
        DEEP_SCORER.settings.clone()
    }
}

/// The `keep` best targets of each query by both scores together, best first, with the numbers of each pair.
///
/// # Errors
/// [`Cancelled`] when the caller stops it.
pub fn pair_features(
    queries: &[Statement],
    targets: &[Statement],
    keep: usize,
    settings: &Settings,
    deep: Option<&Bert>,
    progress: &dyn Progress,
) -> Result<Vec<Vec<PairFeatures>>, Cancelled> {
    let sides = Sides::new(queries, targets, settings, deep);
    let [view, _] = views(&sides, true);
    let rows = first_look(view, keep, settings, &Report::new(progress, queries.len()))?;
    let numbers = |(query, row): (usize, &crate::ranking::Row)| {
        let pair = |target: &u32| {
            let target = *target as usize;
            PairFeatures { target, features: view.features(query, target, &row.statistics) }
        };
        row.best.iter().map(pair).collect()
    };
    Ok(rows.par_iter().enumerate().map(numbers).collect())
}

/// A pair of a crosswalk, as seen from both sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairOdds {
    /// Index of the query.
    pub query: usize,
    /// Index of the target.
    pub target: usize,
    /// Log odds seen from the query, by the embedded scorer.
    pub forth: f64,
    /// Log odds seen from the target.
    pub back: f64,
}

/// The pairs a crosswalk keeps, each once, before the crosswalk's own calibration.
///
/// # Errors
/// [`Cancelled`] when the caller stops it.
pub fn crosswalk_odds(
    queries: &[Statement],
    targets: &[Statement],
    limits: Limits,
    deep: Option<&Bert>,
    progress: &dyn Progress,
) -> Result<Vec<PairOdds>, Cancelled> {
    let scorer = if deep.is_some() { &*DEEP_SCORER } else { &*SCORER };
    let sides = Sides::new(queries, targets, &scorer.settings, deep);
    let pairs = Pairs::new(&sides, scorer, limits, progress)?;
    let odds = pairs.best(limits).into_iter().map(|pair| PairOdds {
        query: pair.statement as usize,
        target: pair.target as usize,
        forth: pair.forth,
        back: pair.back,
    });
    Ok(odds.collect())
}
