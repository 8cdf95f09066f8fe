//! What the scorer is trained from: the numbers of every pair on the queries' short lists. The engine itself does not
//! use this; `examples/pair_features.rs` does.

use rayon::prelude::*;

use crate::features::FEATURES;
use crate::ranking::{Report, first_look, views};
use crate::scorer::{SCORER, Settings};
use crate::sides::Sides;
use crate::{Cancelled, Progress, Statement};

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
    progress: &dyn Progress,
) -> Result<Vec<Vec<PairFeatures>>, Cancelled> {
    let sides = Sides::new(queries, targets, settings);
    let [view, _] = views(&sides);
    let rows = first_look(view, keep, settings, &Report::new(progress, queries.len()))?;
    let numbers = |(query, row): (usize, &crate::ranking::Row)| {
        let pair = |target: &u32| {
            let target = *target as usize;
            PairFeatures { target, features: view.features(query, target, &row.statistics, settings) }
        };
        row.best.iter().map(pair).collect()
    };
    Ok(rows.par_iter().enumerate().map(numbers).collect())
}
