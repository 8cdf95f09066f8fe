//! How well an engine ranks and how honest its probabilities are, on statements whose right answers are known.
//!
//! Time is the caller's to take. Labels are often incomplete, so figures are floors.

use crate::calibration::{
    Answer, Random, ReliabilityPoint, calibration_error, honest_error, learned_error, reliability,
};
use crate::{Cancelled, Engine, Progress, Ranked, Statement};

/// How deep the ranking is looked at: a right answer further down counts as not found.
pub const BENCHMARK_DEPTH: usize = 50;
/// How often the queries are drawn again for the interval.
const DRAWS: usize = 1_000;

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
    /// What that error would be if every best answer were right exactly as often as stated: so many queries show no less.
    pub ece_top1_honest: f64,
    /// That error after the probabilities are calibrated on the other queries of the set, fifth by fifth, as an institution's own
    /// decisions calibrate them. Nothing of it reaches the ranking.
    pub ece_top1_learned: f64,
    /// The best answers by tenths of their probability.
    pub reliability: Vec<ReliabilityPoint>,
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
    Ok(measured(queries, &ranked, candidates.len()))
}

/// Measures a ranking of `candidates` many: for each query its best [`BENCHMARK_DEPTH`], best first.
#[must_use]
pub fn measured(queries: &[LabelledStatement], ranked: &[Vec<Ranked>], candidates: usize) -> BenchmarkReport {
    let ranks: Vec<Option<usize>> = queries.iter().zip(ranked).map(|(query, row)| first_right(row, query)).collect();
    let inverse: Vec<f64> = ranks.iter().map(|rank| rank.map_or(0.0, |rank| 1.0 / count(rank))).collect();
    let hits = |depth: usize| share(ranks.iter().map(|rank| rank.is_some_and(|rank| rank <= depth)));
    let best = ranked.iter().zip(&ranks).zip(queries);
    let (answers, kin): (Vec<Answer>, Vec<usize>) = best
        .filter_map(|((row, rank), query)| Some(((row.first()?.probability, *rank == Some(1)), kin(&query.statement))))
        .unzip();
    let (mrr_low, mrr_high) = interval(&inverse);
    BenchmarkReport {
        n: queries.len(),
        hit1: hits(1),
        hit5: hits(5),
        hit10: hits(10),
        mrr: mean(&inverse),
        mrr_low,
        mrr_high,
        ece_top1: calibration_error(&answers),
        ece_top1_honest: honest_error(&answers),
        ece_top1_learned: learned_error(&answers, &kin),
        reliability: reliability(&answers),
        abstention: (0..20).map(|step| abstention(&answers, step * 500, queries.len())).collect(),
        pairs: queries.len() as u64 * candidates as u64,
    }
}

/// A number that equal statements share (FNV-1a of text and context).
fn kin(statement: &Statement) -> usize {
    let bytes = statement.text.bytes().chain([0]).chain(statement.context.bytes());
    let hash = bytes.fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    usize::try_from(hash >> 8).unwrap_or(0)
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
    let mut random = Random(20_260);
    if values.is_empty() {
        return (0.0, 0.0);
    }
    let size = values.len() as u64;
    let mut means: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let drawn = (0..values.len()).map(|_| usize::try_from(random.below(size)).map_or(0.0, |at| values[at]));
            drawn.sum::<f64>() / count(values.len())
        })
        .collect();
    means.sort_unstable_by(f64::total_cmp);
    (means[DRAWS / 40], means[DRAWS - 1 - DRAWS / 40])
}

fn abstention(answers: &[Answer], confidence: u16, queries: usize) -> AbstentionPoint {
    let given: Vec<bool> =
        answers.iter().filter(|answer| answer.0.steps() >= confidence).map(|answer| answer.1).collect();
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
    fn the_interval_holds_the_mean_and_repeats() {
        let values: Vec<f64> = (0..200_u8).map(|value| f64::from(value % 5) / 4.0).collect();
        let (low, high) = interval(&values);
        assert!(low < 0.5 && 0.5 < high && high - low < 0.15, "{low} {high}");
        assert_eq!(interval(&values), (low, high));
    }

    #[test]
    fn abstaining_leaves_the_sure_answers() {
        let answer = |steps, right| (credway_model::Probability::from_steps(steps), right);
        let point = abstention(&[answer(9_000, true), answer(3_000, false)], 5_000, 4);
        assert_eq!((point.share, point.precision), (0.25, Some(1.0)));
        assert_eq!(abstention(&[], 0, 0).precision, None);
    }
}
