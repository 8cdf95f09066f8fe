//! From every pair to a short list: both scores of each query with all targets, then the learned score of the best.

use rayon::prelude::*;

use crate::features::{COSINE, RowStatistics, View, drawn_moments};
use crate::scorer::{ListTotals, Scorer, Settings, mass};
use crate::sides::Sides;
use crate::vectors::Vectors;
use crate::{Cancelled, Progress};

/// How many targets of a query the learned score looks at, at least.
pub(crate) const SHORT_LIST: usize = 40;
/// Queries that read the targets' vectors together, so that these stay in the processor's cache.
const TOGETHER: usize = 8;
/// Queries between two reports of progress.
const BETWEEN_REPORTS: usize = 512;
/// Target vectors read at a time (64 rows of 256 × 2 bytes fit the first-level cache).
const TILE: usize = 64;

/// What the first look leaves of a query.
pub(crate) struct Row {
    /// What its scores look like.
    pub(crate) statistics: RowStatistics,
    /// Its best targets by both scores together, best first.
    pub(crate) best: Vec<u32>,
}

/// Looks at every pair: a row for each query, with its best `keep` targets.
///
/// # Errors
/// [`Cancelled`] when the caller stops it.
pub(crate) fn first_look(
    view: View<'_>,
    keep: usize,
    settings: &Settings,
    report: &Report<'_>,
) -> Result<Vec<Row>, Cancelled> {
    let queries: Vec<usize> = (0..view.from.joint.len()).collect();
    let tiles = tiles(&view.to.joint);
    let mut rows = Vec::with_capacity(queries.len());
    for part in queries.chunks(BETWEEN_REPORTS) {
        let found: Vec<Vec<Row>> =
            part.par_chunks(TOGETHER).map(|together| look(view, together, &tiles, keep, settings)).collect();
        rows.extend(found.into_iter().flatten());
        report.advance(part.len())?;
    }
    Ok(rows)
}

/// Adds up the work of several passes for the listener.
pub(crate) struct Report<'a> {
    listener: &'a dyn Progress,
    done: std::sync::atomic::AtomicU64,
    total: u64,
}

impl<'a> Report<'a> {
    /// Nothing done of `total` statements.
    pub(crate) fn new(listener: &'a dyn Progress, total: usize) -> Self {
        Self { listener, done: std::sync::atomic::AtomicU64::new(0), total: total as u64 }
    }

    /// `more` statements are over.
    pub(crate) fn advance(&self, more: usize) -> Result<(), Cancelled> {
        let more = more as u64;
        let done = self.done.fetch_add(more, std::sync::atomic::Ordering::Relaxed) + more;
        self.listener.advance(done.min(self.total), self.total);
        if self.listener.cancelled() { Err(Cancelled) } else { Ok(()) }
    }
}

/// The vectors of a side in blocks that fit the cache.
fn tiles(vectors: &Vectors) -> Vec<Vectors> {
    (0..vectors.len()).step_by(TILE).map(|start| vectors.slice(start, (start + TILE).min(vectors.len()))).collect()
}

fn look(view: View<'_>, queries: &[usize], tiles: &[Vectors], keep: usize, settings: &Settings) -> Vec<Row> {
    let targets = view.to.joint.len();
    let mut cosines = vec![vec![0.0_f32; targets]; queries.len()];
    for (index, tile) in tiles.iter().enumerate() {
        for (query, cosines) in queries.iter().zip(&mut cosines) {
            let start = index * TILE;
            tile.cosines(view.from.joint.row(*query), &mut cosines[start..start + tile.len()]);
        }
    }
    let mut lexical = vec![0.0_f32; targets];
    let rows = queries.iter().zip(&cosines);
    rows.map(|(query, cosines)| {
        view.to.postings.scores(&view.from.terms.lists[*query], &view.sides.rarity, &mut lexical);
        row(cosines, &lexical, keep, settings)
    })
    .collect()
}

fn row(cosines: &[f32], lexical: &[f32], keep: usize, settings: &Settings) -> Row {
    let (cosine_mean, cosine_deviation) = drawn_moments(cosines, settings.cosine_prior, settings.prior_count);
    let (lexical_mean, lexical_deviation) = drawn_moments(lexical, settings.lexical_prior, settings.prior_count);
    let statistics = RowStatistics { cosine_mean, cosine_deviation, lexical_mean, lexical_deviation };
    let mut order: Vec<(f32, u32)> = cosines
        .iter()
        .zip(lexical)
        .zip(0_u32..)
        .map(|((cosine, lexical), target)| {
            (statistics.cosine_z(*cosine) + settings.lexical * statistics.lexical_z(*lexical), target)
        })
        .collect();
    let best_first = |one: &(f32, u32), other: &(f32, u32)| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1));
    if order.len() > keep {
        order.select_nth_unstable_by(keep, best_first);
        order.truncate(keep);
    }
    order.sort_unstable_by(best_first);
    Row { statistics, best: order.into_iter().map(|(_, target)| target).collect() }
}

/// A target of a query, with its log odds seen from the query.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scored {
    /// Index of the target.
    pub(crate) target: u32,
    /// Log odds.
    pub(crate) log_odds: f64,
}

/// What the learned look leaves of a query.
pub(crate) struct Judged {
    /// The short list, best first; equal ones in order of the index.
    pub(crate) best: Vec<Scored>,
    /// What the short list comes to.
    pub(crate) totals: ListTotals,
}

/// The learned look at a query's short list. Shares are taken of its first [`SHORT_LIST`] targets, however many more
/// were asked for.
pub(crate) fn second_look(view: View<'_>, query: usize, row: &Row, scorer: &Scorer) -> Judged {
    let numbers: Vec<_> =
        row.best.iter().map(|target| view.features(query, *target as usize, &row.statistics)).collect();
    let strengths: Vec<f64> = numbers.iter().map(|features| scorer.strength(features)).collect();
    let listed = SHORT_LIST.min(numbers.len());
    let best_cosine = numbers[..listed].iter().map(|features| features[COSINE]).fold(-1.0, f32::max);
    let totals = ListTotals { mass: mass(&strengths[..listed]), best_cosine };
    let pairs = row.best.iter().zip(strengths);
    let mut best: Vec<Scored> = pairs
        .map(|(target, strength)| Scored { target: *target, log_odds: scorer.log_odds(strength, totals) })
        .collect();
    best.sort_unstable_by(|one, other| other.log_odds.total_cmp(&one.log_odds).then(one.target.cmp(&other.target)));
    Judged { best, totals }
}

/// The two directions of looking at both sides; words are compared one by one where `compare_words` says so.
pub(crate) fn views(sides: &Sides, compare_words: bool) -> [View<'_>; 2] {
    [
        View { sides, from: &sides.queries, to: &sides.targets, compare_words },
        View { sides, from: &sides.targets, to: &sides.queries, compare_words },
    ]
}
