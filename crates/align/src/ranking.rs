//! From every pair to a short list: both scores of each query with all targets, then the learned score of the best.

use rayon::prelude::*;

use crate::features::{COSINE, RowStatistics, View, drawn_moments};
use crate::kernel::{Packed, products};
use crate::lanes::LANES;
use crate::scorer::{ListTotals, Scorer, Settings, mass};
use crate::sides::Sides;
use crate::vectors::{Vectors, scaled};
use crate::{Cancelled, Progress};

/// How many targets of a query the learned score looks at, at least.
pub(crate) const SHORT_LIST: usize = 40;
/// Queries that read the targets' vectors together, so that these stay in the processor's cache.
const TOGETHER: usize = 16;
/// Queries between two reports of progress.
const BETWEEN_REPORTS: usize = 512;
/// Panels of target vectors read at a time (48 of 16 × 256 × 2 bytes fit the second-level cache).
const TILE: usize = 48;

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
    let targets = Targets {
        joint: view.to.joint.pack(),
        encoded: view.to.encoded.pack(),
        deep: view.to.deep.as_ref().map(Vectors::pack),
    };
    let mut rows = Vec::with_capacity(queries.len());
    for part in queries.chunks(BETWEEN_REPORTS) {
        let found: Vec<Vec<Row>> =
            part.par_chunks(TOGETHER).map(|together| look(view, together, &targets, keep, settings)).collect();
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

/// The targets' vectors, packed once for all queries.
struct Targets {
    joint: Packed,
    encoded: Packed,
    deep: Option<Packed>,
}

/// Cosines of some rows with every packed vector, a list a row.
fn cosines(rows: &[i16], packed: &Packed, products_room: &mut Vec<i32>, out: &mut [Vec<f32>]) {
    for first in (0..packed.panels()).step_by(TILE) {
        let panels = first..(first + TILE).min(packed.panels());
        let line = panels.len() * LANES;
        products_room.resize(out.len() * line, 0);
        products(rows, packed, panels, products_room);
        for (out, products) in out.iter_mut().zip(products_room.chunks_exact(line)) {
            let start = first * LANES;
            let end = (start + line).min(packed.len());
            for (cosine, product) in out[start..end].iter_mut().zip(products) {
                *cosine = scaled(*product);
            }
        }
    }
}

fn look(view: View<'_>, queries: &[usize], targets: &Targets, keep: usize, settings: &Settings) -> Vec<Row> {
    let count = targets.joint.len();
    let (first, end) = (queries[0], queries[0] + queries.len());
    let mut room = Vec::new();
    let [mut joint, mut encoded, mut deep] = [0, 1, 2].map(|_| vec![vec![0.0_f32; count]; queries.len()]);
    cosines(view.from.joint.rows(first, end), &targets.joint, &mut room, &mut joint);
    cosines(view.from.encoded.rows(first, end), &targets.encoded, &mut room, &mut encoded);
    if let (Some(from), Some(packed)) = (&view.from.deep, &targets.deep) {
        cosines(from.rows(first, end), packed, &mut room, &mut deep);
    }
    let mut lexical = vec![0.0_f32; count];
    let rows = queries.iter().zip(joint.iter().zip(&encoded).zip(&deep));
    rows.map(|(query, ((joint, encoded), deep))| {
        view.to.postings.scores(&view.from.terms.lists[*query], &view.sides.rarity, &mut lexical);
        row([joint, encoded, deep, &lexical], keep, settings)
    })
    .collect()
}

/// `scores`: static, encoded, deep, lexical; one of each for every target.
fn row([cosines, encoded, deep, lexical]: [&[f32]; 4], keep: usize, settings: &Settings) -> Row {
    let moments = |values: &[f32], prior| drawn_moments(values, prior, settings.prior_count);
    let (cosine_mean, cosine_deviation) = moments(cosines, settings.cosine_prior);
    let (encoded_mean, encoded_deviation) = moments(encoded, settings.encoded_prior);
    let (deep_mean, deep_deviation) = moments(deep, settings.deep_prior);
    let (lexical_mean, lexical_deviation) = moments(lexical, settings.lexical_prior);
    let statistics = RowStatistics {
        cosine_mean,
        cosine_deviation,
        encoded_mean,
        encoded_deviation,
        deep_mean,
        deep_deviation,
        lexical_mean,
        lexical_deviation,
    };
    let scores = cosines.iter().zip(encoded).zip(deep).zip(lexical).map(|(((cosine, encoded), deep), lexical)| {
        statistics.cosine_z(*cosine)
            + settings.encoded * statistics.encoded_z(*encoded)
            + settings.deep * statistics.deep_z(*deep)
            + settings.lexical * statistics.lexical_z(*lexical)
    });
    let mut order: Vec<(f32, u32)> = scores.zip(0_u32..).collect();
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
    /// How strongly its numbers speak for it.
    strength: f64,
}

/// What the learned look leaves of a query.
pub(crate) struct Judged {
    /// The short list, best first; equal ones in order of the index.
    pub(crate) best: Vec<Scored>,
    /// What the short list comes to.
    pub(crate) totals: ListTotals,
}

impl Judged {
    /// Log odds that the best answer is right, no lower than those of the second; as low as odds get where there is none.
    pub(crate) fn best_log_odds(&self, scorer: &Scorer) -> f64 {
        let best = self.best.first().map_or(f64::MIN, |best| scorer.best_log_odds(best.strength, self.totals));
        self.best.get(1).map_or(best, |second| best.max(second.log_odds))
    }
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
        .map(|(target, strength)| Scored { target: *target, log_odds: scorer.log_odds(strength, totals), strength })
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
