//! How well an engine ranks and how honest its probabilities are, on statements whose right answers are known.
//!
//! Time is the caller's to take. Labels are often incomplete, so figures are floors.

use crate::{Cancelled, Engine, Progress, Ranked, Statement};

/// How deep the ranking is looked at: a right answer further down counts as not found.
pub const BENCHMARK_DEPTH: usize = 50;
/// How often the queries are drawn again for the interval.
const DRAWS: usize = 1_000;
/// Bins of the calibration error.
const BINS: u16 = 10;

/// A query with its right answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledStatement {
    /// The statement.
    pub statement: Statement,
    /// Indices of the right candidates.
    pub gold: Vec<usize>,
}

/// What comes of answering only where the engine is sure enough.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct AbstentionPoint {
    /// Probability of the best answer from which on it is given, 0 to 1.
    pub confidence: f64,
    /// Share of queries answered, 0 to 1.
    pub share: f64,
    /// Share of the answers that are right, 0 to 1; absent when none was given.
    pub precision: Option<f64>,
}

/// The figures.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct BenchmarkReport {
    /// Queries.
    pub n: usize,
    /// Share of queries whose best answer is right.
    pub hit1: f64,
    /// Share with a right answer among the best five.
    pub hit5: f64,
    /// Share with a right answer among the best ten.
    pub hit10: f64,
    /// Mean of 1 / rank of the first right answer; 0 beyond [`BENCHMARK_DEPTH`].
    pub mrr: f64,
    /// Low end of its 95 % interval (percentile bootstrap over queries, fixed seed).
    pub mrr_low: f64,
    /// High end.
    pub mrr_high: f64,
    /// Expected calibration error of the best answer: mean over ten bins of equal width, weighted by their queries, of
    /// |share right − mean probability|.
    pub ece_top1: f64,
    /// Share answered and precision at rising confidence, 0 to 0.95.
    pub abstention: Vec<AbstentionPoint>,
    /// Pairs of statements compared.
    pub pairs: u64,
}

/// Ranks `candidates` for every query and measures the ranking.
///
/// # Errors
/// [`Cancelled`] when the caller stops it.
pub fn benchmark(
    queries: &[LabelledStatement],
    candidates: &[Statement],
    engine: &dyn Engine,
    progress: &dyn Progress,
) -> Result<BenchmarkReport, Cancelled> {
    let statements: Vec<Statement> = queries.iter().map(|query| query.statement.clone()).collect();
    let ranked = engine.rank(&statements, candidates, BENCHMARK_DEPTH, progress)?;
    let ranks: Vec<Option<usize>> = queries.iter().zip(&ranked).map(|(query, row)| first_right(row, query)).collect();
    let inverse: Vec<f64> = ranks.iter().map(|rank| rank.map_or(0.0, |rank| 1.0 / count(rank))).collect();
    let hits = |depth: usize| share(ranks.iter().map(|rank| rank.is_some_and(|rank| rank <= depth)));
    let answers: Vec<(u16, bool)> = ranked
        .iter()
        .zip(&ranks)
        .filter_map(|(row, rank)| row.first().map(|best| (best.probability.steps(), *rank == Some(1))))
        .collect();
    let (mrr_low, mrr_high) = interval(&inverse);
    Ok(BenchmarkReport {
        n: queries.len(),
        hit1: hits(1),
        hit5: hits(5),
        hit10: hits(10),
        mrr: mean(&inverse),
        mrr_low,
        mrr_high,
        ece_top1: calibration_error(&answers),
        abstention: (0..20).map(|step| abstention(&answers, step * 500, queries.len())).collect(),
        pairs: queries.len() as u64 * candidates.len() as u64,
    })
}

fn first_right(row: &[Ranked], query: &LabelledStatement) -> Option<usize> {
    row.iter().position(|ranked| query.gold.contains(&ranked.target)).map(|at| at + 1)
}

#[expect(clippy::cast_precision_loss, reason = "counts of queries are far below 2^52")]
fn count(number: usize) -> f64 {
    number as f64
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / count(values.len().max(1))
}

fn share(yes: impl Iterator<Item = bool>) -> f64 {
    mean(&yes.map(|yes| f64::from(u8::from(yes))).collect::<Vec<_>>())
}

/// 2.5th and 97.5th percentile of the mean over queries drawn with replacement.
fn interval(values: &[f64]) -> (f64, f64) {
    let mut state = 20_260_u64;
    let mut next = || {
        // SplitMix64 (Steele, Lea, Flood 2014): a fixed sequence, the same everywhere.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    if values.is_empty() {
        return (0.0, 0.0);
    }
    let size = values.len() as u64;
    let mut means: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let drawn = (0..values.len()).map(|_| usize::try_from(next() % size).map_or(0.0, |at| values[at]));
            drawn.sum::<f64>() / count(values.len())
        })
        .collect();
    means.sort_unstable_by(f64::total_cmp);
    (means[DRAWS / 40], means[DRAWS - 1 - DRAWS / 40])
}

/// Answers as (probability in ten-thousandths, right).
fn calibration_error(answers: &[(u16, bool)]) -> f64 {
    let width = 10_000 / BINS;
    let error = |bin: u16| {
        let inside: Vec<&(u16, bool)> =
            answers.iter().filter(|answer| (answer.0 / width).min(BINS - 1) == bin).collect();
        let stated: f64 = inside.iter().map(|answer| f64::from(answer.0) / 10_000.0).sum();
        let right: f64 = inside.iter().map(|answer| f64::from(u8::from(answer.1))).sum();
        (stated - right).abs()
    };
    (0..BINS).map(error).sum::<f64>() / count(answers.len().max(1))
}

fn abstention(answers: &[(u16, bool)], confidence: u16, queries: usize) -> AbstentionPoint {
    let given: Vec<bool> = answers.iter().filter(|answer| answer.0 >= confidence).map(|answer| answer.1).collect();
    AbstentionPoint {
        confidence: f64::from(confidence) / 10_000.0,
        share: count(given.len()) / count(queries.max(1)),
        precision: (!given.is_empty()).then(|| share(given.iter().copied())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calibration_error_by_hand() {
        // Bin 0.2–0.3: stated .25 twice, one right; bin 0.9–1: stated .95 once, right.
        let error = calibration_error(&[(2_500, true), (2_500, false), (9_500, true)]);
        assert!((error - (0.5 + 0.05) / 3.0).abs() < 1e-9, "{error}");
    }

    #[test]
    fn the_interval_holds_the_mean_and_repeats() {
        let values: Vec<f64> = (0..200_u8).map(|value| f64::from(value % 5) / 4.0).collect();
        let (low, high) = interval(&values);
        assert!(low < 0.5 && 0.5 < high && high - low < 0.15, "{low} {high}");
        assert_eq!(interval(&values), (low, high));
    }

    #[test]
    fn abstaining_leaves_the_sure_answers() {
        let point = abstention(&[(9_000, true), (3_000, false)], 5_000, 4);
        assert_eq!((point.share, point.precision), (0.25, Some(1.0)));
        assert_eq!(abstention(&[], 0, 0).precision, None);
    }
}
